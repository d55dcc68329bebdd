"""The cells of a question as sums of a cube's."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_access.indicators.kernel.cube_statement import DAYS, LARGEST, NONE
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.rollups import AddsUp
from geo import registers

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


def sum_cells(cube: Cube, query: Query) -> pd.DataFrame:
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


def as_answer(cells: pd.DataFrame, *, hits: bool) -> pd.DataFrame:
    """Summed cells with the names of an answer: `numerator` (with `hits` also `denominator`), the
    clients behind each, and the marks `bound` and `known` where the rows have them."""
    found = cells[["area_code", "group", "moment"]].copy()
    if hits:
        found["numerator"], found["denominator"] = cells["hits"], cells["units"]
    elif "weight" in cells:
        # Nothing known in a cell is no number, and no zero.
        found["numerator"] = cells["weight"].where(cells["weighted"] > 0)
    else:
        found["numerator"] = cells["units"]
    if "clients" in cells:
        if hits:
            found["numerator_clients"] = cells["hit_clients"]
        found["denominator_clients" if hits else "numerator_clients"] = cells["clients"]
    for name in LARGEST:
        if name in cells and (hits or name == "bound"):
            found[name] = cells[name]
    return found
