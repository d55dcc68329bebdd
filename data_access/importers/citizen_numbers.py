"""Columns of Thai citizen numbers: found by their check digit, refused by name, never repeated.

A made-up number of thirteen digits has a right check digit once in ten, so a pseudonymous key may
hit by chance. A column is refused when at least two different values are valid and they are more
than half of the different values that have thirteen digits: by chance that happens once in a
hundred for two such values, once in a million for twenty. Where the header itself says citizen
number, one valid value is enough.
"""

import duckdb
from stdnum.th import pin

from config.numbers import to_arabic
from data_access.importers.headers import names_citizen_number
from data_access.importers.problem_log import ProblemLog
from data_access.importers.staging import SourceTable, StagedTable, quote
from data_access.importers.values import bare

LEAST_VALID = 2
# More than this share of the values with thirteen digits.
SHARE = 0.5
_SAMPLE = 2_000
# Thirteen digits, written in one or in groups, behind an apostrophe or with a spreadsheet's ".0".
_SHAPE = r"[\s\x{a0}''’]*[0-9๐-๙](?:[ \-]?[0-9๐-๙]){12}(?:\.0+)?[\s\x{a0}]*"
_SHORTEST, _LONGEST = 13, 80  # in bytes; a Thai digit takes three


def refuse(
    con: duckdb.DuckDBPyConnection, source_table: SourceTable, staging: StagedTable, log: ProblemLog
) -> None:
    """Take down every column of a staged table that holds citizen numbers."""
    headers = {name: name for name in staging.columns} | dict(staging.others)
    for column in _long_enough(con, staging.relation, list(headers)):
        checked, valid = _test_values(con, staging.relation, column)
        header = headers[column]
        if is_citizen_column(header, checked, valid):
            table = source_table.table or source_table.name
            log.keep_secret(table, column)
            log.add("citizen_numbers", table, column=header, valid=valid, checked=checked)


def is_citizen_column(header: str, tested_values: int, valid: int) -> bool:
    """Tell whether so many valid among so many tried values make a column of citizen numbers."""
    if valid and names_citizen_number(header):
        return True
    return valid >= LEAST_VALID and valid > SHARE * tested_values


def is_citizen_number(text: str) -> bool:
    """Tell whether a cell holds thirteen digits with a valid check digit."""
    plain = bare(to_arabic(text)).lstrip("'’").strip().split(".")[0]
    return pin.is_valid(plain)


def _long_enough(con: duckdb.DuckDBPyConnection, relation: str, columns: list[str]) -> list[str]:
    """Give the columns with at least one cell of the right length: cheap on clean data."""
    if not columns:
        return []
    tests = ", ".join(
        f"coalesce(bool_or(strlen({quote(c)}) BETWEEN {_SHORTEST} AND {_LONGEST}), false)"
        for c in columns
    )
    row = con.execute(f"SELECT {tests} FROM {quote(relation)}").fetchone()
    return [column for column, long in zip(columns, row or (), strict=True) if long]


def _test_values(con: duckdb.DuckDBPyConnection, relation: str, column: str) -> tuple[int, int]:
    """Give how many different values of the right shape were tried, and how many are valid."""
    name = quote(column)
    rows = con.execute(
        f"SELECT DISTINCT {name} FROM {quote(relation)}"
        f" WHERE strlen({name}) BETWEEN {_SHORTEST} AND {_LONGEST}"
        f" AND regexp_full_match({name}, ?) ORDER BY hash({name}) LIMIT {_SAMPLE}",
        [_SHAPE],
    ).fetchall()
    return len(rows), sum(is_citizen_number(text) for (text,) in rows)
