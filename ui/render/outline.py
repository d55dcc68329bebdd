"""A page as one list of blocks in reading order, for media where nothing is folded or pressed.

Containers are opened, what is made later is made now, and a map through time is its last frame.
Each renderer of a file then knows six kinds of blocks instead of twenty.
"""

from collections.abc import Callable, Iterator
from typing import Any

from ui import blocks
from ui.blocks import Block, Blocks, Page
from ui.render import progress

Outline = Iterator[Block]
INSTEAD = "_first"  # the group around areas to act on first is named after their picture


def outline(page: Page) -> list[Block]:
    """Give texts, facts, figures, tables, charts and maps of a page in their order.

    A fold or tab becomes a heading before its blocks; links and definitions are left out.
    """
    whole = (*page.above, *page.blocks)
    return [block for part in progress.each(whole, progress.READ) for block in _all((part,))]


def find(page: Page, key: str) -> Block | None:
    """Give the first block with this key; what stands after it is not made.

    Cards of figures, which have no key of their own, are "figures". Where words stand in the place
    of areas to act on first, the group that holds them is given.
    """
    found = _with_heading((*page.above, *page.blocks))
    return next((block for block in found if key_of(block) in (key, f"{key}{INSTEAD}")), None)


def _with_heading(parts: Blocks) -> Outline:
    """All blocks, each group of words before what it holds."""
    for part in parts:
        if isinstance(part, blocks.Group) and all(isinstance(x, blocks.Text) for x in part.blocks):
            yield part
        inside = _inside(part)
        yield from _with_heading(inside) if inside else OPENERS[type(part)](part)


def _inside(part: Block) -> Blocks:
    match part:
        case blocks.Columns():
            return tuple(block for cell in part.cells for block in cell)
        case blocks.Row() | blocks.Group():
            return part.blocks
        case blocks.Details() | blocks.Lazy():
            return part.blocks()
        case blocks.Stages():
            return part.stages[-1]()
        case blocks.Tabs():
            return part.blocks[part.now]()
        case _:
            return ()


def key_of(block: Block) -> str:
    """Give what names a block on its page; empty for one that has no name."""
    if isinstance(block, blocks.Figures):
        return "figures"
    return str(getattr(block, "key", ""))


def _all(parts: Blocks) -> Outline:
    for part in parts:
        yield from OPENERS[type(part)](part)


def _itself(block: Block) -> Outline:
    yield block


def _nothing(block: Block) -> Outline:
    yield from ()


def _figures(block: blocks.Figures) -> Outline:
    yield block
    if block.open_list:
        yield from _all(block.lists[block.open_list]())


def _slides(block: blocks.Slides) -> Outline:
    yield blocks.Text("\n".join(block.titles), "steps")


def _choice(block: blocks.Choice) -> Outline:
    yield blocks.Text(f"{block.label}: {block.options[block.now]}")


def _area_choice(block: blocks.AreaChoice) -> Outline:
    if block.now:
        named = " · ".join(block.options[code] for code in block.now)
        yield blocks.Text(f"{block.label}: {named}")


def _stages(block: blocks.Stages) -> Outline:
    yield from _all(block.stages[-1]())


def _frames(block: blocks.Frames) -> Outline:
    last = list(block.frames)[-1]
    yield blocks.Text(f"{block.label}: {block.frames[last]}")
    yield block.block(last)


def _columns(block: blocks.Columns) -> Outline:
    for cell in block.cells:
        yield from _all(cell)


def _contents(block: Any) -> Outline:
    yield from _all(block.blocks)


def _lazy_contents(block: Any) -> Outline:
    yield from _all(block.blocks())


def _details(block: blocks.Details) -> Outline:
    yield blocks.Text(block.label, "heading")
    yield from _lazy_contents(block)


def _tabs(block: blocks.Tabs) -> Outline:
    yield blocks.Text(block.labels[block.now], "heading")
    yield from _all(block.blocks[block.now]())


OPENERS: dict[type[Block], Callable[[Any], Outline]] = {
    blocks.Text: _itself,
    blocks.Facts: _itself,
    blocks.Figures: _figures,
    blocks.FigureTable: _itself,
    blocks.GroupedTable: _itself,
    blocks.Table: _itself,
    blocks.List: _itself,
    blocks.Tallies: _itself,
    blocks.Chart: _itself,
    blocks.Map: _itself,
    blocks.PointMap: _itself,
    blocks.Frames: _frames,
    blocks.Choice: _choice,
    blocks.AreaChoice: _area_choice,
    blocks.Links: _nothing,
    blocks.Slides: _slides,
    blocks.Definitions: _nothing,
    blocks.Form: _nothing,
    blocks.Download: _itself,
    blocks.Columns: _columns,
    blocks.Row: _contents,
    blocks.Group: _contents,
    blocks.Details: _details,
    blocks.Tabs: _tabs,
    blocks.Lazy: _lazy_contents,
    blocks.Stages: _stages,
}
