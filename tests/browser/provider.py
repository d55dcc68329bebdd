"""A real identity provider on loopback, and a server of ours that signs people in with it."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Page

from config.access import TOML_PATH
from tests.browser.support import Server, free_port, running, settled

TRIES = 300
COOKIE_SECRET = "only-for-tests-0123456789abcdef0123456789"


@dataclass(frozen=True)
class SignedInto:
    """A running server, its list of grants and its data directory."""

    server: Server
    grants: Path
    data_dir: Path


@contextmanager
def provider() -> Iterator[str]:
    """The address of an identity provider that believes whoever comes."""
    at = f"http://localhost:{free_port()}"
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", at.rsplit(":", 1)[1]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(TRIES):
            with suppress(httpx.TransportError):
                httpx.get(f"{at}/.well-known/openid-configuration").raise_for_status()
                break
            time.sleep(0.1)
        yield at
    finally:
        process.terminate()
        process.wait(timeout=30)


def person(at: str, sub: str, **claims: object) -> None:
    """Make somebody known to the provider; the address is verified unless told otherwise."""
    body = {"email": sub, "email_verified": True} | claims
    httpx.put(f"{at}/users/{sub}", json=body).raise_for_status()


def grants(path: Path, *lines: Mapping[str, object], **session: int) -> Path:
    """Write a list of people; the rest is as in `config/access.toml`."""
    text = TOML_PATH.read_text(encoding="utf-8").split("# People who exist in the synthetic")[0]
    for name, amount in session.items():
        start = text.index(f"{name} = ")
        text = text[:start] + f"{name} = {amount}\n" + text[text.index("\n", start) + 1 :]
    for line in lines:
        fields = "".join(f"{name} = {_toml(content)}\n" for name, content in line.items())
        text += f"\n[[grants]]\n{fields}"
    # As an editor saves: a new file under the old name, never half of one.
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
    return path


def _toml(content: object) -> str:
    if isinstance(content, list):
        return "[" + ", ".join(f'"{one}"' for one in content) + "]"
    return str(content).lower() if isinstance(content, bool) else f'"{content}"'


@contextmanager
def signing_in(data_dir: Path, folder: Path, at: str, **more: str) -> Iterator[SignedInto]:
    """A server that signs in with the provider at `at`; nobody has a grant yet."""
    port = free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "oversight"
client_secret = "of-the-test"
server_metadata_url = "{at}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    secrets.chmod(0o600)
    people = grants(folder / "access.toml")
    settings = {
        "OVERSIGHT_SIGN_IN": "required",
        "OVERSIGHT_ACCESS": str(people),
        "OVERSIGHT_PORT": str(port),
        "OVERSIGHT_SECRETS": str(secrets),
    } | more
    with running(data_dir, **settings) as server:
        yield SignedInto(server, people, data_dir)


def sign_in(page: Page, sub: str) -> Page:
    """Press our button, name oneself at the provider, and come back."""
    page.locator(".st-key-sign_in button").click()
    page.locator("input[name=sub]").fill(sub)
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url("http://127.0.0.1:*/**")
    return settled(page)


def sign_out(page: Page) -> Page:
    """Press our button, end the session at the provider, and come back."""
    page.locator(".st-key-sign_out button").click()
    page.wait_for_url("**/oauth2/end_session**")
    page.get_by_role("button", name="End session", exact=True).click()
    page.wait_for_url("http://127.0.0.1:*/**")
    return settled(page)
