"""Data-quality rules on single days: far from every other day of the load, or still to come."""

from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Select, String, Table, case, cast, null, or_
from sqlalchemy import extract as part_of

from config.thai_calendar import be_year
from data_access.quality.finding import BrokenRows, Finding, Rule, rows_of
from data_access.schema.days import CENTURY_YEARS, EXCEL_YEARS, believable
from data_access.schema.derived import SNAPSHOT

# What has happened cannot have happened after the day the load stands for. Days on which something
# was done or closed have rules of their own; a post, a cohort or a goal may well begin later.
RECORD_DAYS = {
    "volunteers": ("registered_on",),
    "cases": ("opened_on",),
    "assessments": ("assessed_on",),
    "plans": ("made_on",),
    "plan_goals": ("achieved_on",),
    "follow_ups": ("cancelled_on",),
    "services": ("given_on",),
    "case_conferences": ("held_on",),
    "referrals": ("sent_on", "accepted_on", "result_on"),
    "screenings": ("run_on", "decided_on"),
    "enrolments": ("completed_on",),
    "published_figures": ("as_of",),
}
_PROVINCES = ("province_code", "from_province_code", "held_in_province_code")


def _province(table: Table) -> ColumnElement[Any]:
    """The province a row counts in: the derived one where a table has it."""
    names = ("from_province_code", *_PROVINCES) if table.name == "enrolments" else _PROVINCES
    return next((table.c[name] for name in names if name in table.c), cast(null(), String))


def _with_year_meant(day: Column[Any], as_of: date) -> ColumnElement[str]:
    """The day as text, and behind it the Buddhist year that was most likely meant."""
    year, span = part_of("year", day), believable(as_of)
    near = (span.start.year, as_of.year + 1)
    meant = case(
        ((year + EXCEL_YEARS).between(*near), year + be_year(EXCEL_YEARS)),
        ((year + CENTURY_YEARS).between(*near), year + be_year(CENTURY_YEARS)),
        else_=be_year(as_of.year),
    )
    return cast(day, String) + " (" + cast(meant, String) + "?)"


def _far_off(table: Table, day: Column[Any]) -> BrokenRows:
    def rows_of_day(as_of: date) -> "Select[Any]":
        span = believable(as_of)
        where = or_(day < span.start, day > span.end)
        return rows_of(table, _with_year_meant(day, as_of), _province(table), where)

    return rows_of_day


def _after_as_of(table: Table, day: Column[Any]) -> BrokenRows:
    def rows_of_day(as_of: date) -> "Select[Any]":
        where = (day > as_of) & (day <= believable(as_of).end)
        return rows_of(table, day, _province(table), where)

    return rows_of_day


def _days() -> list[tuple[Table, Column[Any]]]:
    """Every column of days of the exchange format, with its table."""
    derived = {"enrolments": {"held_on"}}
    return [
        (table, column)
        for name, table in SNAPSHOT.items()
        for column in table.c
        if isinstance(column.type, Date) and column.name not in derived.get(name, set())
    ]


RULES = (
    Rule(
        "far_off_day",
        "warn",
        tuple(Finding(table, day.name, _far_off(table, day)) for table, day in _days()),
    ),
    Rule(
        "recorded_after_as_of",
        "warn",
        tuple(
            Finding(SNAPSHOT[name], day, _after_as_of(SNAPSHOT[name], SNAPSHOT[name].c[day]))
            for name, columns in RECORD_DAYS.items()
            for day in columns
        ),
    ),
)
"""A day far off is not also one still to come: each row breaks one of the two rules."""
