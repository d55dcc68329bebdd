"""Blocks that a reader acts with: choices that live in the address bar, links, downloads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ui.blocks.content import Block, Map, Tabular


@dataclass(frozen=True, eq=False, kw_only=True)
class Choice(Block):
    """One of a few codes, kept in the address bar under `param`; never words of one language.

    `options` are labels by code. `usual` stands in no address. A switch shows all options, a list
    one of them. `key` is that of the control where it is not the parameter's own.
    """

    param: str
    label: str
    options: Mapping[str, str]
    now: str
    usual: str
    form: Literal["switch", "list"] = "switch"
    key: str = ""
    label_hidden: bool = False

    @property
    def control(self) -> str:
        """The key of the control."""
        return self.key or f"switch_{self.param}"


@dataclass(frozen=True, eq=False, kw_only=True)
class Frames(Block):
    """A map through time: one for each code of `frames` (labels by code), the last one first."""

    key: str
    label: str
    play: str
    frames: Mapping[str, str]
    block: Callable[[str], Map]


@dataclass(frozen=True, eq=False)
class Links(Block):
    """Links to other pages of the product that keep the filters."""

    pages: Sequence[str]
    key: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Download(Tabular):
    """Rows to take along as a file, without a table on the page."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Slides(Block):
    """A deck to show on a wall: its name, the snapshot it is frozen on, its slides' titles.

    `own` is true for the visitor's own deck, which can be changed here.
    """

    deck: str
    snapshot: str
    titles: Sequence[str]
    own: bool = False


@dataclass(frozen=True, eq=False)
class Definitions(Block):
    """Links to the definitions of several indicators, each with its name."""

    names: Sequence[str]


@dataclass(frozen=True, eq=False, kw_only=True)
class AreaChoice(Block):
    """Areas found by their names and shown as chips, at most `most` of them.

    One area is the area filter of the address; of several the first one is, and `param` holds all
    of them. `options` are names by code, `now` the codes chosen, `empty` says what to type.
    """

    param: str
    label: str
    options: Mapping[str, str]
    now: Sequence[str]
    most: int
    empty: str
