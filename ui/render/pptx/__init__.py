"""A page as slides that can be edited: charts and tables are PowerPoint's own, maps are pictures.

One slide for the sentence, one for the figures, one or more for each block, one for what the data
is. Definitions stand in the speaker's notes, the mark and the day at the foot of every slide.
"""

import io

from pptx import Presentation
from pptx.util import Emu

from config.i18n import t
from ui.blocks import Page
from ui.render import links, picture
from ui.render.about import About, about, definition
from ui.render.parts import Part, parts
from ui.render.pptx import charts, tables
from ui.render.pptx.slides import BODY, HEIGHT, WIDTH, Deck
from ui.state.page_context import View

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
    heading = ""
    for part in made:
        if part.kind == "heading":
            heading = part.text
        elif part.kind == "figures":
            tables.cards(deck, part, _notes(part, view))
        elif part.kind == "block" and part.grid:
            _block(deck, part, view, part.grid.title or heading or said.title)
    _about(deck, said, view)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _block(deck: Deck, part: Part, view: View, title: str) -> None:
    """One slide with the picture or the chart of a block, and its table on slides of its own."""
    if part.grid is None:
        return
    notes = _notes(part, view)
    if series := charts.series_of(part):
        slide = deck.slide(title, part.grid.not_followed, notes)
        charts.draw(deck, slide, series)
    elif part.spec is not None:
        drawn = picture.png(part.spec(), view.data_dir)
        slide = deck.slide(title, part.grid.not_followed, notes)
        deck.picture(slide, drawn, BODY, part.said)
    if part.grid.rows:
        tables.pages(deck, part.grid.compact(), title, notes)
    elif part.grid.empty:
        slide = deck.slide(title, part.grid.not_followed, notes)
        deck.words(slide, part.grid.empty, BODY, size=20)


def _about(deck: Deck, said: About, view: View) -> None:
    slide = deck.slide(t("export.about.sheet", view.lang), "", "")
    lines = "\n".join(f"{label}: {text}" for label, text in said.pairs)
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
