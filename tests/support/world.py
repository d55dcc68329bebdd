"""Small worlds for tests: rows by hand in, a snapshot file (derived as in production) out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from duckdb_sqlalchemy import Dialect
from sqlalchemy import Column
from sqlalchemy.schema import CreateTable

from data_access import snapshot
from data_access.schema.derived import load_info, load_tables, quality_results
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.snapshot import SnapshotInfo

Rows = Mapping[str, Iterable[Mapping[str, Any]]]
AS_OF = date(2026, 9, 30)


def drawn(text: str) -> list[dict[str, Any]]:
    """Rows of a table drawn as text: a heading line, then a line per row, cells parted by spaces.

    `.` is an empty cell; an ISO date becomes a date, digits without a leading zero a whole number
    — except in columns whose name ends in `code` or `id`, which stay text.
    """
    heading, *lines = [line.split() for line in text.strip().splitlines()]
    return [
        {name: _cell(name, cell) for name, cell in zip(heading, line, strict=True)}
        for line in lines
    ]


def _cell(name: str, cell: str) -> Any:
    if cell == ".":
        return None
    if name.endswith(("code", "id")):
        return cell
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        return date.fromisoformat(cell)
    if cell in ("true", "false"):
        return cell == "true"
    return int(cell) if cell.isdigit() else cell


def make(folder: Path, tables: Rows, *, as_of: date = AS_OF, name: str = "world") -> SnapshotInfo:
    """A snapshot file holding these rows, columns not named being empty."""
    path = folder / f"{name}.duckdb"
    con = _staging()
    filled = [table for table in EXCHANGE_TABLES if tables.get(table)]
    try:
        for table_name in filled:
            table = EXCHANGE_TABLES[table_name]
            rows = [
                [row.get(c.name) for c in table.c] + [number]
                for number, row in enumerate(tables[table_name], start=2)
            ]
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                con.executemany(f"INSERT INTO {table_name} VALUES ({marks})", rows)
        snapshot.write_tables(con, path)
        return _described(con, path, tables, as_of)
    finally:
        con.execute("DROP TABLE IF EXISTS case_place")
        for table_name in filled:
            con.execute(f"DELETE FROM {table_name}")


@cache
def _staging() -> duckdb.DuckDBPyConnection:
    """Empty exchange tables in memory, made once for all worlds of a process."""
    con = duckdb.connect()
    for name, table in EXCHANGE_TABLES.items():
        columns = ", ".join(f"{c.name} {_type(c)}" for c in table.c)
        con.execute(f"CREATE TABLE {name} ({columns}, source_row INTEGER)")
    return con


@cache
def _own_tables() -> list[str]:
    """How the tables are made in which a snapshot speaks of itself."""
    own = (load_info, load_tables, quality_results)
    return [str(CreateTable(table).compile(dialect=Dialect())) for table in own]


def _described(
    con: duckdb.DuckDBPyConnection, path: Path, tables: Rows, as_of: date
) -> SnapshotInfo:
    built_at = datetime(2026, 10, 1, 8, 0)
    con.execute(f"ATTACH '{path}' AS made")
    con.execute("USE made")
    try:
        for statement in _own_tables():
            con.execute(statement)
        con.execute(
            "INSERT INTO load_info (snapshot_id, as_of, built_at, source, synthetic)"
            " VALUES (?, ?, ?, 'test', true)",
            [path.stem, as_of, built_at],
        )
        con.executemany(
            'INSERT INTO load_tables (table_name, "rows", present) VALUES (?, ?, ?)',
            [[n, len(list(tables.get(n, ()))), n in tables] for n in EXCHANGE_TABLES],
        )
    finally:
        con.execute("USE memory")
        con.execute("DETACH made")
    return SnapshotInfo(path.stem, path, as_of, built_at, "test", True, None)


def _type(column: Column[Any]) -> str:
    return str(column.type.compile(dialect=Dialect()))
