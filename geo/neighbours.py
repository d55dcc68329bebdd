"""Which districts of a province lie beside each other, from their points alone.

Two districts are neighbours where no third one lies inside the circle whose diameter is the line
between them (a Gabriel graph): near enough for advice, and the same with or without a boundary
layer. Boundaries are not asked: mountains and roads are not known either way. No GeoPandas here.
"""

from functools import lru_cache
from itertools import combinations

from geo.points import AreaPoint, district_points


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


def _inside(third: AreaPoint, one: AreaPoint, other: AreaPoint) -> bool:
    """Whether a third point lies inside the circle over the line between two others."""
    if third in (one, other):
        return False
    to_one = (one.x - third.x, one.y - third.y)
    to_other = (other.x - third.x, other.y - third.y)
    return to_one[0] * to_other[0] + to_one[1] * to_other[1] < 0
