"""The pictures of the map page: provinces true to shape or as tiles, and districts inside one."""

from typing import Any

import pandas as pd

from data_access.indicators import registry
from geo import points, registers
from geo.classify import Classes
from ui.charts.indicator_frame import Drawable
from ui.maps import choropleth, compare
from ui.maps.base_map import Annotations, BaseMap, MapArea, area_codes
from ui.maps.classes import WHOLE_UNITS, around_target, classes_of
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


def in_measure(frame: pd.DataFrame, name: str, choice: Choice) -> tuple[pd.DataFrame, Drawable]:
    """Give the frame in the measure chosen, and what to draw it as."""
    item = registry.get(name)
    if choice.measure == COUNT and str(item.unit) not in WHOLE_UNITS:
        return compare.counts(frame, indicator=item, unit=item.count_unit)
    return frame, item


def classes(view: View, frame: pd.DataFrame, item: Drawable, choice: Choice) -> Classes:
    """Give the classes of the mode chosen; around a target it takes what the target says."""
    wanted = map_frames.map_target(view, item.name) if choice.mode == "threshold" else None
    if wanted is not None:
        return around_target(frame["value"], item, wanted.value, wanted.watch)
    return classes_of(
        frame["value"], item, "readable" if choice.mode == "threshold" else choice.mode
    )


def _province_map(view: View, name: str, choice: Choice, courses: bool) -> _Spec:
    folder = view.data_dir
    tiles = choice.shape == TILES
    frame, item = in_measure(
        map_frames.everywhere(view, name) if tiles else map_frames.provinces(view, name),
        name,
        choice,
    )
    of = "numerator" if choice.measure == COUNT and item.name != name else "value"
    notes = Annotations(
        target=_target(view, name, choice),
        base=view.filters.base,
        stale=stale.stale(view),
        trends=map_sparklines.lines(view, name, of) if courses else None,
        selected=view.filters.province,
    )
    common: dict[str, Any] = {"indicator": item, "look": view.look, "notes": notes}
    if tiles:
        return choropleth.tile_grid(frame, classes=classes(view, frame, item, choice), **common)
    region = view.filters.region if view.filters.level == "region" else None
    inside = [p.code for p in registers.provinces_of(region)] if region else []
    base_map = BaseMap(
        boundary_urls.source("province", folder),
        MapArea(within=region),
        points.province_points(folder),
        borders=boundary_urls.borders(folder),
        bounds=boundary_urls.bounds_of(folder, inside) if region else None,
        height=HEIGHT,
    )
    if choice.circles:
        return choropleth.symbols(frame, base_map=base_map, **common)
    return choropleth.choropleth(
        frame, base_map=base_map, classes=classes(view, frame, item, choice), **common
    )


def _target(view: View, name: str, choice: Choice) -> float | None:
    """The target of the value; a count of people has none."""
    target = map_frames.map_target(view, name)
    return target.value if target and choice.measure != COUNT else None


def _district_map(view: View, name: str, choice: Choice) -> _Spec:
    folder = view.data_dir
    area = map_frames.around_districts(view)
    frame, item = in_measure(map_frames.districts(view, name), name, choice)
    polygons = has_polygons(view)
    base_map = BaseMap(
        boundary_urls.source("district", folder, area)
        if polygons
        else boundary_urls.source("province", folder),
        MapArea("district", area),
        # Names of all districts of the country fit nowhere and would be half of the weight.
        points.district_points(folder) if area != COUNTRY else (),
        bounds=boundary_urls.bounds("district", folder, area)
        if polygons
        else boundary_urls.bounds_of(folder, area_codes("province", area)),
        height=HEIGHT,
    )
    draw = choropleth.choropleth if polygons else choropleth.district_points
    return draw(
        frame,
        indicator=item,
        look=view.look,
        base_map=base_map,
        classes=classes(view, frame, item, choice),
        notes=Annotations(_target(view, name, choice), selected=view.filters.district),
    )
