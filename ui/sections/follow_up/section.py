"""The follow-up page: what was due and done, what waits and for how long, month by month."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import format_date
from data_access.indicators import registry
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, List, Page, Text
from ui.charts import ageing
from ui.charts.indicator_frame import day
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_lists, area_table, beside, cards, parts
from ui.state.page_context import View
from ui.text import area_names, messages, narrative, provenance
from ui.text.figures import Figure

DONE = "follow_up_completion"
IN_TIME = "follow_up_on_time"
LATE = "follow_up_overdue"
WITHOUT = "cases_without_next_follow_up"
FIGURES = (DONE, IN_TIME, LATE, WITHOUT)
MOST_VISITS = 500


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return page_queries.figures(view, *FIGURES)


def is_empty(found: dict[str, Figure]) -> bool:
    """Tell whether nothing was due, nothing waits and no case is open."""
    return all(found[name].status == "no_data" for name in FIGURES)


def nothing_due(found: dict[str, Figure]) -> bool:
    """Tell whether no follow-up was due in the period, though there may be open cases."""
    return found[DONE].status == "no_data"


def page(view: View) -> Page:
    """Give the page: figures with their lists, months, what waits by age, areas in order."""
    found = figures(view)
    return Page(
        key="follow_up",
        title=t("page.follow_up.title", view.lang),
        lead=narrative.follow_up(found, view.filters, view.lang),
        blocks=parts.nothing_here(view) if is_empty(found) else _blocks(view, found),
    )


def _blocks(view: View, found: dict[str, Figure]) -> Blocks:
    said = messages.nothing_due(view.filters, view.lang)
    return (
        *([Text(said, "notice")] if nothing_due(found) else []),
        row(view, found),
        Lazy(lambda: charts(view, found)),
        *beside.below(view, "follow_up"),
    )


def row(view: View, found: dict[str, Figure]) -> Figures:
    """Give the cards; completion always stands beside the cases that nobody plans to visit."""
    lists = {
        DONE: area_lists.done_list,
        IN_TIME: in_time_list,
        LATE: late_list,
        WITHOUT: without_list,
    }
    return cards.row(view, [found[name] for name in FIGURES], lists)


def charts(view: View, found: dict[str, Figure]) -> Blocks:
    """Give the months, what is overdue by age, and the areas in order."""
    target = found[DONE].line
    months = parts.Series((DONE, IN_TIME), target, 300)
    over_time = parts.over_time(view, months, key="follow_up_months")
    by_area = parts.ranked(view, DONE, key="follow_up_by_area", target=target)
    return (Columns(((over_time, _by_age(view)), (by_area,))),)


def _aged(view: View) -> pd.DataFrame:
    return page_queries.frame(view, LATE, view.filters.query(breakdown="age_band"))


def _by_age(view: View) -> Chart:
    frame = _aged(view)
    bands = frame[frame["group"].str.match(r"\d")]
    words = [
        t("chart.ageing.band", view.lang, band=band.replace("-", "–")) for band in bands["group"]
    ]
    return Chart(
        key="follow_up_by_age",
        title=t("page.follow_up.by_age", view.lang),
        spec=lambda: _age_spec(view),
        frame=lambda: area_table.rows(bands, view.lang).assign(words=words),
        size=len(bands),
        columns=[
            Column("words", t("page.follow_up.days_late", view.lang)),
            Column("numerator", t("figure.title.follow_up_overdue", view.lang), "count"),
            Column("state", t("tables.note", view.lang)),
        ],
        provenance=provenance.lines(view, LATE),
        caveat=t(f"indicator.{LATE}.caveat", view.lang),
    )


@cached_view
def _age_spec(view: View) -> dict[str, Any]:
    return ageing.bands(_aged(view), indicator=registry.get(LATE), lang=view.lang, theme=view.theme)


def in_time_list(view: View) -> Blocks:
    """Give the areas by the share of follow-ups done on time, lowest first."""
    frame = page_queries.areas(view, IN_TIME)
    return parts.area_list(view, IN_TIME, frame, key="follow_up_in_time", worst="low")


def without_list(view: View) -> Blocks:
    """Give the areas with open cases that have no next follow-up."""
    frame = page_queries.areas(view, WITHOUT)
    some = (frame["numerator"].fillna(0) > 0) | (frame["status"] == "hidden")
    return parts.area_list(view, WITHOUT, frame[some], key="follow_up_without_next")


def late_list(view: View) -> Blocks:
    """Give the overdue follow-ups themselves, the oldest first, by pseudonym."""
    frame = page_queries.listing(view, "overdue_visits")
    shown = numbers.count(len(frame), view.lang)
    many = len(frame) >= MOST_VISITS
    return (
        List(
            key="follow_up_overdue",
            title=parts.list_title(view, LATE),
            note=t("tables.first_rows", view.lang, shown=shown) if many else "",
            frame=lambda: _late_rows(view, frame),
            size=len(frame),
            columns=[
                Column("days_late", t("page.follow_up.days_late", view.lang), "count"),
                Column("due", t("page.follow_up.due", view.lang)),
                Column("province", t("filter.province", view.lang)),
                Column("district", t("filter.district", view.lang)),
                Column("group", t("filter.target_group", view.lang)),
                Column("case_id", t("page.follow_up.case", view.lang)),
                Column("unit", t("page.follow_up.visit", view.lang)),
            ],
            provenance=provenance.lines(view, LATE),
            empty=messages.no_cases(view.scope, view.filters.narrowest, view.lang),
        ),
    )


def _late_rows(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        province=[area_names.short_name(code, view.lang) for code in frame["province_code"]],
        district=[_district(code, view) for code in frame["district_code"]],
        group=[t(f"code.target_group.{code}", view.lang) for code in frame["target_group"]],
        due=[format_date(day(due), view.lang) for due in frame["due_on"]],
    )


def _district(code: object, view: View) -> str:
    # A case at a sensitive site counts for its province only and has no district here.
    return (
        numbers.MISSING if numbers.is_missing(code) else area_names.short_name(str(code), view.lang)
    )
