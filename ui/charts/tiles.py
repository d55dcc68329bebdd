"""The 77-tile map: every province one equal tile roughly in its place, named and numbered.

On a projector the true map hides Samut Songkhram, Phuket and Bangkok; here each can be read and
clicked. Same classes, colours and legend as the map it stands in for.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from geo import registers
from geo.classify import Classes, Mode
from geo.tiles import COLUMNS, ROWS, TILES
from ui.charts import look
from ui.charts.frames import Drawable
from ui.charts.map_layers import AREA, VIEW, csv_layer, selectable
from ui.charts.map_legend import colour, legend_title, stale_fill
from ui.charts.map_rows import as_csv
from ui.charts.map_sheet import Beside, sheet

HEIGHT = 700
_GAP = 1.5
# The legend stands where the map has the Gulf: right of the peninsula, at the bottom.
_LEGEND = ("min(grid_left + tile * 7.15, width - 148)", "height")
# Longer numbers than this do not fit a tile on a phone; the hover card has them.
_LONGEST = 5


def tile_grid(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    lang: Lang,
    theme: str = "light",
    mode: Mode = "readable",
    selected: str | None = None,
    classes: Classes | None = None,
    target: float | None = None,
    base: int | None = None,
    stale: Collection[str] = (),
    trends: Mapping[str, str] | None = None,
    height: int = HEIGHT,
) -> look.Spec:
    """Give the 77 provinces as equal tiles: short name, value, class colour, regions outlined.

    `frame` has one row per province. Arguments mean what they mean for the choropleth, and a click
    selects {"code": province code} under the same name.
    """
    beside = Beside(target, base, stale, trends)
    held = sheet(frame, indicator, lang, theme, mode=mode, classes=classes, beside=beside)
    made = held.made.assign(
        col=[TILES[code][0] for code in held.made["code"]],
        row=[TILES[code][1] for code in held.made["code"]],
        tag=[_tag(x, str(indicator.unit)) for x in held.found["value"]],
        short=[t(f"chart.tile.{code}", lang) for code in held.made["code"]],
    )
    ink = look.colours(theme)
    shade = colour(held.legend, legend_title(indicator, lang), lang, ink, at=_LEGEND)
    layers = [
        _tiles(shade, held.card, stale_fill(ink) if held.stale() else None),
        *_words(held.words_on(), ink),
        _ring(ink),
    ]
    chart = look.layered(csv_layer(layers, as_csv(made), held.fields), _region_lines(ink))
    return selectable(held.drawn(chart, height, _size()), selected)


def _size() -> dict[str, str]:
    """Side of a tile and left end of the grid, as expressions of the space there is."""
    return {
        "tile": f"min(width * 0.9 / {COLUMNS}, height / {ROWS})",
        "grid_left": f"width > tile * {COLUMNS + 3} ? (width - tile * {COLUMNS}) / 2 : 0",
    }


def _tag(value: Any, unit: str) -> str:
    if numbers.is_missing(value):
        return ""
    places = numbers.PLACES.get(unit, 0)
    text = numbers.decimal(value, places)
    return text if len(text) <= _LONGEST else ""


def _place(column: str, row: str) -> dict[str, Any]:
    x, y = f"grid_left + {column} * tile", f"{row} * tile"
    return {
        "x": alt.XValue(alt.ExprRef(f"{x} + {_GAP}")),
        "x2": alt.X2Value(alt.ExprRef(f"{x} + tile - {_GAP}")),
        "y": alt.YValue(alt.ExprRef(f"{y} + {_GAP}")),
        "y2": alt.Y2Value(alt.ExprRef(f"{y} + tile - {_GAP}")),
    }


def _tiles(shade: alt.Color, card: Sequence[alt.Tooltip], old: alt.ExprRef | None) -> alt.Chart:
    fill: Any = shade if old is None else alt.condition("datum.stale == 1", alt.value(old), shade)
    mark = alt.Chart().mark_rect(cornerRadius=3, cursor="pointer")
    return mark.encode(
        **_place("datum.col", "datum.row"), color=fill, tooltip=list(card), description="name:N"
    ).properties(name=VIEW)


def _words(on: Mapping[str, str], ink: Theme) -> list[alt.Chart]:
    """Short name and value on each tile; on stripes they stand on a ground of their own."""
    both = "datum.tag ? 0.3 : 0.5"
    ground = f"datum.k === 'hidden' ? {look.quoted(ink.hidden)} : scale('color', datum.k)"
    on_stripes = alt.Chart().transform_filter("datum.stale == 1 || datum.k === 'hidden'")
    halo: dict[str, Any] = {"strokeWidth": 5, "strokeJoin": "round", "aria": False}
    shade: dict[str, Any] = {"color": alt.ColorValue(alt.ExprRef(f"{look.lookup(on, 'datum.k')}"))}
    under: dict[str, Any] = {"stroke": alt.StrokeValue(alt.ExprRef(ground))}
    plain = alt.Chart()
    return [
        _word(on_stripes.mark_text(fontWeight=600, **halo), "short", both).encode(**under),
        _word(on_stripes.mark_text(**halo), "tag", "0.7").encode(**under),
        _word(plain.mark_text(fontWeight=600, aria=False), "short", both).encode(**shade),
        _word(plain.mark_text(aria=False), "tag", "0.7").encode(**shade),
    ]


def _word(mark: alt.Chart, field: str, down: str) -> alt.Chart:
    return mark.encode(
        x=alt.XValue(alt.ExprRef("grid_left + (datum.col + 0.5) * tile")),
        y=alt.YValue(alt.ExprRef(f"(datum.row + ({down})) * tile")),
        text=f"{field}:N",
    )


def _ring(ink: Theme) -> alt.Chart:
    picked = alt.Chart().transform_filter({"param": AREA, "empty": False})
    mark = picked.mark_rect(
        filled=False, stroke=ink.text, strokeWidth=3, cornerRadius=3, aria=False
    )
    return mark.encode(**_place("datum.col", "datum.row"), fill=alt.FillValue(None))


def _region_lines(ink: Theme) -> alt.Chart:
    """Lines between tiles of two regions, from the layout of the tiles."""
    at = {place: registers.region_of(code) for code, place in TILES.items()}
    found = []
    for (column, row), region in sorted(at.items()):
        east, south = at.get((column + 1, row)), at.get((column, row + 1))
        if east not in (None, region):
            found.append({"c": column + 1, "r": row, "c2": column + 1, "r2": row + 1})
        if south not in (None, region):
            found.append({"c": column, "r": row + 1, "c2": column + 1, "r2": row + 1})
    data = alt.InlineData(values=found, name="region_lines")
    mark = alt.Chart(data).mark_rule(
        stroke=ink.text, strokeWidth=2.2, strokeCap="round", aria=False
    )
    return mark.encode(
        x=alt.XValue(alt.ExprRef("grid_left + datum.c * tile")),
        x2=alt.X2Value(alt.ExprRef("grid_left + datum.c2 * tile")),
        y=alt.YValue(alt.ExprRef("datum.r * tile")),
        y2=alt.Y2Value(alt.ExprRef("datum.r2 * tile")),
    )
