"""Where a map's shapes come from: an address that browsers cache, or the shapes themselves.

Under `ui.server.asgi` the shapes are served by a route, so a browser fetches them once for all
pages and a filter change sends none. Under plain `streamlit run` there is no such route and the
shapes travel inside each chart.
"""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from streamlit import config as streamlit_config

from config.i18n import Lang
from geo import credits, web
from geo.web import FEATURES, WebLayer
from ui.maps.borders import between_regions

ROUTE = "/boundaries"
Box = tuple[float, float, float, float]

_registered = False


def serve() -> None:
    """Note that the route exists in this process; called by `ui.server.asgi`."""
    global _registered
    _registered = True


def served() -> bool:
    """Tell whether routes of our own exist in this process."""
    return _registered


def source(level: str, data_dir: Path, area: str = "TH") -> dict[str, Any]:
    """Give the `data` part of a Vega-Lite spec for the shapes of "province" or "district".

    Either {"url", "format"} or {"values", "format"}; both hold TopoJSON. Raises `NoLayer` where no
    polygons of the level are installed.
    """
    layer = _layer(level, data_dir, area)
    shape = {"type": "topojson", "feature": FEATURES}
    if _registered:
        return {"url": f"{prefix()}{ROUTE}/{layer.url_name}", "format": shape}
    return {"values": _inline(layer), "format": shape}


def outlines(data_dir: Path) -> str | dict[str, Any]:
    """Give the province outlines for the zoomable explorer: an address, or GeoJSON in degrees."""
    layer = web.explorer_layer(data_dir, "province")
    return f"{prefix()}{ROUTE}/{layer.url_name}" if _registered else _inline(layer)


def has_districts(data_dir: Path) -> bool:
    """Tell whether district polygons are installed."""
    return web.has_districts(data_dir)


def credit(level: str, data_dir: Path, lang: Lang) -> str:
    """Give the line that says whose shapes these are."""
    return credits.in_words(_layer(level, data_dir, "TH").credit, lang)


def layers_key(data_dir: Path) -> str:
    """Give what tells installed layers apart: the names of the files that pages ask for."""
    found = [_layer("province", data_dir, "TH").url_name]
    if has_districts(data_dir):
        found.append(_layer("district", data_dir, "TH").url_name)
    return " ".join(found)


def bounds(level: str, data_dir: Path, area: str = "TH") -> Box:
    """Give west, south, east and north of a layer in degrees."""
    return _layer(level, data_dir, area).bounds


def bounds_of(data_dir: Path, provinces: Sequence[str]) -> Box:
    """Give west, south, east and north of some provinces together, in degrees."""
    boxes = _boxes(web.explorer_layer(data_dir, "province"))
    west, south, east, north = zip(*(boxes[code] for code in provinces), strict=True)
    return min(west), min(south), max(east), max(north)


def borders(data_dir: Path) -> dict[str, Any]:
    """Give the lines between regions of the provinces in use."""
    return _borders(web.province_layer(data_dir))


def prefix() -> str:
    """Give the path that all addresses of this server start with; empty for most."""
    base = str(streamlit_config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def _layer(level: str, data_dir: Path, area: str) -> WebLayer:
    if level == "province":
        return web.province_layer(data_dir)
    return web.district_layer(data_dir, area)


@lru_cache(maxsize=8)
def _inline(layer: WebLayer) -> dict[str, Any]:
    shapes: dict[str, Any] = json.loads(layer.body)
    return shapes


@lru_cache(maxsize=4)
def _borders(layer: WebLayer) -> dict[str, Any]:
    return between_regions(_inline(layer))


@lru_cache(maxsize=4)
def _boxes(layer: WebLayer) -> dict[str, Box]:
    """The box of each area of a GeoJSON layer, by code."""
    found = {}
    for feature in _inline(layer)["features"]:
        corners = list(_corners(feature["geometry"]["coordinates"]))
        lon, lat = [x for x, _ in corners], [y for _, y in corners]
        found[str(feature["properties"]["code"])] = (min(lon), min(lat), max(lon), max(lat))
    return found


def _corners(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], list):
        for part in coordinates:
            yield from _corners(part)
    else:
        yield coordinates[0], coordinates[1]
