"""Seconds that each kind of file takes, on the snapshot of the settings:
`python -m tests.benchmarks.export_speed [PAGE …] [--province 50]`.

The document of a page is made first and its time stands apart: answers of the data door are kept,
so a file made after the page was on the screen takes only the second number.
"""

import argparse
import statistics
import sys
from time import perf_counter

from config.settings import load
from data_access.scope import Scope
from data_access.snapshot import current
from ui.render.documents import page_of
from ui.render.exports import KINDS, content
from ui.render.pages import spec
from ui.server.streamlit_internals import quiet
from ui.state.filter_state import everything
from ui.state.page_context import View

TIMES = 3
USUAL = ("overview", "caseload", "follow_up")


def main() -> None:
    """Print one line for each page and kind: first time, and the median of the later ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", default=USUAL)
    parser.add_argument("--province", default="50")
    options = parser.parse_args()
    quiet()
    settings = load()
    info = current(settings.data_dir)
    view = View(
        filters=everything(info.as_of).at(options.province),
        lang="th",
        theme="light",
        scope=Scope(nation=True, hide_below=settings.hide_below),
        snapshot=info,
        today=settings.today,
    )
    for key in options.pages:
        for kind in KINDS:
            times = []
            for _ in range(TIMES):
                started = perf_counter()
                size = len(content(kind, page_of(spec(key), view), view))
                times.append(perf_counter() - started)
            later = statistics.median(times[1:])
            line = f"{key:14} {kind.medium:5} first {times[0]:6.2f} s, then {later:6.2f} s"
            sys.stdout.write(f"{line}, {size / 1024:7.0f} kB\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
