"""Words on the screen: headings, quiet lines, notices, lists and entries of a register."""

import streamlit as st

from ui.blocks import Facts, Text
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.templating import html


def heading(text: str) -> None:
    """Draw the heading of one part of a page."""
    st.header(text, anchor=False)


def lead(sentence: str) -> None:
    """Draw the sentence that states what matters; **bold** parts are kept."""
    st.html(html("lead", text=sentence))


def caption(text: str) -> None:
    """Draw a quiet line; nothing for no words."""
    if text:
        st.html(html("caption", text=text))


def text(block: Text, canvas: Canvas) -> None:
    """Draw words in their form."""
    match block.form:
        case "heading":
            heading(block.text)
        case "notice":
            st.info(block.text)
        case "bullets":
            st.markdown("\n".join(f"- {line}" for line in block.text.split("\n")))
        case "steps":
            st.markdown("\n".join(f"1. {line}" for line in block.text.split("\n")))
        case "code" | "sql":
            st.code(block.text, language="sql" if block.form == "sql" else None)
        case _:
            caption(block.text)


def facts(block: Facts, canvas: Canvas) -> None:
    """Draw labels, each above its text."""
    st.html(html("facts", pairs=block.pairs))
