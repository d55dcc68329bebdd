"""The map page: one indicator by province, its table, and the zoomable explorer beside it."""

from typing import Any

import pandas as pd
import streamlit as st

from config.i18n import t
from data_access.indicators import registry
from ui import address, area_table, ask, draw, filters, geometry, provenance, session, shell, tables
from ui.ask import kept
from ui.charts import maps
from ui.charts.map_layers import AREA
from ui.chosen import COUNTRY, Chosen
from ui.figures import target
from ui.sections import explorer
from ui.view import View

USUAL = "families_per_case_manager"
PARAM = "indicator"
# What a map of provinces can say something about, in the order of the list.
INDICATORS = (
    "families_per_case_manager",
    "staffing_gap",
    "case_managers_over_norm",
    "unassigned_families",
    "follow_up_completion",
    "follow_up_on_time",
    "follow_up_overdue",
    "cases_without_next_follow_up",
    "training_coverage",
    "volunteers_per_1000_households",
)
HEIGHT = 620


def indicator(view: View) -> str:
    """Give the indicator that the address asks for; the caseload ratio where it asks for none."""
    return address.option(PARAM, INDICATORS, USUAL)


def frame(view: View, name: str) -> pd.DataFrame:
    """Give one row per province of the country or region, whichever province is chosen in it."""
    return ask.frame(view, name, _around(view.chosen).question("province"))


def choose_indicator(view: View, name: str) -> None:
    """Draw the list of indicators; the choice goes to the address bar."""
    st.session_state["map_indicator"] = name
    st.selectbox(
        t("column.indicator", view.lang),
        INDICATORS,
        format_func=lambda code: t(f"indicator.{code}.title", view.lang),
        key="map_indicator",
        on_change=_indicator_moved,
    )


def maps_side_by_side(view: View, name: str) -> None:
    """Draw the map of provinces, and beside it the explorer of districts."""
    left, right = st.columns(2, gap="large")
    with left:
        choose_indicator(view, name)
        _map(view, name)
        shell.caption(t("page.province_map.click", view.lang))
        shell.caption(t(f"indicator.{name}.caveat", view.lang))
        _twin(view, name)
    with right:
        explorer.part(view, name)


def _twin(view: View, name: str) -> None:
    found = frame(view, name)
    upward = registry.get(name).direction == "higher_is_better"
    tables.twin(
        lambda: area_table.rows(
            found.sort_values("value", ascending=upward, na_position="last"), view.lang
        ),
        area_table.columns(name, view.lang),
        lang=view.lang,
        key=f"provinces_{name}",
        rows=len(found),
        provenance=provenance.lines(view, name),
    )


def _map(view: View, name: str) -> None:
    key = f"map_{name}_{view.chosen.narrowest}"
    st.vega_lite_chart(
        _map_spec(view, name),
        theme=None,
        key=key,
        on_select=clicked,
        selection_mode=AREA,
    )


@kept
def _map_spec(view: View, name: str) -> dict[str, Any]:
    found = target(name, view.chosen, ask.whole(view, "targets"))
    spec = maps.choropleth(
        frame(view, name),
        indicator=registry.get(name),
        geometry=geometry.source("province", session.settings().data_dir),
        lang=view.lang,
        theme=view.theme,
        selected=view.chosen.province,
        within=view.chosen.region if view.chosen.level == "region" else None,
        target=found.value if found and not found.counts else None,
        base=view.chosen.base,
        height=HEIGHT,
    )
    drawable: dict[str, Any] = draw.without_csv(spec)
    return drawable


def _around(chosen: Chosen) -> Chosen:
    """The same choice for the country, or for the region where no province is chosen in it."""
    return chosen.at(chosen.region or COUNTRY) if chosen.level == "region" else chosen.at(COUNTRY)


def _indicator_moved() -> None:
    address.keep_option(PARAM, st.session_state["map_indicator"], USUAL)


def clicked() -> None:
    """Take over the province that was clicked; a click beside the map changes nothing."""
    for key, event in st.session_state.items():
        if not str(key).startswith("map_") or not hasattr(event, "selection"):
            continue
        picked = event.selection.get(AREA) or []
        if picked:
            filters.go_to(str(picked[0]["code"]))
