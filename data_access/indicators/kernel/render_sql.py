"""An indicator's definition as SQL text, for people who want to check it with their own tools."""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

from duckdb_sqlalchemy import Dialect
from sqlalchemy import ClauseElement, Date

from data_access.indicators.kernel.definition import (
    Count,
    Derived,
    Indicator,
    Median,
    Ratio,
    Rows,
    Share,
)
from data_access.indicators.kernel.engine import periods_of
from data_access.indicators.kernel.query import Query


class _WrittenDate(Date):
    """A date that stays one when it is written out: a bare string has no year to take from it."""

    def literal_processor(self, dialect: Any) -> Callable[[date], str]:
        del dialect  # standard SQL
        return lambda day: f"DATE '{day.isoformat()}'"


class _LiteralCompiler(Dialect):
    colspecs = {**Dialect.colspecs, Date: _WrittenDate}


def sql(indicator: Indicator, query: Query) -> dict[str, str]:
    """The SELECTs of the units that are counted, by part: `rows`, or `numerator` and `denominator`.

    Each gives one row per counted unit and place; the value counts its distinct `unit`s per area
    (with `hit` = 1 for the numerator of a share). A derived indicator gives `derived`: what its
    own computation says it does.
    """
    match indicator.measure:
        case Ratio(top=top, bottom=bottom):
            return {
                "numerator": _text(top, indicator, query),
                "denominator": _text(bottom, indicator, query),
            }
        case Derived(compute=compute):
            return {"derived": inspect.getdoc(compute) or ""}
        case Share(rows=rows) | Count(rows=rows) | Median(rows=rows):
            return {"rows": _text(rows, indicator, query)}


def _text(rows: Rows, indicator: Indicator, query: Query) -> str:
    return sql_text(rows(periods_of(query, indicator.kind)))


def sql_text(statement: ClauseElement) -> str:
    """The statement as DuckDB reads it, with its values written out."""
    # With any other style of parameters a percent sign would be written twice.
    dialect = _LiteralCompiler(paramstyle="named")
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
