"""Files under names of their own as a database, so that a map can name them too.

Each file or sheet becomes a table of text: the name of a file without its ending, the name of a
sheet, and the headers as they stand there.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import duckdb
from duckdb_sqlalchemy import Dialect
from sqlalchemy import Column, MetaData, String, Table, column, insert, select, table
from sqlalchemy.schema import CreateTable

from data_access.importers.address import address_of
from data_access.importers.connection import OpenDatabase
from data_access.importers.limits import Limits
from data_access.importers.problem_log import ProblemLog
from data_access.importers.staging import Source, SourceTable, StagedTable, drop

_ENDINGS = (".csv", ".tsv", ".txt")


class FileDatabase(OpenDatabase):
    """The files of a folder, or the sheets of a workbook, opened like a database."""

    def __init__(self, files: Source) -> None:
        self._folder = TemporaryDirectory()
        self._path = Path(self._folder.name) / "files.duckdb"
        super().__init__(address_of(f"duckdb:///{self._path}"), Limits())
        self._files = files

    def __enter__(self) -> "FileDatabase":
        """Read all files; raises BadData where one cannot be read as it should be."""
        log = ProblemLog()
        try:
            with duckdb.connect(str(self._path)) as con, self._files:
                for one in self._files.tables():
                    if one.readable:
                        self._add(con, one, log)
            if log:
                raise log.refusal()
            super().__enter__()
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, problem, trace)
        self._folder.cleanup()

    def _add(
        self, con: duckdb.DuckDBPyConnection, source_table: SourceTable, log: ProblemLog
    ) -> None:
        own = SourceTable(source_table.name, None, source_table.size)
        staged = self._files.stage(con, own, log, lambda rows: None)
        if staged is not None:
            _keep(con, own.name, staged)
            drop(con, staged.relation)


def _keep(con: duckdb.DuckDBPyConnection, file: str, landing: StagedTable) -> None:
    """Make a table of a staged file; of two headers that differ in capitals only, the first."""
    name = Path(file).stem if file.lower().endswith(_ENDINGS) else file
    places: dict[str, tuple[str, str]] = {}
    for place, header in landing.others.items():
        places.setdefault(header.casefold(), (place, header))
    kept = Table(name, MetaData(), *[Column(header, String) for _, header in places.values()])
    landed = table(landing.relation, *[column(place) for place, _ in places.values()])
    rows = insert(kept).from_select([*kept.c], select(*landed.c))
    for statement in (CreateTable(kept), rows):
        con.execute(str(statement.compile(dialect=Dialect())))
