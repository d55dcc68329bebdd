"""The deck that a visitor puts together: it lives in the visit and leaves it as a file.

Nothing of it is kept on the server: who wants it again saves the file and pastes its text.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import streamlit as st

from config.i18n import LANGS, t
from ui.seminar import deck as decks
from ui.seminar.deck import MOST_SLIDES, Deck, Slide
from ui.state.page_context import View

NAME = "own"
_DECK = "seminar.own"
_CODE = re.compile(r"[A-Za-z0-9_.,-]{1,80}")
# Codes of the address that are about the visit, not about what a block shows.
_NOT_KEPT = ("deck", "snapshot", "digits", "show")


def current() -> Deck:
    """Give the visitor's deck; an empty one before anything was added."""
    found = st.session_state.get(_DECK)
    title = {lang: t("deck.own", lang) for lang in LANGS}
    return cast(Deck, found) if found else Deck(NAME, title)


def use(deck: Deck) -> None:
    """Take a deck as the visitor's own, whatever it was called before."""
    st.session_state[_DECK] = replace(deck, name=NAME)


def add(page: str, block: str, view: View) -> bool:
    """Add a block with the filters of the view; False where the deck is full."""
    deck = current()
    if len(deck.slides) >= MOST_SLIDES:
        return False
    filters = {"fy": str(view.filters.year.be), **view.filters.params()}
    slide = Slide(page=page, block=block, filters=filters, options=_codes(view.options))
    use(deck.with_slides((*deck.slides, slide)))
    return True


def _codes(options: Mapping[str, str]) -> dict[str, str]:
    return {
        name: code
        for name, code in options.items()
        if name not in _NOT_KEPT and _CODE.fullmatch(code)
    }


def move(at: int, by: int) -> None:
    """Move a slide so many places; one that has no place there stays."""
    slides = list(current().slides)
    to = at + by
    if 0 <= at < len(slides) and 0 <= to < len(slides):
        slides.insert(to, slides.pop(at))
        use(current().with_slides(tuple(slides)))


def remove(at: int) -> None:
    """Take a slide out."""
    slides = current().slides
    use(current().with_slides((*slides[:at], *slides[at + 1 :])))


def retitle(at: int, title: str) -> None:
    """Give a slide a title of the visitor's own, the same in both languages; "" for the block's."""
    slides = list(current().slides)
    if 0 <= at < len(slides):
        said = clean(title)
        slides[at] = replace(slides[at], title=dict.fromkeys(LANGS, said) if said else {})
        use(current().with_slides(tuple(slides)))


def rename(title: str) -> None:
    """Give the deck a title, the same in both languages."""
    if said := clean(title):
        use(replace(current(), title=dict.fromkeys(LANGS, said)))


def clean(title: str) -> str:
    """Give a title as a file may hold it: in one line, without controls, not too long."""
    line = decks.CONTROL.sub("", title.replace("\n", " "))
    return line.strip()[: decks.LONGEST["title"]]
