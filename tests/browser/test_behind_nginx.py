"""Behind the nginx of docs/nginx: TLS, a path below the host, two processes, sticky websockets."""

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser

from config.i18n import t
from tests.browser.support import (
    CHROMIUM_FLAGS,
    ROOT,
    WIDE,
    browser_required,
    find_chromium,
    free_port,
    running,
    settled,
)
from tests.support import world

CONFIGURED = ROOT / "docs" / "nginx"
NAME = "oversight.example.go.th"
NO_NGINX = "no nginx found (Debian: nginx-light): the documented configuration was not tried"


@dataclass(frozen=True)
class Proxy:
    """The address visitors use, and the log that says which process answered whom."""

    url: str
    log: Path


@pytest.fixture(scope="module")
def nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        if browser_required():
            pytest.fail(NO_NGINX)
        pytest.skip(NO_NGINX)
    return found


def certificate(folder: Path) -> None:
    """A certificate for the documented name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def configured(folder: Path, port: int, upstreams: list[str]) -> Path:
    """The documented configuration with its five marked places filled in, and nothing else."""
    text = (CONFIGURED / "oversight.conf").read_text(encoding="utf-8")
    first, second = upstreams
    for old, new in (
        ("127.0.0.1:8501", first),
        ("127.0.0.1:8502", second),
        ("listen 443 ssl http2", f"listen 127.0.0.1:{port} ssl http2"),
        ("/etc/ssl/oversight/", f"{folder}/"),
        ("include oversight_proxy.conf", f"include {CONFIGURED}/oversight_proxy.conf"),
    ):
        assert old in text
        text = text.replace(old, new)
    whole = folder / "nginx.conf"
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole.write_text(
        f"""pid {folder}/pid; error_log {folder}/error.log; daemon off; worker_processes 1;
events {{}}
http {{
log_format who '$upstream_addr "$request" $status';
access_log {folder}/access.log who;
{temporary}
{text}
}}
""",
        encoding="utf-8",
    )
    return whole


@pytest.fixture(scope="module")
def proxy(chromium: str, nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
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
    certificate(folder)
    port = free_port()
    with ExitStack() as stack:
        servers = [stack.enter_context(running(home, prepare=False, **more)) for _ in range(2)]
        upstreams = [re.sub(r"^http://|/$", "", server.url) for server in servers]
        path = configured(folder, port, upstreams)
        process = subprocess.Popen(
            [nginx, "-e", f"{folder}/error.log", "-c", str(path), "-p", str(folder)],
            stderr=subprocess.PIPE,
        )
        try:
            yield Proxy(f"https://{NAME}:{port}/oversight/", folder / "access.log")
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)


def client(proxy: Proxy) -> httpx.Client:
    """A client that reaches the documented name on this machine."""
    at = httpx.URL(proxy.url).copy_with(host="127.0.0.1")
    return httpx.Client(verify=False, base_url=at, headers={"Host": f"{NAME}:{at.port}"})


@pytest.fixture(scope="module")
def far_browser(browser: Browser) -> Iterator[Browser]:
    """A Chromium for which the documented name is this machine."""
    rule = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    started = browser.browser_type.launch(
        executable_path=find_chromium(), headless=True, args=[*CHROMIUM_FLAGS, rule]
    )
    yield started
    started.close()


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
