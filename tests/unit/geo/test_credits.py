"""Credit lines: ours in the reader's language, an owner's own words as they are."""

import pytest

from config.i18n import LANGS, t
from geo import credits


@pytest.mark.parametrize("lang", LANGS)
def test_what_comes_with_the_application_is_said_in_each_language(lang: str) -> None:
    assert credits.in_words(credits.NATURAL_EARTH, lang) == t("geo.credit.natural_earth", lang)
    assert credits.in_words(credits.GEONAMES, lang) == t("geo.credit.geonames", lang)


def test_a_layer_without_an_owner_is_credited_to_its_file() -> None:
    kept = credits.of_file("my districts.gpkg")
    assert credits.in_words(kept, "th") == t("geo.credit.file", "th", file="my districts.gpkg")
    assert credits.in_words(kept, "en").endswith("my districts.gpkg")


def test_an_owners_own_words_stay_as_they_are() -> None:
    for words in ("Boundaries: a surveyor, free to use", "กรมการปกครอง 2568"):
        assert credits.in_words(words, "th") == words
