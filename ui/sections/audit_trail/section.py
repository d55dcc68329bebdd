"""The audit trail: who did what, month by month, to read, search and take along."""

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date, format_month, parse_date
from data_access import audit
from ui.blocks import Choice, Column, Page, Row, Table
from ui.state.page_context import View
from ui.text.provenance import Lines
from ui.text.role_names import role_name

MONTH, KIND = "month", "event"
EVERY = "all"


def page(view: View) -> Page:
    """Give the page: month and kind of event, then the events, newest first."""
    months = audit.months(view.data_dir)
    month = view.option(MONTH, tuple(months), months[0] if months else "")
    kind = view.option(KIND, (EVERY, *audit.WHAT), EVERY)
    events = audit.read(view.data_dir, month)
    shown = events if kind == EVERY else events[events["what"] == kind]
    return Page(
        key="audit_trail",
        title=t("page.audit_trail.title", view.lang),
        lead=sentence(view, events),
        blocks=(choices(view, months, month, kind), table(view, shown, month)),
        filters=False,
    )


def sentence(view: View, events: pd.DataFrame) -> str:
    """Give how many events the month has, of how many people, and how many were refusals."""
    return t(
        "page.audit_trail.sentence",
        view.lang,
        events=numbers.count(len(events), view.lang),
        people=numbers.value(
            events["user"][events["user"] != ""].nunique(), "people", view.lang, form="words"
        ),
        refused=numbers.count(int((events["what"] == "refused").sum()), view.lang),
    )


def choices(view: View, months: list[str], month: str, kind: str) -> Row:
    """Give the choice of month and of the kind of event."""
    kinds = {code: t(f"audit.what.{code}", view.lang) for code in audit.WHAT}
    written = {code: format_month(parse_date(f"{code}-01"), view.lang, "long") for code in months}
    by_month = Choice(
        param=MONTH,
        label=t("page.audit_trail.month", view.lang),
        options=written or {"": numbers.MISSING},
        now=month,
        usual=months[0] if months else "",
        form="list",
    )
    by_kind = Choice(
        param=KIND,
        label=t("page.audit_trail.column.what", view.lang),
        options={EVERY: t("filter.all", view.lang)} | kinds,
        now=kind,
        usual=EVERY,
        form="list",
    )
    return Row((by_month, by_kind), key="audit_choices")


def table(view: View, events: pd.DataFrame, month: str) -> Table:
    """Give the events in words; the search of the table finds any of them."""
    lang = view.lang
    listed = events.assign(
        day=[format_date(parse_date(at[:10]), lang) if at else "" for at in events["at"]],
        time=events["at"].str[11:19],
        role=[role_name(code, lang) for code in events["role"]],
        what=[t(f"audit.what.{code}", lang) for code in events["what"]],
    )
    names = ("day", "time", "user", "role", "what", "page", "filters", "detail")
    return Table(
        key=f"audit_{month}" if month else "audit",
        frame=listed,
        columns=[Column(n, t(f"page.audit_trail.column.{n}", lang)) for n in names],
        empty=t("page.audit_trail.empty", lang),
        provenance=Lines([t("page.audit_trail.source", lang)]),
        note=t("page.audit_trail.note", lang),
    )
