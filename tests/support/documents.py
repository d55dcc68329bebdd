"""Every picture of a page, as the page's blocks make it: what is folded, listed or behind a tab."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from ui import blocks
from ui.blocks import Block, Blocks
from ui.maps.explorer import Explorer

Spec = Mapping[str, Any]


def every_block(parts: Blocks) -> Iterator[Block]:
    """Each block and each block inside it, also those made only when asked for."""
    for part in parts:
        yield part
        for inside in _inside(part):
            yield from every_block(inside)


def _inside(part: Block) -> Iterator[Blocks]:
    match part:
        case blocks.Columns():
            yield from part.cells
        case blocks.Row() | blocks.Group():
            yield part.blocks
        case blocks.Details() | blocks.Lazy():
            yield part.blocks()
        case blocks.Tabs():
            yield from (make() for make in part.blocks.values())
        case blocks.Figures():
            yield from (make() for make in part.lists.values())
        case blocks.Frames():
            yield (part.block([*part.frames][-1]),)


def pictures(parts: Blocks) -> Iterator[tuple[str, Spec]]:
    """The key and the spec of every chart and map."""
    for block in every_block(parts):
        if isinstance(block, blocks.Chart):
            yield block.key, _unpacked(block.spec())


def _unpacked(spec: Spec) -> Spec:
    """The spec with rows as they are drawn: they are kept as Arrow, the way they are sent."""
    rows = {
        name: pa.ipc.open_stream(data).read_all().to_pylist() if isinstance(data, bytes) else data
        for name, data in spec.get("datasets", {}).items()
    }
    return {**spec, "datasets": rows}


def explorers(parts: Blocks) -> Iterator[tuple[str, Explorer]]:
    """The key and the explorer of every zoomable map."""
    for block in every_block(parts):
        if isinstance(block, blocks.PointMap):
            yield block.key, block.explorer()
