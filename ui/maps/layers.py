"""The parts every map is put together from: shapes, selection, labels and the inset of Bangkok."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.theme import Theme
from geo import registers
from ui.charts import base_spec
from ui.charts.indicator_frame import ChartProblem
from ui.maps.base_map import Geometry
from ui.maps.rows import as_rows

Projection = Mapping[str, Any]
AREA = "area"  # the name of the selection; its payload is one code
VIEW = "map"  # the name of the view that is clicked
_ROWS, _SHAPES, _LINES, _NAMES = "areas", "shapes", "region_lines", "names"
_LASTING = ("name", "short", "col", "row")  # what an area has whatever is chosen
_MANY = 40  # areas; rows for fewer are not worth a request of their own
# The geometry is already projected (EPSG:3857); only its y axis points the other way. Without a
# scale of its own the map fills the space there is.
FIT_TO_SPACE: Projection = {"type": "identity", "reflectY": True}
VICINITY = registers.BANGKOK_AND_VICINITY
# West, south, east and north of those six provinces, and of the country, in EPSG:3857.
_VICINITY = (11_113_000, 1_497_000, 11_240_000, 1_610_000)
COUNTRY = (10_836_200, 625_800, 11_759_500, 2_328_200)
_BESIDE = 180  # pixels right of the country for the legend, where the screen is wide
_TOP = 24  # pixels above the inset, for its name


@dataclass(frozen=True)
class Panel:
    """One view of a map: how it lies on the screen, its name, and the areas in it (none: all)."""

    projection: Projection
    name: str = VIEW
    only: Sequence[str] = ()


def row_layer(
    layers: Sequence[alt.Chart],
    area_rows: pd.DataFrame,
    fields: Mapping[str, str],
    *,
    shapes: bool = False,
) -> base_spec.Spec:
    """Give the layers over rows with calculated fields, with `shapes` also their geometry.

    Data and geometry are named once for all layers: shapes that travel inside the spec do so once.
    What an area has whatever is chosen, as its name, stands in rows of its own where areas are
    many: a browser fetches those once.
    """
    lasting = _lasting(area_rows)
    rows = as_rows(area_rows.drop(columns=list(lasting[0])[1:]) if lasting else area_rows)
    geometry = {
        "lookup": "code",
        "from": {
            "data": {"name": _SHAPES},
            "key": "properties.code",
            "fields": ["type", "geometry"],
        },
    }
    calculated = [{"calculate": expr, "as": name} for name, expr in fields.items()]
    return {
        "data": {"name": _ROWS, "values": rows},
        "transform": [*_looked_up(lasting), *([geometry] if shapes else []), *calculated],
        "layer": [base_spec.layer(layer) for layer in layers],
    }


def _lasting(area_rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The code of each area with what it has whatever is chosen; nothing where areas are few."""
    if area_rows["code"].nunique() < _MANY:
        return []
    kept = ["code", *(column for column in _LASTING if column in area_rows.columns)]
    rows: list[dict[str, Any]] = (
        area_rows.drop_duplicates("code")[kept].sort_values("code").to_dict("records")
    )
    return rows


def _looked_up(lasting: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if not lasting:
        return []
    data = {"name": _NAMES, "values": list(lasting)}
    found = {"data": data, "key": "code", "fields": list(lasting[0])[1:]}
    return [{"lookup": "code", "from": found}]


def country_size() -> dict[str, str]:
    """Give the size and place of the country on this screen, as expressions other parts use.

    On a narrow screen the country stands at the left and leaves room for the legend in the Gulf;
    on a wide one it stands in the middle. The inset of Bangkok grows with the room beside the
    country and never covers the north-east, nor on a low map the nine lines of the legend.
    """
    west, south, east, north = COUNTRY
    room = "width - land_left - land - 24"
    return {
        "land": f"min(width * 0.82, height * {(east - west) / (north - south):.4f})",
        "land_left": f"width > height * 0.66 ? max(0, (width - land - {_BESIDE}) / 2) : 0",
        "inset": f"max(height * 0.135, min(height * 0.26, height - 275, {room}))",
        "inset_left": f"{room} >= inset ? land_left + land + 12 : width - inset - 8",
        "land_scale": f"land / {east - west}",
        "land_at": f"[land_left - {west} * land_scale, {north} * land_scale]",
    }


def country_projection() -> Projection:
    """Give the projection of the whole country, top-aligned, by the sizes of `country_size`."""
    return {**FIT_TO_SPACE, "scale": alt.ExprRef("land_scale"), "translate": alt.ExprRef("land_at")}


def with_shapes(
    spec: base_spec.Spec, geometry: Geometry | None, borders: Mapping[str, Any] | None = None
) -> base_spec.Spec:
    """Put shapes (or their address) and lines between regions where the spec names them.

    A map of tiles has no shapes and stays as it is.
    """
    if geometry is None:
        return spec
    if "format" not in geometry or not {"url", "values"} & set(geometry):
        raise ChartProblem(f"geometry has a format and a url or values; got: {sorted(geometry)}")
    data = {_SHAPES: dict(geometry), _LINES: {"name": _LINES, "values": borders}}

    def fill(part: Any) -> Any:
        if isinstance(part, dict):
            if list(part) == ["name"] and part["name"] in data:
                return data[part["name"]]
            return {key: fill(value) for key, value in part.items()}
        return [fill(value) for value in part] if isinstance(part, list) else part

    whole: base_spec.Spec = fill(spec)
    return whole


def region_lines(ink: Theme, projection: Projection) -> alt.Chart:
    """Give the borders between regions, above the areas and out of the pointer's way."""
    mark = alt.Chart(alt.NamedData(_LINES)).mark_geoshape(
        filled=False, stroke=ink.text, strokeWidth=1.3, strokeOpacity=0.75, aria=False
    )
    return mark.encode(fill=alt.FillValue(None)).project(**projection)


def areas(
    shade: alt.Color,
    card: Sequence[alt.Tooltip],
    ink: Theme,
    panel: Panel,
    *,
    stale: alt.ExprRef | None = None,
) -> alt.Chart:
    """Give the areas in the colour of their class, with hover card and screen-reader name."""
    fill: Any = (
        shade if stale is None else alt.condition("datum.stale == 1", alt.value(stale), shade)
    )
    mark = some(panel.only).mark_geoshape(stroke=ink.outline, strokeWidth=0.8, cursor="pointer")
    chart = mark.encode(color=fill, tooltip=list(card), description=alt.Description("name:N"))
    return chart.project(**panel.projection).properties(name=panel.name)


def selectable(spec: base_spec.Spec, selected: str | None) -> base_spec.Spec:
    """Give the spec with the click selection on its view "map": its value is one area's code.

    Marks of the other views select too, since they stand in the same group.
    """
    select: dict[str, Any] = {
        "name": AREA,
        "select": {"type": "point", "fields": ["code"], "toggle": False},
    }
    if selected:
        select["value"] = [{"code": selected}]

    def with_params(part: Any) -> Any:
        if isinstance(part, dict):
            if part.get("name") == VIEW and "mark" in part:
                return part | {"params": [select]}
            return {key: with_params(value) for key, value in part.items()}
        return [with_params(value) for value in part] if isinstance(part, list) else part

    whole: base_spec.Spec = with_params(spec)
    return whole


def ring(ink: Theme, panel: Panel) -> alt.Chart:
    """Give the outline of the selected area, drawn above its neighbours."""
    selection = some(panel.only).transform_filter({"param": AREA, "empty": False})
    mark = selection.mark_geoshape(
        filled=False, stroke=ink.text, strokeWidth=2.4, strokeJoin="round", aria=False
    )
    return mark.encode(fill=alt.FillValue(None)).project(**panel.projection)


def inset() -> Panel:
    """Give the inset of Bangkok and its vicinity: its own scale, at the upper right of the map."""
    west, _, east, north = _VICINITY
    scale = f"inset / {east - west}"
    projection = {
        **FIT_TO_SPACE,
        # Vega-Lite takes two projections for one when only their expressions differ; this edge, far
        # outside every screen, keeps them apart.
        "clipExtent": [[0, 0], [4000, 4000]],
        "scale": alt.ExprRef(scale),
        "translate": alt.ExprRef(f"[inset_left - {west} * {scale}, {_TOP} + {north} * {scale}]"),
    }
    return Panel(projection, "inset", VICINITY)


def inset_frame(lang: Lang, ink: Theme) -> list[alt.Chart]:
    """Give the frame round the inset and its name."""
    tall = (_VICINITY[3] - _VICINITY[1]) / (_VICINITY[2] - _VICINITY[0])
    one = some(VICINITY[:1])
    frame = one.mark_rect(filled=False, stroke=ink.border, cornerRadius=4, aria=False).encode(
        x=alt.XValue(alt.ExprRef("inset_left - 6")),
        x2=alt.X2Value(alt.ExprRef("inset_left + inset + 6")),
        y=alt.YValue(_TOP - 6),
        y2=alt.Y2Value(alt.ExprRef(f"{_TOP} + inset * {tall:.3f} + 6")),
        fill=alt.FillValue(None),
    )
    name = one.mark_text(align="right", baseline="bottom", color=ink.muted, aria=False).encode(
        x=alt.XValue(alt.ExprRef("inset_left + inset + 6")),
        y=alt.YValue(_TOP - 10),
        text=alt.TextValue(t("chart.map.inset", lang)),
    )
    return [frame, name]


def some(only: Sequence[str]) -> alt.Chart:
    """Give a chart of these areas only; of all where none is named."""
    if not only:
        return alt.Chart()
    return alt.Chart().transform_filter(f"indexof({list(only)}, datum.code) >= 0")
