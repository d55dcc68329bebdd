"""When cases open and how long they last, so that exactly the planned number is open at the end.

The daily intensity has seasons: a rush before the fiscal year ends on 30 September, few openings in
Songkran week, at New Year and at weekends, and a regional trend. A case lasts at least two weeks,
then a Weibull time whose scale is solved so that the planned share of cases is open at the end.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from sample_data.chance import Floats, Ints, stream
from sample_data.columns import Days, day_number, day_of
from sample_data.places import Place

SHORTEST = 14  # days a case stays open at least
SHAPE = 1.25  # Weibull: closing grows a little more likely with time
MONTHS = {
    1: 1.00,
    2: 1.00,
    3: 1.05,
    4: 0.85,
    5: 1.00,
    6: 1.05,
    7: 1.05,
    8: 1.12,
    9: 1.22,
    10: 0.88,
    11: 1.00,
    12: 0.92,
}
WEEKDAYS = (1.2, 1.1, 1.05, 1.05, 1.0, 0.3, 0.2)


@dataclass(frozen=True)
class Intake:
    """Opening and closing times of one province; `intensity` has a value per day from `first`."""

    first: int
    intensity: Floats
    scale: float

    def still_open(self) -> Floats:
        """For each opening day, the chance that a case opened then is open on the last day."""
        elapsed = np.arange(len(self.intensity) - 1, -1, -1, dtype=np.float64)
        return _survival(elapsed, self.scale)

    def openings_of_open(self, rng: np.random.Generator, size: int) -> Days:
        """Opening days of cases that are still open."""
        return self._draw(rng, self.intensity * self.still_open(), size)

    def openings_of_closed(self, rng: np.random.Generator, size: int) -> tuple[Days, Days]:
        """Opening and closing days of cases that have closed by the last day."""
        opened = self._draw(rng, self.intensity * (1.0 - self.still_open()), size)
        elapsed = (self.first + len(self.intensity) - 1 - opened).astype(np.float64)
        reached = rng.random(size) * (1.0 - _survival(elapsed, self.scale))
        lasted = SHORTEST + self.scale * (-np.log1p(-reached)) ** (1.0 / SHAPE)
        closed = opened + np.minimum(np.round(lasted), elapsed).astype(np.int32)
        return opened, closed.astype(np.int32)

    def _draw(self, rng: np.random.Generator, weights: Floats, size: int) -> Days:
        cumulative = np.cumsum(weights)
        found = np.searchsorted(cumulative, rng.random(size) * cumulative[-1], side="right")
        return (self.first + np.minimum(found, len(weights) - 1)).astype(np.int32)


def intake_of(place: Place, seed: int, first: date, last: date, share_open: float) -> Intake:
    """The intake of one province between two days, with this share of its cases open at the end."""
    intensity = _intensity(place, stream(seed, "intake", place.code), first, last)
    low, high = 1.0, 5_000.0
    for _ in range(30):
        middle = (low * high) ** 0.5
        found = Intake(0, intensity, middle)
        share = float((found.still_open() * intensity).sum() / intensity.sum())
        low, high = (middle, high) if share < share_open else (low, middle)
    return Intake(day_number(first), intensity, (low * high) ** 0.5)


def _survival(years: Floats, scale: float) -> Floats:
    waited = np.maximum(years - SHORTEST, 0.0) / scale
    result: Floats = np.exp(-(waited**SHAPE))
    return result


def _intensity(place: Place, rng: np.random.Generator, first: date, last: date) -> Floats:
    season, month_number = _season(first, last)
    years = np.arange(len(season)) / 365.25
    noise = np.exp(rng.normal(0.0, 0.12, size=month_number[-1] + 1))
    result: Floats = season * noise[month_number] * np.exp(place.habits.intake * years)
    return result


@lru_cache(maxsize=4)
def _season(first: date, last: date) -> tuple[Floats, Ints]:
    """The national pattern of each day, and which month of the history it is in."""
    calendar = [day_of(number) for number in range(day_number(first), day_number(last) + 1)]
    season = [MONTHS[d.month] * WEEKDAYS[d.weekday()] * _holiday(d) for d in calendar]
    months = [(d.year - first.year) * 12 + d.month - first.month for d in calendar]
    return np.array(season), np.array(months)


def _holiday(day: date) -> float:
    if day.month == 4 and 11 <= day.day <= 17:
        return 0.25
    return 0.3 if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3) else 1.0
