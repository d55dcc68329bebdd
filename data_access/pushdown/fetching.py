"""Statements about rows that stayed in the source are answered there.

The tables of clients are empty in a snapshot of a push-down, and `source_tables` says which they
are. A SELECT that reads one of them is sent to the source, and its answer stands in its place:
whoever asks notices nothing but the time. So the roll-ups of a snapshot are counted by the source
while it is built, and what no roll-up foresaw is counted there when it is asked.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import RLock
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    Connection,
    Engine,
    Select,
    SelectBase,
    column,
    event,
    insert,
    inspect,
    select,
    table,
)

from config import settings
from data_access.importers.connection import OpenDatabase
from data_access.importers.problems import Unreachable
from data_access.importers.report import LoadReport
from data_access.importers.sources import Origin, open_database
from data_access.indicators.kernel.rollups import fingerprint
from data_access.pushdown.source_tables import SourceTables, tables_read
from data_access.schema.derived import load_info, source_tables

_SIDE_BY_SIDE = 32  # answers that a connection keeps: more than anybody reads at a time
_MOST_ANSWERS, _MOST_BYTES = 256, 1_000_000  # small answers are kept: the snapshot is of one day
_sources: dict[str, Origin] = {}  # addresses with their passwords, by the label in snapshots
_watches: dict[Engine, "_Watch"] = {}


def watch(engine: Engine) -> Engine:
    """The engine on a snapshot file, its questions about rows that stayed answered by the source.

    These raise `Unreachable` where the source does not answer, or is not that of the settings.
    """
    _watches[engine] = _Watch(engine)
    event.listen(engine, "before_execute", _watches[engine].before_execute, retval=True)
    return engine


@contextmanager
def one_moment(engine: Engine, origin: Origin) -> Iterator[None]:
    """Inside, everything that a source is asked is answered as it was at one moment."""
    _sources[origin.label] = origin
    with engine.connect() as connection:
        stays = _watches[engine].stays(connection)
    if not stays:
        yield
        return
    with _watches[engine].one_session():
        yield


def rows_stayed(connection: Connection) -> bool:
    """True where the tables of clients are not in the snapshot."""
    one = _watches.get(connection.engine)
    return one is not None and bool(one.stays(connection))


def write_tables(connection: Connection, report: LoadReport) -> None:
    """Write into a snapshot that is being built which tables its source has, and what stayed."""
    source_tables.create(connection)
    rows = [
        {"table_name": n, "columns": " ".join(sorted(c)), "rows_stay": n in report.left_there}
        for n, c in report.columns.items()
    ]
    connection.execute(insert(source_tables), rows)


class _Watch:
    """What is known of one snapshot file, and the source while it is open."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = RLock()
        self._looking = False
        self._pool: Any = None
        self._columns: dict[str, frozenset[str]] = {}
        self._stays: frozenset[str] = frozenset()
        self._label = ""
        self._open: OpenDatabase | None = None
        self._answers: OrderedDict[str, pa.Table] = OrderedDict()
        self._number = count()

    def before_execute(
        self, connection: Connection, element: Any, values: Any, more: Any, options: Any
    ) -> tuple[Any, Any, Any]:
        """The statement, or one that reads the source's answer to it."""
        del options
        if isinstance(element, SelectBase) and self.stays(connection):
            names, _ = tables_read(element)
            if self._stays.intersection(names):
                element = self._of_source(connection, element)
        return element, values, more

    def stays(self, connection: Connection) -> frozenset[str]:
        """The tables whose rows stayed in the source."""
        # An engine that was disposed of has another pool: its file may be another one.
        if self._pool is not self._engine.pool:
            with self._lock:
                if self._pool is not self._engine.pool and not self._looking:
                    self._looking = True  # what follows asks this engine, too
                    try:
                        self._look(connection)
                    finally:
                        self._looking = False
        return self._stays

    def _look(self, connection: Connection) -> None:
        self._answers.clear()
        self._columns, self._stays = {}, frozenset()
        if inspect(connection).has_table(source_tables.name):
            rows = connection.execute(select(source_tables)).all()
            self._label = connection.execute(select(load_info.c.source)).scalar_one()
            self._columns = {row.table_name: frozenset(row.columns.split()) for row in rows}
            self._stays = frozenset(row.table_name for row in rows if row.rows_stay)
        self._pool = self._engine.pool

    @contextmanager
    def one_session(self) -> Iterator[None]:
        """The source is open inside, and everything asked there is of one moment."""
        with self._database() as database:
            self._open = database
            try:
                yield
            finally:
                self._open = None

    def _of_source(self, connection: Connection, statement: Any) -> Select[Any]:
        """A SELECT of the rows that the source answers, the columns typed as they were."""
        key = fingerprint(statement, connection)
        answer = self._answers.get(key)
        if answer is None:
            with self._database() as database:
                tables = SourceTables(database.schema, self._columns)
                answer = database.answer(tables.before(statement))
            if answer.nbytes < _MOST_BYTES:
                self._keep(key, answer)
        name = f"answer_{next(self._number) % _SIDE_BY_SIDE}"
        driver: Any = connection.connection.driver_connection
        driver.register(name, answer)
        types = [one.type for one in statement.selected_columns]
        named = [column(n, type_) for n, type_ in zip(answer.column_names, types, strict=True)]
        return select(*named).select_from(table(name, *named))

    def _keep(self, key: str, answer: pa.Table) -> None:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > _MOST_ANSWERS:
                self._answers.popitem(last=False)

    @contextmanager
    def _database(self) -> Iterator[OpenDatabase]:
        if self._open is not None:
            yield self._open
            return
        origin = _sources.get(self._label) or _of_settings(self._label)
        with open_database(origin, origin.source_map().limits) as database:
            yield database


def _of_settings(label: str) -> Origin:
    """The source of the settings, where it is that of the snapshot."""
    chosen = settings.load()
    if chosen.source is not None:
        origin = Origin(chosen.source, chosen.source_map, rows_stay=True)
        if origin.label == label:
            return origin
    raise Unreachable(label, "rows_stayed")
