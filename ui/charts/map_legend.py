"""Colour scale and legend of a map: unit, classes with their number of areas, special classes."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from config.i18n import Lang
from config.theme import Theme
from ui.charts import look
from ui.charts.classes import Entry

_LINE = 21
_WIDTH = 160


def colour(
    entries: Sequence[Entry], title: str, lang: Lang, ink: Theme, *, inside: bool
) -> alt.Color:
    """Give the colour channel of the field `k`, its legend included.

    Special classes stand in the same scale as stripes, so that the legend shows what the map does.
    `inside` places the legend in the Gulf, right of the peninsula; else it stands under the map.
    """
    fills = [
        alt.ExprRef(look.striped(e.fill, e.stripe)["expr"]) if e.stripe else e.fill for e in entries
    ]
    return alt.Color(
        "k:N",
        scale=alt.Scale(domain=[e.code for e in entries], range=fills),
        legend=_legend(entries, title, lang, ink, inside=inside),
    )


def stale_fill(ink: Theme) -> alt.ExprRef:
    """Give the fill of an area whose data is out of date: its class colour under stripes."""
    stops = look.striped("@", ink.stale)["expr"].replace("'@'", "scale('color', datum.k)")
    return alt.ExprRef(stops)


def _legend(
    entries: Sequence[Entry], title: str, lang: Lang, ink: Theme, *, inside: bool
) -> alt.Legend:
    lines = title.split("\n")
    common: dict[str, Any] = {
        "title": lines if len(lines) > 1 else title,
        "labelExpr": look.lookup({e.code: e.label(lang) for e in entries}, "datum.label"),
        "values": [e.code for e in entries],
        "symbolStrokeColor": ink.muted,
        "symbolStrokeWidth": 0.6,
        "symbolSize": 230,
        "rowPadding": 3,
        "labelColor": ink.text,
    }
    if not inside:
        return alt.Legend(orient="bottom", direction="vertical", columns=2, **common)
    tall = _LINE * (len(entries) + len(lines)) + 6
    return alt.Legend(
        orient="none",
        legendX=alt.ExprRef(f"min(land_left + land * 0.61, width - {_WIDTH})"),
        legendY=alt.ExprRef(f"height - {tall}"),
        **common,
    )
