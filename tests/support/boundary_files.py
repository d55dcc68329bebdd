"""Boundary files as they lie in the package or a data directory, for tests that look into them."""

from pathlib import Path

from geo import manifest, web
from geo.manifest import LayerInfo
from geo.registers import DATA


def province_topojson() -> bytes:
    """The shipped provinces as TopoJSON in EPSG:3857, national detail."""
    files = manifest.read(DATA).files
    name = next(f.name for f in files if (f.detail, f.form) == (manifest.NATIONAL, "topojson"))
    return (DATA / "web" / name).read_bytes()


def layer_info(level: str, data_dir: Path | None = None) -> LayerInfo:
    """Where the polygons of a level come from, when, and their credit line; else NoLayer."""
    shipped = DATA if level == "province" else None
    folder = shipped if data_dir is None else manifest.folder_in_use(data_dir, level)
    if folder is None:
        raise web.NoLayer(level, "TH")
    return manifest.read(folder)
