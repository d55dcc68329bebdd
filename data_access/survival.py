"""Time until something happens, where for some it has not happened yet: Kaplan–Meier.

A median over those who got there is too short: the slow ones are still waiting. The estimator
counts everyone for as long as they were watched. It comes from scipy; intervals are 95 %, log-log.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import scipy  # it loads its parts when they are first used: commands start a third quicker
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
LEVEL = 0.95


@dataclass(frozen=True)
class Curve:
    """Share (0–1) that has got there by each day, with its interval, in order of days.

    `events` counts those who got there by then, and not those who only stopped being watched;
    `at_risk` those who were still watched when the day came.
    """

    days: Numbers
    share: Numbers
    low: Numbers
    high: Numbers
    events: NDArray[np.int64]
    at_risk: NDArray[np.int64]

    @property
    def median(self) -> float | None:
        """The first day by which half have got there; None where half never did while watched."""
        reached = self.share >= 0.5 - 1e-12
        return float(self.days[reached.argmax()]) if reached.any() else None


def curve(days: Numbers, with_event: NDArray[np.bool_]) -> Curve:
    """Give the curve of people watched for `days` each; `with_event`: whether it happened then.

    Both arrays have one entry per person. Raises ValueError for nobody.
    """
    if len(days) == 0 or len(days) != len(with_event):
        raise ValueError(f"one day and one outcome each; got: {len(days)} and {len(with_event)}")
    sample = scipy.stats.CensoredData.right_censored(
        np.asarray(days, float), ~np.asarray(with_event, bool)
    )
    left = scipy.stats.ecdf(sample).sf
    with warnings.catch_warnings():
        # Before the first event and after everyone got there the formula has no interval.
        warnings.simplefilter("ignore", RuntimeWarning)
        around = left.confidence_interval(LEVEL, method="log-log")
    share = 1 - left.probabilities
    every = np.sort(np.asarray(days, float))
    high, low = (1 - side.probabilities for side in (around.low, around.high))
    happened = np.sort(np.asarray(days, float)[np.asarray(with_event, bool)])
    return Curve(
        days=left.quantiles,
        share=share,
        low=np.where(np.isnan(low), share, low),
        high=np.where(np.isnan(high), share, high),
        events=np.searchsorted(happened, left.quantiles, side="right").astype("int64"),
        at_risk=len(every) - np.searchsorted(every, left.quantiles).astype("int64"),
    )


def thin_out(whole: Curve, least: int, at_risk: int) -> Curve:
    """Give the days of a curve that may be drawn: each step of `least` events or more.

    A step of one case on one day would tell that case's day; what is left over at the end is not
    drawn. The curve stops where fewer than `at_risk` are left: there one more moves it by a lot.
    It ends with the last such day, held at the share of its last step.
    """
    enough = np.flatnonzero(whole.at_risk >= at_risk)
    if not len(enough):
        return _at(whole, [])
    kept: list[int] = []
    before = 0
    for place in enough:
        if whole.events[place] - before >= max(least, 1):
            kept.append(int(place))
            before = int(whole.events[place])
    drawn = _at(whole, kept)
    last = whole.days[enough[-1]]
    if not kept or drawn.days[-1] == last:
        return drawn
    held = _at(whole, [*kept, kept[-1]])
    held.days[-1] = last
    return held


def _at(whole: Curve, places: list[int]) -> Curve:
    columns = (whole.days, whole.share, whole.low, whole.high, whole.events, whole.at_risk)
    return Curve(*[column[np.asarray(places, dtype="int64")] for column in columns])
