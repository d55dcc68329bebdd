"""Saving a map as a picture: the browser draws what it shows, with its words, into a PNG file.

Nothing is drawn twice and nothing is sent: the picture is the one on the screen, twice as large.
"""

from pathlib import Path

import streamlit as st

from config.i18n import t
from ui.render.streamlit.html import escape_html
from ui.server import boundary_urls
from ui.state.page_context import View
from ui.text import provenance

_SAVES = Path(__file__).with_name("picture.js").read_text("utf-8")


def save_button(
    view: View, name: str, *, of: str, credit: str = "", title: str = "", also: str = ""
) -> None:
    """Draw the button that saves the map of an indicator; `of` is the CSS selector of its place.

    Title, filters, day, source and credit go into the picture: a slide has no page around it.
    `title` stands where the map shows more than the indicator, `also` is said after the filters.
    """
    lang = view.lang
    title = title or t(f"indicator.{name}.title", lang)
    chosen = " · ".join([view.filters.line(lang), *([also] if also else [])])
    below = [*provenance.lines(view, name)[2:], *([credit] if credit else [])]
    words = {
        "of": of,
        "fonts": f"{boundary_urls.prefix()}/app/static/fonts/",
        "name": "-".join(["map", name, view.filters.narrowest, view.filters.day.isoformat()]),
        "above": f"{title}\n{chosen}",
        "below": "\n".join(below),
    }
    data = " ".join(f'data-{key}="{escape_html(text)}"' for key, text in words.items())
    label = escape_html(t("page.province_map.save", lang))
    button = f'<button type="button" class="ov-save-picture" {data}>{label}</button>'
    st.html(button)
    # By itself it is the same on every page, so a browser is sent it once.
    st.html(f"<script>{_SAVES}</script>", unsafe_allow_javascript=True)
