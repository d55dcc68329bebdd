"""Each page in each language: it opens under its title, says its day, and fails nowhere."""

import pytest

from config.i18n import LANGS, Lang, t
from tests.pages.conftest import Open, words
from ui.menu import PAGES, PageSpec

AREAS = ({"region": "north"}, {"province": "50"}, {"district": "5001"})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_a_page_opens_in_both_languages(open_page: Open, entry: PageSpec, lang: Lang) -> None:
    app = open_page(entry.key, lang=lang)
    assert not app.exception
    assert not app.error
    assert [title.value for title in app.title] == [entry.title(lang)]
    said = words(app)
    assert t("note.synthetic", lang) in said
    assert t("note.as_of", lang, date={"th": "30 ก.ย. 2569", "en": "30 Sep 2026"}[lang]) in said


@pytest.mark.parametrize("codes", AREAS, ids=lambda codes: "-".join(codes.values()))
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_a_page_opens_for_every_level_of_area(
    open_page: Open, entry: PageSpec, codes: dict[str, str]
) -> None:
    app = open_page(entry.key, **codes)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_an_english_page_holds_no_thai_but_names(open_page: Open, entry: PageSpec) -> None:
    app = open_page(entry.key, lang="en")
    labels = [box.label for box in app.selectbox] + [button.label for button in app.button]
    assert not [label for label in labels if any("ก" <= letter <= "๛" for letter in label)]


@pytest.mark.parametrize("key", ["overview", "caseload", "province_map"])
def test_a_second_look_at_a_page_is_the_same_page(open_page: Open, key: str) -> None:
    app = open_page(key)
    before = words(app)
    app.run()
    assert words(app) == before
