"""No address runs a page without Home.py, whatever is asked first."""

from pathlib import Path

from config.i18n import t
from tests.browser.conftest import Visit
from tests.browser.support import running
from tests.house.source import ROOT, name, pages
from ui.render.pages import PAGES, spec

FILES = [name(page) for page in pages() if page.parent != ROOT]
# How the older router of Streamlit would call the files of pages/: each way for a page of its own.
OLD_ADDRESSES = (
    FILES[0].removesuffix(".py"),
    FILES[1].removeprefix("pages/").removesuffix(".py"),
    f"pages/{Path(FILES[2]).name}",
    f"{FILES[-1]}",
)


def test_a_deep_link_as_the_first_request_after_a_restart_passes_through_home(
    visit: Visit, small_data_dir: Path
) -> None:
    with running(small_data_dir) as fresh:
        page = visit(on=fresh).open("follow_up", "fy=2569&province=50")
        assert page.locator("h1").first.inner_text().strip() == spec("follow_up").title("th")
        menu = page.locator(".st-key-menu a").all_inner_texts()
        assert [text.strip() for text in menu] == [entry.label("th") for entry in PAGES]
        assert t("note.synthetic", "th") in page.inner_text("body")


def test_without_a_snapshot_every_address_says_what_to_do(visit: Visit, tmp_path: Path) -> None:
    # Home.py stops before any page: had a page run alone, it would have failed instead.
    with running(tmp_path, prepare=False) as empty:
        guest = visit(on=empty)
        for path in ("caseload?province=50", "training", ""):
            guest.page.goto(empty.url + path)
            guest.page.wait_for_selector('[data-testid="stAlert"]')
            assert guest.page.locator('[data-testid="stException"]').count() == 0
            assert "make run" in guest.page.inner_text("body")


def test_the_file_names_of_pages_are_no_addresses(visit: Visit) -> None:
    guest = visit()
    others = {entry.title("th") for entry in PAGES[1:]}
    for address in OLD_ADDRESSES:
        guest.page.goto(guest.server.url + address)
        guest.page.wait_for_load_state("networkidle")
        shown = {text.strip() for text in guest.page.locator("h1").all_inner_texts()}
        assert not shown & others, address
        assert guest.page.locator('[data-testid="stException"]').count() == 0, address
