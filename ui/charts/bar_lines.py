"""Lines over ranked bars: the target across all of them, and what each area is set against."""

from typing import Any

import altair as alt

from config.i18n import t
from config.theme import Theme
from ui.charts.indicator_frame import Drawable, bare
from ui.charts.look import Look

ROW = 26  # pixels of a bar with the room around it
KEY = 24  # room above the bars for what the strokes across them are


def norm(target: float | None, bars: int, indicator: Drawable, look: Look) -> list[alt.Chart]:
    """Give the target as a line over so many bars, its words above: it crosses no words."""
    if target is None or not bars:
        return []
    ink, lang = look.ink, look.lang
    one = alt.Chart(alt.NamedData("rows")).transform_filter("datum.at === 0")
    one = one.encode(x=alt.XDatum(target))
    words = t("chart.target", lang, value=bare(target, str(indicator.unit), lang))
    rule = one.mark_rule(color=ink.norm, strokeDash=[5, 4], strokeWidth=1.3).encode(
        y=alt.YValue(-2), y2=alt.Y2Value(bars * ROW)
    )
    label = one.mark_text(baseline="bottom", color=ink.text).encode(
        y=alt.YValue(-5), text=alt.TextValue(words)
    )
    return [rule, label]


def marks(
    bars: alt.Chart, place: alt.X, y: alt.Y, words: str, ink: Theme
) -> list[alt.Chart | alt.LayerChart]:
    """Give what each area is set against, a stroke across its bar; its key stands above them."""
    known = bars.transform_filter("isValid(datum.mark)")
    # The stroke has a rim of the ground, so that it is seen on a bar as well as beside one.
    rim = known.mark_point(**_stroke(ink.background, 6), aria=False)
    stroke = known.mark_point(**_stroke(ink.norm, 2.5))
    one = alt.Chart(alt.NamedData("rows")).transform_filter("datum.at === 0")
    key = one.mark_text(align="left", baseline="bottom", color=ink.text).encode(
        x=alt.XValue(0), y=alt.YValue(-KEY), text=alt.TextValue(f"┃ {words}")
    )
    return [rim.encode(x=place, y=y), stroke.encode(x=place, y=y), key]


def _stroke(colour: str, width: float) -> dict[str, Any]:
    """An upright stroke as high as a bar."""
    size = (ROW - 4) ** 2
    shape = {"shape": "M0,-1V1", "size": size, "opacity": 1}
    return {**shape, "stroke": colour, "strokeWidth": width}
