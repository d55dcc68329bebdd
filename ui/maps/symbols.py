"""Counts as circles over the outlines: area stands for number, so a small province is still seen.

A count in a coloured area would tell how large the province is. No data is a small hollow ring,
hidden a small striped square.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang
from config.theme import Theme
from geo.points import AreaPoint
from ui.charts import base_spec
from ui.charts.indicator_frame import HIDDEN, NO_DATA, Drawable, bare
from ui.charts.scales import nice_steps
from ui.maps.layers import (
    FITTED,
    VICINITY,
    VIEW,
    Geometry,
    Projection,
    country_projection,
    country_size,
    inset_frame,
    inset_projection,
    placed,
    ring,
    row_layer,
    selectable,
    some,
)
from ui.maps.legend import legend_title
from ui.maps.province_labels import with_points
from ui.maps.sheet import Beside, Level, Sheet, sheet

HEIGHT = 640
# The largest circle's radius as a share of the map's height: large enough to compare, small enough
# that neighbours of the largest are seen through it.
_LARGEST = 0.036


def symbols(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    geometry: Geometry,
    points: Iterable[AreaPoint],
    lang: Lang,
    theme: str = "light",
    selected: str | None = None,
    level: Level = "province",
    within: str | None = None,
    target: float | None = None,
    base: int | None = None,
    stale: Collection[str] = (),
    trends: Mapping[str, str] | None = None,
    height: int = HEIGHT,
) -> base_spec.Spec:
    """Give the map of a count: one circle per area, its area in proportion to the value.

    `points` says where each circle stands (geo.points). Other arguments mean what they mean for the
    choropleth; a click on a circle or on its area selects it.
    """
    beside = Beside(target, base, stale, trends)
    held = sheet(frame, indicator, lang, theme, level=level, within=within, beside=beside)
    values = held.found["value"].astype(float)
    made = with_points(held.made, points).assign(
        size=["" if numbers.is_missing(x) else x for x in values]
    )
    # Small circles lie on large ones: each can be seen and pointed at.
    made = made.iloc[values.fillna(0).argsort(kind="stable")[::-1]]
    whole = level == "province" and within is None
    flat = country_projection() if whole else FITTED
    layers = _layers(held, values, indicator, flat, whole)
    chart = row_layer(layers, made, held.fields, shapes=True)
    spec = held.drawn(base_spec.layered(chart), height, _sizes() if whole else None)
    return placed(selectable(spec, selected), geometry)


def _sizes() -> dict[str, str]:
    """The sizes of the country, with room for the circles at the inset's right edge."""
    sizes = country_size()
    return {**sizes, "inset_left": f"min({sizes['inset_left']}, width - inset - 26)"}


def ground(
    ink: Theme, projection: Projection, card: Sequence[alt.Tooltip], only: Sequence[str] = ()
) -> alt.Chart:
    """Give the areas as a quiet ground for symbols; they answer the pointer like the symbols do."""
    mark = some(only).mark_geoshape(
        fill=ink.surface, stroke=ink.border, strokeWidth=1, cursor="pointer"
    )
    return mark.encode(tooltip=list(card), description=alt.Description("name:N")).project(
        **projection
    )


def _layers(
    held: Sheet, values: pd.Series, indicator: Drawable, flat: Projection, whole: bool
) -> list[alt.Chart]:
    ink = base_spec.colours(held.theme)
    size = _size(values, indicator, held, whole)
    shape = alt.Shape(
        "k:N",
        legend=_absent_legend(held, ink, whole),
        scale=alt.Scale(domain=[NO_DATA, HIDDEN], range=["circle", "square"]),
    )
    layers = [
        ground(ink, flat, held.card).properties(name=VIEW),
        ring(ink, flat),
        *_marks(held, flat, size, shape),
    ]
    if not whole:
        return layers
    near = inset_projection()
    return [
        *layers,
        ground(ink, near, held.card, VICINITY).properties(name="inset"),
        ring(ink, near, VICINITY),
        *_marks(held, near, alt.Size("size:Q"), alt.Shape("k:N"), VICINITY),
        *inset_frame(held.lang, ink),
    ]


def _marks(
    held: Sheet,
    flat: Projection,
    size: alt.Size,
    shape: alt.Shape,
    only: Sequence[str] = (),
) -> list[alt.Chart]:
    """Circles for what has a value, and a sign for what has none."""
    ink = base_spec.colours(held.theme)
    place = {
        "longitude": alt.Longitude("px:Q"),
        "latitude": alt.Latitude("py:Q"),
        "tooltip": held.card,
    }
    shown = some(only).transform_filter(f"datum.k !== '{HIDDEN}' && isValid(datum.size)")
    circles = shown.mark_circle(
        color=ink.accent, opacity=0.72, stroke=ink.background, strokeWidth=1.2, cursor="pointer"
    )
    absent = some(only).transform_filter("!datum.x")  # no written value
    rest = absent.mark_point(size=70, strokeWidth=1.4, opacity=1).encode(
        stroke=alt.StrokeValue(ink.muted),
        fill=alt.FillValue(base_spec.absent_fill(ink, "k", "value")),
    )
    return [
        circles.encode(**place, size=size).project(**flat),
        rest.encode(**place, shape=shape).project(**flat),
    ]


def _size(values: pd.Series, indicator: Drawable, held: Sheet, whole: bool) -> alt.Size:
    """Circle sizes and their legend. Vega's size is an area, so it grows as the value does."""
    ink = base_spec.colours(held.theme)
    most = float(values.max()) if values.notna().any() else 1.0
    steps = nice_steps(most, 3)
    words = {f"{x:g}": bare(x, str(indicator.unit), held.lang) for x in steps}
    legend = alt.Legend(
        title=legend_title(indicator, held.lang).split("\n"),
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


def _absent_legend(held: Sheet, ink: Theme, whole: bool) -> alt.Legend:
    words = {e.code: e.label(held.lang) for e in held.legend if e.code in (NO_DATA, HIDDEN)}
    return alt.Legend(
        title=None,
        labelExpr=base_spec.lookup(words, "datum.label"),
        symbolStrokeColor=ink.muted,
        symbolStrokeWidth=1.4,
        labelColor=ink.text,
        **_legend_place("height - 46", whole),
    )
