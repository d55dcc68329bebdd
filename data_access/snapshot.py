"""Builds, publishes and opens snapshots: one immutable DuckDB file per refresh.

A snapshot is built beside the live one and published by an atomic rename and an atomically replaced
pointer, so a reader sees the old file or the new one and a killed refresh leaves the old one live.

    <data_dir>/building/            work in progress; emptied by the next refresh
    <data_dir>/snapshots/<id>.duckdb  the last five
    <data_dir>/current              the id of the published one
"""

import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pandas as pd
from filelock import FileLock, Timeout
from sqlalchemy import Engine, Select, create_engine, func, insert, select

from config.settings import BANGKOK, Settings
from data_access import definition_record, derive, quality, quality_notes
from data_access.importers import LoadReport, Origin, read_into, safe_label
from data_access.importers.sources import origin_of
from data_access.pushdown import fetching
from data_access.schema.derived import (
    SNAPSHOT,
    load_info,
    load_tables,
    quality_results,
    snapshot_metadata,
)
from data_access.snapshot_files import put, unless_gone
from data_access.snapshot_problems import NoSnapshot, RefreshRunning, SnapshotBroken

SNAPSHOTS_TO_KEEP = 5
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class SnapshotInfo:
    """A published snapshot: where it is and what it says of itself."""

    snapshot_id: str
    path: Path
    as_of: date
    built_at: datetime
    source: str
    synthetic: bool
    title: str | None


def build(
    settings: Settings,
    source: str | Origin,
    *,
    as_of: date | None = None,
    progress: Progress | None = None,
    on_report: Callable[[LoadReport], None] | None = None,
    prepare: Callable[[SnapshotInfo, int], None] | None = None,
) -> SnapshotInfo:
    """The published snapshot of `source`, after all its rows were read, checked and derived.

    `prepare` is given the finished file before it is published, and the smallest count shown.
    `on_report` is given the report of the load, warnings included, once it is published.
    Raises `BadData` with every problem, `Unreachable`, `RefreshRunning` or `SnapshotBroken`; after
    any of them the last good snapshot is still the live one.
    """
    home = settings.data_dir
    work = home / "building"
    (home / "snapshots").mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "refresh.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as taken:
        raise RefreshRunning(str(home)) from taken
    try:
        shutil.rmtree(work, ignore_errors=True)  # left behind by a refresh that was killed
        work.mkdir()
        built_at = datetime.now(BANGKOK).replace(microsecond=0, tzinfo=None)  # Thai wall time
        snapshot_id = f"{built_at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        report = _load(work, source, as_of, settings.today, progress)
        target = work / "snapshot.duckdb"
        _describe(target, report, snapshot_id, built_at, source)
        _check(target, report)
        if prepare is not None:
            with fetching.one_moment(_engine(target), origin_of(source)):
                prepare(_describes(target), settings.hide_below)
            _engine(target).dispose()  # the next refresh has another file of this name
        info = _publish(home, target, snapshot_id)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.release()
    if on_report is not None:
        on_report(_with_warnings(report, info.path))
    return info


def inspect(
    settings: Settings,
    source: str | Origin,
    *,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """What a load of `source` would hold; nothing is published. Raises as `build` does."""
    with TemporaryDirectory() as folder, duckdb.connect(f"{folder}/check.duckdb") as con:
        report = read_into(con, source, as_of=as_of, today=settings.today, progress=progress)
        target = Path(folder) / "snapshot.duckdb"
        write_tables(con, target, progress)
        writer = create_engine(f"duckdb:///{target}")
        with writer.begin() as connection:
            quality.run(connection, report.as_of)
        writer.dispose()
        return _with_warnings(report, target)


def _with_warnings(report: LoadReport, path: Path) -> LoadReport:
    """The report with a note for each rule that some row of the finished file breaks."""
    reader = create_engine(f"duckdb:///{path}", connect_args={"read_only": True})
    with reader.connect() as connection:
        warnings = quality_notes.notes(connection)
    reader.dispose()
    return replace(report, notes=(*report.notes, *warnings))


def current(data_dir: Path) -> SnapshotInfo:
    """The published snapshot of a data directory; raises `NoSnapshot` where there is none."""
    path = data_dir / "snapshots" / f"{current_id(data_dir)}.duckdb"
    if not path.is_file():
        raise NoSnapshot(str(path))
    return _info(path)


def current_id(data_dir: Path) -> str:
    """The id of the published snapshot, whose file nobody looked for; raises `NoSnapshot`."""
    try:
        return (data_dir / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError as missing:
        raise NoSnapshot(str(data_dir)) from missing


def snapshots(data_dir: Path) -> tuple[SnapshotInfo, ...]:
    """The published snapshot and the older ones still there, newest first.

    Only those about the same kind of data: who may see real data is not asked about a sample.
    """
    live = current(data_dir)
    files = sorted((data_dir / "snapshots").glob("*.duckdb"), reverse=True)
    older = (path for path in files if path != live.path)
    return (live, *_readable_of(older, synthetic=live.synthetic))


def before(info: SnapshotInfo) -> SnapshotInfo | None:
    """The newest kept snapshot that is older than this one and about the same kind of data."""
    files = sorted((info.path.parents[1] / "snapshots").glob("*.duckdb"), reverse=True)
    older = (path for path in files if path.stem < info.snapshot_id)
    return next(_readable_of(older, synthetic=info.synthetic), None)


def _readable_of(files: Iterable[Path], *, synthetic: bool) -> Iterator[SnapshotInfo]:
    """Those of one kind of data, without a file that a refresh has just taken away."""
    for path in files:
        with unless_gone(path):
            if (info := _info(path)).synthetic == synthetic:
                yield info


def engine(info: SnapshotInfo) -> Engine:
    """A read-only engine on the snapshot; the same one for every caller in the process."""
    return _engine(info.path)


def read_frame(statement: Select[Any], info: SnapshotInfo) -> pd.DataFrame:
    """The rows of a SELECT, columns as the store types them."""
    with engine(info).connect() as connection:
        result = connection.execute(statement)
        rows = [tuple(row) for row in result.fetchall()]  # pandas is slow on SQLAlchemy's own rows
        return pd.DataFrame(rows, columns=list(result.keys()))


@lru_cache(maxsize=2 * SNAPSHOTS_TO_KEEP)  # those kept, and one that is being built
def _engine(path: Path) -> Engine:
    # A series joins every row to its list of periods on purpose: no warning about that product.
    return fetching.watch(
        create_engine(
            f"duckdb:///{path}", connect_args={"read_only": True}, enable_from_linting=False
        )
    )


@lru_cache(maxsize=2 * SNAPSHOTS_TO_KEEP)
def _info(path: Path) -> SnapshotInfo:
    return _describes(path)


def _describes(path: Path) -> SnapshotInfo:
    """What a snapshot file says of itself, read anew."""
    with _engine(path).connect() as connection:
        row = connection.execute(select(load_info)).one()
    return SnapshotInfo(
        row.snapshot_id, path, row.as_of, row.built_at, row.source, row.synthetic, row.title
    )


def _load(
    work: Path, source: str | Origin, as_of: date | None, today: date, progress: Progress | None
) -> LoadReport:
    """Reads the source into a staging file, then writes the derived tables into the new one."""
    with duckdb.connect(str(work / "staging.duckdb")) as con:
        report = read_into(con, source, as_of=as_of, today=today, progress=progress)
        write_tables(con, work / "snapshot.duckdb", progress)
    return report


def write_tables(
    con: duckdb.DuckDBPyConnection, target: Path, progress: Progress | None = None
) -> None:
    """Writes the snapshot tables, derived columns included, into a new file."""
    con.execute(f"ATTACH '{target}' AS snap")
    con.execute(f"CREATE TEMP TABLE case_place AS {derive.sql('case_place')}")
    for done, name in enumerate(SNAPSHOT):
        if progress:
            progress("derive", done, len(SNAPSHOT))
        con.execute(f"CREATE TABLE snap.{name} AS {derive.sql(name)}")
    con.execute("DETACH snap")


def _describe(
    target: Path, report: LoadReport, snapshot_id: str, built_at: datetime, source: str | Origin
) -> None:
    """Adds what the snapshot says of itself, and the results of the data-quality rules."""
    writer = create_engine(f"duckdb:///{target}")
    own = [load_info, load_tables, quality_results]
    with writer.begin() as connection:
        snapshot_metadata.create_all(connection, tables=own)
        connection.execute(
            insert(load_info).values(
                snapshot_id=snapshot_id,
                as_of=report.as_of,
                built_at=built_at,
                source=safe_label(source),  # a database URL without its password
                synthetic=report.synthetic,
                title=report.title,
            )
        )
        connection.execute(
            insert(load_tables),
            [
                {"table_name": n, "rows": report.rows.get(n, 0), "present": n in report.present}
                for n in SNAPSHOT
            ],
        )
        definition_record.write(connection)
        quality.run(connection, report.as_of)
        if report.left_there:
            fetching.write_tables(connection, report)
    writer.dispose()


def _check(target: Path, report: LoadReport) -> None:
    """Raises where a join lost or doubled rows: such a snapshot is not published."""
    reader = create_engine(f"duckdb:///{target}", connect_args={"read_only": True})
    with reader.connect() as connection:
        for name, wanted in report.rows.items():
            if name in report.left_there:
                continue
            found = connection.execute(
                select(func.count()).select_from(SNAPSHOT[name])
            ).scalar_one()
            if found != wanted:
                raise SnapshotBroken(f"{name}: loaded {wanted} rows; got: {found}")
    reader.dispose()


def _publish(home: Path, target: Path, snapshot_id: str) -> SnapshotInfo:
    final = home / "snapshots" / f"{snapshot_id}.duckdb"
    put(target, final)
    point(home, snapshot_id, home / "building" / "current")
    _prune(home, final)
    return _info(final)


def point(home: Path, snapshot_id: str, beside: Path) -> None:
    """Makes a snapshot of the data directory the live one; `beside` is written on the way."""
    beside.write_text(snapshot_id, encoding="utf-8")
    put(beside, home / "current")


def _prune(home: Path, live: Path) -> None:
    """Keeps the newest five; a reader that still has an older one open keeps reading it."""
    for old in sorted((home / "snapshots").glob("*.duckdb"), reverse=True)[SNAPSHOTS_TO_KEEP:]:
        if old != live:
            old.unlink(missing_ok=True)
