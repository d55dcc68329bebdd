"""What every file says of itself: filters, day, source, version, definitions, and the mark.

One value for all media, so that a sheet, a page and a slide never say different things of the same
numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from config.i18n import Lang, t
from config.thai_calendar import be_year, format_date
from config.version import VERSION
from data_access.indicators import registry
from ui.blocks import Page
from ui.render.grids import Grid
from ui.state.page_context import View
from ui.text import area_names
from ui.text.provenance import own_source

_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-") | {" ": "-"})


class Definition(NamedTuple):
    """An indicator in words: name, what is counted, over what, and what to beware of."""

    title: str
    definition: str
    caveat: str
    source: str


@dataclass(frozen=True)
class About:
    """What a file says of itself, in words of one language.

    `pairs` are labels with their texts in reading order; `mark` is the synthetic mark, empty for
    real data; `foot` is the one line that stands on every sheet, page and slide.
    """

    title: str
    lead: str
    filters: str
    pairs: tuple[tuple[str, str], ...]
    mark: str
    foot: str
    definitions: tuple[Definition, ...]


def about(page: Page, view: View, grids: Iterable[Grid]) -> About:
    """Give what a file of this page says of itself; definitions of the indicators it shows."""
    lang = view.lang
    day = format_date(view.filters.day, lang)
    mark = t("note.synthetic_long", lang) if view.snapshot.synthetic else ""
    filters = view.filters.line(lang) if page.filters else ""
    source = own_source(view.snapshot, lang)
    pairs = (
        (t("export.about.filters", lang), filters),
        (t("note.as_of_label", lang), day),
        (t("export.about.source", lang), source),
        (t("export.about.snapshot", lang), view.snapshot.snapshot_id),
        (t("export.about.version", lang), VERSION),
        (t("export.about.publisher", lang), t("app.department", lang)),
        (t("export.about.hiding", lang), t("export.about.hiding_text", lang)),
    )
    foot = (
        t("note.synthetic", lang) if mark else "",
        t("note.as_of", lang, date=day),
        t("note.source", lang, source=source),
    )
    names = dict.fromkeys(name for grid in grids for name in grid.about)
    words = partial(view.writing.words, lang=lang)
    listed = (definition(name, lang) for name in names if name in registry.INDICATORS)
    return About(
        title=words(page.title),
        lead=words(page.lead.replace("**", "")),
        filters=words(filters),
        pairs=tuple((label, words(text)) for label, text in pairs if text),
        mark=mark,
        foot=words(t("tables.joint", lang).join(part for part in foot if part)),
        definitions=tuple(Definition(*map(words, one)) for one in listed),
    )


def definition(name: str, lang: Lang) -> Definition:
    """Give the words of one indicator."""
    return Definition(
        *(
            t(f"indicator.{name}.{part}", lang)
            for part in ("title", "definition", "caveat", "source")
        )
    )


def file_name(page: Page, view: View, ending: str) -> str:
    """Give the name of a page's file: "ปริมาณงานรายกรณี_จังหวัดเชียงใหม่_2569-09-30.xlsx"."""
    return name_of(page.title, view, ending)


def name_of(subject: str, view: View, ending: str) -> str:
    """Give a name of subject, area and day.

    The year is Buddhist in Thai and Christian in English; the name sorts by day.
    """
    day = view.filters.day
    year = be_year(day.year) if view.lang == "th" else day.year
    area = area_names.full_name(view.filters.narrowest, view.lang)
    name = "_".join((subject, area, f"{year}-{day:%m-%d}"))
    return f"{name.translate(_NOT_IN_NAMES)}.{ending}"
