"""SELECTs behind the pages on courses, seminars and what came of them; run through `queries`."""

from typing import Any

from sqlalchemy import Select, String, and_, case, cast, distinct, func, literal, select, union_all

from data_access.indicators.definitions import training
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.engine import periods_of, place_filters
from data_access.indicators.kernel.query import Query
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope

cohorts = SNAPSHOT["cohorts"]
courses = SNAPSHOT["courses"]
enrolments = SNAPSHOT["enrolments"]
skills = SNAPSHOT["skill_reports"]
recommendations = SNAPSHOT["recommendations"]
sites = SNAPSHOT["sites"]


def skills_reported(query: Query) -> Select[Any]:
    """Reports per skill and status in cohorts held by the day: skill, status, people.

    A report without a person counts as a person of its own. Gained and wanted are two lists: one
    person may report the same skill in both.
    """
    row = literal("row ") + cast(skills.c.source_row, String)
    who = func.coalesce(skills.c.person_id, row)
    chosen = (
        select(skills.c.skill, skills.c.status, func.count(distinct(who)).label("people"))
        .join(cohorts, cohorts.c.cohort_id == skills.c.cohort_id)
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(cohorts.c.end_on <= query.as_of)
        .group_by(skills.c.skill, skills.c.status)
    )
    return chosen.where(courses.c.target_role == query.role) if query.role else chosen


def advice(query: Query) -> Select[Any]:
    """The register of recommendations, proposals and best practices, open ones first."""
    order = case((recommendations.c.status == "open", 0), (recommendations.c.status == "doing", 1))
    chosen = (
        select(
            recommendations.c.recommendation_id,
            recommendations.c.kind,
            recommendations.c.text_th,
            recommendations.c.owner,
            recommendations.c.status,
            recommendations.c.due_on,
            cohorts.c.cohort_id,
            cohorts.c.end_on.label("held_on"),
            courses.c.target_role,
            courses.c.name_th,
            courses.c.name_en,
            cohorts.c.number,
        )
        .join(cohorts, cohorts.c.cohort_id == recommendations.c.cohort_id)
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(cohorts.c.end_on <= query.as_of)
        .order_by(func.coalesce(order, 2), cohorts.c.end_on.desc(), recommendations.c.text_th)
    )
    return chosen.where(courses.c.target_role == query.role) if query.role else chosen


def needs(query: Query, scope: Scope) -> Select[Any]:
    """Who still needs which course: role, course and province with people in post and trained.

    A course is needed by everybody in post in the role it is for, where it is qualifying.
    """
    ask = periods_of(query, Kind.STOCK)
    people = training.people_in_role(ask).subquery("people")
    done = (
        select(
            (enrolments.c.person_type + literal(":") + enrolments.c.person_id).label("unit"),
            enrolments.c.course_id,
        )
        .where(enrolments.c.completed_on <= ask.at, enrolments.c.person_id.is_not(None))
        .distinct()
        .subquery("done")
    )
    same = and_(done.c.unit == people.c.unit, done.c.course_id == courses.c.course_id)
    trained = case((done.c.unit.is_not(None), people.c.unit))
    return (
        select(
            people.c.role,
            courses.c.course_id,
            courses.c.name_th,
            courses.c.name_en,
            people.c.province_code,
            func.count(distinct(people.c.unit)).label("people"),
            func.count(distinct(trained)).label("trained"),
        )
        .select_from(people)
        .join(courses, courses.c.target_role == people.c.role)
        .outerjoin(done, same)
        .where(courses.c.qualifying.is_(True), *place_filters(people, query, scope))
        .group_by(
            people.c.role,
            courses.c.course_id,
            courses.c.name_th,
            courses.c.name_en,
            people.c.province_code,
        )
        .order_by(people.c.role, courses.c.course_id, people.c.province_code)
    )


def seats_and_people(query: Query) -> Select[Any]:
    """Per course of the period: cohorts held and planned, seats taken, and people, each once.

    `people` is 0 where nobody is known by id: seats are no people.
    """
    span = query.span or query.period
    held = cohorts.c.end_on <= query.as_of
    seat = case((held, enrolments.c.cohort_id))
    person = case((held, enrolments.c.person_type + literal(":") + enrolments.c.person_id))
    return (
        select(
            courses.c.course_id,
            courses.c.name_th,
            courses.c.name_en,
            courses.c.target_role,
            func.count(distinct(case((held, cohorts.c.cohort_id)))).label("held"),
            func.count(distinct(cohorts.c.cohort_id)).label("planned"),
            func.count(seat).label("seats"),
            func.count(distinct(person)).label("people"),
        )
        .select_from(cohorts)
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .outerjoin(enrolments, enrolments.c.cohort_id == cohorts.c.cohort_id)
        .where(cohorts.c.end_on >= span.start, cohorts.c.end_on <= span.end)
        .group_by(courses.c.course_id, courses.c.name_th, courses.c.name_en, courses.c.target_role)
        .order_by(courses.c.course_id)
    )


def sites_of(query: Query, scope: Scope) -> Select[Any]:
    """Service sites with their province; a sensitive one is never placed in a district."""
    district = case((sites.c.sensitive.is_(True), None), else_=sites.c.district_code)
    rows = select(
        sites.c.site_id,
        sites.c.name_th,
        sites.c.name_en,
        sites.c.type,
        sites.c.province_code,
        district.label("district_code"),
        sites.c.sensitive,
    ).subquery("rows")
    filters = place_filters(rows, query.but(target_group=None), scope)
    return select(rows).where(*filters).order_by(rows.c.province_code, rows.c.name_th)


def latest_records(query: Query, scope: Scope) -> Select[Any]:
    """The day of each province's newest record by the as-of date: a case opened, a visit done."""
    cases, visits = SNAPSHOT["cases"], SNAPSHOT["follow_ups"]
    records = union_all(
        select(cases.c.province_code, cases.c.opened_on.label("day")),
        select(visits.c.province_code, visits.c.done_on),
    ).subquery("records")
    plain = query.but(district=None, target_group=None)
    return (
        select(records.c.province_code, func.max(records.c.day).label("latest"))
        .where(records.c.day <= query.as_of, *place_filters(records, plain, scope))
        .group_by(records.c.province_code)
    )
