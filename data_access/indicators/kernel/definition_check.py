"""Checks a definition when it is made: its name, its parts, and that it follows the filters it
declares, by the columns of its SELECTs."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, column, literal, values

from data_access.filters import FILTERS, PERIOD, PLACES, Filter, Filters
from data_access.indicators.kernel.definition import (
    Count,
    DefinitionProblem,
    Derived,
    Median,
    Months,
    Ratio,
    Rows,
    Share,
    SqlPeriods,
)

if TYPE_CHECKING:
    from data_access.indicators.kernel.definition import Indicator

NAME_GRAMMAR = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)+$")
_ANY_DAY = date(2026, 9, 30)  # the rows are never run: which day stands there does not matter
_ANY_ROLE = "case_manager"


def check(indicator: "Indicator") -> None:
    """Raises DefinitionProblem where a definition breaks a rule."""
    if not NAME_GRAMMAR.match(indicator.name):
        raise DefinitionProblem(
            f"an indicator's name is lower snake case of two words or more, got: {indicator.name!r}"
        )
    if unknown := indicator.client_counts - {"numerator", "denominator"}:
        raise DefinitionProblem(
            f"{indicator.name}: client_counts may hold numerator and denominator, got: {unknown!r}"
        )
    if indicator.always_by is not None and indicator.always_by not in indicator.breakdowns:
        raise DefinitionProblem(
            f"{indicator.name}: always_by is one of the breakdowns, got: {indicator.always_by!r}"
        )
    reviewed = date.fromisoformat(indicator.reviewed_on)
    if indicator.next_review and date.fromisoformat(indicator.next_review) <= reviewed:
        raise DefinitionProblem(f"{indicator.name}: next_review comes after {reviewed}")
    _filters(indicator)


def _filters(indicator: "Indicator") -> None:
    """Raises DefinitionProblem where declared filters and rows contradict each other.

    Every SELECT must have the column of every filter declared, and a filter that all SELECTs have
    the column of must be declared. One that only a part of them has would narrow half of the
    figure: it must be refused, or the measure must say that its denominator is the whole.
    A derived measure follows no more than the indicators it is computed from.
    """
    if both := indicator.filters & indicator.refuses:
        raise DefinitionProblem(f"{indicator.name}: follows and refuses, got: {sorted(both)}")
    match indicator.measure:
        case Derived(of=sources):
            _within(indicator, sources)
        case Ratio(top=top, bottom=bottom, whole=whole):
            _columns(indicator, (top,) if whole else (top, bottom))
        case Share(rows=rows) | Count(rows=rows) | Median(rows=rows):
            _columns(indicator, (rows,))


def _within(indicator: "Indicator", sources: Sequence["Indicator"]) -> None:
    for source in sources:
        if wide := indicator.filters - source.filters:
            raise DefinitionProblem(
                f"{indicator.name}: {source.name}, which it is computed from, does not follow "
                f"what it declares, got: {sorted(wide)}"
            )


def _columns(indicator: "Indicator", parts: Sequence[Rows]) -> None:
    has = [_can_follow(rows) for rows in parts]
    every, some = frozenset.intersection(*has), frozenset.union(*has)
    declared = indicator.filters
    if missing := declared - every:
        raise DefinitionProblem(
            f"{indicator.name}: its rows have no column for the filters, got: {sorted(missing)}"
        )
    if unsaid := every - declared - PERIOD - indicator.refuses:
        raise DefinitionProblem(
            f"{indicator.name}: its rows can follow more filters, declare them: {sorted(unsaid)}"
        )
    if halves := some - every - PLACES - indicator.refuses:
        raise DefinitionProblem(
            f"{indicator.name}: only a part of its rows can follow, refuse them: {sorted(halves)}"
        )


def _can_follow(rows: Rows) -> Filters:
    """The filters that rows can follow: by their columns, by the period and role they read."""
    probe = _probe()
    columns = {c.name for c in rows(probe).selected_columns}
    able = {spec.filter for spec in FILTERS.values() if spec.column in columns}
    if probe.reads & {"start", "end", "at", "months"}:
        able |= PERIOD
    if "role" in probe.reads and str(rows(_probe(_ANY_ROLE))) != str(rows(_probe())):
        able.add(Filter.ROLE)
    return frozenset(able)


class _Probe(SqlPeriods):
    """Periods that note in `reads` which of their parts a measure looks at."""

    reads: set[str]

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        object.__setattr__(self, "reads", set())

    def __getattribute__(self, name: str) -> Any:
        if name in SqlPeriods.__dataclass_fields__ and "reads" in super().__getattribute__(
            "__dict__"
        ):
            super().__getattribute__("reads").add(name)
        return super().__getattribute__(name)


def _probe(role: str | None = None) -> _Probe:
    listed = values(column("first", Date), column("last", Date), name="months")
    months = listed.data([(_ANY_DAY, _ANY_DAY)]).cte("months")
    day = literal(_ANY_DAY, Date)
    return _Probe(
        start=day, end=day, at=day, months=Months(months.c.first, months.c.last), role=role
    )
