"""Names beside points: on no point and on no other name, the most telling first.

The scale of a map is only known in the browser, so places are found for several sizes of the map
and each row carries the least one at which its name has room.
"""

from collections.abc import Iterator, Sequence
from math import pi, sqrt
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from config.theme import Theme
from ui.charts import base_spec
from ui.maps.layers import Projection
from ui.maps.province_labels import LINE, Box, Extent, boxes_meet, most_telling

_GAP = 3  # pixels between a point and its name
_EDGE = 2.0  # half of the thickest line round a point


class Mark(NamedTuple):
    """A point on the map: its place in metres, its radius and the width of its name in pixels."""

    x: float
    y: float
    radius: float
    wide: float

    def dot(self, scale: float) -> Box:
        """Give left, upper, right and lower edge of the point in pixels."""
        x, y, r = self.x * scale, -self.y * scale, self.radius + _EDGE
        return x - r, y - r, x + r, y + r

    def sides(self) -> Iterator[tuple[int, int]]:
        """Give how far right of and below the point its name may begin, the best place first."""
        down = round(self.radius + _GAP + LINE / 2)
        across = round(self.radius + _GAP + 1)
        yield from ((0, -down), (0, down), (across, 0), (-across, 0))

    def word(self, side: tuple[int, int], scale: float) -> Box:
        """Give left, upper, right and lower edge of the name on that side in pixels."""
        across, down = side
        x, y = self.x * scale + across, -self.y * scale + down
        left = x - self.wide / 2 if across == 0 else x if across > 0 else x - self.wide
        return left, y - LINE / 2, left + self.wide, y + LINE / 2


def reach(extent: Extent, x: Sequence[float], y: Sequence[float]) -> Extent:
    """Give what a map shows of an area and of the points in or beside it."""
    west, south, east, north = extent
    return Extent(min(west, *x), min(south, *y), max(east, *x), max(north, *y))


def radii(weights: Sequence[float], areas: tuple[int, int]) -> list[float]:
    """Give the radius of each point as the browser draws it: areas grow evenly from zero."""
    least, largest = areas
    most = max(weights, default=0.0)
    shares = [weight / most if most else 0.5 for weight in weights]
    return [sqrt((least + share * (largest - least)) / pi) for share in shares]


def named_points(
    rows: pd.DataFrame,
    size: Sequence[float],
    values: Sequence[float | None],
    selected: str | None,
    extent: Extent,
    *,
    only_telling: bool,
) -> pd.DataFrame:
    """Give the rows with the names that have room beside their points.

    `rows` have a place in metres and the width of the name, `size` is the radius of each point,
    `extent` what the map shows. `named` is the least width of that in pixels at which a name is
    written, `dx` and `dy` where it stands; rows without a name have none of them.
    The selected area comes first, then the highest and lowest values, then the order of the rows.
    """
    marks = [
        Mark(float(x), float(y), radius, float(wide))
        for x, y, radius, wide in zip(rows["px"], rows["py"], size, rows["wide"], strict=True)
    ]
    first = most_telling(rows["code"].tolist(), values, selected)
    order = sorted(range(len(marks)), key=lambda i: (first.get(i, len(first)), i))
    found = _places(marks, [i for i in order if i in first or not only_telling], extent)
    return rows.drop(columns=["room", "wide"]).assign(
        named=[found[i][0] if i in found else "" for i in range(len(marks))],
        dx=[found[i][1] if i in found else "" for i in range(len(marks))],
        dy=[found[i][2] if i in found else "" for i in range(len(marks))],
    )


def _places(
    marks: Sequence[Mark], order: Sequence[int], extent: Extent
) -> dict[int, tuple[int, int, int]]:
    """The least width and the side of each name that has room at one of the widths."""
    found: dict[int, tuple[int, int, int]] = {}
    widths = extent.widths()
    scales = {land: land / extent.across for land in widths}
    taken = {land: [mark.dot(scale) for mark in marks] for land, scale in scales.items()}
    for least in widths:
        # A name that has room keeps it on every wider map too, or is not written at all.
        wider = [land for land in widths if land >= least]
        for i in order:
            if i in found:
                continue
            for side in marks[i].sides():
                word = {land: marks[i].word(side, scales[land]) for land in wider}
                if all(_free(word[land], taken[land]) and extent.holds(word[land], land)
                       for land in wider):  # fmt: skip
                    found[i] = (round(least), *side)
                    for land in wider:
                        taken[land].append(word[land])
                    break
    return found


def _free(word: Box, boxes: Sequence[Box]) -> bool:
    return not any(boxes_meet(word, other) for other in boxes)


def layers(ink: Theme, projection: Projection) -> list[alt.Chart]:
    """Give the names that `named_points` chose, each on a ground of its own: borders run below."""
    there = alt.Chart().transform_filter("datum.named && land >= datum.named")
    style: dict[str, Any] = {
        "dx": alt.expr("datum.dx"),
        "dy": alt.expr("datum.dy"),
        "align": alt.expr("datum.dx > 0 ? 'left' : datum.dx < 0 ? 'right' : 'center'"),
        "baseline": "middle",
        "fontSize": base_spec.LABEL,
        "aria": False,
    }
    place: dict[str, Any] = {
        "longitude": alt.Longitude("px:Q"),
        "latitude": alt.Latitude("py:Q"),
        "text": alt.Text("name:N"),
    }
    under = there.mark_text(**style, stroke=ink.surface, strokeWidth=3.5, strokeJoin="round")
    words = there.mark_text(**style, color=ink.text)
    return [layer.encode(**place).project(**projection) for layer in (under, words)]
