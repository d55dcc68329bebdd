"""A CSV file read record by record, with the row number of everything that is wrong in it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data_access.importers.headers import Header
from data_access.importers.problem_log import ProblemLog
from data_access.importers.staging import FIRST_ROW, Cell, append, create

_BATCH = 50_000
_LONGEST_CELL = 1_000_000  # an unclosed quote swallows the rest of a file into one cell
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a CSV file is to be read."""

    table: str | None
    separator: str
    header: Header


@dataclass(frozen=True, slots=True)
class Foreign:
    """An encoding that is not UTF-8: the first line that shows it, and what it looks like."""

    line: int
    guess: str


class _QuotesDoNotMatch(Exception):
    """Where a record begins that the reader cannot end."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def foreign_encoding(path: Path, head: bytes) -> Foreign | None:
    """Give what a file is written in where its beginning is not UTF-8, else None."""
    if head.startswith(_UTF16_MARKS) or b"\x00" in head[:200]:
        return Foreign(1, "UTF-16")
    try:
        # The last bytes may be the first half of a letter.
        head.decode("utf-8")
    except UnicodeDecodeError as problem:
        if len(head) - problem.start >= 4 or path.stat().st_size == len(head):
            return _foreign_line(path)
    return None


def report_encoding(path: Path, table: str | None, foreign: Foreign, log: ProblemLog) -> None:
    """Take down that a file is not UTF-8, and from which line on."""
    log.add("not_utf8", table, foreign.line, file=path.name, encoding=foreign.guess)


def first_records(text: str, separator: str, count: int) -> list[list[str]]:
    """Give the first records of a text; a record that is cut off or malformed ends the list."""
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            records.append(record)
            if len(records) == count:
                break
    except csv.Error:
        return records
    return records


def read(
    con: duckdb.DuckDBPyConnection, path: Path, relation: str, shape: Shape, log: ProblemLog
) -> bool:
    """Stage a file, taking down every malformed row; False where it was not read to its end.

    A row with too few cells is filled with empty ones, as spreadsheets leave them out at the end
    of a line; a row with too many is a problem, since its cells may have slipped.
    """
    width = shape.header.width
    create(con, relation, shape.header.staging_names())
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for batch in _batches(file, shape, log):
                append(con, relation, width, batch)
    except UnicodeDecodeError:
        report_encoding(path, shape.table, _foreign_line(path), log)
        return False
    except _QuotesDoNotMatch as stopped:
        log.add("broken_quotes", shape.table, stopped.row)
        return False
    finally:
        csv.field_size_limit(before)
    return True


def _batches(file: io.TextIOBase, shape: Shape, log: ProblemLog) -> Iterator[list[list[Cell]]]:
    width = shape.header.width
    batch: list[list[Cell]] = []
    short = 0
    records = csv.reader(file, delimiter=shape.separator, strict=True)
    row = 1
    try:
        next(records, None)
        for row, record in enumerate(records, FIRST_ROW):
            if len(record) > width and any(cell.strip() for cell in record[width:]):
                log.add("too_many_cells", shape.table, row, cells=len(record), width=width)
            short += 0 < len(record) < width
            cells: list[Cell] = [cell or None for cell in record[:width]]
            batch.append(cells + [None] * (width - len(cells)))
            if len(batch) == _BATCH:
                yield batch
                batch = []
    except csv.Error as problem:
        yield batch
        raise _QuotesDoNotMatch(row + 1) from problem
    if short:
        log.note("short_rows", shape.table, count=short)
    yield batch


def _foreign_line(path: Path) -> Foreign:
    """Give the first line that is not UTF-8 and what its bytes look like."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as problem:
                return Foreign(number, _guess(line[problem.start :]))
    return Foreign(1, "?")


def _guess(tail: bytes) -> str:
    """Tell Windows Thai from anything else by the letters that its reading would give."""
    high = [byte for byte in tail if byte >= 0x80]
    thai = [byte for byte in high if 0xA1 <= byte <= 0xDA or 0xDF <= byte <= 0xFB]
    return "TIS-620 / Windows-874" if len(thai) >= 0.9 * len(high) else "?"
