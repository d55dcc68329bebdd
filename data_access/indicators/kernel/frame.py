"""Turns counted cells into the one shape every indicator frame has, with nothing left out.

Areas without rows, codes nobody used and months without events are in the frame, as zero or as
"no data": a row that is not there would read as "we did not look".
"""

from itertools import product

import pandas as pd

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
from data_access.schema.codes import UNKNOWN, listed
from data_access.scope import Scope
from geo import registers

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
    """Codes of all areas the answer must have a row for, in the registers' order."""
    if query.area == "country":
        return [query.narrowest]
    provinces = [
        p.code
        for p in registers.provinces()
        if (query.province in (None, p.code))
        and (query.district is None or query.district[:2] == p.code)
        and (query.region in (None, p.region))
        and not (query.base == 76 and p.code == "10")
    ]
    if query.area == "province":
        return [p for p in provinces if scope.sees_province(p) or _part(p, scope)]
    if query.area == "region":
        seen = {registers.region_of(p) for p in provinces if scope.sees_province(p)}
        return [r for r in registers.REGIONS if r in seen]
    wanted = set(provinces)
    return [
        d.code
        for d in registers.districts()
        if d.province_code in wanted
        and query.district in (None, d.code)
        and scope.sees_district(d.code)
    ]


def _part(province: str, scope: Scope) -> bool:
    return any(d.startswith(province) for d in scope.districts)


def complete(
    counted: pd.DataFrame,
    indicator: Indicator,
    query: Query,
    scope: Scope,
    why_not: str = "",
) -> pd.DataFrame:
    """The indicator frame of `counted`, with every cell present: `COLUMNS`, and `CLIENTS` if known.

    `value` is numerator ÷ denominator × the measure's factor, 0–100 for percent; a plain count has
    its numerator as value and no denominator. Division by nothing is `no_data` — here and nowhere
    else — with the indicator's reason, or with `why_not` where nothing could be counted at all.
    """
    cells = pd.DataFrame(
        product(areas(query, scope), _groups(counted, query), range(len(query.periods()))),
        columns=["area_code", "group", "moment"],
    ).astype({"moment": "Int64", "area_code": "str", "group": "str"})
    counted = counted.assign(
        group=counted["group"].fillna(UNKNOWN).astype("str"),
        area_code=counted["area_code"].astype("str"),
    )
    frame = cells.merge(counted, on=["area_code", "group", "moment"], how="left")
    if "qualifier" not in frame:
        frame["qualifier"] = "exact"
    frame["qualifier"] = frame["qualifier"].fillna("exact").astype("str")
    frame = _valued(frame, indicator, why_not)
    periods: list[Span] = query.periods()
    frame["period_start"] = [periods[m].start for m in frame["moment"]]
    frame["period_end"] = [periods[m].end for m in frame["moment"]]
    return frame[COLUMNS + [name for name in CLIENTS if name in frame]]


def _groups(counted: pd.DataFrame, query: Query) -> list[str]:
    if query.breakdown is None:
        return [""]
    codes = list(listed(query.breakdown))
    found = [g for g in counted["group"].fillna(UNKNOWN).unique() if g not in codes]
    # A breakdown that nobody has still gets a row per area: it says why there is nothing.
    return codes + sorted(found) or [""]


def _valued(frame: pd.DataFrame, indicator: Indicator, why_not: str) -> pd.DataFrame:
    measure = indicator.measure
    for column in ("numerator", "denominator"):
        frame[column] = frame[column].astype("Int64")
    # A cell nobody counted anything in is a zero, but only where there was something to look at.
    if not why_not and not isinstance(measure, Derived):
        # A lower bound of nothing known stays empty: cohorts were held, nobody has a figure.
        nothing = frame["numerator"].isna() & (frame["qualifier"] != "more_than")
        frame["numerator"] = frame["numerator"].mask(nothing, 0)
        if not isinstance(measure, Count):
            frame["denominator"] = frame["denominator"].fillna(0)
    frame["value"] = _value(frame, measure)
    empty = frame["value"].isna()
    frame["status"] = empty.map({True: "no_data", False: "shown"}).astype("str")
    reason = why_not or indicator.empty_reason
    given = frame["reason"] if "reason" in frame else pd.Series(pd.NA, index=frame.index)
    frame["reason"] = given.where(empty, "").fillna(reason).where(empty, "").astype("str")
    return frame


def _value(frame: pd.DataFrame, measure: Measure) -> pd.Series:
    top = frame["numerator"].astype("Float64")
    nothing = pd.Series(pd.NA, index=frame.index, dtype="Float64")
    match measure:
        case Median():
            return frame.get("median", nothing).astype("Float64")
        case Derived() if "value" in frame:
            return frame["value"].astype("Float64")
        case Count():
            return top
        case Derived() if frame["denominator"].isna().all():
            return top
        case Share(per=per) | Ratio(per=per) | Derived(per=per):
            bottom = frame["denominator"].astype("Float64")
            return (top * per / bottom.where(bottom != 0)).astype("Float64")
