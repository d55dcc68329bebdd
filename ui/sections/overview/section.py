"""The executive page: one table of everything that matters, and four figures above it."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from config import numbers
from config.i18n import t
from data_access.indicators import registry
from data_access.targets import News
from ui.queries import changes, page_queries
from ui.render.streamlit import cards, menu, tables
from ui.sections.caseload import section as caseload
from ui.sections.follow_up import section as follow_up
from ui.sections.overview import executive_table
from ui.sections.training import section as training
from ui.state import url_state
from ui.state.page_context import View
from ui.text import provenance
from ui.text.figures import Figure

TOP = (
    "families_per_case_manager",
    "provinces_over_norm",
    "follow_up_completion",
    "training_coverage",
)
# The rows of the table by the page that shows more of them, in the order of the menu.
_ROWS = registry.executive_parts()
PARTS = {part: _ROWS[part] for part in ("caseload", "follow_up", "training", "volunteers")}


def figures(view: View) -> dict[str, Figure]:
    """Give all figures of the table by name."""
    return page_queries.figures(view, *[name for names in PARTS.values() for name in names])


def news(view: View, found: dict[str, Figure]) -> News:
    """Give what leads the page: how long the ratio has been moving, who lacks most, who moved."""
    return changes.news(view, found["families_per_case_manager"].target)


def is_empty(found: dict[str, Figure]) -> bool:
    """Tell whether there is nothing to divide by: neither families, visits due nor staff."""
    return all(found[name].status == "no_data" for name in TOP)


def row(view: View, found: dict[str, Figure]) -> None:
    """Draw the four figures that executives ask for first, and the list behind each."""
    lists = (
        caseload.ratio_list,
        caseload.over_list,
        follow_up.done_list,
        training.untrained_list,
    )
    cards.row(view, [found[name] for name in TOP], dict(zip(TOP, lists, strict=True)))


def table(view: View, found: dict[str, Figure]) -> DeltaGenerator:
    """Draw the executive table with the trends that are known; gives its place for the others."""
    place = st.empty()
    known = page_queries.trends_known(view)
    trends = {name: page_queries.trend(view, name) for name in found} if known else {}
    place.html(executive_table.html(view, _parts(found), trends))
    return place


def add_trends(view: View, found: dict[str, Figure], place: DeltaGenerator) -> None:
    """Draw the table again with its trends: numbers are read first, and these take longest."""
    if not page_queries.trends_known(view):
        trends = {name: page_queries.trend(view, name) for name in found}
        page_queries.note_trends(view)
        place.html(executive_table.html(view, _parts(found), trends))


def _parts(found: dict[str, Figure]) -> dict[str, list[Figure]]:
    return {key: [found[name] for name in names] for key, names in PARTS.items()}


def links(view: View) -> None:
    """Draw the ways to the pages behind the parts of the table."""
    with st.container(horizontal=True, key="overview_links"):
        for key in PARTS:
            menu.link(key, view.lang, url_state.codes())


def download(view: View, found: dict[str, Figure]) -> None:
    """Draw the download of the table."""
    frame = pd.DataFrame([_cells(view, figure) for figure in found.values()])
    labels = dict(zip([str(name) for name in frame], _labels(view), strict=True))
    st.download_button(
        t("action.download_csv", view.lang),
        data=tables.csv_bytes(frame, labels, provenance.lines(view)),
        file_name="overview.csv",
        mime="text/csv",
        on_click="ignore",
        key="overview_csv",
    )


def _cells(view: View, figure: Figure) -> dict[str, object]:
    lang = view.lang
    return {
        "measure": figure.title(lang),
        "value": figure.text(lang),
        "unit": figure.unit(lang),
        "target": figure.target_text(lang),
        "gap": figure.gap_text(lang),
        "numerator": numbers.count(figure.numerator, lang),
        "denominator": numbers.count(figure.denominator, lang),
        "period": figure.when(lang),
        "base": figure.base_text(lang),
    }


def _labels(view: View) -> list[str]:
    keys = (
        "page.overview.measure",
        "page.overview.value",
        "column.unit",
        "column.target",
        "column.gap",
        "column.numerator",
        "column.denominator",
        "page.overview.period",
        "page.overview.base",
    )
    return [t(key, view.lang) for key in keys]
