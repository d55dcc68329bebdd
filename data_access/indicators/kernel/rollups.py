"""Cubes that a snapshot holds, written when it is built, so that no page has to count rows.

Each is known by the statement that it answers: a definition that was changed since asks another
statement, finds nothing written, and is counted from the rows.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import Connection, Engine, Select, create_engine, inspect, select

from config.thai_calendar import FiscalYear, Span, fiscal_year_of, month_of
from data_access.indicators.kernel.query import Query
from data_access.schema.derived import rollup_cells, rollup_statements

RECORD_YEARS = 5  # fiscal years that trends show
RECORD_MONTHS = 25  # two years of whole months, and the one that has begun

LABELS = ("province_code", "district_code", "target_group", "slice")


class AddsUp(StrEnum):
    """What the cells of a cube may be summed over."""

    GROUPS = "groups"  # places and target groups
    PLACES = "places"  # places alone: a unit may stand in several target groups
    NOTHING = "nothing"


@dataclass(frozen=True)
class Cells:
    """The cells of a statement as Arrow, and what they may be summed over.

    Columns are those of `rollup_cells` that the statement tells; no rows where nothing adds up.
    """

    adds_up: AddsUp
    table: pa.Table


def fingerprint(statement: Select[Any], connection: Connection) -> str:
    """What a statement is known by: its SQL and values, hashed."""
    made = statement.compile(dialect=connection.dialect)
    values = sorted((name, str(value)) for name, value in made.params.items())
    return hashlib.sha256(f"{made}{values}".encode()).hexdigest()


def read(connection: Connection, statement: Select[Any]) -> Cells | None:
    """The cells that the snapshot holds of a statement; None where it holds none."""
    found = _contents(connection.engine, connection.engine.pool)
    entry = found.get(fingerprint(statement, connection)) if found else None
    if entry is None:
        return None
    number, adds_up, names = entry
    columns = [rollup_cells.c[name] for name in names]
    asked = select(*columns).where(rollup_cells.c.rollup == number)
    return Cells(adds_up, connection.execute(asked).cursor.to_arrow_table())


def has_any(connection: Connection) -> bool:
    """True where the snapshot holds cubes at all."""
    return bool(_contents(connection.engine, connection.engine.pool))


def record(as_of: date) -> tuple[Query, ...]:
    """The series that a snapshot holds of everything: quarters and years of the record, and the
    last months, about the whole country by province."""
    year, month = fiscal_year_of(as_of), month_of(as_of)
    years = Span(FiscalYear(year.be - RECORD_YEARS + 1).start, year.end)
    number = month.start.year * 12 + month.start.month - RECORD_MONTHS
    first = date(number // 12, number % 12 + 1, 1)
    asked = Query(as_of, area="province")
    return (
        asked.but(over="quarter", span=years),
        asked.but(over="fiscal_year", span=years),
        asked.but(over="month", span=Span(first, month.end)),
    )


def moments_of(query: Query, series: Query, *, stock: bool) -> list[int] | None:
    """Which periods of a series the periods of a question are; None where it has others.

    A stock is of its period's last day, whenever that began.
    """
    if query.area != series.area or (query.over not in (None, series.over) and not stock):
        return None
    have = {(None if stock else s.start, s.end): n for n, s in enumerate(series.periods())}
    found = [have.get((None if stock else s.start, s.end)) for s in query.periods()]
    return None if None in found else [n for n in found if n is not None]


@lru_cache(maxsize=8)
def _contents(engine: Engine, pool: Any) -> dict[str, tuple[int, AddsUp, tuple[str, ...]]]:
    """Number, sums and columns of every cube that a snapshot holds, by fingerprint."""
    del pool  # an engine that was disposed of has another: its file may be another one
    if not inspect(engine).has_table(rollup_statements.name):
        return {}
    with engine.connect() as connection:
        rows = connection.execute(select(rollup_statements)).fetchall()
    return {
        row.statement: (row.rollup, AddsUp(row.adds_up), tuple(row.columns.split())) for row in rows
    }


def write(path: Path, cubes: Iterable[tuple[str, Cells]]) -> None:
    """Write cubes, each with its fingerprint, into a snapshot file that nobody has open."""
    writer = create_engine(f"duckdb:///{path}")
    with writer.begin() as connection:
        rollup_statements.create(connection)
        rollup_cells.create(connection)
    writer.dispose()
    with duckdb.connect(str(path)) as file:
        for number, (statement, cells) in enumerate(cubes):
            names = cells.table.column_names
            entry = {
                "rollup": [number], "statement": [statement],
                "adds_up": [cells.adds_up.value], "columns": [" ".join(names)],
            }  # fmt: skip
            file.from_arrow(pa.table(entry)).insert_into(rollup_statements.name)
            file.from_arrow(_all_columns(number, cells.table)).insert_into(rollup_cells.name)


def _all_columns(number: int, cells: pa.Table) -> pa.Table:
    columns = {"rollup": pa.array([number] * cells.num_rows, pa.int32())}
    for column in rollup_cells.columns.keys()[1:]:
        type_ = pa.string() if column in LABELS else pa.int64()
        told = column in cells.column_names
        columns[column] = cells[column].cast(type_) if told else pa.nulls(cells.num_rows, type_)
    return pa.table(columns)
