"""The ready decks made ahead, one slide at a time, so that whoever opens one does not wait.

At the public level and without filters: that is how a deck is opened first. Other filters, and
decks of visitors, are made when they are asked for, out of answers that are mostly there by then.
"""

from collections.abc import Callable
from functools import partial

from ui.prefetch import queue
from ui.render import wall
from ui.seminar import deck as decks
from ui.seminar import wall_documents
from ui.seminar.deck import Deck
from ui.seminar.slide_content import shown_to_a_room
from ui.server import present_route
from ui.state.page_context import View


def add(view: View, between: Callable[[], object]) -> None:
    """Have each ready deck made when no visitor is being served; `between` after each slide."""
    for deck in decks.ready().values():
        queue.add(partial(_prepare, deck, shown_to_a_room(view), between))


def _prepare(deck: Deck, view: View, between: Callable[[], object]) -> None:
    with queue.quiet():
        codes = {"lang": view.lang, "snapshot": view.snapshot.snapshot_id}
        make = partial(wall.render, deck, view, present_route.around(deck, codes))
        wall_documents.prepare(deck, view, make, between)
