"""Turns counted cells into the one shape every indicator frame has, with nothing left out.

Areas without rows, codes nobody used and months without events are in the frame, as zero or as
"no data": a row that is not there would read as "we did not look".
"""

from itertools import product

import pandas as pd

from config.thai_calendar import Span
from data_access.indicators.definition import (
    Count,
    Derived,
    Indicator,
    Median,
    Ratio,
    Share,
)
from data_access.indicators.engine import not_by_district
from data_access.indicators.question import Question
from data_access.schema.codes import CODES
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
# Breakdowns that are code lists under another name.
CODE_LISTS = {"assessed_dimension": "dimension"}


def areas(question: Question, scope: Scope) -> list[str]:
    """Codes of all areas the answer must have a row for, in the registers' order."""
    if question.area == "country":
        return [question.narrowest]
    provinces = [
        p.code
        for p in registers.provinces()
        if (question.province in (None, p.code))
        and (question.district is None or question.district[:2] == p.code)
        and (question.region in (None, p.region))
        and not (question.base == 76 and p.code == "10")
    ]
    if question.area == "province":
        return [p for p in provinces if scope.sees_province(p) or _part(p, scope)]
    if question.area == "region":
        seen = {registers.region_of(p) for p in provinces if scope.sees_province(p)}
        return [r for r in registers.REGIONS if r in seen]
    wanted = set(provinces)
    return [
        d.code
        for d in registers.districts()
        if d.province_code in wanted
        and question.district in (None, d.code)
        and scope.sees_district(d.code)
    ]


def _part(province: str, scope: Scope) -> bool:
    return any(d.startswith(province) for d in scope.districts)


def complete(
    counted: pd.DataFrame, indicator: Indicator, question: Question, scope: Scope
) -> pd.DataFrame:
    """The indicator frame (columns `COLUMNS`) of `counted`, with every cell present.

    `value` is numerator ÷ denominator × the measure's factor, 0–100 for percent; a plain count has
    its numerator as value and no denominator. Division by nothing is `no_data` — here and nowhere
    else — with the indicator's reason.
    """
    cells = pd.DataFrame(
        product(areas(question, scope), _groups(counted, question), range(len(question.periods()))),
        columns=["area_code", "group", "moment"],
    ).astype({"moment": "Int64", "area_code": "str", "group": "str"})
    counted = counted.assign(
        group=counted["group"].fillna("unknown").astype("str"),
        area_code=counted["area_code"].astype("str"),
    )
    frame = cells.merge(counted, on=["area_code", "group", "moment"], how="left")
    frame = _valued(frame, indicator, question)
    periods: list[Span] = question.periods()
    frame["period_start"] = [periods[m].start for m in frame["moment"]]
    frame["period_end"] = [periods[m].end for m in frame["moment"]]
    if "qualifier" not in frame:
        frame["qualifier"] = "exact"
    frame["qualifier"] = frame["qualifier"].fillna("exact").astype("str")
    return frame[COLUMNS]


def _groups(counted: pd.DataFrame, question: Question) -> list[str]:
    if question.group is None:
        return [""]
    listed = list(CODES.get(CODE_LISTS.get(question.group, question.group), ()))
    found = [g for g in counted["group"].fillna("unknown").unique() if g not in listed]
    return listed + sorted(found)


def _valued(frame: pd.DataFrame, indicator: Indicator, question: Question) -> pd.DataFrame:
    measure = indicator.measure
    # A cell nobody counted anything in is a zero, but only where there was something to look at.
    frame["numerator"] = frame["numerator"].astype("Int64")
    frame["denominator"] = frame["denominator"].astype("Int64")
    unasked = question.not_begun or not_by_district(indicator, question)
    if not unasked and not isinstance(measure, Derived):
        frame["numerator"] = frame["numerator"].fillna(0)
        if not isinstance(measure, Count):
            frame["denominator"] = frame["denominator"].fillna(0)
    top = frame["numerator"].astype("Float64")
    if isinstance(measure, Median):
        given = frame["median"] if "median" in frame else pd.Series(pd.NA, index=frame.index)
        frame["value"] = given.astype("Float64")
    elif isinstance(measure, Count) or (
        isinstance(measure, Derived) and frame["denominator"].isna().all()
    ):
        frame["value"] = top
    else:
        per = measure.per if isinstance(measure, Share | Ratio | Derived) else 1
        bottom = frame["denominator"].astype("Float64")
        frame["value"] = (top * per / bottom.where(bottom != 0)).astype("Float64")
    empty = frame["value"].isna()
    frame["status"] = empty.map({True: "no_data", False: "shown"}).astype("str")
    reason = indicator.empty_reason
    if question.not_begun:
        reason = "not_begun"
    elif not_by_district(indicator, question):
        reason = "not_by_district"
    given_reason = frame["reason"] if "reason" in frame else pd.Series(pd.NA, index=frame.index)
    frame["reason"] = given_reason.where(empty, "").fillna(reason).where(empty, "").astype("str")
    return frame
