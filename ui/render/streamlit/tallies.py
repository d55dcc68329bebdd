"""Counts as cards, each with the list it is the length of."""

import streamlit as st

from config import numbers
from config.i18n import t
from ui.blocks import Tallies
from ui.render.streamlit import words
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.templating import html
from ui.state import url_state


def tallies(block: Tallies, canvas: Canvas) -> None:
    """Draw the cards; the one whose list is open says so, and the others open theirs."""
    lang = canvas.view.lang
    with st.container(key=f"tallies_{block.key}"):
        for row in block.rows().itertuples():
            is_open = row.code == block.now
            with st.container(key=f"card_{'open' if is_open else 'tally'}_{row.code}"):
                count = numbers.count(row.count, lang)
                said = {"label": row.label, "unit": row.unit, "line": row.line}
                st.html(html("tally", count=count, **said))
                st.button(
                    t("action.list_open" if is_open else "action.view_list", lang),
                    key=f"list_{row.code}",
                    type="tertiary",
                    disabled=is_open,
                    on_click=url_state.keep_option,
                    args=(block.param, row.code, ""),
                )
    words.caption(block.not_followed)
