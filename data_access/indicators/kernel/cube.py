"""Cells by the smallest places, counted once and kept: wider areas and groups are sums of them.

A page asks one indicator by country, by region and by province, hiding asks it again by province,
and the next visitor with another target group: all of them read one cube, and the rows are counted
once. A snapshot holds the cubes that pages ask for (`rollups`); others are counted when asked for.

Counts add up where each unit stands in one place: rows say so (`each_once`), or the count of all
places together is found to be the sum of theirs. Where that is not so the rows are counted for
every question.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Engine

from data_access.indicators.kernel import rollups
from data_access.indicators.kernel.cube_statement import NONE, cells_of, count_cells
from data_access.indicators.kernel.cube_sums import Column, Cube, Pair, sum_cells
from data_access.indicators.kernel.definition import Kind, Rows, holds_each_once
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.rollups import AddsUp, Cells
from data_access.indicators.kernel.sql_periods import periods_of
from data_access.scope import Scope

CACHE_SIZE = 256  # cubes; one of five years of quarters takes 0.3 MB


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
    return sum_cells(cube, query)


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
    return sum_cells(replace(cube, groups=groups, by_breakdown=told), query)


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
        cells = rollups.read(connection, statement) or _part_of_record(
            connection, rows, kind, query
        )
        if cells is None:
            if not holds_each_once(rows):
                return None  # telling whether they add up takes as long as some answers
            cells = count_cells(connection, statement)
    by = query.breakdown
    return _as_cube(cells, "target_group" in sub.c, by is not None and by in sub.c)


def _part_of_record(connection: Connection, rows: Rows, kind: Kind, query: Query) -> Cells | None:
    """The cells of a question about periods of a series that the snapshot holds."""
    if not rollups.has_any(connection):
        return None
    for series in rollups.record(query.as_of):
        moments = rollups.moments_of(query, series, stock=kind is Kind.STOCK)
        if moments is None:
            continue
        asked = series.but(breakdown=query.breakdown, role=query.role)
        cells = rollups.read(connection, cells_of(rows, kind, asked))
        if cells is not None:
            return Cells(cells.adds_up, _only_moments(cells.table, moments))
    return None


def _only_moments(table: pa.Table, moments: list[int]) -> pa.Table:
    """The cells of some periods of a series, numbered by their place among those."""
    place = pc.index_in(table["moment"].cast(pa.int64()), pa.array(moments, pa.int64()))
    at = table.column_names.index("moment")
    return table.set_column(at, "moment", place).filter(pc.is_valid(place))


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
    (firsts, one), (seconds, other) = _words_and_numbers(first), _words_and_numbers(second)
    pairs, number = np.unique(one * len(seconds) + other, return_inverse=True)
    named = tuple((firsts[n // len(seconds)], seconds[n % len(seconds)]) for n in pairs)
    return named, number


def _words_and_numbers(column: pa.ChunkedArray) -> tuple[list[str | None], Column]:
    """The words of a column, and the number of each row's; the first word is the empty one."""
    coded = pc.dictionary_encode(pc.cast(column, pa.string())).combine_chunks()
    numbers = pc.fill_null(pc.cast(coded.indices, pa.int64()), -1).to_numpy()
    return [None, *coded.dictionary.to_pylist()], numbers + 1
