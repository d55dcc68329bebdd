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
