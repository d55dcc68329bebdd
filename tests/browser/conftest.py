"""One server and one Chromium for the browser tests of a worker; a fresh visitor for each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.support import (
    WIDE,
    Server,
    Visitor,
    browser_required,
    find_chromium,
    launch,
    returning,
    running,
    visitor,
)

HERE = Path(__file__).parent
NO_CHROMIUM = "no Chromium found (looked for chromium, google-chrome): browser tests did not run"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium to drive; a skip with its reason, or a failure in CI."""
    found = find_chromium()
    if found is None:
        if browser_required():
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium, shared by all tests."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(chromium: str, small_data_dir: Path) -> Iterator[Server]:
    """A server on the small sample, shared by all tests."""
    with running(small_data_dir) as started:
        yield started


@pytest.fixture(scope="session")
def window(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """One window for all visits: the files of the application are fetched and read once."""
    guest = visitor(browser, server, WIDE)
    guest.page.close()
    yield guest.context
    guest.context.close()


class Visit(Protocol):
    """Opens a tab with a session of its own, in the shared window.

    With `fresh` it is a window of its own with nothing in it yet, as on another server too.
    """

    def __call__(
        self, size: dict[str, int] = WIDE, on: Server | None = None, *, fresh: bool = False
    ) -> Visitor: ...


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Makes visitors with sessions of their own, and sees them out after the test."""
    windows: list[Visitor] = []
    tabs: list[Visitor] = []

    def one(
        size: dict[str, int] = WIDE, on: Server | None = None, *, fresh: bool = False
    ) -> Visitor:
        if on or fresh:
            # The shared server starts only for those who visit it.
            place = on or request.getfixturevalue("server")
            windows.append(visitor(browser, place, size))
            return windows[-1]
        window = request.getfixturevalue("window")
        tabs.append(returning(window, request.getfixturevalue("server")))
        tabs[-1].page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict there
        return tabs[-1]

    yield one
    for guest in tabs:
        # The next visitor finds the files of the application, and nothing that this one chose.
        guest.page.evaluate("() => { try { localStorage.clear() } catch { /* never opened */ } }")
        guest.page.close()
        guest.context.clear_cookies()
    for guest in windows:
        guest.context.close()
