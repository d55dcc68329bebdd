"""SELECTs of the lists that stand behind figures; run through `data_access.queries` only."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Table,
    case,
    func,
    literal,
    null,
    or_,
    select,
)

from data_access import disclosure, lists_follow_up
from data_access.indicators.definitions import caseload
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of, place_filters
from data_access.schema.derived import CLIENT_TABLES, SNAPSHOT, quality_results
from data_access.scope import Scope
from geo import registers

cohorts = SNAPSHOT["cohorts"]
courses = SNAPSHOT["courses"]
enrolments = SNAPSHOT["enrolments"]
cohort_provinces = SNAPSHOT["cohort_provinces"]
cases = SNAPSHOT["cases"]


def loads(query: Query, scope: Scope) -> Select[Any]:
    """Case managers in post on the day, each once, with the families under their care."""
    ask = periods_of(query, Kind.STOCK)
    rows = caseload.family_loads(ask).subquery("loads")
    return (
        select(
            rows.c.unit.label("worker_id"),
            func.min(rows.c.province_code).label("province_code"),
            func.max(rows.c.families).label("families"),
        )
        .where(*place_filters(rows, query, scope))
        .group_by(rows.c.unit)
        .order_by(func.max(rows.c.families).desc(), rows.c.unit)
    )


def overdue_visits(query: Query, scope: Scope, limit: int, areas: Collection[str]) -> Select[Any]:
    """Follow-ups of open cases past due on the day, the newest first; `lists_follow_up.overdue`.

    `areas` are the districts of a province, or else the provinces, whose count may be told.
    """
    rows = lists_follow_up.overdue(query, scope).subquery("overdue")
    by = "district_code" if query.province or query.district else "province_code"
    allowed = select(rows).where(rows.c[by].in_(sorted(areas)))
    return allowed.order_by(rows.c.days_late, rows.c.unit).limit(limit)


def cohort_rows(query: Query, scope: Scope) -> Select[Any]:
    """One row per cohort that touches the period, planned ones included, newest first.

    Attendances are the seats taken, or the reported number where there are no rows; sexes likewise.
    Where the filters name an area only cohorts held there, meant for it or attended from it.
    `provenance` is never empty; `parts` counts the cohorts of a row that is their project.
    """
    taken = _seats()
    aimed = (
        select(cohort_provinces.c.cohort_id, func.count().label("provinces_targeted"))
        .group_by(cohort_provinces.c.cohort_id)
        .subquery("aimed")
    )
    parts = _parts()
    counted = taken.c.seats.is_not(None)
    told_female, told_male, told_rest = _reported_sexes()
    female = case((counted, taken.c.female), else_=told_female)
    male = case((counted, taken.c.male), else_=told_male)
    seats = case((counted, taken.c.seats), else_=cohorts.c.reported_attendance)
    qualifier = case(
        (counted, literal("exact")), else_=func.coalesce(cohorts.c.reported_qualifier, "exact")
    )
    split = case((counted, taken.c.unspecified), else_=told_rest)
    span = query.span or query.period
    chosen = (
        select(
            cohorts.c.cohort_id,
            cohorts.c.course_id,
            courses.c.name_th,
            courses.c.name_en,
            courses.c.target_role,
            courses.c.qualifying,
            cohorts.c.number,
            cohorts.c.start_on,
            cohorts.c.end_on,
            cohorts.c.date_precision,
            cohorts.c.mode,
            cohorts.c.venue,
            cohorts.c.held_in_province_code,
            cohorts.c.planned_seats,
            seats.label("attendances"),
            qualifier.label("qualifier"),
            female.label("female"),
            male.label("male"),
            split.label("unspecified"),
            taken.c.completed,
            taken.c.provinces_reached,
            aimed.c.provinces_targeted,
            cohorts.c.source,
            provenance_of(cohorts),
            cohorts.c.part_of,
            parts.c.parts,
        )
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .outerjoin(taken, taken.c.cohort_id == cohorts.c.cohort_id)
        .outerjoin(aimed, aimed.c.cohort_id == cohorts.c.cohort_id)
        .outerjoin(parts, parts.c.part_of == cohorts.c.cohort_id)
        .where(cohorts.c.start_on <= span.end, cohorts.c.end_on >= span.start)
        .order_by(cohorts.c.start_on.desc(), cohorts.c.cohort_id)
    )
    if query.role:
        chosen = chosen.where(courses.c.target_role == query.role)
    touching = _touching(query, scope)
    return chosen if touching is None else chosen.where(touching)


def provenance_of(table: Table) -> ColumnElement[str]:
    """Where a row comes from; the sender's system where the row does not say."""
    return func.coalesce(table.c.provenance, "system").label("provenance")


def as_loaded(table: str) -> Select[Any]:
    """A table as it was sent, in the order of its rows."""
    rows = SNAPSHOT[table]
    return select(rows).order_by(rows.c.source_row)


def published_figures() -> Select[Any]:
    """Figures quoted from documents, as loaded; `provenance` is never empty."""
    figures = SNAPSHOT["published_figures"]
    own = [c for c in figures.c if c.name != "provenance"]
    return select(*own, provenance_of(figures)).order_by(figures.c.source_row)


def _parts() -> Subquery:
    """How many cohorts name a row as their project."""
    return (
        select(cohorts.c.part_of, func.count().label("parts"))
        .where(cohorts.c.part_of.is_not(None))
        .group_by(cohorts.c.part_of)
        .subquery("parts")
    )


def _reported_sexes() -> tuple[ColumnElement[int], ...]:
    """Women, men and unspecified as reported; women and men who are more than all are no split."""
    female, male, every = (
        cohorts.c.reported_female,
        cohorts.c.reported_male,
        cohorts.c.reported_attendance,
    )
    both = func.coalesce(female, 0) + func.coalesce(male, 0)
    too_many = both > every
    return (
        case((too_many, null()), else_=female),
        case((too_many, null()), else_=male),
        case((too_many, every), else_=every - both),
    )


def _seats() -> Subquery:
    sex = func.coalesce(enrolments.c.sex, "U")
    return (
        select(
            enrolments.c.cohort_id,
            func.count().label("seats"),
            func.sum(case((sex == "F", 1), else_=0)).label("female"),
            func.sum(case((sex == "M", 1), else_=0)).label("male"),
            func.sum(case((sex == "U", 1), else_=0)).label("unspecified"),
            func.count(enrolments.c.completed_on).label("completed"),
            func.count(enrolments.c.from_province_code.distinct()).label("provinces_reached"),
        )
        .group_by(enrolments.c.cohort_id)
        .subquery("taken")
    )


def _touching(query: Query, scope: Scope) -> Any:
    """The condition that a cohort concerns the area asked for; None where that is everywhere."""
    if scope.nation and not (query.region or query.province or query.district):
        return None
    area = query.but(province=query.province or (query.district or "")[:2] or None)
    area = area.but(district=None)

    def there(place: FromClause, column: str) -> Any:
        rows = select(place.c.cohort_id, place.c[column].label("province_code")).subquery()
        return cohorts.c.cohort_id.in_(
            select(rows.c.cohort_id).where(*place_filters(rows, area, scope))
        )

    return or_(
        there(cohort_provinces, "province_code"),
        there(enrolments, "from_province_code"),
        there(cohorts, "held_in_province_code"),
    )


def quality_by_rule(scope: Scope, by_province: bool) -> Select[Any]:
    """Rows per broken rule (and province): rule, severity, table_name, province_code, rows.

    Rows about clients are counted for the whole country, and by province in the reader's own.
    """
    place = quality_results.c.province_code if by_province else null()
    keys = [quality_results.c.rule, quality_results.c.severity, quality_results.c.table_name]
    grouped = [*keys, quality_results.c.province_code] if by_province else keys
    chosen = select(*keys, place.label("province_code"), func.count().label("rows"))
    if by_province or not scope.nation:
        chosen = chosen.where(*_faults_permitted(scope))
    return chosen.group_by(*grouped).order_by(*grouped)


def quality_rows(scope: Scope) -> Select[Any]:
    """Rows that break a rule, in the order of rules and files; about clients only own ones."""
    found = quality_results.c
    order = (found.rule, found.table_name, found.row_number)
    return select(quality_results).where(*_faults_permitted(scope)).order_by(*order)


def _faults_permitted(scope: Scope) -> Iterator[ColumnElement[bool]]:
    """Conditions of the faulty rows that a reader may see one by one.

    A row has its province only: the whole of it must be the reader's own, a district is too little.
    """
    province = quality_results.c.province_code
    if not scope.nation:
        yield province.in_(sorted(scope.provinces))
    if not disclosure.every_client_permitted(scope):
        own = [code for code in registers.provinces_by_code() if disclosure.is_own(scope, code)]
        yield or_(quality_results.c.table_name.not_in(CLIENT_TABLES), province.in_(own))
