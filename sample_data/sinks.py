"""Where rows go: a folder of CSV files, or one Excel workbook. Both are written piece by piece."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.csv as pacsv
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from config.i18n import Lang, t
from data_access.schema.tables import EXCHANGE_TABLES
from sample_data.columns import schema_of

SHEET_ROWS = 1_048_576  # of an Excel sheet, the header included
WORKBOOK = "sample.xlsx"
ROWS_AT_A_TIME = 16_384
# Tables with free text, which may hold a comma: their texts stand in quotation marks.
WITH_FREE_TEXT = frozenset(
    {
        "organisations",
        "sites",
        "courses",
        "cohorts",
        "recommendations",
        "province_statistics",
        "targets",
        "published_figures",
    }
)


class SheetFull(Exception):
    """A table with more rows than an Excel sheet holds; `text(lang)` says what to do."""

    def __init__(self, table: str, rows: int) -> None:
        self.table, self.rows = table, rows
        super().__init__(self.text("en"))

    def text(self, lang: Lang) -> str:
        """One sentence: which table, how many rows, what to do instead."""
        return t(
            "sample_data.sheet_full",
            lang,
            table=self.table,
            rows=f"{self.rows:,}",
            most=f"{SHEET_ROWS - 1:,}",
        )


class Sink(Protocol):
    """Takes rows of exchange tables. `rows` counts what each table holds so far."""

    rows: dict[str, int]

    def write(self, table: str, rows: pa.Table) -> None:
        """Add rows; the first ones of a table settle its columns."""

    def write_texts(self, table: str, rows: Sequence[dict[str, str]]) -> None:
        """Add rows of texts exactly as they stand, right or wrong."""

    def close(self) -> None:
        """Finish all files; tables that got no rows keep their header."""


class CsvFolder:
    """One UTF-8 CSV file for each table, dates as 2026-09-30, empty cells for what is unknown."""

    def __init__(self, folder: Path, rows_at_a_time: int = ROWS_AT_A_TIME) -> None:
        self.rows: dict[str, int] = dict.fromkeys(EXCHANGE_TABLES, 0)
        self._folder = folder
        self._files: dict[str, pa.NativeFile] = {}
        self._columns: dict[str, list[str]] = {}
        self._rows_at_a_time = rows_at_a_time
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, table: str, rows: pa.Table) -> None:
        """Add rows; the first ones of a table settle its columns."""
        pacsv.write_csv(rows, self._file(table, rows.schema.names), self._options(table))
        self.rows[table] += rows.num_rows

    def write_texts(self, table: str, rows: Sequence[dict[str, str]]) -> None:
        """Add rows of texts exactly as they stand, right or wrong."""
        file = self._file(table, schema_of(table).names)
        columns = {
            name: pa.array([row.get(name) or None for row in rows], type=pa.string())
            for name in self._columns[table]
        }
        pacsv.write_csv(pa.table(columns), file, self._options(table))
        self.rows[table] += len(rows)

    def close(self) -> None:
        """Finish all files; tables that got no rows keep their header."""
        for table in EXCHANGE_TABLES:
            self._file(table, schema_of(table).names).close()

    def _options(self, table: str) -> pacsv.WriteOptions:
        return pacsv.WriteOptions(
            include_header=False,
            batch_size=self._rows_at_a_time,
            quoting_style="needed" if table in WITH_FREE_TEXT else "none",
        )

    def _file(self, table: str, columns: list[str]) -> pa.NativeFile:
        if table not in self._files:
            self._files[table] = pa.OSFile(str(self._folder / f"{table}.csv"), "wb")
            self._files[table].write((",".join(columns) + "\n").encode())
            self._columns[table] = columns
        return self._files[table]


class ExcelWorkbook:
    """One sheet for each table of one workbook, dates and numbers as Excel's own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.rows: dict[str, int] = dict.fromkeys(EXCHANGE_TABLES, 0)
        self._path = folder / WORKBOOK
        self._book = Workbook(write_only=True)
        self._book.properties.created = datetime(2022, 10, 1, tzinfo=UTC).replace(tzinfo=None)
        self._sheets: dict[str, Worksheet] = {}
        self._columns: dict[str, list[str]] = {}

    def write(self, table: str, rows: pa.Table) -> None:
        """Add rows; the first ones of a table settle its columns."""
        sheet = self._sheet(table, rows.schema.names, rows.num_rows)
        for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
            sheet.append(row)

    def write_texts(self, table: str, rows: Sequence[dict[str, str]]) -> None:
        """Add rows of texts exactly as they stand, right or wrong."""
        sheet = self._sheet(table, schema_of(table).names, len(rows))
        for row in rows:
            sheet.append([row.get(name) or None for name in self._columns[table]])

    def close(self) -> None:
        """Finish the workbook; tables that got no rows keep their header."""
        for table in EXCHANGE_TABLES:
            self._sheet(table, schema_of(table).names, 0)
        self._book.save(self._path)

    def _sheet(self, table: str, columns: list[str], more: int) -> Worksheet:
        if table not in self._sheets:
            self._sheets[table] = self._book.create_sheet(table)
            self._sheets[table].append(columns)
            self._columns[table] = columns
        self.rows[table] += more
        if self.rows[table] >= SHEET_ROWS:
            raise SheetFull(table, self.rows[table])
        return self._sheets[table]
