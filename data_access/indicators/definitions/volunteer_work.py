"""What volunteers (อพม.) do: who is active, which duties, families in their area, awards [VL]."""

from typing import Any

from sqlalchemy import Select, literal, select

from config.thai_calendar import be_year
from config.thresholds import threshold
from data_access.filters import BY_TARGET_GROUP, DISTRICTS, OF_PEOPLE, Filter
from data_access.indicators.definitions.caseload import families_under_care
from data_access.indicators.definitions.volunteers import OWNER, volunteers_on
from data_access.indicators.kernel.conditions import with_hits, within
from data_access.indicators.kernel.definition import (
    CLIENTS_TOP,
    Count,
    Direction,
    Indicator,
    Kind,
    Ratio,
    Share,
    SqlPeriods,
    Unit,
    each_once,
)
from data_access.indicators.kernel.sql import days_between, fiscal_year
from data_access.schema.derived import SNAPSHOT

volunteers = SNAPSHOT["volunteers"]
activities = SNAPSHOT["volunteer_activities"]
awards = SNAPSHOT["awards"]

BUDDHIST_ERA = be_year(0)  # awards carry a Buddhist fiscal year


@each_once
def _active(ask: SqlPeriods) -> Select[Any]:
    """Volunteers registered on the day; `hit` with an activity in the days up to and with it."""
    days = int(threshold("active_days").value)
    seen = (
        select(activities.c.volunteer_id.label("unit"), *ask.moment)
        .where(
            activities.c.done_on <= ask.at,
            days_between(activities.c.done_on, ask.at) < days,
        )
        .distinct()
        .subquery("seen")
    )
    return with_hits(volunteers_on(ask).subquery("registered"), seen, "unit")


def _duties(ask: SqlPeriods) -> Select[Any]:
    """Logged activities done in the period, one row each, where the volunteer is at home."""
    return (
        select(
            activities.c.volunteer_id.label("unit"),
            activities.c.province_code,
            activities.c.district_code,
            activities.c.duty,
            volunteers.c.level,
            literal(1).label("weight"),
            *ask.moment,
        )
        .join(volunteers, volunteers.c.volunteer_id == activities.c.volunteer_id)
        .where(within(activities.c.done_on, ask.start, ask.end), activities.c.done_on <= ask.at)
    )


def _awards(ask: SqlPeriods) -> Select[Any]:
    """Awards of the fiscal years that the period touches: an award has a year, not a day."""
    year = awards.c.fiscal_year - literal(BUDDHIST_ERA)
    return (
        select(
            awards.c.volunteer_id.label("unit"),
            volunteers.c.province_code,
            volunteers.c.district_code,
            volunteers.c.level,
            awards.c.award,
            literal(1).label("weight"),
            *ask.moment,
        )
        .join(volunteers, volunteers.c.volunteer_id == awards.c.volunteer_id)
        .where(year >= fiscal_year(ask.start), year <= fiscal_year(ask.end))
    )


ACTIVE_VOLUNTEERS = Indicator(
    name="active_volunteers",
    code="VL-3",
    measure=Share(_active),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    empty_reason="no_volunteers",
    breakdowns=("level", "sex"),
    needs=("volunteer_activities",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    source="R2",
)
VOLUNTEER_DUTIES = Indicator(
    name="volunteer_duties",
    code="VL-6",
    measure=Count(_duties),
    kind=Kind.FLOW,
    unit=Unit.ACTIVITIES,
    direction=Direction.NEUTRAL,
    breakdowns=("duty", "level"),
    needs=("volunteer_activities",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    source="S3-06",
)
FAMILIES_PER_VOLUNTEER = Indicator(
    name="families_per_volunteer",
    code="VL-7",
    measure=Ratio(families_under_care, volunteers_on),
    kind=Kind.STOCK,
    unit=Unit.RATIO,
    direction=Direction.NEUTRAL,
    client_counts=CLIENTS_TOP,
    empty_reason="no_volunteers",
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE,
    refuses=BY_TARGET_GROUP,
    source="S3-20",
)
VOLUNTEER_AWARDS = Indicator(
    name="volunteer_awards",
    code="VL-8",
    measure=Count(_awards),
    kind=Kind.FLOW,
    unit=Unit.AWARDS,
    direction=Direction.NEUTRAL,
    breakdowns=("award", "level"),
    series=("fiscal_year",),
    needs=("awards",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=DISTRICTS | {Filter.FISCAL_YEAR},
    source="S3-18",
)

INDICATORS = (ACTIVE_VOLUNTEERS, VOLUNTEER_DUTIES, FAMILIES_PER_VOLUNTEER, VOLUNTEER_AWARDS)
