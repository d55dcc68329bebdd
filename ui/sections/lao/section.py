"""Local-government practitioners: who is trained without a degree, topics, proposals, years."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import FiscalYear, Span, fiscal_year_of, format_fiscal_year, year_number
from ui.blocks import (
    Blocks,
    Chart,
    Column,
    Columns,
    Figures,
    Lazy,
    List,
    Page,
    Text,
)
from ui.charts import cohorts, columns
from ui.charts.indicator_frame import day, each
from ui.charts.stacked_bars import Bar, Part
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.queries.query_cache import fiscal_years
from ui.sections.lao import by_area
from ui.sections.lao.by_area import ROLE, WITHOUT_DEGREE
from ui.sections.shared import area_table, beside, cards, cohort_table, parts, recommendations
from ui.state.page_context import View
from ui.text import messages, provenance
from ui.text.figures import Figure

SHARE = "training_coverage"
SEATS = "training_attendances"
FIGURES = (WITHOUT_DEGREE, SHARE, SEATS)
MOST_YEARS = 10
NOTHING_HELD = "—"
TOPICS = ("theory", "techniques", "local_role", "law", "partners")


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name, each for practitioners of local government only."""
    return page_queries.role_figures(view, ROLE, *FIGURES)


def sentence(view: View, figures: dict[str, Figure]) -> str:
    """Give the sentence that states what matters: of those without a degree, who is trained."""
    share = figures[WITHOUT_DEGREE]
    if share.status != "shown":
        key = "sentence_unknown" if share.denominator else "sentence_none"
        people = numbers.count(share.denominator, view.lang)
        return t(f"page.lao.{key}", view.lang, people=people)
    return t(
        "page.lao.sentence",
        view.lang,
        trained=numbers.count(share.numerator, view.lang),
        people=numbers.count(share.denominator, view.lang),
        share=numbers.percent(share.value),
        seats=figures[SEATS].text(view.lang),
        period=view.filters.period_text(view.lang),
    )


def page(view: View) -> Page:
    """Give the page: figures with their lists, areas, years, topics, cohorts and proposals."""
    found = figures(view)
    return Page(
        key="lao",
        title=t("page.lao.title", view.lang),
        lead=sentence(view, found),
        blocks=(row(view, found), Lazy(lambda: charts(view))),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards and the lists behind them."""
    lists = {WITHOUT_DEGREE: _untrained_list, SHARE: _coverage_list, SEATS: _cohort_list}
    return cards.row(view, [figures[name] for name in FIGURES], lists, histories=False)


def charts(view: View) -> Blocks:
    """Give coverage by area, the years, the courses in time, the topics and the proposals."""
    proposals = t("page.lao.proposals", view.lang)
    first, *others = by_area.by_area(view)
    return (
        Columns(((first, *_topics(view)), (*_years(view), *others))),
        *_timeline(view),
        recommendations.register(view, ROLE, key="lao_advice", title=proposals),
    )


def _year_rows(view: View) -> pd.DataFrame:
    """Seats per fiscal year, oldest first; a year with no cohort on record is empty, not zero."""
    held = _cohorts(view)
    over = pd.Series([day(d) <= view.filters.day for d in held["end_on"]], held.index, dtype=bool)
    held = held[over]
    years = [fiscal_year_of(day(d)).be for d in held["end_on"]]
    seats = held.assign(year=years).groupby("year")["attendances"].sum(min_count=1)
    seats = seats.reindex(range(min(years), max(years) + 1) if years else [])
    found = [FiscalYear(be) for be in seats.index]
    return pd.DataFrame(
        {
            "label": [format_fiscal_year(year, view.lang, "short") for year in found],
            "year": [str(year_number(year.end, view.lang)) for year in found],
            "seats": seats.astype("Int64").to_numpy(),
        }
    )


def _years(view: View) -> Blocks:
    if _cohorts(view).empty:
        return (Text(t("page.lao.no_cohorts", view.lang), "notice"),)
    return (_year_chart(view),)


def _year_chart(view: View) -> Chart:
    return Chart(
        key="lao_years",
        title=t("page.lao.years", view.lang),
        spec=lambda: _year_spec(view),
        frame=_year_rows(view),
        columns=[
            Column("label", t("filter.fiscal_year", view.lang)),
            Column("seats", t("unit.attendances", view.lang), "count"),
        ],
        provenance=provenance.lines(view, SEATS),
        caveat=t("page.lao.years_caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, "cohorts"),
        note=cohort_table.origins(_cohorts(view), view.lang),
    )


@cached_view
def _year_spec(view: View) -> dict[str, Any]:
    part = Part("seats", t("unit.attendances", view.lang), "main")
    return columns.stacked_columns(
        [_year_bar(row) for row in each(_year_rows(view).tail(MOST_YEARS))],
        [part],
        lang=view.lang,
        theme=view.theme,
        unit="attendances",
    )


def _year_bar(row: Any) -> Bar:
    if pd.isna(row.seats):
        return Bar(row.year, "", None, {"seats": None}, reason=NOTHING_HELD)
    return Bar(row.year, "", int(row.seats), {"seats": int(row.seats)})


def _topics(view: View) -> Blocks:
    listed = "\n".join(t(f"page.lao.topic.{topic}", view.lang) for topic in TOPICS)
    return (
        Text(t("page.lao.topics", view.lang), "heading"),
        Text(listed, "steps"),
        Text(t("page.lao.topics_source", view.lang)),
        *beside.document_note(view),
    )


def _cohorts(view: View) -> pd.DataFrame:
    years = fiscal_years(view.scope, view.snapshot)
    start = min(FiscalYear(years[-1]).start, view.filters.span.start)
    span = Span(start, view.filters.span.end)
    found = page_queries.listing(view, "cohorts", role=ROLE, span=span)
    return cohort_table.told_apart(found, view.lang)


def _timeline(view: View) -> Blocks:
    return () if _cohorts(view).empty else (_timeline_chart(view),)


def _timeline_chart(view: View) -> Chart:
    return Chart(
        key="lao_cohorts",
        title=t("page.lao.cohorts", view.lang),
        spec=lambda: _timeline_spec(view),
        frame=lambda: cohort_table.rows(_cohorts(view), view),
        size=len(_cohorts(view)),
        columns=cohort_table.columns(view),
        provenance=provenance.lines(view, near="training_attendances"),
        note=cohort_table.origins(_cohorts(view), view.lang),
        not_followed=page_queries.not_followed_text(view, "cohorts"),
    )


@cached_view
def _timeline_spec(view: View) -> dict[str, Any]:
    return cohorts.timeline(
        _cohorts(view), lang=view.lang, theme=view.theme, as_of=view.filters.as_of, limit=10
    )


def _untrained_list(view: View) -> Blocks:
    return (
        List(
            key="lao_untrained",
            title=t(f"indicator.{WITHOUT_DEGREE}.title", view.lang),
            frame=area_table.rows(by_area.areas(view).sort_values("value"), view.lang),
            columns=area_table.columns(WITHOUT_DEGREE, view.lang),
            provenance=provenance.lines(view, WITHOUT_DEGREE),
            not_followed=page_queries.not_followed_text(view, WITHOUT_DEGREE),
        ),
    )


def _coverage_list(view: View) -> Blocks:
    found = page_queries.frame(view, SHARE, view.filters.query(view.filters.below, role=ROLE))
    return parts.area_list(view, SHARE, found, key="lao_coverage", worst="low")


def _cohort_list(view: View) -> Blocks:
    frame = _cohorts(view)
    return (
        List(
            key="lao_cohort_list",
            title=t("page.lao.cohorts", view.lang),
            frame=lambda: cohort_table.rows(frame, view),
            size=len(frame),
            columns=cohort_table.columns(view),
            provenance=provenance.lines(view, SEATS),
            not_followed=page_queries.not_followed_text(view, "cohorts"),
            empty=messages.nothing_to_list(view.lang),
        ),
    )
