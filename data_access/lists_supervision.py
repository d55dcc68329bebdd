"""SELECTs of the supervision sheet: the work of each case manager, in one month and on one day.

Run through `data_access.supervision` only. What is counted is what the indicators count; here it is
divided by the worker who answers for the case.
"""

from typing import Any

from sqlalchemy import Select, and_, func, select

from data_access.indicators import registry
from data_access.indicators.definitions import caseload, follow_up, staff_training
from data_access.indicators.definitions.names_on_lists import qualified_people
from data_access.indicators.kernel.conditions import within
from data_access.indicators.kernel.definition import Kind, Share
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of, place_filters
from data_access.lists_follow_up import responsible
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope

follow_ups = SNAPSHOT["follow_ups"]
activities = SNAPSHOT["volunteer_activities"]
ROLE = "case_manager"
COMPLETION = "follow_up_completion"


def managers(query: Query, scope: Scope) -> Select[Any]:
    """Case managers in post on the day, each once: worker_id, place, families under their care."""
    rows = caseload.family_loads(periods_of(query, Kind.STOCK)).subquery("loads")
    return (
        select(
            rows.c.unit.label("worker_id"),
            func.min(rows.c.province_code).label("province_code"),
            func.min(rows.c.district_code).label("district_code"),
            func.max(rows.c.families).label("families"),
        )
        .where(*place_filters(rows, query, scope))
        .group_by(rows.c.unit)
        .order_by(rows.c.unit)
    )


def due_and_done(query: Query, scope: Scope) -> Select[Any]:
    """Follow-ups due in the query's period, and those of them done, per worker who answers for the
    case on its last day (empty where nobody does): worker_id, due, done."""
    measure = registry.get(COMPLETION).measure
    if not isinstance(measure, Share):
        raise TypeError(f"follow-ups due are the rows of a share; got: {measure!r}")
    rows = measure.rows(periods_of(query, Kind.FLOW)).subquery("rows")
    who = responsible(periods_of(query, Kind.STOCK))
    joined = rows.join(follow_ups, follow_ups.c.follow_up_id == rows.c.unit).outerjoin(
        who, who.c.case_id == follow_ups.c.case_id
    )
    return (
        select(who.c.worker_id, func.count().label("due"), func.sum(rows.c.hit).label("done"))
        .select_from(joined)
        .where(*place_filters(rows, query, scope))
        .group_by(who.c.worker_id)
        .order_by(who.c.worker_id)
    )


def home_visits(query: Query, scope: Scope) -> Select[Any]:
    """Home visits done in the query's period per worker who made them: worker_id, visits."""
    ask = periods_of(query, Kind.FLOW)
    rows = (
        select(*follow_up.columns(ask), follow_ups.c.worker_id)
        .where(
            within(follow_ups.c.done_on, ask.start, ask.end),
            follow_up.is_done(ask.at),
            follow_up.not_cancelled(ask.at),
            follow_ups.c.method == "home_visit",
        )
        .subquery("rows")
    )
    return (
        select(rows.c.worker_id, func.count().label("visits"))
        .where(*place_filters(rows, query, scope))
        .group_by(rows.c.worker_id)
        .order_by(rows.c.worker_id)
    )


def last_follow_ups(query: Query) -> Select[Any]:
    """The day of the last follow-up that each worker did by the day: worker_id, last_activity."""
    ask = periods_of(query, Kind.STOCK)
    return (
        select(follow_ups.c.worker_id, func.max(follow_ups.c.done_on).label("last_activity"))
        .where(follow_up.is_done(ask.at), follow_up.not_cancelled(ask.at))
        .group_by(follow_ups.c.worker_id)
        .order_by(follow_ups.c.worker_id)
    )


def training(query: Query) -> Select[Any]:
    """Case managers in post with the days since their last course (empty where none) and whether
    they completed the course of their role: worker_id, days_since, qualified (1, or empty)."""
    ask = periods_of(query.but(role=ROLE), Kind.STOCK)
    rows = staff_training.since_training(ask).subquery("since")
    done = qualified_people(ask)
    same = and_(done.c.unit == "worker:" + rows.c.unit, done.c.role == ROLE)
    return (
        select(
            rows.c.unit.label("worker_id"),
            func.min(rows.c.days).label("days_since"),
            func.max(func.length(done.c.role)).label("qualified"),
        )
        .select_from(rows.outerjoin(done, same))
        .group_by(rows.c.unit)
        .order_by(rows.c.unit)
    )


def last_team_activities(query: Query) -> Select[Any]:
    """The day of the last activity that a district's volunteers logged by the day."""
    ask = periods_of(query, Kind.STOCK)
    return (
        select(activities.c.district_code, func.max(activities.c.done_on).label("last_activity"))
        .where(activities.c.done_on <= ask.at)
        .group_by(activities.c.district_code)
        .order_by(activities.c.district_code)
    )
