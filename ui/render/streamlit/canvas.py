"""The screen that blocks are drawn on: for whom, and what is left for the end of the page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ui.blocks import Block
from ui.state.page_context import View


@dataclass
class Canvas:
    """Draws blocks one after the other; `later` is done when everything else is on the screen."""

    view: View
    drawers: Mapping[type[Block], Callable[[Any, "Canvas"], None]]
    later: list[Callable[[], None]] = field(default_factory=list)

    def draw(self, blocks: Iterable[Block]) -> None:
        """Draw blocks in their order; KeyError for a kind that no function draws."""
        for block in blocks:
            self.drawers[type(block)](block, self)

    def finish(self) -> None:
        """Do what was left for the end."""
        for work in self.later:
            work()
