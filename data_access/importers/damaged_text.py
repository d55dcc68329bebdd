"""Text that was destroyed before it came: question marks, errors of a spreadsheet, wrong encodings.

Thai saved by a program that knows no Thai becomes "????"; UTF-8 read as Windows-874 or Latin-1
and saved again becomes "เธซเธฅ…" or "à¸«à¸¥…". Published as it is, such a name would stand in
headlines.
"""

import re

import duckdb
from sqlalchemy import Table

from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import SHOWN_PER_KIND, Message, Problem, ValueProblem, cut
from data_access.importers.readers import kind_of
from data_access.importers.staging import ROW_NUMBER, StagedTable, quote

_REPLACEMENT = "\ufffd"
_LONG_RUN = "????"
_ERRORS = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)"
    r"|#{3,}|Err:\d{3}",
    re.IGNORECASE,
)
_THAI = re.compile("[\u0e01-\u0e3a\u0e3f-\u0e5b]")
# What may stand beside Thai in a text that was read back rightly.
_READABLE = re.compile("[\\x20-\\x7e\u0e01-\u0e3a\u0e3f-\u0e5b\u2013\u2014\u2018-\u201d\u2026\\s]+")
_LATIN = re.compile("[\u00a1-\u00ff]")
_LEAST_THAI = 2
_BATCH = 10_000


def refuse(
    con: duckdb.DuckDBPyConnection, table: Table, staging: StagedTable, log: ProblemLog
) -> None:
    """Take down every cell of plain text that is no longer the text that was written."""
    names = [n for n in staging.columns if kind_of(table.c[n]).reader is None]
    for column in _suspects(con, staging, names):
        if not log.is_secret(table.name, column):
            _refuse_column(con, table.name, column, staging, log)


def damage(text: str) -> ValueProblem | None:
    """Give what happened to a text, or None where nothing is known to have."""
    seen = cut(text)
    if _ERRORS.fullmatch(text.strip()):
        return ValueProblem("error_cell", seen=seen)
    bare = re.sub(r"[\s.,()\-/]", "", text)
    if _REPLACEMENT in text or _LONG_RUN in text or (bare and set(bare) == {"?"}):
        return ValueProblem("destroyed_text", seen=seen)
    meant = _repair(text)
    return None if meant is None else ValueProblem("wrong_encoding", seen=seen, meant=cut(meant))


def _repair(text: str) -> str | None:
    """Give the clean Thai that a text becomes when its wrong reading is undone."""
    if text.isascii():
        return None
    as_utf8 = b"".join(map(_byte, text)).decode("utf-8", "replace")
    # Some letters may have lost a byte on the way: they are left out of what is said.
    rest, lost = as_utf8.replace(_REPLACEMENT, ""), as_utf8.count(_REPLACEMENT)
    if _is_thai(rest) and lost <= len(rest):
        return re.sub(f"{_REPLACEMENT}+", "…", as_utf8)
    latin = len(_LATIN.findall(text))
    letters = sum(c.isalpha() or c > "\u00a0" for c in text)
    if latin >= 4 and latin > 0.7 * letters and not _THAI.search(text):
        as_thai = text.encode("latin-1", "replace").decode("cp874", "replace")
        return as_thai if _is_thai(as_thai) else None
    return None


def _byte(letter: str) -> bytes:
    """Give the byte that a single-byte encoding read as this letter; 0xFF where none did."""
    for encoding in ("cp874", "cp1252", "latin-1"):
        try:
            return letter.encode(encoding)
        except UnicodeEncodeError:
            continue
    return b"\xff"


def _is_thai(text: str) -> bool:
    return len(_THAI.findall(text)) >= _LEAST_THAI and _READABLE.fullmatch(text) is not None


def _may_be_damaged(column: str) -> str:
    cell = f"s.{quote(column)}"
    return (
        f"(strlen({cell}) <> length({cell}) OR contains({cell}, '?') OR starts_with({cell}, '#')"
        f" OR starts_with({cell}, 'Err:'))"
    )


def _suspects(
    con: duckdb.DuckDBPyConnection, staging: StagedTable, columns: list[str]
) -> list[str]:
    """Give the columns that must be looked at cell by cell: few on clean data."""
    if not columns:
        return []
    tests = ", ".join(f"coalesce(bool_or({_may_be_damaged(c)}), false)" for c in columns)
    row = con.execute(f"SELECT {tests} FROM {quote(staging.relation)} s").fetchone()
    return [column for column, suspect in zip(columns, row or (), strict=True) if suspect]


def _refuse_column(
    con: duckdb.DuckDBPyConnection, table: str, column: str, staging: StagedTable, log: ProblemLog
) -> None:
    cell = f"s.{quote(column)}"
    texts = con.execute(
        f"SELECT {cell}, list(s.{ROW_NUMBER} ORDER BY s.rowid)[:{SHOWN_PER_KIND}], count(*)"
        f" FROM {quote(staging.relation)} s WHERE {_may_be_damaged(column)} GROUP BY 1"
    )
    problems: dict[str, list[Problem]] = {}
    totals: dict[str, int] = {}
    while batch := texts.fetchmany(_BATCH):
        for text, rows, count in batch:
            cause = damage(text)
            if cause is not None:
                rule, words = cause.rule, Message(cause.message.key, cause.message.values)
                listed = problems.setdefault(rule, [])
                listed += [Problem(table, row, column, cut(text), rule, words) for row in rows]
                totals[rule] = totals.get(rule, 0) + count
    for rule, listed in problems.items():
        log.add_rows(sorted(listed, key=lambda problem: problem.row or 0), totals[rule])
