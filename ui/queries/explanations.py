"""Why a figure moved since the period before, for the area of a view; kept for everybody."""

from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from config.thai_calendar import Span, fiscal_year_of
from data_access.explain import End, Explanation, NotExplained, explain
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.units import sides
from ui.queries.page_queries import KEYS
from ui.state.page_context import View


@dataclass(frozen=True)
class Reading:
    """Both ends and what led from one to the other; or the `refusal`, a key of `explain.not`."""

    start: End
    end: End
    explanation: Explanation | None
    refusal: str = ""


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Give the indicators whose change can be split into causes, in the order of the registry."""
    listed = registry.INDICATORS.items()
    return tuple(name for name, item in listed if sides(item) and not item.always_by)


@st.cache_data(show_spinner=False, max_entries=64, hash_funcs=KEYS)
def since_period_before(view: View, name: str) -> Reading:
    """Give the change of one indicator from the period before, as cards and tables tell it: for
    what happened in a whole fiscal year that is over, the year before; otherwise the quarter before
    the one that the view's day lies in, as far as that has come."""
    start, end = (
        End(name, view.filters.query(span=span), view.snapshot) for span in _spans(view, name)
    )
    try:
        return Reading(start, end, explain(start, end, scope=view.scope))
    except NotExplained as refused:
        return Reading(start, end, None, refused.reason)


def _spans(view: View, name: str) -> tuple[Span, Span]:
    year = view.filters.span
    by_year = registry.get(name).kind is Kind.FLOW and view.filters.quarter is None
    if by_year and view.filters.day == year.end:
        return fiscal_year_of(year.start.replace(year=year.start.year - 1)).span, year
    quarter = _quarter(view)
    return _quarter_before(quarter), quarter


def _quarter(view: View) -> Span:
    quarters = [fiscal_year_of(view.filters.day).quarter(n) for n in (1, 2, 3, 4)]
    return next(one for one in quarters if one.end >= view.filters.day)


def _quarter_before(quarter: Span) -> Span:
    year = fiscal_year_of(quarter.start)
    spans = [fiscal_year_of(year.start.replace(year=year.start.year - 1)).quarter(4)]
    spans += [year.quarter(n) for n in (1, 2, 3, 4)]
    return spans[spans.index(quarter) - 1]
