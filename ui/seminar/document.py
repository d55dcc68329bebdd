"""A deck as a document, for files: the same slides as on the wall, in the same order."""

from collections.abc import Iterator
from dataclasses import replace

from config.i18n import t
from ui.blocks import Block, Figures, FigureTable, Page, Text
from ui.render import links
from ui.seminar.deck import Deck
from ui.seminar.slide_content import SlideContent, fill, shown_to_a_room
from ui.state.page_context import View


def document(deck: Deck, view: View) -> tuple[Page, View]:
    """Give the deck as a page and the view it is for: that of the room, whoever asks."""
    view = shown_to_a_room(view)
    blocks = tuple(block for one in fill(deck, view) for block in _slide(one, view))
    title = deck.title[view.lang]
    return Page(key="present", title=title, lead="", blocks=blocks, slides=True), view


def _slide(slide: SlideContent, view: View) -> Iterator[Block]:
    yield Text(_title(slide, view), "heading")
    if slide.page:
        yield Text(links.of_view(slide.page, slide.view), "link")
    if slide.notes:
        yield Text(slide.notes, "spoken")
    if slide.lead:
        yield Text(slide.lead)
    for block in slide.blocks:
        # What was better or worse before takes long to work out, and is not on the wall either.
        yield replace(block, histories=None) if isinstance(block, Figures | FigureTable) else block
    yield from (Text(problem) for problem in slide.problems)


def _title(slide: SlideContent, view: View) -> str:
    """The title, with the filters where they are the slide's own."""
    own, rooms = (one.filters.line(view.lang) for one in (slide.view, view))
    return (
        slide.title if own == rooms else t("deck.filtered", view.lang, title=slide.title, line=own)
    )
