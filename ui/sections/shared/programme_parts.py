"""Parts that the pages of programmes share: figures of one period, parts of a whole, cases listed.

Figures here ask for the chosen period alone, not for all quarters on record as
`ui.queries.page_queries.figures` does: changes between assessments take seconds per quarter. All
areas of the chosen one's level are asked at once, so that small counts are hidden with an eye on
the neighbours, and one answer serves them all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from data_access.breakdowns import BREAKDOWNS
from data_access.indicators.kernel.query import Query
from ui.blocks import Blocks, Column, List, Text
from ui.charts.indicator_frame import day
from ui.charts.stacked_bars import Bar
from ui.queries import page_queries, query_cache
from ui.sections.shared import parts
from ui.state.page_context import View
from ui.text import area_names, messages, provenance
from ui.text.figures import Figure, figure_of

MOST_CASES = 500
SHOWN, HIDDEN = "shown", "hidden"


@dataclass(frozen=True)
class LowestFirst:
    """An indicator drawn with its lowest values on top, whether or not they are good or bad."""

    name: str
    unit: str
    direction: str = "higher_is_better"


@dataclass(frozen=True)
class LargestFirst:
    """An indicator, or parts of a whole, drawn with the largest on top; none is good or bad."""

    name: str
    unit: str
    direction: str = "neutral"


def figures(view: View, *names: str) -> dict[str, Figure]:
    """Give the figures of the chosen area, period and target group by their name."""
    targets = page_queries.whole(view, "targets")
    return {name: figure_of(name, mine(view, name), view.filters, targets) for name in names}


def mine(view: View, name: str, group: str | None = None) -> pd.DataFrame:
    """Give the rows of the chosen area of an indicator or of one of the breakdowns."""
    query = siblings(view, group)
    if name in BREAKDOWNS:
        frame = query_cache.breakdown(name, query, view.scope, view.snapshot)
    else:
        frame = page_queries.frame(view, name, query)
    return frame[frame["area_code"] == view.filters.narrowest].reset_index(drop=True)


def siblings(view: View, group: str | None = None) -> Query:
    """Give the query to all areas of the chosen one's level that one total covers."""
    chosen = view.filters
    within = chosen.province if chosen.level == "district" else None
    asked = chosen.query(chosen.level, breakdown=group)
    return asked.but(region=None, province=within, district=None)


def missing(view: View, *needed: str) -> list[str]:
    """Give those of the tables that the source lacks; charts that need them are left out."""
    rows = page_queries.whole(view, "load_rows")
    present = set(rows.loc[rows["present"].astype("bool"), "table_name"])
    return [table for table in needed if table not in present]


def say_missing(view: View, *needed: str) -> Blocks:
    """Give which of the tables the source lacks, one sentence each; nothing where it lacks none."""
    absent = missing(view, *needed)
    return tuple(Text(messages.table_missing(table, view.lang), "notice") for table in absent)


def numerators(frame: pd.DataFrame) -> dict[str, int | None]:
    """Give the numerator of each group; None where it is hidden or there is none."""
    return {
        str(group): None if numbers.is_missing(count) else int(count)
        for group, count in zip(frame["group"], frame["numerator"], strict=True)
    }


def whole(frame: pd.DataFrame) -> int | None:
    """Give what the groups of a breakdown sum to; None where every one of them is hidden."""
    known = frame["denominator"].dropna()
    return int(known.iloc[0]) if len(known) else None


def bar_of(view: View, frame: pd.DataFrame, label: str, unit: str) -> Bar:
    """Give the bar of one breakdown: its groups as parts, its size beside its name."""
    total = whole(frame)
    if total:
        note = numbers.value(total, unit, view.lang, form="words")
        return Bar(label, note, total, numerators(frame))
    hidden = (frame["status"] == HIDDEN).any()
    said = t("status.hidden" if hidden else "status.no_data", view.lang)
    return Bar(label, "", None, {}, said)


def twin_rows(frame: pd.DataFrame, names: Mapping[str, str], view: View) -> pd.DataFrame:
    """Give one row per group in words: name, count, of how many, share, and why there is none."""
    words = {"hidden": t("status.hidden", view.lang), "no_data": t("status.no_data", view.lang)}
    return pd.DataFrame(
        {
            "name": [names.get(str(group), str(group)) for group in frame["group"]],
            "numerator": frame["numerator"].astype("Int64"),
            "denominator": frame["denominator"].astype("Int64"),
            "value": frame["value"].astype("Float64"),
            "state": [words.get(str(status), "") for status in frame["status"]],
        }
    )


def twin_columns(view: View, heading: str, unit: str) -> list[Column]:
    """Give the columns of `twin_rows` under these headings."""
    return [
        Column("name", heading),
        Column("numerator", unit, "count"),
        Column("denominator", t("column.denominator", view.lang), "count"),
        Column("value", t("unit.percent", view.lang), "percent"),
        Column("state", t("column.status", view.lang)),
    ]


def code_names(view: View, prefix: str, codes: Sequence[str]) -> dict[str, str]:
    """Give the words of codes, in their order, and of rows that have none."""
    words = {code: t(f"{prefix}.{code}", view.lang) for code in codes}
    return {**words, "unknown": t("page.programmes.unknown", view.lang)}


def cases(view: View, listing: str, name: str, *, key: str, unit: str) -> Blocks:
    """Give a list of single cases behind a figure: where, since when and for how long.

    Only those responsible for an area see its cases; others are told so.
    """
    frame = page_queries.listing(view, listing)
    columns = [Column("area", t("column.area", view.lang)), Column("unit", unit)]
    if "days" in frame:
        columns += [
            Column("since", t("page.programmes.since", view.lang)),
            Column("days", t("page.programmes.days", view.lang), "count"),
        ]
    said = []
    if len(frame) >= MOST_CASES:
        rows = numbers.count(len(frame), view.lang)
        said.append(t("page.programmes.first_rows", view.lang, shown=rows))
    return (
        List(
            key=key,
            title=parts.list_title(view, name),
            note=t("tables.joint", view.lang).join(said),
            frame=lambda: _case_rows(view, frame),
            size=len(frame),
            columns=columns,
            provenance=provenance.lines(view, name),
            not_followed=page_queries.not_followed_text(view, listing),
            empty=messages.no_cases(view.scope, view.filters.narrowest, view.lang),
        ),
    )


def _case_rows(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    place = "district_code" if "district_code" in frame else "province_code"
    named = [area_names.name_with_province(code, view.lang) for code in frame[place]]
    if "days" not in frame:
        return frame.assign(area=named)
    return frame.assign(
        area=named, since=[format_date(day(since), view.lang) for since in frame["since"]]
    )
