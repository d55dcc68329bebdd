"""Cases as flows month by month: opened, at risk of closing and closed by age, open at the end.

Months are numbers, year × 12 + month - 1. The age of a case in a month is the number of months
since the one that it was opened in: 0 in that month itself. Pure.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.thai_calendar import month_of

Counts = NDArray[np.int64]
FIRST_AGES = (0, 4, 7, 13, 25)  # of the bands 0-3, 4-6, 7-12, 13-24, 25 months and more
AGES = FIRST_AGES[-1] + 1  # from the last band on, ages are not told apart
BAND_OF_AGE = np.searchsorted(FIRST_AGES, np.arange(AGES), side="right") - 1


@dataclass(frozen=True)
class Flows:
    """One area up to the end of a month, the last one; every array has its months in order.

    `intake` and `stock` have a number per month, `at_risk` and `closed` one per month and age band:
    cases open at some time in the month, and those of them that closed in it. `by_age` are the
    cases open at the end of the last month by their age in it.
    """

    first: int
    intake: Counts
    at_risk: Counts
    closed: Counts
    stock: Counts
    by_age: Counts

    @property
    def last(self) -> int:
        """The last month."""
        return self.first + len(self.intake) - 1


def month_number(day: date) -> int:
    """Give the number of a day's month."""
    return day.year * 12 + day.month - 1


def last_whole_month(day: date) -> int:
    """Give the number of the last month that is over on the day."""
    return month_number(day) - (month_of(day).end > day)


def month_end(number: int) -> date:
    """Give the last day of a month."""
    following = number + 1
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)


def flows(counts: pd.DataFrame, last: int) -> Flows | None:
    """Give the flows of one area as they were known at the end of month `last`; None without any.

    `counts` has a row per month of opening and month of closing: opened, closed (empty while open)
    and cases. What was opened later is left out, what was closed later is still open.
    """
    known = counts[counts["opened"] <= last]
    if known.empty or not known["cases"].sum():
        return None
    first = int(known["opened"].min())
    size = last - first + 1
    opening = (known["opened"] - first).to_numpy("int64")
    cases = known["cases"].to_numpy("int64")
    entered = np.bincount(opening, weights=cases, minlength=size).astype("int64")
    over = known["closed"].notna() & (known["closed"] <= last)
    closing = np.zeros((size, size), dtype="int64")
    ends = (known.loc[over, "closed"].astype("int64") - first).to_numpy()
    starts = opening[over.to_numpy()]
    # A day of closing before that of opening is a slip of the pen: it closed at once.
    np.add.at(closing, (starts, np.maximum(ends, starts)), cases[over.to_numpy()])
    begun = np.triu(np.ones((size, size), dtype="int64"))
    before = np.cumsum(closing, axis=1) - closing
    at_risk = (entered[:, None] - before) * begun
    ages = np.arange(size)[None, :] - np.arange(size)[:, None]
    left = at_risk - closing
    return Flows(
        first=first,
        intake=entered,
        at_risk=_by_band(at_risk, ages),
        closed=_by_band(closing, ages),
        stock=left.sum(axis=0),
        by_age=np.bincount(
            np.minimum(ages[:, -1], AGES - 1), weights=left[:, -1], minlength=AGES
        ).astype("int64"),
    )


def _by_band(counts: Counts, ages: Counts) -> Counts:
    """Sums over months of opening: a row per month, a column per age band."""
    edges = (*FIRST_AGES, np.iinfo("int64").max)
    bands = [
        np.where((ages >= low) & (ages < high), counts, 0).sum(axis=0)
        for low, high in zip(edges[:-1], edges[1:], strict=True)
    ]
    return np.stack(bands, axis=1)
