"""How far an axis reaches, and how labels that would lie on each other are moved apart."""

from collections.abc import Sequence
from math import ceil, floor, log10

import pandas as pd

from ui.charts.base_spec import LABEL

Domain = tuple[float, float]
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def domain_of(values: pd.Series, target: float | None, *, unit: str, ticks: int = 4) -> Domain:
    """Give round ends that hold all values and the target.

    The axis starts at zero unless all values lie in the upper 60 % of their range; a percentage
    never reaches beyond 100. Equal values and no values give an axis of their own size.
    """
    known = [float(x) for x in values.dropna()]
    known += [] if target is None else [target]
    if not known:
        return (0.0, 100.0 if unit == "percent" else 1.0)
    low, high = min(known), max(known)
    start = 0.0 if low <= 0.4 * high or low == high else low
    if low < 0:
        start = low
    step = _step((high - start) / ticks or abs(high) / ticks or 1.0)
    bottom, top = floor(start / step) * step, ceil(high / step) * step
    if target == top:  # the words of the target line stand above it
        top += step
    if target == bottom and bottom > 0:  # or below it
        bottom -= step
    if unit == "percent" and high <= 100:
        top = min(top, 100.0)
    return (bottom, top if top > bottom else bottom + step)


def apart(values: Sequence[float], reach: Domain, pixels: int) -> list[float]:
    """Give heights for labels at these values, a line apart where they would lie on each other.

    Labels that collide form a stack around their mean; labels that do not stay where they are.
    """
    line = (reach[1] - reach[0]) / max(pixels, 1) * (LABEL + 6)
    stacks: list[tuple[float, list[int]]] = []
    for i in sorted(range(len(values)), key=lambda i: values[i]):
        middle, members = values[i], [i]
        while stacks:
            below, under = stacks[-1]
            if middle - below >= line * (len(members) + len(under)) / 2:
                break
            stacks.pop()
            total = len(under) + len(members)
            middle = (below * len(under) + middle * len(members)) / total
            members = under + members
        stacks.append((middle, members))
    placed = list(values)
    for middle, members in stacks:
        for step, i in enumerate(members):
            placed[i] = middle + (step - (len(members) - 1) / 2) * line
    return placed


def clear(
    places: Sequence[tuple[float, float]], words: Sequence[str], line: float = LABEL + 3
) -> list[bool]:
    """Give which labels can be written without lying on one written before them.

    `places` are pixels, in order of importance; the words stand to the right of their place.
    """
    taken: list[tuple[float, float, float]] = []
    chosen = []
    for (x, y), word in zip(places, words, strict=True):
        end = x + len(word) * LABEL * 0.55 + 10
        free = all(abs(y - b) >= line or end <= a or x >= c for a, b, c in taken)
        chosen.append(free)
        if free:
            taken.append((x, y, end))
    return chosen


def nice_steps(most: float, steps: int) -> list[float]:
    """Give round values for a legend of sizes, largest first: 500, 200, 50 for a most of 640."""
    if most <= 0:
        return []
    size = 10 ** floor(log10(most))
    largest = max(size * step for step in (1, 2, 5) if size * step <= most)
    chosen = [largest, largest / 2.5, largest / 10][:steps]
    return [float(f"{x:.2g}") for x in chosen if x >= 1 or most < 10]


def _step(rough: float) -> float:
    size = 10 ** floor(log10(rough))
    return next(size * step for step in _STEPS if size * step >= rough * 0.999)
