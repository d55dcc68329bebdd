"""Any request and any argument: no traceback, no leak, the server lives on."""

import random
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

from config.settings import PREFIX
from data_access.command_line import main
from tests.browser.support import Server, running
from tests.support import world
from tests.support.commands import TODAY

REQUESTS, UPLOADS, COMMANDS = 400, 100, 150
FAMILY, CASE = "F-SECRET-1", "C-SECRET-1"
ROWS = {
    "families": [{"family_id": FAMILY, "household_id": "H1", "district_code": "5001"}],
    "cases": [{"case_id": CASE, "family_id": FAMILY, "target_group": "elder", "stage": "intake"}],
}
PATHS = (
    "", "caseload", "media/", "media/x.csv", "rows/x.json", "boundaries/x", "ready", "auth/login",
    "auth/logout", "oauth2callback", "_stcore/health", "_stcore/metrics", "_stcore/upload_file/a/b",
    "_stcore/stream", "_stcore/host-config", "_stcore/agent", "static/../../config/settings.toml",
    "app/static/../../data", "component/x/index.html", "..%2f..%2fetc%2fpasswd", "%00", "\u0e01",
    "favicon.png", "overview", "_stcore/script-health-check", "sitemap.xml", "audit/2026-11.jsonl",
)  # fmt: skip
WORDS = (
    "x", "", "50", "'; --", "<script>", "%", "{}", "../", "\u0e01\u0e02", "9" * 300, "null",
    "1e999", "TH", "\u202e", "=cmd", "https://evil.example", "//evil.example", "\\\\evil", "a=b",
    "eyJ.eyJ.x",
)  # fmt: skip
HEADERS = ("cookie", "referer", "origin", "x-forwarded-for", "host", "accept-encoding", "range")
COOKIES = ("_streamlit_user", "_streamlit_user_1", "_streamlit_xsrf", "oversight_wanted", "session")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "snapshots").mkdir()
    info = world.make(folder / "snapshots", ROWS)
    (folder / "current").write_text(info.path.stem, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    with running(home, OVERSIGHT_SIGN_IN="required") as started:
        yield started


def header(chance: random.Random) -> tuple[str, str]:
    name, word = chance.choice(HEADERS), chance.choice(WORDS)
    if name == "cookie":
        word = f"{chance.choice(COOKIES)}={chance.choice(('', 'chunks-3', '2|1:0|10:1|x'))}{word}"
    safe = "".join(letter for letter in word if letter.isascii() and letter.isprintable())
    return name, safe or "x"


def own(server: Server, location: str) -> bool:
    """Whether a redirect stays with us; a provider is not configured here."""
    parts = urlsplit(location.replace("\\", "/"))
    return parts.netloc in ("", urlsplit(server.url).netloc) and not location.startswith("//")


@pytest.mark.slow
def test_any_request_is_answered_without_a_leak_and_the_server_lives_on(server: Server) -> None:
    chance = random.Random(7)
    statuses: dict[int, int] = {}
    with httpx.Client(base_url=server.url, timeout=30) as client:
        for _ in range(REQUESTS):
            method = chance.choice(
                ("GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS")
            )
            query = {chance.choice(WORDS)[:20] or "q": chance.choice(WORDS)}
            answer = client.request(
                method,
                chance.choice(PATHS),
                params=query,
                headers=dict(header(chance) for _ in range(chance.randint(0, 4))),
                content=b"x" * chance.choice((0, 10, 5000)) if method in ("POST", "PUT") else None,
            )
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
            body = answer.content
            assert answer.status_code < 500, (answer.request.method, answer.request.url)
            for secret in (b"Traceback", b"F-SECRET", b"C-SECRET", b"root:x:", b"OVERSIGHT_"):
                assert secret not in body, answer.request.url
            assert own(server, answer.headers.get("location", "")), answer.request.headers
        assert client.get("ready").json()["ready"] is True
    assert not any("Traceback" in line for line in server.output)
    assert len(statuses) > 3


@pytest.mark.slow
def test_another_site_gets_no_websocket_and_no_answer_to_read(server: Server) -> None:
    ours, evil = server.url.rstrip("/"), "https://evil.example"
    shake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with httpx.Client(base_url=server.url, timeout=30) as client:
        for origin, wanted in ((evil, {400, 403}), (ours, {101})):
            with client.stream("GET", "_stcore/stream", headers=shake | {"Origin": origin}) as said:
                assert said.status_code in wanted, origin
        for path in ("", "ready", "_stcore/health", "_stcore/host-config"):
            headers = client.get(path, headers={"Origin": evil}).headers
            assert headers.get("access-control-allow-origin") not in ("*", evil), path


@pytest.mark.slow
def test_nothing_can_be_uploaded_whatever_is_made_up(server: Server) -> None:
    chance = random.Random(7)
    with httpx.Client(base_url=server.url, timeout=30) as client:
        for _ in range(UPLOADS):
            ids = "/".join(quote(chance.choice(WORDS), safe="") for _ in range(2))
            said = client.request(
                chance.choice(("PUT", "POST", "DELETE", "GET")),
                f"_stcore/upload_file/{ids}",
                headers=dict(header(chance) for _ in range(chance.randint(0, 2))),
                files={"file": (chance.choice(WORDS) or "x", b"x" * chance.choice((0, 5000)))},
            )
            assert 400 <= said.status_code < 500, said.request.url
            assert b"Traceback" not in said.content
        assert client.get("ready").json()["ready"] is True


@pytest.mark.slow
def test_any_argument_is_answered_with_a_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(home))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())
    chance = random.Random(7)
    options = (
        "--by",
        "--province",
        "--district",
        "--as-of",
        "--fiscal-year",
        "--quarter",
        "--role",
    )
    names = ("follow_up_overdue", "overdue_visits", "x", "", "plan_coverage", "../x")
    codes: dict[int, int] = {}
    for _ in range(COMMANDS):
        command = chance.choice(("show", "show", "show", "check", "status", "forget", "nothing"))
        arguments = [command]
        if command == "show":
            arguments.append(chance.choice(names))
            for option in chance.sample(options, chance.randint(0, 3)):
                arguments += [option, chance.choice((*WORDS, "district", "2569", "50", "1"))]
        elif command == "forget":
            arguments += [chance.choice(("case", "family", "x")), chance.choice(WORDS)]
        try:
            code = main(arguments)
        except SystemExit as usage:
            code = int(usage.code or 0)
        codes[code] = codes.get(code, 0) + 1
        written = capsys.readouterr()
        assert code in (0, 2, 3, 4, 5), arguments
        assert "Traceback" not in written.err, arguments
        assert "C-SECRET" not in written.out or command == "forget", arguments
    assert {0, 2} <= set(codes)
