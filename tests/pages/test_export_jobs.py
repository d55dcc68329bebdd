"""Files that take a while: how far they are, a way out, and nobody else's page waits for them."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.pages.conftest import Open, words
from ui.render import export_jobs, exports, progress
from ui.render.export_jobs import Job
from ui.render.exports import Kind

SECONDS = 30  # a guard against a test that never ends
PARTS = list(range(10))


class Slow:
    """A file of ten parts; each waits until the test lets it go on."""

    def __init__(self) -> None:
        self.parts: list[int] = []
        self.reached, self.go_on = threading.Event(), threading.Event()

    def __call__(self, page: Any, view: Any) -> bytes:
        for part in progress.each(PARTS, (0.0, 1.0)):
            self.parts.append(part)
            if part == 4:
                self.reached.set()
                self.go_on.wait(SECONDS)
        return b"file"


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], tuple[Job, Slow]]]:
    """Begins a slow file; those left over are cancelled at the end."""
    begun: list[tuple[Job, Slow]] = []
    files: dict[str, Slow] = {}
    monkeypatch.setattr(exports, "renderer", lambda medium: lambda page, view: files[page](0, 0))

    def one() -> tuple[Job, Slow]:
        file = Slow()
        name = f"file {len(begun)}"
        files[name] = file
        nobody: Any = None
        document: Any = (name, nobody)
        job = export_jobs.start(Job("key", name, Kind("pdf")), lambda: document, lambda: None)
        begun.append((job, file))
        return job, file

    yield one
    for job, file in begun:
        job.cancel()
        file.go_on.set()
        assert job.end.wait(SECONDS)


def test_a_file_says_how_far_it_is_and_is_there_at_the_end(start: Any) -> None:
    job, file = start()
    assert file.reached.wait(SECONDS)
    assert (job.state, job.progress.share) == ("making", 0.4)
    file.go_on.set()
    assert job.end.wait(SECONDS)
    assert (job.state, job.content, file.parts) == ("ready", b"file", PARTS)


def test_a_file_that_nobody_wants_any_more_is_made_no_further(start: Any) -> None:
    job, file = start()
    assert file.reached.wait(SECONDS)
    job.cancel()
    assert (job.answer, job.open, job.state) == ("cancelled", False, "making")
    file.go_on.set()
    assert job.end.wait(SECONDS)
    assert (job.state, job.content, file.parts) == ("cancelled", b"", PARTS[:5])


def test_two_who_export_leave_a_thirds_page_alone_and_a_third_file_can_be_let_go(
    start: Any, open_page: Open
) -> None:
    busy = [start() for _ in range(exports.AT_ONCE)]
    assert all(file.reached.wait(SECONDS) for _, file in busy)
    waiting, file = start()
    app = open_page("courses")
    assert not app.exception
    assert words(app)
    assert (waiting.state, file.parts) == ("waiting", [])
    assert all(job.state == "making" for job, _ in busy), "the page was there before the files"
    waiting.cancel()
    assert waiting.end.wait(SECONDS)
    assert (waiting.state, file.parts) == ("cancelled", [])


def test_a_file_that_fails_gives_its_turn_to_the_next(
    start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Any:
        raise ValueError("no document")

    for number in range(exports.AT_ONCE + 1):
        job = export_jobs.start(Job("key", f"broken {number}", Kind("pdf")), fail, lambda: None)
        assert job.end.wait(SECONDS)
        assert (job.state, job.content) == ("failed", b"")
    job, file = start()
    assert file.reached.wait(SECONDS)
