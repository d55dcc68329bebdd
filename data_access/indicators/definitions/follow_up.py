"""Follow-up: planned visits that were due, done, done in time, or still waiting [FU]."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, literal, or_, select

from data_access.filters import OF_CASES
from data_access.indicators.definitions.caseload import open_cases
from data_access.indicators.kernel.conditions import covers, same_moment, within
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    Direction,
    Indicator,
    Kind,
    Ratio,
    Share,
    SqlPeriods,
    Unit,
    each_once,
    variant,
)
from data_access.indicators.kernel.sql import days_between
from data_access.schema.derived import SNAPSHOT

cases = SNAPSHOT["cases"]
posts = SNAPSHOT["worker_posts"]
follow_ups = SNAPSHOT["follow_ups"]

OWNER = "case-management@example.go.th"
REVIEWED = "2026-10-01"
AGE_BANDS = (("1-7", 7), ("8-15", 15), ("16-30", 30), ("31-60", 60))  # days overdue, upper edges
OLDEST_BAND = "61+"


def done(at: ColumnElement[Any]) -> ColumnElement[bool]:
    """The follow-up has been done by the day."""
    return and_(follow_ups.c.done_on.is_not(None), follow_ups.c.done_on <= at)


def not_cancelled(at: ColumnElement[Any]) -> ColumnElement[bool]:
    """The follow-up had not been cancelled by the day."""
    return or_(follow_ups.c.cancelled_on.is_(None), follow_ups.c.cancelled_on > at)


def _waiting(at: ColumnElement[Any]) -> ColumnElement[bool]:
    not_done = or_(follow_ups.c.done_on.is_(None), follow_ups.c.done_on > at)
    return and_(not_done, not_cancelled(at))


def _columns(ask: SqlPeriods) -> list[ColumnElement[Any]]:
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
    return select(*_columns(ask), case((hit, 1), else_=0).label("hit")).where(
        within(follow_ups.c.due_on, ask.start, ask.end),
        follow_ups.c.due_on <= ask.at,
        not_cancelled(ask.at),
    )


@each_once
def _completed(ask: SqlPeriods) -> Select[Any]:
    return _due(ask, done(ask.at))


@each_once
def _in_time(ask: SqlPeriods) -> Select[Any]:
    """A postponed visit is measured against its first due date."""
    return _due(ask, and_(done(ask.at), follow_ups.c.done_on <= follow_ups.c.first_due_on))


@each_once
def overdue(ask: SqlPeriods) -> Select[Any]:
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


@each_once
def _without_next(ask: SqlPeriods) -> Select[Any]:
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


def _done_in_period(ask: SqlPeriods) -> Select[Any]:
    """Follow-ups done in the period, whenever they were due."""
    return select(*_columns(ask)).where(
        within(follow_ups.c.done_on, ask.start, ask.end), done(ask.at), not_cancelled(ask.at)
    )


@each_once
def _home_visits(ask: SqlPeriods) -> Select[Any]:
    """Home visits done in the period; by method, every follow-up done counts under its own."""
    rows = _done_in_period(ask)
    return rows if ask.breakdown == "method" else rows.where(follow_ups.c.method == "home_visit")


@each_once
def _visits_of_any_kind(ask: SqlPeriods) -> Select[Any]:
    """All follow-ups done in the period, without their method: what each method is set against."""
    rows = _done_in_period(ask).subquery("any_kind")
    return select(*[c for c in rows.c if c.name != "method"])


def _accompanied(ask: SqlPeriods) -> Select[Any]:
    """Home visits done in the period by workers who were assistants that day; `hit` where somebody
    came with them."""
    hit = case((follow_ups.c.accompanied_by_worker_id.is_not(None), 1), else_=0)
    assistant = and_(
        posts.c.worker_id == follow_ups.c.worker_id,
        posts.c.role == "social_worker_assistant",
        covers(posts, follow_ups.c.done_on),
    )
    return (
        _done_in_period(ask)
        .add_columns(hit.label("hit"))
        .join(posts, assistant)
        .where(follow_ups.c.method == "home_visit")
    )


def _monthly(ask: SqlPeriods) -> Select[Any]:
    """Families with one case open through a whole calendar month of the period, once per month;
    `hit` where a follow-up of any of their cases was done in that month."""
    month = ask.months
    whole = and_(month.first >= ask.start, month.last <= ask.end, month.last <= ask.at)
    # The period's start says nothing new, but leaves few cases to set beside the months.
    closed_later = and_(cases.c.closed_on > ask.start, cases.c.closed_on > month.last)
    stayed = or_(cases.c.closed_on.is_(None), closed_later)
    cared = (
        select(
            cases.c.family_id.label("client"),
            month.first.label("month_on"),
            cases.c.province_code,
            cases.c.district_code,
            cases.c.target_group,
            *ask.moment,
        )
        .where(whole, cases.c.opened_on <= month.first, stayed)
        .subquery("cared")
    )
    reached = (
        select(cases.c.family_id.label("client"), month.first.label("month_on"), *ask.moment)
        .join(follow_ups, follow_ups.c.case_id == cases.c.case_id)
        .where(whole, within(follow_ups.c.done_on, month.first, month.last))
        .where(not_cancelled(ask.at))
        .distinct()
        .subquery("reached")
    )
    keys = [cared.c.client == reached.c.client, cared.c.month_on == reached.c.month_on]
    same = and_(*keys, *same_moment(cared, reached))
    return select(
        (cared.c.client + literal("|") + cast(cared.c.month_on, String)).label("unit"),
        *[c for c in cared.c if c.name != "month_on"],
        case((reached.c.client.is_not(None), 1), else_=0).label("hit"),
    ).select_from(cared.outerjoin(reached, same))


FOLLOW_UP_COMPLETION = Indicator(
    name="follow_up_completion",
    code="FU-1",
    on_map=True,
    map_breaks_of_norm=(0.75, 0.875, 1, 1.125),
    moved_by=("follow_ups",),
    executive_part="follow_up",
    late_entry=True,
    measure=Share(_completed),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="nothing_due",
    breakdowns=("target_group", "method"),
    owner=OWNER,
    reviewed=REVIEWED,
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
    reviewed=REVIEWED,
    filters=OF_CASES,
    source="S1-12",
)
FOLLOW_UP_OVERDUE = Indicator(
    name="follow_up_overdue",
    code="FU-3",
    counted="items",
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
    reviewed=REVIEWED,
    filters=OF_CASES,
    source="R9",
)
CASES_WITHOUT_NEXT_FOLLOW_UP = Indicator(
    name="cases_without_next_follow_up",
    code="FU-4",
    counted="cases",
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
    reviewed=REVIEWED,
    filters=OF_CASES,
    source="S1-12",
)
ACCOMPANIED_VISITS = variant(
    FOLLOW_UP_COMPLETION,
    name="accompanied_visits",
    code="FU-5",
    measure=Share(_accompanied),
    direction=Direction.NEUTRAL,
    empty_reason="no_assistant_visits",
    breakdowns=("target_group",),
    source="S0-20",
)
HOME_VISIT_SHARE = variant(
    ACCOMPANIED_VISITS,
    name="home_visit_share",
    code="FU-6",
    measure=Ratio(_home_visits, _visits_of_any_kind, per=100),
    empty_reason="nothing_done",
    breakdowns=("method", "target_group"),
    source="S0-12, S1-05",
)
MONTHLY_CONTACT = variant(
    FOLLOW_UP_COMPLETION,
    name="monthly_contact",
    code="FU-7",
    measure=Share(_monthly),
    empty_reason="no_whole_month",
    breakdowns=("target_group",),
    source="S1-12",
)

INDICATORS = (
    FOLLOW_UP_COMPLETION,
    FOLLOW_UP_ON_TIME,
    FOLLOW_UP_OVERDUE,
    CASES_WITHOUT_NEXT_FOLLOW_UP,
    ACCOMPANIED_VISITS,
    HOME_VISIT_SHARE,
    MONTHLY_CONTACT,
)
