"""Turn the shapes of a checked layer into a clean coverage, or say why that cannot be done.

Invalid rings are repaired, slivers closed and small overlaps given to one side. What is larger is
not guessed away: real overlaps, holes in the country and provinces of another shape are refused.
"""

from collections.abc import Sequence

import numpy as np
import shapely

from geo import boundaries, coverage, points, registers
from geo.coverage import KM2_PER_SQUARE_DEGREE, METRES_PER_DEGREE, Polygons
from geo.layer_codes import CodedRows, both_names, far_from_province
from geo.layer_problems import BadLayer, Remark

# Slivers up to 550 m wide are drawing errors; a wider gap may be a lake or a missing area.
GAP_WIDTH = 0.005
LARGEST_OVERLAP_KM2 = 1.0
LARGEST_OVERLAP_SHARE = 0.02
SMALLEST_HOLE_KM2 = 0.05
# Official provinces share 71 % or more of the joint area with the shipped ones (Lop Buri least).
LEAST_LIKENESS = 0.5
# On official layers every one of the 909 towns lies less than this outside its district.
FARTHEST_TOWN_KM = 5.0


def assemble(
    geometries: Sequence[shapely.Geometry], rows: CodedRows
) -> tuple[Polygons, tuple[str, ...], tuple[Remark, ...]]:
    """The coverage with one polygon per code, the codes, and what was repaired; or BadLayer.

    Every row must have a known code: see layer_codes.code_problems.
    """
    codes = [code for code in rows.codes if code is not None]
    notes = _repairs(geometries)
    polygons = coverage.polygons_only(geometries)
    problems = [
        *_rows_without_area(polygons, rows),
        *_rows_elsewhere(polygons, rows),
        *_overlaps(polygons, codes),
    ]
    if problems:
        raise BadLayer(problems)
    cleaned, order = coverage.dissolve(coverage.clean(polygons, GAP_WIDTH), codes)
    problems = [
        *_loss_remarks(cleaned, order),
        *_holes(cleaned),
        *_other_shape(cleaned, order),
        *_districts_elsewhere(cleaned, order, rows.level),
    ]
    if problems:
        raise BadLayer(problems)
    return cleaned, order, notes


def _repairs(geometries: Sequence[shapely.Geometry]) -> tuple[Remark, ...]:
    valid = shapely.is_valid(np.asarray(geometries, dtype=object))
    broken = tuple(str(position) for position, good in enumerate(valid, start=1) if not good)
    return (Remark("repaired", {}, broken),) if broken else ()


def _rows_without_area(polygons: Polygons, rows: CodedRows) -> list[Remark]:
    empty = tuple(
        f"{position}: {seen}"
        for position, (polygon, seen) in enumerate(
            zip(polygons, rows.spellings, strict=True), start=1
        )
        if polygon.is_empty
    )
    return [Remark("no_area", {}, empty)] if empty else []


def _rows_elsewhere(polygons: Polygons, rows: CodedRows) -> list[Remark]:
    spots = shapely.point_on_surface(polygons)
    away = tuple(
        f"{position + 1}: {both_names(rows.codes[position] or '')}"
        for position in far_from_province(rows.codes, spots)
    )
    return [Remark("wrong_place", {}, away)] if away else []


def _overlaps(polygons: Polygons, codes: Sequence[str]) -> list[Remark]:
    """Areas of different codes that lie on each other by more than drawing errors explain."""
    pairs = []
    for a, b, km2 in coverage.overlaps(polygons):
        smaller = min(shapely.area(polygons[a]), shapely.area(polygons[b])) * KM2_PER_SQUARE_DEGREE
        # A tiny island may overlap by a large share of itself, a large area by a few km² of border.
        if codes[a] != codes[b] and km2 > max(LARGEST_OVERLAP_KM2, LARGEST_OVERLAP_SHARE * smaller):
            pairs.append(f"{both_names(codes[a])} / {both_names(codes[b])}: {km2:,.0f} km²")
    return [Remark("overlaps", {}, tuple(pairs))] if pairs else []


def _loss_remarks(polygons: Polygons, codes: Sequence[str]) -> list[Remark]:
    """Areas that repairing left without a polygon, or borders it could not bring together."""
    gone = tuple(
        both_names(code) for code, polygon in zip(codes, polygons, strict=True) if polygon.is_empty
    )
    if gone:
        return [Remark("lost", {}, gone)]
    return [] if shapely.coverage_is_valid(polygons) else [Remark("borders_apart")]


def _holes(polygons: Polygons) -> list[Remark]:
    gaps = []
    provinces = boundaries.provinces().geometry
    for hole in coverage.holes(polygons):
        km2 = shapely.area(hole) * KM2_PER_SQUARE_DEGREE
        if km2 >= SMALLEST_HOLE_KM2:
            spot = hole.representative_point()
            distances = shapely.distance(np.array(provinces, dtype=object), spot)
            home = both_names(provinces.index[int(np.argmin(distances))])
            gaps.append(f"{km2:,.1f} km² ({spot.x:.3f}, {spot.y:.3f}) {home}")
    return [Remark("holes", {}, tuple(gaps))] if gaps else []


def _districts_elsewhere(polygons: Polygons, codes: Sequence[str], level: str) -> list[Remark]:
    """Districts whose town lies far outside them: codes are exchanged inside a province.

    The shipped points stand for the towns; where a district has none, nothing is known.
    """
    if level != "district":
        return []
    place = {code: position for position, code in enumerate(codes)}
    towns = [point for point in points.district_points() if point.code in place]
    spots = shapely.points([[town.lon, town.lat] for town in towns])
    homes = polygons[[place[town.code] for town in towns]]
    ends = shapely.get_coordinates(shapely.shortest_line(spots, homes)).reshape(-1, 2, 2)
    steps = (ends[:, 1] - ends[:, 0]) * METRES_PER_DEGREE / 1000
    away = np.hypot(steps[:, 0] * np.cos(np.radians(ends[:, 0, 1])), steps[:, 1])
    elsewhere = tuple(
        f"{both_names(town.code)}: {km:.0f} km" + _where(polygons, codes, spot)
        for town, spot, km in zip(towns, spots, away, strict=True)
        if km > FARTHEST_TOWN_KM
    )
    return (
        [Remark("districts_elsewhere", {"km": f"{FARTHEST_TOWN_KM:g}"}, elsewhere, most=100)]
        if elsewhere
        else []
    )


def _where(polygons: Polygons, codes: Sequence[str], spot: shapely.Point) -> str:
    inside = np.flatnonzero(shapely.intersects(polygons, spot))
    return f" → {codes[int(inside[0])]}" if len(inside) else ""


def _other_shape(polygons: Polygons, codes: Sequence[str]) -> list[Remark]:
    """Provinces that share too little with the shipped polygon: cut off, or under a wrong code."""
    homes = [code[:2] for code in codes]
    merged, order = coverage.dissolve(polygons, homes)
    shipped = boundaries.provinces().geometry
    ours = np.array([shipped[code] for code in order], dtype=object)
    shared = shapely.area(shapely.intersection(ours, merged))
    joint = shapely.area(ours) + shapely.area(merged) - shared
    unlike = tuple(
        f"{both_names(registers.province(code).code)}: {100 * part:.0f} %"
        for code, part in zip(order, shared / joint, strict=True)
        if part < LEAST_LIKENESS
    )
    return [Remark("other_shape", {}, unlike)] if unlike else []
