"""Which indicators read which columns of the exchange format, from their own definitions."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from sqlalchemy import Column
from sqlalchemy.sql import visitors

from data_access.indicators.kernel.definition import Derived, Indicator, Ratio, Rows
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of
from data_access.indicators.registry import INDICATORS
from data_access.schema.derived import SNAPSHOT

# Any day will do: the columns that a definition reads do not depend on it.
_DAY = date(2026, 9, 30)


@cache
def indicators_by_column() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Give the names of the indicators that read each (table, column), in the registry's order."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, indicator in INDICATORS.items():
        for place in sorted(_columns(indicator)):
            found.setdefault(place, []).append(name)
    return {place: tuple(names) for place, names in found.items()}


@cache
def indicators_by_table() -> Mapping[str, tuple[str, ...]]:
    """Give the names of the indicators that read each table, or say that it is missing."""
    found: dict[str, list[str]] = {}
    for name, indicator in INDICATORS.items():
        for table in sorted({*(t for t, _ in _columns(indicator)), *indicator.needs}):
            found.setdefault(table, []).append(name)
    return {table: tuple(names) for table, names in found.items()}


def _columns(indicator: Indicator) -> set[tuple[str, str]]:
    if isinstance(indicator.measure, Derived):
        return {place for one in indicator.measure.of for place in _columns(one)}
    query = Query(_DAY)
    return {
        place
        for rows in _rows(indicator)
        for element in visitors.iterate(rows(periods_of(query, indicator.kind)))
        if isinstance(element, Column) and (place := _place(element)) is not None
    }


def _rows(indicator: Indicator) -> Iterator[Rows]:
    measure = indicator.measure
    if isinstance(measure, Ratio):
        yield from (measure.top, measure.bottom)
    elif not isinstance(measure, Derived):
        yield measure.rows


def _place(column: "Column[object]") -> tuple[str, str] | None:
    table = getattr(column.table, "name", None)
    return (table, column.name) if table in SNAPSHOT else None
