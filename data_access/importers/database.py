"""Tables or views of the exchange format in any database that SQLAlchemy opens.

Every column is cast to text by the database itself, so that a date column holding Thai dates, a
float code such as 5001.0 or an exact decimal arrives as it stands there. Rows come in the order in
which the database gives them: their numbers mean little, so problems carry the row's key as well.
"""

from collections.abc import Collection
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    func,
    select,
)
from sqlalchemy.types import TypeEngine

from data_access.importers import headers
from data_access.importers.connection import OpenDatabase
from data_access.importers.mapping.statements import source_table, text_of
from data_access.importers.problem_log import ProblemLog
from data_access.importers.staging import Advance, SourceTable, StagedTable, append_arrow, create
from data_access.schema.tables import EXCHANGE_TABLES

_TYPES: dict[type[TypeEngine[Any]], str] = {
    Boolean: "boolean",
    Date: "date",
    Integer: "integer",
    Numeric: "numeric",
    String: "text",
}


class Database:
    """A database whose tables or views are named after those of the exchange format."""

    def __init__(self, database: OpenDatabase, rows_stay: Collection[str] = ()) -> None:
        """Rows of the tables in `rows_stay` are counted and left where they are."""
        self.database = database
        self._rows_stay = rows_stay

    def __enter__(self) -> "Database":
        self.database.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.database.__exit__(kind, problem, trace)

    def tables(self, but: Collection[str] = ()) -> list[SourceTable]:
        """Give tables and views by name, with their number of rows where they are of the format.

        Exchange tables in `but` come from elsewhere: a table of their name is like any other.
        """
        names = self.database.names()
        return [self._source_table(name, headers.table_named(name), but) for name in names]

    def _source_table(self, name: str, exchange: str | None, but: Collection[str]) -> SourceTable:
        if exchange is None or exchange in but:
            return SourceTable(name, None, 0)
        rows = select(func.count()).select_from(self._table(name))
        stays = exchange in self._rows_stay
        return SourceTable(name, exchange, self.database.scalar(rows), rows_stay=stays)

    def _table(self, name: str) -> Table:
        """The table with the columns that can be read as text; files and pictures cannot."""
        columns = [
            Column(column, kind)
            for column, kind in self.database.columns(name).items()
            if not isinstance(kind, LargeBinary)
        ]
        return source_table(name, self.database.limits.schema, columns)

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
        table = self._table(source_table.name)
        header = headers.match(table.columns.keys(), EXCHANGE_TABLES[source_table.table])
        headers.report(header, EXCHANGE_TABLES[source_table.table], log)
        relation = f"stage_{source_table.table}"
        create(con, relation, header.staging_names())
        dialect = self.database.connection.dialect
        if self._rows_stay:
            _refuse_other_columns(table, EXCHANGE_TABLES[source_table.table], header, log)
        if source_table.rows_stay:
            return header.staged_table(relation, numbered=False)
        cells = [text_of(c, dialect).label(f"c{n}") for n, c in enumerate(table.columns)]
        for batch in self.database.batches(select(*cells).select_from(table)):
            append_arrow(con, relation, pa.Table.from_batches([batch]))
            advance(batch.num_rows)
        return header.staged_table(relation, numbered=False)


def _refuse_other_columns(
    table: Table, own: Table, header: headers.Header, log: ProblemLog
) -> None:
    """Take down columns that a statement in the source could not read as those of the format."""
    for name in header.columns.values():
        if name not in table.c:
            log.add("stays_other_name", own.name, column=name)
            continue
        there, kind = table.c[name].type, own.c[name].type
        if not _is_alike(there, kind):
            log.add("stays_other_type", own.name, column=name, there=str(there), kind=_word(kind))


def _is_alike(there: TypeEngine[Any], kind: TypeEngine[Any]) -> bool:
    there = getattr(there, "impl_instance", there)  # a dialect may wrap its days and decimals
    if isinstance(kind, Numeric):
        return isinstance(there, Numeric | Integer | Float)
    return isinstance(there, next(one for one in _TYPES if isinstance(kind, one)))


def _word(kind: TypeEngine[Any]) -> str:
    return next(word for one, word in _TYPES.items() if isinstance(kind, one))
