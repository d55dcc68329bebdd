"""Sparklines: the shape of a series without axes, for table cells, cards and hover cards."""

from collections.abc import Sequence
from urllib.parse import quote

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from ui.charts import base_spec
from ui.charts.indicator_frame import Drawable, cells, written

WIDTH, HEIGHT = 120, 32
_EDGE = 4
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
    up = (height - 2 * _EDGE) / (high - low) if high > low else 0.0
    middle = 0.0 if up else height / 2 - _EDGE
    runs: list[list[str]] = [[]]
    for place, x in enumerate(series):
        if x is None:
            runs.append([])
            continue
        y = height - _EDGE - middle - (x - low) * up
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
    x, y = path.split("|")[-1].split(" ")[-1].split(",")
    end = f"<circle cx='{x}' cy='{y}' r='3' fill='{ink.accent}'/>"
    size = f"width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}'"
    whole = f"<svg xmlns='http://www.w3.org/2000/svg' {size}>{lines}{end}</svg>"
    return "data:image/svg+xml," + quote(whole, safe="/:=' ,")


def line(
    frame: pd.DataFrame, *, indicator: Drawable, lang: Lang, theme: str = "light"
) -> base_spec.Spec:
    """Give a sparkline with a dot on the last shown value, 44 pixels high, no axes."""
    series = values(frame)
    ink = base_spec.colours(theme)
    rows = pd.DataFrame({"at": range(len(series)), "value": pd.array(series, dtype="Float64")})
    known = rows.dropna(subset=["value"])
    last = known.tail(1)
    said = written(last["value"].iloc[0] if len(last) else None, indicator, lang)
    x = alt.X("at:Q", axis=None, scale=alt.Scale(domain=[0, max(len(series) - 1, 1)]))
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False, padding=4))
    path = alt.Chart(alt.NamedData("rows")).mark_line(color=ink.accent, strokeWidth=1.8)
    dot = alt.Chart(alt.NamedData("last")).mark_point(
        color=ink.accent, filled=True, size=45, opacity=1
    )
    return base_spec.drawn(
        base_spec.layered(path.encode(x=x, y=y), dot.encode(x=x, y=y)),
        data={"rows": rows, "last": last},
        height=44,
        description=t("chart.spark.description", lang, n=len(known), last=said),
        theme=theme,
        lang=lang,
        padding={"left": 4, "top": 4, "right": 6, "bottom": 4},
    )
