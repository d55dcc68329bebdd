"""How sure a rate is: exact intervals, ranks with their range, and who differs from whom.

A province with 12 follow-ups jumps up and down a league table by chance. Intervals are exact:
Clopper–Pearson for shares, Garwood (Poisson) for counts per something.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy  # it loads its parts when they are first used: commands start a third quicker

from data_access.disclosure import SHOWN
from data_access.small_base import large_enough
from data_access.statistics import Measurable, Numbers

LEVEL = 0.95
_COUNTS_PER = ("per_1000", "ratio")  # numerator and denominator count different things
_PER = {"percent": 100.0, "per_1000": 1000.0}


@dataclass(frozen=True)
class Rank:
    """Place of one area among the shown ones: 1 is best; `low`–`high` is what 95 % allows."""

    place: int
    low: int
    high: int
    of: int


def interval(
    numerator: Numbers, denominator: Numbers, *, share: bool, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """Give lower and upper limits of numerator ÷ denominator (a fraction, not a percentage)."""
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        if share:
            low = scipy.stats.beta.ppf(tail, numerator, denominator - numerator + 1)
            high = scipy.stats.beta.ppf(1 - tail, numerator + 1, denominator - numerator)
            low = np.where(numerator == 0, 0.0, low)
            high = np.where(numerator == denominator, 1.0, high)
        else:
            low = scipy.stats.chi2.ppf(tail, 2 * numerator) / 2 / denominator
            high = scipy.stats.chi2.ppf(1 - tail, 2 * (numerator + 1)) / 2 / denominator
            low = np.where(numerator == 0, 0.0, low)
    return low, high


def per_of(indicator: Measurable) -> float:
    """Give what turns numerator ÷ denominator into the value: 100 for a percentage."""
    return _PER.get(str(indicator.unit), 1.0)


def is_share(indicator: Measurable) -> bool:
    """Tell whether the numerator is part of the denominator (a percentage), so binomial."""
    return str(indicator.unit) == "percent"


def has_chance(indicator: Measurable) -> bool:
    """Tell whether limits of chance can be given: for shares, and for counts per something."""
    return is_share(indicator) or str(indicator.unit) in _COUNTS_PER


def ranks(frame: pd.DataFrame, indicator: Measurable) -> dict[str, Rank]:
    """Give the rank of each area with a shown value, by area code; best is 1.

    A neutral indicator ranks the largest first. Equal values share a place. `low` counts the areas
    whose whole interval is better, `high` those whose whole interval is worse. Without limits of
    chance, as for a count, the range is the place itself. An area whose base is too small
    (`data_access.small_base`) has no rank.
    """
    shown = frame[(frame["status"] == SHOWN) & frame["value"].notna()]
    shown = shown[large_enough(shown, indicator)]
    if shown.empty:
        return {}
    sign = 1.0 if str(indicator.direction) == "lower_is_better" else -1.0
    value = shown["value"].astype(float).to_numpy() * sign
    places = scipy.stats.rankdata(value, method="min").astype(int)
    low, high = _limits(shown, indicator, value, sign)
    best = 1 + (high[None, :] < low[:, None]).sum(axis=1)
    worst = len(shown) - (low[None, :] > high[:, None]).sum(axis=1)
    rows = zip(shown["area_code"], places, best, worst, strict=True)
    return {str(c): Rank(int(p), int(b), int(w), len(shown)) for c, p, b, w in rows}


def _limits(
    rows: pd.DataFrame, indicator: Measurable, value: Numbers, sign: float
) -> tuple[Numbers, Numbers]:
    top = rows["numerator"].astype(float).to_numpy()
    bottom = rows["denominator"].astype(float).to_numpy()
    if not has_chance(indicator) or np.isnan(top).any() or np.isnan(bottom).any():
        return value, value
    low, high = interval(top, bottom, share=is_share(indicator))
    per = per_of(indicator)
    return (low * per, high * per) if sign > 0 else (-high * per, -low * per)
