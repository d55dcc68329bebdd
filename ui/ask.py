"""Questions that pages ask, for one view; answers are cached.

Single figures are read out of whole series (every quarter or every year on record, for all areas
of a level): the first visitor pays for a series, and after that no choice of period or area asks
the store again. A figure, its trend and its place in a list are then one and the same cell.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from config.thai_calendar import FiscalYear, Span
from data_access.indicators import registry
from data_access.indicators.definition import Kind
from data_access.indicators.question import Question
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from ui import cached
from ui.chosen import Chosen
from ui.figures import Figure, figure_of
from ui.view import View

TREND_QUARTERS = 20  # five fiscal years
Series = Literal["quarter", "fiscal_year"]
P = ParamSpec("P")
R = TypeVar("R")


def kept(make: Callable[Concatenate[View, P], R]) -> Callable[Concatenate[View, P], R]:
    """Keep what `make` gives for each view and argument, for all visitors of that scope."""
    keep = st.cache_data(show_spinner=False, max_entries=cached.KEPT, hash_funcs=KEYS)
    remembered: Callable[Concatenate[View, P], R] = keep(make)
    return wraps(make)(remembered)


def view_key(view: View) -> tuple[object, ...]:
    """Give what tells two views apart."""
    return (
        view.chosen,
        view.lang,
        view.theme,
        cached.scope_key(view.scope),
        cached.snapshot_key(view.snapshot),
    )


KEYS: dict[str | type, Any] = {View: view_key, **cached.KEYS}


def frame(view: View, name: str, question: Question) -> pd.DataFrame:
    """Give the indicator frame of any question."""
    return cached.indicator(name, question, view.scope, view.snapshot)


def areas(view: View, name: str) -> pd.DataFrame:
    """Give one row for each area that the chosen one is made of, for lists, bars and maps."""
    return frame(view, name, view.chosen.question(view.chosen.below))


def listing(view: View, name: str, **changes: Any) -> pd.DataFrame:
    """Give one of the lists behind the figures, such as "overdue_visits"."""
    question = view.chosen.question().but(**changes)
    return cached.listing(name, question, view.scope, view.snapshot)


def whole(view: View, name: str) -> pd.DataFrame:
    """Give a frame that has no question, such as "targets"."""
    return cached.whole(name, view.scope, view.snapshot)


def figures(view: View, *names: str) -> dict[str, Figure]:
    """Give the figures of the chosen area, period and target group by their name."""
    return {name: _figure(name, view.chosen, view.scope, view.snapshot) for name in names}


def trend(view: View, name: str) -> list[float | None]:
    """Give the values of the last 20 quarters of the chosen period; None where not shown."""
    return _trend(name, view.chosen, view.scope, view.snapshot)


@st.cache_data(show_spinner=False, max_entries=cached.KEPT, hash_funcs=cached.KEYS)
def _figure(name: str, chosen: Chosen, scope: Scope, snapshot: SnapshotInfo) -> Figure:
    whole_year = chosen.quarter is None and registry.get(name).kind is Kind.FLOW
    over: Series = "fiscal_year" if whole_year else "quarter"
    rows = _mine(_series(name, over, chosen, scope, snapshot), chosen)
    # A stock of a whole year stands on its last day, which is the end of the last quarter begun.
    rows = rows[rows["period_end"] == chosen.day]
    targets = cached.whole("targets", scope, snapshot)
    return figure_of(name, rows, chosen, targets)


@st.cache_data(show_spinner=False, max_entries=cached.KEPT, hash_funcs=cached.KEYS)
def _trend(name: str, chosen: Chosen, scope: Scope, snapshot: SnapshotInfo) -> list[float | None]:
    rows = _mine(_series(name, "quarter", chosen, scope, snapshot), chosen)
    rows = rows[rows["period_end"] <= chosen.day].tail(TREND_QUARTERS)
    return [None if pd.isna(value) else float(value) for value in rows["value"]]


def _mine(series: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    return series[series["area_code"] == chosen.narrowest].sort_values("period_end")


def _series(
    name: str, over: Series, chosen: Chosen, scope: Scope, snapshot: SnapshotInfo
) -> pd.DataFrame:
    years = cached.fiscal_years(scope, snapshot)
    question = Question(
        as_of=chosen.as_of,
        area=chosen.level,
        over=over,
        span=Span(FiscalYear(years[-1]).start, FiscalYear(years[0]).end),
        province=chosen.province if chosen.level == "district" else None,
        target_group=chosen.group,
        base=chosen.base,
    )
    return cached.indicator(name, question, scope, snapshot)
