"""Days that cannot be meant: a whole column, or more than a few rows, 57 years early.

Excel reads "30/9/69" as 1969, where a Thai office means 2569 (2026). A stray day far from all
others is a warning of the quality rules (`far_off_day`); days that Excel has moved in number would
take rows out of every period without a word, so they refuse the load.
"""

from collections.abc import Mapping
from datetime import date

import duckdb
from sqlalchemy import Date, Table

from config.thai_calendar import be_year
from config.thresholds import threshold
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import SHOWN_PER_KIND, Message, Problem
from data_access.importers.staging import quote
from data_access.schema.days import EXCEL_YEARS, believable, same_day
from data_access.schema.tables import EXCHANGE_TABLES

FEW = 2


def refuse(
    con: duckdb.DuckDBPyConnection, rows: Mapping[str, int], as_of: date, log: ProblemLog
) -> None:
    """Take down the rows of every column that Excel has moved 57 years back.

    `rows` gives the number of rows of each table. Up to two rows of a longer column are left to the
    quality rules, and so is a share no larger than the threshold `days_moved`.
    """
    for name, count in rows.items():
        if count:
            for column in _day_columns(EXCHANGE_TABLES[name]):
                _refuse_column(con, name, column, as_of, log)


def refuse_as_of(day: date, today: date, log: ProblemLog) -> None:
    """Take down a day of the load that itself lies far from today."""
    span = believable(today)
    if day not in span:
        likely = same_day(day, EXCEL_YEARS)
        meant = likely if likely in span else today
        log.add(
            "as_of_far", "manifest", column="value", seen=day.isoformat(), year=be_year(meant.year)
        )


def _day_columns(table: Table) -> list[str]:
    return [column.name for column in table.c if isinstance(column.type, Date)]


def _refuse_column(
    con: duckdb.DuckDBPyConnection, table: str, column: str, as_of: date, log: ProblemLog
) -> None:
    span = believable(as_of)
    cell = quote(column)
    counted = con.execute(
        f"SELECT count({cell}), count(*) FILTER (WHERE {cell} < ?"
        f" AND {cell} + INTERVAL {EXCEL_YEARS} YEAR BETWEEN ? AND ?) FROM {quote(table)}",
        [span.start, span.start, span.end],
    ).fetchone()
    days, early = counted or (0, 0)
    share = threshold("days_moved").value / 100
    if not early or (early < days and (early <= FEW or early <= share * days)):
        return
    shown = con.execute(
        f"SELECT source_row, {cell} FROM {quote(table)} WHERE {cell} < ?"
        f" AND {cell} + INTERVAL {EXCEL_YEARS} YEAR BETWEEN ? AND ?"
        f" ORDER BY 1 LIMIT {SHOWN_PER_KIND}",
        [span.start, span.start, span.end],
    ).fetchall()
    problems = []
    for row, day in shown:
        likely = same_day(day, EXCEL_YEARS)
        words = {
            "seen": day.isoformat(),
            "year": be_year(likely.year),
            "meant": f"{likely.day:02}/{likely.month:02}/{be_year(likely.year)}",
        }
        cause = Message("importing.problem.days_moved", words)
        problems.append(Problem(table, int(row), column, day.isoformat(), "days_moved", cause))
    log.add_rows(problems, int(early))
