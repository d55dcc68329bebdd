"""Tables and figures on slides: as many rows to a slide as can be read."""

from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu

from config.i18n import Lang, t
from config.theme import LIGHT
from ui.render.grids import Grid
from ui.render.parts import Card, Part
from ui.render.pptx.slides import BODY, CM, Box, Deck, colour, set_run

ROWS = 12
MOST_SLIDES = 8  # the rest stands in the Excel file, and the slide says so
ACROSS = 3
GAP = int(0.5 * CM)
TALLEST = int(7.5 * CM)  # a card alone on its slide is no empty wall
INSIDE = int(0.35 * CM)
POINT = 12_700  # in the unit of such files
LINE, LETTER = 1.35, 0.5  # a line's height and a letter's width as parts of the size of type
NARROWEST, WIDEST = 6, 34  # characters


def cards(deck: Deck, part: Part, notes: str, title: str) -> None:
    """Add slides of figures, six to each."""
    for start in range(0, len(part.cards), ACROSS * 2):
        shown = part.cards[start : start + ACROSS * 2]
        slide = deck.slide(title, "", notes)
        across = 2 if len(shown) in (2, 4) else ACROSS
        down = -(-len(shown) // across)
        width = (BODY.width - GAP * (across - 1)) // across
        height = min((BODY.height - GAP * (down - 1)) // down, TALLEST)
        for n, card in enumerate(shown):
            left = BODY.left + (n % across) * (width + GAP)
            top = BODY.top + (n // across) * (height + GAP)
            _card(deck, slide, card, Box(left, top, width, height))


def _card(deck: Deck, slide: Any, card: Card, box: Box) -> None:
    mark = LIGHT.mark(card.mark)
    shape = slide.shapes.add_shape(1, *(Emu(x) for x in box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(LIGHT.surface)
    shape.line.color.rgb = colour(LIGHT.border)
    shape.shadow.inherit = False
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = Emu(INSIDE)
    lines = (
        (card.title, 16, False, LIGHT.muted),
        (f"{card.value} {card.unit}".strip(), 36, True, LIGHT.accent_strong),
        (f"{mark.symbol} {card.mark_text}", 16, True, mark.colour),
        (card.target, 14, False, LIGHT.text),
        (card.made_of, 14, False, LIGHT.text),
        *((line, 12, False, LIGHT.text) for line in card.changes),
        (card.not_followed, 14, True, LIGHT.text),
        (card.foot, 11, False, LIGHT.muted),
    )
    for n, (text, size, bold, ink) in enumerate(line for line in lines if line[0]):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = text
        set_run(run, deck.lang, size=size, bold=bold, ink=ink)


def pages(deck: Deck, grid: Grid, title: str, notes: str) -> None:
    """Add slides with the rows of a grid as tables that can be edited."""
    spans = portions(grid)[:MOST_SLIDES]
    for number, (start, end) in enumerate(spans, start=1):
        shown = title if len(spans) == 1 else f"{title} ({number}/{len(spans)})"
        under = grid.not_followed
        if number == len(spans) and end < len(grid.rows):
            rows = f"{len(grid.rows):,}"
            under = t("export.more_rows", deck.lang, shown=end, rows=rows)
        slide = deck.slide(shown, under, notes)
        _table(deck, slide, grid, (start, end))


def portions(grid: Grid) -> list[tuple[int, int]]:
    """Give the rows of each slide, first and past the last: as many as there is room for."""
    line = _size(grid) * POINT * LINE
    width = [max(1, int(part / (_size(grid) * POINT * LETTER))) for part in _widths(grid)]
    spans, start, used = [], 0, 0.0
    for at, row in enumerate(grid.rows):
        lines = max(-(-len(cell.text) // width[x]) for x, cell in enumerate(row))
        height = lines * line + CM / 6
        if at > start and (used + height > BODY.height - 2 * line or at - start == ROWS):
            spans.append((start, at))
            start, used = at, 0.0
        used += height
    return [*spans, (start, len(grid.rows))]


def _size(grid: Grid) -> int:
    return 14 if len(grid.heads) <= 6 else 11


def _table(deck: Deck, slide: Any, grid: Grid, span: tuple[int, int]) -> None:
    rows = grid.rows[slice(*span)]
    size = _size(grid)
    box = Box(BODY.left, BODY.top, BODY.width, CM * (len(rows) + 1))
    shape = slide.shapes.add_table(len(rows) + 1, len(grid.heads), *(Emu(x) for x in box))
    table = shape.table
    for x, width in enumerate(_widths(grid)):
        table.columns[x].width = Emu(width)
    for x, head in enumerate(grid.heads):
        _cell(table.cell(0, x), head.label, deck.lang, CellStyle.of_head(size, head.right))
    for y, row in enumerate(rows, start=1):
        for x, one in enumerate(row):
            cell = table.cell(y, x)
            style = CellStyle.of_row(size, grid.heads[x].right, odd=y % 2 == 1)
            _cell(cell, one.text, deck.lang, style)


@dataclass(frozen=True)
class CellStyle:
    """How a cell is written: size, side, ground and colour of its words, bold or not."""

    size: float
    right: bool
    ground: str
    ink: str = LIGHT.text
    bold: bool = False

    @classmethod
    def of_head(cls, size: float, right: bool) -> "CellStyle":
        """Give the style of a column's heading."""
        return cls(size, right, LIGHT.accent, LIGHT.on_accent, bold=True)

    @classmethod
    def of_row(cls, size: float, right: bool, *, odd: bool) -> "CellStyle":
        """Give the style of a cell in a row: every second row has a ground of its own."""
        return cls(size, right, LIGHT.background if odd else LIGHT.surface)


def _cell(cell: Any, text: str, lang: Lang, style: CellStyle) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(style.ground)
    cell.margin_top = cell.margin_bottom = Emu(CM // 12)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if style.right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    set_run(run, lang, size=style.size, bold=style.bold, ink=style.ink)


def _widths(grid: Grid) -> list[int]:
    """Give each column its part of the slide, by its longest words within bounds."""
    longest = [
        max([len(head.label), *(len(row[x].text) for row in grid.rows)])
        for x, head in enumerate(grid.heads)
    ]
    parts = [min(max(length, NARROWEST), WIDEST) for length in longest]
    return [BODY.width * part // sum(parts) for part in parts]
