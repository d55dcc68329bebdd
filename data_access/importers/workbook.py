"""One XLSX workbook: a sheet per table, read by calamine, with Excel's own row numbers.

What a reader of a sheet cannot see is said: hidden sheets, rows and columns are read like any other
and noted. What the file does not hold is refused: cells merged over several rows, formulas saved
without their result, and cells that show an error.
"""

import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import BadZipFile

import duckdb
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)
from sqlalchemy import Date, Table

from data_access.importers import headers
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import Unreachable, cut
from data_access.importers.staging import Advance, Cell, SourceTable, StagedTable, append, create
from data_access.importers.values import DAY_ZERO, SERIALS
from data_access.importers.workbook_marks import Marks, Package
from data_access.schema.tables import EXCHANGE_TABLES

_DAY_ZERO_1904 = date(1904, 1, 1)
_BATCH = 50_000
# What the readers of a damaged file may raise: its zip, its XML, or what they stand for.
UNREADABLE = (
    CalamineError,
    BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    LookupError,
    ArithmeticError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)
# Row and column of the first cell and of the last, from 0.
Range = tuple[tuple[int, int], tuple[int, int]]
Value = int | float | str | bool | time | date | datetime | timedelta


class Workbook:
    """A workbook whose sheets are named after the tables of the exchange format."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._calamine: CalamineWorkbook | None = None
        self._package: Package | None = None

    def __enter__(self) -> "Workbook":
        try:
            self._calamine = CalamineWorkbook.from_path(self._path)
            self._package = Package(self._path)
        except PasswordError as problem:
            raise Unreachable(str(self._path), "password") from problem
        except UNREADABLE as problem:
            raise Unreachable(str(self._path), "not_a_workbook") from problem
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for opened in (self._calamine, self._package):
            if opened is not None:
                opened.close()
        self._calamine = self._package = None

    def _open(self) -> tuple[CalamineWorkbook, Package]:
        if self._calamine is None or self._package is None:
            raise RuntimeError(f"a workbook is read inside `with`; got: {self._path} closed")
        return self._calamine, self._package

    def tables(self) -> list[SourceTable]:
        """Give the worksheets by name, with the size of their XML: counting rows reads it all."""
        calamine, package = self._open()
        return [
            SourceTable(s.name, headers.table_named(s.name), package.size(s.name))
            for s in calamine.sheets_metadata
            if s.typ == SheetTypeEnum.WorkSheet
        ]

    def stage(
        self,
        con: duckdb.DuckDBPyConnection,
        source_table: SourceTable,
        log: ProblemLog,
        advance: Advance,
    ) -> StagedTable | None:
        """Land one sheet as text; None where it has no header that can be used."""
        calamine, package = self._open()
        sheet = self._sheet(source_table, log)
        header = None if sheet is None else _header(sheet.rows, source_table, log)
        if sheet is None or header is None:
            return None
        rows = sheet.rows
        table = EXCHANGE_TABLES[source_table.table] if source_table.table else None
        if table is not None:
            headers.report(header, table, log)
            _report_marks(sheet.marks, header, table, log)
            _report_merged(sheet.merged_ranges, header, table, log)
            if _is_hidden(calamine, source_table.name):
                log.note("hidden_sheet", source_table.table)
        relation = f"stage_{source_table.table or 'unknown'}"
        create(con, relation, header.staging_names())
        days = _day_places(header, table)
        zero = _DAY_ZERO_1904 if package.counts_from_1904 else DAY_ZERO
        serials = 0
        for start in range(1, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            serials += _days_from_serials(batch, days, zero)
            append(con, relation, header.width, ([as_text(c) for c in row] for row in batch))
            advance(source_table.size * len(batch) // len(rows))
        if serials:
            log.note("serial_days", source_table.table, count=serials)
        return header.staged_table(relation)

    def _sheet(self, source_table: SourceTable, log: ProblemLog) -> "_Sheet | None":
        """Read one sheet whole; None after taking down that it is damaged or far too large."""
        calamine, package = self._open()
        name = source_table.name
        try:
            far = package.far_cell(name)
            if far is not None:
                log.add("far_cell", source_table.table, sheet=name, cell=far)
                return None
            sheet = calamine.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            return _Sheet(rows, package.marks(name), sheet.merged_cell_ranges or [])
        except UNREADABLE as problem:
            log.add("broken_sheet", source_table.table, sheet=name, why=_why(problem))
            return None


class _Sheet(NamedTuple):
    """What one sheet holds: its rows from the first on, its marks, and its merged ranges."""

    rows: list[list[Value]]
    marks: Marks
    merged_ranges: list[Range]


def _header(
    rows: list[list[Value]], source_table: SourceTable, log: ProblemLog
) -> headers.Header | None:
    """Give the header of a sheet, or None after taking down why there is none in row 1."""
    top = [[as_text(cell) for cell in row] for row in rows[: headers.LOOK_BELOW]]
    if not any(map(any, top)):
        log.add("empty_sheet", source_table.table, sheet=source_table.name)
        return None
    table = EXCHANGE_TABLES[source_table.table] if source_table.table else None
    if len(top[0]) > headers.MOST_COLUMNS:
        headers.report_width(source_table, len(top[0]), log)
        return None
    lower = headers.lower_header(top, table) if table is not None else None
    if lower is not None:
        log.add("header_lower", source_table.table, lower, file=source_table.name)
        return None
    if table is not None and not any(map(str.strip, filter(None, top[0]))):
        log.add("empty_header", source_table.table, 1, file=source_table.name)
        return None
    return headers.match(top[0], table)


def _why(problem: BaseException) -> str:
    return cut(str(problem)) or type(problem).__name__


def as_text(value: Value) -> Cell:
    """Give a cell as a person would write it: 5001 for 5001.0, ISO for days, None when empty."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ")
    if isinstance(value, float):
        # Excel keeps fifteen digits; what lies behind them is the binary form, not the number.
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def _day_places(header: headers.Header, table: Table | None) -> list[int]:
    if table is None:
        return []
    return [n for n, name in header.columns.items() if isinstance(table.c[name].type, Date)]


def _days_from_serials(rows: list[list[Value]], places: Sequence[int], zero: date) -> int:
    """Turn bare day numbers in date columns into days, in place; give how many there were.

    Excel stores a day as a number, and some Thai date formats are not recognised as dates.
    """
    count = 0
    for row in rows:
        for place in places:
            day = _serial(row[place])
            if day is not None:
                row[place] = zero + timedelta(days=day)
                count += 1
    return count


def _serial(cell: Value) -> int | None:
    """Give a cell that can only be a day number, as a whole number."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or cell % 1:
        return None
    return int(cell) if int(cell) in SERIALS else None


def _is_hidden(calamine: CalamineWorkbook, name: str) -> bool:
    return any(
        s.name == name and s.visible != SheetVisibleEnum.Visible for s in calamine.sheets_metadata
    )


def _report_marks(marks: Marks, header: headers.Header, table: Table, log: ProblemLog) -> None:
    """Take down cells without a usable value in the table's columns, and note what is hidden."""
    for rule, cells in (
        ("formula_without_value", marks.without_result),
        ("error_cell", marks.errors),
    ):
        for row, place, seen in cells:
            if row > 1 and place in header.columns:
                log.add(rule, table.name, row, header.columns[place], seen)
    if marks.hidden_rows:
        first = marks.hidden_rows[0]
        log.note("hidden_rows", table.name, count=len(marks.hidden_rows), first=first)
    for place in marks.hidden_columns:
        if place in header.columns:
            log.note("hidden_column", table.name, header.columns[place])


def _report_merged(
    ranges: list[Range], header: headers.Header, table: Table, log: ProblemLog
) -> None:
    """Take down merged cells in the table's columns: only their first cell holds the value."""
    for (top, left), (bottom, right) in ranges:
        covered = [header.columns[n] for n in range(left, right + 1) if n in header.columns]
        if covered:
            log.add(
                "merged_cells",
                table.name,
                top + 1,
                covered[0],
                first=top + 1,
                last=bottom + 1,
            )
