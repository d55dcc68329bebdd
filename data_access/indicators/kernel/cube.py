"""Cells by the smallest places, counted once and kept: wider areas and groups are sums of them.

A page asks one indicator by country, by region and by province, hiding asks it again by province,
and the next visitor with another target group: all of them read one cube, and the rows are counted
once. A snapshot holds the cubes that pages ask for (`rollups`); others are counted when asked for.

Counts add up where each unit stands in one place: rows say so (`each_once`), or the count of all
places together is found to be the sum of theirs. Where that is not so the rows are counted for
every question.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import (
    Connection,
    Engine,
    FromClause,
    Select,
    String,
    case,
    cast,
    distinct,
    func,
    literal,
    null,
    select,
    tuple_,
)

from data_access.indicators.kernel import rollups
from data_access.indicators.kernel.definition import Kind, Rows, holds_each_once
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.rollups import AddsUp, Cells
from data_access.indicators.kernel.sql_periods import periods_of
from data_access.scope import Scope
from geo import registers

CACHE_SIZE = 256  # cubes; one of five years of quarters takes 0.3 MB
DAYS = ("days", "reached")  # told apart in cells that a median is taken of
LARGEST = ("bound", "known")  # of several cells these are the largest; all else is summed
NONE = -(2**31)  # stands for NULL: no days, nothing known
DENSE = 4_000_000  # so many possible cells are summed by their number, more are sorted
_OUT = "left out"  # no code of an area or a group
Column = npt.NDArray[np.int64]
Pair = tuple[str | None, str | None]


@dataclass(frozen=True)
class Cube:
    """Cells that have something in them, one entry of each array for a cell.

    `places` are (province, district) and `groups` (target group, group of the breakdown); `place`,
    `group` and `moment` say which of them a cell is. `numbers` has the columns of DAYS and COUNTS
    that the rows tell. `by_target_group` and `by_breakdown` say whether the rows know a target
    group, and the breakdown asked for.
    """

    adds_up: AddsUp
    by_target_group: bool
    by_breakdown: bool
    places: tuple[Pair, ...]
    groups: tuple[Pair, ...]
    place: Column
    group: Column
    moment: Column
    numbers: dict[str, Column]


def count(
    connection: Connection, scope: Scope, rows: Rows, kind: Kind, query: Query
) -> pd.DataFrame | None:
    """The cells of a question that hold something: area_code, group, moment, and the columns of
    DAYS and COUNTS that the rows tell.

    None where the rows do not add up, or where the question is about a part of the country that is
    counted as quickly by itself: an area of one's own, or the months of a district.
    """
    narrow = query.area == "district" or query.district is not None
    if not scope.nation or (narrow and query.over is not None):
        return None
    everywhere = _everywhere(query, narrow=narrow)
    by_group = query.breakdown == "target_group"
    first = everywhere.but(breakdown=None) if by_group else everywhere  # tells those apart already
    cube = _cube(connection.engine, connection.engine.pool, rows, kind, first)
    if cube is None or cube.adds_up is AddsUp.NOTHING:
        return None
    if cube.by_target_group and cube.adds_up is AddsUp.GROUPS and by_group:
        groups = tuple((target, target) for target, _ in cube.groups)
        cube = replace(cube, groups=groups, by_breakdown=True)
    elif (
        cube.by_target_group and cube.adds_up is AddsUp.PLACES and (by_group or query.target_group)
    ):
        return _of_groups(connection, rows, kind, query)
    return _sum_cells(cube, query)


def _of_groups(connection: Connection, rows: Rows, kind: Kind, query: Query) -> pd.DataFrame | None:
    """The cells of target groups, each counted by itself, where one unit may stand in several."""
    if query.breakdown not in (None, "target_group"):
        return None
    narrow = query.area == "district" or query.district is not None
    asked = _everywhere(query, narrow=narrow).but(breakdown="target_group")
    cube = _cube(connection.engine, connection.engine.pool, rows, kind, asked)
    if cube is None or cube.adds_up is AddsUp.NOTHING:
        return None
    told = query.breakdown is not None
    groups = tuple((group, group if told else "") for _, group in cube.groups)
    return _sum_cells(replace(cube, groups=groups, by_breakdown=told), query)


def _everywhere(query: Query, *, narrow: bool) -> Query:
    """The question about the whole country that holds the answer to this one."""
    return query.but(
        area="district" if narrow else "province",
        region=None, province=None, district=None, target_group=None, base=77,
    )  # fmt: skip


@lru_cache(maxsize=CACHE_SIZE)
def _cube(engine: Engine, pool: Any, rows: Rows, kind: Kind, query: Query) -> Cube | None:
    """The cube of a question about the whole country, from the snapshot or counted; None where the
    rows know no districts and are asked for them.

    An engine that was disposed of has another pool: its file may be another one.
    """
    del pool
    sub = rows(periods_of(query, kind)).subquery("counted")
    if query.area == "district" and "district_code" not in sub.c:
        return None
    statement = cells_of(rows, kind, query)
    with engine.connect() as connection:
        cells = rollups.read(connection, statement) or counted(connection, statement)
    by = query.breakdown
    return _as_cube(cells, "target_group" in sub.c, by is not None and by in sub.c)


def cells_of(rows: Rows, kind: Kind, query: Query) -> Select[Any]:
    """The statement that counts a cube.

    Its cells are told apart by `level`: GROUPS for places and target groups, PLACES for places
    alone, NOTHING for the whole country. Rows marked `each_once` have the first alone.
    """
    sub = rows(periods_of(query, kind)).subquery("counted")
    by, nothing = query.breakdown, cast(null(), String)
    keys = {
        "province_code": sub.c.province_code,
        "district_code": sub.c.district_code if query.area == "district" else nothing,
        "target_group": sub.c.target_group if "target_group" in sub.c else nothing,
        "slice": sub.c[by] if by and by in sub.c else literal(""),
        "moment": sub.c.moment if "moment" in sub.c else literal(0),
    } | {name: sub.c[name] for name in DAYS if name in sub.c}
    inner = select(
        *[key.label(name) for name, key in keys.items()],
        *[sub.c[name].label(f"the_{name}") for name in _COUNTABLE if name in sub.c],
    ).subquery("finest")
    once = holds_each_once(rows) and "client" not in sub.c
    finest = [inner.c[name] for name in keys]
    counts = [c.label(name) for name, c in _counts(inner, once=holds_each_once(rows)).items()]
    if once or "weight" in sub.c:
        same = literal(AddsUp.GROUPS.value).label("level")
        return select(*finest, same, *counts).group_by(*finest)
    places = [column for column in finest if column.name != "target_group"]
    whole = [inner.c.slice, inner.c.moment]
    by_target_group = func.grouping(inner.c.target_group)
    by_place = func.grouping(inner.c.province_code)
    level = case(
        (by_place == 1, AddsUp.NOTHING.value),
        (by_target_group == 1, AddsUp.PLACES.value),
        else_=AddsUp.GROUPS.value,
    )
    sets = func.grouping_sets(tuple_(*finest), tuple_(*places), tuple_(*whole))
    return select(*finest, level.label("level"), *counts).group_by(sets)


_COUNTABLE = ("unit", "hit", "client", "weight", *LARGEST)


def _counts(rows: FromClause, *, once: bool) -> dict[str, Any]:
    """What is counted of the rows of a cell; with `once` each unit is one row."""
    c = rows.c
    if "the_weight" in c:
        found: dict[str, Any] = {
            "weight": func.coalesce(func.sum(c.the_weight), 0),
            "weighted": func.count(c.the_weight),
        }
    else:
        found = {"units": func.count() if once else func.count(distinct(c.the_unit))}
        if "the_hit" in c:
            hit = case((c.the_hit == 1, c.the_unit))
            found["hits"] = func.count(hit) if once else func.count(distinct(hit))
    if "the_client" in c:
        found["clients"] = func.count(distinct(c.the_client))
        if "the_hit" in c:
            found["hit_clients"] = func.count(distinct(case((c.the_hit == 1, c.the_client))))
    found |= {name: func.max(c[f"the_{name}"]) for name in LARGEST if f"the_{name}" in c}
    return found


def counted(connection: Connection, statement: Select[Any]) -> Cells:
    """The cells of a statement of `cells_of`, by the places and groups that they add up over."""
    table: pa.Table = connection.execute(statement).cursor.to_arrow_table()
    whole = table.filter(pc.field("level") == AddsUp.NOTHING.value)
    for adds_up in (AddsUp.GROUPS, AddsUp.PLACES):
        cells = table.filter(pc.field("level") == adds_up.value).drop_columns("level")
        # Nobody is counted less often in parts than in the whole: equal sums mean equal cells.
        if not whole.num_rows or all(_total(cells, n) == _total(whole, n) for n in _COUNTED_ONCE):
            return Cells(adds_up, cells)
    return Cells(AddsUp.NOTHING, cells.slice(0, 0))


_COUNTED_ONCE = ("units", "clients")


def _total(cells: pa.Table, name: str) -> int:
    return int(pc.sum(cells[name]).as_py() or 0) if name in cells.column_names else 0


def _as_cube(cells: Cells, by_target_group: bool, by_breakdown: bool) -> Cube:
    table = cells.table
    places, place = _number_pairs(table["province_code"], table["district_code"])
    groups, group = _number_pairs(table["target_group"], table["slice"])
    names = [n for n in table.column_names if n not in rollups.LABELS and n != "moment"]
    return Cube(
        cells.adds_up, by_target_group, by_breakdown, places, groups, place, group,
        _numbers(table["moment"]), {name: _numbers(table[name]) for name in names},
    )  # fmt: skip


def _numbers(column: pa.ChunkedArray) -> Column:
    """A column as whole numbers, NONE where it is empty."""
    whole = pc.fill_null(pc.cast(column, pa.int64()), NONE)
    return np.asarray(whole.to_numpy(), dtype=np.int64)


def _number_pairs(
    first: pa.ChunkedArray, second: pa.ChunkedArray
) -> tuple[tuple[Pair, ...], Column]:
    """The distinct pairs of two columns of words, and which of them each row has."""
    (firsts, one), (seconds, other) = _coded(first), _coded(second)
    pairs, number = np.unique(one * len(seconds) + other, return_inverse=True)
    named = tuple((firsts[n // len(seconds)], seconds[n % len(seconds)]) for n in pairs)
    return named, number


def _coded(column: pa.ChunkedArray) -> tuple[list[str | None], Column]:
    """The words of a column, and the number of each row's; the first word is the empty one."""
    coded = pc.dictionary_encode(pc.cast(column, pa.string())).combine_chunks()
    numbers = pc.fill_null(pc.cast(coded.indices, pa.int64()), -1).to_numpy()
    return [None, *coded.dictionary.to_pylist()], numbers + 1


def _sum_cells(cube: Cube, query: Query) -> pd.DataFrame:
    """The cells of a question: what it leaves out is left out, the rest is summed."""
    chosen = query.target_group if cube.by_target_group else None
    areas = [_area(province, district, query) for province, district in cube.places]
    groups = [group if chosen in (None, target) else _OUT for target, group in cube.groups]
    area_names, area = _number_labels([_OUT if one is None else one for one in areas])
    group_names, group = _number_labels(groups)
    rows_area, rows_group = area[cube.place], group[cube.group]
    kept = (rows_area >= 0) & (rows_group >= 0)
    keys = [name for name in DAYS if name in cube.numbers]
    columns = [rows_area[kept], rows_group[kept], cube.moment[kept]]
    cells, into = _number_cells(columns + [cube.numbers[name][kept] for name in keys])
    found = pd.DataFrame(
        {
            "area_code": [area_names[n] for n in cells[0]],
            "group": [group_names[n] for n in cells[1]],
            "moment": cells[2],
        }
    )
    for name, values in zip(keys, cells[3:], strict=True):
        found[name] = pd.array(values, dtype="Int64")
        found.loc[values == NONE, name] = pd.NA
    for name, values in cube.numbers.items():
        if name in LARGEST:
            largest = np.full(len(found), NONE, dtype=np.int64)
            np.maximum.at(largest, into, values[kept])
            found[name] = pd.array(largest, dtype="Int64")
            found.loc[largest == NONE, name] = pd.NA
        elif name not in keys:
            total = np.zeros(len(found), dtype=np.int64)
            np.add.at(total, into, values[kept])
            found[name] = total
    one_cell = query.area == "country" and query.over is None and not cube.by_breakdown
    if found.empty and one_cell and not keys:
        # Nothing by no key is one cell of zero, as in SQL.
        zero = {"area_code": query.narrowest, "group": "", "moment": 0}
        return pd.DataFrame([{name: zero.get(name, 0) for name in found}])
    return found


def _number_labels(labels: list[str | None]) -> tuple[tuple[str | None, ...], Column]:
    """The distinct labels, and the number of each one's; -1 for what is left out."""
    number: dict[str | None, int] = {}
    numbers = [-1 if one == _OUT else number.setdefault(one, len(number)) for one in labels]
    return tuple(number) or ("",), np.array(numbers, dtype=np.int64)


def _number_cells(columns: list[Column]) -> tuple[list[Column], Column]:
    """The distinct rows of some columns of whole numbers, and which of them each row is."""
    lowest = [int(column.min(initial=0)) for column in columns]
    sizes = [int(c.max(initial=0)) - low + 1 for c, low in zip(columns, lowest, strict=True)]
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column, low, size in zip(columns, lowest, sizes, strict=True):
        number = number * size + (column - low)
    if math.prod(sizes) <= DENSE:
        there = np.zeros(math.prod(sizes), dtype=np.bool_)
        there[number] = True
        cells = np.flatnonzero(there)
        into = (np.cumsum(there) - 1)[number]
    else:
        cells, into = np.unique(number, return_inverse=True)
    found: list[Column] = []
    rest = cells
    for low, size in zip(reversed(lowest), reversed(sizes), strict=True):
        found.insert(0, rest % size + low)
        rest = rest // size
    return found, into


def _area(province: str | None, district: str | None, query: Query) -> str | None:
    """The code that a place's cells are shown under; None where the question leaves them out."""
    if query.base == 76 and province == registers.BANGKOK:
        return None
    known = registers.provinces_by_code()
    region = registers.region_of(province) if province and province in known else None
    if query.region and region != query.region:
        return None
    if query.province and province != query.province:
        return None
    if query.district and district != query.district:
        return None
    own = {"country": query.narrowest, "region": region, "province": province}
    return own.get(query.area, district)
