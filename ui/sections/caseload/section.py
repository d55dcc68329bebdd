"""The caseload page: families per case manager against 1:10, who is over it, who is missing."""

from typing import Any

import streamlit as st

from config.i18n import t
from config.thresholds import threshold
from ui.charts import distribution
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.render.streamlit import cards, chart_block, tables
from ui.render.streamlit.tables import Column
from ui.sections.shared import parts
from ui.state.page_context import View
from ui.text import area_names, messages, provenance
from ui.text.figures import Figure

RATIO = "families_per_case_manager"
PROVINCES = "provinces_over_norm"
GAP = "staffing_gap"
MANAGERS = "case_managers_over_norm"
UNASSIGNED = "unassigned_families"
FIGURES = (RATIO, PROVINCES, GAP, MANAGERS, UNASSIGNED)


def figures(view: View) -> dict[str, Figure]:
    """Give the page's figures by name."""
    return page_queries.figures(view, *FIGURES)


def is_empty(found: dict[str, Figure]) -> bool:
    """Tell whether there is neither a family nor a case manager to speak of."""
    ratio = found[RATIO]
    return ratio.status == "no_data" and not ratio.numerator and not ratio.denominator


def row(view: View, found: dict[str, Figure]) -> None:
    """Draw the cards; within one province the count of provinces says nothing and is left out."""
    narrow = view.filters.level in ("province", "district")
    shown = [found[name] for name in FIGURES if not (narrow and name == PROVINCES)]
    lists = {
        RATIO: ratio_list,
        PROVINCES: over_list,
        GAP: gap_list,
        MANAGERS: manager_list,
        UNASSIGNED: unassigned_list,
    }
    cards.row(view, shown, lists)


def charts(view: View, found: dict[str, Figure]) -> None:
    """Draw the areas against the norm, how work is spread over people, and the ratio over time."""
    norm = found[RATIO].line
    left, right = st.columns(2, gap="large")
    with left:
        parts.ranked(view, RATIO, key="caseload_by_area", target=norm)
    with right:
        _bands(view)
        parts.over_time(view, (RATIO,), key="caseload_over_time", target=norm, height=230)


def _bands(view: View) -> None:
    frame = page_queries.listing(view, "load_bands")
    words = [
        t("chart.load_bands.band", view.lang, band=band.replace("-", "–")) for band in frame["band"]
    ]
    chart_block.block(
        view,
        key="caseload_bands",
        title=t("page.caseload.bands", view.lang),
        spec=_band_spec(view),
        frame=frame.assign(words=words),
        columns=[
            Column("words", t("page.caseload.band", view.lang)),
            Column("case_managers", t("code.role.case_manager", view.lang), "count"),
        ],
        provenance=provenance.lines(view, near="case_managers_over_norm"),
        caveat=t("page.caseload.bands_caveat", view.lang),
    )


@cached_view
def _band_spec(view: View) -> dict[str, Any]:
    frame = page_queries.listing(view, "load_bands")
    return distribution.load_bands(frame, lang=view.lang, theme=view.theme, height=250)


def ratio_list(view: View) -> None:
    """Draw every area with its families, its case managers and its ratio."""
    parts.area_list(view, RATIO, page_queries.areas(view, RATIO), key="caseload_all")


def over_list(view: View) -> None:
    """Draw the areas behind "over the norm": above ten, or with families and nobody for them."""
    frame = page_queries.areas(view, RATIO)
    nobody = (frame["reason"] == "no_case_manager") & (frame["numerator"].fillna(0) > 0)
    over = frame["value"].fillna(0) > threshold("caseload_norm").value
    parts.area_list(view, RATIO, frame[over | nobody], key="caseload_over")


def gap_list(view: View) -> None:
    """Draw the areas that lack case managers, with how many."""
    frame = page_queries.areas(view, GAP)
    parts.area_list(view, GAP, frame[frame["numerator"].fillna(0) > 0], key="caseload_gap")


def unassigned_list(view: View) -> None:
    """Draw the areas with families that nobody is assigned to; small counts stay hidden."""
    frame = page_queries.areas(view, UNASSIGNED)
    waiting = (frame["numerator"].fillna(0) > 0) | (frame["status"] == "hidden")
    parts.area_list(view, UNASSIGNED, frame[waiting], key="caseload_unassigned")


def manager_list(view: View) -> None:
    """Draw the case managers with more families than the norm, by pseudonym."""
    frame = page_queries.listing(view, "case_manager_loads")
    over = frame[frame["families"] > threshold("caseload_norm").value]
    chart_block.heading(parts.list_title(view, MANAGERS))
    if over.empty:
        messages.nothing_to_list(view.lang)
        return
    tables.table(
        over.assign(
            area=[area_names.short_name(code, view.lang) for code in over["province_code"]]
        ),
        [
            Column("worker_id", t("page.caseload.worker", view.lang)),
            Column("area", t("filter.province", view.lang)),
            Column("families", t("unit.families", view.lang), "count"),
        ],
        lang=view.lang,
        key="case_managers_over",
        provenance=provenance.lines(view, MANAGERS),
    )
