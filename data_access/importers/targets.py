"""Targets checked against the indicators they name: the name, the unit and the range.

Excel hands over 80 % as 0.8, and a target of 0.8 % is met by everybody.
"""

from decimal import Decimal
from difflib import get_close_matches

import duckdb

from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import ValueProblem
from data_access.importers.staging import ROW_NUMBER, StagedTable, quote
from data_access.importers.values import bare, read_decimal
from data_access.indicators.kernel.definition import Unit
from data_access.indicators.registry import INDICATORS

TABLE = "targets"
PERCENT_SIGN = "%"


def refuse(con: duckdb.DuckDBPyConnection, table: StagedTable, log: ProblemLog) -> None:
    """Take down every target of no indicator, or whose value cannot be in the indicator's unit."""
    if "indicator" not in table.columns:
        return
    value = "value" if "value" in table.columns else "NULL"
    rows = con.execute(
        f"SELECT {ROW_NUMBER}, indicator, {value} FROM {quote(table.relation)}"
        " WHERE indicator IS NOT NULL ORDER BY 1"
    ).fetchall()
    for row, cell, text in rows:
        name = bare(cell)
        if name not in INDICATORS:
            _refuse_unknown(name, row, log)
        elif text is not None:
            _check_value(name, text, row, log)


def _refuse_unknown(name: str, row: int, log: ProblemLog) -> None:
    near = get_close_matches(name.casefold(), INDICATORS, n=1, cutoff=0.4)
    if near:
        log.add("unknown_indicator_near", TABLE, row, "indicator", name, near=near[0])
    else:
        log.add("unknown_indicator", TABLE, row, "indicator", name)


def _check_value(name: str, text: str, row: int, log: ProblemLog) -> None:
    plain = bare(text)
    signed = plain.endswith(PERCENT_SIGN)
    try:
        value = read_decimal(plain.removesuffix(PERCENT_SIGN)).value
    except ValueProblem:
        return  # the reader of the column says what is wrong with it
    if not isinstance(value, Decimal):
        return
    percent = INDICATORS[name].unit is Unit.PERCENT
    if signed and not percent:
        log.add("target_sign", TABLE, row, "value", text, indicator=name)
    elif percent and not signed and 0 < value <= 1:
        log.add("target_fraction", TABLE, row, "value", text, indicator=name, percent=_times(value))
    elif percent and not 0 <= value <= 100:
        log.add("out_of_range", TABLE, row, "value", text, least=0, most=100, example="80")


def _times(value: Decimal) -> str:
    return f"{(value * 100).normalize():f}"
