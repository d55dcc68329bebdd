"""One point per area: where its label, symbol or, without polygons, the district itself is drawn.

Provinces: the roomiest spot inside the polygon. Districts: the same once an official layer is
installed; until then the town of that name in GeoNames, and 19 of 928 have none. They are listed,
never placed by guess. No GeoPandas here, so pages may use it.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo import credits, manifest, registers
from geo.registers import DATA
from geo.tables import read_csv

_EARTH_RADIUS_M = 6_378_137.0


@dataclass(frozen=True, slots=True)
class AreaPoint:
    """A point in degrees and in the map's own metres (`x`, `y`: EPSG:3857, as the TopoJSON).

    `room_km` is the radius of the free circle around it, None where no polygon is known.
    """

    code: str
    lon: float
    lat: float
    x: float
    y: float
    room_km: float | None


def province_points(data_dir: Path | None = None) -> tuple[AreaPoint, ...]:
    """A point for each of the 77 provinces, in order of code."""
    folder = None if data_dir is None else manifest.folder_in_use(data_dir, "province")
    return _read((folder or DATA) / "province_points.csv")


def district_points(data_dir: Path | None = None) -> tuple[AreaPoint, ...]:
    """A point for each district that has one, in order of code."""
    folder = None if data_dir is None else manifest.folder_in_use(data_dir, "district")
    return _read((folder or DATA) / "district_points.csv")


def districts_without_point(data_dir: Path | None = None) -> tuple[registers.District, ...]:
    """The districts that no point is known for, to be listed beside the map."""
    known = {point.code for point in district_points(data_dir)}
    return tuple(d for d in registers.districts() if d.code not in known)


def district_points_credit(data_dir: Path) -> str:
    """The credit line to show with the district points."""
    folder = manifest.folder_in_use(data_dir, "district")
    return credits.GEONAMES if folder is None else manifest.read(folder).credit


def web_mercator(lon: float, lat: float) -> tuple[float, float]:
    """Degrees → metres of EPSG:3857, the plane the TopoJSON files are drawn in."""
    x = math.radians(lon) * _EARTH_RADIUS_M
    y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) * _EARTH_RADIUS_M
    return x, y


@lru_cache(maxsize=16)
def _read(path: Path) -> tuple[AreaPoint, ...]:
    return tuple(_point(row) for row in read_csv(path))


def _point(row: dict[str, str]) -> AreaPoint:
    lon, lat = float(row["lon"]), float(row["lat"])
    room = row.get("room_km")
    return AreaPoint(row["code"], lon, lat, *web_mercator(lon, lat), float(room) if room else None)
