"""Sparklines: the shape of a series without axes, for table cells, cards and hover cards."""

from collections.abc import Sequence
from urllib.parse import quote

import pandas as pd

from config.theme import Theme
from ui.charts import base_spec
from ui.charts.indicator_frame import cells

WIDTH, HEIGHT = 120, 40
_EDGE = 4
_ROOM = 12  # above and below the line, for the marks of its highest and lowest value
_HEIGHTS = "0123456789abcdefghijklmnopqrstuv"
_GAP = "_"


def values(frame: pd.DataFrame) -> list[float | None]:
    """Give the values of an indicator series in order of period; None where none is shown."""
    found = cells(frame, ("period_start",)).sort_values("period_start")
    return [None if pd.isna(x) else float(x) for x in found["value"]]


def code(series: Sequence[float | None]) -> str:
    """Give a series as one sign per period for the hover card of a map: its height, "_" for a gap.

    Thirty-two heights are all that a sparkline of 32 pixels can show; see `path_of`.
    """
    known = [x for x in series if x is not None]
    if not known:
        return ""
    low, reach = min(known), max(known) - min(known)
    top = len(_HEIGHTS) - 1

    def sign(x: float | None) -> str:
        if x is None:
            return _GAP
        return _HEIGHTS[round((x - low) / reach * top) if reach else top // 2]

    return "".join(sign(x) for x in series)


def path_of(field: str, periods: int) -> str:
    """Give a Vega expression for the SVG path of a `code` held in a field.

    The path lives in a box of 10 units per period and 31 high (see `box_of`).
    """
    steps = []
    for i in range(periods):
        sign = f"{field}[{i}]"
        move = f"({field}[{i - 1}]=='{_GAP}'?'M':'L')" if i else "'M'"
        steps.append(f"({sign}=='{_GAP}'?'':{move}+'{10 * i},'+(31-parseInt({sign},32)))")
    return "+".join(steps)


def box_of(periods: int) -> str:
    """Give the viewBox of such a path, with room for the stroke."""
    return f"-2 -3 {10 * max(periods - 1, 1) + 4} 37"


def points(series: Sequence[float | None], width: int = WIDTH, height: int = HEIGHT) -> str:
    """Give SVG polyline points ("4,20 16,8"), the runs between gaps joined by "|"; "" if empty."""
    known = [x for x in series if x is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    across = (width - 2 * _EDGE) / max(len(series) - 1, 1)
    up = (height - 2 * _ROOM) / (high - low) if high > low else 0.0
    middle = 0.0 if up else height / 2 - _ROOM
    runs: list[list[str]] = [[]]
    for place, x in enumerate(series):
        if x is None:
            runs.append([])
            continue
        y = height - _ROOM - middle - (x - low) * up
        runs[-1].append(f"{_EDGE + place * across:.0f},{y:.0f}")
    return "|".join(" ".join(run) for run in runs if run)


def svg(series: Sequence[float | None], *, theme: str = "light") -> str:
    """Give the sparkline as a data address for an `<img>` or an image column; "" if empty."""
    path = points(series)
    if not path:
        return ""
    ink = base_spec.colours(theme)
    lines = "".join(
        f"<polyline points='{run}' fill='none' stroke='{ink.accent}' stroke-width='1.8' "
        "stroke-linejoin='round' stroke-linecap='round'/>"
        for run in path.split("|")
    )
    size = f"width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}'"
    marks = _marks(series, path, ink)
    whole = f"<svg xmlns='http://www.w3.org/2000/svg' {size}>{lines}{marks}</svg>"
    return "data:image/svg+xml," + quote(whole, safe="/:=' ,")


def _marks(series: Sequence[float | None], path: str, ink: Theme) -> str:
    """The four values that are written beside the line, told apart by shape: first ○, last ●,
    lowest ▽ below and highest △ above the line. One that never moves has neither of these two; of
    equal values the latest is marked, as in `data_access.statistics.change.sparkline`.
    """
    known = [x for x in series if x is not None]
    places = [place.split(",") for place in path.replace("|", " ").split(" ")]
    at = [(int(across), int(down)) for across, down in places]
    (x0, y0), (x1, y1) = at[0], at[-1]
    first = f"<circle cx='{x0}' cy='{y0}' r='2.6' fill='{ink.background}' stroke='{ink.accent}'/>"
    last = f"<circle cx='{x1}' cy='{y1}' r='3' fill='{ink.accent}'/>"
    ends = [first, last] if len(known) > 1 else [last]
    if min(known) == max(known):
        return "".join(ends)
    return "".join(
        [
            _triangle(at[_latest(known, max(known))], -1, ink),
            _triangle(at[_latest(known, min(known))], 1, ink),
            *ends,
        ]
    )


def _latest(values: Sequence[float], level: float) -> int:
    return len(values) - 1 - values[::-1].index(level)


def _triangle(at: tuple[int, int], side: int, ink: Theme) -> str:
    """A triangle clear of the line: above it (−1) pointing up, below it (+1) pointing down."""
    across, down = at
    near, far = down + 4 * side, down + 9 * side
    shape = f"M{across - 3},{near} L{across + 3},{near} L{across},{far} Z"
    return f"<path d='{shape}' fill='{ink.background}' stroke='{ink.text}'/>"
