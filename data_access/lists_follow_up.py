"""SELECTs of the work lists: what is overdue, due soon, left behind, or out of contact.

Run through `data_access.queries` and `data_access.worklists` only. Ids of cases, follow-ups and
workers are the sender's pseudonyms; there are no names. Every row says what whoever acts on it
asks first: stage, urgent, the worker who answers for the case, last contact, next appointment.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    select,
)

from data_access.indicators.definitions import follow_up
from data_access.indicators.kernel.conditions import covers, open_on
from data_access.indicators.kernel.definition import Kind, SqlPeriods
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql import days_between
from data_access.indicators.kernel.sql_periods import periods_of, place_filters
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope

cases = SNAPSHOT["cases"]
follow_ups = SNAPSHOT["follow_ups"]
assignments = SNAPSHOT["case_assignments"]
posts = SNAPSHOT["worker_posts"]

PLACE = ("province_code", "district_code", "target_group")


def overdue(query: Query, scope: Scope) -> Select[Any]:
    """Follow-ups of open cases past due, the newest first: these can still be put right."""
    ask = periods_of(query, Kind.STOCK)
    rows = follow_up.overdue(ask).add_columns(follow_ups.c.case_id, follow_ups.c.due_on)
    sub = rows.subquery("late")
    late = days_between(sub.c.due_on, ask.at)
    chosen = with_case(sub, ask, query, scope, due_on=sub.c.due_on, days_late=late)
    return chosen.where(sub.c.hit == 1).order_by(late, sub.c.unit)


def due_within(query: Query, scope: Scope, days: int) -> Select[Any]:
    """Follow-ups of open cases that fall due today or in the coming days, the next one first."""
    ask = periods_of(query, Kind.STOCK)
    ahead = days_between(ask.at, follow_ups.c.due_on)
    sub = (
        select(*follow_up.columns(ask), follow_ups.c.case_id, follow_ups.c.due_on)
        .join(cases, cases.c.case_id == follow_ups.c.case_id)
        .where(open_on(cases, ask.at), follow_up.waiting(ask.at), ahead >= 0, ahead <= days)
        .subquery("coming")
    )
    until = days_between(ask.at, sub.c.due_on)
    chosen = with_case(sub, ask, query, scope, due_on=sub.c.due_on, days_until=until)
    return chosen.order_by(until, sub.c.unit)


def left_at_closure(query: Query, scope: Scope) -> Select[Any]:
    """Follow-ups left undone by cases closed in the period, the latest closures first."""
    ask = periods_of(query, Kind.FLOW)
    sub = (
        follow_up.left_at_closure(ask)
        .add_columns(follow_ups.c.case_id, follow_ups.c.due_on, cases.c.closed_on)
        .subquery("left_behind")
    )
    named = {"due_on": sub.c.due_on, "closed_on": sub.c.closed_on}
    chosen = with_case(sub, ask, query, scope, **named)
    return chosen.where(sub.c.hit == 1).order_by(sub.c.closed_on.desc(), sub.c.due_on, sub.c.unit)


def without_contact(query: Query, scope: Scope) -> Select[Any]:
    """Open cases out of contact, the longest silence first; `unit` is the case.

    `days_silent` are the days since the last contact or, where there was none, since the opening.
    """
    ask = periods_of(query, Kind.STOCK)
    rows = follow_up.without_contact(ask).subquery("cases_of_long")
    sub = select(*rows.c, rows.c.unit.label("case_id")).subquery("silent")
    chosen = with_case(sub, ask, query, scope).where(sub.c.hit == 1).subquery("listed")
    since = func.coalesce(chosen.c.last_contact, chosen.c.opened_on)
    silent = days_between(since, ask.at)
    return select(*chosen.c, silent.label("days_silent")).order_by(silent.desc(), chosen.c.unit)


def by_post(query: Query, scope: Scope, *, silent: bool) -> Select[Any]:
    """Overdue follow-ups (or, with `silent`, cases out of contact) per province and worker who
    answers for them: province_code, worker_id, items, and `of` (all that waits, or all such cases).

    `worker_id` is empty for what nobody is assigned to.
    """
    ask = periods_of(query, Kind.STOCK)
    if silent:
        rows = follow_up.without_contact(ask).subquery("rows")
        sub = select(*rows.c, rows.c.unit.label("case_id")).subquery("counted")
    else:
        sub = follow_up.overdue(ask).add_columns(follow_ups.c.case_id).subquery("counted")
    who = responsible(ask)
    keys = [sub.c.province_code, who.c.worker_id]
    return (
        select(*keys, func.sum(sub.c.hit).label("items"), func.count().label("of"))
        .select_from(sub.outerjoin(who, who.c.case_id == sub.c.case_id))
        .where(*place_filters(sub, query, scope))
        .group_by(*keys)
        .order_by(*keys)
    )


def with_case(
    sub: Subquery, ask: SqlPeriods, query: Query, scope: Scope, **own: ColumnElement[Any]
) -> Select[Any]:
    """The rows in the query's area with what is known of their case on the day."""
    # What is summed up by case is asked of the same area: rows of a case lie where the case does,
    # and an engine would sum up the whole country for the list of one province.
    visits = place_filters(follow_ups, query, scope)
    who = responsible(ask, *place_filters(assignments, query, scope))
    last, coming = _last_contact(ask, *visits), _next_appointment(ask, *visits)
    joined = sub.join(cases, cases.c.case_id == sub.c.case_id)
    for more in (who, last, coming):
        joined = joined.outerjoin(more, more.c.case_id == sub.c.case_id)
    return (
        select(
            sub.c.unit,
            sub.c.case_id,
            *[sub.c[name] for name in PLACE],
            *[column.label(name) for name, column in own.items()],
            cases.c.stage,
            cases.c.urgent,
            cases.c.opened_on,
            who.c.worker_id,
            last.c.last_contact,
            coming.c.next_appointment,
        )
        .select_from(joined)
        .where(*place_filters(sub, query, scope))
    )


def responsible(ask: SqlPeriods, *inside: ColumnElement[bool]) -> Subquery:
    """The worker who answers for each case on the day: assigned and in post as case manager; where
    none of those assigned is, whoever is assigned. The smallest pseudonym of several.

    `inside` are conditions on the assignments, where only some cases are asked for."""
    in_post = and_(
        posts.c.worker_id == assignments.c.worker_id,
        posts.c.role == "case_manager",
        covers(posts, ask.at),
    )
    holding = case((posts.c.worker_id.is_not(None), assignments.c.worker_id))
    worker = func.coalesce(func.min(holding), func.min(assignments.c.worker_id))
    return (
        select(assignments.c.case_id, worker.label("worker_id"))
        .select_from(assignments.outerjoin(posts, in_post))
        .where(covers(assignments, ask.at), *inside)
        .group_by(assignments.c.case_id)
        .subquery("responsible")
    )


def _last_contact(ask: SqlPeriods, *inside: ColumnElement[bool]) -> Subquery:
    return (
        select(follow_ups.c.case_id, func.max(follow_ups.c.done_on).label("last_contact"))
        .where(follow_up.is_done(ask.at), follow_up.not_cancelled(ask.at), *inside)
        .group_by(follow_ups.c.case_id)
        .subquery("last_visit")
    )


def _next_appointment(ask: SqlPeriods, *inside: ColumnElement[bool]) -> Subquery:
    return (
        select(follow_ups.c.case_id, func.min(follow_ups.c.due_on).label("next_appointment"))
        .where(follow_up.waiting(ask.at), follow_ups.c.due_on >= ask.at, *inside)
        .group_by(follow_ups.c.case_id)
        .subquery("coming_visit")
    )
