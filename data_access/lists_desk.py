"""SELECTs of the desk: what waits for whoever answers for an area; run through `data_access.desk`.

What the follow-up page lists as well is in `lists_follow_up`; the rules of hits are those of the
indicators (`unassigned_families`, `urgent_cases`, `no_improvement_no_revision`), so that a list has
as many rows as its indicator counts.
"""

from typing import Any

from sqlalchemy import Integer, Select, Subquery, and_, func, literal, or_, select, union_all

from data_access.indicators import registry
from data_access.indicators.definitions.caseload import open_cases
from data_access.indicators.definitions.process import last_two_outcomes
from data_access.indicators.kernel.conditions import covers, open_on
from data_access.indicators.kernel.definition import Kind, Share, SqlPeriods
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql import days_between
from data_access.indicators.kernel.sql_periods import periods_of, place_filters
from data_access.lists_follow_up import PLACE, with_case
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope

cases = SNAPSHOT["cases"]
assignments = SNAPSHOT["case_assignments"]
posts = SNAPSHOT["worker_posts"]
referrals = SNAPSHOT["referrals"]
follow_ups = SNAPSHOT["follow_ups"]


def urgent(query: Query, scope: Scope) -> Select[Any]:
    """Open cases marked urgent, the oldest first; `since` is the day of opening."""
    ask = periods_of(query, Kind.STOCK)
    sub = _hits("urgent_cases", ask)
    days = days_between(cases.c.opened_on, ask.at)
    chosen = with_case(sub, ask, query, scope, since=cases.c.opened_on, days=days)
    return _longest_first(chosen)


def without_improvement(query: Query, scope: Scope) -> Select[Any]:
    """Open cases neither of whose last two outcomes is better and whose plan was not changed;
    `since` is the day of the earlier of the two."""
    ask = periods_of(query, Kind.STOCK)
    hits = _hits("no_improvement_no_revision", ask)
    two = last_two_outcomes(ask, *place_filters(follow_ups, query, scope))
    rows = hits.join(two, two.c.case_id == hits.c.case_id)
    sub = select(*hits.c, two.c.since).select_from(rows).subquery("stuck")
    days = days_between(sub.c.since, ask.at)
    return _longest_first(with_case(sub, ask, query, scope, since=sub.c.since, days=days))


def unanswered_referrals(query: Query, scope: Scope) -> Select[Any]:
    """Referrals of open cases that nobody has accepted or answered by the day, the oldest first."""
    ask = periods_of(query, Kind.STOCK)
    answers = (referrals.c.accepted_on, referrals.c.result_on)
    sub = (
        select(
            referrals.c.referral_id.label("unit"),
            referrals.c.case_id,
            *[referrals.c[name] for name in PLACE],
            referrals.c.sent_on,
        )
        .join(cases, cases.c.case_id == referrals.c.case_id)
        .where(
            open_on(cases, ask.at),
            referrals.c.sent_on <= ask.at,
            *[or_(day.is_(None), day > ask.at) for day in answers],
        )
        .subquery("unanswered")
    )
    days = days_between(sub.c.sent_on, ask.at)
    return _longest_first(with_case(sub, ask, query, scope, since=sub.c.sent_on, days=days))


def without_case_manager(query: Query, scope: Scope) -> Select[Any]:
    """Families without a case manager, each once under its first open case, the longest first.

    `since` is the day after the last assignment of any of its open cases ended or, where there was
    none, the day on which the first of them was opened.
    """
    ask = periods_of(query, Kind.STOCK)
    hits = _hits("unassigned_families", ask)
    opened = open_cases(ask).subquery("opened")
    inside = place_filters(opened, query, scope)
    first = (
        select(opened.c.family_id, func.min(opened.c.case_id).label("case_id"))
        .where(opened.c.family_id.in_(select(hits.c.unit)), *inside)
        .group_by(opened.c.family_id)
        .subquery("first")
    )
    past = and_(assignments.c.case_id == opened.c.case_id, assignments.c.end_on < ask.at)
    ended = (
        select(opened.c.family_id, func.max(assignments.c.end_on).label("end_on"))
        .join(assignments, past)
        .group_by(opened.c.family_id)
        .subquery("ended")
    )
    begun = (
        select(cases.c.family_id, func.min(cases.c.opened_on).label("opened_on"))
        .where(open_on(cases, ask.at))
        .group_by(cases.c.family_id)
        .subquery("begun")
    )
    since = func.coalesce(ended.c.end_on + literal(1, Integer), begun.c.opened_on)
    rows = (
        first.join(opened, opened.c.case_id == first.c.case_id)
        .join(begun, begun.c.family_id == first.c.family_id)
        .outerjoin(ended, ended.c.family_id == first.c.family_id)
    )
    own = [opened.c[name] for name in ("case_id", *PLACE)]
    sub = (
        select(first.c.family_id.label("unit"), *own, since.label("since"))
        .select_from(rows)
        .subquery("nobody")
    )
    days = days_between(sub.c.since, ask.at)
    return _longest_first(with_case(sub, ask, query, scope, since=sub.c.since, days=days))


def quiet_districts(query: Query, scope: Scope) -> Select[Any]:
    """Districts with the day of their newest record (a case opened, a visit done) by the day:
    province_code, district_code, since, days. One that never had a case is not among them."""
    ask = periods_of(query, Kind.STOCK)
    records = union_all(
        *[
            select(table.c.province_code, table.c.district_code, day.label("day"))
            for table, day in ((cases, cases.c.opened_on), (follow_ups, follow_ups.c.done_on))
        ]
    ).subquery("records")
    newest = func.max(records.c.day)
    own = query.but(area="district", target_group=None)
    return (
        select(
            records.c.province_code,
            records.c.district_code,
            newest.label("since"),
            days_between(newest, ask.at).label("days"),
        )
        .where(records.c.day <= ask.at, *place_filters(records, own, scope))
        .group_by(records.c.province_code, records.c.district_code)
        .order_by(newest, records.c.district_code)
    )


def supervisors(query: Query) -> Select[Any]:
    """Supervisors of case managers in post on the day: worker_id, province_code, district_code."""
    ask = periods_of(query, Kind.STOCK)
    places = (posts.c.province_code, posts.c.district_code)
    return (
        select(posts.c.worker_id, *places)
        .where(posts.c.role == "cm_supervisor", covers(posts, ask.at))
        .order_by(posts.c.worker_id)
    )


def _hits(name: str, ask: SqlPeriods) -> Subquery:
    """The rows that an indicator counts in its numerator; `unit` is the case's id as well."""
    measure = registry.get(name).measure
    if not isinstance(measure, Share):
        raise TypeError(f"hits stand behind a share only; got: {name!r}")
    rows = measure.rows(ask).subquery("rows")
    columns = [rows.c.unit, rows.c.unit.label("case_id"), *[rows.c[place] for place in PLACE]]
    return select(*columns).where(rows.c.hit == 1).distinct().subquery("hits")


def _longest_first(rows: Select[Any]) -> Select[Any]:
    sub = rows.subquery("listed")
    return select(sub).order_by(sub.c.days.desc(), sub.c.unit)
