"""Class breaks for map values: few classes, readable edges, the same answer for the same values.

Four modes: `readable` (round steps; give it the values of all periods to hold classes fixed over
time), `quantile` (equally many areas per class), `natural` (Fisher–Jenks) and `threshold` (edges
given by the caller). Missing values are in no class; hidden ones must be left out by the caller.
"""

import math
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Mode = Literal["readable", "quantile", "natural", "threshold"]
Side = Literal["right", "left"]
MODES: tuple[Mode, ...] = ("readable", "quantile", "natural", "threshold")
# Exact Fisher–Jenks takes over a second for all districts; its fast relative is close enough there.
EXACT_NATURAL_UP_TO = 150


@dataclass(frozen=True, slots=True)
class Classes:
    """Edges of the classes, one more than there are classes; none where there is no value.

    `closed` right: an inner edge belongs to the class below it (1 : 10 exactly is within the
    norm); left: to the class above it (80 % exactly meets a target of 80). The outermost edges
    always belong to the outermost classes. `around` is the edge where a diverging scale changes
    colour, None for a sequential one.
    """

    edges: tuple[float, ...]
    mode: Mode
    closed: Side = "right"
    around: float | None = None

    @property
    def intervals(self) -> tuple[tuple[float, float], ...]:
        """Lower and upper edge of each class, lowest first."""
        return tuple(zip(self.edges, self.edges[1:], strict=False))

    def of(self, value: float | None) -> int | None:
        """The position of the class that holds a value; None where the value is missing.

        A value outside the edges (classes made from other periods) is in the nearest class.
        """
        if value is None or math.isnan(value) or not self.edges:
            return None
        inner = self.edges[1:-1]
        return bisect_left(inner, value) if self.closed == "right" else bisect_right(inner, value)

    def counts(self, values: Iterable[float | None]) -> tuple[int, ...]:
        """How many values fall into each class; missing ones are counted nowhere."""
        found = [0] * len(self.intervals)
        for value in values:
            position = self.of(value)
            if position is not None:
                found[position] += 1
        return tuple(found)

    def below(self) -> int:
        """How many classes lie below `around`; 0 for a sequential scale."""
        return 0 if self.around is None else sum(high <= self.around for _, high in self.intervals)


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """What holds for the edges in every mode.

    `around` is a value that must be an edge, where colours part. `whole` keeps edges on whole
    numbers, for counts. `closed` says to which class an edge belongs, as in `Classes`.
    """

    around: float | None = None
    whole: bool = False
    closed: Side = "right"


ANY_EDGE = EdgeRule()


def breaks(
    values: Iterable[float | None],
    mode: Mode = "readable",
    *,
    classes: int = 5,
    at: Sequence[float] = (),
    rule: EdgeRule = ANY_EDGE,
) -> Classes:
    """Classes for these values. `classes` is a wish; few or equal values make fewer.

    `at` are the inner edges of the threshold mode.
    """
    if mode not in MODES or classes < 1 or (mode == "threshold" and not at):
        raise ValueError(
            f"wanted a mode of {MODES}, at least one class, and `at` for thresholds; "
            f"got: {mode!r}, {classes!r}, at={at!r}"
        )
    known = np.array(sorted(v for v in values if v is not None and not math.isnan(v)), dtype=float)
    around, closed = rule.around, rule.closed
    if len(known) == 0:
        return Classes((), mode, closed, around)
    if known[0] == known[-1] and mode != "threshold":
        return Classes((float(known[0]),) * 2, mode, closed, around)
    if mode == "readable":
        edges = _readable(known, classes, around, rule.whole)
    elif mode == "threshold":
        edges = _threshold(known, at)
    else:
        edges = _by_library(known, mode, classes, closed, rule.whole)
        if around is not None and edges[0] < around < edges[-1]:
            edges = sorted({*edges, float(around)})
    return Classes(tuple(edges), mode, closed, around)


def nice_step(least: float, whole: bool = False) -> float:
    """The smallest of 1, 2, 2.5, 5 × a power of ten that is at least `least`."""
    if whole:
        least = max(least, 1.0)
    power = 10.0 ** math.floor(math.log10(least))
    for factor in (1, 2, 2.5, 5):
        step = _tidy(power * factor)
        if step >= least * (1 - 1e-9) and (not whole or step == int(step)):
            return step
    return _tidy(power * 10)


def _readable(values: np.ndarray, classes: int, around: float | None, whole: bool) -> list[float]:
    """Equal round steps over the bulk of the values; the outer classes reach to the extremes.

    The bulk is the middle 90 %: one extreme province must not push all others into one class.
    """
    low, high = (float(q) for q in np.quantile(values, (0.05, 0.95)))
    if low == high:
        low, high = float(values[0]), float(values[-1])
    if around is not None:
        low, high = min(low, around), max(high, around)
    step = nice_step((high - low) / classes, whole)
    origin = 0.0 if around is None else around
    first = math.floor((low - origin) / step + 1e-9)
    last = math.ceil((high - origin) / step - 1e-9)
    edges = [_tidy(origin + step * n) for n in range(first, last + 1)]
    if values[0] < edges[0]:
        edges[0] = _tidy(origin + step * math.floor((values[0] - origin) / step + 1e-9))
    if values[-1] > edges[-1]:
        edges[-1] = _tidy(origin + step * math.ceil((values[-1] - origin) / step - 1e-9))
    return edges


def _threshold(values: np.ndarray, at: Sequence[float]) -> list[float]:
    """The caller's edges, closed off by the extremes; classes without a value stay."""
    inner = sorted({float(edge) for edge in at})
    return [min(float(values[0]), inner[0]), *inner, max(float(values[-1]), inner[-1])]


def _by_library(
    values: np.ndarray, mode: Mode, classes: int, side: Side, whole: bool
) -> list[float]:
    # Importing mapclassify takes seconds (it loads scikit-learn), so only where it is asked for.
    import mapclassify

    distinct = np.unique(values)
    with warnings.catch_warnings():
        # It tells that numba would be faster and that ties make fewer classes; both are fine.
        warnings.simplefilter("ignore", UserWarning)
        if len(distinct) <= classes:
            tops = distinct
        elif mode == "quantile":
            tops = mapclassify.Quantiles(values, k=classes).bins
        elif len(distinct) <= EXACT_NATURAL_UP_TO:
            tops = mapclassify.FisherJenks(values, k=classes).bins
        else:
            tops = mapclassify.JenksCaspall(values, k=classes).bins
    inner = set()
    for top in tops[:-1]:
        below = int(np.searchsorted(distinct, top, side="right"))
        if 0 < below < len(distinct):
            inner.add(_roundest(float(distinct[below - 1]), float(distinct[below]), side, whole))
    return [float(values[0]), *sorted(inner), float(values[-1])]


def _roundest(low: float, high: float, side: Side, whole: bool) -> float:
    """The number with the fewest figures that parts two neighbouring values."""
    middle = (low + high) / 2
    largest = -math.floor(math.log10(max(abs(low), abs(high))))
    for decimals in range(largest, 1 if whole else largest + 16):
        edge = round(middle, decimals) + 0.0
        if (low <= edge < high) if side == "right" else (low < edge <= high):
            return edge
    return low if side == "right" else high


def _tidy(value: float) -> float:
    """The value without the dust of binary fractions."""
    return round(value, 10) + 0.0
