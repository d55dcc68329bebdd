"""Raw exchange tables as frames, and counting an oracle's facts into an indicator frame.

Plain pandas, shared by the oracles; from the product only the query, the table list and the
register of areas are used.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Boolean, Date, Integer, Numeric

from data_access.indicators.kernel.query import Query
from data_access.schema.tables import EXCHANGE_TABLES
from geo import registers

World = dict[str, pd.DataFrame]
Facts = tuple[pd.DataFrame, pd.DataFrame | None]
REGION = {
    **dict.fromkeys("127", "central"),
    **dict.fromkeys("34", "northeast"),
    **dict.fromkeys("56", "north"),
    **dict.fromkeys("89", "south"),
}
FREQUENCY = {"month": "M", "quarter": "Q-SEP", "fiscal_year": "Y-SEP"}


@dataclass(frozen=True)
class Oracle:
    """A second way to count an indicator.

    `facts(world, query, start, end)` gives what counts above and below the line, a row each,
    with columns unit (or weight), province, district and, where it splits, group. A stock looks
    at `end` only. What is below the line is a divisor — or, for plain counts, the `base` without
    which there is no number, or what makes the number `vague`. Where a divisor has a column `known`
    (bool), a cell none of whose rows is known has no number. Some cannot be told `by_district`,
    some have no number where a target group is chosen (`by_group` false).
    `series` is false for what has a meaning on one day only.
    """

    facts: Callable[[World, Query, date, date], Facts]
    flow: bool = False
    per: int = 100
    below: Literal["divisor", "base", "vague"] = "divisor"
    by_district: bool = True
    by_group: bool = True
    series: bool = True


def world_of(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> World:
    """Every exchange table as a frame: dates as timestamps, unknown texts empty."""
    return {
        name: _typed(name, pd.DataFrame(list(tables.get(name, ())))) for name in EXCHANGE_TABLES
    }


def world_in(folder: Path) -> World:
    """The same from a folder of clean CSV files (ISO dates, `true`/`false`)."""
    paths = {name: folder / f"{name}.csv" for name in EXCHANGE_TABLES}
    return {
        name: _typed(name, pd.read_csv(path, dtype=str) if path.exists() else pd.DataFrame())
        for name, path in paths.items()
    }


def _typed(name: str, raw: pd.DataFrame) -> pd.DataFrame:
    out = pd.DataFrame(index=raw.index)
    for column in EXCHANGE_TABLES[name].c:
        cells = raw.get(column.name, pd.Series(None, index=raw.index, dtype=object))
        if isinstance(column.type, Date):
            out[column.name] = pd.to_datetime(cells)
        elif isinstance(column.type, Integer | Numeric):
            out[column.name] = pd.to_numeric(cells)
        elif isinstance(column.type, Boolean):
            out[column.name] = cells.map(lambda cell: str(cell).lower() == "true").astype(bool)
        else:
            out[column.name] = cells.astype(object).where(cells.notna(), "")
    return out


def answer(oracle: Oracle, w: World, q: Query, groups: Iterable[str] = ("",)) -> pd.DataFrame:
    """The indicator frame: a row per area, breakdown (those given and those found) and period.

    `period_start` is the first day of the period; a series ends with the as-of date
    (one that is all ahead is shown whole, without numbers).
    """
    begun = [(start, min(end, q.as_of)) for start, end in periods(q) if start <= q.as_of]
    counts = []
    for start, end in begun:
        above, below = oracle.facts(w, q, start if oracle.flow else end, end)
        known = None if below is None or "known" not in below else count(below[below["known"]], q)
        counts.append((count(above, q), None if below is None else count(below, q), known))
    split = (cells for found in counts for cells in found if cells is not None)
    codes = {*groups, *(code for some in split for code in _codes(some))}
    full = pd.MultiIndex.from_product([areas(q), sorted(codes)], names=["area_code", "group"])
    frames = [_cells(oracle, q, full, *pair) for pair in counts]
    starts = [start for start, _ in begun]
    if not begun:
        starts = [start for start, _ in periods(q)]
        frames = [_cells(oracle, q, full, None, None, None) for _ in starts]
    dated = [frame.assign(period_start=start) for frame, start in zip(frames, starts, strict=True)]
    return pd.concat(dated, ignore_index=True)


def _codes(cells: pd.Series) -> set[str]:
    return set(cells.index.unique("group")) if "group" in cells.index.names else set()


def _cells(
    oracle: Oracle, q: Query, full: pd.MultiIndex, tops: Any, bottoms: Any, known: Any
) -> Any:
    """One period, every cell present; without `tops` nothing can be known.

    A rate over nothing, or over nothing `known`, is `no_data`; so is a plain count of which there
    are vague traces only.
    """
    lost = tops is None or (not oracle.by_group and q.target_group is not None)
    lost |= not oracle.by_district and bool(q.district or q.area == "district")
    out = pd.DataFrame({"numerator": 0, "denominator": 0}, index=full)
    if not lost:
        out["numerator"] = tops.reindex(full, fill_value=0)
        if bottoms is not None:
            key = full if "group" in bottoms.index.names else full.get_level_values("area_code")
            out["denominator"] = bottoms.reindex(key, fill_value=0).to_numpy()
    top, bottom = out["numerator"], out["denominator"]
    out["qualifier"] = "exact"
    if oracle.below == "divisor":
        out["value"], empty = top * oracle.per / bottom, bottom == 0
    else:
        out["value"], out["denominator"], empty = top.astype(float), 0, bottom == 0
    if oracle.below == "vague":
        empty = (bottom > 0) & (top == 0)
        out["qualifier"] = (bottom > 0).map({True: "more_than", False: "exact"})
    empty |= pd.Series(lost, index=full)
    if known is not None:
        empty |= known.reindex(full, fill_value=0) == 0
    out["value"] = out["value"].mask(empty)
    out["status"] = empty.map({True: "no_data", False: "shown"})
    return out.reset_index()


def periods(q: Query) -> list[tuple[date, date]]:
    """The periods asked for, first and last day: of the span, or of the fiscal year to date."""
    first = date(q.as_of.year - (q.as_of.month < 10), 10, 1)
    start, end = (q.span.start, q.span.end) if q.span else (first, q.as_of)
    if q.over is None:
        return [(start, end)]
    whole = pd.period_range(start, end, freq=FREQUENCY[q.over])
    return [(p.start_time.date(), p.end_time.date()) for p in whole]


def areas(q: Query) -> list[str]:
    """Codes of the areas that the filters leave, empty ones included.

    The one row of a country is called after the area it was limited to.
    """
    if q.area == "country":
        return [q.district or q.province or q.region or "TH"]
    return _register(q.area, q.base, q.region, q.province, q.district)


@cache
def _register(area: Any, base: Any, *limits: str | None) -> list[str]:
    region, province, district = limits
    q = Query(date.max, area, None, None, None, region, province, district, base=base)
    places = [(d.code[:2], d.code) for d in registers.districts()]
    frame = pd.DataFrame(places, columns=["province", "district"]).assign(unit=0)
    return list(count(frame, q).index)


def inside(facts: pd.DataFrame, q: Query) -> pd.DataFrame:
    """Facts within the base and the area filters."""
    keep = pd.Series(True, index=facts.index)
    if q.base == 76:
        keep &= facts["province"] != "10"
    if q.region:
        keep &= facts["province"].str[:1].map(REGION) == q.region
    if q.province:
        keep &= facts["province"] == q.province
    if q.district:
        keep &= facts["district"] == q.district
    return facts[keep]


def count(facts: pd.DataFrame, q: Query) -> pd.Series:
    """Distinct units (or the sum of weights) per area, and per breakdown where facts have one."""
    rows = inside(facts, q)
    area = {
        "country": lambda: areas(q)[0],
        "region": lambda: rows["province"].str[:1].map(REGION),
        "province": lambda: rows["province"],
        "district": lambda: rows["district"],
    }[q.area]()
    rows = rows.assign(area_code=area)
    rows = rows[rows["area_code"].notna() & (rows["area_code"] != "")]
    cells = rows.groupby(["area_code", *(["group"] if "group" in rows else [])])
    return cells["weight"].sum() if "weight" in rows else cells["unit"].nunique()
