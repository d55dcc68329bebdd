"""Credit lines of the data that comes with the application, in the reader's language."""

from config.i18n import Lang, t

NATURAL_EARTH = "Boundaries: Natural Earth (public domain), simplified"
GEONAMES = "District points: GeoNames (CC BY 4.0)"
FILE = "Boundaries: {file}"  # what stands for a layer whose owner was not named
_KINDS = (".gpkg", ".zip", ".shp", ".geojson", ".json", ".parquet", ".fgb")
_OURS = {NATURAL_EARTH: "geo.credit.natural_earth", GEONAMES: "geo.credit.geonames"}


def in_words(credit: str, lang: Lang) -> str:
    """Give a credit line in a language; an owner's own words, of an installed layer, stay as is."""
    if credit in _OURS:
        return t(_OURS[credit], lang)
    before = FILE.format(file="")
    name = credit.removeprefix(before)
    # An owner's words may begin alike, but do not end like a file.
    is_file = credit.startswith(before) and name.lower().endswith(_KINDS)
    return t("geo.credit.file", lang, file=name) if is_file else credit


def of_file(name: str) -> str:
    """Give the credit line of a layer that was installed without one."""
    return FILE.format(file=name)
