"""Better or worse: the change of one number from an earlier period, in its unit and as a word.

A change is never worked out across a cell that is hidden, empty, outside the filters or on too
small a base: then it is "unknown", with the reason. Equal as readers see them (rounded to the
unit's places) is "unchanged": a card must not say "better" beside two numbers that look alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile
from typing import Any, Literal

import pandas as pd

from config import numbers
from data_access.disclosure import SHOWN
from data_access.small_base import is_small
from data_access.statistics import Measurable

Word = Literal["better", "worse", "unchanged", "up", "down", "unknown"]


@dataclass(frozen=True)
class Cell:
    """One cell of a frame as statistics read it; `comparable` is None unless it may be compared."""

    comparable: float | None
    reason: str = ""
    end: date | None = None


@dataclass(frozen=True)
class Change:
    """The change from `before` to now in the indicator's own unit (points for a percentage).

    `word` follows the indicator's direction; "up" and "down" where neither is better. Where it is
    "unknown", `amount` is None and `reason` says why: "no_period", or a status or reason code.
    """

    word: Word
    amount: float | None = None
    before: float | None = None
    since: date | None = None
    reason: str = ""


NO_PERIOD = Change("unknown", reason="no_period")


def cell_of(row: Any, indicator: Measurable, *, counts: bool) -> Cell:
    """Give the cell of one row of an indicator frame; `counts` where its count is the headline."""
    end = row.period_end
    if row.status != SHOWN:
        return Cell(None, str(row.reason or row.status), end)
    if not counts and is_small(row.denominator, indicator):
        return Cell(None, "small_base", end)
    number = row.numerator if counts else row.value
    return Cell(None if numbers.is_missing(number) else float(number), "", end)


def change(
    now: Cell, before: Cell | None, indicator: Measurable, *, counts: bool = False
) -> Change:
    """Give the change between two cells of one area; `before` is None where there is no period."""
    if before is None:
        return NO_PERIOD
    if now.comparable is None or before.comparable is None:
        missing = now if now.comparable is None else before
        return Change("unknown", since=before.end, reason=missing.reason or "no_data")
    word = _word(now.comparable, before.comparable, indicator, counts=counts)
    return Change(word, now.comparable - before.comparable, before.comparable, before.end)


def _word(now: float, before: float, indicator: Measurable, *, counts: bool) -> Word:
    places = 0 if counts else places_of(str(indicator.unit), now, before)
    a, b = numbers.round_half_up(now, places), numbers.round_half_up(before, places)
    if a == b:
        return "unchanged"
    rose = a > b
    if str(indicator.direction) == "neutral":
        return "up" if rose else "down"
    return "better" if rose == (str(indicator.direction) == "higher_is_better") else "worse"


def places_of(unit: str, *values: float) -> int:
    """Give the digits behind the point in which values of a unit are compared and written."""
    if unit == "ratio":
        return max((numbers.ratio_places(x) for x in values), default=numbers.PLACES[unit])
    return numbers.PLACES.get(unit, 0)


@dataclass(frozen=True)
class Point:
    """One value of a series and the last day of its period."""

    end: date
    value: float


@dataclass(frozen=True)
class Sparkline:
    """What must be written beside a line without axes: its ends, and its lowest and highest."""

    first: Point
    last: Point
    lowest: Point
    highest: Point
    values: tuple[float | None, ...]


def sparkline(
    frame: pd.DataFrame, indicator: Measurable, *, counts: bool = False
) -> Sparkline | None:
    """Give the marked points of one area's series in order of time; None where no value is there.

    Hidden and empty periods stay in `values` as None. Of equal values the latest is the lowest or
    the highest.
    """
    series = [cell_of(row, indicator, counts=counts) for row in frame.itertuples()]
    known = [Point(c.end, c.comparable) for c in series if c.comparable is not None and c.end]
    if not known:
        return None
    latest_first = known[::-1]
    return Sparkline(
        first=known[0],
        last=known[-1],
        lowest=min(latest_first, key=lambda p: p.value),
        highest=max(latest_first, key=lambda p: p.value),
        values=tuple(c.comparable for c in series),
    )


@dataclass(frozen=True)
class Streak:
    """How many steps in a row a series has gone one way up to its last value: `first` is where."""

    steps: int
    rose: bool
    first: Point
    last: Point


def streak(points: Sequence[Point | None], places: int) -> Streak | None:
    """Give the unbroken rise or fall that a series ends with; None without one.

    Unrounded values are compared, and a gap (None) ends it. A move that is not visible in so many
    places is none: "from 1 : 10.6 to 1 : 10.6" would say nothing.
    """
    tail: list[Point] = []
    for point in reversed(points):
        if point is None:
            break
        tail.append(point)
    steps = [later.value - earlier.value for later, earlier in pairwise(tail)]
    if not steps or steps[0] == 0:
        return None
    rose = steps[0] > 0
    length = len(list(takewhile(lambda step: step != 0 and (step > 0) == rose, steps)))
    first, last = tail[length], tail[0]
    if numbers.round_half_up(first.value, places) == numbers.round_half_up(last.value, places):
        return None
    return Streak(length, rose, first, last)


@dataclass(frozen=True)
class Movers:
    """The areas whose value moved most between two periods, by area code; None where none did.

    `up` went up most, `down` went down most; which of them is better follows the direction.
    """

    up: tuple[str, Change] | None
    down: tuple[str, Change] | None


def moved_most(now: pd.DataFrame, before: pd.DataFrame, indicator: Measurable) -> Movers:
    """Give the areas that moved most between two frames with one row per area.

    Areas that are hidden, empty or on a small base in either of them are left out.
    """
    earlier = {row.area_code: cell_of(row, indicator, counts=False) for row in before.itertuples()}
    changes = [
        (str(row.area_code), change(cell, earlier.get(row.area_code), indicator))
        for row in now.itertuples()
        for cell in [cell_of(row, indicator, counts=False)]
    ]
    known = [(code, c) for code, c in changes if c.word not in ("unknown", "unchanged")]
    by_size = sorted(known, key=lambda entry: (entry[1].amount or 0.0, entry[0]))
    up = by_size[-1] if by_size and (by_size[-1][1].amount or 0) > 0 else None
    down = by_size[0] if by_size and (by_size[0][1].amount or 0) < 0 else None
    return Movers(up, down)
