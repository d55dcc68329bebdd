"""A Monday morning of a coordinator (the desk, a card, a list made shorter, a file, a sheet), of a
supervisor (another norm, work shared anew, one person's sheet) and of an executive (what moved and
why, what was agreed upon, what lies ahead)."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from config.i18n import t
from tests.browser.conftest import Visit
from tests.browser.support import NARROW, WIDE, settled
from tests.support.reading import as_read
from ui.render.pages import spec
from ui.sections.view_as.section import code_of

pytestmark = pytest.mark.browser
CARDS = '[class*="st-key-card_tally_"], [class*="st-key-card_open_"]'


def test_a_coordinator_begins_the_week_at_the_desk(visit: Visit) -> None:
    visitor = visit(WIDE)
    page = visitor.open("desk", "region=north")
    assert page.locator("h1").inner_text() == t("page.desk.title", "th")
    assert page.locator(CARDS).count() == 10

    # Read a card, and open its list by keyboard.
    card = page.locator('[class*="st-key-card_tally_due_30"]')
    number, unit = card.locator(".value").inner_text().split()
    count = int(number)
    assert unit == t("unit.items", "th")
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
    reader = _supervision_sheets(page)
    assert len(reader.pages) > 10
    assert any(post in sheet.extract_text() for sheet in reader.pages)
    assert not visitor.complaints
    assert not visitor.outside()


def test_a_supervisor_shares_work_anew_and_talks_with_one_person(visit: Visit) -> None:
    visitor = visit(WIDE)
    page = visitor.open("balance", "region=northeast")
    assert page.locator("h1").inner_text() == t("page.balance.title", "th")

    # Another norm, by keyboard; it stands in the address and in the sentence.
    page.get_by_role("radio", name=t("page.balance.norm_option", "th", norm=8)).focus()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("norm=8"))
    settled(page)
    assert "1 : 8" in as_read(page.locator(".ov-lead").inner_text())

    # Nobody has room for one family more in this small sample: people are missing, not moves.
    page.get_by_text(re.compile(r"ยังเกินเกณฑ์รวม 41 ครอบครัว")).first.wait_for()

    # The sheet of one person who has visits due, for the talk.
    page = visitor.open("desk", "region=north&list=due_30")
    who = t("page.follow_up.column.worker_id", "th")
    person = next(row[who] for row in _saved(page, "desk_due_30_csv") if row[who])
    page = visitor.open("desk", f"region=north&person={person}")
    reader = _supervision_sheets(page)
    assert len(reader.pages) == 1
    assert person in reader.pages[0].extract_text()
    assert not visitor.complaints
    assert not visitor.outside()


def test_an_executive_reads_what_moved_why_and_what_was_agreed_upon(visit: Visit) -> None:
    visitor = visit(WIDE)
    page = visitor.open("view_as")
    person = code_of("executive@sample.invalid")
    page = visitor.open("view_as", f"person={person}")
    page.get_by_role(
        "button", name=t("account.view_as", "th", user="executive@sample.invalid")
    ).first.click()
    page.locator(".st-key-menu").get_by_text(spec("overview").label("th")).first.click()
    page.wait_for_url(re.compile(r"/(\?|$)"))
    settled(page)

    # From the card to the causes, by keyboard, without leaving the executive's view.
    card = page.locator('[class*="st-key-card_follow_up_completion"]')
    card.get_by_role("link", name=t("explain.link", "th")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("why=follow_up_completion"))
    settled(page)
    assert page.locator("h1").inner_text() == t("page.area.title", "th")
    causes, sheet = (
        page.get_by_role("heading", name=name).first.bounding_box()
        for name in (t("explain.title", "th"), re.compile(t("page.area.first", "th")))
    )
    assert causes["y"] < sheet["y"]  # type: ignore[index]  # both are drawn
    assert t("explain.cause.new", "th") in page.locator("[data-testid='stMain']").inner_text()

    # What was agreed upon is read, and not written; what lies ahead is an estimate.
    for key in ("commitments", "ahead"):
        page.locator(".st-key-menu").get_by_text(spec(key).label("th")).first.click()
        page.wait_for_url(re.compile(f"/{key}"))
        settled(page)
        assert page.locator("h1").inner_text() == t(f"page.{key}.title", "th")
        assert page.get_by_role("button", name=t("page.commitments.sign", "th")).count() == 0
    assert "ประมาณการ" in page.locator("[data-testid='stMain']").inner_text()
    assert not visitor.complaints
    assert not visitor.outside()


def test_the_desk_fits_a_telephone(visit: Visit) -> None:
    page = visit(NARROW).open("desk", "province=30&list=overdue")
    assert page.locator(CARDS).count() == 10
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"]
    said = as_read(page.locator('[class*="st-key-card_open_overdue"]').inner_text())
    assert t("action.list_open", "th") in said


def _supervision_sheets(page: Page) -> PdfReader:
    """The file of supervision sheets, as the export menu of the desk makes it."""
    page.locator(".st-key-export_menu button").first.click()
    page.locator(".st-key-export_supervision button").click()
    ready = page.locator(".st-key-export_ready button")
    ready.wait_for(timeout=180_000)
    with page.expect_download() as waiting:
        ready.click()
    return PdfReader(io.BytesIO(waiting.value.path().read_bytes()))


def _saved(page: object, key: str) -> list[dict[str, str]]:
    """The rows of the file behind a list of the desk."""
    return _rows(page, key, t("page.desk.column.why", "th"))


def _rows(page: object, key: str, heading: str) -> list[dict[str, str]]:
    """The rows of the file behind a list's button, which has a column of that heading."""
    with page.expect_download() as waiting:  # type: ignore[attr-defined] # a page of Playwright
        page.locator(f".st-key-{key} button").click()  # type: ignore[attr-defined] # likewise
    text = waiting.value.path().read_text("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    head = next(n for n, line in enumerate(lines) if heading in line)
    width = len(lines[head])
    body = [line for line in lines[head + 1 :] if len(line) == width and line[0]]
    return [dict(zip(lines[head], line, strict=True)) for line in body]
