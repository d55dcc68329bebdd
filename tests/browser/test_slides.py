"""Slides in a browser: run from the keyboard alone, large enough for the back row, nothing cut."""

from typing import Any

from playwright.sync_api import Page

from config.i18n import t
from tests.browser.conftest import Visit
from ui.seminar import deck

WALL = {"width": 1920, "height": 1080}
READY = "() => document.body?.dataset.prepared === 'yes'"
FEWEST_PIXELS = 28
# What of each slide is smaller than it should be, or stands outside its place.
WRONG = """fewest => [...document.querySelectorAll('.slide')].flatMap((slide, n) => {
  const edge = slide.getBoundingClientRect(), foot = slide.querySelector('footer');
  const floor = foot ? foot.getBoundingClientRect().top + 2 : edge.bottom;
  const said = (why, e) => `${n + 1}: ${why} ${e.textContent.trim().slice(0, 40)}`;
  return [...slide.querySelectorAll('*')].filter(e => !e.closest('[hidden]')).flatMap(e => {
    const box = e.getBoundingClientRect();
    const inside = e.closest('.body') ? floor : edge.bottom + 1;
    const found = [];
    if (box.width && (box.right > edge.right + 1 || box.bottom > inside || box.top < edge.top - 1))
      found.push(said('outside', e));
    if (e.matches('.card, td, th') && e.scrollWidth > e.clientWidth + 2) found.push(said('cut', e));
    if ([...e.childNodes].some(part => part.nodeType === 3 && part.textContent.trim())) {
      const drawn = e.closest('svg') && e.getScreenCTM();
      const times = drawn ? Math.hypot(drawn.a, drawn.b) : 1;
      const size = parseFloat(getComputedStyle(e).fontSize) * times;
      if (size < fewest - .05) found.push(said(size.toFixed(1), e));
    }
    return found;
  });
})"""


def opened(visit: Visit, name: str, query: str = "") -> Page:
    """The slides of a deck, once they are made."""
    guest = visit(WALL)
    guest.page.goto(f"{guest.server.url}slides/{name}?{query}")
    guest.page.wait_for_function(READY)
    # On a busy machine the letters come later than the slides, and others are wider.
    guest.page.evaluate("() => Promise.all([...document.fonts].map(one => one.load()))")
    return guest.page


def place(page: Page) -> tuple[str, Any]:
    """The number in the address, and the titles of the slides that are seen."""
    seen = "() => [...document.querySelectorAll('.slide.now')].map(one => one.dataset.title)"
    return page.evaluate("() => location.hash"), page.evaluate(seen)


def test_a_deck_is_run_from_the_keyboard_alone(visit: Visit) -> None:
    page = opened(visit, "lessons_learned")
    assert page.evaluate(WRONG, FEWEST_PIXELS) == []
    title = deck.ready()["lessons_learned"].title["th"]
    assert place(page) == ("#1", [title])
    for number, key in enumerate(("ArrowRight", "PageDown", "Space", "ArrowDown"), start=2):
        page.keyboard.press(key)
        assert place(page)[0] == f"#{number}"
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowLeft")
    third = place(page)
    assert third[0] == "#3"
    page.reload()
    page.wait_for_function(READY)
    assert place(page) == third
    page.keyboard.press("KeyB")
    assert page.locator(".blank").is_visible()
    page.keyboard.press("ArrowRight")
    assert place(page) == third, "a key brings the slide back before it turns"
    assert not page.locator(".blank").is_visible()
    page.keyboard.press("KeyL")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert place(page)[0] == "#4"
    page.keyboard.press("KeyT")
    assert page.locator(".timer").is_visible()
    page.keyboard.press("End")
    last = page.locator(".slide").count()
    assert place(page)[0] == f"#{last}"
    page.keyboard.press("Home")
    assert place(page)[0] == "#1"
    with page.expect_popup() as popup:
        page.keyboard.press("KeyN")
    desk = popup.value
    desk.wait_for_function(READY)
    desk.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.hash === '#2'")
    assert deck.ready()["lessons_learned"].slides[0].notes["th"] in desk.inner_text(".desk .said")
    desk.close()
    page.keyboard.press("Escape")
    page.wait_for_url("**/present?*")
    page.get_by_role("link", name=t("deck.begin", "th")).wait_for()
