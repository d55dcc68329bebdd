"""Every page, each language by turns: it opens, says what it is, asks nobody else, hurts nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from config.i18n import LANGS, Lang, t
from tests.browser.support import NARROW, Server, returning, settled
from ui.render.pages import PAGES, PageSpec

REDRAWN_MS = 400  # charts follow the width of a window a moment later
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


@dataclass
class Seen:
    """One page in one language, as one visit found it."""

    page: PageSpec
    lang: Lang
    heading: str
    tab: str
    text: str
    failures: list[str]
    complaints: list[str]
    outside: list[str]
    violations: list[dict[str, Any]] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)


# Every page once, Thai and English by turns, and the first page in both: the frame round them is
# the same everywhere, and tests/pages reads the words of every page in both languages.
VISITS = [(page, LANGS[place % len(LANGS)]) for place, page in enumerate(PAGES)]
VISITS += [(PAGES[0], lang) for lang in LANGS[1:]]


@pytest.fixture(
    scope="session",
    params=VISITS,
    ids=lambda param: f"{param[0].key}-{param[1]}",
)
def seen(request: pytest.FixtureRequest, window: BrowserContext, server: Server) -> Iterator[Seen]:
    """Opens one page in one language as a new visitor, looks at everything, and leaves."""
    entry, lang = request.param
    guest = returning(window, server)
    # Colours are the same in both languages, so each language looks at those of one theme.
    guest.page.emulate_media(color_scheme="dark" if lang == "en" else "light")
    page = guest.open(entry.key, f"lang={lang}")
    violations = _violations(page)
    text, failures = page.inner_text("body"), _failures(page)
    page.set_viewport_size(NARROW)
    settled(page).wait_for_timeout(REDRAWN_MS)
    violations += _violations(page)
    cut = page.evaluate(CUT)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        cut.append("the page as a whole")
    yield Seen(
        page=entry,
        lang=lang,
        heading=page.locator("h1").first.inner_text().strip(),
        tab=page.title(),
        text=text,
        failures=failures + _failures(page),
        complaints=list(guest.complaints),
        outside=guest.outside(),
        violations=violations,
        cut=cut,
    )
    page.close()


def _violations(page: Page) -> list[dict[str, Any]]:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    violations: list[dict[str, Any]] = found.response["violations"]
    return violations


def _failures(page: Page) -> list[str]:
    return page.locator('[data-testid="stException"]').all_inner_texts()


def test_a_page_opens_under_its_title(seen: Seen) -> None:
    assert seen.heading == seen.page.title(seen.lang)
    assert seen.page.label(seen.lang) in seen.tab


def test_a_page_shows_no_error_and_the_browser_reports_none(seen: Seen) -> None:
    assert not seen.failures
    assert not seen.complaints


def test_a_page_marks_sample_data_as_synthetic(seen: Seen) -> None:
    assert t("note.synthetic", seen.lang) in seen.text


def test_a_page_says_the_day_its_data_stand_for(seen: Seen) -> None:
    day = {"th": "30 ก.ย. 2569", "en": "30 Sep 2026"}[seen.lang]
    # Spaces inside dates do not break; a reader does not see the difference.
    said = seen.text.replace("\N{NO-BREAK SPACE}", " ")
    assert t("note.as_of", seen.lang, date=day).replace("\N{NO-BREAK SPACE}", " ") in said


def test_a_page_asks_no_other_machine(seen: Seen) -> None:
    assert not seen.outside


def test_a_page_has_no_accessibility_violation_on_a_desk_or_a_telephone(seen: Seen) -> None:
    found = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: "
        + "; ".join(str(node["target"]) for node in violation["nodes"][:4])
        for violation in seen.violations
    ]
    assert not found, "\n" + "\n".join(found)


def test_nothing_on_a_page_is_cut_on_a_telephone(seen: Seen) -> None:
    assert not seen.cut
