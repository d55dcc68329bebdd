"""Names on maps: those that tell most first, none on another, the rest where they have room.

Widths of words are estimated from their letters; the scale of a map is only known in the browser,
so rows carry what the browser decides by: `land`, the width in pixels of what the map shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from config.theme import Theme
from geo.points import AreaPoint, web_mercator
from ui.charts import base_spec
from ui.maps.layers import COUNTRY, Projection

# Thai letters that stand above or below another one take no room in a line.
_ABOVE_OR_BELOW = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_LETTER = 7.2  # mean width of a letter in pixels at label size
LINE = 17  # pixels that a line of Thai takes, marks included
_SQUEEZE = 1.05  # a name may reach this far beyond the free circle of its area
# Widths of the country in pixels for which names are chosen: telephone, page, projector. Other maps
# go by their longer side.
_LANDS = (240, 280, 330, 450, 600)
_SIZES = (260, 330, 420, 530, 700, 900)
_TELEPHONE = 300  # a map is at least that wide on every screen
# The country's upper right corner may be under the inset of Bangkok: from this part of its width
# on, less so on a projector, down to this part of its width.
_UNDER_INSET, _BESIDE_INSET, _INSET_DOWN = 0.85, 0.95, 0.38
_PROJECTOR = 400
# The legend stands in the Gulf: right of this part of the width, below this part of it.
_LEGEND_FROM, _LEGEND_BELOW = 0.67, 1.15
_BEYOND = 1.6  # how far a name that is not among the first may reach beyond its area
_ENDS = 3  # highest and lowest values whose names come first


Box = tuple[float, float, float, float]


class Word(NamedTuple):
    """A name on the map: its middle and the radius of its area's free circle in metres, its width
    in pixels."""

    x: int
    y: int
    room: int
    wide: int

    def box(self, scale: float) -> Box:
        """Give left, upper, right and lower edge in pixels."""
        x, y, half = self.x * scale, -self.y * scale, self.wide / 2 + 2
        return x - half, y - LINE / 2, x + half, y + LINE / 2


def with_points(frame: pd.DataFrame, points: Iterable[AreaPoint]) -> pd.DataFrame:
    """Give the rows with place, free room in metres and name width in pixels, for labels."""
    by_code = {point.code: point for point in points}
    found = [by_code.get(code) for code in frame["code"]]
    return frame.assign(
        px=["" if p is None else round(p.x) for p in found],
        py=["" if p is None else round(p.y) for p in found],
        room=["" if p is None or p.room_km is None else round(p.room_km * 1000) for p in found],
        wide=[round(_LETTER * sum(c not in _ABOVE_OR_BELOW for c in n)) for n in frame["name"]],
    )


class Extent(NamedTuple):
    """What a map shows, in metres of EPSG:3857: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of_degrees(cls, bounds: Sequence[float]) -> "Extent":
        """Give what a map of these degrees shows: west, south, east, north."""
        west, south, east, north = bounds
        return cls(*web_mercator(west, south), *web_mercator(east, north))

    @property
    def across(self) -> float:
        """Metres from west to east."""
        return self.east - self.west

    def land(self) -> str:
        """Give the width in pixels of what a map shows that fills its space, as an expression."""
        tall = self.across / (self.north - self.south)
        return f"min(width, height * {tall:.4f})"

    def widths(self) -> tuple[float, ...]:
        """Give the widths in pixels for which names are chosen, narrowest first."""
        if self == WHOLE:
            return _LANDS
        longer = max(self.across, self.north - self.south)
        return tuple(round(size * self.across / longer) for size in _SIZES)

    def holds(self, box: Box, land: float) -> bool:
        """Tell whether a name stays on the picture, and clear of the inset and the legend."""
        scale = land / self.across
        left, right = self.west * scale, self.east * scale
        if self == WHOLE:  # it stands at the left on a telephone, with the sea at its right
            free = _UNDER_INSET if land < _PROJECTOR else _BESIDE_INSET
            under = box[1] < -self.north * scale + _INSET_DOWN * land
            beside = box[3] > -self.north * scale + _LEGEND_BELOW * land
            free = min(free, _LEGEND_FROM) if beside else free
            return box[0] >= left and not ((under or beside) and box[2] > left + free * land)
        aside = max(0.0, (_TELEPHONE - land) / 2)
        upper, lower = -self.north * scale - LINE / 2, -self.south * scale + LINE / 2
        beside = left - aside <= box[0] and box[2] <= right + aside
        return beside and upper <= box[1] and box[3] <= lower


WHOLE = Extent(*COUNTRY)


def named_on_map(
    frame: pd.DataFrame,
    points: Iterable[AreaPoint],
    values: Sequence[float | None],
    selected: str | None,
    extent: Extent = WHOLE,
) -> pd.DataFrame:
    """Give the rows with the places of the names that a map has room for.

    `named` is the least width of what the map shows, in pixels, at which a name is written, `own`
    the one from which on it stays inside its area; rows without a name have neither, nor a place.
    The selected area comes first, then the highest and the lowest values, then the roomiest. No
    name lies on another one; only those named first may reach far beyond their area.
    """
    rows = with_points(frame, points)
    marks = list(zip(*(rows[c].tolist() for c in ("px", "py", "room", "wide")), strict=True))
    words = [None if px == "" else Word(px, py, room or 0, wide) for px, py, room, wide in marks]
    first = most_telling(rows["code"].tolist(), values, selected)
    least = _least_widths(words, first, extent)
    kept = [word if i in least else None for i, word in enumerate(words)]
    return rows.drop(columns=["room", "wide"]).assign(
        px=["" if word is None else word.x for word in kept],
        py=["" if word is None else word.y for word in kept],
        named=[least.get(i, "") for i in range(len(words))],
        own=[
            ""
            if word is None or not word.room
            else round(word.wide / 2 / (word.room * _SQUEEZE) * extent.across)
            for word in kept
        ],
    )


def labels(ink: Theme, on: Mapping[str, str], projection: Projection) -> list[alt.Chart]:
    """Give the names that `named_on_map` chose; one beyond its area has a ground of its own.

    `on` gives the colour of words on each class.
    """
    there = "datum.named && land >= datum.named"
    inside = "(!datum.stale && datum.k !== 'hidden' && datum.own && land >= datum.own)"
    beyond = alt.Chart().transform_filter(f"{there} && !{inside}")
    under = beyond.mark_text(
        fontSize=base_spec.LABEL,
        aria=False,
        stroke=ink.background,
        strokeWidth=3.5,
        strokeJoin="round",
    )
    words = beyond.mark_text(fontSize=base_spec.LABEL, aria=False, color=ink.text)
    return [
        _inside(f"{there} && {inside}", on, ink, projection),
        *(layer.encode(**_PLACE).project(**projection) for layer in (under, words)),
    ]


_PLACE: dict[str, Any] = {
    "longitude": alt.Longitude("px:Q"),
    "latitude": alt.Latitude("py:Q"),
    "text": alt.Text("name:N"),
}


def _inside(condition: str, on: Mapping[str, str], ink: Theme, projection: Projection) -> alt.Chart:
    other = {code: colour for code, colour in on.items() if colour != ink.text}
    shade = f"{base_spec.lookup(other, 'datum.k')} || {base_spec.literal(ink.text)}"
    mark = alt.Chart().transform_filter(condition).mark_text(fontSize=base_spec.LABEL, aria=False)
    return mark.encode(**_PLACE, color=alt.ColorValue(alt.ExprRef(shade))).project(**projection)


def _least_widths(
    words: Sequence[Word | None], first: Mapping[int, int], extent: Extent
) -> dict[int, int]:
    """The least width of the map for each row whose name has room at one of the widths."""
    placed = [(i, word) for i, word in enumerate(words) if word is not None]
    placed.sort(key=lambda one: (first.get(one[0], len(first)), -one[1].room))
    least: dict[int, int] = {}
    widths = extent.widths()
    for at, land in enumerate(widths):
        scale = land / extent.across
        boxes = [word.box(scale) for i, word in placed if i in least]
        for i, word in placed:
            if i in least:
                continue
            box = word.box(scale)
            roomy = i in first or box[2] - box[0] <= 2 * word.room * scale * _BEYOND
            free = not any(boxes_meet(box, other) for other in boxes)
            held = all(extent.holds(word.box(x / extent.across), x) for x in widths[at:])
            if roomy and free and held:
                least[i] = round(land)
                boxes.append(box)
    return least


def most_telling(
    codes: Sequence[str], values: Sequence[float | None], selected: str | None
) -> dict[int, int]:
    """Give the rows to be named first, with their place in that order: selected, then extremes."""
    known = [i for i, value in enumerate(values) if not pd.isna(value)]
    known.sort(key=lambda i: float(values[i] or 0))
    ends = [i for pair in zip(known[::-1], known, strict=True) for i in pair][: 2 * _ENDS]
    chosen = [i for i, code in enumerate(codes) if code == selected]
    return {i: place for place, i in enumerate(dict.fromkeys([*chosen, *ends]))}


def boxes_meet(one: Box, other: Box) -> bool:
    """Tell whether two boxes (left, upper, right, lower) lie on each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
