"""Runs the warn rules over a snapshot that is being built and keeps what they found."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
from duckdb_sqlalchemy import Dialect
from sqlalchemy import Connection, Insert, String, delete, func, insert, literal, select
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.expression import Executable

from data_access.quality.finding import Finding, Rule
from data_access.quality.registry import WARN_RULES
from data_access.schema.derived import quality_results

COLUMNS = [column.name for column in quality_results.c]


def run(connection: Connection | duckdb.DuckDBPyConnection, as_of: date) -> dict[str, int]:
    """Fill `quality_results` anew and give the number of rows that break each warn rule.

    The snapshot's tables must stand with their derived columns. `as_of` is the day the load stands
    for; what lies after it is the future. Rules that nothing breaks are there with 0.
    """
    for statement in _statements(as_of):
        if isinstance(connection, Connection):
            connection.execute(statement)
        else:
            connection.execute(_sql(statement))
    counts = select(quality_results.c.rule, func.count()).group_by(quality_results.c.rule)
    counted: list[Any] = (
        list(connection.execute(counts))
        if isinstance(connection, Connection)
        else connection.execute(_sql(counts)).fetchall()
    )
    return dict.fromkeys((rule.name for rule in WARN_RULES), 0) | {r[0]: int(r[1]) for r in counted}


def _statements(as_of: date) -> "Iterator[Executable]":
    yield CreateTable(quality_results, if_not_exists=True)
    yield delete(quality_results)
    for rule in WARN_RULES:
        for finding in rule.findings:
            yield _result_rows(rule, finding, as_of)


def _result_rows(rule: Rule, finding: Finding, as_of: date) -> Insert:
    broken = finding.broken_rows(as_of).subquery("broken")
    row: dict[str, Any] = {
        "rule": literal(rule.name, String),
        "severity": literal(rule.severity, String),
        "table_name": literal(finding.table.name, String),
        "row_number": broken.c.row_number,
        "column_name": literal(finding.column, String),
        "seen": broken.c.seen,
        "province_code": broken.c.province_code,
    }
    return insert(quality_results).from_select(COLUMNS, select(*(row[c] for c in COLUMNS)))


def _sql(statement: Any) -> str:
    options = {} if isinstance(statement, CreateTable) else {"literal_binds": True}
    return str(statement.compile(dialect=Dialect(), compile_kwargs=options))
