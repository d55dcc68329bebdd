"""Courses and cohorts: who still needs which course, cohorts planned and held, seats and people."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.thresholds import threshold
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, List, Page, Table, Text
from ui.charts import cohorts, pairs
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import area_table, beside, cards, cohort_table, parts, programme_parts
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View
from ui.text import area_names, messages, provenance
from ui.text.figures import Figure

HELD = "cohorts_held"
FILLED = "cohort_seats_filled"
WITHOUT = "provinces_without_trained"
MONTHS_SINCE = "months_since_training"
COVERAGE = "training_coverage"
FIGURES = (HELD, FILLED, WITHOUT, MONTHS_SINCE)
MOST_COHORTS = 16


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return page_queries.figures(view, *FIGURES)


def needs(view: View) -> pd.DataFrame:
    """Give who still needs training in the chosen area: one row per role, most first."""
    found = page_queries.listing(view, "course_needs")
    return found.assign(missing=found["people"] - found["trained"]).sort_values(
        "missing", ascending=False, ignore_index=True
    )


def sentence(view: View) -> str:
    """Give the sentence that states what matters: who still needs a course, everybody once."""
    found = needs(view)
    (all_roles,) = page_queries.frame(view, COVERAGE, view.filters.query()).itertuples()
    if found.empty or numbers.is_missing(all_roles.denominator):
        return t("page.courses.sentence_none", view.lang)
    first = _worded(found.head(1), view).iloc[0]
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


def row(view: View, found: dict[str, Figure]) -> Figures:
    """Give the cards and the lists behind them."""
    lists = {
        HELD: _cohort_list,
        FILLED: _cohort_list,
        WITHOUT: _without_list,
        MONTHS_SINCE: _since_list,
    }
    return cards.row(view, [found[name] for name in FIGURES], lists)


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
    return (
        Columns(((_needs(view),), (_seats(view),))),
        _timeline(view),
        _by_province(view),
    )


def _needs(view: View) -> Chart:
    return Chart(
        key="course_needs",
        title=t("page.courses.needs", view.lang),
        spec=lambda: _need_spec(view),
        frame=_worded(needs(view), view),
        columns=_need_columns(view),
        provenance=provenance.lines(view, near=COVERAGE),
        caveat=t("page.courses.needs_caveat", view.lang),
    )


@cached_view
def _need_spec(view: View) -> dict[str, Any]:
    rows = _worded(needs(view), view)
    series = [
        ("missing", t("page.courses.missing", view.lang)),
        ("trained", t("page.courses.trained", view.lang)),
    ]
    return pairs.side_by_side(rows, series=series, lang=view.lang, theme=view.theme)


def _seat_rows(view: View) -> pd.DataFrame:
    found = page_queries.listing(view, "seats_and_people")
    labels = [_course(line, view) for _, line in found.iterrows()]
    # Seats whose people are not known by id are seats, and the number of people stays unknown.
    known = found["people"].where(found["people"] > 0)
    told = [_seats_told(line, view) for line in found.itertuples()]
    whole = {"people": known.astype("Int64"), "seats": found["seats"].astype("Int64")}
    return found.assign(label=labels, told=told, **whole)


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
        ],
        provenance=provenance.lines(view, "training_attendances"),
        caveat=t("page.courses.seats_caveat", lang),
    )


@cached_view
def _seat_spec(view: View) -> dict[str, Any]:
    series = [
        ("seats", t("unit.attendances", view.lang)),
        ("people", t("page.courses.people", view.lang)),
    ]
    return pairs.side_by_side(_seat_rows(view), series=series, lang=view.lang, theme=view.theme)


def _cohorts(view: View) -> pd.DataFrame:
    return page_queries.listing(view, "cohorts", span=view.filters.span)


def _timeline(view: View) -> Chart:
    return Chart(
        key="course_cohorts",
        title=t("page.courses.cohorts", view.lang),
        spec=lambda: _timeline_spec(view),
        frame=lambda: cohort_table.rows(_cohorts(view), view),
        size=len(_cohorts(view)),
        columns=cohort_table.columns(view),
        provenance=provenance.lines(view, near="cohorts_held"),
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


def _by_province(view: View) -> Table:
    """The people × required courses of every province: the nomination list."""
    found = page_queries.listing(view, "course_needs", area="province")
    rows = found.assign(missing=found["people"] - found["trained"])
    rows = rows[rows["missing"] > 0].sort_values("missing", ascending=False)
    return Table(
        key="course_needs_by_province",
        title=t("page.courses.by_province", view.lang),
        frame=_worded(rows, view).assign(
            province=[area_names.short_name(code, view.lang) for code in rows["province_code"]]
        ),
        columns=[Column("province", t("filter.province", view.lang)), *_need_columns(view)],
        provenance=provenance.lines(view),
        empty=messages.nothing_to_list(view.lang),
    )


def _need_columns(view: View) -> list[Column]:
    return [
        Column("role_name", t("filter.role", view.lang)),
        Column("course", t("page.courses.course", view.lang), width="medium"),
        Column("people", t("page.courses.in_post", view.lang), "count"),
        Column("trained", t("page.courses.trained", view.lang), "count"),
        Column("missing", t("page.courses.missing", view.lang), "count"),
    ]


def _worded(found: pd.DataFrame, view: View) -> pd.DataFrame:
    """Give the rows with the role and its qualifying courses in words, any of which is enough."""
    listed = page_queries.whole(view, "courses")
    listed = listed[listed["qualifying"].astype("bool")]
    courses: dict[str, list[str]] = {}
    for _, line in listed.iterrows():
        courses.setdefault(str(line["target_role"]), []).append(_course(line, view))
    joint = f" {t('page.courses.either', view.lang)} "
    roles = [t(f"code.target_role.{code}", view.lang) for code in found["role"]]
    names = [joint.join(courses.get(code, [])) for code in found["role"]]
    return found.assign(role_name=roles, course=names, label=roles)


def _course(line: "pd.Series[Any]", view: View) -> str:
    name = line["name_en"] if view.lang == "en" else line["name_th"]
    return str(line["name_th"] if numbers.is_missing(name) else name)


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
            provenance=provenance.lines(view, HELD),
        ),
    )
