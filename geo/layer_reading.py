"""Read a boundary file of any usual kind and place it on the earth, in degrees.

Kinds: GeoPackage, Shapefile (alone or zipped), GeoJSON, TopoJSON, GeoParquet, FlatGeobuf, in any
coordinate system that PROJ knows.
"""

from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import geopandas
import numpy as np
import pyogrio
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.layer_problems import BadLayer, BadRequest, Remark

READABLE = (".gpkg", ".zip", ".shp", ".geojson", ".json", ".topojson", ".parquet", ".fgb")
_IN_ZIPS = (".shp", ".gpkg", ".geojson", ".json", ".topojson", ".fgb")
# West, south, east, north of Thailand with its islands, in degrees, and the leeway around it.
THAILAND = (97.3, 5.6, 105.7, 20.5)
LEEWAY = 0.3


def read(path: Path, layer: str | None = None, crs: str | None = None) -> geopandas.GeoDataFrame:
    """The rows of the file in longitude and latitude, or BadRequest / BadLayer.

    `crs` overrides what the file says about its coordinates.
    """
    if not path.is_file():
        raise BadRequest("no_file", seen=str(path))
    if path.suffix.lower() not in READABLE:
        raise BadRequest("kind", seen=path.name, kinds=", ".join(READABLE))
    frame = _rows(path, layer)
    if len(frame) == 0 or frame.geometry.notna().sum() == 0:
        raise BadLayer([Remark("empty")])
    return _in_degrees(frame, crs)


def _rows(path: Path, layer: str | None) -> geopandas.GeoDataFrame:
    try:
        if path.suffix.lower() == ".parquet":
            return geopandas.read_parquet(path)
        place = _inside_zip(path, layer) if path.suffix.lower() == ".zip" else path
        if str(place) != str(path):
            layer = None  # it has named the file inside
        names = [str(name) for name, kind in pyogrio.list_layers(place) if kind is not None]
        if layer is not None and layer not in names:
            raise BadRequest("no_layer_of_name", seen=layer, layers=", ".join(names))
        if layer is None and len(names) > 1:
            raise BadRequest("several_layers", layers=", ".join(names), first=names[0])
        frame = geopandas.read_file(place, layer=layer or names[0])
    except (
        BadZipFile,
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        OSError,
    ) as problem:
        raise BadLayer([Remark("unreadable", {"seen": path.name, "why": _short(problem)})]) from (
            problem
        )
    except (IndexError, ValueError) as problem:
        raise BadLayer([Remark("no_shapes", {"seen": path.name})]) from problem
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise BadLayer([Remark("no_shapes", {"seen": path.name})])
    return frame


def _inside_zip(path: Path, layer: str | None) -> Path | str:
    """The map file inside a zip, in whatever folder; the zip itself where all lie at its top."""
    with ZipFile(path) as archive:
        names = [
            name
            for name in archive.namelist()
            if Path(name).suffix.lower() in _IN_ZIPS and not name.startswith("__MACOSX/")
        ]
    if not names:
        raise BadLayer([Remark("empty_zip", {"seen": path.name, "kinds": ", ".join(_IN_ZIPS)})])
    if all("/" not in name and name.lower().endswith(".shp") for name in names):
        return path
    stems = {Path(name).stem: name for name in names}
    if layer is not None and layer not in stems:
        raise BadRequest("no_layer_of_name", seen=layer, layers=", ".join(stems))
    if layer is None and len(names) > 1:
        raise BadRequest("several_layers", layers=", ".join(stems), first=next(iter(stems)))
    return f"/vsizip/{path.resolve()}/{stems[layer] if layer else names[0]}"


def _short(problem: Exception) -> str:
    return str(problem).splitlines()[0][:200]


def _in_degrees(frame: geopandas.GeoDataFrame, crs: str | None) -> geopandas.GeoDataFrame:
    if crs is not None:
        try:
            frame = frame.set_crs(CRS.from_user_input(crs), allow_override=True)
        except CRSError as problem:
            raise BadRequest("no_crs_of_name", seen=crs) from problem
    if frame.crs is None:
        if not fits(tuple(frame.total_bounds)):
            raise BadLayer([Remark("crs_missing", {"bounds": _code_text(frame.total_bounds)})])
        frame = frame.set_crs("EPSG:4326")
    return frame.to_crs("EPSG:4326")


def fits(bounds: tuple[float, ...]) -> bool:
    """Whether a box in degrees lies within Thailand, give or take the leeway."""
    west, south, east, north = THAILAND
    return bool(
        np.isfinite(bounds).all()
        and bounds[0] >= west - LEEWAY
        and bounds[1] >= south - LEEWAY
        and bounds[2] <= east + LEEWAY
        and bounds[3] <= north + LEEWAY
    )


def where_it_lies(frame: geopandas.GeoDataFrame) -> Remark | None:
    """The problem with the place of a layer, or None where it lies in Thailand."""
    bounds = tuple(float(side) for side in frame.total_bounds)
    if fits(bounds):
        return None
    turned = (bounds[1], bounds[0], bounds[3], bounds[2])
    if fits(turned):
        return Remark("swapped_axes", {"bounds": _code_text(bounds)})
    if not np.isfinite(bounds).all() or max(abs(side) for side in bounds) > 360:
        return Remark("not_degrees", {"bounds": _code_text(bounds)})
    outside = tuple(
        str(position)
        for position, box in enumerate(frame.geometry.bounds.itertuples(index=False), start=1)
        if not fits(tuple(box))
    )
    if len(outside) < len(frame) / 2:
        return Remark("rows_outside", {"bounds": _code_text(bounds)}, outside)
    return Remark("not_thailand", {"bounds": _code_text(bounds)})


def _code_text(bounds: Iterable[float]) -> str:
    return ", ".join(f"{side:.6g}" for side in bounds)
