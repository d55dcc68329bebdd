"""The lines between regions, read off the shared borders of a province TopoJSON.

In TopoJSON two neighbours share an arc. Arcs shared by provinces of two regions are the regions'
borders; a few hundred points, thinned to what a screen can show.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import shapely

from geo import registers
from geo.manifest import FEATURES

# About a pixel on a map nine hundred pixels high.
_THINNED_TO_M = 2_000.0
_ROUNDED_TO_M = 100


def between_regions(topology: Mapping[str, Any]) -> dict[str, Any]:
    """Give the borders between regions as one GeoJSON MultiLineString, in the map's own metres."""
    owners: dict[int, set[str]] = defaultdict(set)
    for geometry in topology["objects"][FEATURES]["geometries"]:
        region = registers.region_of(str(geometry["properties"]["code"]))
        for arc in _arcs(geometry.get("arcs", [])):
            owners[arc].add(region)
    shared = sorted(arc for arc, regions in owners.items() if len(regions) > 1)
    lines = [_line(topology, arc) for arc in shared]
    return {"type": "MultiLineString", "coordinates": lines}


def _arcs(coordinates: Any) -> Iterator[int]:
    for part in coordinates:
        if isinstance(part, list):
            yield from _arcs(part)
        else:
            yield part if part >= 0 else ~part


def _line(topology: Mapping[str, Any], arc: int) -> list[list[int]]:
    (x_scale, y_scale), (x_0, y_0) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    x = y = 0
    points = []
    for x_step, y_step in topology["arcs"][arc]:
        x, y = x + x_step, y + y_step
        points.append((x * x_scale + x_0, y * y_scale + y_0))
    thin = shapely.simplify(shapely.LineString(points), _THINNED_TO_M)
    return [[_round(x), _round(y)] for x, y in thin.coords]


def _round(metres: float) -> int:
    return round(metres / _ROUNDED_TO_M) * _ROUNDED_TO_M
