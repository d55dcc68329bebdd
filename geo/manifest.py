"""What a folder of map files holds: the layer.json beside the polygons, read without GeoPandas.

The shipped layer lives in geo/data, installed ones in <data_dir>/layers/<level>-<hash>. Folders are
never changed after they are written; a small pointer file per level names the one in use.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from geo.registers import DATA

FILE_NAME = "layer.json"
LEVELS = ("province", "district")
NATIONAL, CLOSE_UP = "national", "close_up"
# The name of the object inside every TopoJSON file: Vega asks for its features by it.
FEATURES = "areas"


@dataclass(frozen=True, slots=True)
class WebFile:
    """One ready-made file for the browser.

    `area` is TH, a region or a province code; `form` is topojson (EPSG:3857) or geojson
    (degrees); `bounds` is west, south, east, north in degrees.
    """

    level: str
    area: str
    detail: str
    form: str
    name: str
    codes: tuple[str, ...]
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """Where a layer comes from and what was made of it.

    `installed_on` is an ISO date, empty for the shipped layer; `notes` are remarks of the check.
    """

    level: str
    source: str
    source_sha256: str
    credit: str
    installed_on: str
    areas: int
    coordinates: int
    parquet: str
    notes: tuple[str, ...]
    files: tuple[WebFile, ...]


def write(folder: Path, info: LayerInfo) -> None:
    """Write layer.json, one line per web file so that changes can be read."""
    head = asdict(info)
    files = head.pop("files")
    lines = ",\n".join(json.dumps(file, ensure_ascii=False) for file in files)
    body = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    text = f'{body},\n "files": [\n{lines}\n]\n}}\n'
    (folder / FILE_NAME).write_text(text, encoding="utf-8")


@lru_cache(maxsize=16)
def read(folder: Path) -> LayerInfo:
    """The description of one folder of map files; cached, because folders never change."""
    found = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    files = tuple(
        WebFile(**{**file, "codes": tuple(file["codes"]), "bounds": tuple(file["bounds"])})
        for file in found.pop("files")
    )
    return LayerInfo(**{**found, "notes": tuple(found["notes"]), "files": files})


def layers_folder(data_dir: Path) -> Path:
    """Where installed layers and their pointers live."""
    return data_dir / "layers"


def pointer(data_dir: Path, level: str) -> Path:
    """The file that names the folder of the installed layer of a level."""
    return layers_folder(data_dir) / f"{level}.txt"


def installed_folder(data_dir: Path, level: str) -> Path | None:
    """The folder of the installed layer of this level, or None where none is installed.

    A pointer to a folder that somebody deleted by hand counts as none.
    """
    try:
        name = pointer(data_dir, level).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    folder = layers_folder(data_dir) / name
    return folder if (folder / FILE_NAME).is_file() else None


def folders(data_dir: Path) -> Iterator[Path]:
    """Every folder of map files there is: those in use first, then the ones kept from before."""
    current = [folder_in_use(data_dir, level) for level in LEVELS]
    known = [*dict.fromkeys(folder for folder in current if folder is not None), DATA]
    kept = sorted(layers_folder(data_dir).glob("*-*/layer.json"))
    yield from dict.fromkeys([*known, *(file.parent for file in kept)])


def folder_in_use(data_dir: Path, level: str) -> Path | None:
    """The folder that draws a level; None only for districts without an installed layer.

    Provinces come from an installed province layer, else from an installed district layer (so
    that both levels share their borders), else from the shipped one.
    """
    own = installed_folder(data_dir, level)
    if own is not None or level == "district":
        return own
    return installed_folder(data_dir, "district") or DATA
