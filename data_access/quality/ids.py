"""A data-quality rule on ids: two that differ only in how they are written may be one."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Table, case, cast, func, select

from data_access.quality.finding import BrokenRows, Finding, Rule, rows_of
from data_access.schema.derived import SNAPSHOT

_DIVIDERS = r"[\s\-_./\x{A0}\x{2010}-\x{2015}]+"
_FULL_WIDTH = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_ASCII = "".join(chr(code) for code in range(0x21, 0x7F))
_THAI_DIGITS, _DIGITS = "๐๑๒๓๔๕๖๗๘๙", "0123456789"
# Registers whose ids the senders make up, one id per row.
_TABLES = tuple(
    table
    for table in SNAPSHOT.values()
    if len(table.info["key"]) == 1 and table.info["key"][0].endswith("_id")
)


def fold_id(cell: ColumnElement[Any]) -> ColumnElement[str]:
    """An id without case, blanks, dashes and the like, in ASCII digits and half-width letters."""
    # Nearly every id is ASCII already, where translating letter by letter would cost seconds.
    ascii_only = func.strlen(cell) == func.length(cell)
    half_width = func.translate(cell, _FULL_WIDTH + _THAI_DIGITS, _ASCII + _DIGITS)
    plain = case((ascii_only, cell), else_=half_width)
    return func.lower(func.regexp_replace(plain, _DIVIDERS, "", "g"))


def _alike(table: Table) -> BrokenRows:
    """Every row of a group of ids that are one when folded; `seen` is the id and the first row."""

    def rows_of_day(as_of: date) -> "Select[Any]":
        key = table.c[table.info["key"][0]]
        forms = select(fold_id(key).label("form"), table.c.source_row).subquery("forms")
        groups = (
            select(
                forms.c.form,
                func.min(forms.c.source_row).label("first"),
                func.max(forms.c.source_row).label("last"),
            )
            .group_by(forms.c.form)
            .having(func.count() > 1)
            .subquery("groups")
        )
        source = table.join(groups, groups.c.form == fold_id(key))
        rows = cast(groups.c.first, String) + ", " + cast(groups.c.last, String)
        province = table.c.get("province_code", table.c.get("held_in_province_code"))
        place = cast(None, String) if province is None else province
        return rows_of(table, key + " (" + rows + ")", place, groups.c.form.is_not(None), source)

    return rows_of_day


RULES = (
    Rule(
        "alike_ids",
        "warn",
        tuple(Finding(table, table.info["key"][0], _alike(table)) for table in _TABLES),
    ),
)
