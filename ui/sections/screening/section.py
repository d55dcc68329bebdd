"""The page of automated screening: what the system flagged, and what people decided on it.

Nothing that nobody has decided on enters any other number of the product; here it is counted as
what it is, undecided.
"""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import has, t
from ui.blocks import Blocks, Chart, Column, Columns, Figures, Lazy, List, Page, Text
from ui.charts import stacked_bars
from ui.charts.stacked_bars import Bar, Part
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.sections.shared import beside, cards, parts, programme_parts
from ui.state.page_context import View
from ui.text import messages, narrative_programmes, provenance
from ui.text.figures import Figure

SCREENING_DECIDED, SCREENING_OVERRIDDEN = "screening_decided", "screening_overridden"
FIGURES = (SCREENING_DECIDED, SCREENING_OVERRIDDEN)
TABLE = "screenings"
RESULTS = ("agreed", "overridden", "unrecorded", "undecided")
TONES = {"agreed": "first", "overridden": "second", "unrecorded": "third", "undecided": "fourth"}
# Flags in order of weight; others follow as they are written.
WEIGHT = ("high", "medium", "low")


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return programme_parts.figures(view, *FIGURES)


def is_empty(figures: dict[str, Figure]) -> bool:
    """Tell whether nothing was screened in the period."""
    return figures[SCREENING_DECIDED].status == "no_data"


def decisions(view: View) -> pd.DataFrame:
    """Give the screenings of the period by flag and decision, heaviest flag first."""
    frame = page_queries.listing(view, "screening_decisions")
    order = {flag: n for n, flag in enumerate(WEIGHT)}
    place = frame["flag"].map(lambda flag: order.get(flag, len(order)))
    return frame.assign(place=place).sort_values(["place", "flag"], kind="stable")


def page(view: View) -> Page:
    """Give the page: its principle, figures with their lists, results by flag, areas, months."""
    found = figures(view)
    lead = narrative_programmes.screening(found, view.filters, view.scope.hide_below, view.lang)
    return Page(
        key="screening",
        title=t("page.screening.title", view.lang),
        lead=lead,
        above=(Text(t("page.screening.principle", view.lang), "notice"),),
        blocks=programme_parts.say_missing(view, TABLE) or _blocks(view, found),
    )


def _blocks(view: View, figures: dict[str, Figure]) -> Blocks:
    if is_empty(figures):
        return parts.nothing_here(view)
    return (row(view, figures), Lazy(lambda: charts(view)), *beside.below(view, "screening"))


def row(view: View, figures: dict[str, Figure]) -> Figures:
    """Give the cards, and what stands behind each."""
    lists = {SCREENING_DECIDED: undecided_list, SCREENING_OVERRIDDEN: decision_list}
    return cards.row(view, [figures[name] for name in FIGURES], lists)


def charts(view: View) -> Blocks:
    """Give the results by flag, the areas, and both shares by month."""
    months = parts.over_time(view, parts.Series(FIGURES, None, 300), key="screening_months")
    title = t("series.screening_decided", view.lang)
    by_area = parts.area_ranking(view, SCREENING_DECIDED, key="screening_by_area", title=title)
    return (Columns(((_results(view), months), (by_area,))),)


def _results(view: View) -> Chart:
    frame = decisions(view)
    return Chart(
        key="screening_results",
        title=t("page.screening.results", view.lang),
        spec=lambda: _result_spec(view),
        frame=_decision_rows(frame, view),
        columns=_decision_columns(view),
        provenance=provenance.lines(view, SCREENING_DECIDED),
        caveat=t("page.screening.results_caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, "screening_decisions"),
    )


@cached_view
def _result_spec(view: View) -> dict[str, Any]:
    frame = decisions(view)
    present = [result for result in RESULTS if result in set(frame["result"])]
    drawn = [Part(r, t(f"page.screening.result.{r}", view.lang), TONES[r]) for r in present]
    held = [_flag_bar(str(flag), rows, view) for flag, rows in frame.groupby("flag", sort=False)]
    return stacked_bars.shares(held, drawn, lang=view.lang, theme=view.theme, unit="screenings")


def _flag_bar(flag: str, rows: pd.DataFrame, view: View) -> Bar:
    label = _flag(flag, view)
    if rows["screenings"].isna().any():
        return Bar(label, "", None, {}, t("status.hidden", view.lang))
    total = int(rows["screenings"].sum())
    summed = rows.groupby("result")["screenings"].sum()
    note = numbers.value(total, "screenings", view.lang, form="words")
    return Bar(label, note, total, {str(r): int(count) for r, count in summed.items()})


def _flag(code: str, view: View) -> str:
    key = f"page.screening.flag.{code}"
    return t(key, view.lang) if has(key) else code


def _decision_rows(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    return frame.assign(
        flagged=[_flag(code, view) for code in frame["flag"]],
        decided=[_flag(code, view) for code in frame["decision"]],
        told=[t(f"page.screening.result.{code}", view.lang) for code in frame["result"]],
        state=[t("status.hidden", view.lang) if s == "hidden" else "" for s in frame["status"]],
    )


def _decision_columns(view: View) -> list[Column]:
    return [
        Column("flagged", t("page.screening.flagged", view.lang)),
        Column("decided", t("page.screening.decided", view.lang)),
        Column("told", t("page.screening.result_name", view.lang)),
        Column("screenings", t("unit.screenings", view.lang), "count"),
        Column("state", t("column.status", view.lang)),
    ]


def undecided_list(view: View) -> Blocks:
    """Give the screenings that wait for a person, oldest first, by pseudonym."""
    unit = t("page.programmes.case", view.lang)
    return programme_parts.cases(
        view, "undecided_screenings", SCREENING_DECIDED, key="screening_undecided", unit=unit
    )


def decision_list(view: View) -> Blocks:
    """Give what people decided beside what the system had flagged."""
    frame = decisions(view)
    return (
        List(
            key="screening_decisions",
            title=t("page.screening.pairs", view.lang),
            note=t("page.screening.results_caveat", view.lang),
            frame=_decision_rows(frame, view),
            columns=_decision_columns(view),
            provenance=provenance.lines(view, SCREENING_OVERRIDDEN),
            not_followed=page_queries.not_followed_text(view, "screening_decisions"),
            empty=messages.nothing_to_list(view.lang),
        ),
    )
