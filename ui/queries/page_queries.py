"""Questions that pages ask, for one view; answers are cached.

Single figures and trends are read out of answers for all areas of a level: these cost hardly more
than one area's, and after the first of them no choice of area asks the store again. A figure and
its place in a list are then one and the same cell, hidden in both or in none.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from config.thai_calendar import FiscalYear, Span, fiscal_year_of
from data_access import filters, listings
from data_access.filters import NOTHING, Filter, Filters
from data_access.indicators.kernel.query import Over, Query
from data_access.scope import AreaLabel, Scope
from data_access.snapshot import SnapshotInfo
from data_access.targets import Target
from ui.prefetch import queue
from ui.queries import query_cache
from ui.server.streamlit_internals import arrow_bytes
from ui.state.filter_state import FilterState
from ui.state.page_context import View
from ui.text import figures as figures_text
from ui.text.figures import Figure, figure_of

TREND_YEARS = 5
P = ParamSpec("P")
R = TypeVar("R")


def cached_view(make: Callable[Concatenate[View, P], R]) -> Callable[Concatenate[View, P], R]:
    """Keep what `make` gives for each view and argument, for all visitors of that scope.

    The rows of a chart are kept as they are sent: turning them into Arrow takes longest of all.
    """

    @wraps(make)
    def make_packed(view: View, *args: P.args, **kwargs: P.kwargs) -> R:
        made = make(view, *args, **kwargs)
        if view.filters.target_group is None and view.filters.level == "country":
            queue.note(lambda group: remembered(_of_group(view, group), *args, **kwargs))
        if isinstance(made, dict) and "datasets" in made:
            rows = {name: _arrow(data) for name, data in made["datasets"].items()}
            return {**made, "datasets": rows}  # type: ignore[return-value]  # a spec stays a spec
        return made

    keep = st.cache_data(show_spinner=False, max_entries=query_cache.CACHE_SIZE, hash_funcs=KEYS)
    remembered: Callable[Concatenate[View, P], R] = keep(make_packed)
    return wraps(make)(remembered)


def _of_group(view: View, group: str) -> View:
    return replace(view, filters=replace(view.filters, target_group=group))


def _arrow(data: Any) -> Any:
    return arrow_bytes(data) if isinstance(data, list) else data


def view_key(view: View) -> str:
    """Give what tells two views apart."""
    parts = (
        view.filters,
        view.lang,
        view.theme,
        view.for_room,
        query_cache.scope_key(view.scope),
        query_cache.snapshot_key(view.snapshot),
    )
    return repr(parts)


KEYS: dict[str | type, Any] = {View: view_key, FilterState: repr, **query_cache.KEYS}


def frame(view: View, name: str, query: Query) -> pd.DataFrame:
    """Give the indicator frame of any query."""
    return query_cache.indicator(name, query, view.scope, view.snapshot)


def areas(view: View, name: str) -> pd.DataFrame:
    """Give one row for each area that the chosen one is made of, for lists, bars and maps."""
    return frame(view, name, view.filters.query(view.filters.below))


def listing(view: View, name: str, **changes: Any) -> pd.DataFrame:
    """Give one of the lists behind the figures, such as "overdue_visits"."""
    query = view.filters.query().but(**changes)
    return query_cache.listing(name, query, view.scope, view.snapshot)


def not_followed(view: View, name: str) -> tuple[Filter, ...]:
    """Give the filters chosen that leave the numbers of an indicator, breakdown or list as they
    are; `filters.not_followed_text` words them. Those that it refuses are not among them: its
    cells then say so themselves."""
    return listings.filters_ignored(name, view.filters.query())


def refused_filters(view: View, name: str) -> tuple[Filter, ...]:
    """Give the filters chosen for which an indicator or breakdown gives no number at all."""
    return listings.refused_filters(name, view.filters.query())


def area(view: View) -> AreaLabel:
    """Give whose numbers the totals of this view are: the chosen area, or the visitor's part."""
    return view.scope.label(view.filters.narrowest)


def not_followed_text(view: View, *names: str, without: Filters = NOTHING) -> str:
    """Give "ไม่ได้กรองตามกลุ่มเป้าหมายและอำเภอ" for what is made of these indicators or lists; empty
    where all of them follow every filter chosen. `without` are filters that the page leaves out of
    its question, such as the district where a map shows the districts beside it."""
    chosen = filters.filters_of(view.filters.query())
    ignored = dict.fromkeys(one for name in names for one in not_followed(view, name))
    left_out = (one for one in chosen if one in without)
    return filters.not_followed_text([*ignored, *left_out], view.lang)


def nothing_followed_text(view: View) -> str:
    """Give the same for what stands in a document and is counted nowhere: it follows no filter."""
    return filters.not_followed_text(filters.filters_of(view.filters.query()), view.lang)


def target(view: View, name: str) -> Target | None:
    """Give what is wanted of an indicator in the chosen area and year."""
    return _target(name, view.filters, view.scope, view.snapshot)


@st.cache_data(show_spinner=False, max_entries=query_cache.CACHE_SIZE, hash_funcs=KEYS)
def _target(name: str, filters: FilterState, scope: Scope, snapshot: SnapshotInfo) -> Target | None:
    return figures_text.target(name, filters, query_cache.targets_of(name, scope, snapshot))


def whole(view: View, name: str) -> pd.DataFrame:
    """Give a frame that has no query, such as "targets"."""
    return query_cache.whole(name, view.scope, view.snapshot)


def figures(view: View, *names: str) -> dict[str, Figure]:
    """Give the figures of the chosen area, period and target group by their name."""
    return {name: _figure(name, view.filters, view.scope, view.snapshot) for name in names}


def role_figures(view: View, role: str, *names: str) -> dict[str, Figure]:
    """Give the figures of one role only, for pages that are about it."""
    targets = whole(view, "targets")
    query = view.filters.query(role=role)
    return {
        name: figure_of(name, frame(view, name, query), view.filters, targets) for name in names
    }


def series(view: View, name: str, over: Over, span: Span) -> pd.DataFrame:
    """Give one row per period of the chosen area."""
    query = _level_query(view.filters, over, span, view.scope)
    return _mine(frame(view, name, query), view.filters, view.scope)


def level_query(view: View) -> Query:
    """Give the query that the figures of a view are read out of: all areas of its level."""
    return _level_query(view.filters, None, view.filters.span, view.scope)


def level_key(view: View) -> tuple[object, ...]:
    """Give what the series of all areas of the view's level are remembered by."""
    query = _level_query(view.filters, "quarter", record(view.filters), view.scope)
    return query, view.scope, query_cache.snapshot_key(view.snapshot)


@st.cache_data(show_spinner=False, max_entries=query_cache.CACHE_SIZE, hash_funcs=KEYS)
def _figure(name: str, filters: FilterState, scope: Scope, snapshot: SnapshotInfo) -> Figure:
    found = query_cache.indicator(
        name, _level_query(filters, None, filters.span, scope), scope, snapshot
    )
    targets = query_cache.targets_of(name, scope, snapshot)
    return figure_of(name, _mine(found, filters, scope), filters, targets)


def _mine(frame: pd.DataFrame, filters: FilterState, scope: Scope) -> pd.DataFrame:
    code = scope.label(filters.narrowest).code
    mine = frame[frame["area_code"] == code]
    return mine.sort_values("period_end") if len(mine) > 1 else mine


def _level_query(filters: FilterState, over: Over | None, span: Span, scope: Scope) -> Query:
    """The query for all areas of the chosen one's level.

    Where the visitor sees only a part of the area, the query is for that part alone.
    """
    if scope.label(filters.narrowest).partial:
        return filters.query(over=over, span=span)
    return Query(
        as_of=filters.as_of,
        area=filters.level,
        over=over,
        span=span,
        province=filters.province if filters.level == "district" else None,
        target_group=filters.target_group,
        base=filters.base,
    )


def record(filters: FilterState) -> Span:
    """Give the years that trends read: the data's last five, whichever of them is chosen."""
    last = fiscal_year_of(filters.as_of).be
    oldest = last - TREND_YEARS + 1
    if filters.year.be < oldest:
        oldest, last = filters.year.be - TREND_YEARS + 1, filters.year.be
    return Span(FiscalYear(oldest).start, FiscalYear(last).end)
