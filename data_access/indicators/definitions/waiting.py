"""Waiting times of new cases: from intake to the first assessment and to the first plan [TM]."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, case, func, select

from data_access.filters import OF_CASES
from data_access.indicators.definitions.process import OWNER, REVIEWED
from data_access.indicators.kernel.conditions import within
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    Direction,
    Indicator,
    Kind,
    Median,
    SqlPeriods,
    Unit,
    variant,
)
from data_access.indicators.kernel.sql import days_between
from data_access.schema.derived import SNAPSHOT

cases = SNAPSHOT["cases"]
assessments = SNAPSHOT["assessments"]
plans = SNAPSHOT["plans"]


def _days_to(table: FromClause, day: str, ask: SqlPeriods) -> Select[Any]:
    """Cases opened in the period with the `days` to the first such row; empty where none yet."""
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
    waited = days_between(opened.c.opened_on, first.c.first_on)
    return select(
        opened.c.case_id.label("unit"),
        *[c for c in opened.c if c.name not in ("case_id", "opened_on", "at")],
        case((first.c.first_on <= opened.c.at, waited)).label("days"),
    ).select_from(opened.outerjoin(first, opened.c.case_id == first.c.case_id))


def _to_assessment(ask: SqlPeriods) -> Select[Any]:
    return _days_to(assessments, "assessed_on", ask)


def _to_plan(ask: SqlPeriods) -> Select[Any]:
    return _days_to(plans, "made_on", ask)


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
    reviewed=REVIEWED,
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


INDICATORS = (DAYS_TO_ASSESSMENT, DAYS_TO_PLAN)
