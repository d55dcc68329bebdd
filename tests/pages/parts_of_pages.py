"""What a page shows, part by part: the numbers of each, and the filters it says it does not follow.

A card or a row of a table of figures is a part of its own, so is each chart, map, table and list,
those behind cards, folds and tabs too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from config.i18n import t
from ui import blocks
from ui.blocks import Block, Blocks, Cell, Page, Tabular
from ui.sections.area.cells import WAITING
from ui.state.page_context import View
from ui.text.figures import Figure

# Cells of the table of an area that hold numbers of that area; the others name or compare it.
NUMBERS = ("result", "value")


@dataclass(frozen=True)
class Part:
    """One part of a page: its name there, its numbers as text, what it says it does not follow."""

    name: str
    numbers: str
    not_followed: str
    block: Block

    @property
    def light(self) -> Block:
        """The block with at most one row and without its picture: its words are the same."""
        return _light(self.block)


def parts(page: Page, view: View) -> Iterator[Part]:
    """The parts of a page in their order; the second of one name has its number behind it."""
    counted: dict[str, int] = {}
    for block in every_block((*page.above, *page.blocks)):
        for part in _parts(block, view):
            counted[part.name] = counted.get(part.name, 0) + 1
            again = f" {counted[part.name]}" if counted[part.name] > 1 else ""
            yield replace(part, name=f"{part.name}{again}")


def every_block(made: Blocks) -> Iterator[Block]:
    """Every block that shows something, whatever it is folded into."""
    for block in made:
        match block:
            case blocks.Columns():
                for cell in block.cells:
                    yield from every_block(tuple(cell))
            case blocks.Group() if all(isinstance(one, blocks.Text) for one in block.blocks):
                yield block
            case blocks.Row() | blocks.Group():
                yield from every_block(block.blocks)
            case blocks.Details() | blocks.Lazy():
                yield from every_block(block.blocks())
            case blocks.Stages():
                # The second stage has the numbers of one part; those of the others are made alike,
                # and the door is asked for each of them in tests/indicators.
                yield from every_block(block.stages[1]())
            case blocks.Tabs():
                for inside in block.blocks.values():
                    yield from every_block(inside())
            case blocks.Frames():
                yield block.block(list(block.frames)[-1])
            case blocks.Figures():
                yield block
                for listed in block.lists.values():
                    yield from every_block(listed())
            case _:
                yield block


def _parts(block: Block, view: View) -> Iterator[Part]:
    match block:
        case blocks.Figures():
            for figure in block.figures:
                said = block.not_followed.get(figure.name, "")
                yield Part(f"card {figure.name}", _of(figure), said, block)
        case blocks.FigureTable():
            for figure in (one for listed in block.parts.values() for one in listed):
                said = block.not_followed_by.get(figure.name, "")
                yield Part(f"{block.key} {figure.name}", _of(figure), said, block)
        case blocks.GroupedTable():
            for row in (one for listed in block.parts.values() for one in listed):
                said, groups = _sentence(row["title"].quiet, view)
                if row["result"] != WAITING:
                    yield Part(f"row {row['title'].text}", f"{_cells(row)} {groups}", said, block)
        case blocks.Download():
            pass  # the rows of a block above it, to take along
        case Tabular():
            name = f"{type(block).__name__.lower()} {block.key}"
            yield Part(name, _rows(block), block.not_followed, block)
        case blocks.Group():
            text = "\n".join(one.text for one in block.blocks if isinstance(one, blocks.Text))
            said, words = _sentence(text, view)
            yield Part(f"words {block.key}", words, said, block)


def _of(figure: Figure) -> str:
    return repr((figure.status, figure.numerator, figure.denominator, figure.value))


def _cells(row: Any) -> str:
    cells: list[Cell] = [row[name] for name in NUMBERS if name in row]
    return " ".join(cell.words for cell in cells)


def _rows(block: Tabular) -> str:
    if block.frame is not None:
        return str(block.rows()[[c.name for c in block.columns]].to_csv(index=False))
    if isinstance(block, blocks.PointMap):
        return repr([layer.data for layer in block.explorer().deck.layers])
    return repr([*_drawn(block.spec())]) if isinstance(block, blocks.Chart) else ""


def _drawn(spec: Any) -> Iterator[Any]:
    """The rows that a picture is drawn from, wherever they stand in its specification."""
    for key, value in spec.items() if isinstance(spec, Mapping) else ():
        if key in ("datasets", "values"):
            yield value
        else:
            for one in value if isinstance(value, list) else [value]:
                yield from _drawn(one)


def _sentence(text: str, view: View) -> tuple[str, str]:
    """The sentence on filters not followed within a text, and the text without it."""
    before, begins, after = text.partition(t("filters.not_followed", view.lang, filters=""))
    if not begins:
        return "", text
    said, joint, rest = after.partition(t("tables.joint", view.lang))
    return begins + said, (before.removesuffix(t("tables.joint", view.lang)) + joint + rest)


def _light(block: Block) -> Block:
    match block:
        case blocks.Chart():
            block = replace(block, spec=dict)
        case blocks.Figures() | blocks.FigureTable():
            block = replace(block, histories=None)
    if isinstance(block, blocks.Figures):
        block = replace(block, open_list="")
    if isinstance(block, Tabular) and block.frame is not None:
        block = replace(block, frame=block.rows().head(1), size=None)
    return block
