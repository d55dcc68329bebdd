"""An open database that is only read: its tables and columns, counts, and rows as Arrow.

Whatever a driver raises becomes Unreachable, without a password and with the server's own answer.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import adbc_driver_manager
import duckdb
import pyarrow as pa
from sqlalchemy import (
    URL,
    Boolean,
    CompoundSelect,
    Connection,
    Date,
    Integer,
    Select,
    String,
    column,
    create_engine,
    func,
    inspect,
    select,
    table,
)
from sqlalchemy.engine import Inspector
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import NullType, TypeEngine

from data_access.importers import arrow_rows, session
from data_access.importers.address import Address
from data_access.importers.limits import Limits
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import Unreachable

BATCH = 50_000
_FILE_DATABASES = frozenset({"sqlite", "duckdb"})
# What drivers raise when a database does not give what was asked.
_ANSWERS = (
    SQLAlchemyError,
    duckdb.Error,
    adbc_driver_manager.Error,
    arrow_rows.BrokenText,
    UnicodeDecodeError,
    OSError,
    ImportError,
)
_ARROW_TYPES: dict[type[TypeEngine[Any]], pa.DataType] = {
    Boolean: pa.bool_(),
    Date: pa.date32(),
    Integer: pa.int64(),
    String: pa.string(),
}
TextQuery = Select[*tuple[Any, ...]]


class OpenDatabase:
    """A database inside `with`; `limits` say where its tables are and how long it may take."""

    def __init__(self, address: Address, limits: Limits) -> None:
        self.address = address
        self.limits = limits
        self._connection: Connection | None = None
        self._opened = ExitStack()
        self._read: arrow_rows.Read | None = None
        self._looked_for_reader = False

    def __enter__(self) -> "OpenDatabase":
        url = self.address.driver_url
        _refuse_missing_file(self.address)
        with self._answers():
            self._connection = _engine_connection(url)
            for statement in session.first_statements(self._connection.dialect, self.limits):
                self._connection.execute(statement)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._answers(quietly=problem is not None):
            self._opened.close()
        if self._connection is not None:
            with self._answers(quietly=problem is not None):
                self._connection.close()
            self._connection.engine.dispose()
            self._connection = None

    @property
    def connection(self) -> Connection:
        """The open connection; only inside `with`."""
        if self._connection is None:
            raise RuntimeError(f"a database is read inside `with`; got: {self.address.label}")
        return self._connection

    @property
    def schema(self) -> str:
        """Where the tables are; Spark calls a schema a database, as its address does."""
        named = self.limits.schema or self.inspector.default_schema_name
        return named or self.address.url.database or "default"

    @property
    def inspector(self) -> Inspector:
        """The reader of the schema."""
        return inspect(self.connection)

    def names(self, schema: str | None = None) -> list[str]:
        """Give the names of tables and views in a schema, else in that of the limits."""
        place = schema or self.limits.schema
        with self._answers():
            if self.address.backend == "hive":
                return self._spark_names(place)
            look = self.inspector
            return sorted({*look.get_table_names(place), *look.get_view_names(place)})

    def columns(self, name: str, schema: str | None = None) -> dict[str, TypeEngine[Any]]:
        """Give the types of the columns of one table or view, by name, in their order."""
        place = schema or self.limits.schema
        if self.address.backend in ("mysql", "mariadb"):
            return self._mysql_columns(name, place)
        with self._answers():
            return {c["name"]: c["type"] for c in self.inspector.get_columns(name, place)}

    def _spark_names(self, schema: str | None) -> list[str]:
        """Spark names the schema of each table first, which the dialect takes for the table."""
        place = self.connection.dialect.identifier_preparer.quote_identifier(schema or self.schema)
        rows = self.connection.exec_driver_sql(f"SHOW TABLES IN {place}")
        return sorted(str(row[-2] if len(row) > 1 else row[0]) for row in rows)

    def _mysql_columns(self, name: str, schema: str | None) -> dict[str, TypeEngine[Any]]:
        """SQLAlchemy asks for the text of a view, which an account that only reads may not see."""
        every = table(
            "columns",
            *map(column, ("table_schema", "table_name", "column_name", "data_type")),
            column("ordinal_position"),
            schema="information_schema",
        )
        wanted = select(every.c.column_name, every.c.data_type).where(
            every.c.table_schema == (schema or func.database()), every.c.table_name == name
        )
        kinds = getattr(self.connection.dialect, "ischema_names", {})
        rows = self.rows(wanted.order_by(every.c.ordinal_position))
        return {str(row[0]): kinds.get(str(row[1]).lower(), NullType)() for row in rows}

    def rows(self, query: TextQuery) -> list[Sequence[Any]]:
        """Give all rows of a small answer."""
        with self._answers():
            return list(self.connection.execute(query).all())

    def scalar(self, query: TextQuery) -> int:
        """Give a count."""
        with self._answers():
            return int(self.connection.scalar(query) or 0)

    def answer(self, query: Select[Any] | CompoundSelect[Any]) -> pa.Table:
        """Give all rows of an answer, its columns typed as the query types them."""
        with self._answers():
            result = self.connection.execute(query)
            names = list(result.keys())
            cells = list(zip(*result.all(), strict=True)) or [()] * len(names)
        types = [column.type for column in query.selected_columns]
        return pa.table(
            [_column_of(column, kind) for column, kind in zip(cells, types, strict=True)], names
        )

    def batches(self, query: TextQuery) -> Iterator[pa.RecordBatch]:
        """Give the rows of a query whose every column is text, an empty text where it is NULL."""
        with self._answers():
            read = self._arrow_reader()
            if read is not None:
                yield from read(session.as_text(query, self.connection.dialect))
                return
            options = {"stream_results": True, "max_row_buffer": BATCH}
            result = self.connection.execute(query, execution_options=options)
            for rows in result.partitions(BATCH):
                yield _batch(list(result.keys()), rows)

    def _arrow_reader(self) -> arrow_rows.Read | None:
        """Give the reader of rows as Arrow, opened when rows are first wanted."""
        if not self._looked_for_reader:
            self._looked_for_reader = True
            dialect = self.connection.dialect
            first = session.first_statements(dialect, self.limits)
            written = [session.as_text(one, dialect) for one in first]
            url = self.address.driver_url
            self._read = arrow_rows.reader(url, self.connection, self._opened, written)
        return self._read

    @contextmanager
    def _answers(self, *, quietly: bool = False) -> Iterator[None]:
        """Turn what a driver raises into Unreachable; `quietly` where that would hide a cause."""
        try:
            yield
        except _ANSWERS as problem:
            if quietly:
                return
            raise self._unreachable(problem) from problem

    def _unreachable(self, problem: BaseException) -> Unreachable:
        answer = self.address.scrub(_first_line(problem))
        if session.is_too_slow(problem):
            seconds = self.limits.statement_seconds
            return Unreachable(self.address.label, "too_slow", answer=answer, seconds=seconds)
        away = Unreachable(self.address.label, "no_answer", answer=answer)
        away.passing = session.is_passing(problem)
        return away


def _column_of(cells: Sequence[Any], kind: TypeEngine[Any]) -> pa.Array:
    """Give the values of a column as Arrow, of the type that the query says it has.

    Servers give sums as decimals, and some give days as text.
    """
    for known, arrow in _ARROW_TYPES.items():
        if isinstance(kind, known):
            return pa.array([_as(arrow, cell) for cell in cells], arrow)
    return pa.array(cells)


def _as(arrow: pa.DataType, cell: Any) -> Any:
    if cell is None:
        return None
    if arrow == pa.date32():
        return date.fromisoformat(cell[:10]) if isinstance(cell, str) else cell
    return int(cell) if arrow == pa.int64() else cell


def _batch(names: list[str], rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    columns = [[_cell(value) for value in cells] for cells in zip(*rows, strict=True)]
    return pa.RecordBatch.from_arrays([pa.array(c, pa.string()) for c in columns], names)


def _cell(value: Any) -> str:
    """Give a value as text; days come as they are from databases that write them in many ways."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _refuse_missing_file(address: Address) -> None:
    """A database file that is not there is not created, and an empty one is told."""
    path = str(address.url.database or "")
    if address.backend not in _FILE_DATABASES or path in ("", ":memory:"):
        return
    if path.startswith("file:"):
        return
    if not Path(path).is_file():
        raise Unreachable(address.label, "no_file", file=path)
    if Path(path).stat().st_size == 0:
        log = ProblemLog()
        log.add("empty_database", file=path)
        raise log.refusal()


def _engine_connection(url: URL) -> Connection:
    in_memory = url.database in (None, "", ":memory:")
    read_only = url.get_backend_name() == "duckdb" and not in_memory
    arguments = {"read_only": True} if read_only else {}
    # A series joins every row to its list of periods on purpose: no warning about that product.
    # An error never repeats the values of a statement: they may be of a client.
    return create_engine(
        url, connect_args=arguments, hide_parameters=True, enable_from_linting=False
    ).connect()


def _first_line(problem: BaseException) -> str:
    """Give what the driver answered, without its links and the statement that was tried."""
    inner = getattr(problem, "orig", None) or problem
    return str(inner).strip().split("\n")[0]
