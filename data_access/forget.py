"""Takes one person's or family's rows out of snapshots: the live one, older ones, and backups.

A snapshot is never changed in place: a new file without the rows takes its place, under a new id,
so that no cache serves the old one. Rows are copied into the new file, so that nothing of what was
deleted is left in it. Whatever names a row that goes, goes too; a mere mention becomes empty.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args

import duckdb
from filelock import FileLock, Timeout
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    create_engine,
    delete,
    func,
    or_,
    select,
    update,
)

from data_access import quality
from data_access.disclosure.store import OUTDATED
from data_access.schema.derived import (
    SNAPSHOT,
    WRITTEN_AHEAD,
    disclosure_cells,
    disclosure_tables,
    load_info,
    load_tables,
    quality_results,
    snapshot_metadata,
)
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.snapshot import RefreshRunning

Kind = Literal["family", "case", "worker", "volunteer"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_KEYS: dict[Kind, tuple[str, str]] = {
    "family": ("families", "family_id"),
    "case": ("cases", "case_id"),
    "worker": ("workers", "worker_id"),
    "volunteer": ("volunteers", "volunteer_id"),
}
# Columns that name a worker or a volunteer, whichever has the id.
_EITHER = ("person_id", "receiver_id")
Rows = dict[str, int]


def files(folder: Path) -> list[Path]:
    """Give the snapshot files of a folder, newest first."""
    return sorted(folder.glob("*.duckdb"), reverse=True)


def count(path: Path, kind: Kind, key: str) -> Rows:
    """Give how many rows of each table of a snapshot would go or lose a mention."""
    reader = create_engine(f"duckdb:///{path}", connect_args={"read_only": True})
    try:
        with reader.connect() as connection:
            named: dict[str, list[ColumnElement[bool]]] = {}
            for column, ids in _columns_with_ids(connection, kind, key):
                named.setdefault(column.table.name, []).append(column.in_(ids))
            counted = {
                name: connection.scalar(
                    select(func.count()).select_from(SNAPSHOT[name]).where(or_(*conditions))
                )
                for name, conditions in named.items()
            }
            return {name: rows for name, rows in counted.items() if rows}
    finally:
        reader.dispose()


def forget(data_dir: Path, kind: Kind, key: str, folder: Path | None = None) -> dict[str, Rows]:
    """Take the rows out of every snapshot of the data directory, or of another folder of them.

    Gives the rows by table for each file that held any, under its old name. Raises RefreshRunning
    while a refresh builds: it might publish what was just taken out.
    """
    place = folder or data_dir / "snapshots"
    lock = FileLock(data_dir / "refresh.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as taken:
        raise RefreshRunning(str(data_dir)) from taken
    try:
        done: dict[str, Rows] = {}
        for path in files(place):
            if rows := count(path, kind, key):
                done[path.name] = rows
                _replace(path, kind, key, data_dir if folder is None else None)
        return done
    finally:
        lock.release()


def _columns_with_ids(
    connection: Connection, kind: Kind, key: str
) -> Iterator[tuple[Column[Any], list[str]]]:
    """Every column that names the row or a row that goes with it, with the ids it may hold."""
    table, column = _KEYS[kind]
    waiting = [(table, column, [key])]
    while waiting:
        table, column, ids = waiting.pop()
        yield SNAPSHOT[table].c[column], ids
        for child in _columns_naming(f"{table}.{column}"):
            yield child, ids
            if _goes(child) and (own := _own_key(child.table.name)):
                rows = select(child.table.c[own]).where(child.in_(ids))
                waiting.append((child.table.name, own, list(connection.scalars(rows))))
    if kind in ("worker", "volunteer"):
        yield from ((column, [key]) for column in _columns_called(_EITHER))


def _columns_naming(target: str) -> list[Column[Any]]:
    return [
        SNAPSHOT[name].c[column.name]
        for name, table in EXCHANGE_TABLES.items()
        for column in table.c
        if column.info.get("references") == target
    ]


def _columns_called(names: tuple[str, ...]) -> list[Column[Any]]:
    return [table.c[name] for table in SNAPSHOT.values() for name in names if name in table.c]


def _own_key(table: str) -> str | None:
    """The column by which other tables name rows of this one; None where none does."""
    keys = EXCHANGE_TABLES[table].info["key"]
    return keys[0] if len(keys) == 1 and _columns_naming(f"{table}.{keys[0]}") else None


def _goes(column: Column[Any]) -> bool:
    """Whether a row goes where this column names what goes; otherwise only the mention does."""
    raw = EXCHANGE_TABLES[column.table.name].c[column.name]
    return bool(raw.info.get("required")) or column.name in _EITHER


def _replace(path: Path, kind: Kind, key: str, published_in: Path | None) -> None:
    """Put a file without the rows in the place of `path`; the pointer follows where it is live."""
    work, fresh = path.with_suffix(".forgetting"), path.with_suffix(".fresh")
    snapshot_id = f"{path.stem.rsplit('-', 1)[0]}-{secrets.token_hex(3)}"
    final = path.with_name(f"{snapshot_id}.duckdb")
    for left_over in (work, fresh):
        left_over.unlink(missing_ok=True)
    try:
        shutil.copyfile(path, work)
        _delete(work, kind, key, snapshot_id)
        _copy(work, fresh)
        os.replace(fresh, final)
        if published_in is not None:
            _point(published_in / "current", path.stem, snapshot_id)
        path.unlink()
    finally:
        work.unlink(missing_ok=True)
        fresh.unlink(missing_ok=True)


def _delete(path: Path, kind: Kind, key: str, snapshot_id: str) -> None:
    writer = create_engine(f"duckdb:///{path}")
    with writer.begin() as connection:
        for column, ids in list(_columns_with_ids(connection, kind, key)):
            if _goes(column):
                connection.execute(delete(column.table).where(column.in_(ids)))
            else:
                changed = update(column.table).where(column.in_(ids))
                connection.execute(changed.values({column.name: None}))
        for name, table in SNAPSHOT.items():
            rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
            own = load_tables.c.table_name == name
            connection.execute(update(load_tables).where(own).values(rows=rows))
        connection.execute(update(load_info).values(snapshot_id=snapshot_id))
        connection.execute(delete(quality_results))
        quality.run(connection, connection.execute(select(load_info.c.as_of)).scalar_one())
    writer.dispose()


def _copy(path: Path, fresh: Path) -> None:
    """Copy what is left into a new file: the old one keeps deleted rows in its free blocks.

    Decisions about hidden cells, and cubes, were made of the rows before: they are made anew. What
    was hidden stays hidden: it names areas and slices, and nobody's rows.
    """
    with duckdb.connect(str(path), read_only=True) as old, duckdb.connect(str(fresh)) as new:
        ahead = {table.name for table in WRITTEN_AHEAD}
        there = {name for (name,) in old.sql("SHOW TABLES").fetchall()}
        for name in (one for one in snapshot_metadata.tables if one in there - ahead):
            new.from_arrow(old.table(name).fetch_record_batch()).create(name)
        decisions = {disclosure_tables.name, disclosure_cells.name}
        for name in sorted(decisions & there):
            rows = old.table(name).project(f"* REPLACE ('{OUTDATED} ' || about AS about)")
            new.from_arrow(rows.fetch_record_batch()).create(name)


def _point(pointer: Path, old: str, new: str) -> None:
    if pointer.read_text(encoding="utf-8").strip() == old:
        beside = pointer.with_suffix(".forgetting")
        beside.write_text(new, encoding="utf-8")
        os.replace(beside, pointer)
