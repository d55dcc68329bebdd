"""The document of a page, made by its section."""

from importlib import import_module
from typing import cast

from ui.blocks import Page
from ui.render.pages import PageSpec
from ui.state.page_context import View


def page_of(entry: PageSpec, view: View) -> Page:
    """Give a page of the table as a document for one view."""
    return cast(Page, import_module(entry.section).page(view))
