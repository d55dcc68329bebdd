"""Answers kept for all visitors: one entry per snapshot, query and scope.

`st.cache_data` is shared by everybody, so the scope is an ordinary argument and part of the key;
an argument with a leading underscore would not be. Frames are never keys (large ones are hashed
from a sample). A snapshot never changes, so nothing here grows old: a new one has new keys.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from data_access import listings, queries
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from ui.prefetch import queue

# Entries per function; one entry of a province frame is about 10 kB.
CACHE_SIZE = 2_000


@lru_cache(maxsize=CACHE_SIZE)
def scope_key(scope: Scope) -> str:
    """Give what tells two scopes apart; sets are sorted, since they have no order of their own.

    One text, for Streamlit hashes every code of a list by itself: of 77 provinces that took longer
    than reading the answer.
    """
    parts = (
        scope.nation,
        sorted(scope.provinces),
        sorted(scope.districts),
        sorted(scope.own_provinces),
        sorted(scope.own_districts),
        scope.hide_below,
        scope.reveal,
    )
    return repr(parts)


def snapshot_key(snapshot: SnapshotInfo) -> str:
    """Give what tells two snapshots apart: their file, which is written once and never changed."""
    return str(snapshot.path)


# A query says all that it is in its text; Streamlit would take it apart field by field, slowly.
KEYS: dict[str | type, Any] = {Scope: scope_key, SnapshotInfo: snapshot_key, Query: repr}


def _for_groups(query: Query, ask: Callable[[Query], object]) -> None:
    """Note that the same will be asked for each target group, where it was asked for all of them.

    Courses over quarters are left out: `ui.prefetch.map_sparklines` and `ui.prefetch.worker` see to
    them, they take longest.
    """
    if query.target_group is None and query.over != "quarter":
        queue.note(lambda group: ask(query.but(target_group=group)))


@st.cache_data(show_spinner=False, max_entries=CACHE_SIZE, hash_funcs=KEYS)
def indicator(name: str, query: Query, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Give the indicator frame of one query, as `data_access.queries.indicator` makes it."""
    _for_groups(query, lambda q: indicator(name, q, scope, snapshot))
    return queries.indicator(name, query, scope=scope, snapshot=snapshot)


@st.cache_data(show_spinner=False, max_entries=CACHE_SIZE, hash_funcs=KEYS)
def breakdown(name: str, query: Query, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Give the frame of one of `data_access.breakdowns` for one query."""
    _for_groups(query, lambda q: breakdown(name, q, scope, snapshot))
    return queries.breakdown(name, query, scope=scope, snapshot=snapshot)


@st.cache_data(show_spinner=False, max_entries=CACHE_SIZE, hash_funcs=KEYS)
def listing(name: str, query: Query, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Give one of the door's other frames by its name, such as "load_bands" or "cohorts"."""
    _for_groups(query, lambda q: listing(name, q, scope, snapshot))
    return listings.frame(name, query, scope=scope, snapshot=snapshot)


@st.cache_data(show_spinner=False, max_entries=64, hash_funcs=KEYS)
def whole(name: str, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Give a frame that has no query, such as "load_rows" or "targets"."""
    return listings.LISTINGS[name].ask(scope=scope, snapshot=snapshot)


@st.cache_data(show_spinner=False, max_entries=CACHE_SIZE, hash_funcs=KEYS)
def targets_of(name: str, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Give the targets of one indicator: a page asks for dozens, each of which would search all."""
    targets = whole("targets", scope, snapshot)
    return targets[targets["indicator"] == name]


@st.cache_data(show_spinner=False, max_entries=64, hash_funcs=KEYS)
def fiscal_years(scope: Scope, snapshot: SnapshotInfo) -> list[int]:
    """Give the fiscal years (Buddhist) that may be asked for, newest first."""
    return queries.fiscal_years(scope=scope, snapshot=snapshot)
