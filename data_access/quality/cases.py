"""Data-quality rules on cases, their case managers and follow-ups."""

from datetime import date
from typing import Any

from sqlalchemy import Select, Table, and_, func, or_, select

from data_access.quality.finding import Finding, Rule, rows_of
from data_access.schema.derived import SNAPSHOT

cases = SNAPSHOT["cases"]
follow_ups = SNAPSHOT["follow_ups"]
activities = SNAPSHOT["volunteer_activities"]
assignments = SNAPSHOT["case_assignments"]
sites = SNAPSHOT["sites"]


def _done_in_future(table: Table) -> Finding:
    def rows_of_day(as_of: date) -> "Select[Any]":
        return rows_of(table, table.c.done_on, table.c.province_code, table.c.done_on > as_of)

    return Finding(table, "done_on", rows_of_day)


def _closed_in_future(as_of: date) -> "Select[Any]":
    return rows_of(cases, cases.c.closed_on, cases.c.province_code, cases.c.closed_on > as_of)


def _closed_without_date(as_of: date) -> "Select[Any]":
    where = and_(cases.c.stage == "closed", cases.c.closed_on.is_(None))
    return rows_of(cases, cases.c.stage, cases.c.province_code, where)


def _date_without_closed_stage(as_of: date) -> "Select[Any]":
    where = and_(cases.c.stage != "closed", cases.c.closed_on.is_not(None))
    return rows_of(cases, cases.c.stage, cases.c.province_code, where)


def _two_case_managers_one_day(as_of: date) -> "Select[Any]":
    """One row per assignment that starts while another worker still holds the case.

    Both ends are inclusive, so a handover on one day is two case managers on that day.
    """
    other = assignments.alias("other")
    earlier = or_(
        other.c.start_on < assignments.c.start_on,
        and_(
            other.c.start_on == assignments.c.start_on,
            other.c.source_row < assignments.c.source_row,
        ),
    )
    overlapping = (
        select(other.c.case_id)
        .where(
            other.c.case_id == assignments.c.case_id,
            other.c.worker_id != assignments.c.worker_id,
            earlier,
            or_(other.c.end_on.is_(None), other.c.end_on >= assignments.c.start_on),
        )
        .exists()
    )
    return rows_of(assignments, assignments.c.start_on, assignments.c.province_code, overlapping)


def _follow_up_after_closing(as_of: date) -> "Select[Any]":
    source = follow_ups.join(cases, cases.c.case_id == follow_ups.c.case_id)
    where = follow_ups.c.done_on > cases.c.closed_on
    return rows_of(follow_ups, follow_ups.c.done_on, follow_ups.c.province_code, where, source)


def _case_site_in_other_province(as_of: date) -> "Select[Any]":
    source = cases.join(sites, sites.c.site_id == cases.c.site_id)
    where = sites.c.province_code != cases.c.province_code
    seen = cases.c.site_id + func.coalesce(" (" + sites.c.province_code + ")", "")
    return rows_of(cases, seen, cases.c.province_code, where, source)


RULES = (
    Rule("done_in_future", "warn", (_done_in_future(follow_ups), _done_in_future(activities))),
    Rule("closed_in_future", "warn", (Finding(cases, "closed_on", _closed_in_future),)),
    Rule("closed_without_date", "warn", (Finding(cases, "closed_on", _closed_without_date),)),
    Rule(
        "date_without_closed_stage",
        "warn",
        (Finding(cases, "stage", _date_without_closed_stage),),
    ),
    Rule(
        "two_case_managers_one_day",
        "warn",
        (Finding(assignments, "start_on", _two_case_managers_one_day),),
    ),
    Rule(
        "follow_up_after_closing",
        "warn",
        (Finding(follow_ups, "done_on", _follow_up_after_closing),),
    ),
    Rule(
        "case_site_in_other_province",
        "warn",
        (Finding(cases, "site_id", _case_site_in_other_province),),
    ),
)
