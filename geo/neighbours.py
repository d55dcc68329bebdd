"""Which districts lie beside each other, in a province or over its border, from their points alone.

Two districts are neighbours where no third one lies inside the circle whose diameter is the line
between them (a Gabriel graph): near enough for advice, and the same with or without a boundary
layer. Boundaries are not asked: mountains and roads are not known either way. No GeoPandas here.
"""

import math
from functools import lru_cache
from itertools import combinations

import numpy as np
from scipy.spatial import Delaunay

from geo.points import AreaPoint, district_points

# Over a border points alone would make neighbours across a bay or a range of hills. Proposed.
MOST_KM = 50
_METRES = 1_000


@lru_cache(maxsize=128)
def of_province(province: str) -> dict[str, frozenset[str]]:
    """Give the neighbours of each district of a province that has a point; inside it only."""
    points = [point for point in district_points() if point.code.startswith(province)]
    beside: dict[str, set[str]] = {point.code: set() for point in points}
    for one, other in combinations(points, 2):
        if not any(_inside(third, one, other) for third in points):
            beside[one.code].add(other.code)
            beside[other.code].add(one.code)
    return {code: frozenset(codes) for code, codes in beside.items()}


@lru_cache(maxsize=1)
def over_borders() -> dict[str, frozenset[str]]:
    """Give for each district its neighbours in other provinces, at most `MOST_KM` away in a
    straight line; districts without any are left out.

    All districts of the country may lie between two, not those of one province only.
    """
    points = district_points()
    places = np.array([(point.x, point.y) for point in points])
    triangles = Delaunay(places).simplices
    edges = {(int(min(pair)), int(max(pair))) for t in triangles for pair in combinations(t, 2)}
    beside: dict[str, set[str]] = {}
    for i, j in sorted(edges):
        one, other = points[i], points[j]
        if one.code[:2] == other.code[:2] or km_between(one, other) > MOST_KM:
            continue
        # Negative where the point lies inside the circle over the line between both.
        inside = ((places - places[i]) * (places - places[j])).sum(axis=1) < 0
        if not inside.any():
            beside.setdefault(one.code, set()).add(other.code)
            beside.setdefault(other.code, set()).add(one.code)
    return {code: frozenset(codes) for code, codes in beside.items()}


def km_between(one: AreaPoint, other: AreaPoint) -> float:
    """Give the straight distance in kilometres; the map's metres grow with latitude."""
    scale = math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(one.x - other.x, one.y - other.y) * scale / _METRES


def of_provinces(provinces: frozenset[str]) -> dict[str, frozenset[str]]:
    """Give the neighbours of each district of some provinces, inside each of them and over the
    borders between them."""
    beside = {code: near for one in sorted(provinces) for code, near in of_province(one).items()}
    for code, near in over_borders().items():
        if code[:2] in provinces:
            inside = {other for other in near if other[:2] in provinces}
            beside[code] = beside.get(code, frozenset()) | inside
    return beside


def _inside(third: AreaPoint, one: AreaPoint, other: AreaPoint) -> bool:
    """Whether a third point lies inside the circle over the line between two others."""
    if third in (one, other):
        return False
    to_one = (one.x - third.x, one.y - third.y)
    to_other = (other.x - third.x, other.y - third.y)
    return to_one[0] * to_other[0] + to_one[1] * to_other[1] < 0
