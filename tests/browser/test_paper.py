"""Pages on paper, and wide tables on a small desk screen: nothing is cut."""

import pytest

from config.i18n import t
from tests.browser.conftest import Visit
from tests.browser.support import WIDE, settled

GRID = '[data-testid="stDataFrame"]'


def test_a_printed_grid_has_its_rows_as_a_table(visit: Visit) -> None:
    visitor = visit(WIDE)
    page = visitor.open("balance")
    assert page.locator(GRID).first.is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    table = page.locator("table.ov-paper").first
    assert table.is_visible()
    # More rows than a screen of the grid, under the same headings.
    assert table.locator("tbody tr").count() > 20
    assert table.locator("th").first.inner_text() == t("page.balance.column.area", "th")
    assert not page.locator(GRID).first.is_visible()
    paper = page.evaluate("document.documentElement.scrollWidth")
    assert table.evaluate("e => e.getBoundingClientRect().right") <= paper

    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".ov-paper").count() == 0
    assert page.locator(GRID).first.is_visible()
    assert not visitor.complaints


@pytest.mark.parametrize(
    ("key", "table"), [("overview", "table.figures"), ("area", "table.ov-grouped")]
)
def test_no_column_of_a_wide_table_is_out_of_sight(visit: Visit, key: str, table: str) -> None:
    page = visit({"width": 1280, "height": 800}).open(key, "lang=en&province=50")
    complete = "t => document.querySelector(t)?.innerText.includes('…') === false"
    page.wait_for_function(complete, arg=table)
    settled(page)
    inside, room = page.locator(f".ov-scroll:has({table})").evaluate(
        "e => [e.scrollWidth, e.clientWidth]"
    )
    assert inside <= room


def test_every_filter_says_what_is_chosen_on_a_small_desk_screen(visit: Visit) -> None:
    page = visit({"width": 1280, "height": 800}).open("overview", "lang=en&base=76")
    cut = page.locator(".st-key-filters input").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.value)"
    )
    assert cut == []
