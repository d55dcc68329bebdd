"""How a commitment is going: the indicator's number against the straight line to its target.

Numbers are those of the public level for every reader, so that a coordinator and an executive read
the same verdict, and no small count stands behind one. A stock is read on the day; a flow is that
of the fiscal year, up to the day. Both are numbers that every page shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd

from config.thai_calendar import QUARTERS, fiscal_year_of
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Direction, Indicator, Kind, Unit
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.statistics.change import Cell, cell_of
from data_access.targets import reaches
from geo import levels

# on_course, behind, reached: before the day. met, not_met: from the day on. unknown: no number.
State = Literal["on_course", "behind", "reached", "met", "not_met", "unknown", "withdrawn"]
YEARS_AHEAD = 3
# What counts provinces says nothing of one province.
OF_THE_COUNTRY = ("provinces_over_norm", "provinces_without_trained", "cohort_province_coverage")
# Counts of what happened in a year start again from nothing every October.
_RATES = frozenset({Unit.PERCENT, Unit.RATIO, Unit.PER_1000, Unit.DAYS, Unit.MONTHS})
Ask = Callable[[str, Query], pd.DataFrame]


@dataclass(frozen=True)
class Line:
    """The straight line from the number at signing to the target on the last day."""

    base_on: date
    base: float
    due_on: date
    target: float

    def on(self, day: date) -> float:
        """Give the number of the line on a day, that of its ends before and after them."""
        whole = (self.due_on - self.base_on).days
        done = min(max((day - self.base_on).days, 0), whole)
        return self.base + (self.target - self.base) * done / whole


@dataclass(frozen=True)
class Progress:
    """Where a commitment stands: the number now (or on its last day), what the line asks, the
    state; without a number why not as a code."""

    state: State
    value: float | None = None
    expected: float | None = None
    why: str = ""


def public(scope: Scope) -> Scope:
    """Give the scope without own areas: what others read of the same rows."""
    return replace(scope, own_provinces=frozenset(), own_districts=frozenset(), reveal=False)


def offered_indicators() -> tuple[str, ...]:
    """Give the indicators that may be agreed upon: one way is better, and a line has a meaning."""
    return tuple(name for name, item in registry.INDICATORS.items() if _has_a_line(item))


def _has_a_line(item: Indicator) -> bool:
    if item.direction is Direction.NEUTRAL or item.always_by or item.same_everywhere:
        return False
    if item.name in OF_THE_COUNTRY or item.unit in (Unit.PROVINCES, Unit.DIFFERENCE):
        return False
    return item.kind is Kind.STOCK or (item.unit in _RATES and item.headline == "value")


def counts_whole(item: Indicator) -> bool:
    """Tell whether an indicator's first number is a whole count, of people or cases."""
    return item.headline == "count" or item.unit not in _RATES


def last_days(item: Indicator, as_of: date) -> tuple[date, ...]:
    """Give the days that a commitment may end on: ends of quarters, for a flow of fiscal years."""
    first = fiscal_year_of(as_of)
    years = [first]
    while len(years) < YEARS_AHEAD:
        years.append(years[-1].next())
    ends = [y.quarter(n).end for y in years for n in QUARTERS]
    if item.kind is Kind.FLOW:
        ends = [year.end for year in years]
    return tuple(day for day in ends if day > as_of)


def cell_on(name: str, area: str, day: date, as_of: date, ask: Ask) -> Cell:
    """Give the number of an area on a day as the data of `as_of` have it."""
    item = registry.get(name)
    level: Any = levels.level_of(area).name
    year = fiscal_year_of(day)
    span = year.span
    if item.kind is Kind.STOCK and day < as_of:
        span = next(q for q in map(year.quarter, QUARTERS) if day in q)
    province = area[:2] if level == "district" else None
    frame = ask(name, Query(as_of, area=level, span=span, province=province))
    mine = frame[frame["area_code"] == area]
    if mine.empty:
        return Cell(None, "no_data")
    return cell_of(mine.iloc[0], item, counts=item.headline == "count")


def progress_of(entry: Any, as_of: date, ask: Ask) -> Progress:
    """Give where a commitment stands on the day of the data."""
    if entry.state == "withdrawn":
        return Progress("withdrawn")
    item = registry.INDICATORS.get(entry.indicator)
    if item is None or item.version != entry.base_version:
        return Progress("unknown", why="definition")
    if as_of < entry.base_on:
        return Progress("unknown", why="older_data")
    over = as_of >= entry.due_on
    line = Line(entry.base_on, entry.base_value, entry.due_on, entry.target)
    day = min(as_of, entry.due_on)
    cell = cell_on(entry.indicator, entry.area_code, day, as_of, ask)
    value, expected = cell.comparable, line.on(day)
    if value is None:
        return Progress("unknown", expected=expected, why=cell.reason or "no_data")
    hit = reaches(value, entry.target, item.direction)
    if over:
        return Progress("met" if hit else "not_met", value, expected)
    if hit:
        return Progress("reached", value, expected)
    keeps_up = reaches(value, expected, item.direction)
    return Progress("on_course" if keeps_up else "behind", value, expected)
