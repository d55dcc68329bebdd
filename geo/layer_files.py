"""Write one folder of map files from a clean coverage: GeoParquet, browser files, layer.json."""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import shapely

from geo import coverage, manifest, registers, topology
from geo.coverage import Polygons
from geo.manifest import CLOSE_UP, NATIONAL, LayerInfo, WebFile
from geo.tables import write_csv

TOLERANCE = {NATIONAL: 0.01, CLOSE_UP: 0.003}
SMALLEST_ISLAND_KM2 = {NATIONAL: 2.0, CLOSE_UP: 0.1}


@dataclass(frozen=True, slots=True)
class Source:
    """Where polygons come from: a name for readers, its fingerprint, and how to credit it."""

    name: str
    sha256: str
    credit: str
    installed_on: str
    notes: tuple[str, ...] = ()


def write_layer(
    folder: Path, level: str, polygons: Polygons, codes: Sequence[str], source: Source
) -> LayerInfo:
    """Fill an existing folder and give back its description.

    A district layer also yields the provinces, dissolved from it, so that both share borders.
    """
    files = _web_files(folder, level, polygons, codes)
    _write_points(folder, level, polygons, codes)
    if level == "district":
        homes = [registers.district(code).province_code for code in codes]
        for detail in TOLERANCE:
            merged, order = coverage.dissolve(_simplify(polygons, detail), homes)
            files += _pair(folder, "province", "TH", detail, merged, order)
        _write_points(folder, "province", *coverage.dissolve(polygons, homes))
    parquet = f"{level}s.parquet"
    _write_parquet(folder / parquet, polygons, codes)
    info = LayerInfo(
        level=level,
        source=source.name,
        source_sha256=source.sha256,
        credit=source.credit,
        installed_on=source.installed_on,
        areas=len(codes),
        coordinates=int(shapely.get_num_coordinates(polygons).sum()),
        parquet=parquet,
        notes=source.notes,
        files=tuple(files),
    )
    manifest.write(folder, info)
    return info


def _simplify(polygons: Polygons, detail: str) -> Polygons:
    return coverage.simplify(polygons, TOLERANCE[detail], SMALLEST_ISLAND_KM2[detail])


def _web_files(folder: Path, level: str, polygons: Polygons, codes: Sequence[str]) -> list[WebFile]:
    files = []
    for detail in TOLERANCE:
        simple = _simplify(polygons, detail)
        if level == "province" or detail == NATIONAL:
            files += _pair(folder, level, "TH", detail, simple, codes)
        else:
            for area, inside in _subsets(codes).items():
                chosen = [codes[position] for position in inside]
                files += _pair(folder, level, area, detail, simple[inside], chosen)
    return files


def _subsets(codes: Sequence[str]) -> dict[str, list[int]]:
    """Positions of the districts of each region and each province."""
    subsets: dict[str, list[int]] = {region: [] for region in registers.REGIONS}
    for position, code in enumerate(codes):
        home = registers.district(code).province_code
        subsets[registers.region_of(home)].append(position)
        subsets.setdefault(home, []).append(position)
    return {area: inside for area, inside in subsets.items() if inside}


def _pair(
    folder: Path, level: str, area: str, detail: str, polygons: Polygons, codes: Sequence[str]
) -> list[WebFile]:
    """Write the same areas as TopoJSON and as GeoJSON, each also gzipped."""
    bodies = {
        "topojson": topology.topojson(polygons, codes, TOLERANCE[detail]),
        "geojson": topology.geojson(polygons, codes),
    }
    west, south, east, north = (round(float(side), 5) for side in shapely.total_bounds(polygons))
    web = folder / "web"
    web.mkdir(exist_ok=True)
    files = []
    for form, body in bodies.items():
        name = f"{level}-{area}-{detail}-{hashlib.sha256(body).hexdigest()[:12]}.{form}"
        (web / name).write_bytes(body)
        (web / f"{name}.gz").write_bytes(gzip.compress(body, 9, mtime=0))
        bounds = (west, south, east, north)
        files.append(WebFile(level, area, detail, form, name, tuple(codes), bounds))
    return files


def _write_points(folder: Path, level: str, polygons: Polygons, codes: Sequence[str]) -> None:
    rows = [
        (code, f"{lon:.4f}", f"{lat:.4f}", f"{room:.1f}")
        for code, (lon, lat, room) in zip(codes, coverage.label_points(polygons), strict=True)
    ]
    write_csv(folder / f"{level}_points.csv", ("code", "lon", "lat", "room_km"), rows)


def _write_parquet(path: Path, polygons: Polygons, codes: Sequence[str]) -> None:
    frame = geopandas.GeoDataFrame(
        {"code": np.asarray(codes, dtype=object)}, geometry=list(polygons), crs="EPSG:4326"
    )
    frame.to_parquet(path, compression="zstd", index=False)
