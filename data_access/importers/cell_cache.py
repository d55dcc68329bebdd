"""The different texts of a column, each read once, and the words for what a reader refuses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import SHOWN_PER_KIND, Bilingual, Message, Problem, cut
from data_access.importers.readers import UNREADABLE, message_of, rule_of
from data_access.importers.staging import ROW_NUMBER, StagedTable, quote
from data_access.importers.values import Reading

_NOTE_EXAMPLES = 5
# The text of the cell, the text of the cell beside it, → a reading and a corrected neighbour.
PairReader = Callable[[str, str | None], tuple[Reading, str | None]]


@dataclass(frozen=True, slots=True)
class CellCache:
    """One column of one staged table to be read, with the neighbour its meaning depends on."""

    table: str
    staging: StagedTable
    column: str
    reader: PairReader
    arrow: pa.DataType
    beside: str | None = None
    record: str | None = None

    @property
    def relation(self) -> str:
        """Name of the table of readings: seen, beside, value, rule, note, corrected."""
        return f"cells_{self.column}"

    @property
    def join(self) -> str:
        """SQL that joins the readings to the staged rows `s`, as an inner or left join's tail."""
        alias, cell = quote(self.relation), f"s.{quote(self.column)}"
        beside = ""
        if self.beside is not None:
            beside = f" AND {alias}.beside IS NOT DISTINCT FROM s.{quote(self.beside)}"
        return f"JOIN {alias} ON {alias}.seen = {cell}{beside}"


def read_cells(con: duckdb.DuckDBPyConnection, cache: CellCache, log: ProblemLog) -> bool:
    """Put every different text to the reader; False where the texts are already the values.

    Otherwise the readings stand in the temporary table `cache.relation`, and what was refused or
    is worth a note has been taken down.
    """
    texts, besides = _different(con, cache)
    readings: dict[str, list[object]] = {
        name: [] for name in ("value", "rule", "note", "corrected")
    }
    plain = True
    for text, beside in zip(texts, besides, strict=True):
        value, note, corrected, rule = None, None, None, None
        try:
            (value, note), corrected = cache.reader(text, beside)
        except UNREADABLE as problem:
            rule = rule_of(problem)
        plain = plain and rule is None and note is None and _canonical(value) == text
        for name, part in zip(readings, (value, rule, note, corrected), strict=True):
            readings[name].append(part)
    if plain:
        return False
    _store(con, cache, texts, besides, readings)
    for rule in sorted({str(rule) for rule in readings["rule"] if rule is not None}):
        _report(con, cache, rule, log)
    for note in sorted({str(note) for note in readings["note"] if note is not None}):
        _note(con, cache, note, log)
    return True


def _different(
    con: duckdb.DuckDBPyConnection, cache: CellCache
) -> tuple[list[str], list[str | None]]:
    cell = quote(cache.column)
    beside = "NULL::VARCHAR" if cache.beside is None else quote(cache.beside)
    cells = con.execute(
        f"SELECT DISTINCT {cell} AS seen, {beside} AS beside"
        f" FROM {quote(cache.staging.relation)} WHERE {cell} IS NOT NULL"
    ).to_arrow_table()
    return cells["seen"].to_pylist(), cells["beside"].to_pylist()


def _canonical(value: object) -> str | None:
    """Give the text that DuckDB casts to this value without help, where there is one."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else None


def _store(
    con: duckdb.DuckDBPyConnection,
    cache: CellCache,
    texts: list[str],
    besides: list[str | None],
    readings: dict[str, list[object]],
) -> None:
    columns = {
        "seen": pa.array(texts, pa.string()),
        "beside": pa.array(besides, pa.string()),
        "value": pa.array(readings["value"], cache.arrow),
        "rule": pa.array(readings["rule"], pa.string()),
        "note": pa.array(readings["note"], pa.string()),
        "corrected": pa.array(readings["corrected"], pa.string()),
    }
    con.register("cells_batch", pa.table(columns))
    try:
        create = f"CREATE OR REPLACE TEMP TABLE {quote(cache.relation)}"
        con.execute(f"{create} AS SELECT * FROM cells_batch")
    finally:
        con.unregister("cells_batch")


def _report(con: duckdb.DuckDBPyConnection, cache: CellCache, rule: str, log: ProblemLog) -> None:
    """Take down the rows whose text was refused under one rule."""
    staging, readings = quote(cache.staging.relation), quote(cache.relation)
    rows = f"FROM {staging} s {cache.join} WHERE {readings}.rule = ?"
    counted = con.execute(f"SELECT count(*) {rows}", [rule]).fetchone()
    beside = "NULL" if cache.beside is None else f"s.{quote(cache.beside)}"
    record = "NULL" if cache.record is None else f"s.{quote(cache.record)}"
    rows_shown = con.execute(
        f"SELECT s.{ROW_NUMBER}, s.{quote(cache.column)}, {beside}, {record} {rows}"
        f" ORDER BY s.rowid LIMIT {SHOWN_PER_KIND}",
        [rule],
    ).fetchall()
    problems = [
        Problem(
            cache.table,
            row,
            cache.column,
            cut(seen),
            rule,
            _cause(cache.reader, seen, neighbour),
            None if key is None else f"{cache.record} {cut(key)}",
        )
        for row, seen, neighbour, key in rows_shown
    ]
    log.add_rows(problems, int(counted[0]) if counted else 0)


def _cause(reader: PairReader, value: str, beside: str | None) -> Bilingual:
    """Give the words of a refusal by reading the cell again: only the rows listed need them."""
    try:
        reader(value, beside)
    except UNREADABLE as problem:
        return message_of(problem)
    return Message("importing.problem.unreadable", {"seen": cut(value)})


def _note(con: duckdb.DuckDBPyConnection, cache: CellCache, note: str, log: ProblemLog) -> None:
    """Take down one kind of note, with its number of rows and the most frequent readings."""
    alias = quote(cache.relation)
    counts = con.execute(
        f"SELECT {alias}.seen, coalesce({alias}.corrected, {alias}.value::VARCHAR), count(*)"
        f" FROM {quote(cache.staging.relation)} s {cache.join}"
        f" WHERE {alias}.note = ? GROUP BY ALL ORDER BY 3 DESC, 1",
        [note],
    ).fetchall()
    examples = ", ".join(f"{cut(seen)} → {value}" for seen, value, _ in counts[:_NOTE_EXAMPLES])
    count = sum(rows for _, _, rows in counts)
    log.note(note, cache.table, cache.column, count, examples=examples)
