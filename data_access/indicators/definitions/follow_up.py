"""Follow-up: visits that were due, done, done in time, still waiting, or left undone [FU]."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from config.thresholds import threshold
from data_access.filters import OF_CASES
from data_access.indicators.definitions.caseload import open_cases
from data_access.indicators.kernel.conditions import open_on, same_moment, within
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    Direction,
    Indicator,
    Kind,
    Share,
    SqlPeriods,
    Unit,
    each_once,
    variant,
)
from data_access.indicators.kernel.sql import days_between
from data_access.schema.derived import SNAPSHOT

cases = SNAPSHOT["cases"]
follow_ups = SNAPSHOT["follow_ups"]

OWNER = "case_management"
# Days overdue, upper edges: a week, a month, a quarter, half a year, a year.
AGE_BANDS = (("1-7", 7), ("8-30", 30), ("31-90", 90), ("91-180", 180), ("181-365", 365))
OLDEST_BAND = "366+"


def is_done(at: ColumnElement[Any]) -> ColumnElement[bool]:
    """The follow-up has been done by the day."""
    return and_(follow_ups.c.done_on.is_not(None), follow_ups.c.done_on <= at)


def not_cancelled(at: ColumnElement[Any]) -> ColumnElement[bool]:
    """The follow-up had not been cancelled by the day."""
    return or_(follow_ups.c.cancelled_on.is_(None), follow_ups.c.cancelled_on > at)


def waiting(at: ColumnElement[Any]) -> ColumnElement[bool]:
    """The follow-up is neither done nor cancelled by the day."""
    return and_(or_(follow_ups.c.done_on.is_(None), follow_ups.c.done_on > at), not_cancelled(at))


def columns(ask: SqlPeriods) -> list[ColumnElement[Any]]:
    """What every row of follow-ups carries: `unit`, its place, target group and method."""
    return [
        follow_ups.c.follow_up_id.label("unit"),
        follow_ups.c.province_code,
        follow_ups.c.district_code,
        follow_ups.c.target_group,
        follow_ups.c.method,
        *ask.moment,
    ]


def _due(ask: SqlPeriods, hit: ColumnElement[bool]) -> Select[Any]:
    """Follow-ups due in the period and by the day, less the cancelled; `hit` as given."""
    return select(*columns(ask), case((hit, 1), else_=0).label("hit")).where(
        within(follow_ups.c.due_on, ask.start, ask.end),
        follow_ups.c.due_on <= ask.at,
        not_cancelled(ask.at),
    )


@each_once
def _completion(ask: SqlPeriods) -> Select[Any]:
    return _due(ask, is_done(ask.at))


@each_once
def _in_time(ask: SqlPeriods) -> Select[Any]:
    """A postponed visit is measured against its first due date."""
    return _due(ask, and_(is_done(ask.at), follow_ups.c.done_on <= follow_ups.c.first_due_on))


@each_once
def overdue(ask: SqlPeriods) -> Select[Any]:
    """Follow-ups of cases open on the day that wait and whose due date has come; `hit` where it
    has passed.

    Due today and not done is due, not overdue; its `age_band` is `due_today`. What waits on a
    closed case can be done by nobody: see `left_at_closure`.
    """
    days = days_between(follow_ups.c.due_on, ask.at)
    bands = [(and_(days > 0, days <= upper), band) for band, upper in AGE_BANDS]
    age = case(*bands, (days > AGE_BANDS[-1][1], OLDEST_BAND), else_="due_today")
    late = case((follow_ups.c.due_on < ask.at, 1), else_=0)
    return (
        select(*columns(ask), age.label("age_band"), late.label("hit"))
        .join(cases, cases.c.case_id == follow_ups.c.case_id)
        .where(open_on(cases, ask.at), waiting(ask.at), follow_ups.c.due_on <= ask.at)
    )


@each_once
def left_at_closure(ask: SqlPeriods) -> Select[Any]:
    """Follow-ups due by the closing day of cases closed in the period, less the cancelled; `hit`
    where one still stands undone although its day has passed.

    An appointment for a day after the closure that nobody cancelled was left behind as well: it is
    counted, as a hit, from the day after its due date, so that no past-due follow-up of the
    register is in neither this figure nor `overdue`.
    """
    left = and_(waiting(ask.at), follow_ups.c.due_on < ask.at)
    return (
        select(*columns(ask), case((left, 1), else_=0).label("hit"))
        .join(cases, cases.c.case_id == follow_ups.c.case_id)
        .where(
            within(cases.c.closed_on, ask.start, ask.end),
            cases.c.closed_on <= ask.at,
            not_cancelled(ask.at),
            or_(follow_ups.c.due_on <= cases.c.closed_on, left),
        )
    )


@each_once
def _without_next(ask: SqlPeriods) -> Select[Any]:
    """Cases open on the day; `hit` where no follow-up is waiting, whenever it is due."""
    planned = (
        select(follow_ups.c.case_id, *ask.moment)
        .where(waiting(ask.at))
        .distinct()
        .subquery("planned")
    )
    opened = open_cases(ask).subquery("opened")
    same = and_(planned.c.case_id == opened.c.case_id, *same_moment(opened, planned))
    hit = case((planned.c.case_id.is_(None), 1), else_=0)
    return select(
        opened.c.case_id.label("unit"),
        *[c for c in opened.c if c.name not in ("case_id", "family_id")],
        hit.label("hit"),
    ).select_from(opened.outerjoin(planned, same))


@each_once
def without_contact(ask: SqlPeriods) -> Select[Any]:
    """Cases open on the day and for 90 days or more (a setting); `hit` where no follow-up was done
    in the 90 days that end with the day."""
    days = int(threshold("no_contact_days").value)
    ago = days_between(follow_ups.c.done_on, ask.at)
    reached = (
        select(follow_ups.c.case_id, *ask.moment)
        .where(is_done(ask.at), ago < days, not_cancelled(ask.at))
        .distinct()
        .subquery("reached")
    )
    opened = (
        open_cases(ask).where(days_between(cases.c.opened_on, ask.at) >= days).subquery("opened")
    )
    same = and_(reached.c.case_id == opened.c.case_id, *same_moment(opened, reached))
    return select(
        opened.c.case_id.label("unit"),
        *[c for c in opened.c if c.name not in ("case_id", "family_id")],
        case((reached.c.case_id.is_(None), 1), else_=0).label("hit"),
    ).select_from(opened.outerjoin(reached, same))


FOLLOW_UP_COMPLETION = Indicator(
    name="follow_up_completion",
    code="FU-1",
    on_map=True,
    map_breaks_of_norm=(0.75, 0.875, 1, 1.125),
    moved_by=("follow_ups",),
    executive_part="follow_up",
    late_entry=True,
    measure=Share(_completion),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="nothing_due",
    breakdowns=("target_group", "method"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S1-12",
)
FOLLOW_UP_ON_TIME = Indicator(
    name="follow_up_on_time",
    code="FU-2",
    on_map=True,
    map_breaks_of_norm=(0.75, 0.875, 1, 1.125),
    moved_by=("follow_ups",),
    executive_part="follow_up",
    late_entry=True,
    measure=Share(_in_time),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="nothing_due",
    breakdowns=("target_group", "method"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S1-12",
)
FOLLOW_UP_OVERDUE = Indicator(
    name="follow_up_overdue",
    code="FU-3",
    count_unit="items",
    on_map=True,
    map_breaks=(50, 75, 90, 95),
    moved_by=("follow_ups",),
    executive_part="follow_up",
    measure=Share(overdue),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.LOWER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="nothing_waiting",
    breakdowns=("age_band", "target_group"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="R9",
)
CASES_WITHOUT_NEXT_FOLLOW_UP = Indicator(
    name="cases_without_next_follow_up",
    code="FU-4",
    count_unit="cases",
    on_map=True,
    map_breaks=(2.5, 5, 10, 15),
    moved_by=("cases",),
    executive_part="follow_up",
    measure=Share(_without_next),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.LOWER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_open_cases",
    breakdowns=("target_group",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S1-12",
)
FOLLOW_UPS_LEFT_AT_CLOSURE = variant(
    FOLLOW_UP_COMPLETION,
    name="follow_ups_left_at_closure",
    code="FU-7",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    count_unit="items",
    measure=Share(left_at_closure),
    direction=Direction.LOWER_IS_BETTER,
    empty_reason="nothing_due_before_closure",
    breakdowns=("target_group",),
)
NO_CONTACT_90_DAYS = variant(
    CASES_WITHOUT_NEXT_FOLLOW_UP,
    name="no_contact_90_days",
    code="FU-8",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    count_unit="cases",
    measure=Share(without_contact),
    empty_reason="no_cases_open_long",
)

INDICATORS = (
    FOLLOW_UP_COMPLETION,
    FOLLOW_UP_ON_TIME,
    FOLLOW_UP_OVERDUE,
    CASES_WITHOUT_NEXT_FOLLOW_UP,
    FOLLOW_UPS_LEFT_AT_CLOSURE,
    NO_CONTACT_90_DAYS,
)
