"""The pictures of the map page: provinces true to shape or as tiles, and districts inside one."""

from typing import Any

import pandas as pd
import streamlit as st

from data_access.indicators import registry
from geo import points, registers
from geo.classify import Classes
from ui import ask, draw, filters, geometry, shared, trends
from ui.ask import kept
from ui.charts import compare, maps
from ui.charts.classes import WHOLE_UNITS, around_target, classes_of
from ui.charts.frames import Drawable
from ui.charts.map_layers import AREA
from ui.charts.map_sheet import area_codes
from ui.chosen import COUNTRY
from ui.figures import COUNTED
from ui.sections import map_choice, map_facts
from ui.sections.map_choice import COUNT, DISTRICTS, TILES, Choice
from ui.view import View

HEIGHT = 620
PLACE = ".st-key-map_picture"  # where a map that can be clicked stands, for pictures of it
_Spec = dict[str, Any]


def provinces(view: View, name: str) -> pd.DataFrame:
    """Give one row per province of the country or region, whichever province is chosen in it."""
    chosen = view.chosen
    around = chosen.region if chosen.level == "region" and chosen.region else COUNTRY
    return ask.frame(view, name, chosen.at(around).question("province"))


def everywhere(view: View, name: str) -> pd.DataFrame:
    """Give one row per province of the country, whatever is chosen."""
    return ask.frame(view, name, view.chosen.at(COUNTRY).question("province"))


def districts(view: View, name: str) -> pd.DataFrame:
    """Give one row per district of the province or region chosen, else of the country."""
    return ask.frame(view, name, view.chosen.at(around_districts(view)).question("district"))


def around_districts(view: View) -> str:
    """Give the area whose districts are shown: the province, the region, or the country."""
    return view.chosen.province or view.chosen.region or COUNTRY


def codes_of_districts(area: str) -> list[str]:
    """Give the codes of the districts of a province, a region or the country."""
    return area_codes("district", area)


def has_polygons(view: View) -> bool:
    """Tell whether districts are drawn as areas: only where an official layer is installed."""
    return geometry.has_districts(view.data_dir)


def picture(view: View, name: str, choice: Choice) -> None:
    """Draw the picture that the address asks for; a click chooses the area."""
    spec = _spec(view, name, choice, trends.known(view, name), _layers(view))
    clickable(spec, f"{name}_{'_'.join(choice)}_{view.chosen.narrowest}")


def clickable(spec: _Spec, key: str) -> None:
    """Draw a map whose areas can be clicked; the key says what is chosen, so a click is new.

    It is as high as its spec says; the style sheet makes it higher where the screen is a wide one.
    """
    with st.container(key="map_picture", height=int(spec["height"]), border=False):
        st.vega_lite_chart(
            shared.by_address(spec),
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
            filters.go_to(str(picked[0]["code"]))


def _layers(view: View) -> str:
    """What tells installed layers apart, since a finished picture names their files."""
    return geometry.layers_key(view.data_dir)


@kept
def _spec(view: View, name: str, choice: Choice, courses: bool, layers: str) -> _Spec:
    if choice.areas == DISTRICTS:
        spec = _district_map(view, name, choice)
    else:
        spec = _province_map(view, name, choice, courses)
    drawable: _Spec = draw.without_csv(spec)
    return drawable


def measured(frame: pd.DataFrame, name: str, choice: Choice) -> tuple[pd.DataFrame, Drawable]:
    """Give the frame in the measure chosen, and what to draw it as."""
    item = registry.get(name)
    if choice.measure == COUNT and str(item.unit) not in WHOLE_UNITS:
        return compare.counts(frame, indicator=item, unit=COUNTED[name])
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
        "selected": view.chosen.province,
        "target": wanted.value if wanted and choice.measure != COUNT else None,
        "base": view.chosen.base,
        "stale": map_facts.stale(view),
        "trends": trends.lines(view, name, of) if courses else None,
    }
    if tiles:
        return maps.tile_grid(frame, classes=classes(view, frame, item, choice), **common)
    region = view.chosen.region if view.chosen.level == "region" else None
    common |= {
        "geometry": geometry.source("province", folder),
        "within": region,
        "points": points.province_points(folder),
        "height": HEIGHT,
    }
    if choice.circles:
        return maps.symbols(frame, **common)
    inside = [p.code for p in registers.provinces_of(region)] if region else []
    return maps.choropleth(
        frame,
        classes=classes(view, frame, item, choice),
        bounds=geometry.bounds_of(folder, inside) if region else None,
        borders=geometry.borders(folder),
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
        "selected": view.chosen.district,
        "target": wanted.value if wanted and choice.measure != COUNT else None,
        "height": HEIGHT,
    }
    if not has_polygons(view):
        return maps.district_points(
            frame,
            geometry=geometry.source("province", folder),
            province=area,
            bounds=geometry.bounds_of(folder, area_codes("province", area)),
            **common,
        )
    return maps.choropleth(
        frame,
        geometry=geometry.source("district", folder, area),
        level="district",
        within=area,
        bounds=geometry.bounds("district", folder, area),
        **common,
    )
