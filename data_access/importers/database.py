"""Tables or views of the exchange format in any database that SQLAlchemy opens.

Every column is cast to text by the database itself, so that a date column holding Thai dates, a
float code such as 5001.0 or an exact decimal arrives as it stands there. Rows come in the order in
which the database gives them: their numbers mean little, so problems carry the row's key as well.
"""

from collections.abc import Collection
from types import TracebackType

import duckdb
import pyarrow as pa
from sqlalchemy import Column, LargeBinary, Table, func, select

from data_access.importers import headers
from data_access.importers.connection import OpenDatabase
from data_access.importers.mapping.statements import source_table, text_of
from data_access.importers.problem_log import ProblemLog
from data_access.importers.staging import Advance, SourceTable, StagedTable, append_arrow, create
from data_access.schema.tables import EXCHANGE_TABLES


class Database:
    """A database whose tables or views are named after those of the exchange format."""

    def __init__(self, database: OpenDatabase) -> None:
        self.database = database

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
        return SourceTable(name, exchange, self.database.scalar(rows))

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
        cells = [text_of(c, dialect).label(f"c{n}") for n, c in enumerate(table.columns)]
        for batch in self.database.batches(select(*cells).select_from(table)):
            append_arrow(con, relation, pa.Table.from_batches([batch]))
            advance(batch.num_rows)
        return header.staged_table(relation, numbered=False)
