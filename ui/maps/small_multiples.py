"""Up to six small maps with one legend: years, groups or indicators of one scale side by side.

All maps share their classes, so a colour means the same in each. They stand in one picture whose
columns follow the width of the screen.
"""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.theme import Theme
from geo.classify import Classes
from geo.tiles import COLUMNS, ROWS
from ui.charts import base_spec
from ui.charts.indicator_frame import (
    SHOWN,
    ChartProblem,
    Drawable,
    absent,
    bare,
    each,
    onto_areas,
    unit_name,
)
from ui.charts.look import Look
from ui.maps.base_map import Geometry, area_codes
from ui.maps.classes import class_code, classes_of, entries
from ui.maps.layers import (
    COUNTRY,
    FIT_TO_SPACE,
    VIEW,
    Projection,
    row_layer,
    selectable,
    with_shapes,
)
from ui.maps.legend import Legend, colour, legend_title
from ui.maps.tiles import Grid, on_tiles, tile_borders, tiles
from ui.text.area_names import short_name

MOST = 6
# Columns on a wide screen, and the height that suits them, by number of maps.
_WIDE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3}
_HEIGHT = {1: 560, 2: 520, 3: 520, 4: 560, 5: 900, 6: 900}
_HEAD = 30  # pixels above each map for its name
_FOOT = 22  # and below it, so that the name of the next row stands clear


def small_multiples(
    frames: Mapping[str, pd.DataFrame],
    *,
    indicator: Drawable,
    look: Look,
    geometry: Geometry | None,
    selected: str | None = None,
) -> base_spec.Spec:
    """Give one small province map per frame, named by its key, with one legend below.

    Keys are the words over the maps ("ปีงบฯ 2569"). Each frame has one row per province. Classes
    come from the values of all frames together.
    Without `geometry` each map is a grid of equal tiles.
    """
    if not 1 <= len(frames) <= MOST:
        raise ChartProblem(f"1 to {MOST} maps can be read side by side; got: {len(frames)}")
    ink, lang, names = look.ink, look.lang, list(frames)
    cells = [onto_areas(frame, area_codes("province")) for frame in frames.values()]
    classes = classes_of(pd.concat([frame["value"] for frame in cells]), indicator)
    rows, codes = _rows(cells, indicator, classes, lang)
    legend = Legend(
        entries(codes, classes, indicator, lang, ink), legend_title(indicator, lang), counts=False
    )
    shades = [colour(legend, look, f"k{i}") for i in range(len(names))]
    draw = _tiles if geometry is None else _map
    maps = [layer for i, name in enumerate(names) for layer in draw(i, name, shades[i], ink)]
    titles = [_name(i, name, ink) for i, name in enumerate(names)]
    rows = rows if geometry else on_tiles(rows, lang).drop(columns="short")
    chart = row_layer([*maps, *titles], rows, {}, shapes=geometry is not None)
    spec = base_spec.chart_spec(
        base_spec.layer(chart),
        look,
        base_spec.Canvas(_HEIGHT[len(frames)], _description(names, indicator, lang)),
        data={},
        sizes={**_sizes(len(frames)), **base_spec.hidden_fill(look.theme)},
    )
    return with_shapes(selectable(spec, selected), geometry)


def _rows(
    cells: Sequence[pd.DataFrame], indicator: Drawable, classes: Classes, lang: Lang
) -> tuple[pd.DataFrame, pd.Series]:
    """One row per province with class and words of every map; and all class codes together."""
    rows = pd.DataFrame({"code": cells[0]["area_code"]})
    rows["name"] = [short_name(str(code), lang) for code in rows["code"]]
    codes = []
    for i, frame in enumerate(cells):
        of_map = [class_code(row, classes) for row in each(frame)]
        rows[f"k{i}"] = of_map
        rows[f"t{i}"] = [
            bare(row.value, str(indicator.unit), lang)
            if row.status == SHOWN
            else absent(row.status, row.reason, lang)
            for row in each(frame)
        ]
        codes.extend(of_map)
    return rows, pd.Series(codes)


def _sizes(maps: int) -> dict[str, str]:
    west, south, east, north = COUNTRY
    wide = (east - west) / (north - south)
    return {
        "columns": f"width > 560 ? {_WIDE[maps]} : {min(maps, 2)}",
        "cell": "width / columns",
        "row_height": f"height / ceil({maps} / columns)",
        "small": f"min(cell * 0.94, (row_height - {_HEAD + _FOOT}) * {wide:.4f})",
        "small_tile": f"min(cell * 0.9 / {COLUMNS}, (row_height - {_HEAD + _FOOT}) / {ROWS})",
    }


def _projection(i: int) -> Projection:
    west, _, east, north = COUNTRY
    scale = f"small / {east - west}"
    left = f"({i} % columns + 0.5) * cell - small / 2"
    top = f"floor({i} / columns) * row_height + {_HEAD}"
    return {
        **FIT_TO_SPACE,
        # Keeps the projections apart, see ui.maps.layers.inset.
        "clipExtent": [[0, 0], [4000, 4000 + i]],
        "scale": alt.ExprRef(scale),
        "translate": alt.ExprRef(f"[{left} - {west} * {scale}, {top} + {north} * {scale}]"),
    }


def _grid(i: int) -> Grid:
    return Grid(
        left=f"({i} % columns + 0.5) * cell - small_tile * {COLUMNS / 2}",
        top=f"floor({i} / columns) * row_height + {_HEAD}",
        side="small_tile",
        gap=0.6,
    )


def _tiles(i: int, name: str, shade: alt.Color, ink: Theme) -> list[alt.Chart]:
    """One grid of tiles with the lines between regions; the first carries the selection for all."""
    grid = _grid(i)
    view = VIEW if i == 0 else f"small{i}"
    return [tiles(shade, _card(i, name), grid, name=view), tile_borders(ink, grid)]


def _card(i: int, name: str) -> list[alt.Tooltip]:
    return [alt.Tooltip("name:N", title="title"), alt.Tooltip(f"t{i}:N", title=name)]


def _map(i: int, name: str, shade: alt.Color, ink: Theme) -> list[alt.Chart]:
    """One map; the first carries the selection for all."""
    mark = alt.Chart().mark_geoshape(stroke=ink.outline, strokeWidth=0.5, cursor="pointer")
    chart = mark.encode(color=shade, tooltip=_card(i, name), description=alt.Description("name:N"))
    return [chart.project(**_projection(i)).properties(name=VIEW if i == 0 else f"small{i}")]


def _name(i: int, name: str, ink: Theme) -> alt.Chart:
    one = alt.Chart().transform_filter("datum.code === '10'")
    mark = one.mark_text(
        baseline="top", fontWeight=600, fontSize=base_spec.LABEL + 2, color=ink.text, aria=False
    )
    return mark.encode(
        x=alt.XValue(alt.ExprRef(f"({i} % columns + 0.5) * cell")),
        y=alt.YValue(alt.ExprRef(f"floor({i} / columns) * row_height")),
        text=alt.TextValue(name),
    )


def _description(names: Sequence[str], indicator: Drawable, lang: Lang) -> str:
    unit = unit_name(indicator, lang)
    return t("chart.multiples.description", lang, n=len(names), names=", ".join(names), unit=unit)
