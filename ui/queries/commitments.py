"""Commitments of a view with where each of them stands: the same numbers for every reader."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from data_access.indicators.kernel.query import Query
from data_access.journal import commitments, course
from data_access.journal.commitments import Commitment
from data_access.journal.course import Progress
from geo import levels
from ui.queries import query_cache
from ui.queries.journal import journal
from ui.state.page_context import View


@dataclass(frozen=True)
class Reading:
    """One commitment and its progress on the day of the data."""

    entry: Commitment
    progress: Progress


def readings(view: View) -> tuple[Reading, ...]:
    """Give the commitments of the areas inside the view's own; JournalUnreachable where the
    database does not answer."""
    inside = [
        one
        for one in commitments.commitments(journal(view), view.scope)
        if levels.lies_in(one.area_code, view.filters.narrowest)
    ]
    ask = partial(public_number, view)
    return tuple(Reading(one, course.progress_of(one, view.filters.as_of, ask)) for one in inside)


def public_number(view: View, name: str, query: Query) -> pd.DataFrame:
    """Give an indicator's frame as everybody may see it, from the cache."""
    return query_cache.indicator(name, query, course.public(view.scope), view.snapshot)


@dataclass(frozen=True)
class Counts:
    """How many run, how many of these are on course or there already, how many are behind or have
    no number; how many are over, and how many of those met their target."""

    running: int
    on_course: int
    behind: int
    without_number: int
    over: int
    over_and_met: int


def counts(readings: tuple[Reading, ...], view: View) -> Counts:
    """Give the counts that the page and the overview say; what was withdrawn counts nowhere."""
    as_of = view.filters.as_of
    running = [one.progress.state for one in readings if one.entry.is_open(as_of)]
    over = [one for one in readings if one.entry.due_on <= as_of and one.entry.state == "running"]
    return Counts(
        running=len(running),
        on_course=sum(state in ("on_course", "reached") for state in running),
        behind=running.count("behind"),
        without_number=running.count("unknown"),
        over=len(over),
        over_and_met=sum(one.progress.state == "met" for one in over),
    )
