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
from ui.charts import look
from ui.charts.frames import HIDDEN, NO_DATA, Drawable, bare
from ui.charts.map_layers import (
    FITTED,
    VIEW,
    Geometry,
    Projection,
    country_projection,
    country_size,
    csv_layer,
    placed,
    ring,
    selectable,
    with_points,
)
from ui.charts.map_legend import legend_title
from ui.charts.map_rows import as_csv
from ui.charts.map_sheet import Beside, Level, Sheet, sheet
from ui.charts.scales import nice_steps

HEIGHT = 640
# The largest circle's radius as a share of the map's height: large enough to compare, small enough
# that neighbours of the largest are seen through it.
_LARGEST = 0.045


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
) -> look.Spec:
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
    whole = level == "province" and within is None
    flat = country_projection() if whole else FITTED
    layers = _layers(held, values, indicator, lang, theme, flat, whole)
    chart = csv_layer(layers, as_csv(made), held.fields, shapes=True)
    spec = look.drawn(
        alt.layer(chart),
        data={},
        height=height,
        description=held.said,
        theme=theme,
        lang=lang,
        sizes=country_size() if whole else None,
    )
    return placed(selectable(spec, selected), geometry)


def ground(ink: Theme, projection: Projection, card: Sequence[alt.Tooltip]) -> alt.Chart:
    """Give the areas as a quiet ground for symbols; they answer the pointer like the symbols do."""
    mark = alt.Chart().mark_geoshape(
        fill=ink.surface, stroke=ink.border, strokeWidth=1, cursor="pointer"
    )
    return mark.encode(tooltip=list(card), description="name:N").project(**projection)


def _layers(
    held: Sheet,
    values: pd.Series,
    indicator: Drawable,
    lang: Lang,
    theme: str,
    flat: Projection,
    whole: bool,
) -> list[alt.Chart]:
    ink = look.colours(theme)
    most = float(values.max()) if values.notna().any() else 1.0
    steps = nice_steps(most, 3)
    words = look.lookup({f"{x:g}": bare(x, str(indicator.unit), lang) for x in steps})
    inside: dict[str, Any] = {"orient": "bottom", "direction": "horizontal"}
    if whole:
        inside = {
            "orient": "none",
            "legendX": alt.ExprRef("min(land_left + land * 0.64, width - 150)"),
            "legendY": alt.ExprRef("height * 0.62"),
        }
    legend = alt.Legend(
        title=legend_title(indicator, lang).split("\n"),
        values=steps,
        labelExpr=words,
        symbolType="circle",
        symbolFillColor=ink.accent,
        symbolStrokeColor=ink.background,
        labelColor=ink.text,
        **inside,
    )
    # Vega's size is an area, so equal steps of size are equal steps of the value.
    largest = alt.ExprRef(f"{_LARGEST**2 * 3.1416 * 1.27:.6f} * height * height")
    size = alt.Size(
        "size:Q", scale=alt.Scale(domain=[0, most or 1.0], range=[0, largest]), legend=legend
    )
    place = {"longitude": "px:Q", "latitude": "py:Q"}
    shown = alt.Chart().transform_filter(f"datum.k !== '{HIDDEN}' && isValid(datum.size)")
    circles = shown.mark_circle(
        color=ink.accent, opacity=0.72, stroke=ink.background, strokeWidth=1.2, cursor="pointer"
    )
    absent = alt.Chart().transform_filter("!datum.x")  # no written value
    shape = alt.Shape(
        "k:N",
        legend=_absent_legend(held, lang, ink, whole),
        scale=alt.Scale(domain=[NO_DATA, HIDDEN], range=["circle", "square"]),
    )
    rest = absent.mark_point(size=70, strokeWidth=1.4, opacity=1).encode(
        stroke=alt.value(ink.muted), fill=alt.value(look.absent_fill(ink, "k"))
    )
    return [
        ground(ink, flat, held.card).properties(name=VIEW),
        ring(ink, flat),
        circles.encode(**place, size=size, tooltip=held.card).project(**flat),
        rest.encode(**place, shape=shape, tooltip=held.card).project(**flat),
    ]


def _absent_legend(held: Sheet, lang: Lang, ink: Theme, whole: bool) -> alt.Legend:
    words = {e.code: e.label(lang) for e in held.legend if e.code in (NO_DATA, HIDDEN)}
    place: dict[str, Any] = {"orient": "bottom", "direction": "horizontal"}
    if whole:
        place = {
            "orient": "none",
            "legendX": alt.ExprRef("min(land_left + land * 0.64, width - 150)"),
            "legendY": alt.ExprRef("height - 46"),
        }
    return alt.Legend(
        title=None,
        labelExpr=look.lookup(words, "datum.label"),
        symbolFillColor=ink.no_data,
        symbolStrokeColor=ink.muted,
        symbolStrokeWidth=1.4,
        labelColor=ink.text,
        **place,
    )
