"""How far the figures can be trusted: filled-in records, age of the load, published totals [DQ]."""

from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from data_access.filters import BY_ROLE, BY_TARGET_GROUP, DISTRICTS, NOTHING, OF_CASES, PLACES
from data_access.indicators.definitions.caseload import (
    case_managers_in_post,
    families_under_care,
    open_cases,
)
from data_access.indicators.definitions.follow_up import is_done, not_cancelled
from data_access.indicators.definitions.training import attendances
from data_access.indicators.definitions.volunteers import households, volunteers_on
from data_access.indicators.kernel.cells import without_denominator
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    CLIENTS_TOP,
    Derived,
    Direction,
    Indicator,
    Kind,
    Rows,
    Share,
    SqlPeriods,
    Unit,
    each_once,
)
from data_access.indicators.kernel.frame import areas
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql import month_number
from data_access.schema.derived import SNAPSHOT, load_info

if TYPE_CHECKING:
    from data_access.indicators.kernel.engine import IndicatorEngine

cases = SNAPSHOT["cases"]
follow_ups = SNAPSHOT["follow_ups"]
plans = SNAPSHOT["plans"]
enrolments = SNAPSHOT["enrolments"]
published_figures = SNAPSHOT["published_figures"]
cohorts = SNAPSHOT["cohorts"]
courses = SNAPSHOT["courses"]
cohort_provinces = SNAPSHOT["cohort_provinces"]

OWNER = "data"


def _is_filled(*columns: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(*[column.is_not(None) for column in columns])


@each_once
def _records(ask: SqlPeriods) -> Select[Any]:
    """Records that existed on the day, by `table`; `hit` where nothing oversight needs is empty.

    Cases: intake channel, urgency and, when closed, the reason. Follow-ups done: method, outcome
    and worker. Plans: target day and whether the family agreed. Seats: sex and home province.
    """
    still_open = or_(cases.c.closed_on.is_(None), cases.c.closed_on > ask.at)
    case_filled = and_(
        _is_filled(cases.c.intake_channel, cases.c.urgent),
        or_(still_open, cases.c.closure_reason.is_not(None)),
    )
    parts = [
        _record(ask, "cases", case_filled).where(cases.c.opened_on <= ask.at),
        _record(
            ask,
            "follow_ups",
            _is_filled(follow_ups.c.method, follow_ups.c.outcome, follow_ups.c.worker_id),
        ).where(is_done(ask.at), not_cancelled(ask.at)),
        _record(ask, "plans", _is_filled(plans.c.target_on, plans.c.family_agreed)).where(
            plans.c.made_on <= ask.at
        ),
        _record(
            ask, "enrolments", _is_filled(enrolments.c.sex, enrolments.c.from_province_code)
        ).where(enrolments.c.held_on <= ask.at),
    ]
    records = union_all(*parts).subquery("records")
    return select(*records.c)


def _record(ask: SqlPeriods, name: str, complete: ColumnElement[bool]) -> Select[Any]:
    table = SNAPSHOT[name]
    nowhere = cast(null(), String)
    seat = name == "enrolments"
    return select(
        (literal(f"{name}:") + cast(table.c.source_row, String)).label("unit"),
        (table.c.from_province_code if seat else table.c.province_code).label("province_code"),
        (nowhere if seat else table.c.district_code).label("district_code"),
        (nowhere if seat else table.c.target_group).label("target_group"),
        literal(name).label("table"),
        case((complete, 1), else_=0).label("hit"),
        *ask.moment,
    )


def _age(engine: "IndicatorEngine", query: Query) -> pd.DataFrame:
    """Days from the load's as-of date to the day asked about; a load is of one day everywhere."""
    as_of = engine.connection.execute(select(load_info.c.as_of)).scalar_one()
    days = max((query.as_of - as_of).days, 0)
    codes = areas(query, engine.scope)
    cells = pd.DataFrame({"area_code": codes, "group": "", "moment": 0, "numerator": days})
    return without_denominator(cells)


def _cases(ask: SqlPeriods) -> Select[Any]:
    opened = open_cases(ask).subquery("opened")
    return select(opened.c.case_id.label("unit"), *opened.c)


def _held_for_figure(ask: SqlPeriods) -> ColumnElement[bool]:
    """Cohorts of the fiscal year that a figure of the day may speak of.

    One known to the month may have ended on any day of its last month: it counts from the first.
    """
    last = cohorts.c.end_on
    this_month = month_number(last) <= month_number(ask.at)
    by_month = and_(cohorts.c.date_precision == "month", this_month)
    return and_(last >= ask.start, or_(last <= ask.at, by_month))


def _attendance(ask: SqlPeriods) -> Select[Any]:
    """Who came to trainings and events that a published figure of the day may speak of."""
    return attendances(ask, _held_for_figure(ask))


def _provinces(ask: SqlPeriods) -> Select[Any]:
    """Provinces that anybody came from to a cohort that a figure of the day may speak of.

    Of a cohort reported in a sum, without a list of people, the provinces reported with it.
    """
    seats = _attendance(ask).subquery("seats")
    listed = select(seats.c.province_code, seats.c.role, *_moment(seats)).where(
        seats.c.province_code.is_not(None)
    )
    reported = (
        select(cohort_provinces.c.province_code, courses.c.target_role.label("role"), *ask.moment)
        .join(cohorts, cohorts.c.cohort_id == cohort_provinces.c.cohort_id)
        .join(courses, courses.c.course_id == cohorts.c.course_id)
        .where(_held_for_figure(ask), cohorts.c.reported_attendance.is_not(None))
        .where(cohorts.c.cohort_id.not_in(select(enrolments.c.cohort_id)))
    )
    if ask.role:
        reported = reported.where(courses.c.target_role == ask.role)
    came = union_all(listed, reported).subquery("came")
    return select(came.c.province_code.label("unit"), *came.c)


def _moment(rows: Subquery) -> list[ColumnElement[Any]]:
    return [rows.c.moment] if "moment" in rows.c else []


# What the database can set against a published figure: its rows, and the role asked about.
# A flow is counted from the start of the fiscal year to the figure's own day.
TOTALS: dict[str, tuple[Rows, Kind, str | None]] = {
    "volunteers": (volunteers_on, Kind.STOCK, None),
    "case_managers": (case_managers_in_post, Kind.STOCK, None),
    "families": (families_under_care, Kind.STOCK, None),
    "cases": (_cases, Kind.STOCK, None),
    "households": (households, Kind.STOCK, None),
    "case_managers_trained": (_attendance, Kind.FLOW, "case_manager"),
    "lao_practitioners_trained": (_attendance, Kind.FLOW, "lao_practitioner"),
    "volunteers_in_workshop": (_attendance, Kind.FLOW, "volunteer"),
    "case_manager_course_provinces": (_provinces, Kind.FLOW, "case_manager"),
    "volunteer_workshop_provinces": (_provinces, Kind.FLOW, "volunteer"),
}


def _reconciliation(engine: "IndicatorEngine", query: Query) -> pd.DataFrame:
    """Per published figure: the database's total on its day, less the figure, nationwide only."""
    columns = ["area_code", "group", "moment", "numerator", "denominator", "value", "qualifier"]
    narrowed = query.narrowest != "TH" or query.target_group or query.role
    if query.area != "country" or narrowed or not engine.scope.nation:
        return pd.DataFrame(columns=columns)
    figures = select(published_figures).where(published_figures.c.as_of <= query.as_of)
    rows = []
    for figure in engine.connection.execute(figures.order_by(published_figures.c.source_row)):
        total = _total(engine, figure.figure, Query(as_of=figure.as_of))
        name = f"{figure.figure} {figure.as_of.isoformat()} {figure.source}"
        stated = round(figure.value)
        value = None if total is None else total - float(figure.value)
        rows.append(("TH", name, 0, total, stated, value, figure.qualifier))
    found = pd.DataFrame(rows, columns=columns).drop_duplicates("group")
    return found.astype(dict.fromkeys(("moment", "numerator", "denominator"), "Int64"))


def _total(engine: "IndicatorEngine", figure: str, query: Query) -> int | None:
    """The database's own number; None where it has no such total, or no row that it could count.

    A total of 0 means that the records do not reach back to the figure's day.
    """
    if figure not in TOTALS:
        return None
    rows, kind, role = TOTALS[figure]
    counted = engine.count(rows, kind, query.but(role=role))["numerator"]
    return int(counted.fillna(0).sum()) or None


RECORD_COMPLETENESS = Indicator(
    name="record_completeness",
    code="DQ-1",
    measure=Share(_records),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_records",
    breakdowns=("table", "target_group"),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="R2",
)
DAYS_SINCE_LOAD = Indicator(
    name="days_since_load",
    code="DQ-2",
    measure=Derived(_age),
    kind=Kind.STOCK,
    unit=Unit.DAYS,
    direction=Direction.LOWER_IS_BETTER,
    norm="stale_days",
    series=(),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=DISTRICTS,
    same_everywhere=True,
    source="R1",
)
PUBLISHED_RECONCILIATION = Indicator(
    name="published_reconciliation",
    code="DQ-3",
    measure=Derived(_reconciliation),
    kind=Kind.STOCK,
    unit=Unit.DIFFERENCE,
    direction=Direction.NEUTRAL,
    client_counts=CLIENTS_TOP,
    empty_reason="no_matching_total",
    breakdowns=("figure",),
    always_by="figure",
    series=(),
    needs=("published_figures",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=NOTHING,
    refuses=PLACES | BY_TARGET_GROUP | BY_ROLE,
    source="S3-05, S4-06",
)

INDICATORS = (RECORD_COMPLETENESS, DAYS_SINCE_LOAD, PUBLISHED_RECONCILIATION)
