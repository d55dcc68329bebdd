"""The desk of whoever answers for an area: counts as cards, and the rows behind each of them."""

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from data_access.disclosure import single_cases_permitted
from geo.registers import COUNTRY
from ui.blocks import Block, Blocks, Column, Page, Tallies, Text
from ui.sections.desk import people, work
from ui.sections.desk.work import Waiting
from ui.state.page_context import View
from ui.text import area_names, provenance

LIST = "list"  # the parameter in the address bar


def page(view: View) -> Page:
    """Give the desk; whoever has no area of their own, or chose one that is not theirs, is told."""
    own = single_cases_permitted(view.scope, view.filters.narrowest)
    waiting = work.waiting(view) if own else None
    return Page(
        key="desk",
        title=t("page.desk.title", view.lang),
        lead=_lead(view, waiting) if waiting else t("page.desk.lead_nobody", view.lang),
        blocks=_blocks(view, waiting) if waiting else _not_own(view),
    )


def _blocks(view: View, waiting: Waiting) -> Blocks:
    codes = tuple(waiting.counts)
    fullest = next((code for code in codes if waiting.counts[code]), codes[0])
    now = view.option(LIST, codes, fullest)
    return (
        tallies(view, waiting, now),
        *work.list_blocks(view, waiting, now),
        people.fold(view),
    )


def tallies(view: View, waiting: Waiting, now: str) -> Tallies:
    """Give the cards: how much waits of each subject, and since when the oldest of it does."""
    frame = waiting.tally_rows(view)
    return Tallies(
        key="desk",
        title=t("page.desk.counts", view.lang),
        frame=frame,
        size=len(frame),
        columns=[
            Column("label", t("page.desk.column.subject", view.lang)),
            Column("count", t("page.desk.column.count", view.lang), "count"),
            Column("unit", t("column.unit", view.lang)),
            Column("line", t("tables.note", view.lang)),
        ],
        provenance=provenance.lines(view),
        param=LIST,
        now=now,
    )


def _lead(view: View, waiting: Waiting) -> str:
    counts = {code: numbers.count(count, view.lang) for code, count in waiting.counts.items()}
    return t(
        "page.desk.lead",
        view.lang,
        date=format_date(view.filters.day, view.lang),
        area=own_area(view),
        overdue=counts["overdue"],
        due=counts["due_7"],
        silent=counts["no_contact"],
    )


def own_area(view: View) -> str:
    """Give the area that the desk is about: the one chosen, or the reader's part of it."""
    scope, chosen = view.scope, view.filters.narrowest
    if chosen != COUNTRY or scope.reveal or scope.hide_below <= 1:
        return area_names.in_sentence(chosen, view.lang)
    codes = sorted({*scope.own_provinces, *scope.own_districts})
    if len(codes) == 1:
        return area_names.full_name(codes[0], view.lang)
    return t("page.desk.own", view.lang)


def _not_own(view: View) -> tuple[Block, ...]:
    anywhere = single_cases_permitted(view.scope, COUNTRY)
    key = "elsewhere" if anywhere else "nobody"
    area = area_names.in_sentence(view.filters.narrowest, view.lang)
    return (Text(t(f"page.desk.{key}", view.lang, area=area), "notice"),)
