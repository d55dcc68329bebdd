"""Counts that pages break down: parts of a whole that are no published indicator of their own.

They are defined like indicators, so that scope, filters, periods, missing tables and the hiding of
small client counts are the very same; they have no words, no owner's page and no place in the
registry. Each gives, per group, `numerator` (that group) out of `denominator` (all groups).
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from config.thresholds import threshold
from data_access.filters import OF_CASES, OF_PEOPLE
from data_access.indicators.definitions.caseload import open_cases
from data_access.indicators.definitions.volunteers import volunteers_on
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
)
from data_access.indicators.kernel.sql import days_between
from data_access.plan_agreement import PLAN_AGREEMENT
from data_access.schema.derived import SNAPSHOT
from data_access.second_figures import SECOND_FIGURES

cases = SNAPSHOT["cases"]
team = SNAPSHOT["case_team"]
assessments = SNAPSHOT["assessments"]
volunteers = SNAPSHOT["volunteers"]
activities = SNAPSHOT["volunteer_activities"]

CASES_OWNER, VOLUNTEERS_OWNER = "case_management", "volunteers"
OPEN, SELF_RELIANT, TRANSFERRED, OTHER = "open", "self_reliant", "transferred", "other"
CASE_STATES = (SELF_RELIANT, TRANSFERRED, OTHER, OPEN)
ACTIVITY_STATES = ("still", "newly", "stopped", "not_seen")
REGISTRATIONS = ("existing", "new")


def _opened_cases(ask: SqlPeriods) -> Select[Any]:
    """Cases opened in the period, by the channel they came through and by what became of them."""
    is_open = or_(cases.c.closed_on.is_(None), cases.c.closed_on > ask.at)
    reason = cases.c.closure_reason
    state = case(
        (is_open, OPEN), (reason.in_((SELF_RELIANT, TRANSFERRED)), reason), else_=literal(OTHER)
    )
    return select(
        cases.c.case_id.label("unit"),
        cases.c.province_code,
        cases.c.district_code,
        cases.c.target_group,
        cases.c.intake_channel,
        state.label("case_state"),
        *ask.moment,
    ).where(within(cases.c.opened_on, ask.start, ask.end), cases.c.opened_on <= ask.at)


def _all_opened(ask: SqlPeriods) -> Select[Any]:
    return _without(_opened_cases(ask), "intake_channel", "case_state")


def _professions(ask: SqlPeriods) -> Select[Any]:
    """Open cases with each profession that takes part in them on the day."""
    opened = open_cases(ask).subquery("opened")
    taking_part = (
        select(team.c.case_id, team.c.profession, *ask.moment)
        .where(covers(team, ask.at))
        .distinct()
        .subquery("taking_part")
    )
    same = and_(opened.c.case_id == taking_part.c.case_id, *same_moment(opened, taking_part))
    kept = [c for c in opened.c if c.name not in ("case_id", "family_id")]
    return select(opened.c.case_id.label("unit"), taking_part.c.profession, *kept).select_from(
        opened.join(taking_part, same)
    )


def _open_units(ask: SqlPeriods) -> Select[Any]:
    rows = open_cases(ask).subquery("opened")
    kept = [c for c in rows.c if c.name not in ("case_id", "family_id")]
    return select(rows.c.case_id.label("unit"), *kept)


def _assessed_dimensions(ask: SqlPeriods) -> Select[Any]:
    """Case and dimension assessed by the day; `hit` where that happened only once."""
    keys = [
        assessments.c.case_id,
        assessments.c.dimension,
        assessments.c.province_code,
        assessments.c.district_code,
        assessments.c.target_group,
        *ask.moment,
    ]
    unit = assessments.c.case_id + literal("|") + assessments.c.dimension
    return (
        select(unit.label("unit"), *keys[1:], case((func.count() == 1, 1), else_=0).label("hit"))
        .where(assessments.c.assessed_on <= ask.at)
        .group_by(*keys)
    )


def _activity_states(ask: SqlPeriods) -> Select[Any]:
    """Volunteers registered on the day by activity: in the window, in the one before, or neither.

    The window is that of `active_volunteers`. `still`: both; `newly`: only the present one;
    `stopped`: only the one before.
    """
    days = int(threshold("active_days").value)
    ago = days_between(activities.c.done_on, ask.at)
    seen = (
        select(
            activities.c.volunteer_id,
            func.max(case((ago < days, 1), else_=0)).label("now"),
            func.max(case((ago >= days, 1), else_=0)).label("before"),
            *ask.moment,
        )
        .where(activities.c.done_on <= ask.at, ago < 2 * days)
        .group_by(activities.c.volunteer_id, *ask.moment)
        .subquery("seen")
    )
    registered = volunteers_on(ask).subquery("registered")
    same = and_(registered.c.unit == seen.c.volunteer_id, *same_moment(registered, seen))
    now, before = (func.coalesce(c, 0) == 1 for c in (seen.c.now, seen.c.before))
    state = case(
        (and_(now, before), "still"), (now, "newly"), (before, "stopped"), else_="not_seen"
    )
    return select(*registered.c, state.label("activity_state")).select_from(
        registered.outerjoin(seen, same)
    )


def _registrations(ask: SqlPeriods) -> Select[Any]:
    """Volunteers registered on the period's last day: new in the period, or there before it."""
    state: ColumnElement[str] = case(
        (volunteers.c.registered_on >= ask.start, "new"), else_="existing"
    )
    return volunteers_on(ask).add_columns(state.label("registration"))


def _without(rows: Select[Any], *columns: str) -> Select[Any]:
    sub = rows.subquery("whole")
    return select(*[c for c in sub.c if c.name not in columns])


CASES_BY_CHANNEL = Indicator(
    name="cases_by_channel",
    code="S1-21",
    measure=Ratio(_opened_cases, _all_opened, per=100),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.NEUTRAL,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_cases_opened",
    breakdowns=("intake_channel",),
    always_by="intake_channel",
    owner=CASES_OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S1-21",
)
OPENING_COHORTS = replace(
    CASES_BY_CHANNEL,
    name="opening_cohorts",
    code="OC-6",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    breakdowns=("case_state",),
    always_by="case_state",
    source="S4-16",
)
TEAM_PROFESSIONS = replace(
    CASES_BY_CHANNEL,
    name="team_professions",
    code="S1-15",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Ratio(_professions, _open_units, per=100),
    kind=Kind.STOCK,
    empty_reason="no_open_cases",
    breakdowns=("profession",),
    always_by="profession",
    needs=("case_team",),
    source="S1-15",
)
ASSESSED_ONCE = replace(
    CASES_BY_CHANNEL,
    name="dimension_assessed_once",
    code="OC-1…5",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_assessed_dimensions),
    kind=Kind.STOCK,
    empty_reason="nobody_assessed",
    breakdowns=("dimension",),
    always_by="dimension",
    needs=("assessments",),
    source="W01",
)
VOLUNTEER_STATES = Indicator(
    name="volunteer_states",
    code="VL-3",
    measure=Ratio(_activity_states, volunteers_on, per=100),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.NEUTRAL,
    empty_reason="no_volunteers",
    breakdowns=("activity_state",),
    always_by="activity_state",
    needs=("volunteer_activities",),
    owner=VOLUNTEERS_OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    source="R2",
)
VOLUNTEER_REGISTRATIONS = replace(
    VOLUNTEER_STATES,
    name="volunteer_registrations",
    code="VL-4",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Ratio(_registrations, volunteers_on, per=100),
    breakdowns=("registration",),
    always_by="registration",
    needs=(),
)

BREAKDOWNS: dict[str, Indicator] = {
    one.name: one
    for one in (
        CASES_BY_CHANNEL,
        OPENING_COHORTS,
        TEAM_PROFESSIONS,
        ASSESSED_ONCE,
        PLAN_AGREEMENT,
        VOLUNTEER_STATES,
        VOLUNTEER_REGISTRATIONS,
        *SECOND_FIGURES,
    )
}
