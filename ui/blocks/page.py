"""A page as a document: title, the sentence that matters, and blocks in reading order."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.blocks.content import Blocks
from ui.state.page_context import View


@dataclass(frozen=True, eq=False, kw_only=True)
class Page:
    """What one page says for one view.

    `above` stands between sentence and filters; `filters` is false where they change nothing.
    `slides` is true for a deck: a picture then does without the rows behind it. `files` gives the
    document that files are made of, with its view, where that is not the page itself.
    """

    key: str
    title: str
    lead: str
    blocks: Blocks
    above: Blocks = ()
    filters: bool = True
    slides: bool = False
    files: "Callable[[], tuple[Page, View]] | None" = None


MakePage = Callable[[View], Page]
