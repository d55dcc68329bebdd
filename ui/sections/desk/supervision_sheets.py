"""Supervision sheets: one page of A4 for each case manager and team, to talk about one to one.

The numbers are those of `show supervision`. Where one person is chosen on the desk there is their
sheet alone.
"""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.task_rules import of_kind
from config.thai_calendar import format_date
from ui.blocks import Block, Blocks, Column, Facts, Page, Table, Text
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.sections.desk import people
from ui.state.page_context import View
from ui.text import area_names

MOST_SHEETS = 200  # more are for several files: the page says so
LINES = ("due", "done", "late", "visits")


def page(view: View) -> Page:
    """Give the sheets of the view's own area, or of the one person chosen."""
    rows = page_queries.listing(view, people.LISTING)
    person = people.chosen_person(view)
    mine = rows if person == people.EVERYBODY else rows[rows["code"] == person]
    shown = mine.head(MOST_SHEETS)
    blocks = tuple(block for row in shown.itertuples() for block in _sheet(view, row))
    return Page(
        key="desk",
        title=t("paper.supervision_sheet.title", view.lang),
        lead="" if blocks else t("page.desk.nobody", view.lang),
        blocks=(*_cut_text(view, len(mine)), *blocks),
        layout="sheets",
    )


def _cut_text(view: View, count: int) -> Blocks:
    if count <= MOST_SHEETS:
        return ()
    words = {
        "shown": numbers.count(MOST_SHEETS, view.lang),
        "count": numbers.count(count, view.lang),
    }
    return (Text(t("paper.supervision_sheet.first", view.lang, **words), "notice"),)


def _sheet(view: View, row: Any) -> tuple[Block, ...]:
    lang = view.lang
    sentences = [_point(view, code, row) for code in row.points.split()]
    return (
        Text(people.name(view, row.kind, row.code), "chapter"),
        Facts(_facts(view, row)),
        _table(view, row),
        Text(t("paper.supervision_sheet.points", lang), "heading"),
        Text("\n".join(sentences), "steps"),
    )


def _facts(view: View, row: Any) -> list[tuple[str, str]]:
    lang = view.lang
    last = row.last_activity
    seen = numbers.MISSING if numbers.is_missing(last) else format_date(day(last), lang)
    training = people.training_text(view, row.kind, row.training, row.untrained)
    facts = [
        ("place", area_names.name_with_province(row.district_code, lang)),
        ("day", format_date(view.filters.day, lang)),
        ("families", numbers.count(row.families, lang)),
        ("last_activity", seen),
        ("training", training),
    ]
    if not numbers.is_missing(row.members):
        active = {"active": numbers.count(row.active, lang), "of": numbers.count(row.members, lang)}
        facts.insert(3, ("members", t("paper.supervision_sheet.active", lang, **active)))
    return [(t(f"paper.supervision_sheet.fact.{code}", lang), text) for code, text in facts]


def _table(view: View, row: Any) -> Table:
    lang = view.lang
    kind = "" if row.kind == people.MANAGER else "_team"
    rows = [
        {
            "subject": t(
                f"paper.supervision_sheet.line.{line}{kind if line == 'visits' else ''}", lang
            ),
            "now": getattr(row, line),
            "before": getattr(row, f"{line}_before"),
        }
        for line in LINES
    ]
    return Table(
        key=f"sheet_{row.code}",
        title=t("paper.supervision_sheet.numbers", lang),
        frame=pd.DataFrame(rows),
        size=len(rows),
        columns=[
            Column("subject", t("paper.supervision_sheet.column.subject", lang)),
            Column("now", t("paper.supervision_sheet.column.now", lang), "count"),
            Column("before", t("paper.supervision_sheet.column.before", lang), "count"),
        ],
        note=t("paper.supervision_sheet.about", lang),
    )


def _point(view: View, code: str, row: Any) -> str:
    lang = view.lang
    quiet = of_kind("silence")
    return t(
        f"paper.supervision_sheet.point.{code}",
        lang,
        late=numbers.count(row.late, lang),
        late_before=numbers.count(row.late_before, lang),
        due=numbers.count(row.due, lang),
        done=numbers.count(row.done, lang),
        families=numbers.count(row.families, lang),
        visits=numbers.count(row.visits, lang),
        visits_before=numbers.count(row.visits_before, lang),
        days=numbers.count(quiet.at_least if quiet else None, lang),
        training=people.training_text(view, row.kind, row.training, row.untrained),
    )
