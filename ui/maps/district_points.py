"""Districts as points over the shape of their province, where no official polygons are installed.

Polygons are never invented. Districts without a known point are listed by the page
(geo.points.districts_without_point), not placed by guess.
"""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from geo.classify import Classes
from ui.charts import base_spec
from ui.charts.indicator_frame import ChartProblem, Drawable
from ui.charts.look import Look
from ui.maps import point_labels
from ui.maps.base_map import NO_NOTES, Annotations, BaseMap, area_codes
from ui.maps.classes import HIDDEN
from ui.maps.layers import AREA, FIT_TO_SPACE, VIEW, row_layer, selectable, with_shapes
from ui.maps.legend import Legend, colour, legend_title
from ui.maps.province_labels import Extent, with_points
from ui.maps.sheet import Sheet, sheet

HEIGHT = 560
# Areas of the smallest and largest point; where there are many, they are smaller.
_SIZE, _SIZE_OF_MANY, _MANY = (110, 900), (36, 300), 40
_ALL_NAMED = 60  # of the districts of a region only the most telling have a name


def district_points(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    look: Look,
    base_map: BaseMap,
    classes: Classes | None = None,
    notes: Annotations = NO_NOTES,
) -> base_spec.Spec:
    """Give one province with a point per district: colour is the class, size the denominator.

    `frame` has one row per district of the area of `base_map`, a province or a region; its
    geometry holds the provinces, its bounds are what is seen of them. A hidden or empty district
    keeps its smallest point, striped or grey. Names lie on no point. A click selects
    {"code": district}.
    """
    content = sheet(frame, indicator, look, base_map.area, classes=classes, notes=notes)
    if base_map.bounds is None:
        raise ChartProblem("a map of points needs the bounds of what is seen")
    inside = area_codes("province", base_map.area.within)
    weight = content.cells["denominator"].fillna(content.cells["value"])
    rows = with_points(content.rows, base_map.points).assign(
        size=[0 if pd.isna(x) else float(x) for x in weight]
    )
    rows = rows.assign(value=content.cells["value"])[rows["px"] != ""]
    rows = rows.sort_values("size", ascending=False)
    extent = point_labels.reach(
        Extent.of_degrees(base_map.bounds), rows["px"].tolist(), rows["py"].tolist()
    )
    rows = _with_names(rows, notes.selected, extent)
    ink = look.ink
    shade = colour(Legend(content.legend, legend_title(indicator, look.lang)), look)
    shape = alt.Chart(alt.NamedData("shapes")).transform_filter(
        f"indexof({inside}, datum.properties.code) >= 0"
    )
    shape = shape.mark_geoshape(fill=ink.surface, stroke=ink.muted, strokeWidth=1, aria=False)
    layers = [*_points(content, shade, _sizes(rows)), *point_labels.layers(ink, FIT_TO_SPACE)]
    chart = base_spec.layer(shape.project(**FIT_TO_SPACE), row_layer(layers, rows, content.fields))
    spec = content.spec(chart, base_map.height or HEIGHT, {"land": extent.land()})
    return with_shapes(selectable(spec, notes.selected), base_map.geometry)


def _sizes(rows: pd.DataFrame) -> tuple[int, int]:
    return _SIZE_OF_MANY if len(rows) > _MANY else _SIZE


def _with_names(rows: pd.DataFrame, selected: str | None, extent: Extent) -> pd.DataFrame:
    """The rows with the names that have room beside their points."""
    values = rows["value"].tolist()
    sizes = point_labels.radii(rows["size"].tolist(), _sizes(rows))
    many = len(rows) > _ALL_NAMED
    return point_labels.named_points(
        rows.drop(columns="value"), sizes, values, selected, extent, only_telling=many
    )


def _points(content: Sheet, shade: alt.Color, sizes: tuple[int, int]) -> Sequence[alt.Chart]:
    ink = content.look.ink
    place = {"longitude": alt.Longitude("px:Q"), "latitude": alt.Latitude("py:Q")}
    size = alt.Size("size:Q", legend=None, scale=alt.Scale(range=list(sizes), zero=True))
    shapes = alt.condition(f"datum.k === '{HIDDEN}'", alt.value("square"), alt.value("circle"))
    dots = alt.Chart().mark_point(
        filled=True, opacity=0.95, stroke=ink.background, strokeWidth=1.2, cursor="pointer"
    )
    selection = alt.Chart().transform_filter({"param": AREA, "empty": False})
    ring = selection.mark_point(
        filled=False, stroke=ink.text, strokeWidth=2.6, aria=False, opacity=1
    )
    return [
        dots.encode(**place, color=shade, size=size, shape=shapes, tooltip=content.card,
                    description=alt.Description("name:N")).project(**FIT_TO_SPACE).properties(name=VIEW),
        ring.encode(**place, size=size).project(**FIT_TO_SPACE),
    ]  # fmt: skip
