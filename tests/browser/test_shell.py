"""What stands around every page: filters in reach, search, language, "not found", memory."""

import pytest
from playwright.sync_api import Page

from config.i18n import LANGS, Lang, raw, t
from tests.benchmarks.page_speed import MOST_SHIFT
from tests.benchmarks.watching import SHIFTS
from tests.browser.conftest import Visit
from tests.browser.support import NARROW, settled, speak

TOP = "selector => document.querySelector(selector).getBoundingClientRect().top"


def scrolled(page: Page, pixels: int) -> Page:
    """The page scrolled down by so many pixels."""
    page.evaluate("y => document.querySelector('[data-testid=\"stMain\"]').scrollTo(0, y)", pixels)
    page.wait_for_function("() => document.documentElement.hasAttribute('data-scrolled')")
    return page


def test_filters_stay_in_reach_while_the_page_scrolls(visit: Visit) -> None:
    page = scrolled(visit().open("caseload"), 600)
    assert 0 <= page.evaluate(TOP, ".st-key-filter_bar") < 5
    page.locator(".st-key-filter_region input").click()
    page.get_by_role("option").nth(1).wait_for()


def test_filters_are_one_line_on_a_desk(visit: Visit) -> None:
    box = visit({"width": 1366, "height": 768}).open("caseload").locator(".st-key-filter_bar")
    place = box.bounding_box()
    assert place is not None
    assert place["height"] < 60


@pytest.mark.parametrize("size", [{"width": 1366, "height": 768}, NARROW])
def test_the_first_figure_is_seen_without_scrolling(visit: Visit, size: dict[str, int]) -> None:
    value = visit(size).open("caseload").locator(".ov-card .value").first.bounding_box()
    assert value is not None
    assert value["y"] + value["height"] < size["height"]


def test_one_button_opens_the_filters_on_a_telephone(visit: Visit) -> None:
    page = visit(NARROW).open("caseload")
    opens, filters = page.locator(".ov-filters"), page.locator(".st-key-filters")
    assert not filters.is_visible()
    opens.focus()
    page.keyboard.press("Enter")
    filters.wait_for(state="visible")
    assert opens.get_attribute("aria-expanded") == "true"
    opens.click()
    filters.wait_for(state="hidden")


def test_the_language_of_the_page_follows_the_reader(visit: Visit) -> None:
    page = visit().open("caseload")
    assert page.locator("html").get_attribute("lang") == "th"
    speak(page, "en")
    assert page.locator("html").get_attribute("lang") == "en"
    page.wait_for_function(
        "text => document.querySelector('.ov-skip').textContent === text",
        arg=t("shell.browser.skip", "en"),
    )


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_stop_of_the_keyboard_leads_to_the_content(visit: Visit, lang: Lang) -> None:
    page = visit().open("caseload", f"lang={lang}")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == t("shell.browser.skip", lang)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.testid") == "stMain"


def test_streamlit_s_own_buttons_speak_the_reader_s_language(visit: Visit) -> None:
    page = visit().open("caseload")
    page.wait_for_function(
        "text => document.querySelector('[data-testid=\"stSidebar\"]').ariaLabel === text",
        arg=t("shell.streamlit.sidebar", "th"),
    )
    labels = page.locator("button[aria-label]").evaluate_all("all => all.map(b => b.ariaLabel)")
    assert not {"Open", "Collapse sidebar", "Clear value"} & set(labels)
    assert not page.locator('[data-testid="stMainMenu"]').is_visible()


@pytest.mark.parametrize("lang", LANGS)
def test_an_unknown_page_is_said_in_the_reader_s_language(visit: Visit, lang: Lang) -> None:
    guest = visit()
    answer = guest.page.goto(f"{guest.server.url}nowhere?lang={lang}")
    assert answer is not None
    assert answer.status == 404
    assert guest.page.locator("h1").inner_text() == t("not_found.title", lang)
    assert guest.page.locator("html").get_attribute("lang") == lang
    guest.page.get_by_role("link", name=t("not_found.home", lang)).click()
    settled(guest.page)


def test_a_province_is_searched_by_keyboard_and_is_a_deep_link(visit: Visit) -> None:
    page = visit().open("caseload", "group=elder")
    box = page.get_by_role("combobox", name=t("shell.search", "th"))
    box.fill("เชียงให")
    page.locator("#ov-results li").first.wait_for()
    assert "เชียงใหม่" in page.locator("#ov-results li").first.inner_text()
    box.press("Enter")
    page.wait_for_function("() => location.search.includes('province=50')")
    settled(page)
    assert "/caseload" in page.url
    assert "group=elder" in page.url
    # The address is the new one before the run that it asks for has begun.
    page.locator(".st-key-crumbs").get_by_text("จังหวัดเชียงใหม่").first.wait_for()


def test_a_search_in_the_other_language_and_for_an_indicator(visit: Visit) -> None:
    page = visit().open("caseload")
    box = page.get_by_role("combobox", name=t("shell.search", "th"))
    box.fill("families per case")
    page.locator("#ov-results li").first.wait_for()
    box.press("Enter")
    page.wait_for_function("() => location.search.includes('indicator=families_per_case_manager')")
    assert settled(page).url.split("?")[0].endswith("/indicators")


def test_a_search_without_a_result_says_so(visit: Visit) -> None:
    page = visit().open("caseload")
    page.get_by_role("combobox", name=t("shell.search", "th")).fill("ฟฟฟฟ")
    page.get_by_text(t("shell.browser.search_none", "th")).wait_for()


def test_my_province_is_remembered_in_the_browser_and_offered(visit: Visit) -> None:
    page = visit().open("caseload", "province=50")
    page.locator(".ov-options summary").click()
    page.get_by_role("button", name=t("shell.browser.mine_keep", "th")).click()
    # The name comes from the index of places, which is fetched: who leaves sooner keeps nothing.
    page.wait_for_function("() => localStorage.getItem('oversight.province') !== null")
    page.goto(page.url.split("?")[0])
    settled(page)
    chip = page.locator(".ov-mine")
    chip.wait_for(state="visible")
    assert chip.inner_text() == t("shell.browser.mine", "th", name="เชียงใหม่")
    chip.click()
    page.wait_for_function("() => location.search.includes('province=50')")


def test_thai_digits_are_the_visitor_s_choice(visit: Visit) -> None:
    page = visit().open("caseload", "digits=thai")
    value = page.locator(".ov-card .value").first
    assert not set("0123456789") & set(value.inner_text())
    assert set("๐๑๒๓๔๕๖๗๘๙") & set(value.inner_text())
    page.locator(".ov-options summary").click()
    with page.expect_navigation():
        page.locator('.ov-options [data-digits="arabic"]').click()
    settled(page)
    assert set("0123456789") & set(page.locator(".ov-card .value").first.inner_text())


def test_the_guide_has_four_steps_and_is_closed_for_good(visit: Visit) -> None:
    page = visit().open("caseload")
    page.locator(".ov-options summary").click()
    page.get_by_role("button", name=t("shell.guide", "th")).click()
    guide = page.locator(".ov-guide")
    for step in (1, 2, 3, 4):
        assert raw(f"shell.browser.guide_{step}", "th") in guide.inner_text()
        if step < 4:
            guide.get_by_role("button", name=t("shell.browser.guide_next", "th")).click()
    guide.get_by_role("button", name=t("shell.browser.guide_close", "th")).click()
    assert page.evaluate("localStorage.getItem('oversight.guide')") == "read"
    page.reload()
    assert settled(page).locator(".ov-guide").count() == 0


@pytest.mark.parametrize("key", ["overview", "caseload", "province_map"])
def test_nothing_jumps_while_a_page_opens(visit: Visit, key: str) -> None:
    guest = visit({"width": 1366, "height": 768}, fresh=True)
    # With an empty browser and a full one: parts come in another order, and otherwise.
    for _ in range(2):
        page = guest.open(key)
        assert page.evaluate(SHIFTS) <= MOST_SHIFT
        page.goto("about:blank")


def test_areas_of_a_picture_are_reached_by_keyboard(visit: Visit) -> None:
    page = visit().open("caseload", "region=north")
    page.locator(".ov-areas summary").first.focus()
    page.keyboard.press("Enter")
    links = page.locator(".ov-areas a")
    links.first.wait_for()
    assert links.all_inner_texts()[0] == "กำแพงเพชร"
    links.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('province=62')")


def test_an_indicator_s_definition_is_at_hand_by_keyboard(visit: Visit) -> None:
    page = visit().open("caseload")
    term = page.locator(".ov-card .ov-definition summary").first
    term.focus()
    page.keyboard.press("Enter")
    page.get_by_text(t("indicator.families_per_case_manager.short", "th")).first.wait_for()
