"""The document of a page, made by its section; the pages of a group as one report; and papers."""

from collections.abc import Iterator
from importlib import import_module
from typing import cast

from config.i18n import t
from ui.blocks import Block, Page, Text
from ui.render.pages import PAGES, PageSpec
from ui.state.page_context import View

# Papers that are no page of the screen: the module that makes each, and the page it stands beside.
PAPERS = {
    "profile": ("ui.sections.area.two_pages", "area"),
    "weekly": ("ui.sections.follow_up.weekly_sheet", "follow_up"),
}


def paper(name: str, view: View) -> Page:
    """Give a paper of the table as a document for one view."""
    return cast(Page, import_module(PAPERS[name][0]).page(view))


def page_of(entry: PageSpec, view: View) -> Page:
    """Give a page of the table as a document for one view."""
    return cast(Page, import_module(entry.section).page(view))


def report(group: str, view: View) -> Page:
    """Give the pages of a group that everybody may open as one document, one after the other.

    Each begins with its title and the sentence that matters.
    """
    title = t("export.report", view.lang, group=t(f"menu.{group}", view.lang))
    pages = [page_of(entry, view) for entry in PAGES if entry.group == group and not entry.roles]
    blocks = tuple(block for page in pages for block in _chapter(page))
    return Page(key=pages[0].key, title=title, lead="", blocks=blocks)


def _chapter(page: Page) -> Iterator[Block]:
    yield Text(page.title, "heading")
    yield Text(page.lead.replace("**", ""), "notice")
    yield from (*page.above, *page.blocks)
