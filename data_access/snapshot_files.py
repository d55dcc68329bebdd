"""Files of snapshots: named once they are whole, and taken away while others may read them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError


def put(path: Path, final: Path) -> None:
    """Gives a finished file its name; after a power cut it is there whole or not at all."""
    _flush(path)
    os.replace(path, final)
    _flush(final.parent)


def _flush(path: Path) -> None:
    """Forces a file or a folder's entries to disk, so that a rename never points at nothing."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle on a folder's entries
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def unless_gone(path: Path) -> Iterator[None]:
    """Leave out what reads a snapshot whose file a refresh took away meanwhile.

    Raises `OperationalError` for a file that is there and cannot be read.
    """
    try:
        yield
    except OperationalError:
        if path.exists():
            raise
