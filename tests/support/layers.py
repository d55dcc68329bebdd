"""Made-up boundary layers: they stand for the official ones that a department installs."""

import geopandas
import numpy as np
import shapely

from geo import boundaries, coverage, points, registers

Layer = geopandas.GeoDataFrame
TOWN_NEAR = 0.03  # degrees, 3.3 km


def provinces() -> Layer:
    """All provinces with few points, a code column and Thai names; still a coverage."""
    shipped = boundaries.provinces()
    shapes = coverage.simplify(np.array(shipped.geometry, dtype=object), 0.03, 20)
    names = [registers.area_name(code, "th") for code in shipped.index]
    return Layer(
        {"ADM1_CODE": list(shipped.index), "NAME_T": names}, geometry=list(shapes), crs="EPSG:4326"
    )


def districts(of: Layer) -> Layer:
    """928 made-up districts: each province cut into as many cells as it has districts.

    A cell surrounds the town of its district, as in an official layer; where no town is known, a
    place is made up.
    """
    towns = {point.code: shapely.Point(point.lon, point.lat) for point in points.district_points()}
    chance = np.random.default_rng(7)
    codes, shapes = [], []
    for code, shape in zip(of["ADM1_CODE"], of.geometry, strict=True):
        wanted = [district.code for district in registers.districts_of(code)]
        homes = [towns.get(district) or _inside(shape, chance) for district in wanted]
        shapes += _cells(shape, homes)
        codes += wanted
    for place, code in enumerate(codes):
        if code in towns and shapes[place].distance(towns[code]) > TOWN_NEAR:
            # The shipped provinces are rough: a town beyond their border becomes an exclave.
            spot = towns[code].buffer(0.01)
            shapes = [shapely.difference(other, spot) for other in shapes]
            shapes[place] = shapely.union(shapes[place], spot)
    return Layer({"AMPHOE_ID": codes}, geometry=shapes, crs="EPSG:4326")


def _inside(polygon: shapely.Geometry, chance: np.random.Generator) -> shapely.Point:
    west, south, east, north = polygon.bounds
    while True:
        point = shapely.Point(chance.uniform(west, east), chance.uniform(south, north))
        if polygon.contains(point):
            return point


def _cells(shape: shapely.Geometry, homes: list[shapely.Point]) -> list[shapely.Geometry]:
    """A cell of the shape around each home; a home outside it stands a little inside."""
    inner = shape.buffer(-0.005)
    seeds = [
        home if shape.contains(home) else shapely.shortest_line(inner, home).interpolate(0)
        for home in homes
    ]
    cells = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=shape, ordered=True)
    return [shapely.intersection(cell, shape) for cell in shapely.get_parts(cells)]
