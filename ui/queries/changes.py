"""Better or worse: what the series of a figure says beside its number, cached.

Everything is read from the quarterly answers that trends are drawn from (and the yearly ones for
what happened in a whole year), for all areas of a level at once: after the first area no choice of
area asks the store again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from config.events import last_break
from config.thai_calendar import month_of
from data_access import late_entry
from data_access.disclosure import SHOWN
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Indicator, Kind
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from data_access.statistics import xmr
from data_access.statistics.change import (
    NO_PERIOD,
    Change,
    Point,
    Sparkline,
    cell_of,
    change,
    moved_most,
    places_of,
    sparkline,
    streak,
)
from data_access.statistics.provisional import Provisional, provisional
from data_access.targets import News, Target, first_to_look
from ui.queries import page_queries, query_cache
from ui.queries.page_queries import KEYS
from ui.state.page_context import View
from ui.text.figures import Figure

RATIO = "families_per_case_manager"
MONTHS = 13
QUARTERS_OF_A_YEAR = 4
TREND_QUARTERS = QUARTERS_OF_A_YEAR * page_queries.TREND_YEARS


@dataclass(frozen=True)
class History:
    """What the series of a figure says: its changes, its XmR reading, its marked points."""

    previous: Change = NO_PERIOD
    year_before: Change = NO_PERIOD
    reading: xmr.Reading | None = None
    sparkline: Sparkline | None = None
    provisional: Provisional | None = None


def with_changes(view: View, figures: Iterable[Figure]) -> dict[str, Figure]:
    """Give figures of the view by name, their changes, readings and marked points filled in.

    What has no number keeps only the marked points of its series.
    """
    filled = {figure.name: _with_change(view, figure) for figure in figures}
    if len(_ready) > query_cache.CACHE_SIZE:
        _ready.clear()
    _ready.update((page_queries.level_key(view), name) for name in filled)
    return filled


def known(view: View, figures: Iterable[Figure]) -> bool:
    """Tell whether `with_changes` has what it needs: nobody waits for it then."""
    return all((page_queries.level_key(view), figure.name) in _ready for figure in figures)


_ready: set[tuple[object, str]] = set()


def _with_change(view: View, figure: Figure) -> Figure:
    told = history(view, figure.name, figure.target)
    if figure.status != SHOWN:
        return replace(figure, sparkline=told.sparkline)
    return replace(
        figure,
        change_previous=told.previous,
        change_year_before=told.year_before,
        reading=told.reading,
        sparkline=told.sparkline,
        provisional=told.provisional,
    )


@st.cache_data(show_spinner=False, max_entries=query_cache.CACHE_SIZE, hash_funcs=KEYS)
def history(view: View, name: str, target: Target | None) -> History:
    """Give what the quarters of the last five years say of one figure of the view."""
    item = registry.get(name)
    if "quarter" not in item.series or item.always_by:
        return History(provisional=provisional_on(view, item, view.filters.day))
    counts = item.headline == "count"
    quarters = _quarters(view, name)
    whole = quarters if _is_over(view, item, "quarter") else quarters.iloc[:-1]
    whole = whole[whole["period_start"] >= last_break(name, view.filters.day)]
    marked = sparkline(whole, item, counts=counts)
    previous, year_before = _changes(view, item, quarters, counts=counts)
    return History(
        previous=previous,
        year_before=year_before,
        reading=xmr.read(marked.values if marked else (), str(item.direction), _line(item, target)),
        sparkline=marked,
        provisional=provisional_on(view, item, view.filters.day),
    )


def _line(item: Indicator, target: Target | None) -> float | None:
    """The target in the unit of the series: a count's where counts are read, else a value's."""
    if target is None or target.counts != (item.headline == "count"):
        return None
    return target.value


def _changes(
    view: View, item: Indicator, quarters: pd.DataFrame, *, counts: bool
) -> tuple[Change, Change]:
    """The changes from the previous period and from the same one a year before."""
    by_year = item.kind is Kind.FLOW and view.filters.quarter is None
    if not _is_over(view, item, "fiscal_year" if by_year else "quarter"):
        # Part of a year's counts against a whole year's would say nothing but that it is not over.
        unknown = Change("unknown", reason="period_not_over")
        return unknown, unknown
    rows = _years(view, item.name) if by_year else quarters
    cells = [cell_of(row, item, counts=counts) for row in rows.itertuples()]
    if not cells:
        return NO_PERIOD, NO_PERIOD
    back = 1 if by_year else QUARTERS_OF_A_YEAR
    ends = list(rows["period_end"])
    broken = last_break(item.name, view.filters.day)

    def since(steps: int) -> Change:
        if len(cells) > steps and ends[-1 - steps] < broken:
            return Change("unknown", reason="series_broken")
        before = cells[-1 - steps] if len(cells) > steps else None
        return change(cells[-1], before, item, counts=counts)

    return since(1), since(back)


def _is_over(view: View, item: Indicator, period: str) -> bool:
    """False where a flow's period still runs on the data's day: it cannot be compared as it is."""
    if item.kind is Kind.STOCK:
        return True
    quarters = view.filters.year.quarter
    end = (
        view.filters.span.end
        if period == "fiscal_year" or view.filters.quarter
        else next(quarters(n).end for n in (1, 2, 3, 4) if quarters(n).end >= view.filters.day)
    )
    return view.filters.day == end


def _quarters(view: View, name: str) -> pd.DataFrame:
    rows = page_queries.series(view, name, "quarter", page_queries.record(view.filters))
    return rows[rows["period_end"] <= view.filters.day].tail(TREND_QUARTERS)


def _years(view: View, name: str) -> pd.DataFrame:
    rows = page_queries.series(view, name, "fiscal_year", page_queries.record(view.filters))
    return rows[rows["period_end"] <= view.filters.day]


def provisional_on(view: View, item: Indicator, day: date) -> Provisional | None:
    """Give how provisional the value of a period that ends on a day is; None where it is not."""
    if not item.late_entry:
        return None
    age = late_entry.months_between(day, view.filters.as_of)
    return provisional(age, _movements(item.name, view.filters.as_of, view.scope, view.snapshot))


@st.cache_data(show_spinner=False, max_entries=64, hash_funcs=query_cache.KEYS)
def _movements(
    name: str, as_of: date, scope: Scope, snapshot: SnapshotInfo
) -> dict[int, tuple[float, int]]:
    return late_entry.movements(name, as_of=as_of, scope=scope, snapshot=snapshot)


@st.cache_data(show_spinner=False, max_entries=query_cache.CACHE_SIZE, hash_funcs=KEYS)
def news(view: View, target: Target | None) -> News:
    """Give the news of the caseload ratio for the view's country or region."""
    item = registry.get(RATIO)
    provinces = page_queries.areas(view, RATIO)
    month = month_of(view.filters.day)
    months = page_queries.series(view, RATIO, "month", view.filters.months_up_to(MONTHS))
    points = [
        Point(row.period_end, float(row.value)) if row.status == "shown" else None
        for row in months.itertuples()
        if row.period_end <= month.end
    ]
    return News(
        streak=streak(points, places_of(str(item.unit), *[p.value for p in points if p])),
        lacking=first_to_look(provinces, item, target, by="missing"),
        movers=moved_most(*_two_quarters(view), item),
    )


def _two_quarters(view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The provinces of the view at the end of the quarter, and of the one before."""
    query: Query = view.filters.query(
        view.filters.below, "quarter", span=view.filters.months_up_to(6)
    )
    rows = page_queries.frame(view, RATIO, query)
    ends = sorted(rows["period_end"].unique())
    return rows[rows["period_end"] == ends[-1]], rows[
        rows["period_end"] == ends[max(len(ends) - 2, 0)]
    ]
