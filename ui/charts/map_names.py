"""Names on maps: where they fit inside their area, and on the country's map those that tell most.

Widths of words are estimated from their letters; the scale of a map is only known in the browser,
so rows carry what the browser decides by.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from config.theme import Theme
from geo.points import AreaPoint
from ui.charts import look
from ui.charts.map_layers import COUNTRY, Projection

# Thai letters that stand above or below another one take no room in a line.
_ABOVE_OR_BELOW = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_LETTER = 7.2  # mean width of a letter in pixels at label size
_LINE = 17  # pixels that a line of Thai takes, marks included
_SQUEEZE = 1.05  # a name may reach this far beyond the free circle of its area
# Widths of the country in pixels for which names are chosen: telephone, page, projector.
_LANDS = (280, 330, 450, 600)
_BEYOND = 1.6  # how far a name that is not among the first may reach beyond its area
_ENDS = 3  # highest and lowest values whose names come first


class Word(NamedTuple):
    """A name on the map: its middle and the radius of its area's free circle in metres, its width
    in pixels."""

    x: int
    y: int
    room: int
    wide: int

    def box(self, scale: float) -> tuple[float, float, float, float]:
        """Give left, upper, right and lower edge in pixels."""
        x, y, half = self.x * scale, -self.y * scale, self.wide / 2 + 2
        return x - half, y - _LINE / 2, x + half, y + _LINE / 2


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


def labels(ink: Theme, on: Mapping[str, str], projection: Projection, scale: str) -> alt.Chart:
    """Give names where they fit inside their area at the size the map has on this screen.

    `on` gives the colour of words on each class, `scale` is pixels per metre as an expression.
    """
    fits = f"datum.wide / 2 <= datum.room * {scale} * {_SQUEEZE}"
    return _inside(f"!datum.stale && datum.k !== 'hidden' && {fits}", on, ink, projection)


def named_in_country(
    frame: pd.DataFrame,
    points: Iterable[AreaPoint],
    values: Sequence[float | None],
    selected: str | None,
) -> pd.DataFrame:
    """Give the rows with the places of the names that the country's map has room for.

    `named` is the least width of the country, in pixels, at which a name is written, `own` the one
    from which on it stays inside its province; rows without a name have neither, nor a place. The
    selected province comes first, then the highest and the lowest values, then the roomiest. No
    name lies on another one; only those named first may reach far beyond their area.
    """
    rows = with_points(frame, points)
    marks = list(zip(*(rows[c].tolist() for c in ("px", "py", "room", "wide")), strict=True))
    words = [None if px == "" else Word(px, py, room or 0, wide) for px, py, room, wide in marks]
    least = _least_widths(words, _most_telling(rows["code"].tolist(), values, selected))
    across = COUNTRY[2] - COUNTRY[0]
    kept = [word if i in least else None for i, word in enumerate(words)]
    return rows.drop(columns=["room", "wide"]).assign(
        px=["" if word is None else word.x for word in kept],
        py=["" if word is None else word.y for word in kept],
        named=[least.get(i, "") for i in range(len(words))],
        own=[
            ""
            if word is None or not word.room
            else round(word.wide / 2 / (word.room * _SQUEEZE) * across)
            for word in kept
        ],
    )


def country_labels(ink: Theme, on: Mapping[str, str], projection: Projection) -> list[alt.Chart]:
    """Give the names that `named_in_country` chose; one beyond its area has a ground of its own."""
    there = "datum.named && land >= datum.named"
    inside = "(!datum.stale && datum.k !== 'hidden' && datum.own && land >= datum.own)"
    beyond = alt.Chart().transform_filter(f"{there} && !{inside}")
    under = beyond.mark_text(
        fontSize=look.LABEL, aria=False, stroke=ink.background, strokeWidth=3.5, strokeJoin="round"
    )
    words = beyond.mark_text(fontSize=look.LABEL, aria=False, color=ink.text)
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
    shade = f"{look.lookup(other, 'datum.k')} || {look.quoted(ink.text)}"
    mark = alt.Chart().transform_filter(condition).mark_text(fontSize=look.LABEL, aria=False)
    return mark.encode(**_PLACE, color=alt.ColorValue(alt.ExprRef(shade))).project(**projection)


def _least_widths(words: Sequence[Word | None], first: Mapping[int, int]) -> dict[int, int]:
    """The least width of the country for each row whose name has room at one of the widths."""
    west, _, east, _ = COUNTRY
    placed = [(i, word) for i, word in enumerate(words) if word is not None]
    placed.sort(key=lambda one: (first.get(one[0], len(first)), -one[1].room))
    least: dict[int, int] = {}
    for land in _LANDS:
        scale = land / (east - west)
        boxes = [word.box(scale) for i, word in placed if i in least]
        for i, word in placed:
            if i in least:
                continue
            box = word.box(scale)
            roomy = i in first or box[2] - box[0] <= 2 * word.room * scale * _BEYOND
            if roomy and box[0] >= west * scale and not any(_meet(box, other) for other in boxes):
                least[i] = land
                boxes.append(box)
    return least


def _most_telling(
    codes: Sequence[str], values: Sequence[float | None], selected: str | None
) -> dict[int, int]:
    """The rows to be named first, with their place in that order."""
    known = [i for i, value in enumerate(values) if not pd.isna(value)]
    known.sort(key=lambda i: float(values[i] or 0))
    ends = [i for pair in zip(known[::-1], known, strict=True) for i in pair][: 2 * _ENDS]
    chosen = [i for i, code in enumerate(codes) if code == selected]
    return {i: place for place, i in enumerate(dict.fromkeys([*chosen, *ends]))}


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
