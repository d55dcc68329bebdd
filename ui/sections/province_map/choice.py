"""What a visitor asks of the province map: its shape, classes, areas and measure, as codes."""

from dataclasses import replace
from typing import NamedTuple, cast

from data_access.indicators import registry
from geo.classify import MODES, Mode
from ui.blocks import Block, Blocks
from ui.maps.classes import WHOLE_UNITS
from ui.sections.shared import map_frames
from ui.sections.shared.map_frames import REAL, SHAPE, SHAPES
from ui.server import boundary_urls
from ui.state.page_context import View

CLASSES, AREAS, MEASURE = "classes", "areas", "measure"
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
    areas = _one(view, AREAS, levels(view, name))
    shape = _one(view, SHAPE, SHAPES if areas == PROVINCES else (REAL,))
    measure = _one(view, MEASURE, measures(name))
    mode = cast(Mode, _one(view, CLASSES, modes(view, name, measure)))
    return Choice(shape, mode, areas, measure)


def switches(view: View, name: str, choice: Choice) -> Blocks:
    """Give the switches; each only where there is something to choose.

    They stand in one line, so their labels are for the ear alone.
    """
    shown: list[Block] = []

    def add(param: str, options: tuple[str, ...], now: str) -> None:
        words = map_frames.switch(view, param, options, now, f"{_WORDS}{param}")
        shown.append(replace(words, label_hidden=True))

    if len(levels(view, name)) > 1:
        add(AREAS, levels(view, name), choice.areas)
    if choice.areas == PROVINCES:
        add(SHAPE, SHAPES, choice.shape)
    if len(measures(name)) > 1:
        add(MEASURE, measures(name), choice.measure)
    if not choice.circles:
        offered = modes(view, name, choice.measure)
        words = map_frames.switch(view, CLASSES, offered, choice.mode, f"{_WORDS}{CLASSES}")
        shown.append(replace(words, form="list", label_hidden=True))
    return tuple(shown)


def measures(name: str) -> tuple[str, ...]:
    """Give the measures of an indicator, the usual one first: a count where cards show a count."""
    if str(registry.get(name).unit) in WHOLE_UNITS:
        return (COUNT,)
    return MEASURES if registry.get(name).count_unit else (VALUE,)


def modes(view: View, name: str, measure: str) -> tuple[str, ...]:
    """Give the ways to make classes: around the target only where there is one for the value."""
    if measure == VALUE and map_frames.map_target(view, name) is not None:
        return MODES
    return tuple(mode for mode in MODES if mode != "threshold")


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


def _one(view: View, param: str, options: tuple[str, ...]) -> str:
    """Read one code; a code that only another indicator or place offers is no mistake."""
    known = {SHAPE: SHAPES, CLASSES: MODES, AREAS: LEVELS, MEASURE: (*MEASURES, "target", "change")}
    asked = view.option(param, known[param], options[0])
    return asked if asked in options else options[0]
