"""Blocks that hold others: side by side, behind a fold, or made when their turn comes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ui.blocks.content import Block, Blocks


@dataclass(frozen=True, eq=False)
class Columns(Block):
    """Blocks side by side where there is room; `widths` are parts of the whole, equal if empty."""

    cells: Sequence[Blocks]
    widths: Sequence[int] = ()


@dataclass(frozen=True, eq=False)
class Row(Block):
    """Small blocks in one line that wraps, such as switches."""

    blocks: Blocks
    key: str


@dataclass(frozen=True, eq=False)
class Group(Block):
    """Blocks that belong together under a key."""

    blocks: Blocks
    key: str


@dataclass(frozen=True, eq=False)
class Details(Block):
    """Blocks behind a fold, made once it is opened, or always where they are mere words."""

    label: str
    key: str
    blocks: Callable[[], Blocks]
    always: bool = False


@dataclass(frozen=True, eq=False)
class Tabs(Block):
    """Blocks of which one is shown, made once it is; labels by code, the choice in the address."""

    param: str
    labels: Mapping[str, str]
    now: str
    blocks: Mapping[str, Callable[[], Blocks]]


@dataclass(frozen=True, eq=False)
class Lazy(Block):
    """Blocks made when their turn comes, so that a screen shows what stands before them first."""

    blocks: Callable[[], Blocks]


@dataclass(frozen=True, eq=False)
class Stages(Block):
    """One place that is drawn several times, each time with more of what it shows.

    The last stage has everything; only there may be something to press. Where all of it is worked
    out already (`ready`), and on paper, no other stage is made. Where it is not, a screen calls
    `ask`, which has it worked out beside the visitors, and draws the last stage once it is ready.
    Without `ask` the last stage is drawn after the others.
    """

    stages: Sequence[Callable[[], Blocks]]
    ready: Callable[[], bool]
    ask: Callable[[], None] | None = None
