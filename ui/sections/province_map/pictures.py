"""The pictures of the map page: provinces true to shape or as tiles, and districts inside one."""

from typing import Any

import pandas as pd
import streamlit as st

from data_access.indicators import registry
from geo import points, registers
from geo.classify import Classes
from ui.charts.indicator_frame import Drawable
from ui.maps import choropleth, compare
from ui.maps.classes import WHOLE_UNITS, around_target, classes_of
from ui.maps.layers import AREA
from ui.maps.sheet import area_codes
from ui.prefetch import map_sparklines
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.render.streamlit import chart_block
from ui.sections.province_map import choice as map_choice
from ui.sections.province_map import stale
from ui.sections.province_map.choice import COUNT, DISTRICTS, TILES, Choice
from ui.server import boundary_urls, chart_data_route
from ui.state import filter_bar
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View

HEIGHT = 620
PLACE = ".st-key-map_picture"  # where a map that can be clicked stands, for pictures of it
_Spec = dict[str, Any]


def provinces(view: View, name: str) -> pd.DataFrame:
    """Give one row per province of the country or region, whichever province is chosen in it."""
    chosen = view.filters
    around = chosen.region if chosen.level == "region" and chosen.region else COUNTRY
    return page_queries.frame(view, name, chosen.at(around).query("province"))


def everywhere(view: View, name: str) -> pd.DataFrame:
    """Give one row per province of the country, whatever is chosen."""
    return page_queries.frame(view, name, view.filters.at(COUNTRY).query("province"))


def districts(view: View, name: str) -> pd.DataFrame:
    """Give one row per district of the province or region chosen, else of the country."""
    return page_queries.frame(view, name, view.filters.at(around_districts(view)).query("district"))


def around_districts(view: View) -> str:
    """Give the area whose districts are shown: the province, the region, or the country."""
    return view.filters.province or view.filters.region or COUNTRY


def codes_of_districts(area: str) -> list[str]:
    """Give the codes of the districts of a province, a region or the country."""
    return area_codes("district", area)


def has_polygons(view: View) -> bool:
    """Tell whether districts are drawn as areas: only where an official layer is installed."""
    return boundary_urls.has_districts(view.data_dir)


def picture(view: View, name: str, choice: Choice) -> None:
    """Draw the picture that the address asks for; a click chooses the area."""
    spec = _spec(view, name, choice, map_sparklines.known(view, name), _layers(view))
    clickable(spec, f"{name}_{'_'.join(choice)}_{view.filters.narrowest}")


def clickable(spec: _Spec, key: str) -> None:
    """Draw a map whose areas can be clicked; the key says what is chosen, so a click is new.

    It is as high as its spec says; the style sheet makes it higher where the screen is a wide one.
    """
    with st.container(key="map_picture", height=int(spec["height"]), border=False):
        st.vega_lite_chart(
            chart_data_route.by_address(spec),
            theme=None,
            height="stretch",
            key=f"map_{key}",
            on_select=clicked,
            selection_mode=AREA,
        )


def clicked() -> None:
    """Take over the area that was clicked; a click beside the map changes nothing."""
    for key, event in st.session_state.items():
        if not str(key).startswith("map_") or not hasattr(event, "selection"):
            continue
        picked = event.selection.get(AREA) or []
        if picked:
            filter_bar.go_to(str(picked[0]["code"]))


def _layers(view: View) -> str:
    """What tells installed layers apart, since a finished picture names their files."""
    return boundary_urls.layers_key(view.data_dir)


@cached_view
def _spec(view: View, name: str, choice: Choice, courses: bool, layers: str) -> _Spec:
    if choice.areas == DISTRICTS:
        spec = _district_map(view, name, choice)
    else:
        spec = _province_map(view, name, choice, courses)
    drawable: _Spec = chart_block.without_csv(spec)
    return drawable


def measured(frame: pd.DataFrame, name: str, choice: Choice) -> tuple[pd.DataFrame, Drawable]:
    """Give the frame in the measure chosen, and what to draw it as."""
    item = registry.get(name)
    if choice.measure == COUNT and str(item.unit) not in WHOLE_UNITS:
        return compare.counts(frame, indicator=item, unit=item.counted)
    return frame, item


def classes(view: View, frame: pd.DataFrame, item: Drawable, choice: Choice) -> Classes:
    """Give the classes of the mode chosen; around a target it takes what the target says."""
    wanted = map_choice.wanted(view, item.name) if choice.mode == "threshold" else None
    if wanted is not None:
        return around_target(frame["value"], item, wanted.value, wanted.watch)
    return classes_of(
        frame["value"], item, "readable" if choice.mode == "threshold" else choice.mode
    )


def _province_map(view: View, name: str, choice: Choice, courses: bool) -> _Spec:
    folder = view.data_dir
    tiles = choice.shape == TILES
    frame, item = measured(everywhere(view, name) if tiles else provinces(view, name), name, choice)
    wanted = map_choice.wanted(view, name)
    of = "numerator" if choice.measure == COUNT and item.name != name else "value"
    common: dict[str, Any] = {
        "indicator": item,
        "lang": view.lang,
        "theme": view.theme,
        "selected": view.filters.province,
        "target": wanted.value if wanted and choice.measure != COUNT else None,
        "base": view.filters.base,
        "stale": stale.stale(view),
        "trends": map_sparklines.lines(view, name, of) if courses else None,
    }
    if tiles:
        return choropleth.tile_grid(frame, classes=classes(view, frame, item, choice), **common)
    region = view.filters.region if view.filters.level == "region" else None
    common |= {
        "geometry": boundary_urls.source("province", folder),
        "within": region,
        "points": points.province_points(folder),
        "height": HEIGHT,
    }
    if choice.circles:
        return choropleth.symbols(frame, **common)
    inside = [p.code for p in registers.provinces_of(region)] if region else []
    return choropleth.choropleth(
        frame,
        classes=classes(view, frame, item, choice),
        bounds=boundary_urls.bounds_of(folder, inside) if region else None,
        borders=boundary_urls.borders(folder),
        **common,
    )


def _district_map(view: View, name: str, choice: Choice) -> _Spec:
    folder = view.data_dir
    area = around_districts(view)
    frame, item = measured(districts(view, name), name, choice)
    wanted = map_choice.wanted(view, name)
    common: dict[str, Any] = {
        "indicator": item,
        # Names of all districts of the country fit nowhere and would be half of the weight.
        "points": points.district_points(folder) if area != COUNTRY else (),
        "lang": view.lang,
        "theme": view.theme,
        "classes": classes(view, frame, item, choice),
        "selected": view.filters.district,
        "target": wanted.value if wanted and choice.measure != COUNT else None,
        "height": HEIGHT,
    }
    if not has_polygons(view):
        return choropleth.district_points(
            frame,
            geometry=boundary_urls.source("province", folder),
            province=area,
            bounds=boundary_urls.bounds_of(folder, area_codes("province", area)),
            **common,
        )
    return choropleth.choropleth(
        frame,
        geometry=boundary_urls.source("district", folder, area),
        level="district",
        within=area,
        bounds=boundary_urls.bounds("district", folder, area),
        **common,
    )
