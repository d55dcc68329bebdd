"""On a telephone, 390 points wide: the menu does not cover the page, and opens and closes."""

from tests.browser.conftest import Visit
from tests.browser.support import NARROW, settled
from ui.render.pages import PAGES, spec


def test_the_menu_starts_closed_on_a_narrow_screen(visit: Visit) -> None:
    page = visit(NARROW).open(PAGES[0].key)
    sidebar = page.locator('[data-testid="stSidebar"]').bounding_box()
    assert sidebar is None or sidebar["x"] + sidebar["width"] <= 0


def test_the_menu_opens_on_a_narrow_screen_and_leads_to_a_page(visit: Visit) -> None:
    page = visit(NARROW).open(PAGES[0].key)
    page.locator('[data-testid="stExpandSidebarButton"]').click()
    page.locator(".st-key-menu").get_by_role("link", name=spec("caseload").label("th")).click()
    page.wait_for_function(
        "title => document.querySelector('h1')?.innerText.trim() === title",
        arg=spec("caseload").title("th"),
    )
    # The menu has made way for the page that was chosen.
    settled(page).locator('[data-testid="stExpandSidebarButton"]').wait_for()
