"""Made-up boundary layers: they stand for the official ones that a department installs."""

import geopandas
import numpy as np
import shapely

from geo import boundaries, coverage, registers

Layer = geopandas.GeoDataFrame


def provinces() -> Layer:
    """All provinces with few points, a code column and Thai names; still a coverage."""
    shipped = boundaries.provinces()
    shapes = coverage.simplify(np.array(shipped.geometry, dtype=object), 0.03, 20)
    names = [registers.area_name(code, "th") for code in shipped.index]
    return Layer(
        {"ADM1_CODE": list(shipped.index), "NAME_T": names}, geometry=list(shapes), crs="EPSG:4326"
    )


def districts(of: Layer) -> Layer:
    """928 made-up districts: each province cut into as many cells as it has districts."""
    chance = np.random.default_rng(7)
    codes, shapes = [], []
    for code, shape in zip(of["ADM1_CODE"], of.geometry, strict=True):
        wanted = [district.code for district in registers.districts_of(code)]
        main = max(shapely.get_parts(shape), key=shapely.area)
        cells = _cells(main, len(wanted), chance)
        others = [part for part in shapely.get_parts(shape) if not part.equals(main)]
        cells[0] = shapely.union_all([cells[0], *others])
        codes += wanted
        shapes += cells
    return Layer({"AMPHOE_ID": codes}, geometry=shapes, crs="EPSG:4326")


def _cells(
    polygon: shapely.Polygon, count: int, chance: np.random.Generator
) -> list[shapely.Geometry]:
    west, south, east, north = polygon.bounds
    points: list[shapely.Point] = []
    while len(points) < count:
        point = shapely.Point(chance.uniform(west, east), chance.uniform(south, north))
        if polygon.contains(point):
            points.append(point)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=polygon, ordered=True)
    return [shapely.intersection(cell, polygon) for cell in shapely.get_parts(cells)]
