"""Who is supervised: case managers and teams of volunteers with their numbers, and the choice of
one of them for a sheet of their own."""

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from data_access.supervision import MANAGER
from ui.blocks import Blocks, Choice, Column, Details, List, Text
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import area_names, messages, provenance

LISTING, PERSON, EVERYBODY = "supervision", "person", "all"
NUMBERS = (
    "families", "due", "done", "late", "visits",
    "due_before", "done_before", "late_before", "visits_before",
)  # fmt: skip


def fold(view: View) -> Details:
    """Give the people behind a fold, with what a sheet is and where it is printed."""
    return Details(t("page.desk.people", view.lang), "desk_people", lambda: _blocks(view))


def chosen_person(view: View) -> str:
    """Give the code of the person or team whose sheet is asked for; "all" for everybody."""
    codes = page_queries.listing(view, LISTING)["code"]
    return view.option(PERSON, (EVERYBODY, *codes), EVERYBODY)


def name(view: View, kind: str, code: str) -> str:
    """Give what a person or team is called: a pseudonym, or the team of a district."""
    if kind == MANAGER:
        return code
    return t("page.desk.team", view.lang, district=area_names.short_name(code, view.lang))


def training_text(view: View, kind: str, state: str, missing: object) -> str:
    """Give what training is due, in words; of a team how many of it were never trained."""
    if kind != MANAGER and state == "never":
        count = numbers.count(missing, view.lang)
        return t("page.desk.training.some", view.lang, count=count)
    return t(f"page.desk.training.{state or 'none'}", view.lang)


def _blocks(view: View) -> Blocks:
    frame = page_queries.listing(view, LISTING)
    named = {row.code: name(view, row.kind, row.code) for row in frame.itertuples()}
    choice = Choice(
        param=PERSON,
        label=t("page.desk.person", view.lang),
        options={EVERYBODY: t("page.desk.everybody", view.lang), **named},
        now=chosen_person(view),
        usual=EVERYBODY,
        form="list",
    )
    return (choice, Text(t("page.desk.sheet_help", view.lang)), _list(view, frame))


def _list(view: View, frame: pd.DataFrame) -> List:
    order = ("name", "district", *NUMBERS, "last_activity", "training")
    return List(
        key="desk_people",
        title=t("page.desk.people", view.lang),
        note=t("page.desk.people_about", view.lang),
        frame=lambda: _in_words(view, frame),
        size=len(frame),
        columns=[
            Column(
                one,
                t(f"page.desk.people_column.{one}", view.lang),
                "count" if one in NUMBERS else "text",
            )
            for one in order
        ],
        provenance=provenance.lines(view),
        not_followed=page_queries.not_followed_text(view, LISTING),
        empty=messages.nothing_to_list(view.lang),
    )


def _in_words(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    lang, rows = view.lang, list(frame.itertuples())
    last = frame["last_activity"]
    days = [numbers.MISSING if numbers.is_missing(x) else format_date(day(x), lang) for x in last]
    return frame.assign(
        name=[name(view, row.kind, row.code) for row in rows],
        district=[area_names.short_name(code, lang) for code in frame["district_code"]],
        last_activity=days,
        training=[training_text(view, row.kind, row.training, row.untrained) for row in rows],
    )
