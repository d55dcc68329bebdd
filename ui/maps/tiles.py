"""The 77-tile map: every province one equal tile roughly in its place, named and numbered.

On a projector the true map hides Samut Songkhram, Phuket and Bangkok; here each can be read and
clicked. Same classes, colours and legend as the map it stands in for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from geo import registers
from geo.classify import Classes
from geo.tiles import COLUMNS, ROWS, TILES
from ui.charts import base_spec
from ui.charts.indicator_frame import Drawable
from ui.charts.look import Look
from ui.maps.base_map import NO_NOTES, Annotations, MapArea
from ui.maps.layers import AREA, VIEW, row_layer, selectable
from ui.maps.legend import Legend, colour, legend_title, stale_fill
from ui.maps.sheet import sheet

HEIGHT = 700
_GAP = 1.5
# The legend stands where the map has the Gulf: right of the peninsula, at the bottom.
_LEGEND = ("min(grid_left + tile * 7.15, width - 148)", "height")
_LETTERS = f"max({base_spec.LABEL}, min(20, tile * 0.34))"
# Longer numbers than this do not fit a tile on a phone; the hover card has them.
_LONGEST = 5


@dataclass(frozen=True)
class Grid:
    """Where a grid of tiles stands: left end, upper end and a tile's side, as expressions."""

    left: str = "grid_left"
    top: str = "0"
    side: str = "tile"
    gap: float = _GAP

    def box(self, column: str, row: str) -> dict[str, Any]:
        """Give the four edges of the tile in a column and a row."""
        x, y = f"{self.left} + {column} * {self.side}", f"{self.top} + {row} * {self.side}"
        return {
            "x": alt.XValue(alt.ExprRef(f"{x} + {self.gap}")),
            "x2": alt.X2Value(alt.ExprRef(f"{x} + {self.side} - {self.gap}")),
            "y": alt.YValue(alt.ExprRef(f"{y} + {self.gap}")),
            "y2": alt.Y2Value(alt.ExprRef(f"{y} + {self.side} - {self.gap}")),
        }

    def middle(self, down: str = "0.5") -> dict[str, Any]:
        """Give the middle of a tile from left to right, `down` of its height from above."""
        return {
            "x": alt.XValue(alt.ExprRef(f"{self.left} + (datum.col + 0.5) * {self.side}")),
            "y": alt.YValue(alt.ExprRef(f"{self.top} + (datum.row + ({down})) * {self.side}")),
        }


WHOLE = Grid()


def tile_grid(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    look: Look,
    classes: Classes | None = None,
    notes: Annotations = NO_NOTES,
) -> base_spec.Spec:
    """Give the 77 provinces as equal tiles: short name, value, class colour, regions outlined.

    `frame` has one row per province. A click selects {"code": province code} under the same name
    as on the choropleth.
    """
    content = sheet(frame, indicator, look, MapArea(), classes=classes, notes=notes)
    rows = on_tiles(content.rows, look.lang).assign(
        tag=[_tag(x, str(indicator.unit)) for x in content.cells["value"]]
    )
    ink = look.ink
    legend = Legend(content.legend, legend_title(indicator, look.lang), _LEGEND)
    old = stale_fill(ink) if content.stale() else None
    layers = [
        tiles(colour(legend, look), content.card, WHOLE, old=old),
        *_words(content.words_on(), ink),
        tile_ring(ink, WHOLE),
    ]
    chart = base_spec.layer(row_layer(layers, rows, content.fields), tile_borders(ink, WHOLE))
    return selectable(content.spec(chart, HEIGHT, grid_size()), notes.selected)


def on_tiles(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Give the rows with the column, row and short name of their province's tile."""
    return frame.assign(
        col=[TILES[code][0] for code in frame["code"]],
        row=[TILES[code][1] for code in frame["code"]],
        short=[t(f"chart.tile.{code}", lang) for code in frame["code"]],
    )


def grid_size() -> dict[str, str]:
    """Give the side of a tile and the left end of the grid, by the space there is."""
    return {
        "tile": f"min(width * 0.9 / {COLUMNS}, height / {ROWS})",
        "grid_left": f"width > tile * {COLUMNS + 3} ? (width - tile * {COLUMNS}) / 2 : 0",
    }


def _tag(value: Any, unit: str) -> str:
    if numbers.is_missing(value):
        return ""
    if unit == "ratio":
        text = numbers.decimal(value, numbers.ratio_places(value))
    else:
        text = numbers.decimal(value, numbers.PLACES.get(unit, 0))
    return text if len(text) <= _LONGEST else ""


def tiles(
    shade: alt.Color,
    card: Sequence[alt.Tooltip],
    grid: Grid,
    *,
    old: alt.ExprRef | None = None,
    name: str = VIEW,
) -> alt.Chart:
    """Give the tiles in the colour of their class; `old` is the fill of one out of date."""
    fill: Any = shade if old is None else alt.condition("datum.stale == 1", alt.value(old), shade)
    mark = alt.Chart().mark_rect(cornerRadius=2 * grid.gap, cursor="pointer")
    return mark.encode(
        **grid.box("datum.col", "datum.row"),
        color=fill,
        tooltip=list(card),
        description=alt.Description("name:N"),
    ).properties(name=name)


def _words(on: Mapping[str, str], ink: Theme) -> list[alt.Chart]:
    """Short name and value on each tile; on stripes they stand on a ground of their own."""
    both = "datum.tag ? 0.3 : 0.5"
    ground = f"datum.k === 'hidden' ? {base_spec.literal(ink.hidden)} : scale('color', datum.k)"
    on_stripes = alt.Chart().transform_filter("datum.stale == 1 || datum.k === 'hidden'")
    # A share of the tile's side: on a projector the letters grow with the map.
    size: dict[str, Any] = {"fontSize": alt.ExprRef(_LETTERS), "aria": False}
    halo: dict[str, Any] = {"strokeWidth": 5, "strokeJoin": "round", **size}
    shade: dict[str, Any] = {
        "color": alt.ColorValue(alt.ExprRef(f"{base_spec.lookup(on, 'datum.k')}"))
    }
    under: dict[str, Any] = {"stroke": alt.StrokeValue(alt.ExprRef(ground))}
    plain = alt.Chart()
    return [
        _word(on_stripes.mark_text(fontWeight=600, **halo), "short", both).encode(**under),
        _word(on_stripes.mark_text(**halo), "tag", "0.7").encode(**under),
        _word(plain.mark_text(fontWeight=600, **size), "short", both).encode(**shade),
        _word(plain.mark_text(**size), "tag", "0.7").encode(**shade),
    ]


def _word(mark: alt.Chart, field: str, down: str) -> alt.Chart:
    return mark.encode(**WHOLE.middle(down), text=alt.Text(f"{field}:N"))


def tile_names(on: Mapping[str, str], grid: Grid) -> alt.Chart:
    """Give the short names in the middle of their tiles; `on` is the colour of words by class."""
    shade = alt.ColorValue(alt.ExprRef(base_spec.lookup(on, "datum.k")))
    mark = alt.Chart().mark_text(fontWeight=600, fontSize=alt.ExprRef(_LETTERS), aria=False)
    return mark.encode(**grid.middle(), text=alt.Text("short:N"), color=shade)


def tile_ring(ink: Theme, grid: Grid) -> alt.Chart:
    """Give the outline of the selected tile."""
    selection = alt.Chart().transform_filter({"param": AREA, "empty": False})
    mark = selection.mark_rect(
        filled=False, stroke=ink.text, strokeWidth=2 * grid.gap, cornerRadius=3, aria=False
    )
    return mark.encode(**grid.box("datum.col", "datum.row"), fill=alt.FillValue(None))


def tile_borders(ink: Theme, grid: Grid) -> alt.Chart:
    """Give the lines between tiles of two regions, from the layout of the tiles."""
    at = {place: registers.region_of(code) for code, place in TILES.items()}
    lines = []
    for (column, row), region in sorted(at.items()):
        east, south = at.get((column + 1, row)), at.get((column, row + 1))
        if east not in (None, region):
            lines.append({"c": column + 1, "r": row, "c2": column + 1, "r2": row + 1})
        if south not in (None, region):
            lines.append({"c": column, "r": row + 1, "c2": column + 1, "r2": row + 1})
    data = alt.InlineData(values=lines, name="region_lines")
    mark = alt.Chart(data).mark_rule(
        stroke=ink.text, strokeWidth=0.7 + grid.gap, strokeCap="round", aria=False
    )
    return mark.encode(
        x=alt.XValue(alt.ExprRef(f"{grid.left} + datum.c * {grid.side}")),
        x2=alt.X2Value(alt.ExprRef(f"{grid.left} + datum.c2 * {grid.side}")),
        y=alt.YValue(alt.ExprRef(f"{grid.top} + datum.r * {grid.side}")),
        y2=alt.Y2Value(alt.ExprRef(f"{grid.top} + datum.r2 * {grid.side}")),
    )
