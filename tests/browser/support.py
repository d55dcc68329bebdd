"""A real server and a real Chromium: how browser tests and the benchmark start and use them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

from config.i18n import Lang, t
from tests.support.commands import ROOT, environment
from ui.render.pages import PAGES

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: continuous integration runs as root. No machine here has a GPU: pages are put together
# in plain memory, as headless browsers without one do (half the processor time of drawing them
# through an emulated GPU), and only WebGL is emulated.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--use-gl=swiftshader",
    "--enable-unsafe-swiftshader",
)
STILL = '[data-testid="stApp"][data-test-script-state="notRunning"]'
STARTED_WITHIN_SECONDS = 600  # only a server that never starts waits so long
PATIENCE_MS = 180_000  # only a page that never comes waits so long
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}


def find_chromium() -> str | None:
    """The path of an installed Chromium, or nothing."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server: the address it printed and everything it wrote so far."""

    process: subprocess.Popen[str]
    url: str = ""
    output: list[str] = field(default_factory=list)

    def stop(self) -> int:
        """Stops it as Ctrl-C does; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=120)


@contextmanager
def running(
    data_dir: Path,
    *,
    prepare: bool = True,
    within: float = STARTED_WITHIN_SECONDS,
    tree: Path = ROOT,
    **more: str,
) -> Iterator[Server]:
    """A server on a free port, started the way `make run` starts it; stopped at the end.

    With `prepare=False` it is the bare ASGI application, which makes no data of its own. `tree` is
    the source tree that it runs from.
    """
    port = str(free_port())
    bare = ["uvicorn", "ui.server.asgi:app", "--port", port, "--ws", "websockets-sansio"]
    command = ["ui.server.launch", "--no-browser"] if prepare else bare
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=tree,
        # Most servers of the tests live for seconds: what they would work out ahead is for nobody.
        env=environment(data_dir, **{"OVERSIGHT_PORT": port, "OVERSIGHT_AHEAD": "false", **more}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    server, ready = Server(process), threading.Event()

    def read() -> None:
        for line in process.stdout or ():
            server.output.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                server.url = f"{found[0]}/"
                ready.set()
        ready.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        ready.wait(within)
        assert server.url, "the server did not say its address:\n" + "".join(server.output)
        yield server
    finally:
        server.stop()
        reader.join(timeout=10)
        if process.stdout:
            process.stdout.close()


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium; the caller has made sure that there is one."""
    return playwright.chromium.launch(
        executable_path=find_chromium(), headless=True, args=list(CHROMIUM_FLAGS)
    )


@dataclass
class Visitor:
    """One visitor's browser window, what it asked for and what it complained about."""

    context: BrowserContext
    page: Page
    server: Server
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, key: str, query: str = "") -> Page:
        """Opens a page of the menu by its key and waits until it stands still."""
        # The first page of the menu is the one without a path.
        path = "" if key == PAGES[0].key else key
        self.page.goto(f"{self.server.url}{path}?{query}" if query else self.server.url + path)
        return settled(self.page)

    def outside(self) -> list[str]:
        """Every request that left for another place than the server."""
        own = urlsplit(self.server.url).netloc
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own
        ]


def visitor(browser: Browser, server: Server, size: dict[str, int]) -> Visitor:
    """A new window with a fresh session and an empty cache, recording from its first request on."""
    context = browser.new_context(viewport=size, locale="th-TH")  # type: ignore[arg-type]  # sizes are TypedDicts there
    context.set_default_timeout(PATIENCE_MS)
    # The guide stands beside the page; whoever tests it opens it from the options.
    context.add_init_script("localStorage.setItem('oversight.guide', 'read')")
    return returning(context, server)


def returning(context: BrowserContext, server: Server) -> Visitor:
    """A new tab with a fresh session in a window that has the application's files already."""
    page = context.new_page()
    seen = Visitor(context, page, server)

    def asked(request: Request) -> None:
        seen.requests.append(request.url)

    page.on("request", asked)
    page.on("websocket", lambda ws: seen.requests.append(ws.url.replace("ws", "http", 1)))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: seen.complaints.append(said.text) if said.type == "error" else None,
    )
    return seen


def settled(page: Page) -> Page:
    """The same page once its script has run and nothing on it is still being replaced."""
    page.wait_for_selector(STILL)
    page.wait_for_selector("h1")
    page.wait_for_function(
        """() => !document.querySelector('[data-testid="stSkeleton"]')
              && !document.querySelector('[data-stale="true"]')
              && document.querySelector('[data-testid="stApp"]')
                         .dataset.testScriptState === 'notRunning'"""
    )
    return page


def choose(page: Page, param: str, label: str) -> Page:
    """Picks one entry of a filter by its text, and waits for the new picture."""
    page.locator(f".st-key-filter_{param} input").click()
    page.get_by_role("option", name=label, exact=True).click()
    page.wait_for_function("param => location.search.includes(`${param}=`)", arg=param)
    return settled(page)


def speak(page: Page, lang: Lang) -> Page:
    """Switches the language, and waits for the translated heading."""
    before = page.locator("h1").first.inner_text()
    page.locator(".st-key-language").get_by_text(t(f"shell.language_{lang}", lang)).click()
    page.wait_for_function(
        "before => document.querySelector('h1')?.innerText !== before", arg=before
    )
    return settled(page)


def browser_required() -> bool:
    """Whether a missing Chromium is a failure: set by continuous integration."""
    return bool(os.environ.get("REQUIRE_BROWSER"))
