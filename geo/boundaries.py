"""The polygons themselves, for tools that measure or build: loads GeoPandas, so never for pages.

Pages take ready-made files from geo.web.
"""

from pathlib import Path

import geopandas

from geo import manifest, web
from geo.registers import DATA


def provinces(data_dir: Path | None = None) -> geopandas.GeoDataFrame:
    """The 77 province polygons in degrees, unsimplified, indexed by code, in order of code.

    The shipped ones, or with a data directory the installed ones. A district layer in use yields
    its provinces by dissolving.
    """
    folder = DATA if data_dir is None else manifest.folder_in_use(data_dir, "province") or DATA
    frame = _read(folder)
    if manifest.read(folder).level == "district":
        homes = list(frame.index.str[:2])
        return frame.reset_index(drop=True).assign(code=homes).dissolve("code", method="coverage")
    return frame


def districts(data_dir: Path) -> geopandas.GeoDataFrame:
    """The installed district polygons in degrees, unsimplified, indexed by code; else NoLayer."""
    folder = manifest.folder_in_use(data_dir, "district")
    if folder is None:
        raise web.NoLayer("district", "TH")
    return _read(folder)


def _read(folder: Path) -> geopandas.GeoDataFrame:
    path = folder / manifest.read(folder).parquet
    return geopandas.read_parquet(path).set_index("code").sort_index()
