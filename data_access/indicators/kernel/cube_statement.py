"""The statement that counts a cube, and its cells."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import (
    Connection,
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

from data_access.indicators.kernel.definition import (
    Count,
    Indicator,
    Kind,
    Median,
    Ratio,
    Rows,
    Share,
    holds_each_once,
)
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.rollups import AddsUp, Cells
from data_access.indicators.kernel.sql_periods import periods_of

DAYS = ("days", "reached")  # told apart in cells that a median is taken of
LARGEST = ("bound", "known")  # of several cells these are the largest; all else is summed
NONE = -(2**31)  # stands for NULL: no days, nothing known
_COUNTABLE = ("unit", "hit", "client", "weight", *LARGEST)
_COUNTED_ONCE = ("units", "clients")


def rows_of(one: Indicator) -> tuple[Rows, ...]:
    """The rows that a definition counts; none where it is computed from other indicators."""
    match one.measure:
        case Share(rows=rows) | Count(rows=rows) | Median(rows=rows):
            return (rows,)
        case Ratio(top=top, bottom=bottom):
            return (top, bottom)
    return ()


def columns_of(rows: Rows, kind: Kind, query: Query) -> frozenset[str]:
    """The columns that the rows of a question have."""
    return frozenset(rows(periods_of(query, kind)).subquery().c.keys())


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


def count_cells(connection: Connection, statement: Select[Any]) -> Cells:
    """The cells of a statement of `cells_of`, by the places and groups that they add up over."""
    return as_cells(connection.execute(statement).cursor.to_arrow_table())


def as_cells(table: pa.Table) -> Cells:
    """The cells among the rows that a statement of `cells_of` gave."""
    whole = table.filter(pc.field("level") == AddsUp.NOTHING.value)
    for adds_up in (AddsUp.GROUPS, AddsUp.PLACES):
        cells = table.filter(pc.field("level") == adds_up.value).drop_columns("level")
        # Nobody is counted less often in parts than in the whole: equal sums mean equal cells.
        if not whole.num_rows or all(_total(cells, n) == _total(whole, n) for n in _COUNTED_ONCE):
            return Cells(adds_up, cells)
    return Cells(AddsUp.NOTHING, cells.slice(0, 0))


def _total(cells: pa.Table, name: str) -> int:
    return int(pc.sum(cells[name]).as_py() or 0) if name in cells.column_names else 0
