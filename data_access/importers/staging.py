"""Staging: every source first lands as text, in the order of its rows, in temporary tables.

A staging table has one column per column of the source and one row per row below the header, blank
rows included, so that `rowid + 2` is the row number as Excel shows it. Empty cells are NULL.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import duckdb
import pyarrow as pa

from data_access.importers.problem_log import ProblemLog

FIRST_ROW = 2
ROW_NUMBER = f"rowid + {FIRST_ROW}"

Cell = str | None
Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A file, sheet or table of a source. `table` is None where the name is not of the format.

    `readable` is False for what is only mentioned: a file of another kind beside the tables.
    `rows_stay` is true where its rows are counted there and not loaded.
    """

    name: str
    table: str | None
    size: int
    readable: bool = True
    rows_stay: bool = False


@dataclass(frozen=True, slots=True)
class StagedTable:
    """A source table as text in DuckDB.

    `relation` is the temporary table; `columns` are those of the exchange format in it, under their
    own names; `others` its further columns, by the name they have there, with the header they had.
    `numbered` tells whether a person can see row numbers in the source, `whole` whether it was read
    to its end. `decimal_comma` says that the source is written where a comma may stand for the
    decimal point, so that "1,000" may be one.
    """

    relation: str
    columns: tuple[str, ...]
    others: Mapping[str, str]
    numbered: bool = True
    whole: bool = True
    decimal_comma: bool = False


class Source(AbstractContextManager["Source"], Protocol):
    """Where a load comes from: it lists what it holds and stages it table by table."""

    def tables(self) -> list[SourceTable]:
        """Give everything in the source that looks like a table, of the format or not."""
        ...

    def stage(
        self,
        con: duckdb.DuckDBPyConnection,
        source_table: SourceTable,
        log: ProblemLog,
        advance: Advance,
    ) -> StagedTable | None:
        """Land one table as text; None where it is too broken to be checked any further.

        `advance` is told, in the units of `SourceTable.size`, how much more has been read.
        """
        ...


def quote(name: str) -> str:
    """Give a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Give a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def create(con: duckdb.DuckDBPyConnection, relation: str, columns: Sequence[str]) -> None:
    """Make an empty staging table; one that was there before is replaced."""
    body = ", ".join(f"{quote(column)} VARCHAR" for column in columns)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {quote(relation)} ({body})")


def append(
    con: duckdb.DuckDBPyConnection, relation: str, width: int, rows: Iterable[Sequence[Cell]]
) -> None:
    """Add rows of text, each of exactly `width` cells, in their order."""
    columns = list(zip(*rows, strict=True)) or [()] * width
    arrays = [pa.array(cells, pa.string()) for cells in columns]
    append_arrow(con, relation, pa.table(arrays, [f"c{n}" for n in range(width)]))


def append_arrow(con: duckdb.DuckDBPyConnection, relation: str, batch: pa.Table) -> None:
    """Add an Arrow table of text columns c0, c1 … in the order of the staging table's columns."""
    cells = ", ".join(f"nullif({name}, '')" for name in batch.column_names)
    con.register("staging_batch", batch)
    try:
        con.execute(f"INSERT INTO {quote(relation)} SELECT {cells} FROM staging_batch")
    finally:
        con.unregister("staging_batch")


def drop(con: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Forget a staging table."""
    con.execute(f"DROP TABLE IF EXISTS {quote(relation)}")
