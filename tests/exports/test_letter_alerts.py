"""Alerts in letters: told with the sheet, by nobody else's scope, and left by their address."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from config import access as access_file
from config.i18n import t
from config.settings import BANGKOK, PREFIX, Settings, load
from data_access import audit, snapshot
from data_access.journal.pen import Pen
from data_access.journal.store import Journal
from data_access.journal.subscriptions import Wish, subscribe, subscriptions_of
from data_access.roles import Visitor, visitor
from tests.support.commands import TODAY
from tests.support.reading import as_read
from ui.digest import leave_links
from ui.digest.leave_links import Leaving, WrongLink
from ui.digest.letter import Letter, letter, message
from ui.digest.recipients import recipient
from ui.server import leave_route
from ui.server.page_frame import PageFrame

USER = "chiangmai@sample.invalid"
AT = datetime(2026, 10, 5, 6, 0, tzinfo=BANGKOK)
TITLE = "indicator.families_per_case_manager.title"


@pytest.fixture
def settings(small_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    monkeypatch.setenv(f"{PREFIX}PUBLIC_URL", "https://oversight.example.go.th/below")
    return load()


def who(settings: Settings) -> Visitor:
    grants = access_file.load(settings.access)
    return visitor(USER, grants, hide_below=5, today=TODAY, synthetic=True)


def wish(settings: Settings, area: str, kind: str, threshold: float | None = None) -> None:
    journal = Journal(settings.journal_at(settings.data_dir, synthetic=True))
    pen = Pen(journal, who(settings), AT, lambda _code: None)
    subscribe(Wish(area, "families_per_case_manager", kind, threshold), pen)


def made(settings: Settings, small_data_dir: Path) -> Letter:
    info = snapshot.current(small_data_dir)
    person = recipient(USER, access_file.load(settings.access), settings, info)
    return letter(person, settings, info)


def test_a_letter_tells_what_was_asked_for_and_open_tasks(
    settings: Settings, small_data_dir: Path
) -> None:
    wish(settings, "50", "above", 0.5)
    one = made(settings, small_data_dir)
    title, said = t(TITLE, "th"), as_read(one.text)
    assert as_read(t("paper.mail.alerts", "th")) in said
    assert as_read(f"เชียงใหม่: {title}") in said
    assert t("paper.mail.alerts", "en") in said
    assert "งานที่ระบบยกขึ้นและยังเปิดอยู่" in said
    (address,) = {line.split(": ", 1)[1] for line in one.text.splitlines() if "/leave/" in line}
    assert address.startswith("https://oversight.example.go.th/below/leave/")
    assert address in one.html
    mail = message(one, "oversight@example.go.th", "2026-W41", AT)
    assert mail["List-Unsubscribe"] == f"<{one.leave}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_without_alerts_says_nothing_of_them(
    settings: Settings, small_data_dir: Path
) -> None:
    wish(settings, "50", "above", 1e6)
    one = made(settings, small_data_dir)
    assert t("paper.mail.alerts", "th") not in one.text
    assert one.leave == ""
    assert message(one, "oversight@example.go.th", "2026-W41", AT)["List-Unsubscribe"] is None


class Client:
    """Asks the route as a browser or a mail program does."""

    def __init__(self) -> None:
        path = f"{leave_links.ROUTE}/{{token}}"
        routes = [Route(path, leave_route.answer, methods=["GET", "POST"])]
        # Behind what frames the pages of Streamlit, which are HTML too.
        frame = Middleware(PageFrame, language="th", title="…", prefix="")
        self.transport = ASGITransport(Starlette(routes=routes, middleware=[frame]))

    def ask(self, method: str, path: str, **more: Any) -> Response:
        async def once() -> Response:
            base = "https://oversight.example.go.th"
            async with AsyncClient(transport=self.transport, base_url=base) as one:
                return await one.request(method, path, **more)

        # In a thread of its own: browser tests leave an event loop running in this one.
        with ThreadPoolExecutor(max_workers=1) as own:
            return own.submit(lambda: asyncio.run(once())).result()

    def get(self, path: str) -> Response:
        return self.ask("GET", path)

    def post(self, path: str, **more: Any) -> Response:
        return self.ask("POST", path, **more)


@pytest.fixture
def client() -> Client:
    return Client()


def path_of(leaving: Leaving, settings: Settings) -> str:
    return urlsplit(leave_links.address(leaving, settings)).path.removeprefix("/below")


def test_opening_the_address_changes_nothing_and_its_button_leaves(
    settings: Settings, client: Client
) -> None:
    wish(settings, "50", "signal")
    wish(settings, "5009", "signal")
    journal = Journal(settings.journal_at(settings.data_dir, synthetic=True))
    first, second = subscriptions_of(journal, USER)
    address = path_of(Leaving(USER, first.entry_id), settings)
    page = client.get(address)
    assert page.status_code == 200
    assert '<form method="post">' in page.text
    assert subscriptions_of(journal, USER) == (first, second)
    for _ in range(2):  # pressed twice is as good as once
        assert t("leave.done", "th") in client.post(address).text
        assert subscriptions_of(journal, USER) == (second,)
    client.post(path_of(Leaving(USER), settings), data={"List-Unsubscribe": "One-Click"})
    assert subscriptions_of(journal, USER) == ()
    events = audit.read(settings.data_dir, audit.months(settings.data_dir)[0])
    assert events["what"].tolist() == ["wrote", "wrote"]
    assert set(events["user"]) == {USER}


def test_an_address_that_was_changed_leaves_nothing(settings: Settings, client: Client) -> None:
    wish(settings, "50", "signal")
    token = leave_links.pack(Leaving(USER), settings)
    body, _, signature = token.partition(".")
    other = leave_links.pack(Leaving("other@sample.invalid"), settings).partition(".")[0]
    wrong = (f"{other}.{signature}", body, f"{body}.", f"{body}.{signature[:-2]}", "x", "x" * 3000)
    for text in wrong:
        with pytest.raises(WrongLink):
            leave_links.unpack(text, settings)
        assert client.post(f"/leave/{text}").status_code == 404
    journal = Journal(settings.journal_at(settings.data_dir, synthetic=True))
    assert len(subscriptions_of(journal, USER)) == 1


def test_the_key_is_made_once_and_read_by_its_owner_alone(settings: Settings) -> None:
    token = leave_links.pack(Leaving(USER, "one"), settings)
    assert leave_links.unpack(token, settings) == Leaving(USER, "one")
    assert leave_links.pack(Leaving(USER, "one"), settings) == token
    key = settings.sign_in_dir / leave_links.KEY_FILE
    assert key.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.data_dir.glob("letters.key*")] == ["letters.key"]
    key.unlink()
    with pytest.raises(WrongLink):
        leave_links.unpack(token, settings)


def test_a_journal_out_of_reach_is_said_in_the_letter_and_by_the_button(
    settings: Settings, small_data_dir: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = path_of(Leaving(USER), settings)
    monkeypatch.setenv(f"{PREFIX}JOURNAL", "postgresql+psycopg://me:s3cret@127.0.0.1:1/j")
    one = made(load(), small_data_dir)
    assert as_read(t("paper.mail.unreachable", "th")) in as_read(one.text)
    answer = client.post(address)
    assert answer.status_code == 503
    assert t("leave.later", "th") in answer.text
