"""Open cases over the coming months: as many as come in, less those that close at their age.

Intake is that of the last months, by season where that was nearer in the year before; of each age
band the share closes that closed in those months.
Intervals come from drawing whole months again (bootstrap) and letting each case close by chance.
Pure, and the same every time: the seed is fixed.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from data_access.forecast.flows import AGES, BAND_OF_AGE, Counts, Flows

Numbers = NDArray[np.float64]
Kind = TypeVar("Kind", np.float64, np.int64)
AHEAD = 12  # months looked ahead
MONTHS, FEWEST_MONTHS = 24, 12  # months that are learned from: at most, at least
DRAWS = 400
SEED = 2569
LEVELS = {"low_95": 2.5, "low_80": 10.0, "high_80": 90.0, "high_95": 97.5}


@dataclass(frozen=True)
class Forecast:
    """The cases expected to be open at the end of each coming month, and the edges by level."""

    expected: Numbers
    edges: dict[str, Numbers]


@dataclass(frozen=True)
class BackTest:
    """How far forecasts of the last twelve months were off on average, in cases.

    Made from what was known twelve months before; `no_change` is the error of saying that nothing
    changes.
    """

    error: float
    no_change: float

    @property
    def is_worse(self) -> bool:
        """Whether it would have been better to say that nothing changes."""
        return self.error > self.no_change


def months_learned_from(record: Flows) -> int:
    """Give how many of the last months there are to learn from."""
    return min(MONTHS, len(record.intake))


def closing_shares(at_risk: Counts, closed: Counts) -> Numbers:
    """Give the share of each age band that closes in a month, from sums over months.

    A band in which nobody was has the share of all bands together; nobody at all: nobody closes.
    """
    whole = closed.sum(axis=-1, keepdims=True) / np.maximum(at_risk.sum(axis=-1, keepdims=True), 1)
    return np.where(at_risk > 0, closed / np.maximum(at_risk, 1), whole)


def seasons(record: Flows) -> Numbers:
    """Give how much of a usual month's intake each calendar month has, January first, from the
    months learned from; 1 for all where they are not two of each."""
    size = months_learned_from(record)
    opened = record.intake[-size:].astype(float)
    if size < MONTHS or not opened.sum():
        return np.ones(12)
    calendar = (record.last + 1 + np.arange(-size, 0)) % 12
    sums = np.bincount(calendar, weights=opened, minlength=12)
    return sums / np.bincount(calendar, minlength=12) / opened.mean()


def expected_stock(by_age: Counts, intake: Numbers, shares: Numbers) -> Numbers:
    """Give the cases open at the end of each coming month, of which `intake` has the new ones."""
    stay = 1 - shares[BAND_OF_AGE]
    now, ahead = by_age.astype(float), []
    for coming in intake:
        now = _one_month_older(now, float(coming)) * stay
        ahead.append(now.sum())
    return np.array(ahead)


def expected(record: Flows, *, seasonal: bool) -> Numbers:
    """Give the cases open at the end of each coming month, with the intake of the season or not."""
    size = months_learned_from(record)
    at_risk, closed = (x[-size:].sum(axis=0) for x in (record.at_risk, record.closed))
    usual = np.full(AHEAD, record.intake[-size:].mean())
    opened = usual * seasons(record)[_coming(record)] if seasonal else usual
    return expected_stock(record.by_age, opened, closing_shares(at_risk, closed))


def seasons_help(then: Flows | None, now: Flows) -> bool:
    """Tell whether a forecast made from `then` was nearer to what came with seasons in it."""
    if then is None:
        return False
    plain, seasonal = (_error(expected(then, seasonal=one), now) for one in (False, True))
    return seasonal < plain


def forecast(record: Flows, then: Flows | None, area: str) -> Forecast:
    """Give the forecast from the end of the last month; `area` makes the draws its own.

    `then` is what was known twelve months before: seasons are in it where they helped since.
    """
    seasonal = seasons_help(then, record)
    size = months_learned_from(record)
    opened, at_risk, closed = (x[-size:] for x in (record.intake, record.at_risk, record.closed))
    rng = np.random.default_rng([SEED, *area.encode()])
    drawn = rng.integers(0, size, (DRAWS, size))
    share = closing_shares(at_risk[drawn].sum(axis=1), closed[drawn].sum(axis=1))[:, BAND_OF_AGE]
    index = seasons(record) if seasonal else np.ones(12)
    usual = index[(record.last + 1 + np.arange(-size, 0)) % 12]
    level = np.divide(opened, usual, out=np.zeros(size), where=usual > 0)
    picked = np.take_along_axis(level[drawn], rng.integers(0, size, (DRAWS, AHEAD)), axis=1)
    coming = np.rint(picked * index[_coming(record)]).astype("int64")
    now: Counts = np.broadcast_to(record.by_age, (DRAWS, AGES))
    paths = np.empty((DRAWS, AHEAD))
    for step in range(AHEAD):
        older = _one_month_older(now, coming[:, step])
        now = older - rng.binomial(older, share)
        paths[:, step] = now.sum(axis=1)
    edges = {name: np.percentile(paths, at, axis=0) for name, at in LEVELS.items()}
    return Forecast(expected(record, seasonal=seasonal), edges)


def back_test(before: Flows | None, then: Flows, now: Flows) -> BackTest:
    """Give the error of a forecast made from `then` against what became of it in `now`.

    Whether it had seasons in it follows from `before`, what was record a year earlier: the months
    that it is tested on had no say.
    """
    said = expected(then, seasonal=seasons_help(before, then))
    same = np.full(AHEAD, float(then.stock[-1]))
    return BackTest(error=_error(said, now), no_change=_error(same, now))


def _error(stock: Numbers, now: Flows) -> float:
    """How far twelve months were off on average from the last twelve that came."""
    return float(np.abs(stock - now.stock[-AHEAD:]).mean())


def _coming(record: Flows) -> Counts:
    """The calendar months ahead, January being 0."""
    return (record.last + 1 + np.arange(AHEAD)) % 12


def _one_month_older(by_age: NDArray[Kind], intake: float | Counts) -> NDArray[Kind]:
    """The cases at risk in the next month: each a month older, and those that come in."""
    older = np.empty_like(by_age)
    older[..., 1:] = by_age[..., :-1]
    older[..., -1] += by_age[..., -1]
    older[..., 0] = intake
    return older
