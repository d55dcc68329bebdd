"""Maps of provinces and districts: rates as coloured areas, counts as circles, tiles, series.

A map starts from the register: every area is drawn, with or without a number, and a code that no
register knows raises. Legends name the unit and count the areas of every class; "no data",
"hidden" and "out of date" are told apart without colour. The words beside a map and its table are
the page's.
"""

from typing import Any

import altair as alt
import pandas as pd

from geo.classify import Classes
from ui.charts import base_spec
from ui.charts.indicator_frame import Drawable
from ui.charts.look import Look
from ui.maps.base_map import NO_NOTES, Annotations, BaseMap
from ui.maps.bivariate import bivariate
from ui.maps.district_points import district_points
from ui.maps.layers import (
    FIT_TO_SPACE,
    Panel,
    areas,
    country_projection,
    country_size,
    inset,
    inset_frame,
    region_lines,
    ring,
    row_layer,
    selectable,
    with_shapes,
)
from ui.maps.legend import IN_THE_GULF, Legend, colour, legend_title, same_colour, stale_fill
from ui.maps.province_labels import WHOLE, Extent, labels, named_on_map
from ui.maps.sheet import Sheet, sheet
from ui.maps.small_multiples import small_multiples
from ui.maps.symbols import symbols
from ui.maps.tiles import tile_grid

HEIGHT = 640

__all__ = [
    "HEIGHT",
    "bivariate",
    "choropleth",
    "district_points",
    "small_multiples",
    "symbols",
    "tile_grid",
]


def choropleth(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    look: Look,
    base_map: BaseMap,
    classes: Classes | None = None,
    notes: Annotations = NO_NOTES,
) -> base_spec.Spec:
    """Give the map of a rate or ratio: every area of the register in the colour of its class.

    `frame` has one row per area. `classes` holds the classes fixed over time. A click selects
    {"code": area code} under the name "area".
    """
    content = sheet(frame, indicator, look, base_map.area, classes=classes, notes=notes)
    whole = base_map.area.whole_country
    legend = Legend(
        content.legend, legend_title(indicator, look.lang), IN_THE_GULF if whole else None
    )
    extent = _extent(base_map) if base_map.points else None
    rows = content.rows
    if extent:
        values = content.cells["value"].tolist()
        rows = named_on_map(rows, base_map.points, values, notes.selected, extent)
    layers = _layers(content, colour(legend, look), whole, with_names=extent is not None)
    chart: Any = row_layer(layers, rows, content.fields, shapes=True)
    lines = [region_lines(look.ink, country_projection())] if base_map.borders and whole else []
    sizes = country_size() if whole else {"land": extent.land()} if extent else None
    spec = content.spec(base_spec.layer(chart, *lines), base_map.height or HEIGHT, sizes)
    return with_shapes(selectable(spec, notes.selected), base_map.geometry, base_map.borders)


def _layers(content: Sheet, shade: alt.Color, whole: bool, *, with_names: bool) -> list[alt.Chart]:
    """Areas, their names, the selected one; for the whole country also the inset of Bangkok."""
    ink = content.look.ink
    old = stale_fill(ink) if content.stale() else None
    main = Panel(country_projection() if whole else FIT_TO_SPACE)
    layers = [areas(shade, content.card, ink, main, stale=old)]
    if with_names:
        layers += labels(ink, content.words_on(), main.projection)
    layers.append(ring(ink, main))
    if whole:
        near = inset()
        layers.append(areas(same_colour(), content.card, ink, near, stale=old))
        layers += [ring(ink, near), *inset_frame(content.look.lang, ink)]
    return layers


def _extent(base_map: BaseMap) -> Extent | None:
    """What the map shows; None where a map inside the country says nothing of it."""
    if base_map.area.whole_country:
        return WHOLE
    return Extent.of_degrees(base_map.bounds) if base_map.bounds is not None else None
