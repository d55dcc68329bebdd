"""Turns counted cells into the one shape every indicator frame has, with nothing left out.

Areas without rows, codes nobody used and months without events are in the frame, as zero or as
"no data": a row that is not there would read as "we did not look".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.thai_calendar import Span
from data_access.indicators.kernel.definition import (
    Count,
    Derived,
    Indicator,
    Measure,
    Median,
    Ratio,
    Share,
)
from data_access.indicators.kernel.engine import CLIENTS
from data_access.indicators.kernel.query import Query
from data_access.schema.codes import UNKNOWN, codes_of
from data_access.scope import Scope
from data_access.status import OUT_OF_SCOPE, Status
from geo import levels, registers

NUMBERS = ("numerator", "denominator", "value")
COLUMNS = [
    "area_code",
    "group",
    "period_start",
    "period_end",
    "numerator",
    "denominator",
    "value",
    "status",
    "reason",
    "qualifier",
]


def areas(query: Query, scope: Scope) -> list[str]:
    """Codes of all areas the answer must have a row for, in the registers' order.

    Areas of which the visitor sees nothing have no row, unless the one asked for is such an area.
    """
    if query.area == "country":
        return [query.narrowest]
    return [
        code
        for code in levels.BY_NAME[query.area].codes()
        if _asked(code, query) and scope.label(code).permitted
    ]


def _asked(code: str, query: Query) -> bool:
    """True where the area is one of those asked for, or holds one (a province its district)."""
    places = [code, *[p for p in (query.region, query.province, query.district) if p is not None]]
    if query.base == 76 and any(levels.lies_in(place, registers.BANGKOK) for place in places):
        return False
    return all(levels.lies_in(code, one) or levels.lies_in(one, code) for one in places)


@dataclass(frozen=True)
class _Numbers:
    """Numbers of the cells; what stands where they are `missing` means nothing."""

    values: NDArray[Any]
    missing: NDArray[np.bool_]

    def without(self, cells: NDArray[np.bool_]) -> "_Numbers":
        return replace(self, missing=self.missing | cells)

    def zero_where(self, cells: NDArray[np.bool_]) -> "_Numbers":
        return _Numbers(np.where(cells, 0, self.values), self.missing & ~cells)

    def are(self, number: int) -> NDArray[np.bool_]:
        return ~self.missing & (self.values == number)

    def as_floats(self) -> "_Numbers":
        return replace(self, values=self.values.astype(np.float64))

    def column(self) -> Any:
        """The numbers as a column of a frame: `Int64` or `Float64`."""
        values = np.where(self.missing, 1, self.values).astype(self.values.dtype)
        kind = pd.arrays.FloatingArray if values.dtype.kind == "f" else pd.arrays.IntegerArray
        return kind(values, self.missing)


@dataclass(frozen=True)
class _CellRows:
    """What was counted, by cell: `row` is the row of `counts` that a cell is in, -1 for none.

    Arrays and not a merged frame: a page asks for hundreds of small frames, and pandas takes a
    hundred times as long over a column of one row as over one more of its rows.
    """

    counts: pd.DataFrame
    row: NDArray[np.int64]

    def has(self, name: str) -> bool:
        return name in self.counts

    def whole(self, name: str) -> _Numbers:
        return self._numbers(name, "Int64", np.int64)

    def real(self, name: str) -> _Numbers:
        return self._numbers(name, "Float64", np.float64)

    def words(self, name: str) -> NDArray[np.object_]:
        """Words of the cells, None for none."""
        if name not in self.counts:
            return np.full(len(self.row), None, dtype=object)
        words = [None if pd.isna(word) else word for word in self.counts[name].tolist()]
        return np.array([*words, None], dtype=object)[self.row]

    def _numbers(self, name: str, dtype: str, kind: type) -> _Numbers:
        if name not in self.counts:
            every = np.ones(len(self.row), dtype=bool)
            return _Numbers(np.zeros(len(self.row), dtype=kind), every)
        column = pd.array(self.counts[name], dtype=dtype)
        # One more at the end, for the cells that no row is of.
        missing = np.append(np.asarray(column.isna()), True)
        values = np.append(column.to_numpy(dtype=kind, na_value=0), kind(0))
        return _Numbers(values[self.row], missing[self.row])


def complete(
    counts: pd.DataFrame,
    indicator: Indicator,
    query: Query,
    scope: Scope,
    why_not: str = "",
) -> pd.DataFrame:
    """The indicator frame of `counts`, with every cell present: `COLUMNS`, and `CLIENTS` if known.

    `value` is numerator ÷ denominator × the measure's factor, 0–100 for percent; a plain count has
    its numerator as value and no denominator. Division by nothing is `no_data` — here and nowhere
    else — with the indicator's reason, or with `why_not` where nothing could be counted at all.
    """
    groups = counts["group"].fillna(UNKNOWN).tolist()
    periods: list[Span] = query.periods()
    cells = list(product(areas(query, scope), _groups(groups, query), range(len(periods))))
    rows = _CellRows(counts, _row_of_cells(cells, counts, groups))
    numbers, words = _values_and_words(rows, indicator, why_not)
    numbers |= {name: rows.whole(name) for name in CLIENTS if rows.has(name)}
    codes = _permitted_areas([area for area, _, _ in cells], (numbers, words), query, scope)
    columns = {
        "area_code": _texts(codes),
        "group": _texts([group for _, group, _ in cells]),
        "period_start": [periods[moment].start for _, _, moment in cells],
        "period_end": [periods[moment].end for _, _, moment in cells],
        **{name: column.column() for name, column in numbers.items()},
        **{name: _texts(column) for name, column in words.items()},
    }
    order = [*COLUMNS, *[name for name in CLIENTS if name in columns]]
    return pd.DataFrame({name: columns[name] for name in order})


def _row_of_cells(
    cells: list[tuple[str, str, int]], counts: pd.DataFrame, groups: list[str]
) -> NDArray[np.int64]:
    keys = list(zip(counts["area_code"].tolist(), groups, counts["moment"].tolist(), strict=True))
    row_of = {key: row for row, key in enumerate(keys)}
    if len(row_of) < len(keys):
        raise ValueError("a cell was counted twice")
    return np.array([row_of.get(cell, -1) for cell in cells], dtype=np.int64)


def _texts(words: Sequence[str] | NDArray[np.object_]) -> Any:
    return pd.array(np.asarray(words, dtype=object), dtype="str")


def _permitted_areas(
    codes: list[str],
    columns: tuple[dict[str, _Numbers], dict[str, NDArray[np.object_]]],
    query: Query,
    scope: Scope,
) -> list[str]:
    """The codes of the areas as what they are: the visitor's part of one is not the area.

    The total asked for is of the visitor's part then, with its own code. A list by area holds no
    number for an area seen in part; nothing at all is counted for one that is not seen.
    """
    numbers, words = columns
    labels = {code: scope.label(code) for code in dict.fromkeys(codes)}
    total = query.area == "country"
    out = {code: not one.permitted or (one.partial and not total) for code, one in labels.items()}
    if any(out.values()):
        denied = np.array([out[code] for code in codes], dtype=bool)
        for name, column in numbers.items():
            numbers[name] = column.without(denied)
        of_denied = {
            "status": Status.NOT_PERMITTED.value,
            "reason": OUT_OF_SCOPE,
            "qualifier": "exact",
        }
        for name, word in of_denied.items():
            words[name] = np.where(denied, word, words[name])
    return [labels[code].code for code in codes] if total else codes


def _groups(groups: list[str], query: Query) -> list[str]:
    if query.breakdown is None:
        return [""]
    codes = list(codes_of(query.breakdown))
    found = sorted({group for group in groups if group not in codes})
    # A breakdown that nobody has still gets a row per area: it says why there is nothing.
    return codes + found or [""]


def _values_and_words(
    rows: _CellRows, indicator: Indicator, why_not: str
) -> tuple[dict[str, _Numbers], dict[str, NDArray[np.object_]]]:
    """Numerator, denominator and value of the cells; their status, reason and qualifier."""
    measure = indicator.measure
    top, bottom = rows.whole("numerator"), rows.whole("denominator")
    qualifier = rows.words("qualifier")
    qualifier[_without_word(qualifier)] = "exact"
    own = rows.words("reason")
    # A cell nobody counted anything in is a zero, but only where there was something to look at.
    if not why_not and not isinstance(measure, Derived):
        # A lower bound of nothing known stays empty: cohorts were held, nobody has a figure. So
        # does what nobody could have counted.
        unknown = (qualifier == "more_than") | ~_without_word(own)
        top = top.zero_where(top.missing & ~unknown.astype(bool))
        if not isinstance(measure, Count):
            bottom = bottom.zero_where(bottom.missing)
    value = _value(rows, top, bottom, measure)
    empty = value.missing
    if indicator.neither_reason and not why_not:
        neither = (top.missing | top.are(0)) & (bottom.missing | bottom.are(0))
        own = np.where(neither, indicator.neither_reason, own)
    own[_without_word(own)] = why_not or indicator.empty_reason
    words = {
        "status": np.where(empty, Status.NO_DATA.value, Status.SHOWN.value).astype(object),
        "reason": np.where(empty, own, ""),
        "qualifier": qualifier,
    }
    return {"numerator": top, "denominator": bottom, "value": value}, words


def _without_word(words: NDArray[np.object_]) -> NDArray[np.bool_]:
    return np.array([word is None for word in words], dtype=bool)


def _value(rows: _CellRows, top: _Numbers, bottom: _Numbers, measure: Measure) -> _Numbers:
    match measure:
        case Median():
            return rows.real("median")
        case Derived() if rows.has("value"):
            return rows.real("value")
        case Count():
            return top.as_floats()
        case Derived() if bottom.missing.all():
            return top.as_floats()
        case Share(per=per) | Ratio(per=per) | Derived(per=per):
            nothing = top.missing | bottom.missing | (bottom.values == 0)
            divisor = np.where(nothing, 1, bottom.values)
            return _Numbers(top.values.astype(np.float64) * per / divisor, nothing)
