"""Which rows of cohorts are trainings, cohorts and projects, and which have ended [TR]."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from data_access.indicators.kernel.conditions import within
from data_access.indicators.kernel.definition import SqlPeriods
from data_access.schema.codes import EVENT_MODES
from data_access.schema.derived import SNAPSHOT

cohorts = SNAPSHOT["cohorts"]


def is_training() -> ColumnElement[bool]:
    """The cohort is a training: seminars, workshops and exchanges are events of their own."""
    return no_event(cohorts.c.mode)


def no_event(mode: ColumnElement[str]) -> ColumnElement[bool]:
    """The mode is that of a training; an unknown one counts as such."""
    return func.coalesce(mode, "").not_in(EVENT_MODES)


def projects() -> Select[Any]:
    """The ids of projects: rows that cohorts are parts of. A project is no cohort itself."""
    other = cohorts.alias("other")
    return select(other.c.part_of).where(other.c.part_of.is_not(None))


def reported_as_a_whole() -> Select[Any]:
    """The ids of cohorts whose attendance is reported of their project, all cohorts together."""
    part, whole = cohorts.alias("part"), cohorts.alias("whole")
    return (
        select(part.c.cohort_id)
        .join(whole, whole.c.cohort_id == part.c.part_of)
        .where(whole.c.reported_attendance.is_not(None))
    )


def has_ended(ask: SqlPeriods) -> ColumnElement[bool]:
    """The cohort's last day lies in the period and has come."""
    return and_(within(cohorts.c.end_on, ask.start, ask.end), cohorts.c.end_on <= ask.at)


def reported_sexes() -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Reported women and men; none where they are more than all (such a split cannot be used)."""
    female = func.coalesce(cohorts.c.reported_female, 0)
    male = func.coalesce(cohorts.c.reported_male, 0)
    fits = female + male <= cohorts.c.reported_attendance
    return case((fits, female), else_=0), case((fits, male), else_=0)
