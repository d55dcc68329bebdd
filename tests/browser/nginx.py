"""The nginx of docs/nginx on this machine, in front of servers that a test has started."""

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser

from tests.browser.support import (
    CHROMIUM_FLAGS,
    ROOT,
    Server,
    browser_required,
    find_chromium,
    free_port,
)

CONFIGURED = ROOT / "docs" / "nginx"
NAME = "oversight.example.go.th"
NO_NGINX = "no nginx found (Debian: nginx-light): the documented configuration was not tried"


@dataclass(frozen=True)
class Proxy:
    """The address visitors use, and the log that says which process answered whom."""

    url: str
    log: Path


def find_nginx() -> str:
    """The path of an installed nginx; a skip with its reason, or a failure in CI."""
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


def upstream(server: Server) -> str:
    """How the proxy calls a server."""
    return re.sub(r"^http://|/$", "", server.url)


@contextmanager
def behind_nginx(folder: Path, first: Server, second: Server) -> Iterator[Proxy]:
    """An nginx with the documented configuration in front of two servers."""
    certificate(folder)
    port = free_port()
    path = configured(folder, port, [upstream(first), upstream(second)])
    process = subprocess.Popen(
        [find_nginx(), "-e", f"{folder}/error.log", "-c", str(path), "-p", str(folder)],
        stderr=subprocess.PIPE,
    )
    try:
        yield Proxy(f"https://{NAME}:{port}/oversight/", folder / "access.log")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


@contextmanager
def far_browser(browser: Browser) -> Iterator[Browser]:
    """A Chromium for which the documented name is this machine."""
    rule = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    started = browser.browser_type.launch(
        executable_path=find_chromium(), headless=True, args=[*CHROMIUM_FLAGS, rule]
    )
    yield started
    started.close()
