"""Files that take a while, made beside the page of whoever asked: how far they are, and a way out.

At most `exports.AT_ONCE` are made at a time; the others wait without a processor, and so does no
page. A job belongs to the session that began it and is kept nowhere else.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ui.blocks import Page
from ui.render import exports
from ui.render.exports import Kind
from ui.render.progress import Cancellation, Progress, watch
from ui.state.page_context import View

State = Literal["waiting", "making", "ready", "cancelled", "failed"]
MakeDocument = Callable[[], tuple[Page, View]]
LOOK_SECONDS = 0.1  # how soon somebody who waits for a turn notices that nobody waits for the file

log = logging.getLogger(__name__)


@dataclass
class Job:
    """One file being made or finished; `name` is that of the file, `key` what it was asked for."""

    key: str
    name: str
    kind: Kind
    state: State = "waiting"
    content: bytes = b""
    progress: Progress = field(default_factory=Progress)
    end: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Let go of the file: what is being made stops at its next part."""
        self.progress.cancel.set()

    @property
    def answer(self) -> State:
        """The state as whoever asked should read it: cancelled at once, though the part that is
        being made ends first."""
        return "cancelled" if self.progress.cancel.is_set() else self.state

    @property
    def open(self) -> bool:
        """Whether it is still to come."""
        return self.answer in ("waiting", "making")


def start(job: Job, document: MakeDocument, check: Callable[[], None]) -> Job:
    """Begin to make the file of a document, which is made then too, and give the job.

    It fails where `check` raises: then the visitor may not have it any more.
    """
    arguments = (job, document, check)
    threading.Thread(target=_run, args=arguments, daemon=True, name="export").start()
    return job


def _run(job: Job, document: MakeDocument, check: Callable[[], None]) -> None:
    try:
        with exports.turn(job.progress, LOOK_SECONDS), watch(job.progress):
            job.state = "making"
            check()
            page, view = document()
            job.content = exports.bytes_of(job.kind, page, view)
            check()
            job.progress.stop_if_cancelled()
        job.state = "ready"
    except Cancellation:
        job.state, job.content = "cancelled", b""
    except Exception:  # said in the menu in one sentence; the rest is for the log
        log.exception("a file could not be made")
        job.state, job.content = "failed", b""
    finally:
        job.end.set()
