"""SELECTs behind the pages of programmes: stages of a case, screenings, and what waits.

Run through `data_access.queries` only. Rows of single cases carry the sender's pseudonyms.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from data_access.indicators import registry
from data_access.indicators.kernel.conditions import within
from data_access.indicators.kernel.definition import Kind, Share, SqlPeriods
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql import days_between
from data_access.indicators.kernel.sql_periods import periods_of, place_filters
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope

cases = SNAPSHOT["cases"]
screenings = SNAPSHOT["screenings"]
referrals = SNAPSHOT["referrals"]
follow_ups = SNAPSHOT["follow_ups"]

# The stages after intake: the table that shows a case got there, and its day.
STAGE_TABLES = {
    "assessment": ("assessments", "assessed_on"),
    "planning": ("plans", "made_on"),
    "implementation": ("services", "given_on"),
    "follow_up": ("follow_ups", "done_on"),
}
STAGES = ("intake", *STAGE_TABLES, "closed")


def stage_days(query: Query, scope: Scope) -> Select[Any]:
    """Cases opened in the period by days to each stage: stage, days, reached (0/1), cases.

    Where a stage is not reached, `days` is how long the case has waited by the as-of date. A case
    closed on the way never gets there and goes on waiting: a curve that forgot it at its closure
    would climb towards all cases, whatever share of them was closed before. A row dated before the
    case was opened belongs to an earlier case of the family.
    """
    ask = periods_of(query, Kind.FLOW)
    opened = (
        select(*[cases.c[name] for name in _OF_CASES])
        .where(within(cases.c.opened_on, ask.start, ask.end), cases.c.opened_on <= ask.at)
        .subquery("opened")
    )
    filters = place_filters(opened, query, scope)
    parts = [_stage(opened, name, ask, filters) for name in STAGE_TABLES]
    parts.append(_closing(opened, ask, filters))
    every = union_all(*parts).subquery("every")
    keys = [every.c.stage, every.c.days, every.c.reached]
    return select(*keys, func.count().label("cases")).group_by(*keys).order_by(*keys)


_OF_CASES = (
    "case_id", "province_code", "district_code", "target_group", "opened_on", "closed_on",
)  # fmt: skip


def _stage(
    cases: FromClause, stage: str, ask: SqlPeriods, filters: list[ColumnElement[bool]]
) -> Select[Any]:
    name, day = STAGE_TABLES[stage]
    table = SNAPSHOT[name]
    counted = [table.c[day] <= ask.at]
    if name == "follow_ups":
        cancelled = and_(
            follow_ups.c.cancelled_on.is_not(None), follow_ups.c.cancelled_on <= ask.at
        )
        counted.append(~cancelled)
    first = (
        select(cases.c.case_id, func.min(table.c[day]).label("first_on"))
        .select_from(cases.join(table, table.c.case_id == cases.c.case_id))
        .where(table.c[day] >= cases.c.opened_on, *counted)
        .group_by(cases.c.case_id)
        .subquery(f"first_{stage}")
    )
    reached = first.c.first_on.is_not(None)
    return (
        _row(cases, stage, reached, case((reached, first.c.first_on), else_=ask.at))
        .select_from(cases.outerjoin(first, first.c.case_id == cases.c.case_id))
        .where(*filters)
    )


def _closing(cases: FromClause, ask: SqlPeriods, filters: list[ColumnElement[bool]]) -> Select[Any]:
    reached = _closed_by_day(cases, ask)
    end = case((reached, cases.c.closed_on), else_=ask.at)
    return _row(cases, "closed", reached, end).where(*filters)


def _row(
    cases: FromClause, stage: str, condition: ColumnElement[bool], end: ColumnElement[Any]
) -> Select[Any]:
    return select(
        literal(stage).label("stage"),
        days_between(cases.c.opened_on, end).label("days"),
        case((condition, 1), else_=0).label("reached"),
    )


def _closed_by_day(cases: FromClause, ask: SqlPeriods) -> ColumnElement[bool]:
    return and_(cases.c.closed_on.is_not(None), cases.c.closed_on <= ask.at)


def screening_decisions(query: Query, scope: Scope) -> Select[Any]:
    """Screenings run in the period: flag, decision, screenings.

    `decision` is empty where nobody has decided by the as-of date, and "unrecorded" where somebody
    has and did not write it down.
    """
    ask = periods_of(query, Kind.FLOW)
    decided = and_(screenings.c.decided_on.is_not(None), screenings.c.decided_on <= ask.at)
    decision = case(
        (decided, func.coalesce(screenings.c.decision, "unrecorded")), else_=literal("")
    )
    rows = (
        select(
            screenings.c.flag,
            decision.label("decision"),
            screenings.c.province_code,
            screenings.c.district_code,
            screenings.c.target_group,
        )
        .where(within(screenings.c.run_on, ask.start, ask.end), screenings.c.run_on <= ask.at)
        .subquery("run")
    )
    keys = [rows.c.flag, rows.c.decision]
    return (
        select(*keys, func.count().label("screenings"))
        .where(*place_filters(rows, query, scope))
        .group_by(*keys)
        .order_by(*keys)
    )


def undecided_screenings(query: Query, scope: Scope) -> Select[Any]:
    """Screenings of the period that wait for a person, oldest first: unit (the case), days."""
    ask = periods_of(query, Kind.FLOW)
    waiting = or_(screenings.c.decided_on.is_(None), screenings.c.decided_on > ask.at)
    rows = _waiting(screenings, screenings.c.case_id, "run_on", ask).where(waiting)
    return _oldest_first(rows.subquery("waiting"), query, scope)


def waiting_referrals(query: Query, scope: Scope) -> Select[Any]:
    """Referrals sent in the period without a result yet, oldest first: unit, days."""
    ask = periods_of(query, Kind.FLOW)
    waiting = or_(referrals.c.result_on.is_(None), referrals.c.result_on > ask.at)
    rows = _waiting(referrals, referrals.c.referral_id, "sent_on", ask).where(waiting)
    return _oldest_first(rows.subquery("waiting"), query, scope)


def _waiting(table: FromClause, unit: ColumnElement[Any], day: str, ask: SqlPeriods) -> Select[Any]:
    return select(
        unit.label("unit"),
        table.c.province_code,
        table.c.district_code,
        table.c.target_group,
        table.c[day].label("since"),
        days_between(table.c[day], ask.at).label("days"),
    ).where(within(table.c[day], ask.start, ask.end), table.c[day] <= ask.at)


def _oldest_first(rows: Any, query: Query, scope: Scope) -> Select[Any]:
    return (
        select(rows.c.unit, rows.c.province_code, rows.c.district_code, rows.c.since, rows.c.days)
        .where(*place_filters(rows, query, scope))
        .order_by(rows.c.days.desc(), rows.c.unit)
    )


def units(name: str, hit: int, query: Query, scope: Scope) -> Select[Any]:
    """The units behind a share, those in the numerator (`hit` 1) or those that are not (0).

    Columns unit, province_code, district_code; each unit once.
    """
    definition = registry.get(name)
    if not isinstance(definition.measure, Share):
        raise TypeError(f"units stand behind a share only; got: {name!r}")
    rows = definition.measure.rows(periods_of(query, definition.kind)).subquery("rows")
    return (
        select(rows.c.unit, rows.c.province_code, rows.c.district_code)
        .where(rows.c.hit == hit, *place_filters(rows, query, scope))
        .distinct()
        .order_by(rows.c.province_code, rows.c.district_code, rows.c.unit)
    )
