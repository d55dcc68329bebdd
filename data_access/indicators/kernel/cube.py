"""Cells by the smallest places, counted once and kept: wider areas and groups are sums of them.

Only of rows that hold each unit once (`each_once`): such counts add up. A page asks one indicator
by country, by region and by province, hiding asks it again by province, and the next visitor with
another target group: all of them read one cube, and the rows are counted once.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection, Engine, Subquery, case, distinct, func, literal, null, select

from data_access.indicators.kernel.definition import Kind, Rows, holds_each_once
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of
from data_access.scope import Scope
from geo import registers

CACHE_SIZE = 256  # cubes; one of five years of quarters takes 0.3 MB
_NOT_SUMS = {"weight", "bound", "known"}
_OUT = "left out"  # no code of an area or a group
Column = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cube:
    """Counts of the cells that have something in them, one entry of each array for a cell.

    `places` are (province, district) and `groups` (target group, group of the breakdown); `place`,
    `group` and `moment` say which of them a cell is. `counts` has `units`, and `hits`, `clients`
    and `hit_clients` where the rows tell them. `by_target_group` and `by_breakdown` say whether the
    rows know a target group, and the group of the breakdown asked for.
    """

    places: tuple[tuple[str | None, str | None], ...]
    groups: tuple[tuple[str | None, str | None], ...]
    place: Column
    group: Column
    moment: Column
    counts: dict[str, Column]
    by_target_group: bool
    by_breakdown: bool


def count(
    connection: Connection, scope: Scope, rows: Rows, kind: Kind, query: Query, *, hits: bool
) -> pd.DataFrame | None:
    """What `IndicatorEngine.count` gives of the rows, with only the cells that hold something.

    None where the rows do not add up, or where the question is about a part of the country that is
    counted as quickly by itself: a scope, or the months of a district.
    """
    narrow = query.area == "district" or query.district is not None
    if not scope.nation or not holds_each_once(rows) or (narrow and query.over is not None):
        return None
    by_target_group = query.breakdown == "target_group"  # every cube tells those apart
    everywhere = query.but(
        area="district" if narrow else "province",
        breakdown=None if by_target_group else query.breakdown,
        region=None, province=None, district=None, target_group=None, base=77,
    )  # fmt: skip
    cube = _cube(connection.engine, connection.engine.pool, rows, kind, everywhere)
    if cube is None:
        return None
    if by_target_group and cube.by_target_group:
        groups = tuple((target, target) for target, _ in cube.groups)
        cube = replace(cube, groups=groups, by_breakdown=True)
    return _sum_cells(cube, query, hits=hits)


@lru_cache(maxsize=CACHE_SIZE)
def _cube(engine: Engine, pool: Any, rows: Rows, kind: Kind, query: Query) -> Cube | None:
    """The cube of a question about the whole country; None where the rows do not add up.

    An engine that was disposed of has another pool: its file may be another one.
    """
    del pool
    sub = rows(periods_of(query, kind)).subquery("counted")
    narrow = query.area == "district"
    if _NOT_SUMS & set(sub.c.keys()) or (narrow and "district_code" not in sub.c):
        return None
    names = ["units", *(["hits"] if "hit" in sub.c else [])]
    if "client" in sub.c:
        names += ["clients", *(["hit_clients"] if "hit" in sub.c else [])]
    by = query.breakdown
    keys = [
        sub.c.province_code,
        sub.c.district_code if narrow else null(),
        sub.c.target_group if "target_group" in sub.c else null(),
        sub.c[by] if by and by in sub.c else literal(""),
        sub.c.moment if "moment" in sub.c else literal(0),
    ]
    inner = select(*[key.label(f"key_{n}") for n, key in enumerate(keys)], *_columns_to_count(sub))
    finest = inner.subquery("finest")
    whole = [finest.c[f"key_{n}"] for n in range(len(keys))]
    counts = _counts(finest)
    with engine.connect() as connection:
        found = connection.execute(
            select(*whole, *[counts[name] for name in names]).group_by(*whole)
        ).fetchall()
    columns = list(zip(*found, strict=True)) or [()] * (len(keys) + len(names))
    places, place = _number_pairs(columns[0], columns[1])
    groups, group = _number_pairs(columns[2], columns[3])
    numbers = [np.array(column, dtype=np.int64) for column in columns[4:]]
    return Cube(
        places, groups, place, group, numbers[0], dict(zip(names, numbers[1:], strict=True)),
        "target_group" in sub.c,
        by is not None and by in sub.c,
    )  # fmt: skip


def _columns_to_count(sub: Subquery) -> list[Any]:
    return [sub.c[name] for name in ("unit", "hit", "client") if name in sub.c]


def _counts(rows: Subquery) -> dict[str, Any]:
    """What the engine counts of the rows of a cell, each unit being one row."""
    c = rows.c
    found: dict[str, Any] = {"units": func.count()}
    if "hit" in c:
        found["hits"] = func.count(case((c.hit == 1, c.unit)))
    if "client" in c:
        found["clients"] = func.count(distinct(c.client))
    if "client" in c and "hit" in c:
        found["hit_clients"] = func.count(distinct(case((c.hit == 1, c.client))))
    return found


def _number_pairs(
    first: tuple[str | None, ...], second: tuple[str | None, ...]
) -> tuple[tuple[tuple[str | None, str | None], ...], Column]:
    """The distinct pairs of two columns, and which of them each row has."""
    number: dict[tuple[str | None, str | None], int] = {}
    rows = [number.setdefault(pair, len(number)) for pair in zip(first, second, strict=True)]
    return tuple(number), np.array(rows, dtype=np.int64)


def _sum_cells(cube: Cube, query: Query, *, hits: bool) -> pd.DataFrame:
    """The cells of a question: what it leaves out is left out, the rest is summed."""
    chosen = query.target_group if cube.by_target_group else None
    areas = [_area(province, district, query) for province, district in cube.places]
    groups = [group if chosen in (None, target) else _OUT for target, group in cube.groups]
    area_names, area = _number_labels([_OUT if one is None else one for one in areas])
    group_names, group = _number_labels(groups)
    rows_area, rows_group = area[cube.place], group[cube.group]
    kept = (rows_area >= 0) & (rows_group >= 0)
    moments = int(cube.moment.max(initial=0)) + 1
    cell = ((rows_area * len(group_names) + rows_group) * moments + cube.moment)[kept]
    cells, into = np.unique(cell, return_inverse=True)
    found = pd.DataFrame(
        {
            "area_code": [area_names[n] for n in cells // (len(group_names) * moments)],
            "group": [group_names[n] for n in cells // moments % len(group_names)],
            "moment": cells % moments,
        }
    )
    for name, wanted in _columns(cube, hits=hits).items():
        total = np.zeros(len(cells), dtype=np.int64)
        np.add.at(total, into, cube.counts[wanted][kept])
        found[name] = total
    if found.empty and query.area == "country" and query.over is None and not cube.by_breakdown:
        # Nothing by no key is one cell of zero, as in SQL.
        zero = {"area_code": query.narrowest, "group": "", "moment": 0}
        return pd.DataFrame([zero | dict.fromkeys(_columns(cube, hits=hits), 0)])
    return found


def _number_labels(labels: list[str | None]) -> tuple[tuple[str | None, ...], Column]:
    """The distinct labels, and the number of each one's; -1 for what is left out."""
    number: dict[str | None, int] = {}
    numbers = [-1 if one == _OUT else number.setdefault(one, len(number)) for one in labels]
    return tuple(number) or ("",), np.array(numbers, dtype=np.int64)


def _columns(cube: Cube, *, hits: bool) -> dict[str, str]:
    """The columns of the engine's answer, and the count of the cube that each is."""
    if not hits:
        of_clients = {"numerator_clients": "clients"} if "clients" in cube.counts else {}
        return {"numerator": "units"} | of_clients
    found = {"numerator": "hits", "denominator": "units"}
    if "clients" in cube.counts:
        found |= {"numerator_clients": "hit_clients", "denominator_clients": "clients"}
    return found


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
