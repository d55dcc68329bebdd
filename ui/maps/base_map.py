"""What a map is given beside the rows of its indicator: the ground it is drawn on, and the notes.

Each is a value of its own, so that a caller names only what its map has.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from geo import registers
from geo.points import AreaPoint

Geometry = Mapping[str, Any]
Level = Literal["province", "district"]


@dataclass(frozen=True)
class MapArea:
    """Which areas a map has: all of a level, in the country, a region or a province."""

    level: Level = "province"
    within: str | None = None

    @property
    def whole_country(self) -> bool:
        """Whether these are all provinces: that map has a place for the legend and an inset."""
        return self.level == "province" and self.within is None

    def codes(self) -> list[str]:
        """Give the codes of all its areas, in the order of the register."""
        return area_codes(self.level, self.within)


@dataclass(frozen=True)
class BaseMap:
    """What lies below the values of a map.

    `geometry` is the `data` part of a spec (url or values, and format). `points` are the places of
    names and circles, `borders` the lines between regions (ui.maps.borders). `bounds` is what is
    seen (west, south, east, north in degrees): a map inside the country needs it to place names.
    `height` is in pixels; each kind of map has its usual one.
    """

    geometry: Geometry
    area: MapArea = MapArea()
    points: Iterable[AreaPoint] = ()
    borders: Mapping[str, Any] | None = None
    bounds: Sequence[float] | None = None
    height: int | None = None


@dataclass(frozen=True)
class Annotations:
    """What a map says of an area beside its value.

    `target` and `base` (the provinces ranked) stand in the hover card, `trends` are the sparklines
    of areas in it (ui.charts.spark.code). Areas whose data are out of date, `stale`, are striped;
    `selected` is the area with a ring.
    """

    target: float | None = None
    base: int | None = None
    stale: Collection[str] = ()
    trends: Mapping[str, str] | None = None
    selected: str | None = None


NO_NOTES = Annotations()


def area_codes(level: Level, within: str | None = None) -> list[str]:
    """Give the codes of all areas of a level, in the country, a region or a province."""
    if within is None or within == registers.COUNTRY:
        areas = registers.provinces() if level == "province" else registers.districts()
        return [area.code for area in areas]
    if within in registers.REGIONS:
        inside = [p.code for p in registers.provinces_of(within)]
        if level == "province":
            return inside
        return [d.code for d in registers.districts() if d.province_code in set(inside)]
    if level == "province":
        return [registers.province(within).code]
    return [d.code for d in registers.districts_of(within)]
