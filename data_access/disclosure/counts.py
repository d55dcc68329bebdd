"""The true counts that decisions are made from: linked indicators over all areas of one level."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.thai_calendar import FiscalYear, Span, fiscal_year_of
from data_access.disclosure.families import SENSITIVE_GROUPS, definition_of
from data_access.disclosure.moves import Counts, Mask, Member
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.kernel.engine import IndicatorEngine, with_default_breakdown
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.rollups import RECORD_YEARS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine
from geo import registers

EVERYTHING = Scope(nation=True, reveal=True)
PROVINCES = tuple(p.code for p in registers.provinces())
DISTRICTS = tuple(d.code for d in registers.districts())
IN_PROVINCE = np.array([[d[:2] == p for d in DISTRICTS] for p in PROVINCES], dtype=np.int64)

CACHE_SIZE = 64


@dataclass(frozen=True)
class Table:
    """Members over areas × slices × periods, in the order of `areas` and `slices`.

    `few` holds for each member the counts beside it that must not be few either, such as its
    clients where it counts something else: from 1 to `least` - 1 they hide the cell.
    """

    members: tuple[Member, ...]
    areas: tuple[str, ...]
    slices: tuple[str, ...]
    few: tuple[tuple[Counts, ...], ...]
    least: int

    def at(self, moment: int, rows: list[int] | None = None) -> tuple[Member, ...]:
        """The members of one period, of some rows."""
        pick = slice(None) if rows is None else rows
        return tuple(one.at((pick, slice(None), moment)) for one in self.members)

    def one(self, moment: int) -> "Table":
        """The table of one period."""
        here = slice(moment, moment + 1)
        members = tuple(one.at((..., here)) for one in self.members)
        few = tuple(tuple(cube[..., here] for cube in cubes) for cubes in self.few)
        return replace(self, members=members, few=few)

    def with_slices(self, slices: set[str]) -> "Table":
        """The table with those of the slices that it lacks, in which nobody is; without slices it
        stays as it is."""
        more = sorted(slices - {*self.slices, ""})
        if not more or self.slices == ("",):
            return self

        def longer(cube: NDArray[Any]) -> NDArray[Any]:
            return np.pad(cube, ((0, 0), (0, len(more)), (0, 0)))

        members = tuple(
            Member(longer(o.top), None if o.rest is None else longer(o.rest), longer(o.extra))
            for o in self.members
        )
        few = tuple(tuple(map(longer, cubes)) for cubes in self.few)
        return Table(members, self.areas, (*self.slices, *more), few, self.least)

    def sum_to(self, parent: dict[str, str], areas: tuple[str, ...]) -> "Table":
        """The same counts of wider areas; `parent` says which area each one lies in."""
        place = {code: n for n, code in enumerate(areas)}
        into = np.zeros((len(areas), len(self.areas)), dtype=np.int64)
        for n, code in enumerate(self.areas):
            into[place[parent[code]], n] = 1
        few = tuple(tuple(np.tensordot(into, cube, axes=1) for cube in cubes) for cubes in self.few)
        shape = (len(areas), *self.members[0].top.shape[1:])
        members = tuple(
            Member(
                np.tensordot(into, one.top, axes=1),
                None if one.rest is None else np.tensordot(into, one.rest, axes=1),
                any_few(cubes, shape, self.least),
                np.tensordot(into, one.least_whole, axes=1),
                None if one.bare is None else _most_of(one.bare, into),
            )
            for one, cubes in zip(self.members, few, strict=True)
        )
        return Table(members, areas, self.slices, few, self.least)


def _most_of(parts: Counts, into: Counts) -> Counts:
    """The largest of each area's parts."""
    return np.array([parts[row > 0].max(axis=0) for row in into])


def table(
    names: tuple[str, ...], query: Query, snapshot: SnapshotInfo, least: int, *, base: bool
) -> Table:
    """The counts of the indicators for a query by province or district of the whole country.

    With `base` only the count that stands behind each: its denominator, or its numerator where the
    denominator counts no clients.
    """
    areas = PROVINCES if query.area == "province" else DISTRICTS
    raws = [(definition_of(name), _raw(name, query, snapshot)) for name in names]
    slices = ("",) if query.breakdown is None else _slices([raw for _, raw in raws])
    shape = (areas, slices, len(query.periods()))
    parts = [_member(one, raw, shape, least, base=base) for one, raw in raws]
    members, few = zip(*parts, strict=True)
    return Table(members, areas, slices, few, least)


def districts_in(which: Mask) -> Counts:
    """How many of each province's districts are true."""
    return np.asarray(IN_PROVINCE @ which.astype(np.int64))


def series_with(names: tuple[str, ...], flow: bool, query: Query) -> Query | None:
    """The series that holds the query's period and that all the indicators have; None without one.

    Flows by quarter or by fiscal year and stocks by quarter over the record that trends show, for
    a page asks for all of it; stocks of other months by month of their fiscal year. A stock on the
    as-of date is asked for by itself.
    """
    if query.not_begun:
        return None
    period = query.period
    for series in _series_of(flow, query):
        if all(series.over in definition_of(name).series for name in names):
            spans = series.periods()
            if flow and period in spans:
                return series
            if not flow and period.end < query.as_of and period.end in [s.end for s in spans]:
                return series
    return None


def _series_of(flow: bool, query: Query) -> list[Query]:
    year, last = fiscal_year_of(query.period.start), fiscal_year_of(query.as_of)
    first = min(year.be, last.be - RECORD_YEARS + 1)
    record = Span(FiscalYear(first).start, last.end)
    by_quarter = query.but(span=record, over="quarter")
    if flow:
        return [by_quarter, query.but(span=record, over="fiscal_year")]
    return [by_quarter, query.but(span=Span(year.start, year.end), over="month")]


@lru_cache(maxsize=CACHE_SIZE)
def _raw(name: str, query: Query, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Kept, for a table and the one of the counts behind it read the same rows."""
    definition = definition_of(name)
    whole = with_default_breakdown(definition, query)
    with engine(snapshot).connect() as connection:
        raw = IndicatorEngine(connection, EVERYTHING).counts(definition, whole)
    if query.breakdown is None and whole.breakdown is not None:
        # A split without a total of its own: each of its rows carries the whole as denominator.
        raw = raw.groupby(["area_code", "moment"], as_index=False)["denominator"].max()
        return raw.assign(group="", numerator=raw["denominator"], denominator=pd.NA)
    return raw


def _slices(raws: list[pd.DataFrame]) -> tuple[str, ...]:
    groups = {str(group) for raw in raws for group in raw["group"]}
    # Sensitive groups last: the last is hidden beside another, and most of theirs is hidden anyway.
    return tuple(sorted(groups, key=lambda one: (one in SENSITIVE_GROUPS, one))) or ("",)


def _member(
    definition: Indicator,
    raw: pd.DataFrame,
    shape: tuple[tuple[str, ...], tuple[str, ...], int],
    least: int,
    *,
    base: bool,
) -> tuple[Member, tuple[Counts, ...]]:
    top = _cube(raw, "numerator", shape)
    columns = [one for one in ("numerator_clients", "denominator_clients") if one in raw]
    few = [_cube(raw, column, shape) for column in columns]
    rest: Counts | None = None
    if "denominator" in definition.client_counts and not raw["denominator"].isna().all():
        whole = _cube(raw, "denominator", shape)
        rest = np.maximum(whole - top, 0)
        if base:
            top, rest = whole, None
        elif one_whole(raw):
            # The difference is what the other slices count; it moves when they do.
            few.append(rest)
            rest = None
    return Member(top, rest, any_few(few, top.shape, least)), tuple(few)


def any_few(cubes: Iterable[Counts], shape: tuple[int, ...], least: int) -> Mask:
    """True where one of the counts is from 1 to `least` - 1."""
    few: Mask = np.zeros(shape, dtype=bool)
    for cube in cubes:
        few |= (cube >= 1) & (cube < least)
    return few


def one_whole(raw: pd.DataFrame) -> bool:
    """True where every slice of an area is set against the same denominator."""
    by_area = raw.groupby(["area_code", "moment"])["denominator"]
    return bool((by_area.nunique() == 1).all() and (by_area.size() > 1).any())


def _cube(
    raw: pd.DataFrame, column: str, shape: tuple[tuple[str, ...], tuple[str, ...], int]
) -> Counts:
    areas, slices, moments = shape
    cube = np.zeros((len(areas), len(slices), moments), dtype=np.int64)
    place = {code: n for n, code in enumerate(areas)}
    column_of = {code: n for n, code in enumerate(slices)}
    rows = raw[raw["area_code"].isin(place) & raw["group"].isin(column_of)]
    at = (
        rows["area_code"].map(place).to_numpy("int64"),
        rows["group"].map(column_of).to_numpy("int64"),
        rows["moment"].to_numpy("int64"),
    )
    cube[at] = rows[column].fillna(0).to_numpy("int64")
    return cube
