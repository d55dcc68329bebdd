"""Districts as points over the shape of their province, where no official polygons are installed.

Polygons are never invented. Districts without a known point are listed by the page
(geo.points.districts_without_point), not placed by guess.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang
from geo.classify import Classes, Mode
from geo.points import AreaPoint
from ui.charts import look
from ui.charts.classes import HIDDEN
from ui.charts.frames import Drawable
from ui.charts.map_layers import (
    AREA,
    FITTED,
    VIEW,
    Geometry,
    csv_layer,
    placed,
    selectable,
)
from ui.charts.map_legend import colour, legend_title
from ui.charts.map_names import with_points
from ui.charts.map_rows import as_csv
from ui.charts.map_sheet import Beside, Sheet, area_codes, sheet
from ui.charts.scales import clear

HEIGHT = 560
# Areas of the smallest and largest point; where there are many, they are smaller.
_SIZE, _SIZE_OF_MANY, _MANY = (110, 900), (36, 300), 40


def district_points(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    geometry: Geometry,
    points: Iterable[AreaPoint],
    province: str,
    lang: Lang,
    theme: str = "light",
    mode: Mode = "readable",
    classes: Classes | None = None,
    selected: str | None = None,
    target: float | None = None,
    height: int = HEIGHT,
) -> look.Spec:
    """Give one province with a point per district: colour is the class, size the denominator.

    `frame` has one row per district of the province, or of the region that `province` names;
    `geometry` holds the provinces. A hidden or empty district keeps its smallest point, striped or
    grey. A click selects {"code": district}.
    """
    held = sheet(
        frame, indicator, lang, theme, level="district", within=province, mode=mode,
        classes=classes, beside=Beside(target),
    )  # fmt: skip
    inside = area_codes("province", province)
    weight = held.found["denominator"].fillna(held.found["value"])
    made = with_points(held.made, points).assign(
        size=[0 if pd.isna(x) else float(x) for x in weight]
    )
    made = made[made["px"] != ""].sort_values("size", ascending=False)
    made = made.assign(named=_named(made, height))
    ink = look.colours(theme)
    shade = colour(held.legend, legend_title(indicator, lang), lang, ink)
    shape = alt.Chart(alt.NamedData("shapes")).transform_filter(
        f"indexof({inside}, datum.properties.code) >= 0"
    )
    shape = shape.mark_geoshape(fill=ink.surface, stroke=ink.muted, strokeWidth=1, aria=False)
    layers = _points(held, shade)
    chart = look.layered(shape.project(**FITTED), csv_layer(layers, as_csv(made), held.fields))
    return placed(selectable(held.drawn(chart, height), selected), geometry)


def _named(made: pd.DataFrame, height: int) -> list[Any]:
    """1 for the districts whose names do not lie on each other, the largest first."""
    if len(made) > _MANY:
        return [""] * len(made)  # names of a region's districts would hide its points
    if made.empty:
        return []
    x, y = made["px"].astype(float), made["py"].astype(float)
    # The points fill most of the map's height; the shape reaches beyond them.
    pixels = (height - 130) * 0.85 / (max(y.max() - y.min(), x.max() - x.min()) or 1.0)
    places = zip((x - x.min()) * pixels, (y.max() - y) * pixels, strict=True)
    return [1 if free else "" for free in clear(list(places), made["name"].tolist(), 30)]


def _points(held: Sheet, shade: alt.Color) -> Sequence[alt.Chart]:
    ink = look.colours(held.theme)
    place = {"longitude": alt.Longitude("px:Q"), "latitude": alt.Latitude("py:Q")}
    sizes = _SIZE_OF_MANY if len(held.made) > _MANY else _SIZE
    size = alt.Size("size:Q", legend=None, scale=alt.Scale(range=list(sizes), zero=True))
    shapes = alt.condition(f"datum.k === '{HIDDEN}'", alt.value("square"), alt.value("circle"))
    dots = alt.Chart().mark_point(
        filled=True, opacity=0.95, stroke=ink.background, strokeWidth=1.2, cursor="pointer"
    )
    picked = alt.Chart().transform_filter({"param": AREA, "empty": False})
    ring = picked.mark_point(filled=False, stroke=ink.text, strokeWidth=2.6, aria=False, opacity=1)
    names = alt.Chart().transform_filter("datum.named == 1")
    # A name may lie on a point: it stands on a ground of its own.
    halo = names.mark_text(
        dy=-18, stroke=ink.surface, strokeWidth=4, strokeJoin="round", opacity=0.85, aria=False
    )
    names = names.mark_text(dy=-18, color=ink.text, aria=False)
    return [
        dots.encode(**place, color=shade, size=size, shape=shapes, tooltip=held.card,
                    description=alt.Description("name:N")).project(**FITTED).properties(name=VIEW),
        ring.encode(**place, size=size).project(**FITTED),
        halo.encode(**place, text=alt.Text("name:N")).project(**FITTED),
        names.encode(**place, text=alt.Text("name:N")).project(**FITTED),
    ]  # fmt: skip
