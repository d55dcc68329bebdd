"""Cohorts: held as planned, seats filled, whom they reach, women and men among them [TR]."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select

from data_access.filters import OF_COHORTS
from data_access.indicators.definitions.cohort_conditions import has_ended, is_training, projects
from data_access.indicators.definitions.names_on_lists import people_in_role
from data_access.indicators.definitions.training import OWNER, training_seats
from data_access.indicators.kernel.conditions import same_moment
from data_access.indicators.kernel.definition import (
    Direction,
    Indicator,
    Kind,
    Ratio,
    Share,
    SqlPeriods,
    Unit,
    each_once,
)
from data_access.indicators.kernel.sql import fiscal_year
from data_access.schema.derived import SNAPSHOT

cohorts = SNAPSHOT["cohorts"]
courses = SNAPSHOT["courses"]
enrolments = SNAPSHOT["enrolments"]


def _columns(ask: SqlPeriods) -> list[ColumnElement[Any]]:
    """A cohort counts for the province it is held in; online ones have none."""
    return [
        cohorts.c.cohort_id.label("cohort"),
        cohorts.c.course_id.label("course"),
        courses.c.target_role.label("role"),
        cohorts.c.mode,
        cohorts.c.held_in_province_code.label("province_code"),
        *ask.moment,
    ]


def _in_role(selection: Select[Any], ask: SqlPeriods) -> Select[Any]:
    return selection.where(courses.c.target_role == ask.role) if ask.role else selection


def _seats(ask: SqlPeriods) -> Subquery:
    """Cohorts that ended in the period with `filled` and `planned` seats, both 0 where unknown.

    Filled are the completed enrolments, or the reported attendance where the cohort has no rows.
    A cohort without a plan, or without any figure of who came, is in neither sum.
    """
    held = _in_role(
        select(
            *_columns(ask),
            cohorts.c.planned_seats,
            cohorts.c.reported_attendance,
            func.coalesce(cohorts.c.reported_qualifier, "exact").label("qualifier"),
        )
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(has_ended(ask), is_training(), cohorts.c.cohort_id.not_in(projects())),
        ask,
    ).subquery("held")
    listed = (
        select(
            enrolments.c.cohort_id.label("cohort"),
            func.sum(case((enrolments.c.completed_on <= ask.at, 1), else_=0)).label("completed"),
            *ask.moment,
        )
        .group_by(enrolments.c.cohort_id, *ask.moment)
        .subquery("listed")
    )
    has_rows = listed.c.cohort.is_not(None)
    usable = and_(or_(has_rows, held.c.reported_attendance.is_not(None)), held.c.planned_seats > 0)
    came = case((has_rows, listed.c.completed), else_=held.c.reported_attendance)
    bound = and_(usable, ~has_rows, held.c.qualifier != "exact")
    return (
        select(
            *held.c,
            case((usable, came), else_=0).label("filled"),
            case((usable, held.c.planned_seats), else_=0).label("planned"),
            case((bound, 1), else_=0).label("bound"),
        )
        .select_from(
            held.outerjoin(
                listed, and_(held.c.cohort == listed.c.cohort, *same_moment(held, listed))
            )
        )
        .subquery("seats")
    )


def _seats_filled(ask: SqlPeriods) -> Select[Any]:
    seats = _seats(ask)
    return select(*seats.c, seats.c.cohort.label("unit"), seats.c.filled.label("weight"))


def _planned_cohorts(ask: SqlPeriods) -> Select[Any]:
    seats = _seats(ask)
    kept = [c for c in seats.c if c.name != "bound"]
    return select(*kept, seats.c.cohort.label("unit"), seats.c.planned.label("weight"))


@each_once
def _cohorts_held(ask: SqlPeriods) -> Select[Any]:
    """Cohorts on record for the fiscal year of the day; `hit` where the last day has come."""
    chosen = (
        select(
            *_columns(ask),
            cohorts.c.cohort_id.label("unit"),
            case((cohorts.c.end_on <= ask.at, 1), else_=0).label("hit"),
        )
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(fiscal_year(cohorts.c.end_on) == fiscal_year(ask.at))
        .where(is_training(), cohorts.c.cohort_id.not_in(projects()))
    )
    return _in_role(chosen, ask)


def _could_come(ask: SqlPeriods) -> Select[Any]:
    """People who hold, on the period's last day, a role that a cohort of the period was for.

    Cohorts of which nobody knows who came are left out: their reach is unknown, not nothing.
    """
    seated = select(enrolments.c.cohort_id)
    held = (
        select(
            courses.c.target_role.label("role"),
            *([] if ask.breakdown not in ("cohort", "course") else _columns(ask)[:2]),
            *ask.moment,
        )
        .select_from(cohorts.join(courses, courses.c.course_id == cohorts.c.course_id))
        .where(
            has_ended(ask),
            is_training(),
            or_(cohorts.c.cohort_id.in_(seated), cohorts.c.reported_attendance.is_not(None)),
        )
        .distinct()
        .subquery("held")
    )
    people = people_in_role(replace(ask, at=ask.end)).subquery("people")
    same = and_(people.c.role == held.c.role, *same_moment(people, held))
    own = [c for c in held.c if c.name in ("cohort", "course")]
    return select(*people.c, *own).select_from(people.join(held, same))


def _everybody(ask: SqlPeriods) -> Select[Any]:
    """Attendances without their sex: what each sex is set against."""
    all_seats = training_seats(ask).subquery("all_seats")
    return select(*[c for c in all_seats.c if c.name not in ("sex", "bound")])


COHORT_SEATS_FILLED = Indicator(
    name="cohort_seats_filled",
    code="TR-3",
    measure=Ratio(_seats_filled, _planned_cohorts, per=100),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    empty_reason="no_planned_seats",
    breakdowns=("cohort", "course", "role", "mode"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_COHORTS,
    source="R2",
)
COHORTS_HELD = Indicator(
    name="cohorts_held",
    code="TR-4",
    measure=Share(_cohorts_held),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    empty_reason="no_cohorts_planned",
    breakdowns=("course", "role", "mode"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_COHORTS,
    source="S4-03, S3-08",
)
COHORT_REACH = Indicator(
    name="cohort_reach",
    code="TR-7",
    measure=Ratio(training_seats, _could_come, per=100),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.NEUTRAL,
    empty_reason="no_cohorts_held",
    breakdowns=("cohort", "course", "role"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_COHORTS,
    source="S3-09",
)
TRAINING_SEX_SPLIT = Indicator(
    name="training_sex_split",
    code="TR-8",
    measure=Ratio(training_seats, _everybody, per=100),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.NEUTRAL,
    empty_reason="no_attendances",
    breakdowns=("sex",),
    always_by="sex",
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_COHORTS,
    source="S0-10",
)

INDICATORS = (COHORT_SEATS_FILLED, COHORTS_HELD, COHORT_REACH, TRAINING_SEX_SPLIT)
