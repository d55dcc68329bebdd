"""Data-quality rules on workers, volunteers, cohorts and enrolments."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, literal, or_, select

from data_access.indicators.kernel.sql import fiscal_year, month_number
from data_access.quality.finding import Finding, Rule, rows_of
from data_access.schema.derived import SNAPSHOT

posts = SNAPSHOT["worker_posts"]
volunteers = SNAPSHOT["volunteers"]
cohorts = SNAPSHOT["cohorts"]
enrolments = SNAPSHOT["enrolments"]

LONGEST_SERVICE_YEARS = 110


def _own_supervisor(as_of: date) -> "Select[Any]":
    where = posts.c.supervisor_id == posts.c.worker_id
    return rows_of(posts, posts.c.supervisor_id, posts.c.province_code, where)


def _sexes_exceed_attendance(as_of: date) -> "Select[Any]":
    """ "More than 400" with 410 women and men is no contradiction; an exact 400 is."""
    by_sex = func.coalesce(cohorts.c.reported_female, 0) + func.coalesce(cohorts.c.reported_male, 0)
    where = and_(
        by_sex > cohorts.c.reported_attendance,
        func.coalesce(cohorts.c.reported_qualifier, "exact") != "more_than",
    )
    return rows_of(cohorts, by_sex, cohorts.c.held_in_province_code, where)


def _completed_outside_cohort(as_of: date) -> "Select[Any]":
    """Where only the cohort's months are known, months are compared; where only its fiscal
    year is known, fiscal years."""
    done = enrolments.c.completed_on
    by_day = or_(done < cohorts.c.start_on, done > cohorts.c.end_on)
    by_month = or_(
        month_number(done) < month_number(cohorts.c.start_on),
        month_number(done) > month_number(cohorts.c.end_on),
    )
    by_year = fiscal_year(done) != fiscal_year(cohorts.c.end_on)
    precision = cohorts.c.date_precision
    where = case((precision == "month", by_month), (precision == "year", by_year), else_=by_day)
    source = enrolments.join(cohorts, cohorts.c.cohort_id == enrolments.c.cohort_id)
    return rows_of(enrolments, done, enrolments.c.from_province_code, where, source)


def _enrolment_person_not_in_post(as_of: date) -> "Select[Any]":
    """Workers whose seat no province gets: none stated, and no post on any day of the cohort."""
    in_post = (
        select(posts.c.worker_id)
        .where(
            posts.c.worker_id == enrolments.c.person_id,
            posts.c.start_on <= cohorts.c.end_on,
            or_(posts.c.end_on.is_(None), posts.c.end_on >= cohorts.c.start_on),
        )
        .exists()
    )
    where = and_(
        enrolments.c.person_type == "worker",
        enrolments.c.person_id.is_not(None),
        enrolments.c.province_code.is_(None),
        ~in_post,
    )
    source = enrolments.join(cohorts, cohorts.c.cohort_id == enrolments.c.cohort_id)
    return rows_of(
        enrolments, enrolments.c.person_id, enrolments.c.from_province_code, where, source
    )


def _volunteer_over_110_years(as_of: date) -> "Select[Any]":
    """Service from registration to the end, or to the load's day where it has not ended."""
    end = func.coalesce(volunteers.c.ended_on, literal(as_of))
    years = extract("year", end) - extract("year", volunteers.c.registered_on)
    later_in_year = _day_in_year(end) > _day_in_year(volunteers.c.registered_on)
    where = or_(years > LONGEST_SERVICE_YEARS, and_(years == LONGEST_SERVICE_YEARS, later_in_year))
    return rows_of(volunteers, volunteers.c.registered_on, volunteers.c.province_code, where)


def _day_in_year(day: ColumnElement[Any]) -> ColumnElement[int]:
    return extract("month", day) * 100 + extract("day", day)


RULES = (
    Rule("own_supervisor", "warn", (Finding(posts, "supervisor_id", _own_supervisor),)),
    Rule(
        "sexes_exceed_attendance",
        "warn",
        (Finding(cohorts, "reported_attendance", _sexes_exceed_attendance),),
    ),
    Rule(
        "completed_outside_cohort",
        "warn",
        (Finding(enrolments, "completed_on", _completed_outside_cohort),),
    ),
    Rule(
        "enrolment_person_not_in_post",
        "warn",
        (Finding(enrolments, "person_id", _enrolment_person_not_in_post),),
    ),
    Rule(
        "volunteer_over_110_years",
        "warn",
        (Finding(volunteers, "registered_on", _volunteer_over_110_years),),
    ),
)
