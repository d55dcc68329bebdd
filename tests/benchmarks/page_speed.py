"""Page speed as a visitor feels it: `make bench`, or `python -m tests.benchmarks.page_speed`.

Starts the server on the demo snapshot, drives Chromium and prints, for every page, in milliseconds:
when a new visitor with an empty browser can use the first screen (sentence and figures are shown),
when the same browser can when it comes again, when all of the page stands still, how long a filter
change takes until nothing on the screen changes any more (median, 95th percentile) and until
nothing on the whole page does, what the server works for it, how far things jump while the page
opens (on a desk and a telephone, cold and warm: the worst of the four), and what is sent.
`--beside COMMIT` measures another commit in the same run. Read ratios before times: times depend on
the machine.
"""

import argparse
import math
import random
import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from config.i18n import t
from data_access.schema.codes import CODES
from tests.benchmarks.servers import checkout, demo, server_work, wait_until_warm
from tests.benchmarks.watching import QUIET, QUIET_MS, SHIFTS, TIMES, WATCH, Traffic
from tests.browser.support import (
    NARROW,
    Server,
    find_chromium,
    launch,
    returning,
    running,
    visitor,
)
from tests.support.commands import ROOT
from ui.render.pages import PAGES
from ui.text import area_names

USABLE_MS, AGAIN_MS = 1500.0, 800.0
PICTURE_MS, P95_MS, FIRST_TIME_MS = 300.0, 500.0, 1000.0
MOST_SHIFT = 0.1
VISITS = 5
MAIN_PAGES = ["overview", "province_map", "caseload", "training", "follow_up"]
DESK = {"width": 1366, "height": 768}
# Target groups change every figure of a page and leave the other filters' lists alone.
GROUPS = CODES["target_group"]
PROVINCES = ("30", "50", "90", "40", "20", "34", "57", "84")


@dataclass
class Measured:
    """The figures of one page of one version, in milliseconds and bytes."""

    page: str
    usable: list[float] = field(default_factory=list)  # with an empty browser
    again: list[float] = field(default_factory=list)  # with a browser that has the files
    settled: list[float] = field(default_factory=list)
    shifts: list[float] = field(default_factory=list)
    visit_bytes: int = 0
    changes: list[float] = field(default_factory=list)  # to the last change on the screen
    whole: list[float] = field(default_factory=list)  # to the last change anywhere on the page
    work: list[float] = field(default_factory=list)
    change_bytes: list[int] = field(default_factory=list)
    geometry_again: int = 0


def visits(browser: Browser, server: Server, measured: Measured) -> None:
    """Open the page as a new visitor with an empty browser, once more in the same browser, and as
    both on a telephone."""
    guest = visitor(browser, server, DESK)
    guest.context.add_init_script(WATCH)
    traffic = Traffic()
    traffic.watch(guest.page, guest.context.new_cdp_session(guest.page))
    guest.open(measured.page)
    measured.settled.append(float(guest.page.evaluate("performance.now()")))
    measured.usable.append(float(guest.page.evaluate("window.usable")))
    measured.visit_bytes = traffic.total
    measured.shifts.append(float(guest.page.evaluate(SHIFTS)))
    # The same browser again: its files are there, so everything comes faster and otherwise.
    again = returning(guest.context, server).open(measured.page)
    measured.again.append(float(again.evaluate("window.usable")))
    measured.shifts.append(float(again.evaluate(SHIFTS)))
    guest.context.close()


def telephone(browser: Browser, server: Server, measured: Measured) -> None:
    """Open the page on a telephone, with an empty browser and again, for what jumps there."""
    small = visitor(browser, server, NARROW)
    for guest in (small, returning(small.context, server)):
        measured.shifts.append(float(guest.open(measured.page).evaluate(SHIFTS)))
    small.context.close()


def filter_changes(browser: Browser, server: Server, measured: Measured, times: int) -> None:
    """Change the target group so many times, going round all groups."""
    guest = visitor(browser, server, DESK)
    guest.context.add_init_script(WATCH)
    traffic = Traffic()
    traffic.watch(guest.page, guest.context.new_cdp_session(guest.page))
    page = guest.open(measured.page)
    page.wait_for_timeout(1000)
    for number in range(times):
        traffic.reset()
        before = server_work(server)
        whole, seen = changed(page, "group", GROUPS[number % len(GROUPS)])
        measured.whole.append(whole)
        measured.changes.append(seen)
        measured.work.append(server_work(server) - before)
        measured.change_bytes.append(traffic.total)
        measured.geometry_again += traffic.geometry
    guest.context.close()


def changed(page: Page, param: str, code: str) -> tuple[float, float]:
    """Choose one entry of a filter: milliseconds until the last change anywhere, and until the
    last on the screen."""
    name = name_of(param, code)
    box = page.locator(f".st-key-filter_{param} input")
    box.fill(name)
    page.get_by_role("option", name=name, exact=True).wait_for()
    box.press("Enter")
    page.wait_for_function(QUIET, arg=QUIET_MS)
    whole, seen = page.evaluate(TIMES)
    return float(whole), float(seen)


def name_of(param: str, code: str) -> str:
    """What a filter calls one of its entries."""
    return (
        area_names.short_name(code, "th")
        if param == "province"
        else t(f"code.target_group.{code}", "th")
    )


def first_times(browser: Browser, server: Server, pages: Sequence[str], times: int) -> list[float]:
    """Change to filters that nobody asked for before, on random pages: milliseconds each."""
    dice, found = random.Random(8), []
    for _ in range(times):
        guest = visitor(browser, server, DESK)
        guest.context.add_init_script(WATCH)
        page = guest.open(dice.choice(pages), f"province={dice.choice(PROVINCES)}")
        page.wait_for_timeout(300)
        found.append(changed(page, "group", dice.choice(GROUPS))[1])
        guest.context.close()
    return found


def report(results: list[Measured], beside: list[Measured]) -> bool:
    """Write the figures, of the commit before too where it was measured; whether all limits are
    kept."""
    sys.stdout.write(
        f"{'page':<14}{'usable':>8}{'again':>8}{'settled':>9}{'picture':>9}{'p95':>7}{'whole':>7}"
        f"{'server':>8}{'shift':>7}{'visit':>9}{'change':>9}{'shapes again':>14}   before\n"
    )
    good = True
    for number, one in enumerate(results):
        usable, again = statistics.median(one.usable), statistics.median(one.again)
        change, slow = statistics.median(one.changes), p95(one.changes)
        sys.stdout.write(
            f"{one.page:<14}{usable:>8.0f}{again:>8.0f}{statistics.median(one.settled):>9.0f}"
            f"{change:>9.0f}{slow:>7.0f}{statistics.median(one.whole):>7.0f}"
            f"{statistics.median(one.work):>8.0f}{max(one.shifts):>7.2f}"
            f"{one.visit_bytes / 1000:>6.0f} kB"
            f"{statistics.median(one.change_bytes) / 1000:>6.1f} kB"
            f"{one.geometry_again:>14}"
        )
        if beside:
            old = beside[number]
            pairs = ((one.usable, old.usable), (one.again, old.again), (one.changes, old.changes))
            ratios = [
                f"{statistics.median(new) / statistics.median(was):.2f}" for new, was in pairs
            ]
            sys.stdout.write("   x " + " ".join(ratios))
        sys.stdout.write("\n")
        within = (
            usable <= USABLE_MS and again <= AGAIN_MS and change <= PICTURE_MS and slow <= P95_MS
        )
        good = good and within and max(one.shifts) <= MOST_SHIFT and not one.geometry_again
    if beside:
        sys.stdout.write("x: usable, again and picture as a share of the commit before\n")
    return good


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 keep under."""
    return sorted(values)[max(0, math.ceil(0.95 * len(values)) - 1)]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and report; 0 when every limit is kept, 1 when not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--visits", type=int, default=VISITS)
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--first-times", type=int, default=40)
    parser.add_argument("--beside", metavar="COMMIT", help="measure that commit in the same run")
    keys = [entry.key for entry in PAGES]
    parser.add_argument("--pages", nargs="*", default=MAIN_PAGES, choices=keys, metavar="PAGE")
    options = parser.parse_args(argv)
    if find_chromium() is None:
        sys.stderr.write("No Chromium found: install Debian's chromium or any Chrome.\n")
        return 2
    with checkout(options.beside) as before, ExitStack() as stack:
        data = demo(options.data_dir)
        playwright = stack.enter_context(sync_playwright())
        trees = [ROOT, *([before] if before else [])]
        servers = [
            stack.enter_context(running(data, OVERSIGHT_AHEAD="true", tree=tree)) for tree in trees
        ]
        for server in servers:
            wait_until_warm(server)
        browser = launch(playwright)
        found: list[list[Measured]] = [[] for _ in servers]
        for key in options.pages:
            sys.stderr.write(f"{key} …\n")
            both = [Measured(key) for _ in servers]
            for server in servers:
                visits(browser, server, Measured(key))  # warms what only a visit can warm
                wait_until_warm(server)
            for number in range(options.visits):  # by turns: noise of the machine hits both
                for server, one in zip(servers, both, strict=True):
                    visits(browser, server, one)
                    if number == 0:
                        telephone(browser, server, one)
            for server, one, all_ in zip(servers, both, found, strict=True):
                filter_changes(browser, server, one, options.changes)
                all_.append(one)
        first = first_times(browser, servers[0], options.pages, options.first_times)
        browser.close()
    good = report(found[0], found[1] if before else [])
    if first:
        median, worst = statistics.median(first), max(first)
        sys.stdout.write(
            f"first-time filters, {len(first)}: median {median:.0f}, slowest {worst:.0f} ms\n"
        )
        good = good and worst <= FIRST_TIME_MS
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
