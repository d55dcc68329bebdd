"""A database read through a map: each exchange table comes from the tables that the map names.

Exchange tables that the map leaves out are read under their own names where the source has them.
"""

from types import TracebackType

import duckdb

from data_access.importers.database import Database
from data_access.importers.mapping import gaps
from data_access.importers.mapping.cells import Cells
from data_access.importers.mapping.definition import SourceMap, TableMap
from data_access.importers.mapping.statements import Statement
from data_access.importers.mapping.verify import Schema, note_personal, report_repeats
from data_access.importers.problem_log import ProblemLog
from data_access.importers.staging import Advance, SourceTable, StagedTable, append_arrow, create
from data_access.schema.tables import EXCHANGE_TABLES, REQUIRED_TABLES


class MappedSource:
    """A source whose tables a map names; a source like any other to whoever loads it."""

    def __init__(self, database: Database, source_map: SourceMap) -> None:
        self._source = database
        self._map = source_map
        self.parts: dict[str, list[tuple[TableMap, Statement]]] = {}

    def __enter__(self) -> "MappedSource":
        self._source.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._source.__exit__(kind, problem, trace)

    def tables(self) -> list[SourceTable]:
        """Give the exchange tables that the source can fill; raises BadData where the map is wrong.

        Wrong is a table or column that is not there, a join that would repeat rows, a required
        table that nothing fills: all of them at once.
        """
        log = ProblemLog()
        own = self.prepare(log)
        if log:
            raise log.refusal()
        database = self._source.database
        mapped = [
            SourceTable(
                " + ".join(dict.fromkeys(part.table for part, _ in parts)),
                name,
                sum(database.scalar(statement.count()) for _, statement in parts),
            )
            for name, parts in self.parts.items()
        ]
        return [*mapped, *own]

    def prepare(self, log: ProblemLog) -> list[SourceTable]:
        """Make `parts` of what the map names, and give the tables that need no map."""
        self.parts = self._statements(log)
        own = [
            one for one in self._source.tables(but=self._map.tables.keys()) if one.table is not None
        ]
        names = {*self._map.tables, *(one.table for one in own)}
        for name in REQUIRED_TABLES:
            if name not in names:
                log.add("map_missing_table", name)
        return own

    def _statements(self, log: ProblemLog) -> dict[str, list[tuple[TableMap, Statement]]]:
        """Give the parts of each exchange table with their statements; what is wrong goes down."""
        schema = Schema(self._source.database)
        ready: dict[str, list[tuple[TableMap, Statement]]] = {}
        for name, parts in self._map.tables.items():
            for part in parts:
                statement = schema.statement(part, log)
                if statement is None:
                    continue
                report_repeats(self._source.database, part, statement, log)
                ready.setdefault(name, []).append((part, statement))
        return ready

    def stage(
        self,
        con: duckdb.DuckDBPyConnection,
        source_table: SourceTable,
        log: ProblemLog,
        advance: Advance,
    ) -> StagedTable | None:
        """Land one exchange table as text, translated; texts the map does not read are problems."""
        name = str(source_table.table)
        if name not in self.parts:
            return self._source.stage(con, source_table, log, advance)
        parts = self.parts[name]
        filled = {column for part, _ in parts for column in part.columns}
        names = [column.name for column in EXCHANGE_TABLES[name].c if column.name in filled]
        relation = f"stage_{name}"
        create(con, relation, names)
        for part, statement in parts:
            note_personal(part, log)
            cells = Cells(part, statement.columns())
            for batch in self._source.database.batches(statement.rows()):
                append_arrow(con, relation, cells.table(batch, names))
                advance(batch.num_rows)
            gaps.report(part, cells.unread, log)
        return StagedTable(relation, tuple(names), {}, numbered=False)
