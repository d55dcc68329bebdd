"""SELECTs behind the pages on courses, seminars and what came of them; run through `queries`."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    distinct,
    func,
    literal,
    null,
    select,
    union_all,
)

from config.thai_calendar import Span
from data_access.indicators.definitions import cohort_conditions, names_on_lists
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.engine import periods_of, place_filters
from data_access.indicators.kernel.query import Query
from data_access.lists import provenance_of
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
        .order_by(skills.c.skill, skills.c.status)
    )
    return chosen.where(courses.c.target_role == query.role) if query.role else chosen


def advice(query: Query) -> Select[Any]:
    """The register of recommendations, proposals and best practices, open ones first.

    `status` is empty where no source says what became of one.
    """
    status = recommendations.c.status
    order = case((status == "open", 0), (status == "doing", 1), (status.is_(None), 2), else_=3)
    chosen = (
        select(
            recommendations.c.recommendation_id,
            recommendations.c.kind,
            recommendations.c.text_th,
            recommendations.c.owner,
            recommendations.c.status,
            recommendations.c.due_on,
            provenance_of(recommendations),
            cohorts.c.source,
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
        .order_by(
            order,
            cohorts.c.end_on.desc(),
            recommendations.c.text_th,
            recommendations.c.recommendation_id,
        )
    )
    return chosen.where(courses.c.target_role == query.role) if query.role else chosen


def needs(query: Query, scope: Scope) -> Select[Any]:
    """Who still needs training: role, province_code, with people in post and those trained.

    Everybody counts once in a role: once in the area asked for, where `province_code` is empty, or
    once in each province where the query is by province. Trained is whoever completed any
    qualifying course of the role, as in `training_coverage`; roles without one are left out.
    `trained` is empty where no list of names for the role exists by the day.
    """
    ask = periods_of(query, Kind.STOCK)
    people = names_on_lists.people_in_role(ask).subquery("people")
    done = names_on_lists.qualified_people(ask)
    same = and_(done.c.unit == people.c.unit, done.c.role == people.c.role)
    lists = names_on_lists.first_lists()
    known = func.max(case((lists.c.first_on <= ask.at, 1), else_=0)) == 1
    trained = func.count(distinct(case((done.c.unit.is_not(None), people.c.unit))))
    by_province = query.area == "province"
    province = people.c.province_code if by_province else cast(null(), String)
    roles = select(courses.c.target_role).where(courses.c.qualifying.is_(True))
    keys = [people.c.role, *([people.c.province_code] if by_province else [])]
    return (
        select(
            people.c.role,
            province.label("province_code"),
            func.count(distinct(people.c.unit)).label("people"),
            case((known, trained)).label("trained"),
        )
        .select_from(people.outerjoin(done, same).outerjoin(lists, lists.c.role == people.c.role))
        .where(people.c.role.in_(roles), *place_filters(people, query, scope))
        .group_by(*keys)
        .order_by(*keys)
    )


def seats_and_people(query: Query) -> Select[Any]:
    """Per course of the period: cohorts held and planned, seats taken, and people, each once.

    A cohort without a list of people has the seats that were reported of it. `seats` is empty where
    nothing is known of any cohort, and `bound` is 1 where the number is "more than" or "about".
    `people` is 0 where nobody is known by id: seats are no people. A project of several cohorts is
    no cohort itself.
    """
    span = query.span or query.period
    held = cohorts.c.end_on <= query.as_of
    project = cohorts.c.cohort_id.in_(cohort_conditions.projects())
    one = case((~project, cohorts.c.cohort_id))
    listed = (
        select(enrolments.c.cohort_id, func.count().label("seats"))
        .group_by(enrolments.c.cohort_id)
        .subquery("listed")
    )
    reported = cohorts.c.reported_attendance
    inexact = func.coalesce(cohorts.c.reported_qualifier, "exact") != "exact"
    seats = (
        select(
            cohorts.c.course_id,
            func.count(case((held, one))).label("held"),
            func.count(one).label("planned"),
            func.sum(case((held, func.coalesce(listed.c.seats, reported)))).label("seats"),
            func.max(case((and_(held, listed.c.seats.is_(None), inexact), 1), else_=0)).label(
                "bound"
            ),
        )
        .select_from(cohorts.outerjoin(listed, listed.c.cohort_id == cohorts.c.cohort_id))
        .where(cohorts.c.end_on >= span.start, cohorts.c.end_on <= span.end)
        .group_by(cohorts.c.course_id)
        .subquery("seats")
    )
    people = _people_seated(held, span)
    names = (courses.c.course_id, courses.c.name_th, courses.c.name_en, courses.c.target_role)
    numbers = [seats.c[name] for name in ("held", "planned", "seats", "bound")]
    return (
        select(*names, *numbers, func.coalesce(people.c.people, 0).label("people"))
        .select_from(
            courses.join(seats, seats.c.course_id == courses.c.course_id).outerjoin(
                people, people.c.course_id == courses.c.course_id
            )
        )
        .order_by(courses.c.course_id)
    )


def _people_seated(condition: ColumnElement[bool], span: Span) -> Subquery:
    """People known by id, each once, per course of the cohorts held in the span."""
    person = enrolments.c.person_type + literal(":") + enrolments.c.person_id
    return (
        select(cohorts.c.course_id, func.count(distinct(person)).label("people"))
        .join(enrolments, enrolments.c.cohort_id == cohorts.c.cohort_id)
        .where(cohorts.c.end_on >= span.start, cohorts.c.end_on <= span.end, condition)
        .group_by(cohorts.c.course_id)
        .subquery("persons")
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
    return (
        select(rows).where(*filters).order_by(rows.c.province_code, rows.c.name_th, rows.c.site_id)
    )


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
        .order_by(records.c.province_code)
    )
