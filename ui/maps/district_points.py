"""Districts as points over the shape of their province, where no official polygons are installed.

Polygons are never invented. Districts without a known point are listed by the page
(geo.points.districts_without_point), not placed by guess.
"""

from collections.abc import Iterable, Sequence

import altair as alt
import pandas as pd

from config.i18n import Lang
from geo.classify import Classes, Mode
from geo.points import AreaPoint
from ui.charts import base_spec
from ui.charts.indicator_frame import Drawable
from ui.maps import point_labels
from ui.maps.classes import HIDDEN
from ui.maps.layers import AREA, FITTED, VIEW, Geometry, placed, row_layer, selectable
from ui.maps.legend import colour, legend_title
from ui.maps.province_labels import Extent, with_points
from ui.maps.sheet import Beside, Sheet, area_codes, sheet

HEIGHT = 560
# Areas of the smallest and largest point; where there are many, they are smaller.
_SIZE, _SIZE_OF_MANY, _MANY = (110, 900), (36, 300), 40
_ALL_NAMED = 60  # of the districts of a region only the most telling have a name


def district_points(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    geometry: Geometry,
    points: Iterable[AreaPoint],
    province: str,
    bounds: Sequence[float],
    lang: Lang,
    theme: str = "light",
    mode: Mode = "readable",
    classes: Classes | None = None,
    selected: str | None = None,
    target: float | None = None,
    height: int = HEIGHT,
) -> base_spec.Spec:
    """Give one province with a point per district: colour is the class, size the denominator.

    `frame` has one row per district of the province, or of the region that `province` names;
    `geometry` holds the provinces, `bounds` is what is seen of them: west, south, east and north in
    degrees. A hidden or empty district keeps its smallest point, striped or grey. Names lie on no
    point. A click selects {"code": district}.
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
    made = made.assign(value=held.found["value"])[made["px"] != ""]
    made = made.sort_values("size", ascending=False)
    seen = Extent.of_degrees(bounds)
    extent = point_labels.reach(seen, made["px"].tolist(), made["py"].tolist())
    made = _named(made, selected, extent)
    ink = base_spec.colours(theme)
    shade = colour(held.legend, legend_title(indicator, lang), lang, ink)
    shape = alt.Chart(alt.NamedData("shapes")).transform_filter(
        f"indexof({inside}, datum.properties.code) >= 0"
    )
    shape = shape.mark_geoshape(fill=ink.surface, stroke=ink.muted, strokeWidth=1, aria=False)
    layers = [*_points(held, shade, _sizes(made)), *point_labels.layers(ink, FITTED)]
    chart = base_spec.layered(shape.project(**FITTED), row_layer(layers, made, held.fields))
    spec = held.drawn(chart, height, {"land": extent.land()})
    return placed(selectable(spec, selected), geometry)


def _sizes(made: pd.DataFrame) -> tuple[int, int]:
    return _SIZE_OF_MANY if len(made) > _MANY else _SIZE


def _named(made: pd.DataFrame, selected: str | None, extent: Extent) -> pd.DataFrame:
    """The rows with the names that have room beside their points."""
    values = made["value"].tolist()
    sizes = point_labels.radii(made["size"].tolist(), _sizes(made))
    many = len(made) > _ALL_NAMED
    return point_labels.named_points(
        made.drop(columns="value"), sizes, values, selected, extent, only_telling=many
    )


def _points(held: Sheet, shade: alt.Color, sizes: tuple[int, int]) -> Sequence[alt.Chart]:
    ink = base_spec.colours(held.theme)
    place = {"longitude": alt.Longitude("px:Q"), "latitude": alt.Latitude("py:Q")}
    size = alt.Size("size:Q", legend=None, scale=alt.Scale(range=list(sizes), zero=True))
    shapes = alt.condition(f"datum.k === '{HIDDEN}'", alt.value("square"), alt.value("circle"))
    dots = alt.Chart().mark_point(
        filled=True, opacity=0.95, stroke=ink.background, strokeWidth=1.2, cursor="pointer"
    )
    picked = alt.Chart().transform_filter({"param": AREA, "empty": False})
    ring = picked.mark_point(filled=False, stroke=ink.text, strokeWidth=2.6, aria=False, opacity=1)
    return [
        dots.encode(**place, color=shade, size=size, shape=shapes, tooltip=held.card,
                    description=alt.Description("name:N")).project(**FITTED).properties(name=VIEW),
        ring.encode(**place, size=size).project(**FITTED),
    ]  # fmt: skip
