"""SQL that engines spell differently, spelt once."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, case, extract
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class days_between(FunctionElement[int]):  # reads as the SQL function it is
    """Calendar days from the first date to the second; negative where the second is earlier."""

    type = Integer()
    inherit_cache = True

    def __init__(self, start: ColumnElement[Any], end: ColumnElement[Any]) -> None:
        super().__init__(start, end)


@compiles(days_between)
@compiles(days_between, "postgresql")
def _subtract(element: days_between, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(c, **options) for c in element.clauses)
    return f"(CAST({end} AS DATE) - CAST({start} AS DATE))"


@compiles(days_between, "duckdb")
def _date_diff(element: days_between, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(c, **options) for c in element.clauses)
    return f"date_diff('day', CAST({start} AS DATE), CAST({end} AS DATE))"


@compiles(days_between, "hive")
def _datediff(element: days_between, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(c, **options) for c in element.clauses)
    return f"datediff({end}, {start})"


@compiles(days_between, "sqlite")
def _julian(element: days_between, compiler: Any, **options: Any) -> str:
    # SQLite subtracts the years of two dates and drops the rest, without a word.
    start, end = (compiler.process(c, **options) for c in element.clauses)
    return f"CAST(julianday({end}) - julianday({start}) AS INTEGER)"


class number_of_row(FunctionElement[int]):  # reads as the SQL function it is
    """A whole number that no other row of the same table has in the same statement."""

    type = Integer()
    inherit_cache = True


@compiles(number_of_row)
def _row_number(element: number_of_row, compiler: Any, **options: Any) -> str:
    del element, compiler, options
    return "row_number() OVER ()"


@compiles(number_of_row, "hive")
def _increasing_id(element: number_of_row, compiler: Any, **options: Any) -> str:
    # A window over everything would bring all rows to one worker.
    del element, compiler, options
    return "monotonically_increasing_id()"


def fiscal_year(day: ColumnElement[Any]) -> ColumnElement[int]:
    """The Christian year in which the day's fiscal year ends: October begins a new one."""
    year: ColumnElement[int] = extract("year", day)
    return case((extract("month", day) >= 10, year + 1), else_=year)


def month_number(day: ColumnElement[Any]) -> ColumnElement[int]:
    """The months since the year 0, so that a day of an earlier month has a smaller number."""
    return extract("year", day) * 12 + extract("month", day)
