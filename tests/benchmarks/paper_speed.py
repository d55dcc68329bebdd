"""Seconds that papers and decks take, beside the limits of the house:
`python -m tests.benchmarks.paper_speed`.

Answers for all provinces are worked out first, as the server does beside its visitors, and that
time stands apart. Seconds of the processor are printed beside those of the clock: on a machine that
others use too, only they say what the work costs.
"""

import statistics
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from config.settings import load
from data_access.scope import Scope
from data_access.snapshot import current
from geo import registers
from ui.render import batch
from ui.render.documents import page_of, paper
from ui.render.media import renderer
from ui.render.pages import spec
from ui.seminar import deck
from ui.seminar.document import document
from ui.server.streamlit_internals import quiet
from ui.state.filter_state import everything
from ui.state.page_context import View

TIMES = 3


def main() -> None:
    """Print one line for each kind of work."""
    quiet()
    settings = load()
    info = current(settings.data_dir)
    scope = Scope(nation=True, hide_below=settings.hide_below)
    plain = View(everything(info.as_of), "th", "light", scope, info, today=settings.today)

    def at(code: str) -> View:
        return View(plain.filters.at(code), "th", "light", scope, info, today=settings.today)

    def profile(code: str) -> int:
        page, view = paper("profile", at(code))
        return len(renderer("pdf")(page, view) or b"")

    def slides() -> int:
        page, room = document(deck.ready()["executive_quarterly"], plain)
        return len(renderer("pptx")(page, room) or b"")

    def sheet(key: str) -> int:
        return len(renderer("xlsx")(page_of(spec(key), at("50")), at("50")) or b"")

    codes = [province.code for province in registers.provinces()]
    _say("answers for all provinces, once", [_time(lambda: profile(codes[0]))])
    _say("province profile PDF", [_time(lambda c=code: profile(c)) for code in codes[1:6]], 3)
    with TemporaryDirectory(prefix="profiles-") as folder:

        def all_profiles() -> list[Path]:
            make = partial(paper, "profile")
            return [*batch.write_each("pdf", make, plain, codes, Path(folder))]

        _say("77 province profiles", [_time(all_profiles)], 60)
    _say("executive deck as PPTX, first", [_time(slides)])
    _say("executive deck as PPTX", [_time(slides) for _ in range(TIMES)], 10)
    for key in ("caseload", "follow_up", "overview"):
        _say(f"XLSX of {key}, first", [_time(lambda k=key: sheet(k))])
        _say(f"XLSX of {key}", [_time(lambda k=key: sheet(k)) for _ in range(TIMES)], 2)


def _time(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    clock, used = perf_counter(), process_time()
    work()
    return perf_counter() - clock, process_time() - used


def _say(name: str, times: list[tuple[float, float]], limit: float = 0) -> None:
    clock, used = (statistics.median(column) for column in zip(*times, strict=True))
    wanted = f" (at most {limit:g} s)" if limit else ""
    sys.stdout.write(f"{name:34} {clock:6.2f} s by the clock, {used:6.2f} s of work{wanted}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
