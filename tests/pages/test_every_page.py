"""Each page in each language: it opens under its title, says its day, and fails nowhere."""

import pytest

from config.i18n import LANGS, Lang, t
from tests.pages.conftest import Open, words
from ui.render.pages import PAGES, PageSpec

# A province is opened by the tests of what is shown where there is nothing.
AREAS = ({"region": "north"}, {"district": "5001", "group": "elder", "q": "2"})


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
    labels = [box.label for box in app.selectbox] + [button.label for button in app.button]
    thai = [label for label in labels if any("ก" <= letter <= "๛" for letter in label)]
    assert lang == "th" or not thai
    lists = [button for button in app.button if str(button.key).startswith("list_")]
    assert len(lists) == said.count('class="ov-card"'), "each number has the list behind it"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        pytest.param(p, AREAS[n % 2], id=f"{p.key}-{[*AREAS[n % 2]][0]}")
        for n, p in enumerate(PAGES)
    ],
)
def test_a_page_opens_for_every_level_of_area(
    open_page: Open, entry: PageSpec, codes: dict[str, str]
) -> None:
    app = open_page(entry.key, **codes)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("key", ["overview", "caseload", "province_map"])
def test_a_second_look_at_a_page_is_the_same_page(open_page: Open, key: str) -> None:
    app = open_page(key)
    before = words(app)
    app.run()
    assert words(app) == before
