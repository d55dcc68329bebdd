"""A folder of CSV files: one table per file, UTF-8, comma, semicolon or tab.

Each file is read by DuckDB's reader where that reader keeps every row in its place, and otherwise
by Python's `csv` module, record by record (see `csv_careful`), which can say what is wrong where.
"""

import codecs
import mmap
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import duckdb

from data_access.importers import csv_careful, headers
from data_access.importers.csv_careful import Shape
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import Unreachable
from data_access.importers.staging import Advance, SourceTable, StagedTable, literal, quote
from data_access.schema.tables import EXCHANGE_TABLES

SEPARATORS = (",", ";", "\t", "|")
# What offices leave beside the CSV files, or send in their place.
STRAYS = frozenset({".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".zip", ".json"})
_HEAD_BYTES = 1 << 20
_GLOB = set("*?[]{}")
# Two line ends with nothing between: DuckDB drops such a row, and every row number below is wrong.
_EMPTY_LINES = (b"\n\n", b"\n\r\n", b"\r\r", b"\n\r\r")


class CsvFolder:
    """A folder whose CSV files are named after the tables of the exchange format."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> "CsvFolder":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def tables(self) -> list[SourceTable]:
        """Give the CSV files of the folder, by name, and what else may hold tables, unread."""
        try:
            paths = sorted(
                p for p in self._folder.iterdir() if not p.name.startswith((".", "~$", "__"))
            )
            files = [p for p in paths if p.is_file()]
            return [
                *(
                    SourceTable(p.name, headers.table_named(p.stem), p.stat().st_size)
                    for p in files
                    if p.suffix.lower() == ".csv"
                ),
                *(
                    SourceTable(p.name, None, 0, readable=False)
                    for p in files
                    if p.suffix.lower() in STRAYS
                ),
                *(
                    SourceTable(f"{inside.name}/{p.name}", None, 0, readable=False)
                    for inside in paths
                    if inside.is_dir()
                    for p in sorted(inside.glob("*.csv"))
                ),
            ]
        except OSError as problem:
            raise Unreachable(str(self._folder), "no_access") from problem

    def stage(
        self,
        con: duckdb.DuckDBPyConnection,
        source_table: SourceTable,
        log: ProblemLog,
        advance: Advance,
    ) -> StagedTable | None:
        """Land one file as text; None where its header or encoding makes checks pointless."""
        path = self._folder / source_table.name
        shape = _shape(path, source_table, log)
        if shape is None:
            return None
        relation = f"stage_{source_table.table or 'unknown'}"
        whole = read_fast(con, path, relation, shape) or csv_careful.read(
            con, path, relation, shape, log
        )
        advance(source_table.size)
        return replace(
            shape.header.staged_table(relation), whole=whole, decimal_comma=shape.separator == ";"
        )


def _shape(path: Path, source_table: SourceTable, log: ProblemLog) -> Shape | None:
    """Give encoding, separator and header of a file, or None after taking down what is wrong."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as problem:
        raise Unreachable(str(path), "no_access") from problem
    encoding = csv_careful.foreign_encoding(path, head)
    if encoding is not None:
        csv_careful.report_encoding(path, source_table.table, encoding, log)
        return None
    text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    table = EXCHANGE_TABLES[source_table.table] if source_table.table else None
    rows, separator = _first_rows(text, source_table)
    header = headers.match(rows[0] if rows else [], table)
    if not any(map(any, rows)):
        log.add("empty_file", source_table.table, file=source_table.name)
        return None
    if header.width > headers.MOST_COLUMNS:
        headers.report_width(source_table, header.width, log)
        return None
    if table is not None:
        lower = headers.lower_header(rows, table)
        if lower is not None:
            log.add("header_lower", source_table.table, lower, file=source_table.name)
            return None
        if not any(cell.strip() for cell in rows[0]):
            log.add("empty_header", source_table.table, 1, file=source_table.name)
            return None
        headers.report(header, table, log)
        if separator != ",":
            log.note("separator", source_table.table, separator=_printable(separator))
    return Shape(source_table.table, separator, header)


def _first_rows(text: str, source_table: SourceTable) -> tuple[list[list[str]], str]:
    """Give the first records and the separator that finds most of the table's columns."""
    table = EXCHANGE_TABLES[source_table.table] if source_table.table else None
    best: tuple[list[list[str]], str] = ([], ",")
    best_score = -1
    for separator in SEPARATORS:
        rows = csv_careful.first_records(text, separator, headers.LOOK_BELOW)
        if rows and len(rows[0]) > headers.MOST_COLUMNS:
            return rows[:1], separator
        score = max((len(headers.match(row, table).columns) for row in rows), default=0)
        if table is None:
            score = len(rows[0]) if rows else 0
        if score > best_score:
            best, best_score = (rows, separator), score
    return best


def _printable(separator: str) -> str:
    return "tab" if separator == "\t" else separator


def read_fast(con: duckdb.DuckDBPyConnection, path: Path, relation: str, shape: Shape) -> bool:
    """Stage a file with DuckDB's reader; False where it cannot, or would misnumber the rows."""
    if set(str(path)) & _GLOB or shape.header.width < 2 or _has_empty_lines(path):
        return False
    names = shape.header.staging_names()
    spec = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    reader = (
        f"read_csv({literal(str(path))}, auto_detect = false, header = true, nullstr = '',"
        f" delim = {literal(shape.separator)}, quote = '\"', escape = '\"', encoding = 'utf-8',"
        f" strict_mode = true, null_padding = false, columns = {{{spec}}})"
    )
    try:
        con.execute(f"CREATE OR REPLACE TEMP TABLE {quote(relation)} AS SELECT * FROM {reader}")
    except duckdb.Error:
        # Whatever it was, the careful reader finds it again and says where.
        return False
    return True


def _has_empty_lines(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(data.find(pair) >= 0 for pair in _EMPTY_LINES)
