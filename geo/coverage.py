"""Polygons that share borders: repair, clean, simplify and dissolve them without opening gaps.

A *coverage* is a set of areas whose neighbours share every point of their common border. All
functions take and give arrays of shapely polygons in longitude and latitude (degrees), one per
area, in the order given. Only builders and the installer use this module, never a page.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

Polygons = NDArray[np.object_]

# One square degree at the middle of Thailand; good to 4 % from Betong to Mae Sai, which is enough
# for thresholds. Published areas must be computed from the unsimplified layer on an ellipsoid.
KM2_PER_SQUARE_DEGREE = 12_000.0
METRES_PER_DEGREE = 111_320.0
_TO_WEB = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)


def polygons_only(geometries: Sequence[shapely.Geometry]) -> Polygons:
    """Valid polygons made from any geometries; what is not an area (points, lines) is dropped.

    An area that has no polygon at all becomes an empty polygon, for the caller to report.
    """
    flat = shapely.force_2d(repair(geometries))
    return np.array([_areal(geometry) for geometry in flat], dtype=object)


def repair(geometries: Sequence[shapely.Geometry]) -> Polygons:
    """Valid geometries of any kind; parts and rings without extent are dropped before the repair.

    What cannot be repaired at all becomes an empty polygon, for the caller to report.
    """
    shapes = np.asarray(geometries, dtype=object)
    invalid = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    return np.array(
        [_repair_one(shape) if bad else shape for shape, bad in zip(shapes, invalid, strict=True)],
        dtype=object,
    )


def _repair_one(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = [_with_extent(part) for part in shapely.get_parts(shapely.get_parts(geometry))]
    kept = [part for part in parts if not part.is_empty]
    if not kept:
        return shapely.Polygon()
    if all(part.geom_type == "Polygon" for part in kept):
        whole = kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)
    else:
        whole = shapely.GeometryCollection(kept)
    try:
        return shapely.make_valid(whole)
    except shapely.errors.GEOSException:
        try:
            return shapely.make_valid(whole, method="structure", keep_collapsed=False)
        except shapely.errors.GEOSException:
            return shapely.Polygon()


def _with_extent(part: shapely.Geometry) -> shapely.Geometry:
    """The polygon without rings that are a point or a line there and back; empty if all are."""
    if part.geom_type != "Polygon":
        return part
    if _is_collapsed(part.exterior):
        return shapely.Polygon()
    holes = [ring for ring in part.interiors if not _is_collapsed(ring)]
    return shapely.Polygon(part.exterior, holes)


def _is_collapsed(ring: shapely.LinearRing) -> bool:
    spots = shapely.get_coordinates(ring)
    return not np.isfinite(spots).all() or len(np.unique(spots, axis=0)) < 3


def _areal(geometry: shapely.Geometry | None) -> shapely.Geometry:
    if geometry is None:
        return shapely.Polygon()
    parts = shapely.get_parts(shapely.get_parts(geometry))
    areal = parts[shapely.get_dimensions(parts) == 2]
    if len(areal) == 0:
        return shapely.Polygon()
    return areal[0] if len(areal) == 1 else shapely.MultiPolygon(list(areal))


def dissolve(polygons: Polygons, codes: Sequence[str]) -> tuple[Polygons, tuple[str, ...]]:
    """One polygon per code, in order of code, from a coverage with several per code."""
    order = tuple(sorted(set(codes)))
    labels = np.asarray(codes, dtype=object)
    joined = [shapely.coverage_union_all(polygons[labels == code]) for code in order]
    return polygons_only(joined), order


def clean(polygons: Polygons, gap_width: float) -> Polygons:
    """A coverage: borders noded together, overlaps given away, gaps up to `gap_width` closed.

    `gap_width` is in degrees. Wider gaps stay and are found by `holes`.
    """
    return polygons_only(shapely.coverage_clean(polygons, gap_width=gap_width))


def holes(polygons: Polygons) -> Polygons:
    """The interior holes of all areas together: places inside the country that belong to none."""
    parts = shapely.get_parts(shapely.union_all(polygons))
    rings = [ring for part in parts for ring in part.interiors]
    return np.array([shapely.Polygon(ring) for ring in rings], dtype=object)


def overlaps(polygons: Polygons) -> list[tuple[int, int, float]]:
    """Pairs of areas that lie on each other: both positions, and the shared km²."""
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shapely.area(shapely.intersection(polygons[first], polygons[second]))
    return [
        (int(a), int(b), float(area) * KM2_PER_SQUARE_DEGREE)
        for a, b, area in zip(first, second, shared, strict=True)
        if area > 0
    ]


def simplify(polygons: Polygons, tolerance: float, smallest_km2: float) -> Polygons:
    """The coverage with fewer points, still without gaps or overlaps.

    `tolerance` is in degrees. Islands below `smallest_km2` go, but never the largest part of an
    area and never a part that touches a neighbour.
    """
    simple = polygons_only(shapely.coverage_simplify(polygons, tolerance))
    return _without_islets(simple, smallest_km2)


def _without_islets(polygons: Polygons, smallest_km2: float) -> Polygons:
    limit = smallest_km2 / KM2_PER_SQUARE_DEGREE
    tree = shapely.STRtree(polygons)
    kept = []
    for position, polygon in enumerate(polygons):
        parts = sorted(shapely.get_parts(polygon), key=shapely.area, reverse=True)
        stay = parts[:1] + [
            part
            for part in parts[1:]
            if shapely.area(part) >= limit
            or set(tree.query(part, predicate="intersects")) != {position}
        ]
        kept.append(stay[0] if len(stay) == 1 else shapely.MultiPolygon(stay))
    return np.array(kept, dtype=object)


def label_points(polygons: Polygons) -> list[tuple[float, float, float]]:
    """Where a label or symbol sits: the centre of the widest circle inside each area, its km."""
    largest = [max(shapely.get_parts(polygon), key=shapely.area) for polygon in polygons]
    radii = shapely.maximum_inscribed_circle(np.array(largest, dtype=object))
    lengths = shapely.length(radii) * METRES_PER_DEGREE / 1000
    return [(*radius.coords[0], float(km)) for radius, km in zip(radii, lengths, strict=True)]


def to_web(polygons: Polygons) -> Polygons:
    """The polygons in EPSG:3857, exterior rings clockwise as drawing libraries expect."""
    projected = shapely.transform(polygons, _project)
    return shapely.orient_polygons(projected, exterior_cw=True)


def _project(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_TO_WEB.transform(points[:, 0], points[:, 1]))
