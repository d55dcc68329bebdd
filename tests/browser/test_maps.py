"""Maps by mouse, by keyboard and by themselves: each way leads to the same choice."""

import base64
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page

from config.i18n import t
from config.theme import THEMES
from geo import registers
from geo.points import AreaPoint, district_points, web_mercator
from tests.browser.conftest import Visit
from tests.browser.support import WIDE, choose, settled
from tests.browser.test_address_bar import codes
from ui.maps import explorer as zoomable
from ui.sections.province_map import explorer_panel

# The ring round the chosen area is the only line of its width on a map.
RING = "svg.marks path[stroke-width='2.4']"
AREA = "svg.marks path[aria-label='{name}']"
CHIANG_MAI = registers.area_name("50", "th")


def rings(page: Page) -> int:
    """How many rings a map shows; the chosen area has one, on the map or in its inset."""
    page.wait_for_selector("svg.marks .mark-shape path[aria-label]")
    page.wait_for_timeout(500)
    return page.locator(RING).count()


def choose_by_keyboard(page: Page, param: str, label: str) -> Page:
    """Types into a filter and presses Enter, as somebody without a mouse does."""
    field = page.locator(f".st-key-filter_{param} input")
    field.focus()
    page.keyboard.type(label)
    page.get_by_role("option", name=label, exact=True).wait_for()
    page.keyboard.press("Enter")
    page.wait_for_function("param => location.search.includes(`${param}=`)", arg=param)
    return settled(page)


def menu(page: Page, block: str) -> Locator:
    """The opened menu of a chart or map, which stands beside it."""
    page.locator(f"[class*='st-key-menu_{block}'] button").first.click()
    opened = page.locator('[data-testid="stPopoverBody"]')
    opened.locator(".ov-menu").wait_for()
    settled(page)
    return opened


def test_a_province_chosen_by_keyboard_is_chosen_on_the_map(visit: Visit) -> None:
    page = visit().open("province_map", "areas=provinces")
    assert rings(page) == 0
    choose_by_keyboard(page, "province", CHIANG_MAI)
    assert codes(page)["province"] == "50"
    assert rings(page) == 1


def test_the_choice_survives_a_change_of_another_filter(visit: Visit) -> None:
    page = visit().open("province_map", "province=50&areas=provinces")
    choose(page, "group", t("code.target_group.elder", "th"))
    assert codes(page)["province"] == "50"
    assert rings(page) == 1


def test_a_click_leads_into_the_province_and_on_to_a_district(visit: Visit) -> None:
    guest = visit()
    page = guest.open("province_map")
    page.wait_for_selector(AREA.format(name=CHIANG_MAI))
    page.locator(AREA.format(name=CHIANG_MAI)).first.click()
    page.wait_for_function("() => location.search.includes('province=50')")
    settled(page)
    district = registers.area_name("5003", "th")
    point = page.locator(AREA.format(name=district)).first
    point.wait_for()
    point.click()
    page.wait_for_function("() => location.search.includes('district=5003')")
    settled(page)
    assert page.locator(".st-key-crumbs button").count() == 3
    assert not guest.outside()


def test_the_table_says_the_same_as_the_map(visit: Visit) -> None:
    page = visit().open("province_map", "areas=provinces")
    page.wait_for_selector("svg.marks .mark-shape path[aria-label]")
    drawn = page.evaluate(
        "() => new Set([...document.querySelectorAll('svg.marks path[aria-label]')]"
        ".map(path => path.getAttribute('aria-label'))).size"
    )
    assert drawn >= 77
    table = page.locator("[class*='st-key-block_provinces_'] [data-testid='stDataFrame'] table")
    assert not table.count()
    menu(page, "provinces_").get_by_role("button", name=t("tables.open", "th", rows=77)).click()
    table.wait_for(state="attached")
    assert table.get_attribute("aria-rowcount") == "78"  # a row for each province, and the head


def test_months_play_by_themselves_in_classes_that_stay(visit: Visit) -> None:
    page = visit().open("map_compare", "picture=time&indicator=follow_up_completion")
    page.wait_for_selector("svg.marks")
    words = "[...document.querySelectorAll('.role-legend-label text')].map(e => e.textContent"
    legend = f"() => {words}.split('(')[0])"
    slider = page.locator('[data-testid="stSlider"]')
    before, classes = slider.inner_text(), page.evaluate(legend)
    page.locator(".st-key-map_time_play label").click()
    page.wait_for_function(
        "before => document.querySelector('[data-testid=\"stSlider\"]').innerText !== before",
        arg=before,
    )
    page.wait_for_timeout(800)
    assert page.evaluate(legend) == classes
    assert not page.locator('[data-testid="stException"]').count()


WITHOUT_WEBGL = """const asked = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.includes("webgl") ? null : asked.call(this, kind, ...more);
};"""


def test_a_device_without_webgl_is_told_and_keeps_the_map(visit: Visit) -> None:
    guest = visit()
    guest.page.add_init_script(WITHOUT_WEBGL)
    page = guest.open("province_map", "part=explorer")
    sentence = page.locator(".ov-no-webgl")
    sentence.wait_for(state="visible")
    assert sentence.inner_text() == t("page.province_map.no_webgl", "th")
    assert not page.locator(".st-key-explorer_picture").is_visible()
    page.get_by_role("tab", name=t("page.province_map.part_map", "th"), exact=True).click()
    page.locator(AREA.format(name=CHIANG_MAI)).first.wait_for(state="visible")


def test_a_device_with_webgl_sees_the_explorer_and_no_such_words(visit: Visit) -> None:
    page = visit().open("province_map", "part=explorer")
    page.locator(".st-key-explorer_picture canvas").first.wait_for(state="visible")
    page.wait_for_function("() => document.documentElement.dataset.webgl === 'yes'")
    assert not page.locator(".ov-no-webgl").is_visible()


# Height of a picture, and the darkest grey in the bands of its title and its source.
DARKEST = """async address => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const darkest = top => context.getImageData(0, top, image.width, 80).data
        .reduce((least, shade, i) => i % 4 === 3 ? least : Math.min(least, shade), 255);
    return [image.height, darkest(10), darkest(image.height - 100)];
}"""


def test_a_map_is_saved_as_a_picture_with_its_words(visit: Visit, tmp_path: Path) -> None:
    page = visit().open("province_map")
    page.wait_for_selector(AREA.format(name=CHIANG_MAI))
    box = page.locator(".st-key-map_picture svg.marks").bounding_box()
    words = menu(page, "provinces_")
    with page.expect_download() as saved:
        words.locator('.ov-save-picture[data-kind="png"]').click()
    assert saved.value.suggested_filename.endswith(".png")
    saved.value.save_as(tmp_path / "map.png")
    picture = base64.b64encode((tmp_path / "map.png").read_bytes()).decode()
    height, above, below = page.evaluate(DARKEST, f"data:image/png;base64,{picture}")
    assert box is not None
    assert height > 2 * box["height"]
    # Title above and source below are written, not only the map between them.
    assert max(above, below) < 100


FIRST_PIXEL = """async picture => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const context = document.createElement('canvas').getContext('2d');
    context.drawImage(image, 0, 0);
    const shade = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    return '#' + shade.map(part => part.toString(16).padStart(2, '0')).join('').toUpperCase();
}"""


def on_screen(point: AreaPoint, bounds: Sequence[float], box: FloatRect) -> tuple[float, float]:
    """Where a place stands on the explorer before anybody moved it, in pixels of the page."""
    west, south, east, north = bounds
    zoom = zoomable._view(bounds, explorer_panel.HEIGHT).zoom
    pixels = 512 * 2**zoom / web_mercator(360, 0)[0]
    x, y = web_mercator((west + east) / 2, (south + north) / 2)
    return (
        box["x"] + box["width"] / 2 + (point.x - x) * pixels,
        box["y"] + box["height"] / 2 - (point.y - y) * pixels,
    )


def test_the_explorer_paints_a_district_in_its_class_and_tells_its_value(visit: Visit) -> None:
    page = visit().open("province_map", "part=explorer&province=50&indicator=follow_up_completion")
    canvas = page.locator(".st-key-explorer_picture canvas").first
    canvas.wait_for(state="visible")
    page.wait_for_timeout(1500)  # the view flies to its area
    box = canvas.bounding_box()
    assert box is not None
    inside = [point for point in district_points() if point.code.startswith("50")]
    painted = set()
    for point in inside:
        at = on_screen(point, explorer_panel._bounds(inside), box)
        page.mouse.move(*at)
        card = page.locator("#deckgl-tooltip, .deck-tooltip").first
        page.wait_for_timeout(150)
        told = card.inner_text() if card.is_visible() else ""
        if registers.area_name(point.code, "th") in told and "/" in told:
            page.mouse.move(0, 0)  # the card lies on the district
            page.wait_for_timeout(150)
            shot = page.screenshot(clip={"x": at[0], "y": at[1], "width": 1, "height": 1})
            painted.add(page.evaluate(FIRST_PIXEL, base64.b64encode(shot).decode()))
    assert painted, "some district shows its value with numerator and denominator"
    # Where a neighbour touches it a middle may have the colour of an edge.
    assert painted & set(THEMES["light"].sequential)


def test_a_projector_has_a_larger_map(visit: Visit) -> None:
    heights = []
    for size in (WIDE, {"width": 1920, "height": 1080}):
        page = visit(size).open("province_map")
        page.wait_for_selector(AREA.format(name=CHIANG_MAI))
        box = page.locator(".st-key-map_picture svg.marks").bounding_box()
        assert box is not None
        heights.append(box["height"])
    assert heights[1] > 1.25 * heights[0]


def test_a_printed_page_has_the_map_and_no_menu_or_buttons(visit: Visit) -> None:
    page = visit().open("province_map")
    page.wait_for_selector(AREA.format(name=CHIANG_MAI))
    gone = ['[data-testid="stPopover"]', '[data-testid="stSidebar"]', '[role="tablist"]']
    assert all(page.locator(one).first.is_visible() for one in gone)
    page.emulate_media(media="print")
    assert not any(page.locator(one).first.is_visible() for one in gone)
    assert page.locator(".st-key-map_picture svg.marks").is_visible()
    assert page.locator(".ov-foot").first.is_visible()
