"""Colours and words for the classes of a map, the same in every engine that draws it.

Where one class ends is decided by geo.classify. Edges held fixed stand in the definition, those of
a norm as multiples of it: a colour means the same on every page and in every year.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from config.thresholds import threshold
from geo.classify import Classes, EdgeRule, Mode, Side, breaks
from ui.charts.indicator_frame import HIDDEN, NO_CASE_MANAGER, NO_DATA, SHOWN, Drawable

WHOLE_UNITS = frozenset(
    {"people", "families", "cases", "provinces", "attendances", "awards", "items"}
)
# Classes that are not values. A province without case managers is worst, and not a number.
STALE = "stale"


@dataclass(frozen=True)
class Entry:
    """One line of a legend: its code in the data, its words, how many areas are in it."""

    code: str
    words: str
    count: int
    fill: str
    stripe: str | None = None

    def label(self, lang: Lang) -> str:
        """Give the words with the number of areas in brackets."""
        return t("chart.class.counted", lang, words=self.words, n=numbers.count(self.count, lang))


def classes_of(
    values: pd.Series, indicator: Drawable, mode: Mode = "readable", classes: int = 5
) -> Classes:
    """Give the classes of an indicator: its fixed ones in the readable mode, else from the values.

    An edge belongs to the good side: 10 families are within a norm of 10, 80 % meets a target of
    80. Hand in the values of all periods to hold classes fixed over time.
    """
    known = [float(x) for x in values.dropna()]
    closed: Side = "left" if str(indicator.direction) == "higher_is_better" else "right"
    fixed = fixed_edges(indicator)
    around = getattr(indicator, "around", norm_between(indicator))
    if mode == "readable" and fixed and known:
        return breaks(known, "threshold", at=fixed, rule=EdgeRule(around, closed=closed))
    rule = EdgeRule(around, str(indicator.unit) in WHOLE_UNITS, closed)
    return breaks(known, mode, classes=classes, rule=rule)


def fixed_edges(indicator: Drawable) -> tuple[float, ...]:
    """Give the inner edges that an indicator's definition holds fixed; empty where it has none."""
    of_norm = getattr(indicator, "map_breaks_of_norm", ())
    if of_norm:
        norm = threshold(indicator.threshold_name).value  # type: ignore[attr-defined]  # a definition's
        return tuple(norm * part for part in of_norm)
    return tuple(getattr(indicator, "map_breaks", ()))


def norm_between(indicator: Drawable) -> float | None:
    """Give the norm that colours lie around; None where they run from low to high."""
    if not getattr(indicator, "around_norm", False):
        return None
    return threshold(indicator.threshold_name).value  # type: ignore[attr-defined]  # a definition's


def around_target(
    values: pd.Series, indicator: Drawable, target: float, watch: float | None = None
) -> Classes:
    """Give the classes that a target makes: what meets it, what is on watch, and the rest."""
    closed: Side = "left" if str(indicator.direction) == "higher_is_better" else "right"
    known = [float(x) for x in values.dropna()]
    at = [target] if watch is None else [target, watch]
    return breaks(known, "threshold", at=at, rule=EdgeRule(target, closed=closed))


def colours(classes: Classes, ink: Theme, *, high_is_good: bool = False) -> tuple[str, ...]:
    """Give one colour per class: around a norm blue on the good side, else light to deep."""
    if high_is_good and classes.around is not None:
        return tuple(reversed(colours(_mirror(classes), ink)))
    n, below = len(classes.intervals), classes.below()
    if classes.around is not None and 0 < below < n:
        above = n - below
        low, high = ink.diverging_steps(min(below, 3), min(above, 3)), min(below, 3)
        # More than three classes on a side share the outermost colour's neighbours evenly.
        blues = [low[min(i * high // below, high - 1)] for i in range(below)]
        oranges = low[high:]
        return (*blues, *(oranges[min(i * len(oranges) // above, 2)] for i in range(above)))
    if n == 1:
        return (ink.sequential[3],)
    return ink.sequential_steps(min(n, len(ink.sequential))) if n else ()


def _mirror(classes: Classes) -> Classes:
    edges = tuple(-edge for edge in reversed(classes.edges))
    return Classes(edges, classes.mode, classes.closed, -(classes.around or 0.0))


def words(classes: Classes, unit: str, lang: Lang) -> list[str]:
    """Give the words of each class, lowest first; a sign says which end an edge belongs to."""
    edges = classes.edges
    if len(edges) < 2:
        return []
    if edges[0] == edges[-1]:
        return [_edge(edges[0], unit)]
    inner = [_edge(edge, unit) for edge in edges[1:-1]]
    if not inner:
        ends = {"low": _edge(edges[0], unit), "high": _edge(edges[-1], unit)}
        return [t("chart.class.between", lang, **ends)]
    right = classes.closed == "right"
    first = t("chart.class.up_to" if right else "chart.class.under", lang, edge=inner[0])
    last = t("chart.class.over" if right else "chart.class.from", lang, edge=inner[-1])
    middle = "chart.class.over_to" if right else "chart.class.from_under"
    pairs = zip(inner, inner[1:], strict=False)
    return [first, *(t(middle, lang, low=low, high=high) for low, high in pairs), last]


def class_code(row: Any, classes: Classes) -> str:
    """Give the class of one cell: "c0", "c1" … for a value, else the name of a special class."""
    status = row.status
    if status == SHOWN:
        return f"c{classes.of(float(row.value))}"
    if status == NO_DATA and row.reason == NO_CASE_MANAGER and _somebody_waits(row):
        return NO_CASE_MANAGER
    return str(status)


def _somebody_waits(row: Any) -> bool:
    """Tell whether there are families: where nobody is in care, nobody is missing."""
    return not numbers.is_missing(row.numerator) and float(row.numerator) > 0


def entries(
    codes: pd.Series,
    classes: Classes,
    indicator: Drawable,
    lang: Lang,
    ink: Theme,
    stale: int = 0,
) -> list[Entry]:
    """Give the legend: all value classes, no data and hidden always, the rest where present."""
    counts = codes.value_counts()
    good_high = str(indicator.direction) == "higher_is_better"
    fills = colours(classes, ink, high_is_good=good_high)
    found = [
        Entry(f"c{i}", word, int(counts.get(f"c{i}", 0)), fill)
        for i, (word, fill) in enumerate(
            zip(words(classes, str(indicator.unit), lang), fills, strict=True)
        )
    ]
    if counts.get(NO_CASE_MANAGER, 0):
        told = t(f"reason.{NO_CASE_MANAGER}", lang)
        found.append(Entry(NO_CASE_MANAGER, told, int(counts[NO_CASE_MANAGER]), ink.text))
    found.append(
        Entry(NO_DATA, t("legend.no_data", lang), int(counts.get(NO_DATA, 0)), ink.no_data)
    )
    hidden = int(counts.get(HIDDEN, 0))
    found.append(Entry(HIDDEN, t("legend.hidden", lang), hidden, ink.hidden, ink.hidden_hatch))
    if stale:
        told = t("legend.stale", lang)
        found.append(Entry(STALE, told, stale, ink.background, ink.stale))
    return found


def _edge(edge: float, unit: str) -> str:
    """An edge without decimals that say nothing: 10, 2.5, 1,000."""
    text = f"{edge:,.4f}".rstrip("0").rstrip(".")
    return text.replace("-", numbers.MINUS)
