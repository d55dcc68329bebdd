"""What an indicator is: its measure (how it is counted), its unit, and who answers for it.

A measure names *rows*: a function from `SqlPeriods` to a SELECT with one row per counted unit
and place. Its columns: `unit` (what is counted once per cell), `province_code`, optionally
`district_code`, `target_group` and the columns of the breakdowns, `hit` (0/1: in the numerator),
`weight` or `days`, and `client` where one client can be behind several units: suppression then
looks at the clients.
The engine wraps that SELECT: it counts distinct units per area, period and breakdown, so that one
definition serves every level, every period and every breakdown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ColumnElement, Select

from data_access.filters import PLACES, Filter, Filters
from data_access.indicators.kernel.query import SERIES

if TYPE_CHECKING:
    import pandas as pd

    from data_access.indicators.kernel.engine import IndicatorEngine
    from data_access.indicators.kernel.query import Query


class DefinitionProblem(ValueError):
    """An indicator's definition breaks a rule; raised when the module is imported."""


class Unit(StrEnum):
    """Units an indicator may be in; `unit.<value>` is their text key."""

    PERCENT = "percent"
    RATIO = "ratio"
    PER_1000 = "per_1000"
    PEOPLE = "people"
    FAMILIES = "families"
    CASES = "cases"
    ATTENDANCES = "attendances"
    AWARDS = "awards"
    ACTIVITIES = "activities"
    SERVICES = "services"
    REPORTS = "reports"
    DAYS = "days"
    MONTHS = "months"
    PROVINCES = "provinces"
    DIFFERENCE = "difference"


class Direction(StrEnum):
    """Which way is better; colours and arrows follow it."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    """`stock`: as things stand on one day; `flow`: what happened in a period."""

    STOCK = "stock"
    FLOW = "flow"


@dataclass(frozen=True)
class Months:
    """The calendar months that the whole query touches, as columns of a list to join.

    The last one may end after the period: a measure keeps those within `start` and `end`.
    """

    first: ColumnElement[date]
    last: ColumnElement[date]


@dataclass(frozen=True)
class SqlPeriods:
    """The period and filters of one query, as SQL a measure can use.

    `start`, `end` and `at` are dates (bound values, or columns of the list of periods when a series
    is asked for); both ends are inclusive and nothing after `at` may be counted.
    `moment` holds the period's number and must be selected by every measure (and grouped by, where
    the measure groups); it is empty when there is one period. `breakdown` is the one asked for,
    for the few measures that count a breakdown's cells against all of them.
    """

    start: ColumnElement[date]
    end: ColumnElement[date]
    at: ColumnElement[date]
    months: Months
    moment: tuple[ColumnElement[int], ...] = ()
    role: str | None = None
    breakdown: str | None = None


Rows = Callable[[SqlPeriods], Select[Any]]
_EACH_ONCE: set[Rows] = set()


def each_once(rows: Rows) -> Rows:
    """Marks rows that hold every unit once per period, and every `client` in one place and target
    group: they are counted, not told apart, and wider areas are sums of smaller ones (`cube`).
    """
    _EACH_ONCE.add(rows)
    return rows


def holds_each_once(rows: Rows) -> bool:
    """True for rows marked with `each_once`."""
    return rows in _EACH_ONCE


@dataclass(frozen=True)
class Share:
    """Distinct units with `hit` = 1, out of all distinct units of `rows`, times `per`.

    Where `rows` has a column `known` (0/1), a cell without any 1 has no numerator but the reason
    `unknown_reason`: nothing could have been counted there, which is not zero.
    """

    rows: Rows
    per: int = 100
    unknown_reason: str = ""


@dataclass(frozen=True)
class Ratio:
    """Distinct units (or the summed `weight`) of `top` over those of `bottom`, times `per`.

    With `whole`, filters that only `top` has a column for narrow it against a denominator that
    stays whole: a part's share of everything. Without it such filters must be refused.
    """

    top: Rows
    bottom: Rows
    per: int = 1
    whole: bool = False


@dataclass(frozen=True)
class Count:
    """Distinct units (or the summed `weight`) of `rows`; there is no denominator.

    Where `rows` has a column `bound` (0/1), a cell with any 1 is marked `more_than`: a lower bound.
    """

    rows: Rows


@dataclass(frozen=True)
class Median:
    """Median of `days` over the units of `rows` that have it; the denominator counts all units.

    Where `rows` has a column `reached` (0/1), `days` is the time until something happened or, with
    0, how long the unit has waited so far: the median is then the first day by which half of all
    units got there (Kaplan–Meier), and a cell where half have not yet has none.

    `divide` turns days into another unit (months: 30.4375 days); `quantile` 0.9 gives the 90th
    percentile instead (between two values on the straight line between them).
    """

    rows: Rows
    divide: float = 1
    quantile: float = 0.5


@dataclass(frozen=True)
class Derived:
    """Computed from other indicators: `compute(engine, query)` gives area_code, group, moment,
    numerator, denominator (or none), before hiding; where it gives `value`, that is the value.
    `of` are the indicators it is computed from: it follows no filter that one of them does not.
    """

    compute: Callable[["IndicatorEngine", "Query"], "pd.DataFrame"]
    per: int = 1
    of: tuple["Indicator", ...] = ()


Measure = Share | Ratio | Count | Median | Derived


@dataclass(frozen=True)
class Indicator:
    """One published figure: what it counts, in which unit, which way is better, who owns it.

    `client_counts` says which of numerator and denominator count clients and so fall under hiding.
    `empty_reason` is the reason code shown where there is nothing to divide by.
    `neither_reason` stands in its place where there is nothing in the numerator either.
    `breakdowns` are the codes that `--by` accepts besides areas and periods.
    `filters` are the filters that the figure follows, checked against the columns of its rows.
    Asked with one of `refuses`, or by a level of area it does not know, it gives no number but the
    reason; any other filter leaves the figure as it is, and the answer says so.
    `series` are the kinds of series that have a meaning. `needs` are the optional tables without
    which the indicator says what is missing. `always_by` is the breakdown used where none is
    asked for: a figure that has no meaning as one number (the split by sex) names it.

    `owner` is a unit of config/owners.toml; `checked_by` is the unit that read the definition on
    the day `reviewed_on` and is to read it again by `next_review`. `norm` names the threshold it is
    judged by, its own name where it is empty. `count_unit` is what its numerator counts where that
    count is the headline and not the share ("23 provinces"). Maps: `on_map` offers it there,
    `map_breaks` are inner class edges held fixed, `map_breaks_of_norm` are such edges as multiples
    of the norm, and `around_norm` colours both sides of the norm. `moved_by` are the tables whose
    faulty rows are shown to move it; `executive_part` is its part of the executive table.
    `late_entry` marks a flow whose recent months still change as work is entered late.
    `same_everywhere` is true where every area has the country's number: its rows are labelled with
    the area asked for, and yet it follows no choice of area.
    """

    name: str
    code: str
    measure: Measure
    kind: Kind
    unit: Unit
    direction: Direction
    owner: str
    reviewed_on: str
    filters: Filters
    refuses: Filters = frozenset()
    version: str = "1"
    client_counts: frozenset[str] = frozenset()
    empty_reason: str = "nothing_to_count"
    neither_reason: str = ""
    breakdowns: tuple[str, ...] = ()
    series: tuple[str, ...] = SERIES
    needs: tuple[str, ...] = ()
    always_by: str | None = None
    source: str = ""
    tags: tuple[str, ...] = field(default=())
    checked_by: str = ""
    next_review: str = ""
    norm: str = ""
    count_unit: str = ""
    on_map: bool = False
    map_breaks: tuple[float, ...] = ()
    map_breaks_of_norm: tuple[float, ...] = ()
    around_norm: bool = False
    moved_by: tuple[str, ...] = ()
    executive_part: str = ""
    late_entry: bool = False
    same_everywhere: bool = False

    @property
    def headline(self) -> Literal["value", "count"]:
        """Which of its numbers stands first: the value, or the count in its numerator."""
        return "count" if self.count_unit else "value"

    @property
    def threshold_name(self) -> str:
        """The entry of thresholds.toml that it is judged by, where there is one."""
        return self.norm or self.name

    def __post_init__(self) -> None:
        from data_access.indicators.kernel.definition_check import check

        check(self)

    @property
    def filters_followed(self) -> Filters:
        """The filters that change the number; `filters` may be labels of rows only."""
        return self.filters - (PLACES | {Filter.BASE}) if self.same_everywhere else self.filters

    def refused_filters(self, filters: Iterable[Filter]) -> tuple[Filter, ...]:
        """The filters among those chosen that the indicator gives no number for.

        A level of area that it does not know is always refused: rows are labelled with the area.
        """
        placed = bool(self.filters & PLACES)
        return tuple(
            one
            for one in filters
            if one in self.refuses or (placed and one in PLACES and one not in self.filters)
        )

    @property
    def by_district(self) -> bool:
        """False where the data cannot answer by district."""
        return Filter.DISTRICT in self.filters


_ITS_OWN: dict[str, Any] = {
    **dict.fromkeys(("norm", "count_unit", "executive_part"), ""),
    **dict.fromkeys(("on_map", "around_norm", "late_entry"), False),
    **dict.fromkeys(("map_breaks", "map_breaks_of_norm", "moved_by"), ()),
}


def variant(base: Indicator, **changes: Any) -> Indicator:
    """An indicator like another with some parts changed: where it is shown and how it is judged
    stay the other's own, unless given."""
    return replace(base, **(_ITS_OWN | changes))


CLIENTS_BOTH = frozenset({"numerator", "denominator"})
CLIENTS_TOP = frozenset({"numerator"})
