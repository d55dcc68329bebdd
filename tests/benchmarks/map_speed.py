"""Maps on a warm server: how soon they are drawn and what a filter change sends.

`make bench`, or `python -m tests.benchmarks.map_speed`. 928 made-up districts are installed with
`python -m geo install` into a copy of the demo. Bytes are counted on the wire: everything that the
server sends passes a relay on this machine, packed as a real visitor gets it.
"""

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from config.i18n import t
from data_access.schema.codes import CODES
from tests.benchmarks.servers import demo, wait_until_warm
from tests.benchmarks.watching import QUIET, QUIET_MS, WATCH
from tests.browser.support import WIDE, Server, find_chromium, launch, running, settled, visitor
from tests.support import layers
from tests.support.commands import ROOT, environment

LIGHTEST = 30_000
# Page with its codes, areas in the picture, and milliseconds from asking for it to the drawn map.
DRAWN = (
    ("province_map", "", 77, 1000.0),
    ("province_map", "province=50", 25, 1000.0),
    ("province_map", "areas=districts", 928, 2000.0),
)
CHANGED = (
    ("province_map", ""),
    ("province_map", "shape=tiles"),
    ("province_map", "indicator=follow_up_overdue"),
    ("province_map", "region=north"),
    ("province_map", "province=50"),
    ("province_map", "areas=districts"),
    ("province_map", "show=districts"),
    ("map_compare", ""),
    ("map_compare", "measure=change"),
    ("map_compare", "picture=years"),
    ("map_compare", "picture=time"),
    ("map_compare", "picture=two"),
    ("map_compare", "picture=funnel&indicator=follow_up_completion"),
)
AREAS_DRAWN = """wanted => [...document.querySelectorAll('svg.marks')].some(
    map => map.querySelectorAll('.mark-shape path[aria-label]').length >= wanted)"""


class Relay:
    """Passes connections on to a server and counts what comes back."""

    def __init__(self, port: int) -> None:
        self.port, self.sent = port, 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.door.getsockname()[1]}/"
        threading.Thread(target=self._welcome, daemon=True).start()

    def _welcome(self) -> None:
        while True:
            try:
                guest, _ = self.door.accept()
            except OSError:
                return  # the door was closed
            server = socket.create_connection(("127.0.0.1", self.port))
            for one, other, counted in ((guest, server, False), (server, guest, True)):
                threading.Thread(target=self._pass, args=(one, other, counted), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        try:
            while block := one.recv(65536):
                other.sendall(block)
                self.sent += len(block) * counted
        except OSError:
            pass  # one side has gone
        finally:
            one.close()
            other.close()


@contextmanager
def relayed(server: Server) -> Iterator[tuple[Server, Relay]]:
    """The same server behind a relay."""
    relay = Relay(urlsplit(server.url).port or 80)
    try:
        yield replace(server, url=relay.address), relay
    finally:
        relay.door.close()


def with_districts(home: Path, workplace: Path) -> Path:
    """A copy of the demo in which 928 made-up districts are installed."""
    copytree(home, workplace / "data", ignore=ignore_patterns("sample"))
    file = workplace / "districts.parquet"
    layers.districts(layers.provinces()).to_parquet(file)
    command = [sys.executable, "-m", "geo", "install", str(file)]
    here = environment(workplace / "data")
    subprocess.run(command, cwd=ROOT, env=here, check=True, stdout=subprocess.DEVNULL)
    return workplace / "data"


def drawn(
    browser: Browser, server: Server, page: str, codes: str, areas: int
) -> tuple[float, float]:
    """Milliseconds to the map with all its areas: for a new visitor with an empty browser, and
    for one who comes back to the map from another page of the open application."""
    guest = visitor(browser, server, WIDE)
    guest.page.goto(f"{server.url}{page}?{codes}", wait_until="commit")
    guest.page.wait_for_function(AREAS_DRAWN, arg=areas, polling="raf")
    first = float(guest.page.evaluate("performance.now()"))
    settled(guest.page)
    guest.page.locator(".st-key-menu a").first.click()
    guest.page.wait_for_selector("table.ov-table")
    settled(guest.page).wait_for_timeout(1000)
    began = float(guest.page.evaluate("(history.back(), performance.now())"))
    guest.page.wait_for_function(AREAS_DRAWN, arg=areas, polling="raf")
    again = float(guest.page.evaluate("performance.now()")) - began
    guest.context.close()
    return first, again


def changes(browser: Browser, server: Server, relay: Relay, page: str, codes: str) -> list[int]:
    """Bytes that each of some filter changes sends, after the visitor has seen the page once."""
    guest = visitor(browser, server, WIDE)
    opened = guest.open(page, codes)
    opened.wait_for_timeout(1500)
    opened.evaluate(WATCH)
    sent = []
    for group in CODES["target_group"][:4]:
        name = t(f"code.target_group.{group}", "th")
        field = opened.locator(".st-key-filter_group input")
        field.fill(name)
        opened.get_by_role("option", name=name, exact=True).wait_for()
        opened.wait_for_timeout(200)
        relay.sent = 0
        field.press("Enter")
        opened.wait_for_function(QUIET, arg=QUIET_MS)
        opened.wait_for_timeout(400)
        sent.append(relay.sent)
    guest.context.close()
    return sent


def main(argv: Sequence[str] | None = None) -> int:
    """Measures and reports; 0 when every limit is kept, 1 when not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--visits", type=int, default=5)
    options = parser.parse_args(argv)
    if find_chromium() is None:
        sys.stderr.write("No Chromium found: install Debian's chromium or any Chrome.\n")
        return 2
    good = True
    with tempfile.TemporaryDirectory() as workplace, sync_playwright() as playwright:
        home = with_districts(demo(options.data_dir), Path(workplace))
        with running(home, OVERSIGHT_AHEAD="true") as server, relayed(server) as (near, relay):
            wait_until_warm(server)
            browser = launch(playwright)
            head = f"{'areas':>6}{'new visit':>12}{'in the app':>12}{'limit':>10}"
            sys.stdout.write(f"{'drawn map':<50}{head}\n")
            for page, codes, areas, limit in DRAWN:
                drawn(browser, server, page, codes, areas)  # warms what only a visit can warm
                times = [drawn(browser, server, page, codes, areas) for _ in range(options.visits)]
                first, took = (statistics.median(column) for column in zip(*times, strict=True))
                good = good and took <= limit
                figures = f"{areas:>6}{first:>9.0f} ms{took:>9.0f} ms{limit:>7.0f} ms"
                sys.stdout.write(f"{f'{page}?{codes}':<50}{figures}\n")
            sys.stdout.write(f"\n{'filter change':<62}{'median':>10}{'most':>10}{'limit':>10}\n")
            for page, codes in CHANGED:
                sent = changes(browser, near, relay, page, codes)
                good = good and max(sent) <= LIGHTEST
                weights = [statistics.median(sent) / 1000, max(sent) / 1000, LIGHTEST / 1000]
                line = f"{page}?{codes}"
                sys.stdout.write(f"{line:<62}{''.join(f'{kB:>7.1f} kB' for kB in weights)}\n")
            browser.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
