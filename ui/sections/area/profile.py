"""One area: what to look at first, then every indicator in the columns that officials know."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from config.i18n import Lang, t
from config.thai_calendar import format_date
from data_access.journal.notes import Note
from geo import registers
from ui.blocks import Blocks, Column, Download, Group, GroupedTable, Stages
from ui.queries import area_profile, page_queries
from ui.queries.area_profile import Profile
from ui.sections.area import cells, first_to_look, notes, parts_of_work
from ui.state.page_context import View
from ui.text import area_names, provenance

# As on the forms of the ministry: criterion, target, result, percentage … source, who answers.
BEFORE = ("title", "criterion", "target", "result", "value", "previous", "year_before")
AFTER = ("rank", "variation", "reported", "source", "owner")
NUMBERS = frozenset({"target", "result", "value", "year_before", "rank"})
MERGED_COLUMNS = frozenset({"reported", "source", "owner"})


def stages(view: View) -> Stages:
    """Give the page's body: names first, then numbers of the first part, then of all of them, then
    what the series say. Every stage draws the whole table, so there are few of them."""
    count = len(parts_of_work.names())
    listed = [name for names in parts_of_work.names().values() for name in names]
    return Stages(
        (*[partial(body, view, n) for n in (0, 1, count)], partial(whole, view)),
        ready=partial(area_profile.known, view),
        ask=partial(area_profile.ask, view, listed),
    )


def whole(view: View) -> Blocks:
    """Give the body with everything in it, and the rows to take along."""
    blocks = body(view, len(parts_of_work.names()), series=True)
    area_profile.note(view)
    return (*blocks, download(view))


def body(view: View, stages_done: int, *, series: bool = False) -> Blocks:
    """Give the body with the numbers of so many parts, and with what their series say."""
    ask = area_profile.with_series if series else area_profile.numbers_of
    profiles: dict[str, Profile] = {}
    rows: dict[str, list[cells.Row]] = {}
    own_notes = notes.notes_of(view)
    for at, (part, names) in enumerate(parts_of_work.names().items()):
        if at < stages_done:
            profiles |= {name: ask(view, name) for name in names}
        rows[t(f"page.area.part.{part}", view.lang)] = [
            _with_note(
                own_notes, view, name, cells.row(view, name, profiles.get(name), series=series)
            )
            for name in names
        ]
    look = first_to_look.findings_list(view, profiles) if series else first_to_look.waiting(view)
    # Each stage is a sheet of its own for the screen, though it stands in the same place.
    stage = "whole" if series else str(stages_done)
    return (Group((*look, table(view, rows, stage)), f"area_sheet_{stage}"),)


def _with_note(own_notes: tuple[Note, ...], view: View, name: str, row: cells.Row) -> cells.Row:
    return {**row, "title": notes.beside(own_notes, view, name, row["title"])}


def table(view: View, rows: dict[str, list[cells.Row]], stage: str) -> GroupedTable:
    """Give the table of all indicators, under whose they are."""
    return GroupedTable(
        key=f"area_table_{stage}",
        title=t("page.area.sheet", view.lang, area=_area(view)),
        columns=columns(view),
        parts=rows,
        merged_columns=MERGED_COLUMNS,
        caption=_caption(view),
        provenance=provenance.lines(view),
    )


def columns(view: View) -> list[Column]:
    """Give the columns: wider areas only where there are any, a rank where there are others."""
    lang = view.lang
    wider = list(reversed(view.filters.path[:-1]))
    listed = [Column(name, t(f"page.area.column.{name}", lang), _form(name)) for name in BEFORE]
    listed += [Column(code, _heading(code, lang), "count") for code in wider]
    after = AFTER if wider else AFTER[1:]
    return listed + [
        Column(name, t(f"page.area.column.{name}", lang), _form(name)) for name in after
    ]


def _heading(code: str, lang: Lang) -> str:
    """A region's name is wider than its numbers, and stands above the page."""
    is_region = code in registers.REGIONS
    return t("area.region", lang) if is_region else area_names.short_name(code, lang)


def download(view: View) -> Download:
    """Give the rows of the table with their part, every cell in words."""
    listed = [(part, name) for part, names in parts_of_work.names().items() for name in names]
    shown = columns(view)
    return Download(
        key="area",
        frame=lambda: pd.DataFrame([_line(view, part, name, shown) for part, name in listed]),
        size=len(listed),
        columns=[
            Column("part", t("page.area.column.part", view.lang)),
            Column("code", t("column.code", view.lang)),
            *[Column(one.name, one.label) for one in shown],
        ],
        provenance=provenance.lines(view),
    )


def _line(view: View, part: str, name: str, columns: Sequence[Column]) -> dict[str, str]:
    profile = area_profile.with_series(view, name)
    row = cells.row(view, name, profile, series=True)
    words = {column.name: row[column.name].words for column in columns}
    code = profile.figure.indicator.code
    return {"part": t(f"page.area.part.{part}", view.lang), "code": code, **words}


def _form(name: str) -> str:
    return "count" if name in NUMBERS else "text"


def _area(view: View) -> str:
    label = page_queries.area(view)
    if label.partial:
        return label.text(view.lang)
    return area_names.in_sentence(view.filters.narrowest, view.lang)


def _caption(view: View) -> str:
    key = "caption_country" if view.filters.level == "country" else "caption"
    return t(
        f"page.area.{key}",
        view.lang,
        date=format_date(view.filters.as_of, view.lang),
        base=t(f"filters.base_scope_{view.filters.base}", view.lang),
        level=t(f"page.area.among.{view.filters.level}", view.lang),
    )
