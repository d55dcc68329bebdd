"""The words of groups: codes of the format, the sender's own, published figures by their day."""

import re
from datetime import date

from config.i18n import Lang, has, t
from config.thai_calendar import format_date

_DAY = re.compile(r" (\d{4}-\d\d-\d\d) ")
# Where the words of a breakdown's codes stand, if not under `code.<breakdown>`.
_KEYS = {"organisation_type": "page.teamwork.organisation"}


def group_word(breakdown: str, group: str, lang: Lang) -> str:
    """Give the word of one group of a breakdown; what the sender named is called by that name."""
    if breakdown == "figure":
        figure, day, _ = published_parts(group)
        return f"{published_name(figure, lang)} ({format_date(date.fromisoformat(day), lang)})"
    key = f"{_KEYS.get(breakdown, f'code.{breakdown}')}.{group}"
    if has(key):
        return t(key, lang)
    return t("page.programmes.unknown", lang) if group == "unknown" else group


def published_parts(code: str) -> tuple[str, str, str]:
    """Give the figure, its ISO day and its source from a group of `published_reconciliation`.

    A figure that the sender named in several words has spaces of its own, so the day parts them.
    """
    figure, day, source = _DAY.split(code, maxsplit=1)
    return figure, day, source


def published_name(figure: str, lang: Lang) -> str:
    """Give the words of a published figure; one that only the sender knows keeps its name."""
    key = f"published.{figure}"
    return t(key, lang) if has(key) else figure
