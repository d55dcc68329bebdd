"""The page of outcomes: levels in five dimensions, why cases were closed, cohorts of opening."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from config.thai_calendar import FiscalYear, Span, format_fiscal_year
from data_access.breakdowns import CASE_STATES
from data_access.filters import Filter, Filters
from data_access.indicators import registry
from data_access.schema.codes import CODES
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, Page
from ui.charts import bars, stacked_bars
from ui.charts.stacked_bars import Bar, Part
from ui.queries import page_queries, query_cache
from ui.queries.page_queries import cached_view
from ui.sections.shared import beside, cards, parts, programme_parts
from ui.state.page_context import View
from ui.text import narrative_programmes, provenance
from ui.text.figures import Figure

BETTER, SAME, WORSE = "dimension_improved", "dimension_same", "dimension_worse"
SELF_RELIANT = "closed_self_reliant"
CHANGES = {BETTER: "improved", SAME: "same", WORSE: "worse"}
FIGURES = (BETTER, WORSE, SELF_RELIANT)
TONES = {"improved": "better", "same": "same", "worse": "worse"}
STATE_TONES = {"self_reliant": "first", "transferred": "second", "other": "third", "open": "fourth"}
TABLE = "assessments"
MOST_YEARS = 6
WHOLE_YEARS: Filters = frozenset({Filter.QUARTER})  # cases are those opened in whole years


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return programme_parts.figures(view, *FIGURES)


def is_empty(figures: dict[str, Figure]) -> bool:
    """Tell whether nobody was assessed twice and nothing was closed."""
    return all(
        figure.status == "no_data" and figure.reason != "table_missing"
        for figure in figures.values()
    )


def page(view: View) -> Page:
    """Give the page: figures with their lists, dimensions, reasons, cohorts, areas, months."""
    found = figures(view)
    return Page(
        key="outcomes",
        title=t("page.outcomes.title", view.lang),
        lead=narrative_programmes.outcomes(found, view.filters, view.lang),
        blocks=parts.nothing_here(view)
        if is_empty(found)
        else (row(view, found), Lazy(lambda: charts(view)), *beside.below(view, "outcomes")),
    )


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards, and the areas behind each."""
    lists = {BETTER: better_list, WORSE: worse_list, SELF_RELIANT: closed_list}
    return cards.row(view, [figures[name] for name in FIGURES], lists)


def charts(view: View) -> Blocks:
    """Give the five dimensions, the reasons of closure, the cohorts and the areas."""
    by_area: Blocks = ()
    if not programme_parts.missing(view, TABLE):
        title = t("code.outcome.improved", view.lang)
        by_area = (parts.area_ranking(view, BETTER, key="outcomes_by_area", title=title),)
    title = t("page.outcomes.state.self_reliant", view.lang)
    months = parts.Series((SELF_RELIANT,), None, 320)
    over_time = parts.over_time(view, months, key="outcomes_over_time", title=title)
    return (
        *programme_parts.say_missing(view, TABLE),
        Columns(
            ((*_dimensions(view), _cohorts(view)), (_reasons(view), *_groups(view))),
        ),
        Columns((by_area, (over_time,))),
    )


def dimensions(view: View) -> pd.DataFrame:
    """Give one row per dimension: improved, same, worse, assessed twice, assessed once, first.

    Counts are cases; a row with a hidden count has none of the three, and its state says so.
    """
    found = {code: programme_parts.mine(view, name, "dimension") for name, code in CHANGES.items()}
    once = programme_parts.mine(view, "dimension_assessed_once").set_index("group")
    frame = pd.DataFrame({"dimension": list(CODES["dimension"])})
    for code, rows in found.items():
        frame[code] = frame["dimension"].map(rows.set_index("group")["numerator"]).astype("Int64")
    either = found["improved"].set_index("group")
    frame["twice"] = frame["dimension"].map(either["denominator"]).astype("Int64")
    frame["once"] = frame["dimension"].map(once["numerator"]).astype("Int64")
    frame["once_share"] = frame["dimension"].map(once["value"]).astype("Float64")
    hidden = frame[[*found]].isna().any(axis=1) & bool((either["status"] == "hidden").any())
    frame["status"] = hidden.map({True: "hidden", False: "shown"})
    # Beside a hidden row its single assessments would give the repeated ones away.
    frame.loc[hidden, ["once", "once_share"]] = pd.NA
    return frame


def _dimensions(view: View) -> Blocks:
    if programme_parts.missing(view, TABLE):
        return ()
    frame = dimensions(view)
    words = {code: t(f"code.outcome.{code}", view.lang) for code in TONES}
    return (
        Chart(
            key="outcomes_dimensions",
            title=t("page.outcomes.dimensions", view.lang),
            spec=lambda: _dimension_spec(view),
            frame=frame.assign(
                name=[t(f"code.dimension.{code}", view.lang) for code in frame["dimension"]],
                state=[
                    t("status.hidden", view.lang) if s == "hidden" else "" for s in frame["status"]
                ],
            ),
            columns=[
                Column("name", t("page.outcomes.dimension", view.lang)),
                *[Column(code, word, "count") for code, word in words.items()],
                Column("twice", t("page.outcomes.twice", view.lang), "count"),
                Column("once", t("page.outcomes.once", view.lang), "count"),
                Column("once_share", t("page.outcomes.once_share", view.lang), "percent"),
                Column("state", t("column.status", view.lang)),
            ],
            provenance=provenance.lines(view, BETTER),
            not_followed=page_queries.not_followed_text(view, BETTER),
            caveat=t("page.outcomes.dimensions_caveat", view.lang),
        ),
    )


@cached_view
def _dimension_spec(view: View) -> dict[str, Any]:
    drawn = [Part(code, t(f"code.outcome.{code}", view.lang), tone) for code, tone in TONES.items()]
    held = [_dimension_bar(row, view) for row in dimensions(view).itertuples()]
    return stacked_bars.shares(held, drawn, lang=view.lang, theme=view.theme, unit="cases")


def _dimension_bar(row: Any, view: View) -> Bar:
    label = t(f"code.dimension.{row.dimension}", view.lang)
    once = ""
    if not numbers.is_missing(row.once_share):
        share = numbers.percent(row.once_share)
        once = t("page.outcomes.only_once", view.lang, share=share)
    # One of three counts may be hidden where their sum is not.
    if row.status == "hidden" or any(
        numbers.is_missing(getattr(row, c)) for c in ("twice", *TONES)
    ):
        return Bar(label, once, None, {}, t("status.hidden", view.lang))
    if not row.twice:
        return Bar(label, once, None, {}, t("reason.nobody_assessed_twice", view.lang))
    n = numbers.value(int(row.twice), "cases", view.lang, form="words")
    note = t("page.outcomes.note", view.lang, n=n, once=once) if once else n
    counts = {code: int(getattr(row, code)) for code in TONES}
    return Bar(label, note, int(row.twice), counts)


def _reasons(view: View) -> Chart:
    frame = programme_parts.mine(view, SELF_RELIANT, "closure_reason")
    return Chart(
        key="outcomes_reasons",
        title=t("page.outcomes.reasons", view.lang),
        spec=lambda: _reason_spec(view),
        frame=programme_parts.twin_rows(frame, _reason_names(view), view),
        columns=programme_parts.twin_columns(
            view, t("page.outcomes.reason", view.lang), t("unit.cases", view.lang)
        ),
        provenance=provenance.lines(view, SELF_RELIANT),
        not_followed=page_queries.not_followed_text(view, SELF_RELIANT),
        caveat=t(f"indicator.{SELF_RELIANT}.caveat", view.lang),
    )


def _reason_names(view: View) -> dict[str, str]:
    return programme_parts.code_names(view, "code.closure_reason", CODES["closure_reason"])


@cached_view
def _reason_spec(view: View) -> dict[str, Any]:
    return bars.bar_ranking(
        programme_parts.mine(view, SELF_RELIANT, "closure_reason"),
        indicator=programme_parts.LargestFirst(SELF_RELIANT, "percent"),
        look=view.look,
        labels=bars.Labels(_reason_names(view), bold="self_reliant"),
    )


def _groups(view: View) -> Blocks:
    if programme_parts.missing(view, TABLE):
        return ()
    frame = _by_group(view)
    names = programme_parts.code_names(view, "code.target_group", CODES["target_group"])
    return (
        Chart(
            key="outcomes_groups",
            title=t("page.outcomes.by_group", view.lang),
            spec=lambda: _group_spec(view),
            frame=programme_parts.twin_rows(frame, names, view),
            columns=programme_parts.twin_columns(
                view, t("filter.target_group", view.lang), t("code.outcome.improved", view.lang)
            ),
            provenance=provenance.lines(view, BETTER),
            not_followed=page_queries.not_followed_text(view, BETTER),
        ),
    )


def _by_group(view: View) -> pd.DataFrame:
    frame = programme_parts.mine(view, BETTER, "target_group")
    some = (frame["denominator"].fillna(1) > 0) | (frame["status"] == "hidden")
    return frame[some].reset_index(drop=True)


@cached_view
def _group_spec(view: View) -> dict[str, Any]:
    return bars.bar_ranking(
        _by_group(view),
        indicator=registry.get(BETTER),
        look=view.look,
        labels=bars.Labels(
            programme_parts.code_names(view, "code.target_group", CODES["target_group"])
        ),
    )


def cohorts(view: View) -> pd.DataFrame:
    """Give the cases opened in each fiscal year by what has become of them by the as-of date."""
    on_record = query_cache.fiscal_years(view.scope, view.snapshot)
    years = [be for be in on_record if be <= view.filters.year.be]
    parts_of: list[pd.DataFrame] = []
    for be in sorted(years)[-MOST_YEARS:]:
        year = FiscalYear(be)
        # One year at a time: no total over the years stands beside them, so none gives any away.
        query = programme_parts.siblings(view).but(span=Span(year.start, year.end))
        frame = query_cache.breakdown("opening_cohorts", query, view.scope, view.snapshot)
        rows = frame[frame["area_code"] == view.filters.narrowest]
        parts_of.append(rows.assign(year=format_fiscal_year(year, view.lang, "short")))
    frame = pd.concat(parts_of, ignore_index=True)
    return frame[(frame["status"] != "no_data") & (frame["group"] != "")].reset_index(drop=True)


def _cohorts(view: View) -> Chart:
    frame = cohorts(view)
    rows = programme_parts.twin_rows(frame, _state_names(view), view)
    return Chart(
        key="outcomes_cohorts",
        title=t("page.outcomes.cohorts", view.lang),
        spec=lambda: _cohort_spec(view),
        frame=rows.assign(year=frame["year"]),
        columns=[
            Column("year", t("page.outcomes.opened_in", view.lang)),
            *programme_parts.twin_columns(
                view, t("page.outcomes.case_state", view.lang), t("unit.cases", view.lang)
            ),
        ],
        provenance=provenance.lines(view, near="closed_self_reliant"),
        not_followed=page_queries.not_followed_text(view, "opening_cohorts", without=WHOLE_YEARS),
        caveat=t("page.outcomes.cohorts_caveat", view.lang),
    )


def _state_names(view: View) -> dict[str, str]:
    return programme_parts.code_names(view, "page.outcomes.state", CASE_STATES)


@cached_view
def _cohort_spec(view: View) -> dict[str, Any]:
    names = _state_names(view)
    drawn = [Part(state, names[state], STATE_TONES[state]) for state in CASE_STATES]
    held = [
        programme_parts.bar_of(view, rows, str(year), "cases")
        for year, rows in cohorts(view).groupby("year", sort=False)
    ]
    return stacked_bars.shares(held, drawn, lang=view.lang, theme=view.theme, unit="cases")


def better_list(view: View) -> Blocks:
    """Give the areas by the share that got better, lowest first."""
    return parts.area_list(
        view, BETTER, page_queries.areas(view, BETTER), key="outcomes_better", worst="low"
    )


def worse_list(view: View) -> Blocks:
    """Give the areas by the share that got worse, highest first."""
    return parts.area_list(view, WORSE, page_queries.areas(view, WORSE), key="outcomes_worse")


def closed_list(view: View) -> Blocks:
    """Give the areas by the share of closures as self-reliant, lowest first."""
    frame = page_queries.areas(view, SELF_RELIANT)
    return parts.area_list(view, SELF_RELIANT, frame, key="outcomes_closed", worst="low")
