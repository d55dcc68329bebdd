"""Ready-made map files for the browser, by level and area. Reads bytes only: no GeoPandas here.

`url_name` holds a hash of the content, so a server may send it as immutable for ever: another
layer has another name. TopoJSON is in EPSG:3857 (draw it with the identity projection and
reflectY), GeoJSON in degrees for the zoomable explorer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from config.i18n import Lang, t
from geo import manifest
from geo.errors import GeoError
from geo.manifest import CLOSE_UP, FEATURES, NATIONAL

__all__ = [
    "CLOSE_UP",
    "FEATURES",
    "NATIONAL",
    "NoLayer",
    "WebLayer",
    "all_layers",
    "district_layer",
    "explorer_layer",
    "find",
    "has_districts",
    "province_layer",
]


class NoLayer(GeoError):
    """There are no polygons for this level and area; `level` and `area` say which."""

    def __init__(self, level: str, area: str) -> None:
        super().__init__(level, area)
        self.level = level
        self.area = area

    def text(self, lang: Lang) -> str:
        return t("geo.no_layer", lang, level=t(f"geo.level.{self.level}", lang), area=self.area)


@dataclass(frozen=True, slots=True)
class WebLayer:
    """One map file: its name in the address, its bytes plain and gzipped, its credit line.

    `codes` are the areas in it; `bounds` is west, south, east, north in degrees.
    """

    level: str
    area: str
    detail: str
    form: str
    url_name: str
    body: bytes
    gzip: bytes
    credit: str
    codes: tuple[str, ...]
    bounds: tuple[float, float, float, float]

    @property
    def topojson(self) -> bytes:
        """The bytes of the file, under the name that says what charts read."""
        return self.body


def province_layer(data_dir: Path, *, detail: str = NATIONAL) -> WebLayer:
    """All 77 provinces for one country map, or for looking closely at some of them."""
    return _layer(data_dir, "province", "TH", detail, "topojson")


def has_districts(data_dir: Path) -> bool:
    """Whether district polygons are installed; without them districts are drawn as points."""
    return manifest.folder_in_use(data_dir, "district") is not None


def district_layer(data_dir: Path, area: str = "TH") -> WebLayer:
    """The districts of the country (national detail), of a region or of a province (close up).

    Raises NoLayer until an official district layer is installed.
    """
    return _layer(data_dir, "district", area, _detail(area), "topojson")


def explorer_layer(data_dir: Path, level: str, area: str = "TH") -> WebLayer:
    """The same areas as GeoJSON in degrees, for outlines in the zoomable explorer."""
    detail = NATIONAL if level == "province" else _detail(area)
    return _layer(data_dir, level, area, detail, "geojson")


def all_layers(data_dir: Path) -> Iterator[WebLayer]:
    """Every file a page may ask for at the moment."""
    for level in manifest.LEVELS:
        folder = manifest.folder_in_use(data_dir, level)
        if folder is not None:
            for file in manifest.read(folder).files:
                if file.level == level:
                    yield _load(folder, file.name)


def find(data_dir: Path, url_name: str) -> WebLayer:
    """The file with this name in the address, or NoLayer. Only names from the lists are read.

    A page that was drawn just before another layer came into use still gets its file.
    """
    for folder in manifest.folders(data_dir):
        if url_name in {file.name for file in manifest.read(folder).files}:
            return _load(folder, url_name)
    raise NoLayer("file", url_name)


def _detail(area: str) -> str:
    return NATIONAL if area == "TH" else CLOSE_UP


def _layer(data_dir: Path, level: str, area: str, detail: str, form: str) -> WebLayer:
    folder = manifest.folder_in_use(data_dir, level)
    if folder is not None:
        wanted = (level, area, detail, form)
        for file in manifest.read(folder).files:
            if (file.level, file.area, file.detail, file.form) == wanted:
                return _load(folder, file.name)
    raise NoLayer(level, area)


@lru_cache(maxsize=128)
def _load(folder: Path, name: str) -> WebLayer:
    info = manifest.read(folder)
    file = next(file for file in info.files if file.name == name)
    return WebLayer(
        level=file.level,
        area=file.area,
        detail=file.detail,
        form=file.form,
        url_name=name,
        body=(folder / "web" / name).read_bytes(),
        gzip=(folder / "web" / f"{name}.gz").read_bytes(),
        credit=info.credit,
        codes=file.codes,
        bounds=file.bounds,
    )
