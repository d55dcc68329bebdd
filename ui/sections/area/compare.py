"""Two to four areas side by side: indicators as rows, areas as columns, the country beside them.

Nothing is coloured as best or worst; only a number that misses a documented target is marked.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from geo.registers import COUNTRY
from ui.blocks import Blocks, Cell, Column, Download, Group, GroupedTable, Stages
from ui.queries import area_profile
from ui.queries.area_profile import Profile
from ui.sections.area import cells, parts_of_work
from ui.state.page_context import View
from ui.text import area_names, provenance

Views = Mapping[str, View]


def stages(views: Views) -> Stages:
    """Give the body of the page for several areas, part by part where it is not known yet."""
    count = len(parts_of_work.names())
    steps = [partial(body, views, n) for n in range(count)]
    return Stages((*steps, partial(whole, views)), ready=lambda: _comparison_key(views) in _ready)


def whole(views: Views) -> Blocks:
    """Give the body with everything in it, and the rows to take along."""
    blocks = body(views, len(parts_of_work.names()))
    _ready.add(_comparison_key(views))
    return (*blocks, download(views))


_ready: set[tuple[object, ...]] = set()


def _comparison_key(views: Views) -> tuple[object, ...]:
    """What tells one comparison from another; the snapshot is part of it."""
    return tuple((repr(v.filters), repr(v.scope), str(v.snapshot.path)) for v in views.values())


def body(views: Views, stages_done: int) -> Blocks:
    """Give the table with the numbers of so many parts."""
    first = next(iter(views.values()))
    rows = {
        t(f"page.area.part.{part}", first.lang): [
            row(views, name, waits=at >= stages_done) for name in names
        ]
        for at, (part, names) in enumerate(parts_of_work.names().items())
    }
    table = GroupedTable(
        key=f"area_table_{stages_done}",
        title=t("page.area.together", first.lang),
        columns=columns(views),
        parts=rows,
        caption=_caption(first),
        provenance=_lines(first),
    )
    return (Group((table,), f"area_sheet_{stages_done}"),)


def columns(views: Views) -> list[Column]:
    """Give the columns: indicator, criterion, target, each area, the country."""
    lang = next(iter(views.values())).lang
    named = [(code, area_names.name_with_province(code, lang)) for code in views]
    return [
        Column("title", t("page.area.column.title", lang)),
        Column("criterion", t("page.area.column.criterion", lang)),
        Column("target", t("page.area.column.target", lang), "count"),
        *[Column(code, name, "count") for code, name in named],
        Column(COUNTRY, area_names.short_name(COUNTRY, lang), "count"),
    ]


def row(views: Views, name: str, *, waits: bool) -> dict[str, Cell]:
    """Give one indicator: its number in each area; a documented target that is missed is marked."""
    first = next(iter(views.values()))
    found = {code: None if waits else area_profile.numbers_of(v, name) for code, v in views.items()}
    country = replace(first, filters=first.filters.at(COUNTRY))
    judged = cells.row(country, name, None, series=False)
    line = {
        "title": judged["title"],
        "criterion": judged["criterion"],
        "target": cells.target_cell(country, name),
        COUNTRY: cells.WAITING,
    }
    for code, profile in found.items():
        line[code] = cells.WAITING if profile is None else number(views[code], profile)
    one = next(iter(found.values()))
    if one is not None:
        line[COUNTRY] = cells.around(one, COUNTRY, first.lang)
    return line


def number(view: View, profile: Profile) -> Cell:
    """Give an area's number with what it is made of, or why there is none."""
    figure, lang = profile.figure, view.lang
    if profile.groups:
        return Cell(numbers.MISSING, cells.groups(figure.name, profile.groups, lang))
    if figure.status != "shown":
        return cells.result(profile, lang)
    value, result = cells.value(profile, lang), cells.result(profile, lang)
    main, other = (value, result) if value.strong else (result, value)
    missed = figure.mark == "fails"
    own = figure.target_text(lang) if _has_its_own(view, profile) else ""
    quiet = [other.text if other.text != numbers.MISSING else other.quiet, main.quiet]
    if own:
        quiet.append(t("page.area.own_target", lang, target=own))
    return Cell(
        main.text,
        t("tables.joint", lang).join(part for part in quiet if part),
        mark="fails" if missed else "",
        mark_text=figure.mark_text(lang) if missed else "",
        strong=True,
    )


def _has_its_own(view: View, profile: Profile) -> bool:
    """Tell whether an area has another target than the country."""
    country = cells.target_of(replace(view, filters=view.filters.at(COUNTRY)), profile.figure.name)
    return profile.figure.target is not None and profile.figure.target != country


def download(views: Views) -> Download:
    """Give the rows of the table, every cell in words."""
    first, shown = next(iter(views.values())), columns(views)
    listed = [name for names in parts_of_work.names().values() for name in names]
    return Download(
        key="area_compare",
        frame=lambda: pd.DataFrame(
            {c.name: cell.words for c in shown for cell in [line[c.name]]}
            for line in (row(views, name, waits=False) for name in listed)
        ),
        size=len(listed),
        columns=[Column(c.name, c.label) for c in shown],
        provenance=_lines(first),
    )


def _lines(view: View) -> provenance.Lines:
    """The source lines, without one area's name as the filter of all of them."""
    return provenance.lines(replace(view, filters=view.filters.at(COUNTRY)))


def _caption(view: View) -> str:
    return t(
        "page.area.caption_together",
        view.lang,
        date=format_date(view.filters.as_of, view.lang),
        period=view.filters.period_text(view.lang),
    )
