"""Filters live in the address bar as codes, and go with the visitor from page to page."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from config.i18n import Lang, t
from tests.browser.conftest import Visit
from tests.browser.support import choose, settled, speak
from ui.render.pages import spec


def codes(page: Page) -> dict[str, str]:
    """The parameters in the address bar."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def go(page: Page, key: str, lang: Lang = "th") -> Page:
    """Opens another page from the menu."""
    entry = spec(key)
    title = entry.title(lang)
    page.locator(".st-key-menu").get_by_role("link", name=entry.label(lang)).click()
    page.wait_for_function(
        "title => document.querySelector('h1')?.innerText.trim() === title", arg=title
    )
    return settled(page)


def test_a_chosen_region_is_a_code_in_the_address_bar(visit: Visit) -> None:
    page = visit().open("overview")
    choose(page, "region", t("region_short.north", "th"))
    assert codes(page)["region"] == "north"


def test_a_link_with_codes_opens_the_same_view(visit: Visit) -> None:
    page = visit().open("caseload", "fy=2569&q=3&region=north&province=50&group=elder")
    text = page.inner_text("body")
    assert "เชียงใหม่" in text
    assert codes(page) == {
        "fy": "2569", "q": "3", "region": "north", "province": "50", "group": "elder",
    }  # fmt: skip


def test_filters_stay_when_another_page_is_opened_from_the_menu(visit: Visit) -> None:
    page = visit().open("overview", "fy=2569&region=north&province=50")
    go(page, "caseload")
    assert codes(page)["province"] == "50"
    assert "เชียงใหม่" in page.inner_text("body")
    go(page, "training")
    assert codes(page)["province"] == "50"


def test_one_click_clears_every_filter(visit: Visit) -> None:
    page = visit().open("caseload", "fy=2568&region=south&group=child")
    page.locator(".st-key-filter_clear button").click()
    page.wait_for_function("() => !location.search.includes('region')")
    settled(page)
    assert not codes(page).keys() & {"fy", "region", "group"}


def test_a_district_can_be_chosen_without_its_province(visit: Visit) -> None:
    page = visit().open("caseload", "district=5001")
    assert codes(page)["province"] == "50"
    assert codes(page)["region"] == "north"


def test_the_language_switch_keeps_filters_and_translates_the_page(visit: Visit) -> None:
    page = visit().open("caseload", "fy=2569&province=50")
    speak(page, "en")
    assert page.locator("h1").first.inner_text().strip() == spec("caseload").title("en")
    assert codes(page)["province"] == "50"
    assert codes(page)["lang"] == "en"
    go(page, "training", "en")
    assert page.locator("h1").first.inner_text().strip() == spec("training").title("en")
    speak(page, "th")
    assert page.locator("h1").first.inner_text().strip() == spec("training").title("th")
    assert codes(page)["province"] == "50"


def test_an_unknown_code_is_said_and_not_obeyed(visit: Visit) -> None:
    page = visit().open("caseload", "province=99")
    assert page.locator('[data-testid="stAlert"]').count() >= 1
    assert "99" in page.locator('[data-testid="stAlert"]').first.inner_text()
    assert page.locator('[data-testid="stException"]').count() == 0


def test_the_back_button_returns_to_the_earlier_page(visit: Visit) -> None:
    page = visit().open("overview", "fy=2569&province=50")
    go(page, "caseload")
    # The filters are written into the new address a moment after the page is there.
    page.wait_for_function("() => location.search.includes('province=50')")
    page.go_back()
    title = spec("overview").title("th")
    page.wait_for_function(
        "title => document.querySelector('h1')?.innerText.trim() === title", arg=title
    )
    settled(page)
    assert codes(page)["province"] == "50"
