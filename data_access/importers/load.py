"""Reading a whole source into typed tables: every problem at once, and all rows or none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from time import sleep

import duckdb

from config.thai_calendar import DateProblem
from data_access.importers import (
    citizen_numbers,
    damaged_text,
    days,
    headers,
    rules,
    targets,
    total_rows,
    typed_tables,
)
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import Unreachable, ValueProblem
from data_access.importers.readers import rule_of
from data_access.importers.report import LoadReport
from data_access.importers.sources import Origin, open_source, origin_of
from data_access.importers.staging import Source, SourceTable, StagedTable, drop, quote
from data_access.importers.values import read_day, read_yes_no
from data_access.schema.tables import EXCHANGE_TABLES, REQUIRED_TABLES

Progress = Callable[[str, int, int], None]
# A table costs about as much to type as to land, and all of it is looked at once more by the rules.
_STEPS = 3
AGAIN = "again"  # the step told while a database is waited for


def read_into(
    con: duckdb.DuckDBPyConnection,
    source: str | Origin,
    *,
    as_of: date | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Give the report of a load whose rows now stand in typed tables of `con`.

    Every exchange table is there afterwards, absent ones empty, with its columns typed and
    `source_row` behind them. The load stands for `as_of`, else for the manifest's day, else for
    `today`. `progress` is told the table, and how much of how much is done. Raises BadData with
    every problem, having left no table behind, or Unreachable. A database that breaks off, or that
    nobody answers for yet, is read anew from the beginning: all tables stay those of one moment.
    """
    origin = origin_of(source)
    if taken := _tables(con) & EXCHANGE_TABLES.keys():
        raise ValueError(f"an empty DuckDB file is wanted; got: one with {sorted(taken)}")
    before = con.execute("SELECT current_setting('preserve_insertion_order')").fetchone()
    con.execute("SET preserve_insertion_order = true")  # rowid is the row number
    try:
        return _read_patiently(con, origin, progress or _silent, (as_of, today))
    finally:
        con.execute(f"SET preserve_insertion_order = {before[0] if before else True}")


def _read_patiently(
    con: duckdb.DuckDBPyConnection,
    origin: Origin,
    progress: Progress,
    days_given: tuple[date | None, date | None],
) -> LoadReport:
    """Read the whole source; from its beginning again where it broke off and attempts are left."""
    source_map = origin.source_map()
    pauses = source_map.limits.pauses()
    while True:
        done = False
        try:
            with open_source(origin, source_map) as opened:
                report = _Load(con, opened, progress).run(*days_given)
            done = True
            return report
        except Unreachable as away:
            pause = next(pauses, None)
            if not away.passing:
                raise
            if pause is None:
                raise away.again(source_map.limits.attempts) from away
        finally:
            if not done:
                for name in EXCHANGE_TABLES:
                    con.execute(f"DROP TABLE IF EXISTS {quote(name)}")
        progress(AGAIN, 0, 1)
        sleep(pause)


class _Load:
    """One load on its way."""

    def __init__(self, con: duckdb.DuckDBPyConnection, source: Source, progress: Progress) -> None:
        self._con = con
        self._source = source
        self._progress = progress
        self._log = ProblemLog()
        self._rows = dict.fromkeys(EXCHANGE_TABLES, 0)
        self._columns: dict[str, frozenset[str]] = {}
        self._left_there: set[str] = set()
        self._done = 0
        self._total = 1

    def run(self, as_of: date | None, today: date | None) -> LoadReport:
        """Read everything; raise BadData where anything was wrong."""
        tables = self._source.tables()
        self._total = max(1, _STEPS * sum(table.size for table in tables))
        for table in EXCHANGE_TABLES.values():
            typed_tables.create(self._con, table)
        of_format = self._of_format(tables)
        present = frozenset(str(one.table) for one in of_format)
        for source_table in of_format:
            self._read(source_table)
        for other in tables:
            if other.table is None:
                self._look_through(other, present)
        self._report_missing([t for t in tables if t.table is None], present)
        self._tell("rules", 0)
        rules.check(self._con, rules.LoadedTables(present, self._columns), self._log)
        day, synthetic, title = self._manifest(as_of, today)
        if day is not None:
            days.refuse(self._con, self._rows, day, self._log)
        if self._log or day is None:
            raise self._log.refusal()
        self._progress("rules", self._total, self._total)
        ignored, notes = self._log.ignored_columns, tuple(self._log.notes)
        return LoadReport(
            day, synthetic, title, self._rows, present, ignored, notes,
            columns=self._columns, left_there=frozenset(self._left_there),
        )  # fmt: skip

    def _of_format(self, tables: list[SourceTable]) -> list[SourceTable]:
        """Give one source table per exchange table; a second of the same name is a problem."""
        first: dict[str, SourceTable] = {}
        for one in tables:
            if one.table is None:
                continue
            if one.table in first:
                before = first[one.table].name
                self._log.add("double_table", one.table, first=before, second=one.name)
            first.setdefault(one.table, one)
        return [first[name] for name in EXCHANGE_TABLES if name in first]

    def _read(self, source_table: SourceTable) -> None:
        """Stage, check and type one table."""
        table = EXCHANGE_TABLES[str(source_table.table)]
        with self._staged_table(source_table, self._log) as staged:
            if staged is None:
                return
            citizen_numbers.refuse(self._con, source_table, staged, self._log)
            self._note_nameless(table.name, staged)
            total_rows.refuse(self._con, table.name, staged, self._log)
            damaged_text.refuse(self._con, table, staged, self._log)
            if table.name == targets.TABLE:
                targets.refuse(self._con, staged, self._log)
            self._rows[table.name] = typed_tables.fill(self._con, table, staged, self._log)
            if source_table.rows_stay:
                self._rows[table.name] = source_table.size
                self._left_there.add(table.name)
                self._log.note("rows_stayed", table.name, count=source_table.size)
            if staged.whole:
                self._columns[table.name] = frozenset(staged.columns)
            self._tell(table.name, source_table.size)

    def _report_missing(self, others: list[SourceTable], present: frozenset[str]) -> None:
        """Take down the required tables that are not there, and what was probably meant."""
        meant = {headers.table_meant(other.name): other.name for other in others}
        workbooks = [o.name for o in others if o.name.lower().endswith((".xlsx", ".xlsm", ".xls"))]
        for name in REQUIRED_TABLES:
            if name in present:
                continue
            if name in meant:
                self._log.add("missing_table_near", name, near=meant[name])
            elif workbooks:
                self._log.add("missing_table_workbook", name, workbook=workbooks[0])
            else:
                self._log.add("missing_table", name)

    def _look_through(self, source_table: SourceTable, present: frozenset[str]) -> None:
        """Say that a file or sheet is ignored, and still refuse citizen numbers in it."""
        meant = headers.table_meant(source_table.name)
        if meant is None:
            self._log.note(
                "unknown_table" if source_table.readable else "stray_file", source_table.name
            )
        elif meant in present:
            self._log.note("unknown_table_double", source_table.name, near=meant)
        else:
            self._log.note("unknown_table_near", source_table.name, near=meant)
        if not source_table.readable:
            return
        # What else is wrong with a file that nobody reads is not a problem.
        with self._staged_table(source_table, ProblemLog()) as staged:
            if staged is not None:
                citizen_numbers.refuse(self._con, source_table, staged, self._log)

    @contextmanager
    def _staged_table(
        self, source_table: SourceTable, log: ProblemLog
    ) -> Iterator[StagedTable | None]:
        def advance(units: int) -> None:
            self._tell(source_table.name, units)

        self._tell(source_table.name, 0)
        staged = self._source.stage(self._con, source_table, log, advance)
        try:
            yield staged
        finally:
            if staged is not None:
                drop(self._con, staged.relation)

    def _note_nameless(self, table: str, staging: StagedTable) -> None:
        """Report columns that hold something under an empty header."""
        for column, header in staging.others.items():
            if not headers.is_nameless(header):
                continue
            cells = self._con.execute(
                f"SELECT count({quote(column)}) FROM {quote(staging.relation)}"
            ).fetchone()
            if cells and cells[0]:
                self._log.note("nameless_column", table, header, int(cells[0]))

    def _manifest(
        self, as_of: date | None, today: date | None
    ) -> tuple[date | None, bool, str | None]:
        """Give the day, the synthetic mark and the title that the load states of itself."""
        rows = self._con.execute("SELECT key, value, source_row FROM manifest").fetchall()
        facts = {str(key).strip().lower(): (value, row) for key, value, row in rows if value}
        day, synthetic = None, False
        for key, reader in (("as_of", read_day), ("synthetic", read_yes_no)):
            if key not in facts:
                continue
            value, row = facts[key]
            try:
                reading = reader(value).value
            except (DateProblem, ValueProblem) as problem:
                self._log.add_worded(rule_of(problem), "manifest", row, "value", value, problem)
                continue
            if isinstance(reading, date):
                day = reading
            else:
                synthetic = bool(reading)
        title = facts["title"][0] if "title" in facts else None
        load_day = as_of or day or today
        if day is not None and load_day == day and today is not None:
            days.refuse_as_of(day, today, self._log)
        if load_day is None and not self._log:
            self._log.add("no_as_of")
        return load_day, synthetic, title

    def _tell(self, step: str, units: int) -> None:
        self._done = min(self._done + units, self._total)
        self._progress(step, self._done, self._total)


def _tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {str(row[0]) for row in con.execute("SHOW TABLES").fetchall()}


def _silent(step: str, position: int, total: int) -> None:
    """Tell nobody."""
