"""Which rows of cohorts are trainings, cohorts and projects, and which have ended [TR]."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

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


def ended(ask: SqlPeriods) -> ColumnElement[bool]:
    """The cohort's last day lies in the period and has come."""
    return and_(within(cohorts.c.end_on, ask.start, ask.end), cohorts.c.end_on <= ask.at)
