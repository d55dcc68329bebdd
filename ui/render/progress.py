"""How far a file is, for whoever waits for it, and whether they still do.

Renderers go through their parts by `each`; outside of a watch that costs nothing and says nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

T = TypeVar("T")
# What is read first takes longest; then words are put into cells, then everything is set.
READ, PUT = (0.0, 0.6), (0.6, 0.7)
DRAW = (0.7, 0.98)


class Cancellation(Exception):
    """Nobody waits for the file any more: making it stops where it is."""


@dataclass
class Progress:
    """How far one file is, from 0 to 1; `cancel` is set by whoever does not want it any more."""

    share: float = 0.0
    cancel: Event = field(default_factory=Event)

    def stop_if_cancelled(self) -> None:
        """Raise Cancellation where nobody waits any more."""
        if self.cancel.is_set():
            raise Cancellation


_current: ContextVar[Progress | None] = ContextVar("progress", default=None)


@contextmanager
def watch(progress: Progress) -> Iterator[None]:
    """Let what is made inside say how far it is, and stop where it is cancelled."""
    token = _current.set(progress)
    try:
        yield
    finally:
        _current.reset(token)


def each(items: Sequence[T], span: tuple[float, float]) -> Iterator[T]:
    """Give the items one after the other; each of them is an equal part of a span of the way."""
    first, last = span
    progress = _current.get()
    for number, item in enumerate(items):
        if progress is not None:
            progress.stop_if_cancelled()
            progress.share = first + (last - first) * number / len(items)
        yield item
