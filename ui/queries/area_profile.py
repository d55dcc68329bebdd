"""Everything that is said of one indicator in one area: the same answers that other pages read.

The store is asked for all areas of a level at once, so that after the first area of a level no
choice of area asks it again. Numbers come first; what their series say takes longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd
import streamlit as st

from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from data_access.statistics.intervals import Rank, ranks
from ui.prefetch import queue
from ui.queries import changes, page_queries, query_cache
from ui.queries.page_queries import KEYS
from ui.state.page_context import View
from ui.text.figures import Figure


@dataclass(frozen=True)
class Profile:
    """One indicator of an area: its figure, the wider areas', its rank, its breakdown.

    `wider` holds the figures of the areas around by code, None for one that the visitor may not
    see whole. `rank` is among the areas of the same level that the answer holds, None where there
    is none. `groups` are the values by group of an indicator that has no meaning as one number,
    None where a value is not shown; empty where the area has no group at all.
    """

    figure: Figure
    wider: dict[str, Figure | None] = field(default_factory=dict)
    rank: Rank | None = None
    groups: dict[str, float | None] = field(default_factory=dict)


@st.cache_data(show_spinner=False, max_entries=2 * query_cache.CACHE_SIZE, hash_funcs=KEYS)
def numbers_of(view: View, name: str) -> Profile:
    """Give one indicator of the view's area without what its series say."""
    with queue.quiet():
        return _numbers_of(view, name)


def _numbers_of(view: View, name: str) -> Profile:
    figure = page_queries.figures(view, name)[name]
    if registry.get(name).always_by:
        return Profile(figure, groups=_groups(view, name))
    query = page_queries.level_query(view)
    known = {} if query.area == "country" else _ranks(name, query, view.scope, view.snapshot)
    return Profile(
        figure=figure,
        wider={code: _wider(view, code, name) for code in reversed(view.filters.path[:-1])},
        rank=known.get(view.filters.narrowest),
    )


@st.cache_data(show_spinner=False, max_entries=2 * query_cache.CACHE_SIZE, hash_funcs=KEYS)
def with_series(view: View, name: str) -> Profile:
    """Give one indicator of the view's area with its changes and the reading of its series."""
    profile = numbers_of(view, name)
    return replace(profile, figure=changes.with_changes(view, [profile.figure])[name])


def known(view: View) -> bool:
    """Tell whether the series of all areas of the view's level were worked out before."""
    return _key(view) in _ready


def ask(view: View, names: Iterable[str]) -> None:
    """Have the series of all areas of the view's level worked out beside the visitors."""
    key = _key(view)
    for name in names:
        queue.ask((name, *key), partial(with_series, view, name))
    queue.ask(key, partial(note, view))


def warm(view: View, names: Iterable[str]) -> None:
    """Have the same worked out when no visitor is being served."""
    for name in names:
        queue.add(partial(with_series, view, name))
    queue.add(partial(note, view))


def note(view: View) -> None:
    """Note that the series of all areas of the view's level have been worked out."""
    if len(_ready) >= query_cache.CACHE_SIZE:
        _ready.clear()
    _ready.add(_key(view))


_ready: set[tuple[object, ...]] = set()


def _key(view: View) -> tuple[object, ...]:
    scope, snapshot = query_cache.scope_key(view.scope), query_cache.snapshot_key(view.snapshot)
    return repr(page_queries.level_query(view)), repr(scope), snapshot


def _wider(view: View, code: str, name: str) -> Figure | None:
    """A total over the visitor's part of a wider area is not that area's number."""
    label = view.scope.label(code)
    if label.partial or not label.permitted:
        return None
    around = replace(view, filters=view.filters.at(code))
    return page_queries.figures(around, name)[name]


def _groups(view: View, name: str) -> dict[str, float | None]:
    """The values by group, those that are not shown as None."""
    frame = page_queries.frame(view, name, page_queries.level_query(view))
    mine = frame[frame["area_code"] == page_queries.area(view).code]
    return {
        str(row.group): None if pd.isna(row.value) else float(str(row.value))
        for row in mine.itertuples()
        # A row without a group says why there are none: hidden at the public level, or no data.
        if row.status != "no_data" and row.group
    }


@st.cache_data(show_spinner=False, max_entries=query_cache.CACHE_SIZE, hash_funcs=KEYS)
def _ranks(name: str, query: Query, scope: Scope, snapshot: SnapshotInfo) -> dict[str, Rank]:
    return ranks(query_cache.indicator(name, query, scope, snapshot), registry.get(name))
