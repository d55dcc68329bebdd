"""How follow-ups are done: home visits, company on them, and contact in every month [FU]."""

from typing import Any

from sqlalchemy import Select, String, and_, case, cast, literal, or_, select

from data_access.indicators.definitions.follow_up import (
    FOLLOW_UP_COMPLETION,
    columns,
    is_done,
    not_cancelled,
)
from data_access.indicators.kernel.conditions import covers, same_moment, within
from data_access.indicators.kernel.definition import (
    Direction,
    Ratio,
    Share,
    SqlPeriods,
    each_once,
    variant,
)
from data_access.schema.derived import SNAPSHOT

cases = SNAPSHOT["cases"]
posts = SNAPSHOT["worker_posts"]
follow_ups = SNAPSHOT["follow_ups"]


def _done_in_period(ask: SqlPeriods) -> Select[Any]:
    """Follow-ups done in the period, whenever they were due."""
    return select(*columns(ask)).where(
        within(follow_ups.c.done_on, ask.start, ask.end), is_done(ask.at), not_cancelled(ask.at)
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


def _accompanied_visits(ask: SqlPeriods) -> Select[Any]:
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


ACCOMPANIED_VISITS = variant(
    FOLLOW_UP_COMPLETION,
    name="accompanied_visits",
    code="FU-5",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_accompanied_visits),
    direction=Direction.NEUTRAL,
    empty_reason="no_assistant_visits",
    breakdowns=("target_group",),
    source="S0-20",
)
HOME_VISIT_SHARE = variant(
    ACCOMPANIED_VISITS,
    name="home_visit_share",
    code="FU-6",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Ratio(_home_visits, _visits_of_any_kind, per=100),
    empty_reason="nothing_done",
    breakdowns=("method", "target_group"),
    source="S0-12, S1-05",
)
MONTHLY_CONTACT = variant(
    FOLLOW_UP_COMPLETION,
    name="monthly_contact",
    code="S1-12",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_monthly),
    empty_reason="no_whole_month",
    breakdowns=("target_group",),
    source="S1-12",
)

INDICATORS = (ACCOMPANIED_VISITS, HOME_VISIT_SHARE, MONTHLY_CONTACT)
