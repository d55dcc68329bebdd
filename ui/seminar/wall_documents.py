"""Decks made ready for a wall: each once for one snapshot, scope, filters, language and look.

Making one takes seconds, so it is done beside the visitors and only counted while they wait. What
is finished is kept in memory: a slide that was shown is shown again even if the snapshot is gone.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ui.queries import page_queries
from ui.seminar.deck import Deck, deck_text
from ui.state.page_context import View

CACHE_SIZE = 24  # documents of some hundred kilobytes each
Make = Callable[[Callable[[int, int], None]], bytes]
State = Literal["making", "ready", "failed"]

log = logging.getLogger(__name__)


@dataclass
class Job:
    """One deck being made or finished."""

    of: int
    step: int = 0
    state: State = "making"
    content: bytes = b""
    end: threading.Event = field(default_factory=threading.Event)

    def progress(self, step: int, of: int) -> None:
        """Note how many slides are made."""
        self.step, self.of = step, of


_jobs: OrderedDict[object, Job] = OrderedDict()
_lock = threading.Lock()
_turn = threading.Semaphore(1)  # drawing takes a processor to itself


def key(deck: Deck, view: View) -> object:
    """Give what tells two documents apart: everything that can change a word or a number of one."""
    return deck_text(deck), str(page_queries.view_key(view)), view.today


def ask(deck: Deck, view: View, make: Make, *, wait: float) -> Job:
    """Give the job of a deck, begun where nobody asked before; waits for it a little at most."""
    with _lock:
        name = key(deck, view)
        job = _jobs.get(name)
        if job is None or job.state == "failed":
            job = _jobs[name] = Job(of=len(deck.slides))
            threading.Thread(target=_run, args=(job, make), daemon=True, name="slides").start()
            while len(_jobs) > CACHE_SIZE:
                _jobs.popitem(last=False)
        _jobs.move_to_end(name)
    job.end.wait(wait)
    return job


def prepare(deck: Deck, view: View, make: Make, between: Callable[[], object]) -> Job:
    """Give the job of a deck, made here and now where nobody asked for it before; `between` is
    called after each slide."""
    name = key(deck, view)
    with _lock:
        job = _jobs.get(name)
        if job is not None and job.state != "failed":
            return job
        job = _jobs[name] = Job(of=len(deck.slides))
    _run(job, make, between)
    return job


def _run(job: Job, make: Make, between: Callable[[], object] = lambda: None) -> None:
    def progress(step: int, of: int) -> None:
        job.progress(step, of)
        between()

    try:
        with _turn:
            job.content = make(progress)
        job.state = "ready"
    except Exception:  # said on the wall in one sentence; the rest is for the log
        log.exception("a deck could not be made")
        job.state = "failed"
    finally:
        job.end.set()
