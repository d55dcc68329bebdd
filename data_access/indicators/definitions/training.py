"""Training: people in post who completed a qualifying course, seats, cohorts and provinces [TR]."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from data_access.filters import BY_ROLE, OF_COHORTS, OF_PEOPLE
from data_access.indicators.definitions.cohort_conditions import (
    has_ended,
    is_training,
    no_event,
    reported_as_a_whole,
    reported_sexes,
)
from data_access.indicators.definitions.names_on_lists import (
    NO_LIST,
    first_lists,
    people_in_role,
    qualified_people,
)
from data_access.indicators.kernel.conditions import same_moment
from data_access.indicators.kernel.definition import (
    Count,
    Direction,
    Indicator,
    Kind,
    Share,
    SqlPeriods,
    Unit,
)
from data_access.schema.codes import CODES
from data_access.schema.derived import SNAPSHOT

courses = SNAPSHOT["courses"]
cohorts = SNAPSHOT["cohorts"]
cohort_provinces = SNAPSHOT["cohort_provinces"]
enrolments = SNAPSHOT["enrolments"]

OWNER = "training"


def _coverage(ask: SqlPeriods) -> Select[Any]:
    """People in post in the roles that have a qualifying course; `hit` where they completed one.

    Volunteers hold no post: by role they are a row of their own, never part of the staff. `known`
    is 0 where no list of names for the role exists by the day: nobody can tell who is trained.
    """
    people = people_in_role(ask).subquery("in_role")
    done = qualified_people(ask)
    lists = first_lists()
    same = and_(
        people.c.unit == done.c.unit, people.c.role == done.c.role, *same_moment(people, done)
    )
    roles = select(courses.c.target_role).where(courses.c.qualifying.is_(True))
    named = ask.role is not None or ask.breakdown == "role"
    in_post = literal(1) == 1 if named else people.c.role != "volunteer"
    hit = case((done.c.unit.is_not(None), 1), else_=0)
    known = case((lists.c.first_on <= ask.at, 1), else_=0)
    # The day is a column of the list of periods where a series is asked for.
    rows = people.outerjoin(done, same).outerjoin(lists, lists.c.role == people.c.role)
    return (
        select(*people.c, hit.label("hit"), known.label("known"))
        .select_from(rows)
        .where(people.c.role.in_(roles), in_post)
    )


def training_seats(ask: SqlPeriods) -> Select[Any]:
    """The `attendances` of trainings, without events."""
    every = attendances(ask).subquery("every")
    return select(*every.c).where(no_event(every.c.mode))


def attendances(ask: SqlPeriods, condition: ColumnElement[bool] | None = None) -> Select[Any]:
    """Seats taken in cohorts and events held in the period; without rows as they were reported.

    `bound` is 1 where a reported number is "more than" or "about": the sum is a lower bound.
    `condition` may say otherwise which were held.
    """
    condition = has_ended(ask) if condition is None else condition
    seats = (
        select(
            enrolments.c.cohort_id.label("cohort"),
            enrolments.c.from_province_code.label("province_code"),
            func.coalesce(enrolments.c.sex, "U").label("sex"),
            courses.c.target_role.label("role"),
            courses.c.course_id.label("course"),
            cohorts.c.mode,
            literal(1).label("weight"),
            literal(0).label("bound"),
            *ask.moment,
        )
        .join(cohorts, cohorts.c.cohort_id == enrolments.c.cohort_id)
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(condition)
    )
    seated = select(enrolments.c.cohort_id).distinct()
    unlisted = and_(
        condition, cohorts.c.reported_attendance.is_not(None), cohorts.c.cohort_id.not_in(seated)
    )
    inexact = case((func.coalesce(cohorts.c.reported_qualifier, "exact") == "exact", 0), else_=1)
    female, male = reported_sexes()
    unspecified = cohorts.c.reported_attendance - female - male
    parts = [seats]
    for sex, number in (("F", female), ("M", male), ("U", unspecified)):
        reported = (
            select(
                cohorts.c.cohort_id,
                cast(null(), String),  # where people came from is not known
                literal(sex),
                courses.c.target_role,
                courses.c.course_id,
                cohorts.c.mode,
                number,
                inexact,
                *ask.moment,
            )
            .join(courses, courses.c.course_id == cohorts.c.course_id)
            .where(unlisted, number > 0)
        )
        parts.append(reported)
    taken = union_all(*parts).subquery("taken")
    chosen = select(taken.c.cohort.label("unit"), *taken.c)
    return chosen.where(taken.c.role == ask.role) if ask.role else chosen


def _attendances_or_unknown(ask: SqlPeriods) -> Select[Any]:
    """The same of trainings, with an empty weight for those nobody has a figure of, in every sex.

    Beside known seats that makes the sum a lower bound; alone it makes it unknown, not zero. By
    cohort a part of a project is unknown; in a sum it is in the figure of the project.
    """
    seated = select(enrolments.c.cohort_id)
    unknown = (
        select(
            cohorts.c.cohort_id.label("unit"),
            cohorts.c.cohort_id.label("cohort"),
            cast(null(), String).label("province_code"),
            courses.c.target_role.label("role"),
            courses.c.course_id.label("course"),
            cohorts.c.mode,
            cast(null(), Integer).label("weight"),
            literal(1).label("bound"),
            *ask.moment,
        )
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(has_ended(ask), is_training())
        .where(cohorts.c.reported_attendance.is_(None), cohorts.c.cohort_id.not_in(seated))
    )
    if ask.breakdown != "cohort":
        unknown = unknown.where(cohorts.c.cohort_id.not_in(reported_as_a_whole()))
    if ask.role:
        unknown = unknown.where(courses.c.target_role == ask.role)
    known = training_seats(ask).subquery("known")
    parts = [select(*known.c)]
    for sex in CODES["sex"]:
        rows = unknown.add_columns(literal(sex).label("sex")).subquery(f"unknown_{sex}")
        parts.append(select(*[rows.c[c.name] for c in known.c]))
    return select(*union_all(*parts).subquery("seats").c)


def _cohort_reach(ask: SqlPeriods) -> Select[Any]:
    """Pairs of cohort and province it is meant for; `hit` where anybody came from there.

    Cohorts of which nobody knows where people came from are left out: that is not "nobody came".
    """
    came = (
        select(enrolments.c.cohort_id, enrolments.c.from_province_code)
        .where(enrolments.c.from_province_code.is_not(None))
        .distinct()
        .subquery("came")
    )
    same = and_(
        came.c.cohort_id == cohort_provinces.c.cohort_id,
        came.c.from_province_code == cohort_provinces.c.province_code,
    )
    pairs = (
        select(
            (cohort_provinces.c.cohort_id + literal("|") + cohort_provinces.c.province_code).label(
                "unit"
            ),
            cohort_provinces.c.province_code,
            cohorts.c.cohort_id.label("cohort"),
            cohorts.c.course_id.label("course"),
            courses.c.target_role.label("role"),
            case((came.c.cohort_id.is_not(None), 1), else_=0).label("hit"),
            *ask.moment,
        )
        .select_from(cohort_provinces.outerjoin(came, same))
        .join(cohorts, cohorts.c.cohort_id == cohort_provinces.c.cohort_id)
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(has_ended(ask), is_training(), cohorts.c.cohort_id.in_(select(came.c.cohort_id)))
    )
    return pairs.where(courses.c.target_role == ask.role) if ask.role else pairs


TRAINING_COVERAGE = Indicator(
    name="training_coverage",
    code="TR-1",
    on_map=True,
    map_breaks=(20, 40, 60, 80),
    moved_by=("worker_posts", "enrolments"),
    executive_part="training",
    measure=Share(_coverage, unknown_reason=NO_LIST),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    empty_reason="nobody_in_post",
    breakdowns=("role",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_PEOPLE | BY_ROLE,
    source="S4, S2, S0",
)
TRAINING_ATTENDANCES = Indicator(
    name="training_attendances",
    code="TR-2",
    moved_by=("enrolments", "cohorts"),
    executive_part="training",
    measure=Count(_attendances_or_unknown),
    kind=Kind.FLOW,
    unit=Unit.ATTENDANCES,
    direction=Direction.NEUTRAL,
    empty_reason="attendance_unknown",
    breakdowns=("role", "sex", "course", "cohort"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_COHORTS,
    source="S4-06, S3-09, S2-06",
)
COHORT_PROVINCE_COVERAGE = Indicator(
    name="cohort_province_coverage",
    code="TR-5",
    executive_part="training",
    measure=Share(_cohort_reach),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    empty_reason="no_target_provinces",
    breakdowns=("cohort", "course", "role"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_COHORTS,
    source="S3-09, S4-07",
)

INDICATORS = (TRAINING_COVERAGE, TRAINING_ATTENDANCES, COHORT_PROVINCE_COVERAGE)
