"""What one data-quality rule looks for in one table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, String, Table, cast, select
from sqlalchemy.sql.selectable import FromClause

from config.i18n import Lang, t

Severity = Literal["stop", "warn"]
BrokenRows = Callable[[date], "Select[Any]"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Rows of one table that break a rule, pointed at by one column.

    `broken_rows` gives, for the day the load stands for, the SELECT of (row_number, seen,
    province_code): one row per row of the table that breaks the rule.
    """

    table: Table
    column: str
    broken_rows: BrokenRows


@dataclass(frozen=True, slots=True)
class Rule:
    """A data-quality rule: `stop` refuses a load, `warn` is counted in the snapshot and shown.

    Stop rules have no findings here: a snapshot holds no row that breaks one (see
    `data_access.importers`).
    """

    name: str
    severity: Severity
    findings: tuple[Finding, ...] = ()

    def title(self, lang: Lang) -> str:
        """Give the rule's name for a table or heading."""
        return t(f"quality.{self.name}.title", lang)

    def why(self, lang: Lang) -> str:
        """Give what goes wrong in the figures when the rule is broken."""
        return t(f"quality.{self.name}.why", lang)

    def fix(self, lang: Lang) -> str:
        """Give what the sender should do about it."""
        return t(f"quality.{self.name}.fix", lang)


def rows_of(
    table: Table,
    value: ColumnElement[Any],
    province: ColumnElement[Any],
    where: ColumnElement[bool],
    source: FromClause | None = None,
) -> "Select[Any]":
    """Give the SELECT of a finding: row, what was seen as text, and the province it counts in."""
    rows = select(
        table.c.source_row.label("row_number"),
        cast(value, String).label("seen"),
        province.label("province_code"),
    )
    return rows.select_from(table if source is None else source).where(where)
