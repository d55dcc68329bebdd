"""The pictures of the map page: provinces true to shape or as tiles, and districts inside one."""

from typing import Any

import pandas as pd

from data_access.indicators import registry
from geo import points, registers
from geo.classify import Classes
from ui.charts.indicator_frame import Drawable
from ui.maps import choropleth, compare
from ui.maps.classes import WHOLE_UNITS, around_target, classes_of
from ui.maps.sheet import area_codes
from ui.prefetch import map_sparklines
from ui.queries.page_queries import cached_view
from ui.sections.province_map import stale
from ui.sections.province_map.choice import COUNT, DISTRICTS, Choice
from ui.sections.shared import map_frames
from ui.sections.shared.map_frames import TILES
from ui.server import boundary_urls
from ui.state.filter_state import COUNTRY
from ui.state.page_context import View

HEIGHT = 620
_Spec = dict[str, Any]


def codes_of_districts(area: str) -> list[str]:
    """Give the codes of the districts of a province, a region or the country."""
    return area_codes("district", area)


def has_polygons(view: View) -> bool:
    """Tell whether districts are drawn as areas: only where an official layer is installed."""
    return boundary_urls.has_districts(view.data_dir)


def spec(view: View, name: str, choice: Choice) -> _Spec:
    """Give the picture that the address asks for."""
    return _spec(view, name, choice, map_sparklines.known(view, name), _layers(view))


def _layers(view: View) -> str:
    """What tells installed layers apart, since a finished picture names their files."""
    return boundary_urls.layers_key(view.data_dir)


@cached_view
def _spec(view: View, name: str, choice: Choice, courses: bool, layers: str) -> _Spec:
    if choice.areas == DISTRICTS:
        return _district_map(view, name, choice)
    return _province_map(view, name, choice, courses)


def measured(frame: pd.DataFrame, name: str, choice: Choice) -> tuple[pd.DataFrame, Drawable]:
    """Give the frame in the measure chosen, and what to draw it as."""
    item = registry.get(name)
    if choice.measure == COUNT and str(item.unit) not in WHOLE_UNITS:
        return compare.counts(frame, indicator=item, unit=item.counted)
    return frame, item


def classes(view: View, frame: pd.DataFrame, item: Drawable, choice: Choice) -> Classes:
    """Give the classes of the mode chosen; around a target it takes what the target says."""
    wanted = map_frames.wanted(view, item.name) if choice.mode == "threshold" else None
    if wanted is not None:
        return around_target(frame["value"], item, wanted.value, wanted.watch)
    return classes_of(
        frame["value"], item, "readable" if choice.mode == "threshold" else choice.mode
    )


def _province_map(view: View, name: str, choice: Choice, courses: bool) -> _Spec:
    folder = view.data_dir
    tiles = choice.shape == TILES
    frame, item = measured(
        map_frames.everywhere(view, name) if tiles else map_frames.provinces(view, name),
        name,
        choice,
    )
    wanted = map_frames.wanted(view, name)
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
    area = map_frames.around_districts(view)
    frame, item = measured(map_frames.districts(view, name), name, choice)
    wanted = map_frames.wanted(view, name)
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
