"""Small steps on counted cells: without a denominator, summed to a wider level."""

import numpy as np
import pandas as pd

from data_access.indicators.kernel.query import Query
from geo import registers

KEYS = ["area_code", "group", "moment"]


def upwards(cells: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Cells per province (or district) summed to the level asked for.

    Columns area_code, group, moment, numerator, denominator; the sum of empty cells is empty.
    """
    if query.area == "country":
        cells = cells.assign(area_code=query.narrowest)
    elif query.area != "district":
        provinces = cells["area_code"].str[:2]
        by_region = query.area == "region"
        cells = cells.assign(
            area_code=provinces.map(registers.region_of) if by_region else provinces
        )
    summed = cells.groupby(["area_code", "group", "moment"], as_index=False)
    return summed[["numerator", "denominator"]].sum(min_count=1)


def without_denominator(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of a plain count: `denominator` is there and empty."""
    return cells.assign(denominator=pd.Series(pd.NA, index=cells.index, dtype="Int64"))


def quantiles(histogram: pd.DataFrame, quantile: float, divide: float) -> pd.DataFrame:
    """Exact quantile of `days` per cell from a histogram: `n` units for each number of days.

    `numerator` counts the units that have days, `denominator` all units; `median` is in days
    divided by `divide`, on the straight line between two values, empty where no unit has days.
    """
    known = histogram.dropna(subset=["days"]).sort_values([*KEYS, "days"])
    known["upto"] = known.groupby(KEYS)["n"].cumsum()
    every = histogram.groupby(KEYS)["n"].sum().rename("denominator")
    have = known.groupby(KEYS)["n"].sum().rename("numerator")
    cells = pd.concat([every, have], axis="columns").fillna(0).astype("int64").reset_index()
    place = (cells["numerator"] - 1).clip(lower=0) * quantile
    cells = cells.assign(low=np.floor(place), high=np.ceil(place))
    rows = known.merge(cells, on=KEYS)
    days = []
    for side in ("low", "high"):
        here = rows[(rows["upto"] > rows[side]) & (rows["upto"] - rows["n"] <= rows[side])]
        days.append(cells[KEYS].merge(here, on=KEYS, how="left")["days"].astype("float64"))
    low, high = days
    cells["median"] = (low + (high - low) * (place - cells["low"])) / divide
    return cells[[*KEYS, "numerator", "denominator", "median"]]


def waiting_quantiles(histogram: pd.DataFrame, quantile: float, divide: float) -> pd.DataFrame:
    """First day by which the `quantile` of all units got there, per cell, by Kaplan–Meier.

    `histogram` has `n` units for each number of `days` and `reached` (1 got there that day, 0 has
    waited so long by now). `numerator` counts those who got there, `denominator` all; `median` is
    in days divided by `divide`, and empty, with a `reason`, where too few got there so far. A
    median over those who did alone would be too short: the slow ones still wait.
    """
    there = histogram["reached"] == 1
    per_day = (
        histogram.assign(events=histogram["n"].where(there, 0))
        .groupby([*KEYS, "days"], as_index=False)[["n", "events"]]
        .sum()
    )
    cells = per_day.groupby(KEYS, as_index=False)[["events", "n"]].sum()
    cells = cells.rename(columns={"events": "numerator", "n": "denominator"})
    rows = per_day.merge(cells[[*KEYS, "denominator"]], on=KEYS)
    at_risk = rows["denominator"] - rows.groupby(KEYS)["n"].cumsum() + rows["n"]
    staying = 1 - rows["events"].astype("float64") / at_risk.astype("float64")
    share = 1 - staying.groupby([rows[key] for key in KEYS]).cumprod()
    first = rows[share >= quantile - 1e-12].groupby(KEYS, as_index=False)["days"].min()
    cells = cells.merge(first, on=KEYS, how="left")
    cells["median"] = cells.pop("days").astype("Float64") / divide
    too_few = "half_not_there" if quantile == 0.5 else "most_not_there"
    # Where nobody got there at all, the indicator's own reason says so.
    some = cells["median"].isna() & (cells["numerator"] > 0)
    cells["reason"] = some.map({True: too_few, False: None})
    return cells
