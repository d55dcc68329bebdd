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
from data_access.schema.codes import UNKNOWN, codes_of
from data_access.scope import Scope
from data_access.status import OUT_OF_SCOPE, Status
from geo import levels, registers

NUMBERS = ["numerator", "denominator", "value"]
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
    cells = pd.DataFrame(
        product(areas(query, scope), _groups(counts, query), range(len(query.periods()))),
        columns=["area_code", "group", "moment"],
    ).astype({"moment": "Int64", "area_code": "str", "group": "str"})
    counts = counts.assign(
        group=counts["group"].fillna(UNKNOWN).astype("str"),
        area_code=counts["area_code"].astype("str"),
    )
    frame = cells.merge(counts, on=["area_code", "group", "moment"], how="left")
    if "qualifier" not in frame:
        frame["qualifier"] = "exact"
    frame["qualifier"] = frame["qualifier"].fillna("exact").astype("str")
    frame = _with_values(frame, indicator, why_not)
    periods: list[Span] = query.periods()
    frame["period_start"] = [periods[m].start for m in frame["moment"]]
    frame["period_end"] = [periods[m].end for m in frame["moment"]]
    frame = _permitted_areas(frame, query, scope)
    return frame[COLUMNS + [name for name in CLIENTS if name in frame]]


def _permitted_areas(frame: pd.DataFrame, query: Query, scope: Scope) -> pd.DataFrame:
    """The frame with areas named as what they are: the visitor's part of one is not the area.

    The total asked for is of the visitor's part then, with its own code. A list by area holds no
    number for an area seen in part; nothing at all is counted for one that is not seen.
    """
    labels = {code: scope.label(code) for code in frame["area_code"].unique()}
    total = query.area == "country"
    denied = frame["area_code"].map(
        {code: not one.permitted or (one.partial and not total) for code, one in labels.items()}
    )
    if denied.any():
        frame.loc[denied, [*NUMBERS, *[name for name in CLIENTS if name in frame]]] = pd.NA
        frame.loc[denied, "status"] = Status.NOT_PERMITTED.value
        frame.loc[denied, "reason"] = OUT_OF_SCOPE
        frame.loc[denied, "qualifier"] = "exact"
    if total:
        frame["area_code"] = frame["area_code"].map({c: one.code for c, one in labels.items()})
    return frame


def _groups(counts: pd.DataFrame, query: Query) -> list[str]:
    if query.breakdown is None:
        return [""]
    codes = list(codes_of(query.breakdown))
    found = [g for g in counts["group"].fillna(UNKNOWN).unique() if g not in codes]
    # A breakdown that nobody has still gets a row per area: it says why there is nothing.
    return codes + sorted(found) or [""]


def _with_values(frame: pd.DataFrame, indicator: Indicator, why_not: str) -> pd.DataFrame:
    measure = indicator.measure
    for column in ("numerator", "denominator"):
        frame[column] = frame[column].astype("Int64")
    # A cell nobody counted anything in is a zero, but only where there was something to look at.
    if not why_not and not isinstance(measure, Derived):
        # A lower bound of nothing known stays empty: cohorts were held, nobody has a figure.
        nothing = frame["numerator"].isna() & (frame["qualifier"] != "more_than")
        if "reason" in frame:  # as does what nobody could have counted
            nothing &= frame["reason"].isna()
        frame["numerator"] = frame["numerator"].mask(nothing, 0)
        if not isinstance(measure, Count):
            frame["denominator"] = frame["denominator"].fillna(0)
    frame["value"] = _value(frame, measure)
    empty = frame["value"].isna()
    status = {True: Status.NO_DATA.value, False: Status.SHOWN.value}
    frame["status"] = empty.map(status).astype("str")
    given = frame["reason"] if "reason" in frame else pd.Series(pd.NA, index=frame.index)
    if indicator.neither_reason and not why_not:
        neither = (frame["numerator"].fillna(0) == 0) & (frame["denominator"].fillna(0) == 0)
        given = given.mask(neither, indicator.neither_reason)
    reason = why_not or indicator.empty_reason
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
