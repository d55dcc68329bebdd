"""A Monday morning of a coordinator: the desk, a card, a list made shorter, a file, a sheet."""

import csv
import io
import re

import pytest
from pypdf import PdfReader

from config.i18n import t
from tests.browser.conftest import Visit
from tests.browser.support import NARROW, WIDE, settled
from tests.support.reading import as_read

pytestmark = pytest.mark.browser
CARDS = '[class*="st-key-card_tally_"], [class*="st-key-card_open_"]'


def test_a_coordinator_begins_the_week_at_the_desk(visit: Visit) -> None:
    visitor = visit(WIDE)
    page = visitor.open("desk", "region=north")
    assert page.locator("h1").inner_text() == t("page.desk.title", "th")
    assert page.locator(CARDS).count() == 10

    # Read a card, and open its list by keyboard.
    card = page.locator('[class*="st-key-card_tally_due_30"]')
    count = int(card.locator(".value").inner_text())
    assert count > 5
    card.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('[class*="st-key-card_open_due_30"]')
    settled(page)
    assert "list=due_30" in page.url

    # The list is as long as the card says: in the file it is seen whole.
    rows = _saved(page, "desk_due_30_csv")
    assert len(rows) == count

    # Make it shorter: one post, whose rows are those that the choice counted.
    post = rows[0][t("page.follow_up.column.worker_id", "th")]
    mine = sum(row[t("page.follow_up.column.worker_id", "th")] == post for row in rows)
    posts = page.get_by_role("combobox", name=re.compile(t("page.desk.who", "th")))
    posts.click()
    posts.press_sequentially(post)  # a long list draws only the options in sight
    page.get_by_role("option", name=re.compile(f"^{post}")).click()
    page.wait_for_url(re.compile(f"who={post}"))
    settled(page)
    assert len(_saved(page, "desk_due_30_csv")) == mine < count

    # The sheets of everybody, for the talks of the week.
    page.locator(".st-key-export_menu button").first.click()
    page.locator(".st-key-export_supervision button").click()
    ready = page.locator(".st-key-export_ready button")
    ready.wait_for(timeout=180_000)
    with page.expect_download() as waiting:
        ready.click()
    reader = PdfReader(io.BytesIO(waiting.value.path().read_bytes()))
    assert len(reader.pages) > 10
    assert any(post in sheet.extract_text() for sheet in reader.pages)
    assert not visitor.complaints
    assert not visitor.outside()


def test_the_desk_fits_a_telephone(visit: Visit) -> None:
    page = visit(NARROW).open("desk", "province=30&list=overdue")
    assert page.locator(CARDS).count() == 10
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"]
    said = as_read(page.locator('[class*="st-key-card_open_overdue"]').inner_text())
    assert t("action.list_open", "th") in said


def _saved(page: object, key: str) -> list[dict[str, str]]:
    """The rows of the file behind a list's button."""
    with page.expect_download() as waiting:  # type: ignore[attr-defined] # a page of Playwright
        page.locator(f".st-key-{key} button").click()  # type: ignore[attr-defined] # likewise
    text = waiting.value.path().read_text("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    head = next(n for n, line in enumerate(lines) if t("page.desk.column.why", "th") in line)
    width = len(lines[head])
    body = [line for line in lines[head + 1 :] if len(line) == width and line[0]]
    return [dict(zip(lines[head], line, strict=True)) for line in body]
