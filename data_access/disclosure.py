"""Hides small client counts, and enough beside them that a total does not give them away.

The one place where cells are hidden: pages, exports, the command line and caches all read frames
that have passed through `hide`.
"""

import pandas as pd

from data_access.indicators.kernel.definition import Indicator, Kind
from data_access.indicators.kernel.query import Query
from data_access.status import Status
from geo import registers

HIDDEN, SHOWN = Status.HIDDEN.value, Status.SHOWN.value


def hide(frame: pd.DataFrame, indicator: Indicator, query: Query, hide_below: int) -> pd.DataFrame:
    """The frame with every small client count, and any rate built on it, marked `hidden`.

    A client count from 1 to `hide_below - 1` is small; 0 is not. In each family of cells that a
    published total covers (the provinces of a region, the districts of a province, the groups of
    one area) the next-smallest count is hidden too, so that the total minus the rest does not
    reveal it. Hidden cells keep their place and lose numerator, denominator and value.
    Where the frame knows how many clients are behind a number, they are what is looked at.
    """
    if not indicator.client_counts or hide_below <= 1 or frame.empty:
        return frame
    hidden = pd.Series(False, index=frame.index)
    families = _families(frame, indicator, query)
    for column in sorted(indicator.client_counts):
        counts = frame.get(f"{column}_clients", frame[column]).fillna(0).astype("int64")
        hidden |= hidden_cells(counts, families, hide_below)
    out = frame.copy()
    out.loc[hidden, ["numerator", "denominator", "value"]] = pd.NA
    out.loc[hidden, "status"] = HIDDEN
    out.loc[hidden, "reason"] = "small_number"
    return out


def hidden_cells(counts: pd.Series, families: list[pd.Series], hide_below: int) -> pd.Series:
    """True for every small count, and for the next-smallest beside it in each of its families.

    A family is the cells that one published total sums: `families` holds, for each margin, the key
    of every cell's family.
    """
    small = counts.between(1, hide_below - 1)
    hidden = small.copy()
    for family in families:
        hidden |= _next_smallest(counts, small, family, small)
    # Hiding along one margin may leave a lone hidden cell along the other: go on until none is.
    while True:
        more = pd.Series(False, index=counts.index)
        for family in families:
            alone = hidden & (hidden.groupby(family).transform("sum") == 1)
            more |= _next_smallest(counts, hidden, family, alone)
        if not (more & ~hidden).any():
            return hidden
        hidden |= more


def _families(frame: pd.DataFrame, indicator: Indicator, query: Query) -> list[pd.Series]:
    """For each margin that has a published total, a text key saying which cells it sums."""
    parent = {
        "country": lambda code: "TH",
        "region": lambda code: "TH",
        "province": registers.region_of,
        "district": lambda code: code[:2],
    }[query.area]
    period = frame["period_start"].astype("str")
    margins = []
    if query.area != "country":
        margins.append(frame["area_code"].map(parent) + "|" + frame["group"] + "|" + period)
    if query.breakdown is not None:
        margins.append(frame["area_code"] + "|" + period)
    if query.over is not None and indicator.kind is Kind.FLOW:
        # The year's total is published beside its months; stocks have no sum over time.
        margins.append(frame["area_code"] + "|" + frame["group"])
    return margins


def _next_smallest(
    counts: pd.Series, hidden: pd.Series, families: pd.Series, seeds: pd.Series
) -> pd.Series:
    """True for the smallest positive count not yet hidden, in every family that has a seed."""
    chosen = pd.Series(False, index=counts.index)
    wanted = set(families[seeds])
    others = counts[~hidden & (counts > 0) & families.isin(wanted)]
    if not others.empty:
        chosen.loc[others.groupby(families.loc[others.index]).idxmin()] = True
    return chosen
