"""Courses and cohorts: who still needs which course, cohorts planned and held, seats and people."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.thresholds import threshold
from data_access.filters import Filter, Filters
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, List, Page, Text
from ui.charts import cohorts, pairs
from ui.queries import page_queries, query_cache
from ui.queries.page_queries import cached_view
from ui.sections.courses import needs
from ui.sections.shared import area_table, beside, cards, cohort_table, parts, programme_parts
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View
from ui.text import messages, provenance
from ui.text.figures import Figure

COHORTS_HELD = "cohorts_held"
SEATS_FILLED = "cohort_seats_filled"
WITHOUT = "provinces_without_trained"
MONTHS_SINCE = "months_since_training"
COVERAGE = "training_coverage"
DISTRICT: Filters = frozenset({Filter.DISTRICT})  # the list has whole provinces
FIGURES = (COHORTS_HELD, SEATS_FILLED, WITHOUT, MONTHS_SINCE)
MOST_COHORTS = 16


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return page_queries.figures(view, *FIGURES)


def sentence(view: View) -> str:
    """Give the sentence that states what matters: who still needs a course, everybody once."""
    found = needs.needs(view)
    (all_roles,) = page_queries.frame(view, COVERAGE, view.filters.query()).itertuples()
    if found.empty or not all_roles.denominator or numbers.is_missing(all_roles.denominator):
        return t("page.courses.sentence_none", view.lang)
    if numbers.is_missing(all_roles.numerator) or numbers.is_missing(found["missing"].iloc[0]):
        people = numbers.count(int(all_roles.denominator), view.lang)
        return t("page.courses.sentence_unknown", view.lang, people=people)
    first = needs.with_words(found.head(1), view).iloc[0]
    return t(
        "page.courses.sentence",
        view.lang,
        people=numbers.count(int(all_roles.denominator - all_roles.numerator), view.lang),
        all=numbers.count(int(all_roles.denominator), view.lang),
        role=first["role_name"],
        course=first["course"],
        most=numbers.count(int(first["missing"]), view.lang),
    )


def page(view: View) -> Page:
    """Give the page: figures with their lists, needs by course, seats, cohorts, provinces."""
    found = figures(view)
    return Page(
        key="courses",
        title=t("page.courses.title", view.lang),
        lead=sentence(view),
        blocks=(
            row(view, found),
            *_long_ago(view),
            Lazy(lambda: charts(view)),
            *beside.below(view, "courses"),
        ),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards and the lists behind them."""
    lists = {
        COHORTS_HELD: _cohort_list,
        SEATS_FILLED: _cohort_list,
        WITHOUT: _without_list,
        MONTHS_SINCE: _since_list,
    }
    return cards.row(view, [figures[name] for name in FIGURES], lists)


def _long_ago(view: View) -> Blocks:
    """How many were last trained longer ago than is proposed: a middle does not tell."""
    cell = programme_parts.mine(view, "trained_long_ago").iloc[0]
    if cell["status"] != "shown":
        return ()
    words = {
        "share": numbers.percent(cell["value"]),
        "people": numbers.count(cell["numerator"], view.lang),
        "trained": numbers.count(cell["denominator"], view.lang),
        "months": numbers.count(int(threshold(MONTHS_SINCE).value), view.lang),
    }
    return (Text(t("page.courses.long_ago", view.lang, **words)),)


def charts(view: View) -> Blocks:
    """Give needs by course, seats beside people, the cohorts in time, and needs by province."""
    timeline: Blocks = (_timeline(view),)
    if _cohorts(view).empty:
        timeline = (Text(t("page.courses.no_cohorts", view.lang), "notice"),)
    return (Columns(((needs.by_role(view),), (_seats(view),))), *timeline, needs.by_province(view))


def _seat_rows(view: View) -> pd.DataFrame:
    found = page_queries.listing(view, "seats_and_people")
    labels = [needs.course_name(line, view) for _, line in found.iterrows()]
    # Seats whose people are not known by id are seats, and the number of people stays unknown.
    known = found["people"].where(found["people"] > 0)
    told = [_seats_told(line, view) for line in found.itertuples()]
    origin = [_origin(str(course), view) for course in found["course_id"]]
    whole = {"people": known.astype("Int64"), "seats": found["seats"].astype("Int64")}
    return found.assign(label=labels, told=told, origin=origin, **whole)


def _origin(course: str, view: View) -> str:
    """Where the cohorts of a course come from, each kind once."""
    held = _of_the_country(view)
    codes = dict.fromkeys(str(code) for code in held[held["course_id"] == course]["provenance"])
    return t("tables.joint", view.lang).join(t(f"code.provenance.{c}", view.lang) for c in codes)


def _seats_told(line: Any, view: View) -> str:
    """The seats with the word of their source; that nothing is known is not zero."""
    if numbers.is_missing(line.seats):
        return t("status.no_data", view.lang)
    said = numbers.count(int(line.seats), view.lang)
    return t("note.more_than", view.lang, value=said) if line.bound else said


def _seats(view: View) -> Chart:
    lang = view.lang
    return Chart(
        key="course_seats",
        title=t("page.courses.seats", lang),
        spec=lambda: _seat_spec(view),
        frame=_seat_rows(view),
        columns=[
            Column("label", t("page.courses.course", lang), width="medium"),
            Column("planned", t("page.courses.planned", lang), "count"),
            Column("held", t("page.courses.held", lang), "count"),
            Column("told", t("unit.attendances", lang)),
            Column("people", t("page.courses.people", lang), "count"),
            Column("origin", t("column.origin", lang)),
        ],
        provenance=provenance.lines(view, "training_attendances"),
        caveat=t("page.courses.seats_caveat", lang),
        not_followed=page_queries.not_followed_text(view, "seats_and_people"),
    )


@cached_view
def _seat_spec(view: View) -> dict[str, Any]:
    series = [
        ("seats", t("unit.attendances", view.lang)),
        ("people", t("page.courses.people", view.lang)),
    ]
    return pairs.side_by_side(
        _seat_rows(view),
        series=series,
        lang=view.lang,
        theme=view.theme,
        units={"seats": "attendances"},
    )


def _of_the_country(view: View) -> pd.DataFrame:
    """The cohorts wherever they were held: seats are counted for the whole country."""
    country = view.filters.at(COUNTRY).query()
    return query_cache.listing("cohorts", country, view.scope, view.snapshot)


def _cohorts(view: View) -> pd.DataFrame:
    found = page_queries.listing(view, "cohorts", span=view.filters.span)
    return cohort_table.told_apart(found, view.lang)


def _timeline(view: View) -> Chart:
    return Chart(
        key="course_cohorts",
        title=t("page.courses.cohorts", view.lang),
        spec=lambda: _timeline_spec(view),
        frame=lambda: cohort_table.rows(_cohorts(view), view),
        size=len(_cohorts(view)),
        columns=cohort_table.columns(view),
        provenance=provenance.lines(view, near="cohorts_held"),
        note=cohort_table.origins(_cohorts(view), view.lang),
        not_followed=page_queries.not_followed_text(view, "cohorts"),
        caveat=t("page.courses.cohorts_caveat", view.lang, n=MOST_COHORTS),
    )


@cached_view
def _timeline_spec(view: View) -> dict[str, Any]:
    return cohorts.timeline(
        _cohorts(view),
        lang=view.lang,
        theme=view.theme,
        as_of=view.filters.as_of,
        limit=MOST_COHORTS,
    )


def _without_list(view: View) -> Blocks:
    """The provinces that the card counts, with the people in post they have."""
    around = view.filters.at(view.filters.province or view.filters.region or COUNTRY)
    query = around.query("province")
    counted = page_queries.frame(view, WITHOUT, query)
    codes = set(counted.loc[counted["numerator"].fillna(0) > 0, "area_code"])
    coverage = page_queries.frame(view, COVERAGE, query)
    return (
        List(
            key="course_without",
            title=parts.list_title(view, WITHOUT),
            frame=area_table.rows(coverage[coverage["area_code"].isin(codes)], view.lang),
            columns=area_table.columns(COVERAGE, view.lang),
            provenance=provenance.lines(view, WITHOUT),
            not_followed=page_queries.not_followed_text(view, WITHOUT, without=DISTRICT),
            empty=messages.nothing_to_list(view.lang),
        ),
    )


def _since_list(view: View) -> Blocks:
    return parts.area_list(
        view, MONTHS_SINCE, page_queries.areas(view, MONTHS_SINCE), key="course_since"
    )


def _cohort_list(view: View) -> Blocks:
    frame = _cohorts(view)
    return (
        List(
            key="course_cohort_list",
            title=t("page.courses.cohorts", view.lang),
            frame=lambda: cohort_table.rows(frame, view),
            size=len(frame),
            columns=cohort_table.columns(view),
            provenance=provenance.lines(view, COHORTS_HELD),
            note=cohort_table.origins(frame, view.lang),
            not_followed=page_queries.not_followed_text(view, "cohorts"),
            empty=messages.nothing_to_list(view.lang),
        ),
    )
