"""Waiting times of new cases: from intake to the first assessment and to the first plan [TM]."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, case, func, select

from config.thresholds import threshold
from data_access.filters import OF_CASES
from data_access.indicators.definitions.process import OWNER
from data_access.indicators.kernel.conditions import within
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    Direction,
    Indicator,
    Kind,
    Median,
    Share,
    SqlPeriods,
    Unit,
    each_once,
    variant,
)
from data_access.indicators.kernel.sql import days_between
from data_access.schema.derived import SNAPSHOT

cases = SNAPSHOT["cases"]
assessments = SNAPSHOT["assessments"]
plans = SNAPSHOT["plans"]

SOON, IN_A_MONTH = "first_step_days", "first_month_days"  # names of thresholds


def _first(table: FromClause, day: str, ask: SqlPeriods) -> tuple[Subquery, Subquery, Any]:
    """Cases opened in the period, the day of each one's first such row, and how the two join."""
    columns: list[ColumnElement[Any]] = [
        cases.c.province_code,
        cases.c.district_code,
        cases.c.target_group,
        cases.c.intake_channel,
        *ask.moment,
    ]
    opened = (
        select(cases.c.case_id, cases.c.opened_on, ask.at.label("at"), *columns)
        .where(within(cases.c.opened_on, ask.start, ask.end), cases.c.opened_on <= ask.at)
        .subquery("opened")
    )
    # A row dated before the case was opened belongs to an earlier case of the family.
    first = (
        select(table.c.case_id, func.min(table.c[day]).label("first_on"))
        .join(cases, cases.c.case_id == table.c.case_id)
        .where(table.c[day] >= cases.c.opened_on)
        .group_by(table.c.case_id)
        .subquery("first")
    )
    return opened, first, opened.outerjoin(first, opened.c.case_id == first.c.case_id)


def _units(cases: Subquery) -> list[ColumnElement[Any]]:
    others = [c for c in cases.c if c.name not in ("case_id", "opened_on", "at")]
    return [cases.c.case_id.label("unit"), *others]


def _days_to(table: FromClause, day: str, ask: SqlPeriods) -> Select[Any]:
    """Cases opened in the period with the `days` to the first such row and `reached` 1.

    Where there is none by the as-of date `reached` is 0 and `days` is how long the case has waited
    by then. A case closed without one never got there: it waits to the as-of date like the others,
    so that the estimate stays a share of all cases received.
    """
    opened, first, both = _first(table, day, ask)
    there = and_(first.c.first_on.is_not(None), first.c.first_on <= opened.c.at)
    until = case((there, first.c.first_on), else_=opened.c.at)
    return select(
        *_units(opened),
        days_between(opened.c.opened_on, until).label("days"),
        case((there, 1), else_=0).label("reached"),
    ).select_from(both)


def _within(table: FromClause, day: str, limit: str, ask: SqlPeriods) -> Select[Any]:
    """Cases opened in the period whose days are over by the as-of date; `hit` where the first such
    row came within them.

    A younger case may still get there in time. One closed without it did not.
    """
    days = int(threshold(limit).value)
    opened, first, both = _first(table, day, ask)
    there = and_(
        first.c.first_on <= opened.c.at,
        days_between(opened.c.opened_on, first.c.first_on) <= days,
    )
    return (
        select(*_units(opened), case((there, 1), else_=0).label("hit"))
        .select_from(both)
        .where(days_between(opened.c.opened_on, opened.c.at) >= days)
    )


@each_once
def _to_assessment(ask: SqlPeriods) -> Select[Any]:
    return _days_to(assessments, "assessed_on", ask)


@each_once
def _to_plan(ask: SqlPeriods) -> Select[Any]:
    return _days_to(plans, "made_on", ask)


@each_once
def _assessed_soon(ask: SqlPeriods) -> Select[Any]:
    return _within(assessments, "assessed_on", SOON, ask)


@each_once
def _assessed_in_a_month(ask: SqlPeriods) -> Select[Any]:
    return _within(assessments, "assessed_on", IN_A_MONTH, ask)


@each_once
def _planned_soon(ask: SqlPeriods) -> Select[Any]:
    return _within(plans, "made_on", SOON, ask)


@each_once
def _planned_in_a_month(ask: SqlPeriods) -> Select[Any]:
    return _within(plans, "made_on", IN_A_MONTH, ask)


DAYS_TO_ASSESSMENT = Indicator(
    name="days_to_assessment",
    code="TM-1",
    measure=Median(_to_assessment),
    kind=Kind.FLOW,
    unit=Unit.DAYS,
    direction=Direction.LOWER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="nobody_assessed",
    breakdowns=("target_group", "intake_channel"),
    needs=("assessments",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S1-03, R1",
)
DAYS_TO_PLAN = variant(
    DAYS_TO_ASSESSMENT,
    name="days_to_plan",
    measure=Median(_to_plan),
    empty_reason="nobody_planned",
    needs=("plans",),
    source="S1-07, R1",
)
ASSESSED_WITHIN_15_DAYS = variant(
    DAYS_TO_ASSESSMENT,
    name="assessed_within_15_days",
    measure=Share(_assessed_soon),
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    empty_reason="no_cases_old_enough",
)
ASSESSED_WITHIN_30_DAYS = variant(
    ASSESSED_WITHIN_15_DAYS, name="assessed_within_30_days", measure=Share(_assessed_in_a_month)
)
PLANNED_WITHIN_15_DAYS = variant(
    ASSESSED_WITHIN_15_DAYS,
    name="planned_within_15_days",
    measure=Share(_planned_soon),
    needs=("plans",),
    source="S1-07, R1",
)
PLANNED_WITHIN_30_DAYS = variant(
    PLANNED_WITHIN_15_DAYS, name="planned_within_30_days", measure=Share(_planned_in_a_month)
)

INDICATORS = (
    DAYS_TO_ASSESSMENT,
    DAYS_TO_PLAN,
    ASSESSED_WITHIN_15_DAYS,
    ASSESSED_WITHIN_30_DAYS,
    PLANNED_WITHIN_15_DAYS,
    PLANNED_WITHIN_30_DAYS,
)
