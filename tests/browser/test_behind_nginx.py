"""Behind the nginx of docs/nginx: TLS, a path below the host, two processes, sticky websockets."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from config.i18n import t
from tests.browser import nginx
from tests.browser.nginx import NAME, Proxy
from tests.browser.support import WIDE, running, settled
from tests.support import world


@pytest.fixture(scope="module")
def proxy(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    nginx.find_nginx()
    home = tmp_path_factory.mktemp("home")
    (home / "snapshots").mkdir()
    families = world.drawn("""
        family_id household_id district_code
        F1 H1 5001
    """)
    info = world.make(home / "snapshots", {"families": families})
    (home / "current").write_text(info.path.stem, encoding="utf-8")
    more = {
        "OVERSIGHT_PUBLIC_URL": f"https://{NAME}/oversight",
        "OVERSIGHT_SIGN_IN": "off",
    }
    with (
        running(home, prepare=False, **more) as first,
        running(home, prepare=False, **more) as second,
        nginx.behind_nginx(tmp_path_factory.mktemp("nginx"), first, second) as started,
    ):
        yield started


def client(proxy: Proxy) -> httpx.Client:
    """A client that reaches the documented name on this machine."""
    at = httpx.URL(proxy.url).copy_with(host="127.0.0.1")
    return httpx.Client(verify=False, base_url=at, headers={"Host": f"{NAME}:{at.port}"})


@pytest.fixture(scope="module")
def far_browser(browser: Browser) -> Iterator[Browser]:
    with nginx.far_browser(browser) as started:
        yield started


def test_a_page_opens_over_tls_below_a_path_and_stays_with_one_process(
    proxy: Proxy, far_browser: Browser
) -> None:
    for _ in range(4):  # four browsers, two processes
        context = far_browser.new_context(
            viewport=WIDE,
            locale="th-TH",
            ignore_https_errors=True,  # type: ignore[arg-type]  # sizes are TypedDicts there
        )
        page = context.new_page()
        sockets: list[str] = []
        page.on("websocket", lambda ws: sockets.append(ws.url))  # noqa: B023  read in this turn
        lines = len(proxy.log.read_text().splitlines()) if proxy.log.exists() else 0
        page.goto(f"{proxy.url}caseload?province=50&lang=en")
        settled(page)
        assert page.locator("h1").first.inner_text() == t("page.caseload.title", "en")
        assert sockets
        assert all(url.startswith("wss://") for url in sockets)
        cookies = {cookie["name"]: cookie for cookie in context.cookies()}
        assert cookies["oversight_route"]["secure"]
        assert all(cookie["secure"] for cookie in cookies.values()), cookies
        context.close()
        asked = proxy.log.read_text().splitlines()[lines:]
        after = {line.split(" ")[0] for line in asked[1:] if not line.startswith("-")}
        assert len(after) == 1, "every request after the first goes to one process"


def test_headers_of_a_page_are_those_of_the_server_and_of_the_proxy(proxy: Proxy) -> None:
    with client(proxy) as asked:
        answer = asked.get("/")
        assert answer.status_code == 200
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "nginx/" not in answer.headers["server"]


@pytest.mark.parametrize("path", ["_stcore/metrics", "_stcore/agent/x", "_stcore/upload_file/a/b"])
def test_what_is_closed_is_closed_behind_the_proxy(proxy: Proxy, path: str) -> None:
    with client(proxy) as asked:
        assert asked.get(path).status_code == 404


def test_a_body_that_is_no_form_of_ours_is_not_even_read(proxy: Proxy) -> None:
    with client(proxy) as asked:
        assert asked.post("", content=b"x" * 100_000).status_code == 413


def test_a_websocket_from_another_site_is_refused(proxy: Proxy) -> None:
    shake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Origin": "https://evil.example",
    }
    with client(proxy) as asked:
        assert asked.get("_stcore/stream", headers=shake).status_code in (400, 403)
