"""A row of choices that lives in the address bar: a page's own codes, never words."""

from collections.abc import Sequence

import streamlit as st

from config.i18n import t
from ui.state import url_state
from ui.state.page_context import View


def switch(view: View, param: str, offered: Sequence[str], now: str, words: str) -> None:
    """Draw a switch whose choice goes to the address bar; the first code offered is the usual one.

    Its label is the text `words`, its entries are `words` with "_" and the code.
    """
    key = f"switch_{param}"
    st.session_state[key] = now
    st.segmented_control(
        t(words, view.lang),
        offered,
        format_func=lambda code: t(f"{words}_{code}", view.lang),
        key=key,
        required=True,
        on_change=_switched,
        args=(param, offered[0]),
        wrap=True,
    )


def choose_one(view: View, param: str, offered: Sequence[str], now: str, words: str) -> None:
    """Draw the same choice as a list, where there is little room."""
    key = f"switch_{param}"
    st.session_state[key] = now
    st.selectbox(
        t(words, view.lang),
        offered,
        format_func=lambda code: t(f"{words}_{code}", view.lang),
        key=key,
        on_change=_switched,
        args=(param, offered[0]),
    )


def _switched(param: str, usual: str) -> None:
    url_state.keep_option(param, st.session_state[f"switch_{param}"], usual)
