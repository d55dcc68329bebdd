"""Files of a page for whoever asks: which kinds there are, and a few made at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from threading import BoundedSemaphore

from ui.blocks import Page
from ui.render.media import RENDERERS, renderer
from ui.render.progress import Progress
from ui.state.page_context import View

# Drawing takes a processor to itself; whoever comes third waits and keeps nobody's page waiting.
AT_ONCE = 2

_turns = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Kind:
    """One kind of file: the medium that makes it; the ending of its name is the same word."""

    medium: str

    @property
    def media_type(self) -> str:
        """How a browser calls such a file."""
        return str(import_module(RENDERERS[self.medium]).MEDIA_TYPE)


# What is ready within a second or two is given at once; the others say how far they are.
AT_A_PRESS = ("xlsx", "csv")
KINDS = tuple(Kind(medium) for medium in ("xlsx", "pdf", "pptx", "html", "csv"))


def content(kind: Kind, page: Page, view: View, check: Callable[[], None]) -> bytes:
    """Give the finished file, once it is its turn.

    `check` raises where the visitor may not have it any more: a menu can stand open for hours.
    """
    with _turns:
        check()
        return bytes_of(kind, page, view)


def bytes_of(kind: Kind, page: Page, view: View) -> bytes:
    """Give the finished file at once, for whoever has a turn."""
    return renderer(kind.medium)(page, view) or b""


@contextmanager
def turn(progress: Progress, look_seconds: float) -> Iterator[None]:
    """Wait for a turn and hold it; raises Cancellation where nobody waits for the file any more."""
    while not _turns.acquire(timeout=look_seconds):
        progress.stop_if_cancelled()
    try:
        progress.stop_if_cancelled()
        yield
    finally:
        _turns.release()
