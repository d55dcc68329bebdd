"""Milliseconds from a key to the next slide: `python -m tests.benchmarks.slide_speed [DECK]`.

Makes a deck on the snapshot of the settings, opens it in Chromium at 1920 by 1080 and turns twenty
times, each time to a slide that was not shown before as long as there are such slides. The time
ends with the frame that shows the slide. How long the deck took to make stands before that.
"""

import argparse
import statistics
import sys
from time import perf_counter

from playwright.sync_api import sync_playwright

from config.settings import load
from tests.browser.support import launch, running
from tests.browser.test_slides import READY, WALL
from ui.seminar import deck

TURNS = 20
NEXT_WITHIN_MS = 300
# Counts from the key's own time stamp to the frame after the one in which the slide is painted.
WATCH = """() => { window.turned = []; addEventListener('keydown', event => {
  const pressed = event.timeStamp;
  requestAnimationFrame(() => requestAnimationFrame(now => window.turned.push(now - pressed)));
}); }"""


def main() -> None:
    """Print how long a deck takes to make, and the median and the worst of twenty turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("deck", nargs="?", default="executive_quarterly", choices=deck.ready())
    name = parser.parse_args().deck
    with running(load().data_dir) as server, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_context(viewport=WALL).new_page()  # type: ignore[arg-type]  # sizes are TypedDicts there
        started = perf_counter()
        page.goto(f"{server.url}slides/{name}")
        page.wait_for_function(READY, timeout=600_000)
        made = perf_counter() - started
        page.evaluate(WATCH)
        slides = page.locator(".slide").count()
        for turn in range(TURNS):
            page.keyboard.press("Home" if turn and turn % (slides - 1) == 0 else "PageDown")
            page.wait_for_function("n => window.turned.length > n", arg=turn)
        times = page.evaluate("() => window.turned")
        browser.close()
    sys.stdout.write(f"{name}: {slides} slides made in {made:.1f} s\n")
    middle, worst = statistics.median(times), max(times)
    verdict = "within" if worst <= NEXT_WITHIN_MS else "NOT within"
    sys.stdout.write(
        f"next slide: median {middle:.0f} ms, worst {worst:.0f} ms of {len(times)} "
        f"({verdict} {NEXT_WITHIN_MS} ms)\n"
    )


if __name__ == "__main__":
    main()
