"""Credit lines of the data that comes with the application, in the reader's language."""

from config.i18n import Lang, t

NATURAL_EARTH = "Boundaries: Natural Earth (public domain), simplified"
GEONAMES = "District points: GeoNames (CC BY 4.0)"
_OURS = {NATURAL_EARTH: "geo.credit.natural_earth", GEONAMES: "geo.credit.geonames"}


def in_words(credit: str, lang: Lang) -> str:
    """Give a credit line in a language; an owner's own words, of an installed layer, stay as is."""
    return t(_OURS[credit], lang) if credit in _OURS else credit
