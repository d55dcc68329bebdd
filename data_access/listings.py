"""The named answers that are no indicator: lists and tables behind pages, with their filters.

One table: the command line, the cache of pages and the note on filters not followed read it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from data_access import desk, neighbours, queries, silence, supervision, tasks, worklists
from data_access.filters import (
    BY_ROLE,
    DISTRICTS,
    NOTHING,
    OF_CASES,
    OF_PEOPLE,
    PERIOD,
    PROVINCES,
    Filter,
    Filters,
    filters_of,
    without_ignored,
)
from data_access.forecast import door as forecast
from data_access.indicators.kernel.answer import Answer, answer_of, ignored_filters
from data_access.indicators.kernel.query import Query
from data_access.planning import invitations
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo


@dataclass(frozen=True)
class Listing:
    """One list: how it is asked for, and which filters its rows follow.

    `ask` takes the query, `scope` and `snapshot`; `cli.list.<name>` words its heading.
    `own_only` is the key of the words for rows about clients that are shown in own areas only.
    """

    name: str
    ask: Callable[..., pd.DataFrame]
    filters: Filters
    takes_query: bool = True
    own_only: str = ""


def _list(ask: Callable[..., pd.DataFrame], filters: Filters) -> Listing:
    return Listing(ask.__name__, ask, filters)


def _whole(ask: Callable[..., pd.DataFrame], own_only: str = "") -> Listing:
    return Listing(ask.__name__, ask, NOTHING, takes_query=False, own_only=own_only)


def _single_cases(ask: Callable[..., pd.DataFrame]) -> Listing:
    return Listing(ask.__name__, ask, OF_CASES, own_only="message.rows_not_public")


LISTINGS: dict[str, Listing] = {
    one.name: one
    for one in (
        _list(queries.case_manager_loads, OF_PEOPLE),
        _list(queries.load_bands, OF_PEOPLE),
        _single_cases(queries.overdue_visits),
        _single_cases(worklists.due_in_7_days),
        _single_cases(worklists.due_in_30_days),
        _single_cases(worklists.without_contact),
        _single_cases(worklists.left_at_closure),
        _list(worklists.overdue_by_post, OF_CASES),
        _list(worklists.no_contact_by_post, OF_CASES),
        _single_cases(desk.desk_rows),
        _list(desk.quiet_districts, OF_PEOPLE),
        _list(tasks.tasks, OF_PEOPLE),
        _list(supervision.supervision, OF_PEOPLE),
        _list(invitations.invitations, OF_PEOPLE),
        _list(forecast.ahead, PROVINCES),
        _list(forecast.ahead_errors, PROVINCES),
        _list(queries.case_stages, OF_CASES),
        _list(queries.case_stage_curves, OF_CASES),
        _list(queries.screening_decisions, OF_CASES),
        _single_cases(queries.undecided_screenings),
        _single_cases(queries.waiting_referrals),
        _single_cases(queries.stuck_cases),
        _single_cases(queries.cases_without_plan),
        _list(queries.cohorts, PERIOD | BY_ROLE | (PROVINCES - {Filter.BASE})),
        _list(queries.seats_and_people, PERIOD),
        _list(queries.skills_reported, BY_ROLE),
        _list(queries.advice, BY_ROLE),
        _list(queries.course_needs, OF_PEOPLE | BY_ROLE),
        _list(queries.sites, DISTRICTS),
        _list(queries.latest_records, PROVINCES),
        _list(silence.silent_areas, DISTRICTS),
        _list(queries.quality_effects, PERIOD | PROVINCES),
        _whole(queries.quality_counts),
        _whole(queries.quality_rows, "page.quality.own_only"),
        _whole(queries.targets),
        _whole(queries.published_figures),
        _whole(queries.courses),
        _whole(queries.load_rows),
        _whole(neighbours.similar_provinces),
        _whole(neighbours.neighbour_variables),
    )
}


def frame(name: str, query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The rows of a list for a query; filters that the list does not follow are left out."""
    listing = LISTINGS[name]
    if not listing.takes_query:
        return listing.ask(scope=scope, snapshot=snapshot)
    return listing.ask(without_ignored(query, listing.filters), scope=scope, snapshot=snapshot)


def answer(name: str, query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> Answer:
    """An indicator, a breakdown or a list with the filters it followed and whose area it is."""
    if name not in LISTINGS:
        return queries.answer(name, query, scope=scope, snapshot=snapshot)
    rows = frame(name, query, scope=scope, snapshot=snapshot)
    return answer_of(rows, LISTINGS[name].filters, query, scope.label(query.narrowest))


def refused_filters(name: str, query: Query) -> tuple[Filter, ...]:
    """The filters of a query for which the figure gives no number; a list refuses none."""
    return (
        () if name in LISTINGS else queries.definition_of(name).refused_filters(filters_of(query))
    )


def filters_ignored(name: str, query: Query) -> tuple[Filter, ...]:
    """The filters of a query that leave the numbers of a figure or list as they are."""
    if name in LISTINGS:
        return ignored_filters(LISTINGS[name].filters, query)
    return ignored_filters(
        queries.definition_of(name).filters_followed, query, refused_filters(name, query)
    )
