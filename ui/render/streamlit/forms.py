"""A form on the screen: it keeps what was typed until it is saved, and the revision it is of."""

from typing import Any, Literal

import streamlit as st

from config.i18n import Lang, t
from ui.blocks import Field, Form
from ui.render.streamlit import words
from ui.render.streamlit.canvas import Canvas

_OUTCOME = "form.said"


def outcome() -> None:
    """Draw, once, what was saved in the run before."""
    for line in st.session_state.pop(_OUTCOME, ()):
        st.success(line)


def form(block: Form, canvas: Canvas) -> None:
    """Draw a form; what it says of mistakes stands below its button."""
    state, lang = st.session_state, canvas.view.lang
    turn, based_on = f"{block.key}_turn", f"{block.key}_based_on"
    keys = {one.name: f"{block.key}_{state.get(turn, 0)}_{one.name}" for one in block.fields}
    # Streamlit forgets what was typed when another page is opened: then the form begins anew.
    if based_on not in state or (keys and not any(key in state for key in keys.values())):
        state[based_on] = block.revision
    with st.container(key=f"block_{block.key}"):
        if block.title:
            words.heading(block.title)
        words.caption(block.note)
        if state[based_on] != block.revision:
            _newer(block, turn, lang)
        with st.form(f"{block.key}_form", border=bool(block.fields)):
            values = {one.name: _field(one, keys[one.name]) for one in block.fields}
            kind: Literal["primary", "secondary"] = "primary" if block.fields else "secondary"
            sent = st.form_submit_button(block.button, type=kind)
        if sent:
            _save(block, values, state[based_on], turn)


def _save(block: Form, values: dict[str, Any], based_on: int, turn: str) -> None:
    answer = block.save(values, based_on)
    if not answer.done:
        for line in answer.lines:
            st.error(line)
        return
    st.session_state[_OUTCOME] = answer.lines
    _begin_anew(block, turn)
    st.rerun()


def _newer(block: Form, turn: str, lang: Lang) -> None:
    """Somebody else has written since the form was opened: what is typed stays until one asks."""
    st.warning(t("form.newer", lang))
    label = t("form.take_newest", lang)
    st.button(label, key=f"{block.key}_newest", on_click=_begin_anew, args=(block, turn))


def _begin_anew(block: Form, turn: str) -> None:
    st.session_state[turn] = st.session_state.get(turn, 0) + 1
    st.session_state.pop(f"{block.key}_based_on", None)


def _field(one: Field, key: str) -> Any:
    help_text = one.help or None
    if one.form == "list":
        codes = list(one.options)
        at = codes.index(one.now) if one.now in codes else 0
        written = one.options.__getitem__
        return st.selectbox(
            one.label, codes, index=at, format_func=written, key=key, help=help_text
        )
    if one.form == "number":
        return st.number_input(one.label, value=one.now, key=key, help=help_text, format="%g")
    draw = st.text_area if one.form == "lines" else st.text_input
    return draw(one.label, value=one.now or "", max_chars=one.longest, key=key, help=help_text)
