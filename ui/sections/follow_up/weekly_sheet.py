"""The sheet for Monday morning: what waits in one area, on one page, as on the follow-up page."""

from dataclasses import replace

from config import numbers
from config.i18n import t
from data_access.worklists import MOST_ROWS
from ui.blocks import Block, Blocks, Figures, List, Page
from ui.queries import page_queries
from ui.sections.follow_up import section, work_lists
from ui.state.page_context import View
from ui.text import narrative

# What waits first, then who could do it.
FIGURES = (
    section.LATE,
    section.SILENT,
    section.WITHOUT,
    "unassigned_families",
    "case_managers_over_norm",
    "urgent_cases",
)
# Rows of each list: together they leave one page.
ROWS = {"week": 12, "overdue": 12, "silent": 6}
COLUMNS = (
    "days_until", "days_late", "days_silent", "due_on",
    "stage", "urgent", "worker_id", "last_contact", "district", "case_id",
)  # fmt: skip


def page(view: View) -> Page:
    """Give the sheet of the view's area: figures, then the first rows of each list."""
    return Page(
        key="follow_up",
        title=t("paper.weekly_sheet.title", view.lang),
        lead=narrative.follow_up(section.figures(view), view.filters, view.lang),
        blocks=(_figures(view), *(block for code in ROWS for block in _first_rows(view, code))),
        layout="one_page",
    )


def _figures(view: View) -> Figures:
    figures = page_queries.figures(view, *FIGURES)
    said = {name: page_queries.not_followed_text(view, name) for name in FIGURES}
    return Figures(figures=list(figures.values()), not_followed=said)


def _first_rows(view: View, code: str) -> Blocks:
    """The list with its count in the heading, and as many rows as the sheet has room for."""
    return tuple(_cut(view, code, block) for block in work_lists.rows(view, code))


def _cut(view: View, code: str, block: Block) -> Block:
    if not isinstance(block, List):
        return block
    most, frame = ROWS[code], block.rows()
    count = numbers.count(len(frame), view.lang)
    # A list of the door ends at this number: then there are as many or more.
    key = "at_least" if len(frame) >= MOST_ROWS else "count"
    heading = t(f"paper.weekly_sheet.{key}", view.lang, title=block.title, count=count)
    more = t("paper.weekly_sheet.more", view.lang, rows=min(most, len(frame)), count=count)
    return replace(
        block,
        title=heading,
        note=more if len(frame) > most else "",
        frame=frame.head(most),
        size=min(most, len(frame)),
        columns=[column for column in block.columns if column.name in COLUMNS],
    )
