"""A page on the screen: title, the sentence that matters, filters, and its blocks."""

import streamlit as st

from ui.blocks import Page
from ui.blocks.page import MakePage
from ui.render.streamlit import words
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.drawers import DRAWERS
from ui.state import filter_bar, page_context, url_state
from ui.state.page_context import View


def draw(make: MakePage) -> None:
    """Draw the page that a section makes for the visitor whose run this is."""
    view = page_context.current()
    render(make(view), view)
    url_state.note_ignored(view.unknown)


def render(page: Page, view: View) -> None:
    """Draw a page on the screen."""
    canvas = Canvas(view, DRAWERS)
    st.title(page.title, anchor=False)
    words.lead(page.lead)
    canvas.draw(page.above)
    if page.filters:
        filter_bar.bar(view.lang)
    canvas.draw(page.blocks)
    canvas.finish()
