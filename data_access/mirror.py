"""Copies what is published in one data directory into another, for servers on other machines.

The other directory gets every snapshot that is kept here and loses those that are not: what
`forget` took out here is gone there too. A copy is written beside, read back, compared by SHA-256
and opened; only then it gets its name, and the pointer moves last. So a reader there never sees
half a file, and a copy that breaks off leaves the live snapshot as it was.

    <target>/snapshots/<id>.part    being copied; emptied by the next copy
    <target>/snapshots/<id>.sha256  as copied, in the form of `sha256sum`
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import duckdb
from filelock import FileLock, Timeout

from data_access.schema.derived import load_info
from data_access.snapshot import (
    NoSnapshot,
    RefreshRunning,
    SnapshotBroken,
    current_id,
    point,
    put,
)

_BLOCK = 4 * 1024 * 1024


@dataclass(frozen=True)
class Mirror:
    """What one copy did: the live snapshot, the ids that came and those that went."""

    snapshot_id: str
    copies: tuple[str, ...]
    removals: tuple[str, ...]


def mirror(source: Path, target: Path) -> Mirror:
    """Brings a data directory to what is published in another; nothing is done where it is so.

    Raises NoSnapshot where nothing is published in `source`, RefreshRunning while `target` is
    being written by somebody else, SnapshotBroken where a copy is not what was sent (the live
    snapshot of `target` stays), and OSError where a folder is out of reach.
    """
    live = current_id(source)
    ids = sorted((path.stem for path in (source / "snapshots").glob("*.duckdb")), reverse=True)
    if live not in ids:
        raise NoSnapshot(str(source))
    folder = target / "snapshots"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(target / "refresh.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as taken:
        raise RefreshRunning(str(target)) from taken
    try:
        for left_over in folder.glob("*.part"):
            left_over.unlink()
        new = []
        for one in (live, *(one for one in ids if one != live)):
            path = source / "snapshots" / f"{one}.duckdb"
            if (folder / path.name).exists():
                continue
            try:
                _copy(path, folder)
            except FileNotFoundError:  # a load has just dropped the oldest
                if one == live:
                    raise
                continue
            new.append(one)
        if not (target / "current").exists() or current_id(target) != live:
            point(target, live, target / "current.part")
        return Mirror(live, tuple(new), _drop_others(folder, ids))
    finally:
        lock.release()


def _copy(path: Path, folder: Path) -> None:
    part = folder / f"{path.stem}.part"
    with path.open("rb") as there, part.open("wb") as here:
        sent = _digest(there, here)
    with part.open("rb") as here:
        got = _digest(here)
    listed = path.with_suffix(".sha256")
    wanted = listed.read_text(encoding="utf-8").split()[0] if listed.exists() else sent
    if not sent == got == wanted:
        raise SnapshotBroken(f"{path.name}: SHA-256 {wanted}; got: {got}")
    _open(part, path.stem)
    put(part, folder / path.name)
    part.write_text(f"{got}  {path.name}\n", encoding="utf-8")
    put(part, folder / listed.name)


def _digest(stream: BinaryIO, copy: BinaryIO | None = None) -> str:
    """The SHA-256 of what is left of a stream, written to another one on the way."""
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
        if copy is not None:
            copy.write(block)
    return digest.hexdigest()


def _open(part: Path, snapshot_id: str) -> None:
    """Raises SnapshotBroken where the file is no snapshot, or another one than its name says."""
    try:
        with duckdb.connect(str(part), read_only=True) as con:
            row = con.table(load_info.name).project("snapshot_id").fetchone()
    except duckdb.Error as problem:
        raise SnapshotBroken(f"{part.name}: {problem}") from problem
    if row != (snapshot_id,):
        raise SnapshotBroken(f"{part.name}: snapshot {snapshot_id}; got: {row}")


def _drop_others(folder: Path, ids: list[str]) -> tuple[str, ...]:
    """Takes away what is not kept at the source; a reader with such a file open keeps reading."""
    gone = [path for path in folder.glob("*.duckdb") if path.stem not in ids]
    for path in gone:
        path.unlink()
        path.with_suffix(".sha256").unlink(missing_ok=True)
    return tuple(path.stem for path in gone)
