"""Page speed as a visitor feels it: `make bench`, or `python -m tests.benchmarks.page_speed`.

Starts the server on the demo snapshot, drives Chromium and prints, for every page: how long a new
visitor waits for a usable page on a warm server, how far things jump while it opens (with an empty
browser and a full one, on a desk and on a telephone: the worst of the four), how long a filter
change takes to the new picture, and what a filter change sends. Read ratios before times: times
depend on the machine.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, CDPSession, Page, WebSocket, sync_playwright

from config.i18n import t
from data_access.schema.codes import CODES
from tests.browser.support import (
    NARROW,
    WIDE,
    Server,
    find_chromium,
    launch,
    returning,
    running,
    visitor,
)
from tests.support.commands import ROOT, environment
from ui.render.pages import PAGES

FIRST_USABLE_WITHIN_MS = 2000.0
NEW_PICTURE_WITHIN_MS = 500.0
VISITS = 5
WARM_WITHIN_SECONDS = 180
MAIN_PAGES = ["overview", "province_map", "caseload", "training", "follow_up"]
QUIET_MS = 250
DESK = {"width": 1366, "height": 768}
# Target groups change every figure of a page and leave the other filters' lists alone.
GROUPS = CODES["target_group"]

# Counts from the key that chooses to the last thing that moved on the page.
WATCH = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const note = () => { window.moved = performance.now(); };
    new MutationObserver(note).observe(app, {
        attributes: true, characterData: true, childList: true, subtree: true});
    addEventListener('keydown', event => {
        if (event.key === 'Enter') { window.began = performance.now(); window.moved = 0; }
    }, true);
}"""
QUIET = """quiet => {
    const app = document.querySelector('[data-testid="stApp"]');
    return window.moved > window.began && performance.now() - window.moved > quiet
        && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-stale="true"]');
}"""


# What has moved on the page since it was opened, as browsers add it up (cumulative layout shift).
SHIFTS = """() => new Promise(done => {
    const sum = list => list.filter(one => !one.hadRecentInput)
        .reduce((all, one) => all + one.value, 0);
    const watch = new PerformanceObserver(list => done(sum(list.getEntries())));
    watch.observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum(watch.takeRecords())), 300);
})"""
MOST_SHIFT = 0.1


@dataclass
class Traffic:
    """What came over the wire since the last reset, and how often it was a map's geometry."""

    socket_bytes: int = 0
    http_bytes: int = 0
    requests: int = 0
    geometry: int = 0

    def watch(self, page: Page, session: CDPSession) -> None:
        """Begins to count; before the page is opened."""
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.responseReceived", self._answered)
        page.on("websocket", self._socket)

    def reset(self) -> None:
        """Begins a new count."""
        self.socket_bytes = self.http_bytes = self.requests = self.geometry = 0

    @property
    def total(self) -> int:
        return self.socket_bytes + self.http_bytes

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        content = payload if isinstance(payload, bytes) else payload.encode()
        self.socket_bytes += len(content)
        self.geometry += b'"arcs"' in content or b'"coordinates"' in content

    def _loaded(self, event: dict[str, float]) -> None:
        self.http_bytes += int(event["encodedDataLength"])

    def _answered(self, event: dict[str, dict[str, object]]) -> None:
        response = event["response"]
        cached = response.get("fromDiskCache") or response.get("fromPrefetchCache")
        self.requests += not cached
        shapes = "topojson" in str(response["url"]) or "/boundaries/" in str(response["url"])
        self.geometry += shapes and not cached


def server_work(server: Server) -> float:
    """Milliseconds of processor time that the server has used; 0 where the system does not tell.

    Unlike the clock it does not grow when the machine is busy with something else.
    """
    status = Path(f"/proc/{server.process.pid}/stat")
    if not status.exists():
        return 0.0
    user, system = status.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


@dataclass
class Measured:
    """The figures of one page, in milliseconds and bytes."""

    page: str
    usable: list[float] = field(default_factory=list)
    shifts: list[float] = field(default_factory=list)
    visit_bytes: int = 0
    visit_requests: int = 0
    changes: list[float] = field(default_factory=list)
    change_bytes: list[int] = field(default_factory=list)
    change_requests: list[int] = field(default_factory=list)
    change_work: list[float] = field(default_factory=list)
    geometry_again: int = 0


def first_visits(browser: Browser, server: Server, measured: Measured) -> None:
    """Opens the page as so many new visitors with an empty browser cache."""
    for _ in range(VISITS):
        guest = visitor(browser, server, DESK)
        traffic = Traffic()
        traffic.watch(guest.page, guest.context.new_cdp_session(guest.page))
        guest.open(measured.page)
        measured.usable.append(float(guest.page.evaluate("performance.now()")))
        measured.visit_bytes, measured.visit_requests = traffic.total, traffic.requests
        measured.shifts.append(float(guest.page.evaluate(SHIFTS)))
        # The same browser again: its files are there, so everything comes faster and otherwise.
        again = returning(guest.context, server).open(measured.page)
        measured.shifts.append(float(again.evaluate(SHIFTS)))
        guest.context.close()
    telephone = visitor(browser, server, NARROW)
    for guest in (telephone, returning(telephone.context, server)):
        measured.shifts.append(float(guest.open(measured.page).evaluate(SHIFTS)))
    telephone.context.close()


def filter_changes(browser: Browser, server: Server, measured: Measured, times: int) -> None:
    """Changes the target group so many times, going round all groups."""
    guest = visitor(browser, server, WIDE)
    traffic = Traffic()
    traffic.watch(guest.page, guest.context.new_cdp_session(guest.page))
    page = guest.open(measured.page)
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    for number in range(times):
        name = t(f"code.target_group.{GROUPS[number % len(GROUPS)]}", "th")
        field_ = page.locator(".st-key-filter_group input")
        field_.fill(name)
        page.get_by_role("option", name=name, exact=True).wait_for()
        traffic.reset()
        before = server_work(server)
        field_.press("Enter")
        page.wait_for_function(QUIET, arg=QUIET_MS)
        measured.changes.append(float(page.evaluate("window.moved - window.began")))
        measured.change_work.append(server_work(server) - before)
        measured.change_bytes.append(traffic.total)
        measured.change_requests.append(traffic.requests)
        measured.geometry_again += traffic.geometry
    guest.context.close()


def report(results: list[Measured]) -> bool:
    """Writes the figures; whether every median is within its limit, nothing jumps and no shape was
    sent twice."""
    heading = (
        f"{'page':<14}{'first usable':>14}{'new picture':>13}{'worst':>8}{'server work':>13}"
        f"{'shift':>7}{'sent/visit':>12}{'sent/change':>13}{'requests':>10}{'shapes again':>14}\n"
    )
    sys.stdout.write(heading)
    good = True
    for one in results:
        usable, change = statistics.median(one.usable), statistics.median(one.changes)
        sent = statistics.median(one.change_bytes)
        sys.stdout.write(
            f"{one.page:<14}{usable:>11.0f} ms{change:>10.0f} ms{max(one.changes):>8.0f}"
            f"{statistics.median(one.change_work):>10.0f} ms"
            f"{max(one.shifts):>7.2f}{one.visit_bytes / 1000:>9.0f} kB{sent / 1000:>10.1f} kB"
            f"{one.visit_requests:>5} +{statistics.median(one.change_requests):>3.0f}"
            f"{one.geometry_again:>14}\n"
        )
        within = usable <= FIRST_USABLE_WITHIN_MS and change <= NEW_PICTURE_WITHIN_MS
        still = max(one.shifts) <= MOST_SHIFT
        good = good and within and still and not one.geometry_again
    usable = statistics.median([v for one in results for v in one.usable])
    change = statistics.median([v for one in results for v in one.changes])
    sent = statistics.median([v for one in results for v in one.change_bytes])
    first = statistics.median([one.visit_bytes for one in results])
    sys.stdout.write(
        f"\nA filter change takes {change / usable:.2f} of a first visit and sends "
        f"{sent / first:.3f} of its bytes.\n"
        f"First usable: {usable / FIRST_USABLE_WITHIN_MS:.2f} of its limit of 2 s; "
        f"new picture: {change / NEW_PICTURE_WITHIN_MS:.2f} of its limit of 0.5 s.\n"
    )
    return good


def demo(home: Path) -> Path:
    """A data directory with the demo snapshot, made on the first run."""
    if not (home / "current").exists():
        for arguments in (
            ["sample_data", "--out", str(home / "sample")],
            ["data_access", "import", str(home / "sample")],
        ):
            command = [sys.executable, "-m", *arguments]
            subprocess.run(command, cwd=ROOT, env=environment(home), check=True)
    return home


def wait_until_warm(server: Server) -> None:
    """Returns when the server has worked out what nobody should wait for, or after a while."""
    give_up = time.monotonic() + WARM_WITHIN_SECONDS
    while time.monotonic() < give_up:
        with urlopen(f"{server.url}ready") as answer:
            if json.load(answer).get("warm"):
                return
        time.sleep(1)


def main(argv: Sequence[str] | None = None) -> int:
    """Measures and reports; 0 when every limit is kept, 1 when not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument(
        "--pages", nargs="*", default=MAIN_PAGES, choices=[entry.key for entry in PAGES],
        help="which pages; the five main ones unless named (about a minute each)",
    )  # fmt: skip
    options = parser.parse_args(argv)
    if find_chromium() is None:
        sys.stderr.write("No Chromium found: install Debian's chromium or any Chrome.\n")
        return 2
    results = [Measured(key) for key in options.pages]
    with (
        running(demo(options.data_dir), OVERSIGHT_AHEAD="true") as server,
        sync_playwright() as playwright,
    ):
        wait_until_warm(server)
        browser = launch(playwright)
        for measured in results:
            sys.stderr.write(f"{measured.page} …\n")
            visitor_zero = Measured(measured.page)
            first_visits(browser, server, visitor_zero)  # warms what only a visit can warm
            wait_until_warm(server)
            first_visits(browser, server, measured)
            filter_changes(browser, server, measured, options.changes)
        browser.close()
    return 0 if report(results) else 1


if __name__ == "__main__":
    sys.exit(main())
