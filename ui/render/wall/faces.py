"""Slides of a deck as faces: what fits on a wall of 1920 by 1080 with words of 28 pixels and more.

One slide of a deck becomes as many faces as it needs: the sentence of a page by itself where it has
many figures, long tables in parts. Nothing is made smaller to fit, and nothing is cut.
"""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from config.i18n import t
from config.theme import ROOM
from ui import blocks
from ui.blocks import Block, Spec
from ui.render import picture
from ui.render.about import definition
from ui.render.grids import FIGURE_HEADS, Cell, Grid
from ui.render.parts import Card, part_of
from ui.seminar.slide_content import SlideContent

Row = tuple[Cell, ...]
Kind = Literal["cover", "statement", "figures", "picture", "table", "words"]
WIDTH, BODY = 1760, 785  # pixels between the edges, and between head and foot
LINE = round(ROOM.body * ROOM.line_height)
LETTER = ROOM.body * 0.5  # the mean width of a letter that stands on the line
# Units of a picture across: its words of 13 are then 28 pixels high, or more where it is low.
PICTURE_HEIGHT, DRAWN_LOW = 808, 620
MOST_CARDS = 4
MOST_TABLES = 4
ROW_PADDING, CELL_PADDING = 16, 30
MARK = 380  # pixels that the synthetic mark takes of the head
SHORT_LEAD, LONG = 3, 6  # lines
# Of a table of figures a room reads name, value, unit, target and mark.
TABLE_COLUMNS = (
    "column.indicator",
    "column.value",
    "column.unit",
    "column.target",
    "column.status",
)


@dataclass(frozen=True)
class Face:
    """What stands on the wall at one time; which fields are filled follows from its kind.

    `under` are lines below the body that must be read with it, `definition` what is counted,
    `notes` what only the presenter sees.
    """

    kind: Kind
    title: str
    filters: str = ""
    text: str = ""
    lines: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    svg: str = ""
    description: str = ""
    grid: Grid | None = None
    widths: tuple[int, ...] = ()
    under: tuple[str, ...] = ()
    definition: str = ""
    source: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def height(self) -> int:
        """The height in pixels that is left for what a slide shows."""
        below = (*self.under, *([self.definition] if self.definition else []))
        return BODY - LINE * sum(lines_of(line) for line in below)

    @property
    def is_long(self) -> bool:
        """Whether a sentence takes more lines than its largest type leaves room for."""
        return lines_of(self.text, 60) > LONG


def faces(slide: SlideContent, number: int) -> list[Face]:
    """Give the faces of one slide; `number` keeps the ids of its pictures apart."""
    made = list(_faces(slide, number))
    return made or [_sentence_face(slide, t("deck.nothing", slide.view.lang))]


def _faces(slide: SlideContent, number: int) -> Iterator[Face]:
    if slide.problems:
        yield _sentence_face(slide, "\n".join(slide.problems))
        if not slide.blocks:
            return
    for block in slide.blocks:
        match block:
            case blocks.Figures():
                yield from _figures(slide, block)
            case blocks.Text():
                lines = tuple(block.text.replace("**", "").split("\n"))
                yield replace(_start("words", slide), lines=lines)
            case blocks.Group():
                said = [x.text for x in block.blocks if isinstance(x, blocks.Text)]
                yield _sentence_face(slide, "\n".join(said))
            case _:
                yield from _content(slide, block, number)
    if slide.lead and not slide.blocks:
        yield _statement(slide)


def _start(kind: Kind, slide: SlideContent) -> Face:
    spoken = (slide.notes,) if slide.notes else ()
    line = slide.view.filters.line(slide.view.lang)
    return Face(kind, slide.title, filters=line, notes=spoken)


def _sentence_face(slide: SlideContent, text: str) -> Face:
    return replace(_start("statement", slide), text=text)


def _statement(slide: SlideContent) -> Face:
    return _sentence_face(slide, slide.lead)


def _figures(slide: SlideContent, block: blocks.Figures) -> Iterator[Face]:
    """The sentence with few cards below it, or by itself before many of them."""
    # What was better or worse before takes long to work out and is too small for a wall.
    part = part_of(replace(block, histories=None), slide.view.lang)
    names = [figure.name for figure in block.figures]
    with_cards = len(part.cards) < MOST_CARDS and lines_of(slide.lead, 36) <= SHORT_LEAD
    if slide.lead and not with_cards:
        yield _statement(slide)
    at = 0
    for count in _shares(len(part.cards)):
        lang = slide.view.lang
        shown, about = part.cards[at : at + count], names[at : at + count]
        words = [definition(name, lang) for name in about]
        face = _start("figures", slide)
        spoken = [line for one in words for line in (one.title, one.definition, one.caveat)]
        yield replace(
            face,
            text=slide.lead if with_cards and at == 0 else "",
            cards=shown,
            definition=words[0].definition if count == 1 else t("deck.definitions", lang),
            source=words[0].source if count == 1 else "",
            notes=(*face.notes, *spoken),
        )
        at += count


def _shares(cards: int) -> list[int]:
    """How many cards stand on each face: at most four, shared out evenly."""
    count = math.ceil(cards / MOST_CARDS)
    return [cards // count + (1 if n < cards % count else 0) for n in range(count)]


def _content(slide: SlideContent, block: Block, number: int) -> Iterator[Face]:
    """A picture where it can be read from a chair, else the rows behind it."""
    view = slide.view
    if isinstance(block, blocks.FigureTable):
        block = replace(block, histories=None)
    part = part_of(block, view.lang)
    grid = part.grid
    if grid is None:
        return
    face = _with_words(_start("table", slide), grid, slide)
    face = replace(face, filters=_subtitle(face, grid, slide))
    spec = part.spec() if part.spec else None
    size = _picture_size(spec, face, part.is_map or not grid.rows) if spec else None
    if spec is not None and size is not None:
        drawn = picture.svg(spec, view, f"s{number}", size=size)
        yield replace(face, kind="picture", svg=drawn, description=part.description)
    elif not grid.rows:
        yield replace(face, kind="statement", text=grid.empty or t("deck.nothing", view.lang))
    else:
        yield from _tables(face, _narrow_grid(grid.compact(), block, slide), slide)


def _subtitle(face: Face, grid: Grid, slide: SlideContent) -> str:
    """The block's own title beside the filters, where the deck gives it another and both fit."""
    both = t("tables.joint", slide.view.lang).join((grid.title, face.filters))
    fits = letters(both) * LETTER < WIDTH - MARK
    return both if grid.title not in ("", face.title) and fits else face.filters


def _picture_size(spec: Spec, face: Face, always: bool) -> tuple[int, int] | None:
    """How wide and high a picture is drawn in its own units; None where it is too high to read."""
    wanted, most = int(spec.get("height", 0)), face.height * PICTURE_HEIGHT // WIDTH
    if always or not wanted:
        return PICTURE_HEIGHT, most
    if wanted > most:
        return None
    wide = min(max(wanted * WIDTH // face.height, DRAWN_LOW), PICTURE_HEIGHT)
    return wide, wanted


def _with_words(face: Face, grid: Grid, slide: SlideContent) -> Face:
    """The face with what must be read with its block; how to read it is for the presenter."""
    lang = slide.view.lang
    words = [definition(name, lang) for name in grid.about]
    spoken = [line for one in words for line in (one.title, one.definition, one.caveat)]
    one = words[0] if len(words) == 1 else None
    return replace(
        face,
        under=(grid.not_followed,) if grid.not_followed else (),
        definition=one.definition if one else t("deck.definitions", lang) if words else "",
        source=one.source if one else "",
        notes=(*face.notes, *grid.notes, *spoken),
    )


def _narrow_grid(grid: Grid, block: Block, slide: SlideContent) -> Grid:
    if not isinstance(block, blocks.FigureTable):
        return grid
    labels = [t(key, slide.view.lang) for key, _ in FIGURE_HEADS if key in TABLE_COLUMNS]
    at = [x for x, head in enumerate(grid.heads) if head.label in labels]
    return replace(
        grid,
        heads=tuple(grid.heads[x] for x in at),
        rows=tuple(tuple(row[x] for x in at) for row in grid.rows),
    )


def _tables(face: Face, grid: Grid, slide: SlideContent) -> Iterator[Face]:
    """The rows on as many faces as they need; of very many the first, and how many there are."""
    shares = widths(grid)
    parts = _pages(grid, shares, face.height)
    for number, rows in enumerate(parts[:MOST_TABLES], start=1):
        title = face.title if len(parts) == 1 else f"{face.title} ({number}/{len(parts)})"
        under = face.under
        if number == MOST_TABLES < len(parts):
            shown = sum(len(one) for one in parts[:MOST_TABLES])
            more = t("deck.more_rows", slide.view.lang, shown=shown, rows=f"{len(grid.rows):,}")
            under = (*under, more)
        shown_grid = replace(grid, rows=tuple(rows))
        yield replace(face, title=title, grid=shown_grid, widths=shares, under=under)


def widths(grid: Grid) -> tuple[int, ...]:
    """Give each column its share of the width in pixels, by how much its cells say."""
    wants = []
    for x, head in enumerate(grid.heads):
        longest = max([letters(row[x].text) for row in grid.rows], default=0)
        head_wants = min(letters(head.label), 12)
        wants.append(max(longest if head.right else min(longest, 46), head_wants, 7) + 3)
    return tuple(round(WIDTH * want / sum(wants)) for want in wants)


def _pages(grid: Grid, shares: Sequence[int], height: int) -> list[list[Row]]:
    """The rows shared out evenly over as few pages as they need."""
    room = height - _high([head.label for head in grid.heads], shares)
    heights = [_high([cell.text for cell in row], shares) for row in grid.rows]
    pages = _filled_up(grid.rows, heights, room)
    even = range(sum(heights) // len(pages), room, LINE)
    tried = (_filled_up(grid.rows, heights, limit) for limit in even)
    return next((one for one in tried if len(one) == len(pages)), pages)


def _filled_up(rows: Sequence[Row], heights: Sequence[int], room: int) -> list[list[Row]]:
    pages: list[list[Row]] = [[]]
    used = 0
    for row, high in zip(rows, heights, strict=True):
        if pages[-1] and used + high > room:
            pages.append([])
            used = 0
        pages[-1].append(row)
        used += high
    return pages


def _high(texts: Sequence[str], shares: Sequence[int]) -> int:
    """The height of a row in pixels: as many lines as its longest cell takes."""
    lines = [
        math.ceil(letters(text) * LETTER / (share - CELL_PADDING) * 1.04)
        for text, share in zip(texts, shares, strict=True)
    ]
    return max(1, *lines) * LINE + ROW_PADDING


def letters(text: str) -> int:
    """Give how many letters stand on the line: marks above and below take no width."""
    return sum(unicodedata.category(one) != "Mn" for one in text)


def lines_of(text: str, size: int = ROOM.body) -> int:
    """Give how many lines a text takes from edge to edge in type of a size, rather too many."""
    across = WIDTH / (size * 0.5)
    return sum(max(1, math.ceil(letters(line) / across * 1.05)) for line in text.split("\n"))
