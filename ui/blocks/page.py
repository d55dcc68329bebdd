"""A page as a document: title, the sentence that matters, and blocks in reading order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ui.blocks.content import Blocks
from ui.state.page_context import View

# How a page is set on paper: as many pages as it needs, exactly two, or exactly one.
# sheets: each chapter a page of its own, in black and white, with lines to write on.
Layout = Literal["report", "two_pages", "one_page", "sheets"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Page:
    """What one page says for one view.

    `above` stands between sentence and filters; `filters` is false where they change nothing.
    `slides` is true for a deck: a picture then does without the rows behind it. `files` gives the
    document that files are made of, with its view, where that is not the page itself. `layout` is
    how it is set on paper; of two pages the last block has the second to itself.
    """

    key: str
    title: str
    lead: str
    blocks: Blocks
    above: Blocks = ()
    filters: bool = True
    slides: bool = False
    layout: Layout = "report"
    files: "Callable[[], tuple[Page, View]] | None" = None


MakePage = Callable[[View], Page]
