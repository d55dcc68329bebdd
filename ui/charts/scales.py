"""How far an axis reaches, and how labels that would lie on each other are moved apart."""

from collections.abc import Sequence
from math import ceil, floor, log10

import pandas as pd

from ui.charts.look import LABEL

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


def _step(rough: float) -> float:
    size = 10 ** floor(log10(rough))
    return next(size * step for step in _STEPS if size * step >= rough * 0.999)
