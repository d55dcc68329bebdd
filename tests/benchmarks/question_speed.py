"""How long the questions of all pages take, from counts that a snapshot holds and from its rows.

    python -m tests.benchmarks.question_speed --data-dir var/bench

Draws every page that everybody may open, for the country and one province, and takes down what it
asks. Then asks each question of a copy that holds the counts (made beforehand; how long that takes
is printed) and of the snapshot without them, with nothing kept from the question before. Prints
median, 95th percentile and slowest in milliseconds of processor time, the ratio of the sums, and
the slowest questions.
"""

import argparse
import logging
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from data_access import rollups_ahead
from data_access.indicators.kernel import cube, rollups
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.kernel.engine import IndicatorEngine
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, current, engine
from ui.render.documents import page_of
from ui.render.media import renderer
from ui.render.pages import PAGES
from ui.state.filter_state import everything
from ui.state.page_context import View

AREAS = ("TH", "50")
SLOWEST = 10
SCOPE = Scope(nation=True, reveal=True)
Question = tuple[Indicator, Query]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def _taken_down(asked: dict[Question, None]) -> Iterator[None]:
    raw = IndicatorEngine.raw

    def noted(self: IndicatorEngine, indicator: Indicator, query: Query) -> object:
        if not self.anew:
            asked[indicator, query] = None
        return raw(self, indicator, query)

    IndicatorEngine.raw = noted  # type: ignore[method-assign, assignment]  # put back below
    try:
        yield
    finally:
        IndicatorEngine.raw = raw  # type: ignore[method-assign]  # as it was


def _questions(info: SnapshotInfo) -> list[Question]:
    asked: dict[Question, None] = {}
    with _taken_down(asked):
        for area in AREAS:
            view = View(everything(info.as_of).at(area), "th", "light", SCOPE, info)
            for entry in PAGES:
                if not entry.roles:
                    renderer("text")(page_of(entry, view), view)
    return list(asked)


def _times(questions: list[Question], info: SnapshotInfo) -> list[float]:
    found = []
    with engine(info).connect() as connection:
        for indicator, query in questions:
            cube._cube.cache_clear()
            start = time.process_time()
            IndicatorEngine(connection, SCOPE).raw(indicator, query)
            found.append(1000 * (time.process_time() - start))
    return found


def _say(name: str, times: list[float], questions: list[Question]) -> None:
    middle, most = np.percentile(times, [50, 95])
    say(f"{name}: median {middle:.0f} ms, p95 {most:.0f} ms, slowest {max(times):.0f} ms")
    order = sorted(zip(times, questions, strict=True), key=lambda one: -one[0])
    for duration, (indicator, query) in order[:SLOWEST]:
        parts = (query.area, query.over, query.breakdown, query.role)
        said = " ".join(str(part) for part in parts if part)
        say(f"    {duration:7.0f} ms  {indicator.name} {said} {query.period}")


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--data-dir", type=Path, required=True)
    bare = current(words.parse_args().data_dir)
    with TemporaryDirectory() as folder:
        # A data directory of its own: what is hidden looks for older snapshots beside a file.
        home = Path(folder)
        (home / "snapshots").mkdir()
        path = Path(shutil.copy(bare.path, home / "snapshots"))
        (home / "current").write_text(bare.snapshot_id, encoding="utf-8")
        full = replace(bare, path=path)
        with engine(full).connect() as connection:
            there = rollups.has_any(connection)
        if not there:
            start, began = time.process_time(), time.perf_counter()
            cubes = rollups_ahead.write(full)
            work, wall = time.process_time() - start, time.perf_counter() - began
            more = path.stat().st_size - bare.path.stat().st_size
            say(f"{cubes} cubes in {wall:.0f} s ({work:.0f} s of processor), {more:,} bytes")
        questions = _questions(full)
        say(f"{len(questions)} questions of {len(PAGES)} pages for {', '.join(AREAS)}")
        kept = _times(questions, full)
        _say("with counts", kept, questions)
        if not there:
            counted = _times(questions, bare)
            _say("from rows", counted, questions)
            say(f"ratio of the sums: {sum(counted) / sum(kept):.1f}")


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    main()
