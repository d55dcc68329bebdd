"""Follow-up: planned visits that were due, done, done in time, or still waiting [FU]."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from data_access.indicators.caseload import open_cases
from data_access.indicators.definition import (
    CLIENTS_BOTH,
    Ask,
    Direction,
    Indicator,
    Kind,
    Share,
    Unit,
)
from data_access.indicators.places import same_moment, within
from data_access.indicators.sql import days_between
from data_access.schema.derived import SNAPSHOT

follow_ups = SNAPSHOT["follow_ups"]

OWNER = "case-management@example.go.th"
REVIEWED = "2026-10-01"
AGE_BANDS = (("1-7", 7), ("8-15", 15), ("16-30", 30), ("31-60", 60))  # days overdue, upper edges
OLDEST_BAND = "61+"


def _done(at: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(follow_ups.c.done_on.is_not(None), follow_ups.c.done_on <= at)


def _not_cancelled(at: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(follow_ups.c.cancelled_on.is_(None), follow_ups.c.cancelled_on > at)


def _waiting(at: ColumnElement[Any]) -> ColumnElement[bool]:
    not_done = or_(follow_ups.c.done_on.is_(None), follow_ups.c.done_on > at)
    return and_(not_done, _not_cancelled(at))


def _columns(ask: Ask) -> list[ColumnElement[Any]]:
    return [
        follow_ups.c.follow_up_id.label("unit"),
        follow_ups.c.province_code,
        follow_ups.c.district_code,
        follow_ups.c.target_group,
        follow_ups.c.method,
        *ask.moment,
    ]


def _due(ask: Ask, hit: ColumnElement[bool]) -> Select[Any]:
    """Follow-ups due in the period and by the day, less the cancelled; `hit` as given."""
    return select(*_columns(ask), case((hit, 1), else_=0).label("hit")).where(
        within(follow_ups.c.due_on, ask.start, ask.end),
        follow_ups.c.due_on <= ask.at,
        _not_cancelled(ask.at),
    )


def _completed(ask: Ask) -> Select[Any]:
    return _due(ask, _done(ask.at))


def _in_time(ask: Ask) -> Select[Any]:
    """A postponed visit is measured against its first due date."""
    return _due(ask, and_(_done(ask.at), follow_ups.c.done_on <= follow_ups.c.first_due_on))


def overdue(ask: Ask) -> Select[Any]:
    """Follow-ups waiting on the day whose due date has come; `hit` where it has passed.

    Due today and not done is due, not overdue; its `age_band` is `due_today`.
    """
    days = days_between(follow_ups.c.due_on, ask.at)
    bands = [(and_(days > 0, days <= upper), band) for band, upper in AGE_BANDS]
    age = case(*bands, (days > AGE_BANDS[-1][1], OLDEST_BAND), else_="due_today")
    late = case((follow_ups.c.due_on < ask.at, 1), else_=0)
    return select(*_columns(ask), age.label("age_band"), late.label("hit")).where(
        _waiting(ask.at), follow_ups.c.due_on <= ask.at
    )


def _without_next(ask: Ask) -> Select[Any]:
    """Cases open on the day; `hit` where no follow-up is waiting, whenever it is due."""
    waiting = (
        select(follow_ups.c.case_id, *ask.moment)
        .where(_waiting(ask.at))
        .distinct()
        .subquery("waiting")
    )
    opened = open_cases(ask).subquery("opened")
    same = and_(waiting.c.case_id == opened.c.case_id, *same_moment(opened, waiting))
    hit = case((waiting.c.case_id.is_(None), 1), else_=0)
    return select(
        opened.c.case_id.label("unit"),
        *[c for c in opened.c if c.name not in ("case_id", "family_id")],
        hit.label("hit"),
    ).select_from(opened.outerjoin(waiting, same))


FOLLOW_UP_COMPLETION = Indicator(
    name="follow_up_completion",
    code="FU-1",
    measure=Share(_completed),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="nothing_due",
    breakdowns=("target_group", "method"),
    owner=OWNER,
    reviewed=REVIEWED,
    source="S1-12",
)
FOLLOW_UP_ON_TIME = Indicator(
    name="follow_up_on_time",
    code="FU-2",
    measure=Share(_in_time),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="nothing_due",
    breakdowns=("target_group", "method"),
    owner=OWNER,
    reviewed=REVIEWED,
    source="S1-12",
)
FOLLOW_UP_OVERDUE = Indicator(
    name="follow_up_overdue",
    code="FU-3",
    measure=Share(overdue),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.LOWER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="nothing_waiting",
    breakdowns=("age_band", "target_group"),
    owner=OWNER,
    reviewed=REVIEWED,
    source="R9",
)
CASES_WITHOUT_NEXT_FOLLOW_UP = Indicator(
    name="cases_without_next_follow_up",
    code="FU-4",
    measure=Share(_without_next),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.LOWER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_open_cases",
    breakdowns=("target_group",),
    owner=OWNER,
    reviewed=REVIEWED,
    source="S1-12",
)

INDICATORS = (
    FOLLOW_UP_COMPLETION,
    FOLLOW_UP_ON_TIME,
    FOLLOW_UP_OVERDUE,
    CASES_WITHOUT_NEXT_FOLLOW_UP,
)
