"""Lists of what can be done: overdue, due soon, out of contact, by post, left at closure."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from ui.blocks import Blocks, Column, Columns, List, Tabs, Text
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import area_names, messages, provenance

LATE = "follow_up_overdue"
SILENT = "no_contact_90_days"
LEFT_AT_CLOSURE = "follow_ups_left_at_closure"
MOST_ROWS = 500
TAB = "work"  # the parameter in the address bar
BY_POST = "post"
DATES = ("due_on", "closed_on", "last_contact", "next_appointment")


class WorkList(NamedTuple):
    """One list: which listing it reads, what it is about, and its own columns, first of all."""

    listing: str
    indicator: str
    columns: tuple[str, ...]


LISTS = {
    "overdue": WorkList("overdue_visits", LATE, ("days_late", "due_on")),
    "week": WorkList("due_in_7_days", LATE, ("days_until", "due_on")),
    "month": WorkList("due_in_30_days", LATE, ("days_until", "due_on")),
    "silent": WorkList("without_contact", SILENT, ("days_silent",)),
    "left": WorkList("left_at_closure", LEFT_AT_CLOSURE, ("closed_on", "due_on")),
}
POSTS = {"overdue_by_post": LATE, "no_contact_by_post": SILENT}
# What whoever acts on a row asks, after the list's own columns.
COMMON = (
    "stage", "urgent", "worker_id", "last_contact", "next_appointment",
    "province", "district", "group", "case_id",
)  # fmt: skip
DAY_COUNTS = ("days_late", "days_until", "days_silent")


def tabs(view: View) -> Blocks:
    """Give the work lists as tabs, what is overdue first; only the open one is made and sent."""
    makers = {code: _maker(view, code) for code in LISTS} | {BY_POST: lambda: by_post(view)}
    return (
        Text(t("page.follow_up.work", view.lang), "heading"),
        Tabs(
            TAB,
            {code: t(f"page.follow_up.tab.{code}", view.lang) for code in makers},
            view.option(TAB, tuple(makers), next(iter(makers))),
            makers,
        ),
    )


def _maker(view: View, code: str) -> Callable[[], Blocks]:
    return lambda: rows(view, code)


def rows(view: View, code: str) -> Blocks:
    """Give one list by its code, by pseudonym, those first that can still be put right."""
    one = LISTS[code]
    frame = page_queries.listing(view, one.listing)
    notes = [t(f"page.follow_up.order.{code}", view.lang)]
    if len(frame) >= MOST_ROWS:
        shown = numbers.count(len(frame), view.lang)
        notes.append(t("page.programmes.first_rows", view.lang, shown=shown))
    return (
        List(
            key=f"follow_up_{code}",
            title=t(f"page.follow_up.list.{code}", view.lang),
            note=t("tables.joint", view.lang).join(notes),
            frame=lambda: _in_words(view, frame, one),
            size=len(frame),
            columns=[_column(view, name) for name in (*one.columns, *COMMON)],
            provenance=provenance.lines(view, one.indicator),
            not_followed=page_queries.not_followed_text(view, one.listing),
            empty=messages.no_cases(view.scope, view.filters.narrowest, view.lang),
        ),
    )


def _column(view: View, name: str) -> Column:
    shared = {"province": "filter.province", "district": "filter.district"}
    shared |= {"group": "filter.target_group"}
    label = t(shared.get(name, f"page.follow_up.column.{name}"), view.lang)
    return Column(name, label, "count" if name in DAY_COUNTS else "text")


def _in_words(view: View, frame: pd.DataFrame, one: WorkList) -> pd.DataFrame:
    lang = view.lang
    dates = {name: [_date(value, view) for value in frame[name]] for name in DATES if name in frame}
    urgent = {True: t("page.follow_up.urgent", lang), False: ""}
    return frame.assign(
        **dates,
        stage=[_code_words("stage", code, view) for code in frame["stage"]],
        urgent=[urgent.get(mark is True or mark == 1, "") for mark in frame["urgent"]],
        worker_id=frame["worker_id"].fillna(t("page.follow_up.nobody", lang)),
        province=[area_names.short_name(code, lang) for code in frame["province_code"]],
        district=[_district(code, view) for code in frame["district_code"]],
        group=[_code_words("target_group", code, view) for code in frame["target_group"]],
    )


def _date(value: object, view: View) -> str:
    return numbers.MISSING if numbers.is_missing(value) else format_date(day(value), view.lang)


def _code_words(kind: str, code: object, view: View) -> str:
    return numbers.MISSING if numbers.is_missing(code) else t(f"code.{kind}.{code}", view.lang)


def _district(code: object, view: View) -> str:
    # A case at a sensitive site counts for its province only and has no district here.
    return (
        numbers.MISSING if numbers.is_missing(code) else area_names.short_name(str(code), view.lang)
    )


def by_post(view: View) -> Blocks:
    """Give who answers for most of what is overdue and for most cases without contact."""
    return (Columns(tuple((_posts(view, listing),) for listing in POSTS)),)


def _posts(view: View, listing: str) -> List:
    frame = page_queries.listing(view, listing)
    some = frame[frame["items"].isna() | (frame["items"] > 0)]
    hidden = int((some["status"] == "hidden").sum())
    shown = some[some["status"] != "hidden"]
    words = {"n": numbers.count(hidden, view.lang), "shown": numbers.count(len(shown), view.lang)}
    said = t(f"page.follow_up.posts_known{'_hidden' if hidden else ''}", view.lang, **words)
    none = messages.nothing_to_list(view.lang)
    return List(
        key=f"follow_up_{listing}",
        title=t(f"page.follow_up.post.{listing}", view.lang),
        note=said if len(shown) else "",
        frame=lambda: _post_rows(view, shown),
        size=len(shown),
        columns=[
            Column("worker_id", t("page.follow_up.column.worker_id", view.lang)),
            Column("province", t("filter.province", view.lang)),
            Column("items", t(f"page.follow_up.column.{listing}", view.lang), "count"),
            Column("of", t(f"page.follow_up.column.{listing}_of", view.lang), "count"),
        ],
        provenance=provenance.lines(view, POSTS[listing]),
        not_followed=page_queries.not_followed_text(view, listing),
        empty=said if hidden else none,
    )


def _post_rows(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    nobody = t("page.follow_up.nobody", view.lang)
    return frame.assign(
        worker_id=frame["worker_id"].replace("", nobody),
        province=[area_names.short_name(code, view.lang) for code in frame["province_code"]],
    )
