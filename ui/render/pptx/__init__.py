"""A page as slides that can be edited: charts and tables are PowerPoint's own, maps are pictures.

One slide for the sentence, one for the figures, one or more for each block, one for what the data
is. Definitions stand in the speaker's notes, the mark and the day at the foot of every slide. A
deck has its own titles and notes, and one slide for each picture.
"""

import io
from collections.abc import Sequence

from pptx import Presentation
from pptx.util import Emu

from config.i18n import Lang, t
from ui.blocks import Page
from ui.render import links, picture, progress
from ui.render.about import About, about, definition
from ui.render.grids import NUMBERS, Grid
from ui.render.parts import Part, parts
from ui.render.pptx import charts, tables
from ui.render.pptx.slides import BODY, HEIGHT, WIDTH, Deck
from ui.state.page_context import View

MUCH = 400  # characters that need smaller type
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def render(page: Page, view: View) -> bytes:
    """Give the page as a file of slides."""
    made = parts(page, view)
    said = about(page, view, (part.grid for part in made if part.grid))
    file = Presentation()
    file.slide_width, file.slide_height = Emu(WIDTH), Emu(HEIGHT)
    file.core_properties.title = said.title
    file.core_properties.comments = said.foot
    deck = Deck(file, said, view.lang)
    deck.cover(links.qr_png(links.address(page, view)))
    deck.link = links.address(page, view)
    if page.slides:
        _deck(deck, made, view)
    else:
        _page(deck, made, view, said.title)
    deck.link = links.address(page, view)
    _about(deck, said, view)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _page(deck: Deck, parts: Sequence[Part], view: View, title: str) -> None:
    """Slides of a page: its figures and blocks under their own titles, rows and all."""
    heading = ""
    for part in progress.each(parts, progress.DRAW):
        if part.kind == "heading":
            heading = part.text
        elif part.kind == "figures":
            tables.cards(deck, part, _notes(part, view), t("export.figures", view.lang))
        elif part.kind == "block" and part.grid:
            _block(deck, part, view, part.grid.title or heading or title)


def _deck(deck: Deck, parts: Sequence[Part], view: View) -> None:
    """Slides of a deck: under its own titles, with its own notes, pictures without their rows."""
    title, spoken = "", ""
    for part in progress.each(parts, progress.DRAW):
        notes = "\n".join(line for line in (spoken, _notes(part, view)) if line)
        if part.kind == "heading":
            title, spoken, deck.link = part.text, "", ""
        elif part.form == "link":
            deck.link = part.text
        elif part.form == "spoken":
            spoken = part.text
        elif part.kind == "text":
            slide = deck.slide(title, "", notes)
            deck.words(slide, part.text, BODY, size=28 if len(part.text) < MUCH else 20)
        elif part.kind == "figures":
            tables.cards(deck, part, notes, title)
        elif part.kind == "block" and part.grid:
            _block(deck, part, view, title, notes, rows=False)


def _block(
    deck: Deck, part: Part, view: View, title: str, notes: str = "", *, rows: bool = True
) -> None:
    """One slide with the picture or the chart of a block, and its table on slides of its own."""
    if part.grid is None:
        return
    notes = notes or _notes(part, view)
    drawn = False
    if series := charts.series_of(part):
        said = (part.grid.not_followed, series.left_out(view.lang))
        under = t("tables.joint", view.lang).join(line for line in said if line)
        slide = deck.slide(title, under, notes)
        charts.draw(deck, slide, series)
        drawn = True
    elif part.spec is not None and hides_everything(part.grid, view.lang):
        slide = deck.slide(title, part.grid.not_followed, notes)
        deck.words(slide, t("export.chart.nothing", view.lang), BODY, size=28)
        drawn = True
    elif part.spec is not None:
        content = picture.png(part.spec(), view)
        slide = deck.slide(title, part.grid.not_followed, notes)
        deck.picture(slide, content, BODY, part.description)
        drawn = True
    if part.grid.rows and (rows or not drawn):
        tables.pages(deck, part.grid.compact(), title, notes)
    elif part.grid.empty:
        slide = deck.slide(title, part.grid.not_followed, notes)
        deck.words(slide, part.grid.empty, BODY, size=20)


def hides_everything(grid: Grid, lang: Lang) -> bool:
    """Tell whether every row of a table says that it is hidden or has no data."""
    reasons = {t(f"status.{status}", lang) for status in ("hidden", "no_data")}
    return bool(grid.rows) and all(
        any(cell.text in reasons for cell in row)
        and not any(cell.form in NUMBERS and cell.number is not None for cell in row)
        for row in grid.rows
    )


def _about(deck: Deck, about: About, view: View) -> None:
    slide = deck.slide(t("export.about.sheet", view.lang), "", "")
    lines = "\n".join(f"{label}: {text}" for label, text in about.pairs)
    deck.words(slide, lines, BODY, size=16)


def _notes(part: Part, view: View) -> str:
    """What a speaker needs: definition of each indicator, how to read it, and where it is from."""
    if part.grid is None:
        return ""
    lines = [*part.grid.notes]
    for name in part.grid.about:
        one = definition(name, view.lang)
        lines += [one.title, one.definition, one.caveat]
    return "\n".join(line for line in (*lines, *part.grid.source) if line)
