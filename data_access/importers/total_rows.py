"""Rows that add up the others: refused by name, since they are no case, person or place.

A total row passes where a table asks for little, and would then be counted as one thing more.
"""

import duckdb

from data_access.importers.problem_log import ProblemLog
from data_access.importers.staging import ROW_NUMBER, StagedTable, literal, quote

# "รวม", "รวมทั้งหมด", "ยอดรวม:", "ผลรวมทั้งสิ้น", "จำนวนทั้งหมด" …
_THAI = (
    r"[\s:*]*(?:(?:ยอด|ผล|จำนวน)?รวม(?:ทั้งหมด|ทั้งสิ้น|ทั้งประเทศ|ทุกจังหวัด|ทุกอำเภอ|จำนวน|ย่อย|เป็น|ยอด)?"
    r"|(?:ยอด|จำนวน)ทั้งหมด)[\s:*]*"
)
_ENGLISH = r"(?i)[\s:*]*(?:(?:grand|sub)?[\s\-]*totals?|sum)[\s:*]*"
_LONGEST_ENGLISH = 20
_BEGINNINGS = ("total", "grand", "sub", "sum", " ", "*")


def _is_total(column: str) -> str:
    """Give the SQL of a cell that names a total; the cheap conditions stand first."""
    cell = quote(column)
    begins = " OR ".join(f"{cell} ILIKE {literal(start + '%')}" for start in _BEGINNINGS)
    return (
        f"((strlen({cell}) <> length({cell}) AND regexp_full_match({cell}, {literal(_THAI)}))"
        f" OR (strlen({cell}) <= {_LONGEST_ENGLISH} AND ({begins})"
        f" AND regexp_full_match({cell}, {literal(_ENGLISH)})))"
    )


def refuse(
    con: duckdb.DuckDBPyConnection, table: str, staging: StagedTable, log: ProblemLog
) -> None:
    """Take down every row that looks like a total, and empty it: it has no other fault."""
    columns = [*staging.columns, *staging.others]
    if not columns:
        return
    name = quote(staging.relation)
    tests = ", ".join(f"coalesce(bool_or({_is_total(c)}), false)" for c in columns)
    row = con.execute(f"SELECT {tests} FROM {name}").fetchone()
    affected = [column for column, holds in zip(columns, row or (), strict=True) if holds]
    if not affected:
        return
    where = " OR ".join(map(_is_total, affected))
    label = (
        "coalesce("
        + ", ".join(f"CASE WHEN {_is_total(c)} THEN {quote(c)} END" for c in affected)
        + ")"
    )
    rows = con.execute(f"SELECT {ROW_NUMBER}, {label} FROM {name} WHERE {where} ORDER BY 1")
    for number, text in rows.fetchall():
        log.add("total_row", table, int(number), seen=text)
    empty = ", ".join(f"{quote(c)} = NULL" for c in columns)
    con.execute(f"UPDATE {name} SET {empty} WHERE {where}")
