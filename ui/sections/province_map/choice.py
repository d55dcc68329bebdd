"""What a visitor asks of the province map: its shape, classes, areas and measure, as codes."""

from typing import NamedTuple, cast

import streamlit as st

from data_access.indicators import registry
from data_access.targets import Target
from geo.classify import MODES, Mode
from ui.maps.classes import WHOLE_UNITS
from ui.queries import page_queries
from ui.server import boundary_urls
from ui.state import url_state, url_switches
from ui.state.page_context import View
from ui.text.figures import target

SHAPE, CLASSES, AREAS, MEASURE = "shape", "classes", "areas", "measure"
REAL, TILES = SHAPES = ("real", "tiles")
DISTRICTS, PROVINCES = LEVELS = ("districts", "provinces")
COUNT, VALUE = MEASURES = ("count", "value")
_WORDS = "page.province_map."


class Choice(NamedTuple):
    """One way to draw an indicator: as it is read from the address bar."""

    shape: str = REAL
    mode: Mode = "readable"
    areas: str = PROVINCES
    measure: str = VALUE

    @property
    def circles(self) -> bool:
        """Whether circles are drawn: a count in a coloured area would tell of the area's size."""
        return self.measure == COUNT and self.shape == REAL and self.areas == PROVINCES


def read(view: View, name: str) -> Choice:
    """Give what the address bar asks for, as far as this indicator and this place offer it."""
    areas = _one(AREAS, levels(view, name))
    shape = _one(SHAPE, SHAPES if areas == PROVINCES else (REAL,))
    measure = _one(MEASURE, measures(name))
    mode = cast(Mode, _one(CLASSES, modes(view, name, measure)))
    return Choice(shape, mode, areas, measure)


def draw(view: View, name: str, choice: Choice) -> None:
    """Draw the switches; each only where there is something to choose."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="map_switches"):
        if len(levels(view, name)) > 1:
            url_switches.switch(view, AREAS, levels(view, name), choice.areas, f"{_WORDS}{AREAS}")
        if choice.areas == PROVINCES:
            url_switches.switch(view, SHAPE, SHAPES, choice.shape, f"{_WORDS}{SHAPE}")
        if len(measures(name)) > 1:
            url_switches.switch(view, MEASURE, MEASURES, choice.measure, f"{_WORDS}{MEASURE}")
        if not choice.circles:
            offered = modes(view, name, choice.measure)
            url_switches.choose_one(view, CLASSES, offered, choice.mode, f"{_WORDS}{CLASSES}")


def measures(name: str) -> tuple[str, ...]:
    """Give the measures of an indicator, the usual one first: a count where cards show a count."""
    if str(registry.get(name).unit) in WHOLE_UNITS:
        return (COUNT,)
    return MEASURES if registry.get(name).counted else (VALUE,)


def modes(view: View, name: str, measure: str) -> tuple[str, ...]:
    """Give the ways to make classes: around the target only where there is one for the value."""
    if measure == VALUE and wanted(view, name) is not None:
        return MODES
    return tuple(mode for mode in MODES if mode != "threshold")


def wanted(view: View, name: str) -> Target | None:
    """Give the target that values can be set against; None where there is none or it is a count."""
    found = target(name, view.filters, page_queries.whole(view, "targets"))
    return None if found is None or found.counts else found


def levels(view: View, name: str) -> tuple[str, ...]:
    """Give the levels that can be drawn here, the usual one first.

    All districts of the country, or points of a whole region, are many to read: they are there for
    who asks for them.
    """
    polygons = boundary_urls.has_districts(view.data_dir)
    level = view.filters.level
    if not registry.get(name).by_district or (level == "country" and not polygons):
        return (PROVINCES,)
    if level == "country" or (level == "region" and not polygons):
        return (PROVINCES, DISTRICTS)
    return LEVELS


def _one(param: str, offered: tuple[str, ...]) -> str:
    """Read one code; a code that only another indicator or place offers is no mistake."""
    known = {SHAPE: SHAPES, CLASSES: MODES, AREAS: LEVELS, MEASURE: (*MEASURES, "target", "change")}
    asked = url_state.option(param, known[param], offered[0])
    return asked if asked in offered else offered[0]
