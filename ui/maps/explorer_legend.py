"""The legend beside the zoomable explorer, as data: the engine has none, a chart weighs more."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ui.maps.classes import HIDDEN, NO_DATA, Entry

# Circles without a value are hollow, as on the map: thin for no data, thick for hidden.
HOLLOW = {NO_DATA: "ov-thin", HIDDEN: "ov-thick"}


class Key(NamedTuple):
    """A legend: its title, its classes with the areas in each, and the marks of hollow circles."""

    title: str
    entries: Sequence[Entry]
    hollow: Mapping[str, str] = HOLLOW
