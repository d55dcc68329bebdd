"""What the readers say to each different text of a column, and the words for what they refuse."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from data_access.importers.book import Book
from data_access.importers.problems import SHOWN_PER_KIND, Problem, Said, Worded, cut
from data_access.importers.readers import UNREADABLE, rule_of, worded
from data_access.importers.staging import ROW_NUMBER, Staged, quote
from data_access.importers.values import Reading

_NOTE_EXAMPLES = 5
# The text of the cell, the text of the cell beside it, → a reading and a corrected neighbour.
PairReader = Callable[[str, str | None], tuple[Reading, str | None]]


@dataclass(frozen=True, slots=True)
class Question:
    """One column of one staged table to be read, with the neighbour its meaning depends on."""

    table: str
    staged: Staged
    column: str
    reader: PairReader
    arrow: pa.DataType
    beside: str | None = None
    record: str | None = None

    @property
    def relation(self) -> str:
        """Name of the table of answers: seen, beside, value, rule, note, corrected."""
        return f"answers_{self.column}"

    @property
    def join(self) -> str:
        """SQL that joins the answers to the staged rows `s`, as an inner or left join's tail."""
        alias, cell = quote(self.relation), f"s.{quote(self.column)}"
        beside = ""
        if self.beside is not None:
            beside = f" AND {alias}.beside IS NOT DISTINCT FROM s.{quote(self.beside)}"
        return f"JOIN {alias} ON {alias}.seen = {cell}{beside}"


def ask(con: duckdb.DuckDBPyConnection, question: Question, book: Book) -> bool:
    """Put every different text to the reader; False where the texts are already the values.

    Otherwise the answers stand in the temporary table `question.relation`, and what was refused or
    is worth a note has been taken down.
    """
    texts, besides = _different(con, question)
    answers: dict[str, list[object]] = {name: [] for name in ("value", "rule", "note", "corrected")}
    plain = True
    for text, beside in zip(texts, besides, strict=True):
        value, note, corrected, rule = None, None, None, None
        try:
            (value, note), corrected = question.reader(text, beside)
        except UNREADABLE as problem:
            rule = rule_of(problem)
        plain = plain and rule is None and note is None and _canonical(value) == text
        for name, said in zip(answers, (value, rule, note, corrected), strict=True):
            answers[name].append(said)
    if plain:
        return False
    _keep(con, question, texts, besides, answers)
    for rule in sorted({str(rule) for rule in answers["rule"] if rule is not None}):
        _report(con, question, rule, book)
    for note in sorted({str(note) for note in answers["note"] if note is not None}):
        _note(con, question, note, book)
    return True


def _different(
    con: duckdb.DuckDBPyConnection, question: Question
) -> tuple[list[str], list[str | None]]:
    cell = quote(question.column)
    beside = "NULL::VARCHAR" if question.beside is None else quote(question.beside)
    found = con.execute(
        f"SELECT DISTINCT {cell} AS seen, {beside} AS beside"
        f" FROM {quote(question.staged.relation)} WHERE {cell} IS NOT NULL"
    ).to_arrow_table()
    return found["seen"].to_pylist(), found["beside"].to_pylist()


def _canonical(value: object) -> str | None:
    """Give the text that DuckDB casts to this value without help, where there is one."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else None


def _keep(
    con: duckdb.DuckDBPyConnection,
    question: Question,
    texts: list[str],
    besides: list[str | None],
    answers: dict[str, list[object]],
) -> None:
    columns = {
        "seen": pa.array(texts, pa.string()),
        "beside": pa.array(besides, pa.string()),
        "value": pa.array(answers["value"], question.arrow),
        "rule": pa.array(answers["rule"], pa.string()),
        "note": pa.array(answers["note"], pa.string()),
        "corrected": pa.array(answers["corrected"], pa.string()),
    }
    con.register("answers_batch", pa.table(columns))
    try:
        made = f"CREATE OR REPLACE TEMP TABLE {quote(question.relation)}"
        con.execute(f"{made} AS SELECT * FROM answers_batch")
    finally:
        con.unregister("answers_batch")


def _report(con: duckdb.DuckDBPyConnection, question: Question, rule: str, book: Book) -> None:
    """Take down the rows whose text was refused under one rule."""
    rows = (
        f"FROM {quote(question.staged.relation)} s {question.join}"
        f" WHERE {quote(question.relation)}.rule = ?"
    )
    counted = con.execute(f"SELECT count(*) {rows}", [rule]).fetchone()
    beside = "NULL" if question.beside is None else f"s.{quote(question.beside)}"
    record = "NULL" if question.record is None else f"s.{quote(question.record)}"
    shown = con.execute(
        f"SELECT s.{ROW_NUMBER}, s.{quote(question.column)}, {beside}, {record} {rows}"
        f" ORDER BY s.rowid LIMIT {SHOWN_PER_KIND}",
        [rule],
    ).fetchall()
    problems = [
        Problem(
            question.table,
            row,
            question.column,
            cut(seen),
            rule,
            _cause(question.reader, seen, neighbour),
            None if key is None else f"{question.record} {cut(key)}",
        )
        for row, seen, neighbour, key in shown
    ]
    book.add_rows(problems, int(counted[0]) if counted else 0)


def _cause(reader: PairReader, seen: str, beside: str | None) -> Worded:
    """Give the words of a refusal by reading the cell again: only shown rows need them."""
    try:
        reader(seen, beside)
    except UNREADABLE as problem:
        return worded(problem)
    return Said("importing.problem.unreadable", {"seen": cut(seen)})


def _note(con: duckdb.DuckDBPyConnection, question: Question, note: str, book: Book) -> None:
    """Take down one kind of note, with its number of rows and the most frequent readings."""
    alias = quote(question.relation)
    found = con.execute(
        f"SELECT {alias}.seen, coalesce({alias}.corrected, {alias}.value::VARCHAR), count(*)"
        f" FROM {quote(question.staged.relation)} s {question.join}"
        f" WHERE {alias}.note = ? GROUP BY ALL ORDER BY 3 DESC, 1",
        [note],
    ).fetchall()
    examples = ", ".join(f"{cut(seen)} → {value}" for seen, value, _ in found[:_NOTE_EXAMPLES])
    count = sum(rows for _, _, rows in found)
    book.note(note, question.table, question.column, count, examples=examples)
