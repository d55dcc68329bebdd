"""An indicator's definition as SQL text, for people who want to check it with their own tools."""

import inspect

from duckdb_sqlalchemy import Dialect
from sqlalchemy import ClauseElement

from data_access.indicators.definition import (
    Count,
    Derived,
    Indicator,
    Median,
    Ratio,
    Rows,
    Share,
)
from data_access.indicators.engine import ask_for
from data_access.indicators.question import Question


def sql(indicator: Indicator, question: Question) -> dict[str, str]:
    """The SELECTs of the units that are counted, by part: `rows`, or `numerator` and `denominator`.

    Each gives one row per counted unit and place; the value counts its distinct `unit`s per area
    (with `hit` = 1 for the numerator of a share). A derived indicator gives `derived`: what its
    own computation says it does.
    """
    match indicator.measure:
        case Ratio(top=top, bottom=bottom):
            return {
                "numerator": _text(top, indicator, question),
                "denominator": _text(bottom, indicator, question),
            }
        case Derived(compute=compute):
            return {"derived": inspect.getdoc(compute) or ""}
        case Share(rows=rows) | Count(rows=rows) | Median(rows=rows):
            return {"rows": _text(rows, indicator, question)}


def _text(rows: Rows, indicator: Indicator, question: Question) -> str:
    return compiled(rows(ask_for(question, indicator.kind)))


def compiled(statement: ClauseElement) -> str:
    """The statement as DuckDB reads it, with its values written out."""
    return str(statement.compile(dialect=Dialect(), compile_kwargs={"literal_binds": True}))
