"""Map files for a browser: TopoJSON for the charts, compact GeoJSON for the zoomable explorer.

Features carry only the area code, as `id` and as `properties.code`: names, numbers and colours are
joined in the browser, so one cached file serves every question.
"""

import json
from collections.abc import Sequence
from typing import Any

import shapely
from topojson import Topology

from geo.coverage import METRES_PER_DEGREE, Polygons, to_web
from geo.manifest import FEATURES

# Rounding steps within one simplification tolerance: ten fold thin rings over, twenty do not.
_STEPS_PER_TOLERANCE = 20
_GEOJSON_DECIMALS = 4


def topojson(polygons: Polygons, codes: Sequence[str], tolerance: float) -> bytes:
    """Quantised TopoJSON in EPSG:3857 of a coverage given in degrees.

    Draw it with `projection={"type": "identity", "reflectY": true}`. The package simplifies
    nothing here: its own simplification opens gaps.
    """
    web = to_web(polygons)
    west, south, east, north = shapely.total_bounds(web)
    step = tolerance * METRES_PER_DEGREE / _STEPS_PER_TOLERANCE
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code},
            "geometry": shapely.geometry.mapping(polygon),
        }
        for code, polygon in zip(codes, web, strict=True)
    ]
    topology = Topology(
        {"type": "FeatureCollection", "features": features},
        object_name=FEATURES,
        prequantize=int(max(east - west, north - south) / step) + 1,
        topology=True,
        toposimplify=False,
        winding_order="CW_CCW",
    ).to_dict()
    for geometry in topology["objects"][FEATURES]["geometries"]:
        geometry["properties"] = {"code": geometry["properties"]["code"]}
        geometry["id"] = geometry["properties"]["code"]
    topology.pop("options", None)
    return compact(topology)


def geojson(polygons: Polygons, codes: Sequence[str]) -> bytes:
    """Compact GeoJSON in longitude and latitude, four decimals (11 m)."""
    oriented = shapely.orient_polygons(polygons)
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code},
            "geometry": _round(shapely.geometry.mapping(polygon)),
        }
        for code, polygon in zip(codes, oriented, strict=True)
    ]
    return compact({"type": "FeatureCollection", "features": features})


def compact(document: dict[str, Any]) -> bytes:
    """JSON without spaces, keys in the order given."""
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


def _round(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _round(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_round(part) for part in value]
    return round(value, _GEOJSON_DECIMALS) if isinstance(value, float) else value
