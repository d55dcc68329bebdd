"""Decisions written into the snapshot when it is built: which cells of a table are hidden.

A snapshot built before there were such tables, or a table that no page asks for, has nothing
written: then it is decided when it is first asked for.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
from sqlalchemy import create_engine, inspect, select

from data_access.schema.derived import disclosure_cells, disclosure_tables
from data_access.snapshot import SnapshotInfo, engine

if TYPE_CHECKING:
    from data_access.disclosure.decisions import Case

# Written beside each decision: one made by another rule is not read. Raise it with the rule.
RULE = 4
# Put before the rule of decisions that were made of more rows: only `read_older` finds them.
OUTDATED = "outdated"
CACHE_SIZE = 512

Cells = Mapping[tuple[str, str], str]


def read(level: str, case: "Case", snapshot: SnapshotInfo) -> Cells | None:
    """The hidden cells of a table as the snapshot has them written; None where it has not."""
    return _decisions_about(_about(level, case), snapshot).get(_decided_for(case))


def read_older(level: str, case: "Case", snapshot: SnapshotInfo) -> Cells:
    """The cells of a table that the snapshot once hid: by another rule, or before rows were taken
    out of it."""
    own = _about(level, case)
    rest = own.partition(" ")[2]
    decided = _decided_for(case)
    cells: dict[tuple[str, str], str] = {}
    for about in _every_about(snapshot):
        if about != own and about.endswith(f" {rest}"):
            cells |= _decisions_about(about, snapshot).get(decided, {})
    return cells


@lru_cache(maxsize=8)
def _every_about(snapshot: SnapshotInfo) -> tuple[str, ...]:
    if not _has_store(snapshot):
        return ()
    with engine(snapshot).connect() as connection:
        return tuple(connection.execute(select(disclosure_tables.c.about).distinct()).scalars())


@lru_cache(maxsize=CACHE_SIZE)
def _decisions_about(about: str, snapshot: SnapshotInfo) -> Mapping[str, Cells]:
    """All periods of one kind of table, read at once: a series asks for many."""
    if not _has_store(snapshot):
        return {}
    tables, cells = disclosure_tables.c, disclosure_cells.c
    with engine(snapshot).connect() as connection:
        decided = connection.execute(select(tables.decided_for).where(tables.about == about))
        found: dict[str, dict[tuple[str, str], str]] = {one: {} for one in decided.scalars()}
        columns = (cells.decided_for, cells.area_code, cells.slice, cells.reason)
        for one, area, slice_, reason in connection.execute(
            select(*columns).where(cells.about == about)
        ):
            found[one][area, slice_] = reason
    return found


@lru_cache(maxsize=8)
def _has_store(snapshot: SnapshotInfo) -> bool:
    return inspect(engine(snapshot)).has_table(disclosure_tables.name)


def write(snapshot: SnapshotInfo, decisions: Mapping[tuple[str, "Case"], Cells]) -> None:
    """Write decisions, keyed by level and case, into a snapshot file that nobody reads yet."""
    engine(snapshot).dispose()  # DuckDB opens a file for reading or for writing
    tables = [(_about(level, case), _decided_for(case)) for level, case in decisions]
    cells = [
        (*key, area, slice_, reason)
        for key, hidden in zip(tables, decisions.values(), strict=True)
        for (area, slice_), reason in hidden.items()
    ]
    writer = create_engine(f"duckdb:///{snapshot.path}")
    with writer.begin() as connection:
        disclosure_tables.create(connection)
        disclosure_cells.create(connection)
    writer.dispose()
    # As columns at once: rows one by one took longer than many of the decisions.
    with duckdb.connect(str(snapshot.path)) as file:
        for table, rows in ((disclosure_tables, tables), (disclosure_cells, cells)):
            columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
            arrays = [pa.array(column, pa.string()) for column in columns]
            file.from_arrow(pa.table(arrays, table.columns.keys())).insert_into(table.name)
    forget()


def forget() -> None:
    """Read snapshots anew: whether they have decisions may have changed."""
    _has_store.cache_clear()
    _every_about.cache_clear()
    _decisions_about.cache_clear()


def _about(level: str, case: "Case") -> str:
    base = "base" if case.base else "count"
    return f"{RULE} {level} {base} {'+'.join(case.names)} {case.breakdown or ''}"


def _decided_for(case: "Case") -> str:
    span = f"{case.span.start.isoformat()} {case.span.end.isoformat()}"
    return f"{span} {case.least} {case.least_sensitive}"
