"""What a reader acts with: choices in the address bar, links, downloads, a map through time."""

from datetime import timedelta
from functools import partial
from typing import Literal

import streamlit as st

from config.i18n import t
from ui.blocks import AreaChoice, Choice, Definitions, Download, Frames, Links
from ui.render.csv_file import csv_bytes
from ui.render.streamlit import charts, menu, words
from ui.render.streamlit.canvas import Canvas
from ui.state import session, url_state
from ui.state.filter_state import COUNTRY

STEP = timedelta(seconds=1.5)


def choice(block: Choice, canvas: Canvas) -> None:
    """Draw a switch or a list; what is chosen goes to the address bar."""
    key = block.control
    st.session_state[key] = block.now
    kept = partial(_on_choice, block)
    hidden: Literal["collapsed", "visible"] = "collapsed" if block.label_hidden else "visible"
    if block.form == "list":
        st.selectbox(
            block.label,
            list(block.options),
            format_func=block.options.__getitem__,
            key=key,
            on_change=kept,
            label_visibility=hidden,
        )
    else:
        st.segmented_control(
            block.label,
            list(block.options),
            format_func=block.options.__getitem__,
            key=key,
            required=True,
            on_change=kept,
            label_visibility=hidden,
            wrap=True,
        )


def _on_choice(block: Choice) -> None:
    url_state.keep_option(block.param, st.session_state[block.control], block.usual)


def area_choice(block: AreaChoice, canvas: Canvas) -> None:
    """Draw the areas as chips with a search for more; once there are enough, only to remove."""
    key = f"choice_{block.param}"
    st.session_state[key] = list(block.now)
    full = len(block.now) >= block.most
    st.multiselect(
        block.label,
        list(block.now) if full else list(block.options),
        format_func=block.options.__getitem__,
        key=key,
        placeholder=block.empty,
        on_change=partial(_areas_chosen, block, key),
    )


def _areas_chosen(block: AreaChoice, key: str) -> None:
    codes = st.session_state[key]
    url_state.choose(url_state.filters().at(codes[0] if codes else COUNTRY))
    url_state.keep_option(block.param, ",".join(codes) if len(codes) > 1 else "", "")


def links(block: Links, canvas: Canvas) -> None:
    """Draw links to other pages, with the filters."""
    with st.container(horizontal=True, key=block.key):
        for page in block.pages:
            menu.link(page, canvas.view.lang, url_state.codes())


def definitions(block: Definitions, canvas: Canvas) -> None:
    """Draw links to definitions, each with the name of its indicator."""
    for name in block.names:
        menu.definition_link(name, canvas.view.lang, titled=True)


def download(block: Download, canvas: Canvas) -> None:
    """Draw the button that gives rows as a file, made once it is asked for."""
    named = {c.name: c.label for c in block.columns}
    st.download_button(
        t("action.download_csv", canvas.view.lang),
        data=lambda: csv_bytes(block.rows(), named, block.provenance),
        file_name=f"{block.key}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"{block.key}_csv",
    )


def frames(block: Frames, canvas: Canvas) -> None:
    """Draw one map with a slider; playing moves on by itself and starts again."""
    playing = st.toggle(block.play, key=f"{block.key}_play")
    st.fragment(_frame, run_every=STEP if playing else None)(block, canvas, playing)


def _frame(block: Frames, canvas: Canvas, playing: bool) -> None:
    if not session.still_sees(canvas.view.scope):
        st.rerun()  # alone, a fragment would go on with rows that were somebody's a moment ago
    state, at, codes = st.session_state, f"{block.key}_at", list(block.frames)
    if state.get(at) not in codes:
        state[at] = codes[-1]
    if playing:
        state[at] = codes[(codes.index(state[at]) + 1) % len(codes)]
    st.select_slider(block.label, codes, key=at, format_func=block.frames.__getitem__)
    shown = block.block(state[at])
    charts.picture(shown, f"{block.key}_picture", canvas)
    words.caption(shown.caveat)
    menu.definition_link(shown.about, canvas.view.lang)
