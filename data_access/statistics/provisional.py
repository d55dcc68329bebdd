"""How much late entry still changes a month: what was known then, against what is known today.

Method. A month's value "as known k months later" counts only what had been done by the end of the
k-th month after it. For months that are old enough, the movement after k months is today's value
less the value as known then; the figure given is the median of those movements. A month is
provisional while months of its age have moved by more than `provisional_movement`
(thresholds.toml) since. Only what was *done* late is seen this way: the data do not say on which
day something was entered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from config.thresholds import threshold

AGES = (0, 1, 2, 3)
FEWEST_MONTHS = 6  # fewer months say nothing about the usual movement


@dataclass(frozen=True)
class Provisional:
    """A month that will still change: its age in months, and how much such months have moved.

    `movement` is in the indicator's unit, the median of `months` earlier months.
    """

    age: int
    movement: float
    months: int


def movements(
    series: Mapping[int, Sequence[float | None]], today: Sequence[float | None]
) -> dict[int, tuple[float, int]]:
    """Give for each age the median movement since, and the months that it stands on.

    `known[k]` holds the months' values as known k months later, in the order of `today`; None is
    a value that is not there. Ages with fewer than six months on both sides are left out.
    """
    found = {}
    for age, then in series.items():
        moved = [b - a for a, b in zip(then, today, strict=True) if a is not None and b is not None]
        if len(moved) >= FEWEST_MONTHS:
            found[age] = (median(moved), len(moved))
    return found


def provisional(age: int, by_age: Mapping[int, tuple[float, int]]) -> Provisional | None:
    """Give how provisional a month of that age is; None where such months no longer move."""
    if age not in by_age:
        return None
    movement, months = by_age[age]
    if abs(movement) <= threshold("provisional_movement").value:
        return None
    return Provisional(age, movement, months)
