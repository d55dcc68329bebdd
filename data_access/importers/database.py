"""Tables or views of the exchange format in any database that SQLAlchemy opens.

Every column is cast to text by the database itself, so that a date column holding Thai dates, a
float code such as 5001.0 or an exact decimal arrives as it stands there. Rows come in the order in
which the database gives them: their numbers mean little, so problems carry the row's key as well.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import adbc_driver_manager
import duckdb
import pyarrow as pa
from sqlalchemy import (
    URL,
    Connection,
    LargeBinary,
    Text,
    cast,
    column,
    create_engine,
    func,
    inspect,
    make_url,
    select,
    table,
)
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.sql.selectable import Select, TableClause

from data_access.importers import arrow_rows, headers
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import Unreachable
from data_access.importers.staging import (
    Advance,
    Cell,
    SourceTable,
    StagedTable,
    append,
    append_arrow,
    create,
)
from data_access.schema.tables import EXCHANGE_TABLES

_BATCH = 50_000
_FILE_DATABASES = frozenset({"sqlite", "duckdb"})
# What drivers raise when a database does not give what was asked.
_ANSWERS = (
    SQLAlchemyError,
    duckdb.Error,
    adbc_driver_manager.Error,
    arrow_rows.BrokenText,
    UnicodeDecodeError,
    OSError,
)


class Database:
    """A database whose tables or views are named after those of the exchange format."""

    def __init__(self, url: str) -> None:
        self._url = _readable_url(url)
        self.label = self._url.render_as_string(hide_password=True)
        self._connection: Connection | None = None
        self._opened = ExitStack()
        self._read: arrow_rows.Read | None = None

    def __enter__(self) -> "Database":
        try:
            self._connection = _connect(self._url)
            self._read = arrow_rows.reader(self._url, self._connection, self._opened)
        except (ImportError, *_ANSWERS) as problem:
            raise Unreachable(self.label, "no_answer", answer=_first_line(problem)) from problem
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()
        if self._connection is not None:
            self._connection.close()
            self._connection.engine.dispose()
            self._connection = None

    @property
    def connection(self) -> Connection:
        """The open connection; only inside `with`."""
        if self._connection is None:
            raise RuntimeError(f"a database is read inside `with`; got: {self.label} closed")
        return self._connection

    def tables(self) -> list[SourceTable]:
        """Give tables and views by name, with their number of rows where they are of the format."""
        try:
            inspector = inspect(self.connection)
            names = sorted({*inspector.get_table_names(), *inspector.get_view_names()})
            return [self._source_table(name, headers.table_named(name)) for name in names]
        except _ANSWERS as problem:
            raise Unreachable(self.label, "no_answer", answer=_first_line(problem)) from problem

    def _source_table(self, name: str, charset: str | None) -> SourceTable:
        if charset is None:
            return SourceTable(name, None, 0)
        rows = self.connection.scalar(select(func.count()).select_from(table(name)))
        return SourceTable(name, charset, int(rows or 0))

    def stage(
        self,
        con: duckdb.DuckDBPyConnection,
        source_table: SourceTable,
        log: ProblemLog,
        advance: Advance,
    ) -> StagedTable | None:
        """Land one table as text; tables that are not of the format are left alone."""
        if source_table.table is None:
            return None
        names = self._text_columns(source_table.name)
        header = headers.match(names, EXCHANGE_TABLES[source_table.table])
        headers.report(header, EXCHANGE_TABLES[source_table.table], log)
        relation = f"stage_{source_table.table}"
        create(con, relation, header.staging_names())
        query = _as_text(table(source_table.name), names)
        try:
            if self._read is None:
                for rows in self._rows(query):
                    append(con, relation, len(names), rows)
                    advance(len(rows))
            else:
                for batch in self._read(self._sql(query)):
                    append_arrow(con, relation, pa.Table.from_batches([batch]))
                    advance(batch.num_rows)
        except _ANSWERS as problem:
            raise Unreachable(self.label, "no_answer", answer=_first_line(problem)) from problem
        return header.staged_table(relation, numbered=False)

    def _text_columns(self, name: str) -> list[str]:
        """Give the columns that can be read as text; files and pictures cannot."""
        described = inspect(self.connection).get_columns(name)
        return [c["name"] for c in described if not isinstance(c["type"], LargeBinary)]

    def _sql(self, query: "Select[*tuple[Any, ...]]") -> str:
        # The paramstyle keeps a % in a column's name from being doubled.
        make_dialect: Any = self._url.get_dialect()
        dialect = make_dialect(paramstyle="named")
        return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))

    def _rows(self, query: "Select[*tuple[Any, ...]]") -> Iterator[Sequence[Sequence[Cell]]]:
        options = {"stream_results": True, "max_row_buffer": _BATCH}
        result = self.connection.execute(query, execution_options=options)
        yield from result.partitions(_BATCH)


def _as_text(source: TableClause, names: list[str]) -> "Select[*tuple[Any, ...]]":
    # Never NULL: one driver takes a column that begins with NULLs for a column of numbers.
    cells = [
        func.coalesce(cast(column(name), Text), "").label(f"c{n}") for n, name in enumerate(names)
    ]
    return select(*cells).select_from(source)


def _readable_url(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # The cause is not kept: it may repeat the address with its password.
        raise Unreachable(url.split("://")[0] + "://…", "not_a_url") from None


def _connect(url: URL) -> Connection:
    """Open a connection that only reads; a database file that is not there is not created."""
    backend = url.get_backend_name()
    path = str(url.database or "")
    in_memory = path in ("", ":memory:")
    in_file = not in_memory and not path.startswith("file:")
    if backend in _FILE_DATABASES and in_file and not Path(path).is_file():
        label = url.render_as_string(hide_password=True)
        raise Unreachable(label, "no_file", file=path)
    if backend in _FILE_DATABASES and in_file and Path(path).stat().st_size == 0:
        log = ProblemLog()
        log.add("empty_database", file=path)
        raise log.refusal()
    arguments = {"read_only": True} if backend == "duckdb" and not in_memory else {}
    connection = create_engine(url, connect_args=arguments).connect()
    if backend == "postgresql":
        for statement in arrow_rows.POSTGRESQL_FIRST:
            connection.exec_driver_sql(statement)
    return connection


def _first_line(problem: BaseException) -> str:
    """Give what the driver answered, without its links and the statement that was tried."""
    inner = getattr(problem, "orig", None) or problem
    return str(inner).strip().split("\n")[0]
