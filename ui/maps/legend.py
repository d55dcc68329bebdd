"""Colour scale and legend of a map: unit, classes with their number of areas, special classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from config.i18n import Lang, has, t
from config.theme import Theme
from ui.charts import base_spec
from ui.charts.indicator_frame import Drawable, unit_name
from ui.charts.look import Look
from ui.maps.classes import HIDDEN, Entry

_LINE = 20
# 160 pixels hold the longest class: right of the country where there is room, else right of the
# peninsula, in the Gulf.
IN_THE_GULF = (
    "width - land_left - land > 190 ? land_left + land + 16"
    " : min(land_left + land * 0.67, width - 160)",
    "height",
)


@dataclass(frozen=True)
class Legend:
    """The legend of a map: title, classes, and where it stands.

    `at` places it inside the map: left and bottom as expressions. Else it stands below. `counts`
    says whether each class has the number of its areas.
    """

    entries: Sequence[Entry]
    title: str
    at: tuple[str, str] | None = None
    counts: bool = True


def colour(legend: Legend, look: Look, field: str = "k") -> alt.Color:
    """Give the colour channel of the field that holds the class, its legend included.

    Special classes stand in the same scale as stripes, so that the legend shows what the map does.
    """
    return alt.Color(
        f"{field}:N",
        scale=alt.Scale(
            domain=[e.code for e in legend.entries], range=[_fill(e) for e in legend.entries]
        ),
        legend=_vega_legend(legend, look),
    )


def same_colour() -> alt.Color:
    """Give the colour channel of a further view of the same map: scale and legend are there."""
    return alt.Color("k:N")


def _fill(entry: Entry) -> Any:
    if entry.code == HIDDEN:
        return alt.ExprRef(base_spec.HIDDEN_FILL)
    if entry.stripe is not None:
        return alt.ExprRef(base_spec.stripes(entry.fill, entry.stripe)["expr"])
    return entry.fill


def stale_fill(ink: Theme) -> alt.ExprRef:
    """Give the fill of an area whose data is out of date: its class colour under stripes."""
    stops = base_spec.stripes("@", ink.stale)["expr"].replace("'@'", "scale('color', datum.k)")
    return alt.ExprRef(stops)


def legend_title(indicator: Drawable, lang: Lang) -> str:
    """Give the unit as a legend writes it: over two lines where it is long."""
    key = f"chart.unit_lines.{indicator.name}"
    return t(key, lang) if has(key) else unit_name(indicator, lang)


def _vega_legend(legend: Legend, look: Look) -> alt.Legend:
    ink, lines = look.ink, legend.title.split("\n")
    words = {e.code: e.label(look.lang) if legend.counts else e.words for e in legend.entries}
    common: dict[str, Any] = {
        "title": lines if len(lines) > 1 else legend.title,
        "labelExpr": base_spec.lookup(words, "datum.label"),
        "values": [e.code for e in legend.entries],
        "symbolStrokeColor": ink.muted,
        "symbolStrokeWidth": 0.6,
        "symbolSize": 230,
        "rowPadding": 3,
        "labelColor": ink.text,
    }
    if legend.at is None:
        return alt.Legend(
            orient="bottom",
            # Row by row: with vertical the engine mixes up an order that does not fill its columns.
            direction="horizontal",
            columns=alt.ExprRef("width > 560 ? 4 : 2"),
            **common,
        )
    left, bottom = legend.at
    tall = _LINE * (len(legend.entries) + len(lines)) + 6
    return alt.Legend(
        orient="none",
        legendX=alt.ExprRef(left),
        legendY=alt.ExprRef(f"{bottom} - {tall}"),
        **common,
    )
