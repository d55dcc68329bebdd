"""Small steps on counted cells: without a denominator, summed to a wider level."""

import pandas as pd

from data_access.indicators.question import Question
from geo import registers


def upwards(cells: pd.DataFrame, question: Question) -> pd.DataFrame:
    """Cells per province (or district) summed to the level asked for.

    Columns area_code, group, moment, numerator, denominator; the sum of empty cells is empty.
    """
    if question.area == "country":
        cells = cells.assign(area_code=question.narrowest)
    elif question.area != "district":
        provinces = cells["area_code"].str[:2]
        by_region = question.area == "region"
        cells = cells.assign(
            area_code=provinces.map(registers.region_of) if by_region else provinces
        )
    summed = cells.groupby(["area_code", "group", "moment"], as_index=False)
    return summed[["numerator", "denominator"]].sum(min_count=1)


def without_denominator(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of a plain count: `denominator` is there and empty."""
    return cells.assign(denominator=pd.Series(pd.NA, index=cells.index, dtype="Int64"))
