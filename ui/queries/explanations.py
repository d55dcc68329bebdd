"""Why a figure moved since the quarter before, for the area of a view; kept for everybody."""

from dataclasses import dataclass

import streamlit as st

from config.thai_calendar import Span, fiscal_year_of
from data_access.explain import End, Explanation, NotExplained, explain
from ui.queries.page_queries import KEYS
from ui.state.page_context import View


@dataclass(frozen=True)
class Reading:
    """Both ends and what led from one to the other; or the `refusal`, a key of `explain.not`."""

    start: End
    end: End
    explanation: Explanation | None
    refusal: str = ""


@st.cache_data(show_spinner=False, max_entries=64, hash_funcs=KEYS)
def since_quarter_before(view: View, name: str) -> Reading:
    """Give the change of one indicator from the quarter before to the one that the view's day lies
    in, as far as that has come."""
    quarter = _quarter(view)
    before = _quarter_before(quarter)
    start, end = (
        End(name, view.filters.query(span=span), view.snapshot) for span in (before, quarter)
    )
    try:
        return Reading(start, end, explain(start, end, scope=view.scope))
    except NotExplained as refused:
        return Reading(start, end, None, refused.reason)


def _quarter(view: View) -> Span:
    quarters = [fiscal_year_of(view.filters.day).quarter(n) for n in (1, 2, 3, 4)]
    return next(one for one in quarters if one.end >= view.filters.day)


def _quarter_before(quarter: Span) -> Span:
    year = fiscal_year_of(quarter.start)
    spans = [fiscal_year_of(year.start.replace(year=year.start.year - 1)).quarter(4)]
    spans += [year.quarter(n) for n in (1, 2, 3, 4)]
    return spans[spans.index(quarter) - 1]
