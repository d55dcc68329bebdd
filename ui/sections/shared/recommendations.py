"""The register of recommendations, policy proposals and best practices of one kind of event."""

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.thai_calendar import format_date
from ui.blocks import Column, Table
from ui.charts import titles
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import messages, provenance


def register(view: View, role: str, *, key: str, title: str) -> Table:
    """Give what came out of the events for one role, open ones first: text, owner, state, date."""
    frame = rows(view, role)
    names = ("kind", "text_th", "owner", "state", "due", "event")
    return Table(
        key=key,
        title=title,
        frame=frame,
        columns=[
            *[Column(n, t(f"page.advice.{n}", view.lang)) for n in names],
            Column("origin", t("column.origin", view.lang)),
        ],
        provenance=provenance.lines(view),
        caveat=_period(frame, view.lang),
        not_followed=page_queries.not_followed_text(view, "advice"),
        reading=True,
        empty=messages.nothing_to_list(view.lang),
    )


def rows(view: View, role: str) -> pd.DataFrame:
    """Give the register's rows in words; nobody owning one is said, not left empty."""
    frame = page_queries.listing(view, "advice", role=role, span=view.filters.span)
    lang = view.lang
    return frame.assign(
        kind=[t(f"code.recommendation_kind.{code}", lang) for code in frame["kind"]],
        state=[_state(code, lang) for code in frame["status"]],
        origin=[titles.origin(row, lang) for _, row in frame.iterrows()],
        owner=[
            o if isinstance(o, str) and o else t("page.advice.nobody", lang) for o in frame["owner"]
        ],
        due=[
            numbers.MISSING if numbers.is_missing(d) else format_date(day(d), lang)
            for d in frame["due_on"]
        ],
        event=[
            f"{titles.cohort_title(row, lang)} · {format_date(day(row['held_on']), lang)}"
            for _, row in frame.iterrows()
        ],
    )


def _state(code: object, lang: Lang) -> str:
    """The state in words; no source says what became of some."""
    known = isinstance(code, str) and code
    return t(f"code.recommendation_status.{code}" if known else "page.advice.unknown_state", lang)


def _period(frame: pd.DataFrame, lang: Lang) -> str:
    """What the register holds, and why the card beside it counts fewer."""
    return t(
        "page.advice.period",
        lang,
        all=numbers.count(len(frame), lang),
        done=numbers.count(int((frame["status"] == "done").sum()), lang),
        unknown=numbers.count(int(frame["status"].isna().sum()), lang),
    )
