"""The document of a page, made by its section; the pages of a group as one report; and papers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import cast

from config.i18n import t
from ui.blocks import Block, Page, Text
from ui.render.about import name_of
from ui.render.pages import PAGES, PageSpec, spec
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View

# Papers that are no page of the screen: the module that makes each, and the page it stands beside.
PAPERS = {
    "profile": ("ui.sections.area.two_pages", "area"),
    "weekly": ("ui.sections.follow_up.weekly_sheet", "follow_up"),
    "supervision": ("ui.sections.desk.supervision_sheets", "desk"),
    "national": ("", "overview"),
}
# The pages that the national report is made of, in the order of the Monday meeting.
NATIONAL = (
    "overview", "caseload", "follow_up", "process", "outcomes", "teamwork", "screening",
    "volunteers", "training", "quality",
)  # fmt: skip


def paper(name: str, view: View) -> tuple[Page, View]:
    """Give a paper of the table as a document, and the view that it is for: the national report is
    for the country, whatever area is chosen."""
    if name == "national":
        view = replace(view, filters=view.filters.at(COUNTRY))
        return _report(t("paper.national_report.title", view.lang), NATIONAL, view), view
    return cast(Page, import_module(PAPERS[name][0]).page(view)), view


def paper_file(name: str, view: View) -> str:
    """Give the name of a paper's file without making the paper."""
    if name == "national":
        view = replace(view, filters=view.filters.at(COUNTRY))
    return name_of(t(f"paper.{name}_file", view.lang), view, "pdf")


def page_of(entry: PageSpec, view: View) -> Page:
    """Give a page of the table as a document for one view."""
    return cast(Page, import_module(entry.section).page(view))


def report(group: str, view: View) -> Page:
    """Give the pages of a group that everybody may open as one document, one after the other.

    Each begins with its title and the sentence that matters.
    """
    title = t("export.report", view.lang, group=t(f"menu.{group}", view.lang))
    return _report(title, [entry.key for entry in PAGES if entry.group == group], view)


def _report(title: str, keys: Iterable[str], view: View) -> Page:
    entries = [spec(key) for key in keys]
    pages = [page_of(entry, view) for entry in entries if not entry.roles]
    blocks = tuple(block for page in pages for block in _chapter(page))
    return Page(key=pages[0].key, title=title, lead="", blocks=blocks)


def _chapter(page: Page) -> Iterator[Block]:
    yield Text(page.title, "chapter")
    yield Text(page.lead.replace("**", ""), "notice")
    yield from (*page.above, *page.blocks)
