"""On a telephone, 390 points wide: nothing is cut off and the menu does not cover the page."""

import pytest

from config.i18n import LANGS, Lang
from tests.browser.conftest import Visit
from tests.browser.support import NARROW
from ui.menu import PAGES, PageSpec

# What reaches past the right edge and is not inside something that scrolls sideways by itself.
CUT = """() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter(element => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || box.right <= innerWidth + 1) return false;
    for (let up = element; up; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (['auto', 'scroll'].includes(style.overflowX)) return false;
        if (style.position === 'fixed' || style.visibility === 'hidden') return false;
        if (style.clipPath !== 'none') return false;
    }
    return true;
}).slice(0, 5).map(e => `${e.tagName}.${e.className} ${e.innerText?.slice(0, 40) ?? ''}`)"""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_nothing_is_cut_on_a_narrow_screen(visit: Visit, entry: PageSpec, lang: Lang) -> None:
    page = visit(NARROW).open(entry.key, f"lang={lang}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not page.evaluate(CUT)


def test_the_menu_starts_closed_on_a_narrow_screen(visit: Visit) -> None:
    page = visit(NARROW).open(PAGES[0].key)
    sidebar = page.locator('[data-testid="stSidebar"]').bounding_box()
    assert sidebar is None or sidebar["x"] + sidebar["width"] <= 0
