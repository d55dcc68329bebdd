"""Invisible characters in ids: taken out and noted, and rows that then repeat another one merged.

"W1" and "W\\u200b1" look the same in every program, so they are one id. Where two rows of one table
differ in nothing else, the second is not another row but the same one once more: it is left out,
and the note names both.
"""

import duckdb
from sqlalchemy import Table

from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import INVISIBLE_RANGES, cut
from data_access.importers.staging import ROW_NUMBER, StagedTable, literal, quote

PATTERN = (
    "[" + "".join(rf"\x{{{first:X}}}-\x{{{last:X}}}" for first, last in INVISIBLE_RANGES) + "]"
)
_EXAMPLES = 5
# Tables without a unique key whose rows are periods: the same period twice says nothing more.
_PERIODS = frozenset({"worker_posts", "case_assignments", "case_team"})


def without(cell: str) -> str:
    """Give the SQL of a cell without its invisible characters."""
    return f"regexp_replace({cell}, {literal(PATTERN)}, '', 'g')"


def take_down(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    staging: StagedTable,
    candidates: set[str],
    log: ProblemLog,
) -> int:
    """Note the ids that held invisible characters; give how many repeated rows were left out.

    `candidates` are the columns in which there may be some. The typed table must be filled.
    """
    columns = [
        name
        for name in staging.columns
        if name in candidates and name.endswith("_id") and not log.is_secret(table.name, name)
    ]
    columns = [name for name in columns if _note_changes(con, table.name, name, staging, log)]
    if not columns or not (table.info["key"] or table.name in _PERIODS):
        return 0
    return _merge_duplicates(con, table, staging, columns, log)


def _holds(column: str) -> str:
    return f"regexp_matches(s.{quote(column)}, {literal(PATTERN)})"


def _note_changes(
    con: duckdb.DuckDBPyConnection, table: str, column: str, staging: StagedTable, log: ProblemLog
) -> bool:
    cell = f"s.{quote(column)}"
    rows = con.execute(
        f"SELECT {cell}, {without(cell)}, count(*) FROM {quote(staging.relation)} s"
        f" WHERE {_holds(column)} GROUP BY ALL ORDER BY 3 DESC, 1"
    ).fetchall()
    if not rows:
        return False
    examples = ", ".join(f"{cut(seen)} → {clean}" for seen, clean, _ in rows[:_EXAMPLES])
    log.note("invisible_removed", table, column, sum(n for *_, n in rows), examples=examples)
    return True


def _merge_duplicates(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    staging: StagedTable,
    columns: list[str],
    log: ProblemLog,
) -> int:
    """Leave out rows that are another row of the table but for invisible characters."""
    marked = (
        f"SELECT s.{ROW_NUMBER} FROM {quote(staging.relation)} s"
        f" WHERE {' OR '.join(map(_holds, columns))}"
    )
    same = " AND ".join(
        f"t.{quote(c.name)} IS NOT DISTINCT FROM o.{quote(c.name)}" for c in table.c
    )
    pairs = con.execute(
        f"SELECT t.source_row, min(o.source_row) FROM {quote(table.name)} t"
        f" JOIN {quote(table.name)} o ON {same} AND o.source_row <> t.source_row"
        f" WHERE t.source_row IN ({marked})"
        f" AND (o.source_row < t.source_row OR o.source_row NOT IN ({marked}))"
        " GROUP BY ALL ORDER BY 1"
    ).fetchall()
    if not pairs:
        return 0
    rows = ", ".join(str(row) for row, _ in pairs)
    con.execute(f"DELETE FROM {quote(table.name)} WHERE source_row IN ({rows})")
    shown = ", ".join(f"{row} = {first}" for row, first in pairs[:_EXAMPLES])
    log.note("repeat_merged", table.name, count=len(pairs), rows=shown)
    return len(pairs)
