"""What waits on the desk: one list per subject, narrowed to one post, in the order asked for."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from config import numbers, task_rules
from config.i18n import Lang, t
from config.thai_calendar import format_date
from data_access.desk import SUBJECTS
from ui.blocks import Block, Blocks, Choice, Column, List, Row
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.sections.desk import raised_tasks as raised
from ui.state.page_context import View
from ui.text import area_names, messages, provenance

WHO, ORDER = "who", "order"  # parameters in the address bar
EVERYBODY, NOBODY = "all", "nobody"
ORDERS = ("usual", "worker_id", "district")
MOST_POSTS = 400  # more than a list can be chosen from: then choose a province first
LISTING, QUIET_LISTING = "desk_rows", "quiet_districts"
QUIET = "quiet"
INDICATORS = {
    "due_7": "follow_up_overdue", "due_30": "follow_up_overdue", "overdue": "follow_up_overdue",
    "no_contact": "no_contact_90_days", "unassigned": "unassigned_families",
    "urgent": "urgent_cases", "no_improvement": "no_improvement_no_revision",
    "unanswered": "referrals_accepted",
}  # fmt: skip
UNITS = {
    raised.TASKS: "items", "due_7": "items", "due_30": "items", "overdue": "items",
    "no_contact": "cases", "unassigned": "families", "urgent": "cases",
    "no_improvement": "cases", "unanswered": "referrals", QUIET: "districts",
}  # fmt: skip
COLUMNS = (
    "why", "since", "days", "worker_id", "district", "group", "stage", "urgent",
    "last_contact", "next_appointment", "case_id", "unit",
)  # fmt: skip
QUIET_COLUMNS = ("why", "since", "days", "district", "province")
DATES = ("since", "last_contact", "next_appointment")


@dataclass(frozen=True, eq=False)
class Waiting:
    """The rows of every subject, and the districts without a record, of one view."""

    tasks: pd.DataFrame
    rows: pd.DataFrame
    quiet: pd.DataFrame

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows each list has, by its code, in the order of the desk."""
        sizes = self.rows.groupby("subject").size()
        lists = {code: int(sizes.get(code, 0)) for code in SUBJECTS}
        return {raised.TASKS: len(self.tasks), **lists, QUIET: len(self.quiet)}

    def of(self, code: str) -> pd.DataFrame:
        """Give the rows of one list."""
        whole = {raised.TASKS: self.tasks, QUIET: self.quiet}
        return whole[code] if code in whole else self.rows[self.rows["subject"] == code]

    def tally_rows(self, view: View) -> pd.DataFrame:
        """Give one row per list: code, label, count, its unit, and what is quietly said of it."""
        lines = [
            (code, _label(view, code), count, _unit(code, count, view.lang))
            for code, count in self.counts.items()
        ]
        frame = pd.DataFrame(lines, columns=["code", "label", "count", "unit"])
        return frame.assign(line=[self._line(view, code) for code in frame["code"]])

    def _line(self, view: View, code: str) -> str:
        """What is quietly said of a list: its oldest row, and what it is not narrowed by."""
        listing = {raised.TASKS: raised.LISTING, QUIET: QUIET_LISTING}.get(code, LISTING)
        said = (self._oldest(view, code), page_queries.not_followed_text(view, listing))
        return t("tables.joint", view.lang).join(filter(None, said))

    def _oldest(self, view: View, code: str) -> str:
        rows = self.of(code)
        if rows.empty:
            return t("page.desk.none", view.lang)
        key = "next" if code.startswith("due") else "longest"
        edge = min if key == "next" else max
        days = int(edge(rows["days"]))
        if key == "next" and not days:
            return t("page.desk.next_today", view.lang)
        return t(
            f"page.desk.{key}", view.lang, days=numbers.value(days, "days", view.lang, form="words")
        )


def _unit(code: str, count: int, lang: Lang) -> str:
    """What a list counts, in the number of its count: "1 case", "2 cases"."""
    said = numbers.value(count, UNITS[code], lang, form="words")
    return said.removeprefix(numbers.count(count, lang)).strip()


def waiting(view: View) -> Waiting:
    """Give all that waits in the view's area, as far as it is the reader's own."""
    quiet = page_queries.listing(view, QUIET_LISTING)
    rule = task_rules.of_kind("silence")
    long = quiet[quiet["days"] >= rule.at_least] if rule else quiet.head(0)
    return Waiting(raised.open_tasks(view), page_queries.listing(view, LISTING), long)


def list_blocks(view: View, waiting: Waiting, code: str) -> Blocks:
    """Give the list of one subject, with the choices that narrow and order it."""
    if code == raised.TASKS:
        return raised.list_blocks(view, waiting.tasks)
    if code == QUIET:
        return (_quiet_list(view, waiting.quiet),)
    rows = waiting.of(code)
    posts = _posts(view, rows)
    who = view.option(WHO, tuple(posts), EVERYBODY)
    order = view.option(ORDER, ORDERS, ORDERS[0])
    return (_choices(view, posts, who, order), _list(view, _narrow(rows, who, order), code))


def _narrow(rows: pd.DataFrame, who: str, order: str) -> pd.DataFrame:
    holders = rows["worker_id"].fillna(NOBODY)
    mine = rows if who == EVERYBODY else rows[holders == who]
    if order == ORDERS[0]:
        return mine
    column = "district_code" if order == "district" else order
    return mine.sort_values(column, kind="stable", na_position="first")


def _posts(view: View, rows: pd.DataFrame) -> dict[str, str]:
    """The posts that answer for rows of the list, with how many each has."""
    sizes = rows["worker_id"].fillna(NOBODY).value_counts().sort_index()
    named = {NOBODY: t("page.follow_up.nobody", view.lang)}
    every = {EVERYBODY: t("page.desk.everybody", view.lang)}
    return every | {
        str(code): t(
            "page.desk.post",
            view.lang,
            post=named.get(str(code), str(code)),
            count=numbers.count(int(size), view.lang),
        )
        for code, size in sizes.head(MOST_POSTS).items()
    }


def _choices(view: View, posts: dict[str, str], who: str, order: str) -> Row:
    orders = {one: t(f"page.desk.order.{one}", view.lang) for one in ORDERS}
    narrow = Choice(
        param=WHO,
        label=t("page.desk.who", view.lang),
        options=posts,
        now=who,
        usual=EVERYBODY,
        form="list",
    )
    sort = Choice(
        param=ORDER,
        label=t("page.desk.in_order", view.lang),
        options=orders,
        now=order,
        usual=ORDERS[0],
    )
    return Row((narrow, sort), "desk_choices")


def _list(view: View, rows: pd.DataFrame, code: str) -> Block:
    indicator = INDICATORS[code]
    return List(
        key=f"desk_{code}",
        title=_label(view, code),
        note=t(f"page.desk.about.{code}", view.lang),
        frame=lambda: _in_words(view, rows, code),
        size=len(rows),
        columns=[_column(view, name, code) for name in _columns(code)],
        provenance=provenance.lines(view, indicator),
        not_followed=page_queries.not_followed_text(view, LISTING),
        empty=messages.nothing_to_list(view.lang),
    )


def _quiet_list(view: View, rows: pd.DataFrame) -> Block:
    return List(
        key="desk_quiet",
        title=_label(view, QUIET),
        note=t("page.desk.about.quiet", view.lang),
        frame=lambda: _places(view, _with_reason(view, rows, QUIET)),
        size=len(rows),
        columns=[_column(view, name, QUIET) for name in QUIET_COLUMNS],
        provenance=provenance.lines(view),
        not_followed=page_queries.not_followed_text(view, QUIET_LISTING),
        empty=messages.nothing_to_list(view.lang),
    )


def _columns(code: str) -> tuple[str, ...]:
    """A list about cases has no second column for the same id."""
    about_cases = code in ("no_contact", "urgent", "no_improvement")
    return COLUMNS[:-1] if about_cases else COLUMNS


def _column(view: View, name: str, code: str) -> Column:
    shared = {"province": "filter.province", "district": "filter.district"}
    shared |= {"group": "filter.target_group"}
    if code.startswith("due"):
        shared |= {"since": "page.follow_up.column.due_on"}
    same = ("worker_id", "stage", "urgent", "last_contact", "next_appointment", "case_id")
    page = "follow_up" if name in same else "desk"
    label = t(shared.get(name, f"page.{page}.column.{name}"), view.lang)
    return Column(name, label, "count" if name == "days" else "text")


def _in_words(view: View, frame: pd.DataFrame, code: str) -> pd.DataFrame:
    lang = view.lang
    urgent = t("page.follow_up.urgent", lang)
    return _places(view, _with_reason(view, frame, code)).assign(
        stage=[_code_words("stage", one, view) for one in frame["stage"]],
        urgent=[urgent if mark is True or mark == 1 else "" for mark in frame["urgent"]],
        worker_id=frame["worker_id"].fillna(t("page.follow_up.nobody", lang)),
        group=[_code_words("target_group", one, view) for one in frame["target_group"]],
    )


def _with_reason(view: View, frame: pd.DataFrame, code: str) -> pd.DataFrame:
    why = [_why(view, code, days) for days in frame["days"]]
    dates = {name: [_date(one, view) for one in frame[name]] for name in DATES if name in frame}
    return frame.assign(why=why, **dates)


def _why(view: View, code: str, days: object) -> str:
    key = "today" if code.startswith("due") and days == 0 else code
    return t(
        f"page.desk.why.{key}", view.lang, days=numbers.value(days, "days", view.lang, form="words")
    )


def _places(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    # A case at a sensitive site counts for its province only and has no district here.
    lang = view.lang
    districts = [
        numbers.MISSING if numbers.is_missing(one) else area_names.short_name(str(one), lang)
        for one in frame["district_code"]
    ]
    provinces = [area_names.short_name(one, lang) for one in frame["province_code"]]
    return frame.assign(district=districts, province=provinces)


def _label(view: View, code: str) -> str:
    return t(f"page.desk.subject.{code}", view.lang)


def _date(value: object, view: View) -> str:
    return numbers.MISSING if numbers.is_missing(value) else format_date(day(value), view.lang)


def _code_words(kind: str, code: object, view: View) -> str:
    return numbers.MISSING if numbers.is_missing(code) else t(f"code.{kind}.{code}", view.lang)
