"""Answers worked out ahead: what was asked for all target groups is asked for each of them.

A visitor who has seen a page is likely to choose a group next. Answers and pictures for it are
worked out beside the visitors (`ui.prefetch.worker`), while none of them waits for anything.
"""

import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from threading import Lock

from data_access.schema.codes import CODES

# A run of a page takes less; whoever comes back after a shorter rest finds the server free.
REST_SECONDS = 1.0
_MOST_WAITING = 5_000
Work = Callable[[], object]

_waiting: deque[Work] = deque(maxlen=_MOST_WAITING)
_pending: dict[Hashable, Work] = {}
_quiet: ContextVar[bool] = ContextVar("quiet", default=False)
_last_run = 0.0
_runs = 0
_count = Lock()


def note(again: Callable[[str], object]) -> None:
    """Take in what was just worked out for all groups: `again` does the same for one of them."""
    if _quiet.get():
        return
    _waiting.extend(partial(again, group) for group in CODES["target_group"])


@contextmanager
def visit() -> Iterator[None]:
    """Note that a visitor's page is being drawn, from its first line to its last."""
    global _last_run, _runs
    with _count:
        _runs += 1
    try:
        yield
    finally:
        with _count:
            _runs -= 1
            _last_run = time.monotonic()


@contextmanager
def quiet() -> Iterator[None]:
    """Take in nothing for each group meanwhile: a page of everything would fill the queue."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def add(work: Work) -> None:
    """Have something worked out when no visitor is being served."""
    _waiting.append(work)


def ask(key: Hashable, work: Work) -> None:
    """Have something worked out that a visitor is looking at; once for each key until it is."""
    _pending.setdefault(key, work)


def next_asked() -> Work | None:
    """Give the next thing that a visitor waits for; None where nobody does."""
    return _pending.pop(next(iter(_pending))) if _pending else None


def visitor_now() -> bool:
    """Tell whether a visitor's page is being drawn, or was a moment ago: they come first."""
    return _runs > 0 or time.monotonic() - _last_run < REST_SECONDS


def take() -> Work | None:
    """Give the next thing to work out; None where none waits, or a visitor comes first."""
    if not _waiting or visitor_now():
        return None
    return _waiting.popleft()


def waiting() -> bool:
    """Tell whether something waits to be worked out."""
    return bool(_waiting or _pending)


def forget() -> None:
    """Drop what waits: a new snapshot has answers of its own."""
    _waiting.clear()
