"""The key of a map of two indicators: nine fields that are read like a small chart."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from config.theme import Theme
from ui.charts.base_spec import words_on

STEPS = 3
_KEY = 34  # side of one field of the key, in pixels
KEY_PLACE = {
    "key_left": f"min(land_left + land * 0.72, width - {_KEY * STEPS + 50})",
    "key_top": f"height - {_KEY * STEPS + 96}",
}

TILE_KEY_PLACE = {
    **KEY_PLACE,
    "key_left": f"min(grid_left + tile * 7.15, width - {_KEY * STEPS + 50})",
}


def key_of(
    codes: pd.Series, shades: dict[str, str], names: Sequence[str], ink: Theme
) -> list[alt.Chart]:
    """Give the nine fields with the number of provinces in each, and the axes in upright words.

    `codes` are the classes of the provinces, `names` the words of the axis across and of that up.
    """
    counts = codes.value_counts()
    fields = [
        {
            "i": i,
            "j": j,
            "fill": shades[f"m{i}{j}"],
            "on": words_on(shades[f"m{i}{j}"], ink.name),
            "n": str(int(counts.get(f"m{i}{j}", 0))),
        }
        for i in range(STEPS)
        for j in range(STEPS)
    ]
    data = alt.InlineData(values=fields, name="key")
    left, top = f"key_left + datum.i * {_KEY}", f"key_top + (2 - datum.j) * {_KEY}"
    base = alt.Chart(data)
    squares = base.mark_rect(stroke=ink.background, strokeWidth=1.5, aria=False).encode(
        x=alt.XValue(alt.ExprRef(left)),
        x2=alt.X2Value(alt.ExprRef(f"{left} + {_KEY}")),
        y=alt.YValue(alt.ExprRef(top)),
        y2=alt.Y2Value(alt.ExprRef(f"{top} + {_KEY}")),
        color=alt.ColorValue(alt.ExprRef("datum.fill")),
    )
    counted = base.mark_text(aria=False).encode(
        x=alt.XValue(alt.ExprRef(f"{left} + {_KEY / 2}")),
        y=alt.YValue(alt.ExprRef(f"{top} + {_KEY / 2}")),
        text=alt.Text("n:N"),
        color=alt.ColorValue(alt.ExprRef("datum.on")),
    )
    return [squares, counted, *_axes(base, names, ink)]


def _axes(base: alt.Chart, names: Sequence[str], ink: Theme) -> list[alt.Chart]:
    one = base.transform_filter("datum.i === 0 && datum.j === 0")
    # Words beyond the edge would make the map smaller; the page says them in full above it.
    room = alt.expr("width - key_left")
    style: dict[str, Any] = {"align": "left", "color": ink.text, "aria": False, "limit": room}
    up = one.mark_text(baseline="bottom", **style).encode(
        x=alt.XValue(alt.ExprRef("key_left")),
        y=alt.YValue(alt.ExprRef("key_top - 6")),
        text=alt.TextValue(f"↑ {names[1]}"),
    )
    across = one.mark_text(baseline="top", **style).encode(
        x=alt.XValue(alt.ExprRef("key_left")),
        y=alt.YValue(alt.ExprRef(f"key_top + {_KEY * STEPS} + 6")),
        text=alt.TextValue(f"→ {names[0]}"),
    )
    return [up, across]
