"""Who could be invited to which planned cohort: a proposal, one row per person."""

from collections.abc import Sequence

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from ui.blocks import Blocks, Column, List, Table, Text
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.state.page_context import View
from ui.text import area_names, messages, provenance

LISTING = "invitations"
COHORT = ("cohort_id", "start_on", "course", "role", "free")
COLUMNS = ("cohort_id", "person", "since", "district", "province", "share", "needing")
COUNTS = ("free", "share", "needing")


def blocks(view: View) -> Blocks:
    """Give the proposed invitations of the reader's own area: the cohorts, then the people.

    What is said of a cohort stands once: beside every person it would be wider than the page.
    """
    frame = page_queries.listing(view, LISTING)
    heading = Text(t("page.balance.invitations", view.lang), "heading")
    cohorts = () if frame.empty else (_cohorts(view, frame),)
    return heading, *cohorts, _list(view, frame)


def _cohorts(view: View, frame: pd.DataFrame) -> Table:
    each = frame.drop_duplicates("cohort_id")
    return Table(
        key="balance_cohorts",
        title=t("page.balance.cohorts", view.lang),
        frame=lambda: _in_words(view, each)[[*COHORT]],
        size=len(each),
        columns=_columns(view, COHORT),
        reading=True,
        provenance=provenance.lines(view),
        not_followed=page_queries.not_followed_text(view, LISTING),
    )


def _columns(view: View, names: Sequence[str]) -> list[Column]:
    shared = {"district": "filter.district", "province": "filter.province", "role": "filter.role"}
    labels = {name: shared.get(name, f"page.balance.column.{name}") for name in names}
    return [
        Column(name, t(key, view.lang), "count" if name in COUNTS else "text")
        for name, key in labels.items()
    ]


def _list(view: View, frame: pd.DataFrame) -> List:
    lang = view.lang
    return List(
        key="balance_invitations",
        title=t("page.balance.invitations_list", lang),
        note=t("page.balance.invitations_about", lang),
        frame=lambda: _in_words(view, frame),
        size=len(frame),
        columns=_columns(view, COLUMNS),
        provenance=provenance.lines(view),
        not_followed=page_queries.not_followed_text(view, LISTING),
        empty=messages.no_cases(view.scope, view.filters.narrowest, lang),
    )


def _in_words(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    lang = view.lang
    listed = page_queries.whole(view, "courses").set_index("course_id")
    column = "name_en" if lang == "en" else "name_th"
    names = listed[column].fillna(listed["name_th"])
    districts = [
        numbers.MISSING if numbers.is_missing(code) else area_names.short_name(str(code), lang)
        for code in frame["district_code"]
    ]
    return frame.assign(
        course=[names[code] for code in frame["course_id"]],
        start_on=[format_date(day(one), lang) for one in frame["start_on"]],
        since=[format_date(day(one), lang) for one in frame["since"]],
        role=[t(f"code.target_role.{code}", lang) for code in frame["role"]],
        district=districts,
        province=[area_names.short_name(code, lang) for code in frame["province_code"]],
    )
