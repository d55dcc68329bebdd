"""Where a map's shapes come from: an address that browsers cache, or the shapes themselves.

Under `ui.asgi` the shapes are served by a route, so a browser fetches them once for all pages and
a filter change sends none. Under plain `streamlit run` there is no such route and the shapes travel
inside each chart.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from streamlit import config as streamlit_config

from geo import web
from geo.web import FEATURES, WebLayer

ROUTE = "/boundaries"

_served = False


def serve() -> None:
    """Note that the route exists in this process; called by `ui.asgi`."""
    global _served
    _served = True


def source(level: str, data_dir: Path, area: str = "TH") -> dict[str, Any]:
    """Give the `data` part of a Vega-Lite spec for the shapes of "province" or "district".

    Either {"url", "format"} or {"values", "format"}; both hold TopoJSON. Raises `NoLayer` where no
    polygons of the level are installed.
    """
    layer = _layer(level, data_dir, area)
    shape = {"type": "topojson", "feature": FEATURES}
    if _served:
        return {"url": f"{prefix()}{ROUTE}/{layer.url_name}", "format": shape}
    return {"values": _inline(layer), "format": shape}


def outlines(data_dir: Path) -> str | dict[str, Any]:
    """Give the province outlines for the zoomable explorer: an address, or GeoJSON in degrees."""
    layer = web.explorer_layer(data_dir, "province")
    return f"{prefix()}{ROUTE}/{layer.url_name}" if _served else _inline(layer)


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
