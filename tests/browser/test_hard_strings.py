"""Hard Thai strings in a file of HTML, as Chromium draws them."""

from pathlib import Path

from playwright.sync_api import Browser

from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.exports.test_papers import info as small_world
from tests.support.commands import TODAY
from tests.support.hard_strings import LARGEST_DIFFERENCE, STRINGS, differences
from ui.blocks import Page, Text
from ui.render import html
from ui.state.filter_state import everything
from ui.state.page_context import View

info = small_world
LARGE = "p.strings { font-size: 28px !important; line-height: 2.4 !important; color: #000 } "


def test_a_file_of_html(
    browser: Browser, info: SnapshotInfo, tmp_path: Path, update_golden: bool
) -> None:
    view = View(everything(info.as_of), "th", "light", Scope(nation=True), info, today=TODAY)
    blocks = tuple(Text(text) for text in STRINGS)
    file = tmp_path / "strings.html"
    file.write_bytes(html.render(Page(key="caseload", title="x", lead="", blocks=blocks), view))
    page = browser.new_page(viewport={"width": 900, "height": 900})
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready")
    # Only the strings, large and black on white, in the fonts that the file carries.
    page.evaluate(
        """strings => {
            const sheet = document.createElement('section');
            sheet.id = 'strings';
            for (const text of strings) {
                const line = document.createElement('p');
                line.className = 'strings';
                line.textContent = text;
                sheet.append(line);
            }
            document.body.replaceChildren(sheet);
        }""",
        list(STRINGS),
    )
    page.add_style_tag(content=LARGE + "body, #strings { background: #fff !important }")
    page.evaluate("document.fonts.ready")
    drawn = page.locator("#strings").screenshot()
    page.close()
    assert max(differences(drawn, "html", update=update_golden)) < LARGEST_DIFFERENCE
