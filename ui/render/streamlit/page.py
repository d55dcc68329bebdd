"""A page on the screen: title, the sentence that matters, filters, and its blocks."""

import streamlit as st

from config.i18n import t
from ui.blocks import Page
from ui.blocks.page import MakePage
from ui.render.streamlit import export_menu, forms, words
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.drawers import DRAWERS
from ui.render.streamlit.templating import html
from ui.state import filter_bar, page_context, url_state
from ui.state.page_context import View


def draw(make: MakePage) -> None:
    """Draw the page that a section makes for the visitor whose run this is."""
    view = page_context.current()
    render(make(view), view)
    url_state.note_ignored(view.ignored_codes)


def render(page: Page, view: View) -> None:
    """Draw a page on the screen."""
    canvas = Canvas(view, DRAWERS)
    with st.container(
        key="title_line",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.title(page.title, anchor=False, width="stretch")
        export_menu.draw(page, view)
    words.lead(page.lead)
    forms.outcome()
    canvas.draw(page.above)
    if page.filters:
        _filters(view)
    canvas.draw(page.blocks)
    canvas.finish()


def _filters(view: View) -> None:
    """Draw the line of filters, and the button that opens it on a telephone.

    A button of Streamlit's would ask the server to open what the browser has already.
    """
    with st.container(key="filter_bar"):
        label, line = t("shell.filters", view.lang), view.filters.line(view.lang)
        st.html(html("filters_button", label=label, line=line))
        filter_bar.bar(view.lang)
