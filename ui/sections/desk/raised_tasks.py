"""Tasks that rules raise, in words: what, where, who, since when, and which have closed."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.task_rules import task_rules
from config.thai_calendar import format_date
from data_access import tasks
from geo.levels import level_of
from ui.blocks import Blocks, Column, Details, List
from ui.charts.indicator_frame import day
from ui.queries import page_queries, query_cache
from ui.state.page_context import View
from ui.text import area_names, messages, provenance

TASKS, LISTING = "tasks", "tasks"
MOST_TO_READ = 12  # as many are read as sentences, more are sorted and searched
COLUMNS = ("task", "area", "worker_id", "since", "days", "rule")


def open_tasks(view: View) -> pd.DataFrame:
    """Give the tasks of the view's area that are open on its day."""
    return page_queries.listing(view, LISTING)


def list_blocks(view: View, frame: pd.DataFrame) -> Blocks:
    """Give the open tasks and, behind a fold, those that closed since the data before."""
    older, past = _past_tasks(view, frame)
    if past.empty or older is None:
        return (_list(view, frame, TASKS),)
    label = t(
        "page.desk.closed",
        view.lang,
        count=numbers.count(len(past), view.lang),
        date=format_date(older.as_of, view.lang),
    )
    fold = Details(label, "desk_closed", lambda: (_list(view, past, "closed_tasks"),))
    return (_list(view, frame, TASKS), fold)


def _past_tasks(view: View, now: pd.DataFrame) -> tuple[Any, pd.DataFrame]:
    """The snapshot before and its tasks that are open no more; none for a day in the past."""
    older = tasks.snapshot_before(view.snapshot) if view.filters.day == view.filters.as_of else None
    if older is None:
        return None, now.head(0)
    query = view.filters.query().but(as_of=older.as_of, span=None)
    earlier = query_cache.listing(LISTING, query, view.scope, older)
    return older, tasks.closed_tasks(earlier, now)


def _list(view: View, frame: pd.DataFrame, key: str) -> List:
    return List(
        key=f"desk_{key}",
        title=t(f"page.desk.subject.{key}", view.lang),
        note=t(f"page.desk.about.{key}", view.lang),
        frame=lambda: _in_words(view, frame),
        size=len(frame),
        columns=[
            Column(name, t(f"page.desk.task_column.{name}", view.lang), _form(name))
            for name in COLUMNS
        ],
        reading=len(frame) <= MOST_TO_READ,
        provenance=provenance.lines(view),
        not_followed=page_queries.not_followed_text(view, LISTING),
        empty=messages.nothing_to_list(view.lang),
    )


def _form(name: str) -> str:
    return "count" if name == "days" else "text"


def _in_words(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    lang = view.lang
    rules = task_rules()
    nobody = t("page.desk.office", lang)
    return frame.assign(
        task=[_sentence(view, row) for row in frame.itertuples()],
        area=[_area(code, view) for code in frame["area_code"]],
        worker_id=frame["worker_id"].replace("", nobody),
        since=[format_date(day(one), lang) for one in frame["since"]],
        rule=[rules[name].source(lang) for name in frame["rule"]],
    )


def _sentence(view: View, row: Any) -> str:
    """What there is to do, why, and by which number."""
    lang, kind = view.lang, task_rules()[row.rule].kind
    key = "nobody" if kind == "over_norm" and numbers.is_missing(row.value) else kind
    form = {"decline": "percent", "over_norm": "ratio"}.get(kind, "count")
    name = f"indicator.{row.indicator}.title" if row.indicator else ""
    return t(
        f"page.desk.task.{key}",
        lang,
        title=t(name, lang) if name else "",
        value=numbers.value(row.value, form, lang),
        against=numbers.value(row.against, form, lang),
        months=numbers.count(row.months, lang),
        unit=row.unit,
        case=row.case_id,
    )


def _area(code: str, view: View) -> str:
    named = area_names.name_with_province if level_of(code).name == "district" else None
    return named(code, view.lang) if named else area_names.full_name(code, view.lang)
