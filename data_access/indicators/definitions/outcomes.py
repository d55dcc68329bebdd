"""What changed for families: levels in five dimensions, and why cases were closed [OC]."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, Subquery, and_, case, func, literal, or_, select

from config.thai_calendar import FIRST_YEAR
from data_access.filters import OF_CASES
from data_access.indicators.kernel.conditions import within
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    Direction,
    Indicator,
    Kind,
    Ratio,
    Rows,
    Share,
    SqlPeriods,
    Unit,
    each_once,
    variant,
)
from data_access.indicators.kernel.sql import days_between
from data_access.schema.derived import SNAPSHOT

assessments = SNAPSHOT["assessments"]
cases = SNAPSHOT["cases"]

EPOCH = date(FIRST_YEAR, 1, 1)  # no record is older: days since then are never negative
OWNER = "case_management"


def _changes(ask: SqlPeriods) -> Subquery:
    """Case and dimension assessed twice or more by the day: level of the `first` and `last` time.

    Closed cases are among them. A lower level is better: 0 is no problem, 3 is urgent.
    """
    return _through_periods(ask) if ask.moment else _by_one_day(ask)


def _by_one_day(ask: SqlPeriods) -> Subquery:
    """One group per case and dimension, which takes half the time of putting them in order.

    Day and level make one number: its smallest has the level of the first day, its largest that
    of the last. A dimension has one level a day, from 0 to 3.
    """
    dated = 10 * days_between(literal(EPOCH, Date), assessments.c.assessed_on) + assessments.c.level
    grouped = [assessments.c.case_id, assessments.c.dimension]
    of_the_case = [assessments.c[n] for n in ("province_code", "district_code", "target_group")]
    return (
        select(
            *grouped,
            *[func.min(column).label(column.name) for column in of_the_case],
            (func.max(dated) % 10).label("last"),
            (func.min(dated) % 10).label("first"),
        )
        .where(assessments.c.assessed_on <= ask.at)
        .group_by(*grouped)
        .having(func.count() >= 2)
        .subquery("changes")
    )


def _through_periods(ask: SqlPeriods) -> Subquery:
    """Each assessment knows the first of its dimension and the day of the next, so that no period
    looks at all of them again."""
    in_order: dict[str, Any] = {
        "partition_by": [assessments.c.case_id, assessments.c.dimension],
        "order_by": assessments.c.assessed_on,
    }
    steps = select(
        assessments.c.case_id,
        assessments.c.dimension,
        assessments.c.province_code,
        assessments.c.district_code,
        assessments.c.target_group,
        assessments.c.assessed_on,
        assessments.c.level.label("last"),
        func.first_value(assessments.c.level).over(**in_order).label("first"),
        func.row_number().over(**in_order).label("time"),
        func.lead(assessments.c.assessed_on).over(**in_order).label("next_on"),
    ).subquery("steps")
    kept = [c for c in steps.c if c.name not in ("assessed_on", "time", "next_on")]
    return (
        select(*kept, *ask.moment)
        .where(
            steps.c.time >= 2,
            steps.c.assessed_on <= ask.at,
            or_(steps.c.next_on.is_(None), steps.c.next_on > ask.at),
        )
        .subquery("changes")
    )


def _where(ask: SqlPeriods, direction: str) -> Select[Any]:
    pair = _changes(ask)
    turned: dict[str, ColumnElement[bool]] = {
        "improved": pair.c.last < pair.c.first,
        "same": pair.c.last == pair.c.first,
        "worse": pair.c.last > pair.c.first,
    }
    return select(
        (pair.c.case_id + literal("|") + pair.c.dimension).label("unit"),
        pair.c.case_id.label("client"),
        *[c for c in pair.c if c.name not in ("case_id", "first", "last")],
        case((turned[direction], 1), else_=0).label("hit"),
    )


@each_once
def _improvement(ask: SqlPeriods) -> Select[Any]:
    return _where(ask, "improved")


@each_once
def _same(ask: SqlPeriods) -> Select[Any]:
    return _where(ask, "same")


@each_once
def _worse(ask: SqlPeriods) -> Select[Any]:
    return _where(ask, "worse")


@each_once
def _closed_cases(ask: SqlPeriods) -> Select[Any]:
    """Cases closed in the period, without the reason: what each reason is set against."""
    return select(
        cases.c.case_id.label("unit"),
        cases.c.province_code,
        cases.c.district_code,
        cases.c.target_group,
        *ask.moment,
    ).where(and_(within(cases.c.closed_on, ask.start, ask.end), cases.c.closed_on <= ask.at))


@each_once
def _self_reliant(ask: SqlPeriods) -> Select[Any]:
    """Cases closed as self-reliant; by reason, every closure counts under its own."""
    rows = _closed_cases(ask).add_columns(cases.c.closure_reason)
    if ask.breakdown == "closure_reason":
        return rows
    return rows.where(cases.c.closure_reason == "self_reliant")


def _change(name: str, rows: Rows, direction: Direction) -> Indicator:
    return Indicator(
        name=name,
        code="OC-1…5",
        measure=Share(rows),
        kind=Kind.STOCK,
        unit=Unit.PERCENT,
        direction=direction,
        client_counts=CLIENTS_BOTH,
        empty_reason="nobody_assessed_twice",
        breakdowns=("dimension", "target_group"),
        needs=("assessments",),
        owner=OWNER,
        reviewed_on="2026-10-01",
        checked_by="strategy",
        next_review="2027-10-01",
        filters=OF_CASES,
        source="W01, S4-15, S4-16",
    )


DIMENSION_IMPROVED = _change("dimension_improved", _improvement, Direction.HIGHER_IS_BETTER)
DIMENSION_SAME = _change("dimension_same", _same, Direction.NEUTRAL)
DIMENSION_WORSE = _change("dimension_worse", _worse, Direction.LOWER_IS_BETTER)
CLOSED_SELF_RELIANT = variant(
    DIMENSION_IMPROVED,
    name="closed_self_reliant",
    code="OC-6",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Ratio(_self_reliant, _closed_cases, per=100),
    kind=Kind.FLOW,
    empty_reason="nothing_closed",
    breakdowns=("closure_reason", "target_group"),
    needs=(),
    source="S4-16, S2-17",
)

INDICATORS = (DIMENSION_IMPROVED, DIMENSION_SAME, DIMENSION_WORSE, CLOSED_SELF_RELIANT)
