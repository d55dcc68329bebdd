"""The zoomable explorer beside the province map: districts and volunteers as points."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from config.i18n import t
from data_access.indicators import registry
from geo import points, registers
from geo.points import AreaPoint
from ui import address, area_table, areas, ask, draw, geometry, provenance, session, shell, tables
from ui.ask import kept
from ui.charts.map_sheet import area_codes
from ui.maps import COUNTRY, Explorer, Show, explorer
from ui.view import View

PARAM = "show"
DISTRICTS, VOLUNTEERS, COLUMNS = "districts", "volunteers", "columns"
LAYERS: dict[str, tuple[Show, ...]] = {
    DISTRICTS: ("districts",),
    VOLUNTEERS: ("volunteers",),
    COLUMNS: ("columns",),
}
# Volunteers of a district are the denominator of the share that is active.
COUNTED = "active_volunteers"
HEIGHT = 520
_MARGIN = 0.15  # degrees around the outermost points


def part(view: View, name: str, *, listed: bool = False) -> None:
    """Draw the explorer with its switch, legend, caveat and table twin.

    `listed` says that a map beside it names the same districts and has their table.
    """
    draw.heading(t("page.province_map.explorer", view.lang))
    if not registry.get(name).by_district:
        shell.caption(t("reason.not_by_district", view.lang))
    shown = _switch(view)
    made = _explorer(view, name, shown)
    st.pydeck_chart(made.deck, height=HEIGHT, key=f"explorer_{shown}", alt=made.said)
    if shown == DISTRICTS:
        draw.chart(made.legend, "explorer_legend")
    else:
        shell.caption(t(f"page.province_map.{shown}_size", view.lang))
    shell.caption(t("page.province_map.webgl", view.lang))
    if listed:
        return
    if made.without_point:
        _missing(view, made.without_point)
    found = _districts(view, name)
    tables.twin(
        lambda: area_table.rows(found, view.lang),
        area_table.columns(name, view.lang),
        lang=view.lang,
        key=f"districts_{name}",
        rows=len(found),
        provenance=provenance.lines(view, name),
    )


def _switch(view: View) -> str:
    asked = address.option(PARAM, tuple(LAYERS), _usual(view))
    st.session_state["explorer_show"] = asked
    st.segmented_control(
        t("page.province_map.layers", view.lang),
        list(LAYERS),
        format_func=lambda code: t(f"page.province_map.show_{code}", view.lang),
        key="explorer_show",
        required=True,
        on_change=_switched,
        args=(_usual(view),),
        label_visibility="collapsed",
        wrap=True,
    )
    return asked


def _usual(view: View) -> str:
    """What is shown first: in the whole country most districts are too small to show a rate."""
    return VOLUNTEERS if view.chosen.level == "country" else DISTRICTS


def _switched(usual: str) -> None:
    address.keep_option(PARAM, st.session_state["explorer_show"], usual)


@kept
def _explorer(view: View, name: str, shown: str) -> Explorer:
    within = view.chosen.province or view.chosen.region
    placed = _points(within)
    return explorer(
        _districts(view, name),
        indicator=registry.get(name),
        points=placed,
        outlines=geometry.outlines(session.settings().data_dir),
        lang=view.lang,
        theme=view.theme,
        within=within,
        volunteers=_volunteers(view) if shown != DISTRICTS else None,
        show=LAYERS[shown],
        bounds=_bounds(placed) if within else COUNTRY,
        height=HEIGHT,
    )


def _districts(view: View, name: str) -> pd.DataFrame:
    """One row per district of the province or region chosen, or of the country."""
    around = view.chosen.at(view.chosen.province or view.chosen.region or registers.COUNTRY)
    return ask.frame(view, name, around.question("district"))


def _volunteers(view: View) -> dict[str, int]:
    around = view.chosen.at(view.chosen.province or view.chosen.region or registers.COUNTRY)
    # Volunteers belong to no target group: the filter would leave none.
    question = around.question("district").but(target_group=None)
    found = ask.frame(view, COUNTED, question).dropna(subset=["denominator"])
    counted = zip(found["area_code"], found["denominator"], strict=True)
    return {str(code): int(count) for code, count in counted if count > 0}


def _points(within: str | None) -> tuple[AreaPoint, ...]:
    inside = set(area_codes("district", within))
    return tuple(p for p in points.district_points(session.settings().data_dir) if p.code in inside)


def _bounds(placed: Sequence[AreaPoint]) -> tuple[float, float, float, float]:
    if not placed:
        return COUNTRY
    west, east = min(p.lon for p in placed), max(p.lon for p in placed)
    south, north = min(p.lat for p in placed), max(p.lat for p in placed)
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def _missing(view: View, codes: Sequence[str]) -> None:
    names = [areas.name_with_province(code, view.lang) for code in codes]
    with st.expander(t("page.province_map.without_point", view.lang, n=len(codes))):
        shell.caption(t("tables.joint", view.lang).join(names))
