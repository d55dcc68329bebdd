"""A deck on the screen: ways to begin, its slides, its file; the visitor's own one to change."""

from functools import partial

import streamlit as st

from config.i18n import t
from ui.blocks import Slides
from ui.render.streamlit import words
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.templating import html
from ui.seminar import deck as decks
from ui.seminar import own, visitor_decks
from ui.seminar.deck import Deck, DeckProblem
from ui.server import boundary_urls, present_addresses
from ui.state import url_state
from ui.state.page_context import View

_PASTE_KEY, _WRONG = "deck_pasted", "deck.wrong"


def draw(block: Slides, canvas: Canvas) -> None:
    """Draw the links that begin, the slides in order, and the file of the deck."""
    view = canvas.view
    deck = own.current() if block.own else decks.ready()[block.deck]
    if not deck.slides:
        st.info(t("deck.own_empty", view.lang))
    else:
        st.html(html("slides_begin", **_begin(block, deck, view)))
    if block.own:
        _editor(block, deck, view)
    else:
        st.html(html("slides_list", titles=block.titles))
    _file(block, deck, view)


def _begin(block: Slides, deck: Deck, view: View) -> dict[str, object]:
    codes = {**url_state.codes(), "lang": view.lang, "snapshot": block.snapshot}
    if view.theme == "dark":
        codes["theme"] = "dark"
    name = visitor_decks.offer(deck) if block.own else block.deck
    address = present_addresses.address(name, codes)
    return {
        "begin": (address, t("deck.begin", view.lang)),
        "lobby": (f"{address}&lobby=1", t("deck.lobby", view.lang)),
        "served": boundary_urls.served(),
        "not_served": t("deck.not_served", view.lang),
        "keys": t("deck.keys.short", view.lang),
    }


def _file(block: Slides, deck: Deck, view: View) -> None:
    lang = view.lang
    with st.container(horizontal=True, vertical_alignment="center", key="deck_file"):
        st.download_button(
            t("deck.save", lang),
            data=partial(decks.deck_text, deck),
            file_name=f"{deck.name}.toml",
            mime="application/toml",
            on_click="ignore",
            key="deck_save",
            disabled=not deck.slides,
        )
        if not block.own:
            st.button(t("deck.copy", lang), key="deck_copy", on_click=partial(_take, deck))


def _take(deck: Deck) -> None:
    """Begin an own deck from one that comes with the product."""
    own.use(deck)
    url_state.keep_option("deck", own.NAME, "")


def _editor(block: Slides, deck: Deck, view: View) -> None:
    lang = view.lang
    if deck.slides:
        st.text_input(
            t("deck.title", lang),
            value=deck.title[lang],
            key=f"deck_title_{deck.title[lang]}",
            on_change=lambda: own.rename(st.session_state[f"deck_title_{deck.title[lang]}"]),
        )
    for at, said in enumerate(block.titles):
        _row(at, said, len(block.titles), view)
    with st.expander(t("deck.paste", lang), key="deck_paste", on_change="rerun") as fold:
        if fold.open:
            _paste(view)


def _row(at: int, words: str, of: int, view: View) -> None:
    lang, number = view.lang, at + 1
    key = f"{at}_{words}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"slide_{at}"):
        st.text_input(
            t("deck.slide_title", lang, n=number),
            value=words,
            key=f"slide_title_{key}",
            on_change=lambda: own.retitle(at, st.session_state[f"slide_title_{key}"]),
        )
        for name, by, ends in (("up", -1, at == 0), ("down", 1, number == of)):
            st.button(
                t(f"deck.{name}", lang, n=number),
                key=f"slide_{name}_{at}",
                on_click=partial(own.move, at, by),
                disabled=ends,
            )
        label = t("deck.remove", lang, n=number)
        st.button(label, key=f"slide_remove_{at}", on_click=partial(own.remove, at))


def _paste(view: View) -> None:
    """A field for the text of a file: nothing is uploaded here."""
    lang = view.lang
    words.caption(t("deck.paste_help", lang))
    st.text_area(t("deck.paste_field", lang), key=_PASTE_KEY, height=200)
    st.button(t("deck.open", lang), key="deck_open", on_click=_open)
    for line in st.session_state.pop(_WRONG, ()):
        st.error(line.text(lang))


def _open() -> None:
    text = str(st.session_state.get(_PASTE_KEY, ""))
    try:
        own.use(decks.read(text, own.NAME, "TOML"))
    except DeckProblem as wrong:
        st.session_state[_WRONG] = wrong.problems


def add_button(block: str, view: View, place: str) -> None:
    """Draw the button that adds a block with its filters to the visitor's own deck."""
    key = f"add_{place}_{block}"
    added = st.session_state.pop(f"{key}_done", None)
    st.button(
        t("deck.add", view.lang),
        key=key,
        type="tertiary",
        icon=":material/add_to_queue:",
        on_click=partial(_add, block, view, key),
    )
    if added is not None:
        said = "added" if added else "full"
        count = len(own.current().slides)
        words.caption(t(f"deck.{said}", view.lang, n=count, most=decks.MOST_SLIDES))


def _add(block: str, view: View, key: str) -> None:
    st.session_state[f"{key}_done"] = own.add(url_state.page(), block, view)
