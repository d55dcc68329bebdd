"""Counts as circles over the outlines: area stands for number, so a small province is still seen.

A count in a coloured area would tell how large the province is. No data is a small hollow ring,
hidden a small striped square.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from config import numbers
from config.theme import Theme
from ui.charts import base_spec
from ui.charts.indicator_frame import HIDDEN, NO_DATA, Drawable, bare
from ui.charts.look import Look
from ui.charts.scales import nice_steps
from ui.maps.base_map import NO_NOTES, Annotations, BaseMap
from ui.maps.layers import (
    FIT_TO_SPACE,
    Panel,
    country_projection,
    country_size,
    inset,
    inset_frame,
    ring,
    row_layer,
    selectable,
    some,
    with_shapes,
)
from ui.maps.legend import legend_title
from ui.maps.province_labels import with_points
from ui.maps.sheet import Sheet, sheet

HEIGHT = 640
# The largest circle's radius as a share of the map's height: large enough to compare, small enough
# that neighbours of the largest are seen through it.
_LARGEST = 0.036


def symbols(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    look: Look,
    base_map: BaseMap,
    notes: Annotations = NO_NOTES,
) -> base_spec.Spec:
    """Give the map of a count: one circle per area, its area in proportion to the value.

    The points of `base_map` say where each circle stands (geo.points). A click on a circle or on
    its area selects it, as on the choropleth.
    """
    content = sheet(frame, indicator, look, base_map.area, notes=notes)
    values = content.cells["value"].astype(float)
    rows = with_points(content.rows, base_map.points).assign(
        size=["" if numbers.is_missing(x) else x for x in values]
    )
    # Small circles lie on large ones: each can be seen and pointed at.
    rows = rows.iloc[values.fillna(0).argsort(kind="stable")[::-1]]
    whole = base_map.area.whole_country
    layers = _layers(content, _size(values, indicator, look, whole), whole)
    chart = row_layer(layers, rows, content.fields, shapes=True)
    sizes = _sizes() if whole else None
    spec = content.spec(base_spec.layer(chart), base_map.height or HEIGHT, sizes)
    return with_shapes(selectable(spec, notes.selected), base_map.geometry)


def _sizes() -> dict[str, str]:
    """The sizes of the country, with room for the circles at the inset's right edge."""
    sizes = country_size()
    return {**sizes, "inset_left": f"min({sizes['inset_left']}, width - inset - 26)"}


def ground(ink: Theme, panel: Panel, card: Sequence[alt.Tooltip]) -> alt.Chart:
    """Give the areas as a quiet ground for symbols; they answer the pointer like the symbols do."""
    mark = some(panel.only).mark_geoshape(
        fill=ink.surface, stroke=ink.border, strokeWidth=1, cursor="pointer"
    )
    chart = mark.encode(tooltip=list(card), description=alt.Description("name:N"))
    return chart.project(**panel.projection).properties(name=panel.name)


def _layers(content: Sheet, size: alt.Size, whole: bool) -> list[alt.Chart]:
    ink = content.look.ink
    main = Panel(country_projection() if whole else FIT_TO_SPACE)
    shape = alt.Shape(
        "k:N",
        legend=_absent_legend(content, ink, whole),
        scale=alt.Scale(domain=[NO_DATA, HIDDEN], range=["circle", "square"]),
    )
    layers = [
        ground(ink, main, content.card),
        ring(ink, main),
        *_marks(content, main, size, shape),
    ]
    if not whole:
        return layers
    near = inset()
    return [
        *layers,
        ground(ink, near, content.card),
        ring(ink, near),
        *_marks(content, near, alt.Size("size:Q"), alt.Shape("k:N")),
        *inset_frame(content.look.lang, ink),
    ]


def _marks(content: Sheet, panel: Panel, size: alt.Size, shape: alt.Shape) -> list[alt.Chart]:
    """Circles for what has a value, and a sign for what has none."""
    ink = content.look.ink
    place = {
        "longitude": alt.Longitude("px:Q"),
        "latitude": alt.Latitude("py:Q"),
        "tooltip": content.card,
    }
    with_value = some(panel.only).transform_filter(f"datum.k !== '{HIDDEN}' && isValid(datum.size)")
    circles = with_value.mark_circle(
        color=ink.accent, opacity=0.72, stroke=ink.background, strokeWidth=1.2, cursor="pointer"
    )
    absent = some(panel.only).transform_filter("!datum.x")  # no written value
    rest = absent.mark_point(size=70, strokeWidth=1.4, opacity=1).encode(
        stroke=alt.StrokeValue(ink.muted),
        fill=alt.FillValue(base_spec.absent_fill(ink, "k", "value")),
    )
    return [
        circles.encode(**place, size=size).project(**panel.projection),
        rest.encode(**place, shape=shape).project(**panel.projection),
    ]


def _size(values: pd.Series, indicator: Drawable, look: Look, whole: bool) -> alt.Size:
    """Circle sizes and their legend. Vega's size is an area, so it grows as the value does."""
    ink = look.ink
    most = float(values.max()) if values.notna().any() else 1.0
    steps = nice_steps(most, 3)
    words = {f"{x:g}": bare(x, str(indicator.unit), look.lang) for x in steps}
    legend = alt.Legend(
        title=legend_title(indicator, look.lang).split("\n"),
        values=steps,
        labelExpr=base_spec.lookup(words),
        symbolType="circle",
        symbolFillColor=ink.accent,
        symbolStrokeColor=ink.background,
        labelColor=ink.text,
        **_legend_place("height * 0.62", whole),
    )
    largest = alt.ExprRef(f"{_LARGEST**2 * 3.1416 * 1.27:.6f} * height * height")
    scale = alt.Scale(domain=[0, most or 1.0], range=[0, largest])
    return alt.Size("size:Q", scale=scale, legend=legend)


def _legend_place(top: str, whole: bool) -> dict[str, Any]:
    """In the Gulf on a map of the country, else under the map."""
    if not whole:
        return {"orient": "bottom", "direction": "horizontal"}
    left = alt.ExprRef("min(land_left + land * 0.64, width - 150)")
    return {"orient": "none", "legendX": left, "legendY": alt.ExprRef(top)}


def _absent_legend(content: Sheet, ink: Theme, whole: bool) -> alt.Legend:
    words = {
        e.code: e.label(content.look.lang) for e in content.legend if e.code in (NO_DATA, HIDDEN)
    }
    return alt.Legend(
        title=None,
        labelExpr=base_spec.lookup(words, "datum.label"),
        symbolStrokeColor=ink.muted,
        symbolStrokeWidth=1.4,
        labelColor=ink.text,
        **_legend_place("height - 46", whole),
    )
