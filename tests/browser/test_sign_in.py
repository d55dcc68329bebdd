"""Signing in for real: a provider on loopback, Streamlit's st.login, a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from config.access import load
from config.i18n import t
from data_access import audit
from tests.browser import provider
from tests.browser.provider import SignedInto, grants, person, sign_in, sign_out
from tests.browser.support import WIDE, Visitor, returning, settled, visitor
from tests.support import world

COORDINATOR = {"user": "Coordinator@example.org", "role": "provincial_coordinator"}
ROWS = {
    "families": world.drawn("""
        family_id household_id district_code
        F1 H1 5001
        F2 H2 5101
    """),
    "cases": world.drawn("""
        case_id family_id target_group opened_on stage closed_on
        C1 F1 elder 2025-01-01 follow_up .
        C2 F2 child 2025-01-01 follow_up .
    """),
}
EXECUTIVE = {"user": "executive@example.org", "role": "executive"}


@pytest.fixture(scope="module")
def identity() -> Iterator[str]:
    with provider.provider() as at:
        for name in ("coordinator", "executive", "stranger"):
            person(at, f"{name}@example.org")
        person(at, "unverified@example.org", email_verified=False)
        yield at


@pytest.fixture(scope="module")
def real(
    chromium: str, identity: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SignedInto]:
    """A server on data that do not call themselves synthetic."""
    home = tmp_path_factory.mktemp("real")
    (home / "snapshots").mkdir()
    info = world.make(home / "snapshots", ROWS)
    (home / "current").write_text(info.path.stem, encoding="utf-8")
    folder = tmp_path_factory.mktemp("secrets")
    with provider.signing_in(home, folder, identity) as started:
        yield started


@pytest.fixture
def guests(browser: Browser, real: SignedInto) -> Iterator[list[Visitor]]:
    made: list[Visitor] = []
    yield made
    for guest in made:
        guest.context.close()


def fresh(browser: Browser, real: SignedInto, guests: list[Visitor]) -> Visitor:
    guests.append(visitor(browser, real.server, WIDE))
    return guests[-1]


def heading(page: Page) -> str:
    return settled(page).locator("h1").first.inner_text()


def run_again(page: Page) -> Page:
    """Make a tab run once more, by its language switch: nothing but the run itself is new."""
    before = page.locator("h1").first.inner_text()
    other = "en" if any("ก" <= letter <= "๛" for letter in before) else "th"
    page.locator(".st-key-language").get_by_text(t(f"shell.language_{other}", other)).click()
    page.wait_for_function("b => document.querySelector('h1')?.innerText !== b", arg=before)
    return settled(page)


def test_the_wanted_page_and_its_codes_survive_signing_in(
    browser: Browser, real: SignedInto, guests: list[Visitor]
) -> None:
    grants(real.grants, EXECUTIVE)
    guest = fresh(browser, real, guests)
    page = guest.open("caseload", "province=50&group=elder&fy=2569&next=https://evil.example")
    assert heading(page) == t("sign_in.title", "th")
    sign_in(page, "executive@example.org")
    assert heading(page) == t("page.caseload.title", "th")
    assert "/caseload?" in page.url
    for code in ("province=50", "group=elder", "fy=2569"):
        assert code in page.url
    assert "evil" not in page.url
    assert "executive@example.org" in page.inner_text(".st-key-account")
    months = audit.months(real.data_dir)
    events = audit.read(real.data_dir, months[0])
    assert {"signed_in", "opened"} <= set(events["what"])
    assert "province=50" in " ".join(events["filters"])


def test_a_revoked_grant_reaches_an_open_tab_at_its_next_run(
    browser: Browser, real: SignedInto, guests: list[Visitor]
) -> None:
    grants(real.grants, COORDINATOR | {"provinces": ["50"]})
    page = fresh(browser, real, guests).open("overview")
    sign_in(page, "coordinator@example.org")
    assert heading(page) == t("page.overview.title", "th")
    grants(real.grants, EXECUTIVE)
    run_again(page)
    assert heading(page) == t("refused.title", "en")
    grants(real.grants, COORDINATOR | {"provinces": ["50"]})
    run_again(page)
    assert heading(page) == t("page.overview.title", "th")


def test_signing_out_closes_every_open_tab_at_its_next_run(
    browser: Browser, real: SignedInto, guests: list[Visitor]
) -> None:
    grants(real.grants, EXECUTIVE)
    guest = fresh(browser, real, guests)
    first = guest.open("overview")
    sign_in(first, "executive@example.org")
    second = returning(guest.context, real.server).open("training")
    assert heading(second) == t("page.training.title", "th")
    assert heading(sign_out(first)) == t("sign_in.title", "th")
    events = audit.read(real.data_dir, audit.months(real.data_dir)[0])
    assert (events["what"] == "signed_out").sum() == 1
    run_again(second)
    assert heading(second) == t("sign_in.title", "en")


def test_the_cookie_of_a_sign_in_that_ended_opens_nothing_any_more(
    browser: Browser, real: SignedInto, guests: list[Visitor]
) -> None:
    grants(real.grants, EXECUTIVE)
    guest = fresh(browser, real, guests)
    sign_in(guest.open("overview"), "executive@example.org")
    stolen = guest.context.cookies()
    sign_out(guest.page)
    thief = fresh(browser, real, guests)
    thief.context.add_cookies(stolen)  # type: ignore[arg-type]  # what cookies() gives is taken back
    page = thief.open("overview")
    assert heading(page) == t("sign_in.title", "th")
    assert t("sign_in.signed_out", "th") in page.inner_text("body")


@pytest.mark.parametrize(
    ("name", "said"), [("stranger", "refused.unknown_user"), ("unverified", "sign_in.unverified")]
)
def test_who_has_no_grant_or_no_verified_name_sees_nothing_and_reads_whom_to_ask(
    browser: Browser, real: SignedInto, guests: list[Visitor], name: str, said: str
) -> None:
    grants(real.grants, EXECUTIVE, {"user": "unverified@example.org", "role": "executive"})
    page = fresh(browser, real, guests).open("overview")
    sign_in(page, f"{name}@example.org")
    text = page.inner_text("body")
    assert t(said, "th", user=f"{name}@example.org", contact=_contact()) in text
    assert not page.locator(".ov-card").count()
    events = audit.read(real.data_dir, audit.months(real.data_dir)[0])
    assert "refused" in set(events["what"])


def _contact() -> str:
    return load().contact("th")


def test_files_of_pages_are_for_those_signed_in_only(
    browser: Browser, real: SignedInto, guests: list[Visitor]
) -> None:
    page = fresh(browser, real, guests).open("overview")
    for path in ("media/0123456789abcdef.csv", "rows/0123456789.json"):
        assert page.request.get(real.server.url + path).status == 403
    grants(real.grants, EXECUTIVE)
    sign_in(page, "executive@example.org")
    for path in ("media/0123456789abcdef.csv", "rows/0123456789.json"):
        assert page.request.get(real.server.url + path).status == 404
    with page.expect_download() as download:
        page.locator(".st-key-overview_csv button").click()
    assert download.value.suggested_filename == "overview.csv"
    events = audit.read(real.data_dir, audit.months(real.data_dir)[0])
    exported = events[events["what"] == "exported"]
    # Once: Streamlit looks whether the file is there before the browser saves it.
    saved = exported[exported["detail"] == "overview.csv"]
    assert saved["user"].tolist() == ["executive@example.org"]


def test_nothing_secret_is_in_the_log_or_in_the_audit_trail(real: SignedInto) -> None:
    written = "".join(real.server.output)
    for path in (real.data_dir / "audit").glob("*"):
        written += path.read_text(encoding="utf-8")
    for secret in (provider.COOKIE_SECRET, "of-the-test", "eyJ"):
        assert secret not in written
    assert "Traceback" not in written
