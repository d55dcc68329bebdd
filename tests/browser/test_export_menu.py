"""The export menu in a browser: a file that takes a while says so, can be let go, and is saved."""

import io
from pathlib import Path

from pypdf import PdfReader

from config.i18n import t
from tests.browser.conftest import Visit

MINUTE = 60_000


def test_a_paper_is_made_beside_the_page_cancelled_and_saved(visit: Visit) -> None:
    guest = visit()
    page = guest.page
    page.goto(f"{guest.server.url}follow_up?province=50&lang=th")
    page.locator(".st-key-export_menu button").click(timeout=MINUTE)
    # A page of many parts is still being made when its button is pressed.
    page.locator(".st-key-export_pdf button").click(timeout=MINUTE)
    page.locator(".st-key-export_cancel button").click(timeout=MINUTE)
    cancelled = t("export.job.cancelled", "th", name="").strip()[:10]
    page.get_by_text(cancelled).first.wait_for(timeout=MINUTE)
    page.locator(".st-key-export_weekly button").click()
    ready = page.locator(".st-key-export_ready button")
    ready.wait_for(timeout=MINUTE)
    with page.expect_download() as download:
        ready.click()
    assert download.value.suggested_filename.endswith("2569-09-30.pdf")
    content = Path(download.value.path()).read_bytes()
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
