"""The media that a page can be drawn on: one line each.

A medium is a module with a function `render(page, view)` that takes a page as a document; what goes
into a file is given back as bytes, the screen gives nothing back. Modules are imported when they
are asked for: a text needs no Streamlit.
"""

from importlib import import_module
from typing import Protocol, cast

from ui.blocks import Page
from ui.state.page_context import View

RENDERERS = {
    "streamlit": "ui.render.streamlit.page",
    "text": "ui.render.text",
    "xlsx": "ui.render.xlsx",
    "html": "ui.render.html",
    "pdf": "ui.render.pdf",
    "pptx": "ui.render.pptx",
    "csv": "ui.render.csv_file",
}


class Renderer(Protocol):
    """What draws a page on one medium."""

    def __call__(self, page: Page, view: View) -> bytes | None:
        """Draw the page; give the bytes of a file, or nothing for a screen."""


def renderer(medium: str) -> Renderer:
    """Give what draws pages on a medium; KeyError for one that is not in the table."""
    return cast(Renderer, import_module(RENDERERS[medium]).render)
