"""Small worlds for tests: rows by hand in, a snapshot file (derived as in production) out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from duckdb_sqlalchemy import Dialect
from sqlalchemy import Column, create_engine, insert

from data_access import snapshot
from data_access.schema.derived import load_info, load_tables, quality_results, snapshot_metadata
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
    with duckdb.connect() as con:
        for table_name, table in EXCHANGE_TABLES.items():
            columns = ", ".join(f"{c.name} {_type(c)}" for c in table.c)
            con.execute(f"CREATE TABLE {table_name} ({columns}, source_row INTEGER)")
            for number, row in enumerate(tables.get(table_name, ()), start=2):
                full = [row.get(c.name) for c in table.c] + [number]
                marks = ", ".join("?" * len(full))
                con.execute(f"INSERT INTO {table_name} VALUES ({marks})", full)
        snapshot.write_tables(con, path)
    return _described(path, tables, as_of)


def _described(path: Path, tables: Rows, as_of: date) -> SnapshotInfo:
    built_at = datetime(2026, 10, 1, 8, 0)
    engine = create_engine(f"duckdb:///{path}")
    with engine.begin() as connection:
        own = [load_info, load_tables, quality_results]
        snapshot_metadata.create_all(connection, tables=own)
        facts = {"snapshot_id": path.stem, "as_of": as_of, "built_at": built_at}
        connection.execute(insert(load_info).values(**facts, source="test", synthetic=True))
        listed = [
            {"table_name": n, "rows": len(list(tables.get(n, ()))), "present": n in tables}
            for n in EXCHANGE_TABLES
        ]
        connection.execute(insert(load_tables), listed)
    engine.dispose()
    return SnapshotInfo(path.stem, path, as_of, built_at, "test", True, None)


def _type(column: Column[Any]) -> str:
    return str(column.type.compile(dialect=Dialect()))
