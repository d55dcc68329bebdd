"""Skills that participants report, appreciation they receive, advice that is acted on [SK]."""

from typing import Any

from sqlalchemy import Select, String, and_, case, cast, exists, func, literal, select

from data_access.filters import OF_COHORTS
from data_access.indicators.definitions.cohort_conditions import has_ended
from data_access.indicators.definitions.training import OWNER
from data_access.indicators.kernel.conditions import with_hits
from data_access.indicators.kernel.definition import (
    Count,
    Direction,
    Indicator,
    Kind,
    Share,
    SqlPeriods,
    Unit,
    each_once,
)
from data_access.schema.derived import SNAPSHOT

cohorts = SNAPSHOT["cohorts"]
courses = SNAPSHOT["courses"]
enrolments = SNAPSHOT["enrolments"]
reports = SNAPSHOT["skill_reports"]
appreciations = SNAPSHOT["peer_appreciations"]
recommendations = SNAPSHOT["recommendations"]


def _skill_reports(ask: SqlPeriods, status: str) -> Select[Any]:
    """Who reports which skill in cohorts that ended in the period, and where they come from.

    A report without a person counts as a person of its own, and has no province.
    """
    seat = (
        select(
            enrolments.c.cohort_id,
            enrolments.c.person_id,
            func.min(enrolments.c.from_province_code).label("province_code"),
        )
        .group_by(enrolments.c.cohort_id, enrolments.c.person_id)
        .subquery("seat")
    )
    unnamed = literal("row:") + cast(reports.c.source_row, String)
    own_seat = and_(
        seat.c.cohort_id == reports.c.cohort_id, seat.c.person_id == reports.c.person_id
    )
    chosen = (
        select(
            func.coalesce(literal("person:") + reports.c.person_id, unnamed).label("unit"),
            seat.c.province_code,
            reports.c.skill,
            reports.c.cohort_id.label("cohort"),
            cohorts.c.course_id.label("course"),
            courses.c.target_role.label("role"),
            *ask.moment,
        )
        .select_from(
            reports.join(cohorts, cohorts.c.cohort_id == reports.c.cohort_id)
            .join(courses, courses.c.course_id == cohorts.c.course_id)
            .outerjoin(seat, own_seat)
        )
        .where(reports.c.status == status, has_ended(ask))
    )
    return chosen.where(courses.c.target_role == ask.role) if ask.role else chosen


def _skills_gained(ask: SqlPeriods) -> Select[Any]:
    return _skill_reports(ask, "gained")


def _skills_wanted(ask: SqlPeriods) -> Select[Any]:
    return _skill_reports(ask, "wanted")


def _both(ask: SqlPeriods) -> Select[Any]:
    """Who wants a skill that they also report as gained, both in cohorts of the period."""
    wanted = _skills_wanted(ask).subquery("wanted")
    gained = _skills_gained(ask).subquery("gained")
    also = [gained.c.unit == wanted.c.unit, gained.c.skill == wanted.c.skill]
    if ask.moment:
        also.append(gained.c.moment == wanted.c.moment)
    return select(*wanted.c).where(exists().where(*also).correlate(wanted))


def _appreciation(ask: SqlPeriods) -> Select[Any]:
    """Participants known by id, once per cohort; `hit` where somebody appreciated them in it.

    Of cohorts in which anybody was appreciated: where the form was not used nothing is known.
    """
    used = select(appreciations.c.cohort_id)
    seats = (
        select(
            (enrolments.c.cohort_id + literal("|") + enrolments.c.person_id).label("seat"),
            enrolments.c.from_province_code.label("province_code"),
            enrolments.c.cohort_id.label("cohort"),
            enrolments.c.course_id.label("course"),
            courses.c.target_role.label("role"),
            *ask.moment,
        )
        .join(cohorts, cohorts.c.cohort_id == enrolments.c.cohort_id)
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(
            enrolments.c.person_id.is_not(None), enrolments.c.cohort_id.in_(used), has_ended(ask)
        )
    )
    if ask.role:
        seats = seats.where(courses.c.target_role == ask.role)
    received = (
        select(
            (appreciations.c.cohort_id + literal("|") + appreciations.c.receiver_id).label("seat"),
            *ask.moment,
        )
        .distinct()
        .subquery("received")
    )
    return with_hits(seats.subquery("seats"), received, "seat")


@each_once
def _recommendations(ask: SqlPeriods) -> Select[Any]:
    """Recommendations from cohorts that ended in the period; `hit` where done, as loaded.

    Where no source says what became of one, it is in neither number.
    """
    chosen = (
        select(
            recommendations.c.recommendation_id.label("unit"),
            cohorts.c.held_in_province_code.label("province_code"),
            recommendations.c.kind.label("recommendation_kind"),
            cohorts.c.cohort_id.label("cohort"),
            case((recommendations.c.status == "done", 1), else_=0).label("hit"),
            *ask.moment,
        )
        .join(cohorts, cohorts.c.cohort_id == recommendations.c.cohort_id)
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(has_ended(ask), recommendations.c.status.is_not(None))
    )
    return chosen.where(courses.c.target_role == ask.role) if ask.role else chosen


def _skills(name: str, measure: Count) -> Indicator:
    return Indicator(
        name=name,
        code="SK-1",
        measure=measure,
        kind=Kind.FLOW,
        unit=Unit.PEOPLE,
        direction=Direction.NEUTRAL,
        breakdowns=("skill", "cohort", "course", "role"),
        needs=("skill_reports",),
        owner=OWNER,
        reviewed_on="2026-10-01",
        checked_by="strategy",
        next_review="2027-10-01",
        filters=OF_COHORTS,
        source="S0-12, S0-13, S0-14, S0-15",
    )


SKILLS_GAINED = _skills("skills_gained", Count(_skills_gained))
SKILLS_WANTED = _skills("skills_wanted", Count(_skills_wanted))
SKILLS_GAINED_AND_WANTED = _skills("skills_gained_and_wanted", Count(_both))
PEER_APPRECIATION_COVERAGE = Indicator(
    name="peer_appreciation_coverage",
    code="SK-2",
    measure=Share(_appreciation),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.NEUTRAL,
    empty_reason="no_participants",
    breakdowns=("cohort", "course", "role"),
    needs=("peer_appreciations",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_COHORTS,
    source="S0-22",
)
RECOMMENDATIONS_DONE = Indicator(
    name="recommendations_done",
    code="SK-3",
    measure=Share(_recommendations),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    empty_reason="no_recommendations",
    breakdowns=("recommendation_kind", "cohort"),
    needs=("recommendations",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_COHORTS,
    source="S0-23, S0-19, R2",
)

INDICATORS = (
    SKILLS_GAINED,
    SKILLS_WANTED,
    SKILLS_GAINED_AND_WANTED,
    PEER_APPRECIATION_COVERAGE,
    RECOMMENDATIONS_DONE,
)
