"""The zoomable explorer beside the province map: districts and volunteers as points."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd
import pydeck
import streamlit as st

from config.i18n import t
from data_access.indicators import registry
from geo import points, registers
from geo.points import AreaPoint
from ui.maps.explorer import COUNTRY, Explorer, Show, explorer
from ui.maps.sheet import area_codes
from ui.queries import cached, page_queries
from ui.queries.page_queries import cached_view
from ui.render.streamlit import area_table, chart_block, layout, tables
from ui.server import boundary_urls, chart_data_route
from ui.state import url_state
from ui.state.filter_state import FilterState
from ui.state.page_context import View
from ui.text import area_names, provenance

PARAM = "show"
DISTRICTS, VOLUNTEERS, SITES, COLUMNS = "districts", "volunteers", "sites", "columns"
LAYERS: dict[str, tuple[Show, ...]] = {
    DISTRICTS: ("districts",),
    VOLUNTEERS: ("volunteers",),
    SITES: ("sites",),
    COLUMNS: ("columns",),
}
# Volunteers of a district are the denominator of the share that is active.
COUNTED = "active_volunteers"
HEIGHT = 610  # about as high as the map beside it
_ASK_FOR_WEBGL = (Path(__file__).parents[2] / "maps" / "webgl.js").read_text("utf-8")
_MARGIN = 0.15  # degrees around the outermost points


def part(view: View, name: str, *, listed: bool = False) -> None:
    """Draw the explorer with its switch, legend, caveat and table twin.

    `listed` says that a map beside it names the same districts and has their table.
    """
    chart_block.heading(t("page.province_map.explorer", view.lang))
    if not registry.get(name).by_district:
        layout.caption(t("reason.not_by_district", view.lang))
    shown = _switch(view, name)
    made = _explorer(view, name, shown)
    _by_address(made.deck)
    with st.container(key="explorer_picture"):
        st.pydeck_chart(made.deck, height=HEIGHT, key=f"explorer_{shown}", alt=made.said)
    without_webgl(view)
    if shown == DISTRICTS:
        st.html(made.legend)
    else:
        layout.caption(t(f"page.province_map.{shown}_size", view.lang))
    layout.caption(t("page.province_map.explorer_use", view.lang))
    if shown == DISTRICTS:
        chart_block.definition_link(view, name)
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


def without_webgl(view: View) -> None:
    """Put a plain sentence in the explorer's place where a device cannot draw it.

    The device is asked once for each opening of the application; the style sheet does the rest.
    """
    words = escape(t("page.province_map.no_webgl", view.lang))
    body = f'<p class="ov-no-webgl" role="status">{words}</p><script>{_ASK_FOR_WEBGL}</script>'
    st.html(body, unsafe_allow_javascript=True)


def _switch(view: View, name: str) -> str:
    # Without values by district that layer would be hundreds of empty rings.
    offered = [code for code in LAYERS if code != DISTRICTS or registry.get(name).by_district]
    usual = _usual(view) if _usual(view) in offered else VOLUNTEERS
    asked = url_state.option(PARAM, tuple(offered), usual)
    st.session_state["explorer_show"] = asked
    st.segmented_control(
        t("page.province_map.layers", view.lang),
        offered,
        format_func=lambda code: t(f"page.province_map.show_{code}", view.lang),
        key="explorer_show",
        required=True,
        on_change=_switched,
        args=(usual,),
        label_visibility="collapsed",
        wrap=True,
    )
    return asked


def _usual(view: View) -> str:
    """What is shown first: in the whole country most districts are too small to show a rate."""
    return VOLUNTEERS if view.filters.level == "country" else DISTRICTS


def _switched(usual: str) -> None:
    url_state.keep_option(PARAM, st.session_state["explorer_show"], usual)


@cached_view
def _explorer(view: View, name: str, shown: str) -> Explorer:
    within = view.filters.province or view.filters.region
    placed = _points(view, within)
    return explorer(
        _districts(view, name),
        indicator=registry.get(name),
        points=placed,
        outlines=boundary_urls.outlines(view.data_dir),
        lang=view.lang,
        theme=view.theme,
        within=within,
        volunteers=_volunteers(view) if shown in (VOLUNTEERS, COLUMNS) else None,
        sites=_sites(view) if shown == SITES else None,
        show=LAYERS[shown],
        bounds=_bounds(placed) if within else COUNTRY,
        height=HEIGHT,
    )


def _districts(view: View, name: str) -> pd.DataFrame:
    """One row per district of the province or region chosen, or of the country."""
    around = _around(view)
    return page_queries.frame(view, name, around.query("district"))


def _volunteers(view: View) -> dict[str, int]:
    around = _around(view)
    # Volunteers belong to no target group: the filter would leave none.
    query = around.query("district").but(target_group=None)
    found = page_queries.frame(view, COUNTED, query).dropna(subset=["denominator"])
    counted = zip(found["area_code"], found["denominator"], strict=True)
    return {str(code): int(count) for code, count in counted if count > 0}


def _by_address(deck: pydeck.Deck) -> None:
    """Let the browser fetch long rows by itself: only their address goes with each run."""
    for layer in deck.layers:
        if not isinstance(layer.data, list):
            continue
        # Nothing in the picture reads the code, and a tenth of the weight is saved without it.
        rows = [
            {key: part for key, part in row.items() if key != "c"} if isinstance(row, dict) else row
            for row in layer.data
        ]
        if found := chart_data_route.address(rows):
            layer.data = found


def _sites(view: View) -> dict[str, list[str]]:
    """Names of sites by district; by province where the district is unknown or not to be told."""
    found = cached.listing("sites", _around(view).query(), view.scope, view.snapshot)
    names: dict[str, list[str]] = {}
    for row in found.itertuples():
        known = isinstance(row.district_code, str)
        name = row.name_th if view.lang == "th" else row.name_en
        place = str(row.district_code if known else row.province_code)
        names.setdefault(place, []).append(str(name or row.name_th))
    return names


def _around(view: View) -> FilterState:
    return view.filters.at(view.filters.province or view.filters.region or registers.COUNTRY)


def _points(view: View, within: str | None) -> tuple[AreaPoint, ...]:
    """Points of the districts, and of the provinces for what has no district."""
    folder = view.data_dir
    inside = {*area_codes("district", within), *area_codes("province", within)}
    known = (*points.district_points(folder), *points.province_points(folder))
    return tuple(p for p in known if p.code in inside)


def _bounds(placed: Sequence[AreaPoint]) -> tuple[float, float, float, float]:
    if not placed:
        return COUNTRY
    west, east = min(p.lon for p in placed), max(p.lon for p in placed)
    south, north = min(p.lat for p in placed), max(p.lat for p in placed)
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def _missing(view: View, codes: Sequence[str]) -> None:
    names = [area_names.name_with_province(code, view.lang) for code in codes]
    with st.expander(t("page.province_map.without_point", view.lang, n=len(codes))):
        layout.caption(t("tables.joint", view.lang).join(names))
