"""One server and one Chromium for the browser tests of a worker; a fresh visitor for each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.support import (
    WIDE,
    Server,
    Visitor,
    browser_required,
    find_chromium,
    launch,
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
def server(chromium: str, demo_data_dir: Path) -> Iterator[Server]:
    """A server on the demo, shared by all tests."""
    with running(demo_data_dir) as started:
        yield started


class Visit(Protocol):
    """Opens a new window: on the shared server unless another is named."""

    def __call__(
        self, size: dict[str, int] = WIDE, on: Server | None = None, **options: str
    ) -> Visitor: ...


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Makes visitors with sessions of their own, and sees them out after the test."""
    made: list[Visitor] = []

    def one(size: dict[str, int] = WIDE, on: Server | None = None, **options: str) -> Visitor:
        made.append(visitor(browser, on or server, size, **options))
        return made[-1]

    yield one
    for guest in made:
        guest.context.close()
