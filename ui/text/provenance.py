"""The lines that go with every table and file: which indicator, which filters, which data."""

import re
from collections.abc import Iterable

from config.i18n import Lang, t
from config.thai_calendar import format_date
from data_access.indicators import registry
from data_access.snapshot import SnapshotInfo
from ui.state.page_context import View

_THAI = re.compile("[ก-๛]")


def own_source(info: SnapshotInfo, lang: Lang) -> str:
    """Give what the data says of itself, in the reader's language where it says it in both."""
    return in_language(info.title or t("app.department", lang), lang)


def in_language(text: str, lang: Lang) -> str:
    """Give the reader's part of a text of the data written as "ไทย · English", else all of it."""
    thai, between, english = text.partition(" · ")
    if not between or not _THAI.search(thai) or _THAI.search(english):
        return text
    return thai if lang == "th" else english


class Lines(list[str]):
    """Source lines that remember what they are about and which of them come first.

    `about` is the indicator whose definition is linked. The first `named` lines say what is shown
    and for which filters; a saved picture has those in its head.
    """

    def __init__(
        self, lines: Iterable[str] = (), about: str | None = None, indicators: int = 0
    ) -> None:
        super().__init__(lines)
        self.about, self.named = about, indicators

    @property
    def sources(self) -> list[str]:
        """The lines that say of which day and source the data is."""
        return self[self.named :]


def _says_unit(title: str, unit: str) -> bool:
    """True where a title ends with its unit in brackets, as a share beside a count does."""
    ending = title.rpartition(" (")[2] if title.endswith(")") else ""
    return ending == f"{unit})" or ending.startswith(("%", "ร้อยละ"))


def lines(view: View, name: str | None = None, *, near: str | None = None) -> Lines:
    """Give the source lines of a table, of one indicator where it shows one.

    `near` is the indicator that a chart of something else is read with: its definition is linked.
    """
    lang: Lang = view.lang
    about = [t("tables.filters", lang, line=view.filters.line(lang))]
    if name is not None:
        unit = t(f"unit.{registry.get(name).unit}", lang)
        title = t(f"indicator.{name}.title", lang)
        key = "tables.indicator" if _says_unit(title, unit) else "tables.indicator_and_unit"
        about.insert(0, t(key, lang, title=title, unit=unit))
    day = format_date(view.filters.day, lang)
    about.append(t("tables.as_of", lang, date=day, snapshot=view.snapshot.snapshot_id))
    source = t(f"indicator.{name}.source", lang) if name else own_source(view.snapshot, lang)
    about.append(t("tables.source", lang, source=source))
    if view.snapshot.synthetic:
        about.append(t("tables.synthetic", lang))
    return Lines(about, name or near, 1 if name is None else 2)
