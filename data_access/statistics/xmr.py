"""XmR charts (process behaviour charts): is a series as it always is, and will it meet its target?

Limits are the mean ± 2.66 × the mean moving range. Four rules tell a special cause from common
variation; each is about the *latest* value, for that is what a reader asks about:

- `beyond`: the value lies outside the limits;
- `run`: it ends eight or more values in a row on one side of the mean;
- `near`: two of the last three values, the latest among them, lie in the outer third between mean
  and limit, on the same side;
- `trend`: it ends six or more values in a row, each above (or each below) the one before it.

Source: D. J. Wheeler, Understanding Variation (1993); the rules as in "Making data count" (NHS
England), with a run of eight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal

FEWEST = 12  # with fewer values limits move with every new one
FACTOR = 2.66  # 3 ÷ 1.128: from the mean range of two to three standard deviations
RUN, TREND, NEAR_OF = 8, 6, 3
_OUTER = 2 / 3
_ALIKE = 1e-9  # parts of the mean's size: what adding up leaves of nothing

Rule = Literal["beyond", "run", "near", "trend"]
Variation = Literal["better", "worse", "up", "down", "common", "too_few"]
Assurance = Literal["will_meet", "will_miss", "may_or_may_not", "no_target", "too_few"]
Series = Sequence[float | None]


@dataclass(frozen=True)
class Reading:
    """What an XmR chart says of a series: its limits, the rules its latest value breaks, the words.

    `points` counts the values that are there. With fewer than 12 there are no limits, and
    `variation` and `assurance` are "too_few". `side` is +1 above, −1 below the mean, 0 for none.
    """

    points: int
    mean: float | None
    low: float | None
    high: float | None
    rules: tuple[Rule, ...]
    side: int
    variation: Variation
    assurance: Assurance


def read(series: Series, direction: str, target: float | None = None) -> Reading:
    """Give the reading of values in the order of time; None is a value that is not there.

    A gap has no moving range and ends every run. `direction` is that of the indicator; for a
    neutral one a special cause is "up" or "down" and there is nothing to meet. A target counts as
    met by a value exactly there.
    """
    values = [x for x in series if x is not None]
    if len(values) < FEWEST:
        return Reading(len(values), None, None, None, (), 0, "too_few", "too_few")
    mean, low, high = limits(series)
    rules, side = _latest(series, mean, high - mean)
    return Reading(
        len(values), mean, low, high, rules, side,
        _variation(side, direction), _assurance(low, high, target, direction),
    )  # fmt: skip


def limits(series: Series) -> tuple[float, float, float]:
    """Give mean, lower and upper limit; a constant series has both limits on its mean."""
    values = [x for x in series if x is not None]
    mean = fsum(values) / len(values)
    pairs = zip(series, series[1:], strict=False)
    ranges = [abs(b - a) for a, b in pairs if a is not None and b is not None]
    reach = FACTOR * fsum(ranges) / len(ranges) if ranges else 0.0
    return mean, mean - reach, mean + reach


def _latest(series: Series, mean: float, reach: float) -> tuple[tuple[Rule, ...], int]:
    """The rules that the latest value breaks, and the side it breaks them on."""
    tail = _unbroken(series)
    slack = _ALIKE * max(abs(mean), reach, *(abs(x) for x in tail)) if tail else 0.0
    found: dict[Rule, int] = {}
    for side in (1, -1):
        above = [side * (x - mean) for x in tail]
        near = [x > _OUTER * reach + slack for x in above]
        if above and above[-1] > reach + slack:
            found["beyond"] = side
        if _ends(above, RUN, slack):
            found["run"] = side
        if reach and near[-1:] == [True] and sum(near[-NEAR_OF:]) >= NEAR_OF - 1:
            found["near"] = side
        steps = [side * (b - a) for a, b in zip(tail, tail[1:], strict=False)]
        if _ends(steps, TREND - 1, slack):
            found.setdefault("trend", side)
    rules = tuple(found)
    # Where a trend comes back from the far side, where the value lies says more than where it goes.
    return rules, next(iter(found.values()), 0)


def _ends(values: Sequence[float], length: int, above: float) -> bool:
    """True where so many values at the end all lie above a line."""
    return len(values) >= length and all(x > above for x in values[-length:])


def _unbroken(series: Series) -> list[float]:
    """The values after the last gap; none where the latest one is missing."""
    tail: list[float] = []
    for x in reversed(series):
        if x is None:
            break
        tail.append(x)
    return tail[::-1]


def _variation(side: int, direction: str) -> Variation:
    if not side:
        return "common"
    if direction == "neutral":
        return "up" if side > 0 else "down"
    return "better" if (side > 0) == (direction == "higher_is_better") else "worse"


def _assurance(low: float, high: float, target: float | None, direction: str) -> Assurance:
    if target is None or direction == "neutral":
        return "no_target"
    slack = _ALIKE * max(abs(low), abs(high), abs(target))
    if direction == "higher_is_better":
        meets, misses = low >= target - slack, high < target - slack
    else:
        meets, misses = high <= target + slack, low > target + slack
    return "will_meet" if meets else "will_miss" if misses else "may_or_may_not"
