"""Maps of provinces and districts: rates as coloured areas, counts as circles, tiles, series.

A map starts from the register: every area is drawn, with or without a number, and a code that no
register knows raises. Legends name the unit and count the areas of every class; "no data",
"hidden" and "out of date" are told apart without colour. The words beside a map and its table are
the page's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang
from geo.classify import Classes, Mode
from geo.points import AreaPoint
from ui.charts import base_spec
from ui.charts.indicator_frame import Drawable
from ui.maps.bivariate import bivariate
from ui.maps.district_points import district_points
from ui.maps.layers import (
    FITTED,
    VICINITY,
    Geometry,
    Projection,
    areas,
    country_projection,
    country_size,
    inset_frame,
    inset_projection,
    placed,
    region_lines,
    ring,
    row_layer,
    selectable,
)
from ui.maps.legend import IN_THE_GULF, colour, legend_title, same_colour, stale_fill
from ui.maps.province_labels import WHOLE, Extent, labels, named_on_map
from ui.maps.sheet import Beside, Level, Sheet, sheet
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
    geometry: Geometry,
    lang: Lang,
    theme: str = "light",
    mode: Mode = "readable",
    selected: str | None = None,
    level: Level = "province",
    within: str | None = None,
    classes: Classes | None = None,
    target: float | None = None,
    base: int | None = None,
    stale: Collection[str] = (),
    trends: Mapping[str, str] | None = None,
    points: Iterable[AreaPoint] = (),
    bounds: Sequence[float] | None = None,
    borders: Mapping[str, Any] | None = None,
    height: int = HEIGHT,
) -> base_spec.Spec:
    """Give the map of a rate or ratio: every area of the register in the colour of its class.

    `frame` has one row per area; `geometry` is the `data` part of a spec (url or values, and
    format). `within` limits the map to a region or a province. `classes` holds the classes fixed
    over time. `trends` are sparklines by area (ui.charts.spark.code), `points` the places of names;
    a map that is not the whole country needs `bounds` (west, south, east, north in degrees) to
    place them.
    `borders` are lines between regions (ui.maps.borders). A click selects {"code": area code}
    under the name "area".
    """
    beside = Beside(target, base, stale, trends)
    held = sheet(
        frame, indicator, lang, theme, level=level, within=within, mode=mode, classes=classes,
        beside=beside,
    )  # fmt: skip
    whole = level == "province" and within is None
    title = legend_title(indicator, lang)
    ink = base_spec.colours(theme)
    shade = colour(held.legend, title, lang, ink, at=IN_THE_GULF if whole else None)
    extent = _extent(bounds, whole) if points else None
    made = held.made
    if extent:
        made = named_on_map(made, points, held.found["value"].tolist(), selected, extent)
    layers = _layers(held, shade, whole, named=extent is not None)
    chart: Any = row_layer(layers, made, held.fields, shapes=True)
    lined = [region_lines(ink, country_projection())] if borders and whole else []
    sizes = country_size() if whole else {"land": extent.land()} if extent else None
    spec = held.drawn(base_spec.layered(chart, *lined), height, sizes)
    return placed(selectable(spec, selected), geometry, borders)


def _layers(held: Sheet, shade: alt.Color, whole: bool, *, named: bool) -> list[alt.Chart]:
    """Areas, their names, the selected one; for the whole country also the inset of Bangkok."""
    ink = base_spec.colours(held.theme)
    old = stale_fill(ink) if held.stale() else None
    flat: Projection = country_projection() if whole else FITTED
    layers = [areas(shade, held.card, ink, flat, stale=old)]
    if named:
        layers += labels(ink, held.words_on(), flat)
    layers.append(ring(ink, flat))
    if whole:
        near = inset_projection()
        again = same_colour()
        layers.append(areas(again, held.card, ink, near, stale=old, only=VICINITY, name="inset"))
        layers += [ring(ink, near, VICINITY), *inset_frame(held.lang, ink)]
    return layers


def _extent(bounds: Sequence[float] | None, whole: bool) -> Extent | None:
    """What the map shows; None where a map inside the country says nothing of it."""
    if whole:
        return WHOLE
    return Extent.of_degrees(bounds) if bounds is not None else None
