"""Cubes that a snapshot holds, written when it is built, so that no page has to count rows.

Each is known by the statement that it answers: a definition that was changed since asks another
statement, finds nothing written, and is counted from the rows.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import Connection, Engine, Select, create_engine, inspect, select

from data_access.schema.derived import rollup_cells, rollup_statements

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
    found = _written(connection.engine, connection.engine.pool)
    entry = found.get(fingerprint(statement, connection)) if found else None
    if entry is None:
        return None
    number, adds_up, names = entry
    columns = [rollup_cells.c[name] for name in names]
    asked = select(*columns).where(rollup_cells.c.rollup == number)
    return Cells(adds_up, connection.execute(asked).cursor.to_arrow_table())


@lru_cache(maxsize=8)
def _written(engine: Engine, pool: Any) -> dict[str, tuple[int, AddsUp, tuple[str, ...]]]:
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
