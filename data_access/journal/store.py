"""The one door to what people write: read revisions, append one. Nothing is changed or deleted.

A revision is written as number n + 1 of what its author had read as number n. Where somebody else
has written n + 1 meanwhile the database refuses the second one, and its author is told.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Table, create_engine, func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from data_access.journal.tables import METADATA

CONNECT_SECONDS = 5
DEADLOCKS = 10  # how often a writer is ended in favour of another one before giving up
_MARIADB_DEADLOCK = 1213
WAIT_SECONDS = 30  # how long a writer waits for another one of the same SQLite file


class JournalProblem(Exception):
    """Something about what people write; nothing was written."""


class JournalUnreachable(JournalProblem):
    """The database cannot be reached or used; the message holds no address."""


class OldRevision(JournalProblem):
    """Somebody else has written since: `newest` is the number of the newest revision."""

    def __init__(self, entry_id: str, newest: int) -> None:
        super().__init__(f"{entry_id}: revision {newest} was written meanwhile")
        self.newest = newest


class Journal:
    """The database at one address. It is made with its tables when something is first written."""

    def __init__(self, url: str) -> None:
        self._url = url

    def revisions(self, table: Table) -> pd.DataFrame:
        """Give all revisions of a table in their order; none where nothing was ever written."""
        columns = [column.name for column in table.c]
        if self._is_absent():
            return pd.DataFrame(columns=columns)
        with _reachable(), _engine(self._url).connect() as connection:
            if not inspect(connection).has_table(table.name):
                return pd.DataFrame(columns=columns)
            order = (table.c.entry_id, table.c.revision)
            rows = connection.execute(select(table).order_by(*order)).mappings().all()
        return pd.DataFrame(rows, columns=columns)

    def newest(self, table: Table) -> pd.DataFrame:
        """Give the newest revision of each entry."""
        return self.revisions(table).groupby("entry_id", sort=False).tail(1).reset_index(drop=True)

    def append(
        self, table: Table, row: Mapping[str, Any], before_commit: Callable[[], None]
    ) -> None:
        """Append one revision; OldRevision where its number is taken, or not the next one.

        `before_commit` is called when the row is in and not yet kept: what it raises undoes it.
        """
        mine = table.c.entry_id == row["entry_id"]
        newest = select(func.coalesce(func.max(table.c.revision), 0)).where(mine)
        earlier = newest.where(table.c.revision < row["revision"])
        with _reachable():
            engine = _with_tables(self._url)
            try:
                with _transaction(engine, table, row) as connection:
                    _must_be(connection.execute(earlier).scalar_one(), row)
                    before_commit()
            except IntegrityError as problem:
                with engine.connect() as connection:
                    _must_be(connection.execute(newest).scalar_one(), row)
                raise JournalProblem("a row without something that it must have") from problem

    def _is_absent(self) -> bool:
        """Whether this is a file that is not there: reading must not make one."""
        url = make_url(self._url)
        file = url.database if url.get_backend_name() == "sqlite" else None
        return bool(file) and not Path(str(file)).exists()


@contextmanager
def _transaction(engine: Engine, table: Table, row: Mapping[str, Any]) -> Iterator[Connection]:
    """A transaction that begins with the row; kept at the end, undone by what is raised within.

    Where MariaDB ends one of several that wait for the same number, that one comes again.
    """
    for times in range(DEADLOCKS):
        with engine.begin() as connection:
            try:
                connection.execute(table.insert().values(**row))
            except OperationalError as problem:
                code = problem.orig.args[:1] if problem.orig else ()
                if code != (_MARIADB_DEADLOCK,) or times == DEADLOCKS - 1:
                    raise
                connection.rollback()
                continue
            yield connection
            return


def _must_be(newest: int, row: Mapping[str, Any]) -> None:
    """Raise where a row is not the revision after the newest one."""
    if newest != row["revision"] - 1:
        raise OldRevision(row["entry_id"], newest)


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, ImportError) as problem:
        kind = type(problem.orig if isinstance(problem, DBAPIError) else problem).__name__
        raise JournalUnreachable(kind) from problem


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        # No pool: a file that was restored meanwhile is another file of the same name.
        return create_engine(url, connect_args={"timeout": WAIT_SECONDS}, poolclass=NullPool)
    # A server that does not answer keeps a page waiting no longer than this.
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})


@lru_cache(maxsize=8)
def _with_tables_once(url: str, _inode: int) -> Engine:
    engine = _engine(url)
    for table in METADATA.sorted_tables:
        try:
            table.create(engine, checkfirst=True)
        except DBAPIError:
            # Somebody else made it between the look and the statement: one race for each table.
            table.create(engine, checkfirst=True)
    return engine


def _with_tables(url: str) -> Engine:
    """The engine with all tables there; a file that was restored meanwhile is looked at anew."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return _with_tables_once(url, 0)
    path = Path(parsed.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    return _with_tables_once(url, path.stat().st_ino)
