"""Two people write of one commitment: by keyboard on a telephone, and on a desk at once."""

from pathlib import Path

from playwright.sync_api import Page

from config.i18n import t
from data_access.journal import commitments
from data_access.journal.store import Journal
from data_access.scope import Scope
from tests.browser.conftest import Visit
from tests.browser.support import NARROW, WIDE, running, settled

NAME = "families_per_case_manager"


def alerts(page: Page) -> list[str]:
    return settled(page).locator('[data-testid="stAlert"]').all_inner_texts()


def press(page: Page, words: str) -> None:
    """Press a button by keyboard alone."""
    page.get_by_role("button", name=words).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)


def test_nothing_typed_is_lost_when_two_write_at_once(
    visit: Visit, small_data_dir: Path, tmp_path: Path
) -> None:
    file = tmp_path / "journal-sample.sqlite3"
    field = {n: t(f"journal.field.{n}", "th") for n in ("action_1", "action_2", "action_3")}
    with running(small_data_dir, OVERSIGHT_JOURNAL=str(file)) as server:
        phone, desk = visit(NARROW, on=server), visit(WIDE, on=server)
        page = phone.open("commitments", f"province=50&indicator={NAME}")
        for place, words in (("input[type=number]", "0.5"), ("[aria-label='สิ่งที่จะทำ ข้อ 1']", "ก")):
            page.locator(place).focus()
            page.keyboard.type(words)
            page.keyboard.press("Tab")
        page.get_by_label(t("journal.field.owner", "th")).last.fill("หัวหน้ากลุ่ม")
        press(page, t("page.commitments.sign", "th"))
        page.get_by_text(t("journal.signed", "th")).wait_for()
        first, second = (
            one.open("commitments", f"province=50&entry=50.{NAME}.1") for one in (phone, desk)
        )
        first.get_by_label(field["action_2"]).fill("จากคนแรก")
        press(first, t("page.commitments.save", "th"))
        first.get_by_text(t("journal.saved", "th")).wait_for()
        second.get_by_label(field["action_3"]).fill("จากคนที่สอง")
        press(second, t("page.commitments.save", "th"))
        second.get_by_text(t("form.newer", "th")).wait_for()
        assert t("journal.old_revision", "th", number=2) in alerts(second)
        assert second.get_by_label(field["action_3"]).input_value() == "จากคนที่สอง"
        press(second, t("form.take_newest", "th"))
        settled(second)
        assert second.get_by_label(field["action_2"]).input_value() == "จากคนแรก"
        second.get_by_label(field["action_3"]).fill("จากคนที่สอง")
        press(second, t("page.commitments.save", "th"))
        second.get_by_text(t("journal.saved", "th")).wait_for()
        assert not phone.complaints
        assert not desk.complaints
    journal = Journal(f"sqlite:///{file}")
    (one,) = commitments.commitments(journal, Scope(nation=True))
    assert (one.revision, one.actions) == (3, ("ก", "จากคนแรก", "จากคนที่สอง"))
