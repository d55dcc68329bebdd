"""A deck as a document, for files: the same slides as on the wall, in the same order."""

from collections.abc import Iterator
from dataclasses import replace

from config.i18n import t
from ui.blocks import Block, Figures, FigureTable, Page, Text
from ui.seminar.deck import Deck
from ui.seminar.filled import Filled, fill, shown_to_a_room
from ui.state.page_context import View


def document(deck: Deck, view: View) -> tuple[Page, View]:
    """Give the deck as a page and the view it is for: that of the room, whoever asks."""
    view = shown_to_a_room(view)
    blocks = tuple(block for one in fill(deck, view) for block in _slide(one, view))
    title = deck.title[view.lang]
    return Page(key="present", title=title, lead="", blocks=blocks, slides=True), view


def _slide(filled: Filled, view: View) -> Iterator[Block]:
    yield Text(_title(filled, view), "heading")
    if filled.notes:
        yield Text(filled.notes, "spoken")
    if filled.lead:
        yield Text(filled.lead)
    for block in filled.blocks:
        # What was better or worse before takes long to work out, and is not on the wall either.
        yield replace(block, histories=None) if isinstance(block, Figures | FigureTable) else block
    yield from (Text(problem) for problem in filled.problems)


def _title(filled: Filled, view: View) -> str:
    """The title, with the filters where they are the slide's own."""
    own, rooms = (one.filters.line(view.lang) for one in (filled.view, view))
    return (
        filled.title
        if own == rooms
        else t("deck.filtered", view.lang, title=filled.title, line=own)
    )
