"""The training page: who is trained by role, which cohorts were held, whom they reached."""

from typing import Any

import pandas as pd
import streamlit as st

from config import numbers
from config.i18n import t
from config.thai_calendar import FiscalYear, Span
from data_access.indicators import registry
from data_access.schema.codes import CODES
from ui.charts import bars, cohorts, split, titles
from ui.queries import page_queries
from ui.queries.cached import fiscal_years
from ui.queries.page_queries import cached_view
from ui.render.streamlit import area_table, cards, chart_block, tables
from ui.render.streamlit.tables import Column
from ui.sections.shared import parts
from ui.state.page_context import View
from ui.text import area_names, messages, provenance
from ui.text.figures import Figure

SHARE = "training_coverage"
SEATS = "training_attendances"
REACH = "cohort_province_coverage"
FIGURES = (SHARE, SEATS, REACH)
MOST_COHORTS = 14
MOST_SPLITS = 6


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return page_queries.figures(view, *FIGURES)


def is_empty(view: View, found: dict[str, Figure]) -> bool:
    """Tell whether there is nobody to train and no cohort on record."""
    return found[SHARE].status == "no_data" and _cohorts_so_far(view).empty


def untrained_areas(view: View) -> int:
    """Count the areas that have people to train and nobody trained."""
    return len(_without_trained(view))


def row(view: View, found: dict[str, Figure]) -> None:
    """Draw the cards; people and seats stay two different things."""
    lists = {SHARE: untrained_list, SEATS: cohort_list, REACH: cohort_list}
    cards.row(view, [found[name] for name in FIGURES], lists)


def charts(view: View, found: dict[str, Figure]) -> None:
    """Draw coverage by role and area, the cohorts in time, and women, men and unspecified."""
    left, right = st.columns(2, gap="large")
    with left:
        _by_role(view, found[SHARE].line)
        _sexes(view)
    with right:
        parts.ranked(view, SHARE, key="training_by_area", target=found[SHARE].line)
    _timeline(view)


def _roles(view: View) -> pd.DataFrame:
    frame = page_queries.frame(view, SHARE, view.filters.query(breakdown="role"))
    return frame[frame["denominator"].fillna(0) > 0].reset_index(drop=True)


def _by_role(view: View, target: float | None) -> None:
    frame = _roles(view)
    words = _role_names(view)
    chart_block.block(
        view,
        key="training_by_role",
        title=t("page.training.by_role", view.lang),
        spec=_role_spec(view, target),
        frame=area_table.rows(frame, view.lang).assign(role=frame["group"].map(words)),
        columns=[
            Column("role", t("filter.role", view.lang)),
            *[c for c in area_table.columns(SHARE, view.lang, codes=False) if c.name != "area"],
        ],
        provenance=provenance.lines(view, SHARE),
    )


def _role_names(view: View) -> dict[str, str]:
    return {code: t(f"code.target_role.{code}", view.lang) for code in CODES["target_role"]}


@cached_view
def _role_spec(view: View, target: float | None) -> dict[str, Any]:
    return bars.ranked(
        _roles(view),
        indicator=registry.get(SHARE),
        lang=view.lang,
        theme=view.theme,
        target=target,
        names=_role_names(view),
    )


def _cohorts_so_far(view: View) -> pd.DataFrame:
    """Cohorts from the first year on record to the end of the period chosen."""
    years = fiscal_years(view.scope, view.snapshot)
    start = min(FiscalYear(years[-1]).start, view.filters.span.start)
    return page_queries.listing(view, "cohorts", span=Span(start, view.filters.span.end))


def _timeline(view: View) -> None:
    frame = _cohorts_so_far(view)
    chart_block.block(
        view,
        key="training_cohorts",
        title=t("page.training.timeline", view.lang),
        spec=_timeline_spec(view),
        frame=cohort_rows(frame, view),
        columns=cohort_columns(view),
        provenance=provenance.lines(view, near="training_attendances"),
        caveat=t("page.training.timeline_caveat", view.lang, n=MOST_COHORTS),
    )


@cached_view
def _timeline_spec(view: View) -> dict[str, Any]:
    return cohorts.timeline(
        _cohorts_so_far(view),
        lang=view.lang,
        theme=view.theme,
        as_of=view.filters.as_of,
        limit=MOST_COHORTS,
    )


def _sexes(view: View) -> None:
    frame = _cohorts_so_far(view)
    chart_block.block(
        view,
        key="training_sexes",
        title=t("page.training.sexes", view.lang),
        spec=_sex_spec(view),
        frame=cohort_rows(frame, view),
        columns=sex_columns(view),
        provenance=provenance.lines(view, near="training_sex_split"),
        caveat=t("page.training.sexes_caveat", view.lang),
    )


@cached_view
def _sex_spec(view: View) -> dict[str, Any]:
    newest = _cohorts_so_far(view).head(MOST_SPLITS)
    return split.sex(newest, lang=view.lang, theme=view.theme)


def cohort_list(view: View) -> None:
    """Draw the cohorts of the period chosen, newest first."""
    frame = page_queries.listing(view, "cohorts", span=view.filters.span)
    chart_block.heading(t("page.training.cohorts_held", view.lang))
    if frame.empty:
        messages.nothing_to_list(view.lang)
        return
    tables.table(
        cohort_rows(frame, view),
        cohort_columns(view),
        lang=view.lang,
        key="training_cohort_list",
        provenance=provenance.lines(view, SEATS),
    )


def untrained_list(view: View) -> None:
    """Draw the areas where there are people to train and nobody is trained."""
    chart_block.heading(t("page.training.without_trained", view.lang))
    frame = _without_trained(view)
    if frame.empty:
        messages.nothing_to_list(view.lang)
        return
    tables.table(
        area_table.rows(frame, view.lang),
        area_table.columns(SHARE, view.lang),
        lang=view.lang,
        key="training_without_trained",
        provenance=provenance.lines(view, SHARE),
    )


def _without_trained(view: View) -> pd.DataFrame:
    frame = page_queries.areas(view, SHARE)
    return frame[(frame["denominator"].fillna(0) > 0) & (frame["numerator"] == 0)]


def cohort_rows(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Give the list of cohorts in words: title, when, where, role, who came, provinces reached."""
    listed = [row for _, row in frame.iterrows()]
    return frame.assign(
        title=[titles.cohort_title(row, view.lang) for row in listed],
        when=[cohorts.when_held(row, view.lang) for row in listed],
        how=[t(f"code.mode.{code}", view.lang) for code in frame["mode"]],
        place=[_place(row, view) for row in listed],
        role=[t(f"code.target_role.{code}", view.lang) for code in frame["target_role"]],
        came=[titles.attendance(row, view.lang) for row in listed],
        reach=[titles.coverage(row, view.lang) or numbers.MISSING for row in listed],
        origin=[titles.origin(row, view.lang) for row in listed],
    )


def _place(row: "pd.Series[Any]", view: View) -> str:
    """The venue and its province, whichever of the two the source names."""
    venue, code = row["venue"], row["held_in_province_code"]
    province = "" if numbers.is_missing(code) else area_names.full_name(str(code), view.lang)
    named = "" if numbers.is_missing(venue) else str(venue)
    return t("tables.joint", view.lang).join(x for x in (named, province) if x) or numbers.MISSING


def cohort_columns(view: View) -> list[Column]:
    """Give the columns of `cohort_rows`."""
    return [
        Column("title", t("page.training.cohort", view.lang), width="large"),
        Column("when", t("page.training.when", view.lang)),
        Column("how", t("page.training.how", view.lang)),
        Column("place", t("page.training.place", view.lang)),
        Column("role", t("page.training.for_role", view.lang)),
        Column("came", t("chart.word.attendances", view.lang)),
        Column("planned_seats", t("page.training.planned_seats", view.lang), "count"),
        Column("reach", t("chart.word.coverage", view.lang)),
        Column("origin", t("column.origin", view.lang), width="medium"),
    ]


def sex_columns(view: View) -> list[Column]:
    """Give the columns of a cohort's women, men and unspecified."""
    counts = (("female", "F"), ("male", "M"), ("unspecified", "U"))
    return [
        Column("title", t("page.training.cohort", view.lang)),
        *[Column(name, t(f"code.sex.{code}", view.lang), "count") for name, code in counts],
        Column("origin", t("column.origin", view.lang), width="medium"),
    ]
