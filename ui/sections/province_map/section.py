"""The map page: one indicator by province or district, its table, and the explorer beside it."""

import pandas as pd
import streamlit as st

from config.i18n import t
from config.thresholds import threshold
from data_access.indicators import registry
from geo import credits, points
from ui.render.streamlit import area_table, chart_block, layout, png_button, tables
from ui.sections.province_map import choice as map_choice
from ui.sections.province_map import explorer_panel, pictures, stale
from ui.sections.province_map.choice import DISTRICTS, TILES, Choice
from ui.server import boundary_urls
from ui.state import url_state
from ui.state.page_context import View
from ui.text import area_names, narrative, provenance

USUAL = "families_per_case_manager"
PARAM = "indicator"
# What a map of provinces can say something about, in the order of the list.
INDICATORS = registry.on_map()

frame = pictures.provinces


def indicator(view: View) -> str:
    """Give the indicator that the address asks for; the caseload ratio where it asks for none."""
    return url_state.option(PARAM, INDICATORS, USUAL)


def sentence(view: View, name: str) -> str:
    """Give what the map says: of the country or region, or of the province that is chosen."""
    provinces = frame(view, name)
    code = view.filters.province
    if code is None:
        return narrative.spread(name, provinces, view.lang)
    inside = pictures.districts(view, name)
    return narrative.located(name, provinces, code, inside, view.lang)


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
    """Draw the map of provinces or districts, and beside it the explorer of districts."""
    choice = map_choice.read(view, name)
    left, right = st.columns(2, gap="large")
    with left:
        choose_indicator(view, name)
        map_choice.draw(view, name, choice)
        pictures.picture(view, name, choice)
        _below(view, name, choice)
        _twin(view, name, choice)
        chart_block.definition_link(view, name)
    with right:
        explorer_panel.part(view, name, listed=choice.areas == DISTRICTS)


def _below(view: View, name: str, choice: Choice) -> None:
    """Say what a click does, what the picture does not show, and whose shapes these are."""
    of_districts = choice.areas == DISTRICTS
    said = [t(f"page.province_map.click_{choice.areas}", view.lang)]
    if choice.shape == TILES:
        said.append(t("page.map_compare.tiles_caption", view.lang))
    elif choice.circles:
        said.append(t("page.province_map.circles", view.lang))
    elif of_districts and not pictures.has_polygons(view):
        said.append(t("page.province_map.points", view.lang))
    if not of_districts and stale.stale(view):
        days = int(threshold(stale.STALE).value)
        said.append(t("page.province_map.stale", view.lang, days=days))
    layout.caption(t("tables.joint", view.lang).join(said))
    if of_districts and not pictures.has_polygons(view):
        without_point(view)
    layout.caption(t(f"indicator.{name}.caveat", view.lang))
    credit = "" if choice.shape == TILES else _credit(view, of_districts)
    if credit:
        layout.caption(credit)
    png_button.save_button(view, name, of=pictures.PLACE, credit=credit)


def without_point(view: View) -> None:
    """List the districts here that no point is known for: they are on no map."""
    folder, area = view.data_dir, pictures.around_districts(view)
    inside = set(pictures.codes_of_districts(area))
    missing = [d.code for d in points.districts_without_point(folder) if d.code in inside]
    if missing:
        with st.expander(t("page.province_map.without_point", view.lang, n=len(missing))):
            names = [area_names.name_with_province(code, view.lang) for code in missing]
            layout.caption(t("tables.joint", view.lang).join(names))


def _credit(view: View, of_districts: bool) -> str:
    folder = view.data_dir
    credit = boundary_urls.credit("province", folder, view.lang)
    if not of_districts:
        return credit
    of_points = credits.in_words(points.district_points_credit(folder), view.lang)
    return " · ".join(dict.fromkeys([credit, of_points]))


def _twin(view: View, name: str, choice: Choice) -> None:
    of_districts = choice.areas == DISTRICTS
    found = pictures.districts(view, name) if of_districts else _shown(view, name, choice)
    upward = registry.get(name).direction == "higher_is_better"
    tables.twin(
        lambda: area_table.rows(
            found.sort_values("value", ascending=upward, na_position="last"), view.lang
        ),
        area_table.columns(name, view.lang),
        lang=view.lang,
        key=f"{choice.areas}_{name}",
        rows=len(found),
        provenance=provenance.lines(view, name),
    )


def _shown(view: View, name: str, choice: Choice) -> pd.DataFrame:
    """The provinces that the picture shows: tiles are always all of them."""
    tiles = choice.shape == TILES
    return pictures.everywhere(view, name) if tiles else pictures.provinces(view, name)


def _indicator_moved() -> None:
    url_state.keep_option(PARAM, st.session_state["map_indicator"], USUAL)
