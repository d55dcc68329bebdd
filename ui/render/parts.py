"""A page as parts ready to be set: words, figures, tables and pictures, for paper, HTML and slides.

A part has all its words; a renderer decides only where they stand and how they look.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from config.i18n import Lang
from ui import blocks
from ui.blocks import Block, Page, Spec
from ui.render import progress
from ui.render.grids import Grid, grid_of
from ui.render.outline import outline
from ui.state.page_context import View
from ui.text import changes

FOR_SLIDES = ("spoken", "link")  # what a presenter says, and where the numbers are looked up
Kind = Literal["heading", "text", "facts", "figures", "block"]


@dataclass(frozen=True)
class Card:
    """The words of one figure: number, unit, what it is made of, how it is judged, its period."""

    title: str
    value: str
    unit: str
    made_of: str
    changes: tuple[str, ...]
    mark: str  # the verdict, whose colour and symbol stand in the theme
    mark_text: str
    target: str
    not_followed: str
    foot: str


@dataclass(frozen=True)
class Part:
    """One part of a page; which fields are filled follows from its kind.

    A `block` has a grid, a picture (a spec, made when it is drawn) or both. `description` is for
    those who do not see the picture.
    """

    kind: Kind
    text: str = ""
    form: str = "quiet"
    pairs: tuple[tuple[str, str], ...] = ()
    cards: tuple[Card, ...] = ()
    grid: Grid | None = None
    spec: Callable[[], Spec] | None = None
    is_map: bool = False
    description: str = ""


def parts(page: Page, view: View) -> list[Part]:
    """Give the parts of a page in reading order."""
    listed = progress.each(outline(page), progress.PUT)
    made = [part for block in listed for part in _parts(block, view.lang)]
    if not view.writing.plain:
        made = [in_writing(part, partial(view.writing.words, lang=view.lang)) for part in made]
    return made if page.slides else [part for part in made if part.form not in FOR_SLIDES]


def in_writing(part: Part, words: Callable[[str], str]) -> Part:
    """Give a part with all its words in another writing; codes and numbers behind words stay."""
    return replace(
        part,
        text=words(part.text),
        pairs=tuple((words(label), words(text)) for label, text in part.pairs),
        cards=tuple(_card_in_writing(card, words) for card in part.cards),
        grid=part.grid.in_writing(words) if part.grid else None,
        description=words(part.description),
    )


def _card_in_writing(card: Card, words: Callable[[str], str]) -> Card:
    changes = tuple(words(line) for line in card.changes)
    texts = [name for name, text in vars(card).items() if isinstance(text, str) and name != "mark"]
    lines: dict[str, Any] = {name: words(getattr(card, name)) for name in texts}
    return replace(card, changes=changes, **lines)


def part_of(block: Block, lang: Lang) -> Part:
    """Give the part of one block that shows something; a part without anything for any other."""
    return next(_parts(block, lang), Part("block"))


def without_rows(part: Part) -> Part:
    """Give a part whose picture stands without the rows behind it."""
    if part.spec is None or part.grid is None:
        return part
    return replace(part, grid=replace(part.grid, heads=(), rows=()))


def _parts(block: Block, lang: Lang) -> Iterator[Part]:
    match block:
        case blocks.Text():
            kind: Kind = "heading" if block.form in ("chapter", "heading") else "text"
            yield Part(kind, text=block.text.replace("**", ""), form=block.form)
        case blocks.Facts():
            yield Part("facts", pairs=tuple(block.pairs))
        case blocks.Figures():
            grid = grid_of(block, lang)
            yield Part("figures", cards=tuple(_cards(block, lang)), grid=grid)
        case blocks.Chart():
            grid = grid_of(block, lang) or _without_rows(block)
            said = str(block.spec().get("description", ""))
            yield Part(
                "block",
                grid=grid,
                spec=block.spec,
                is_map=isinstance(block, blocks.Map),
                description=said,
            )
        case blocks.PointMap():
            if grid := grid_of(block, lang):
                yield Part("block", grid=grid, description=block.explorer().description)
        case blocks.Download():
            pass  # rows to take along, which stand on no screen either
        case _:
            if grid := grid_of(block, lang):
                yield Part("block", grid=grid)


def _without_rows(block: blocks.Chart) -> Grid:
    """The lines of a chart that has a picture and no rows."""
    notes = tuple(line for line in (block.note, block.caveat, block.credit) if line)
    return Grid(
        key=block.key,
        title=block.title,
        heads=(),
        rows=(),
        notes=notes,
        not_followed=block.not_followed,
        source=tuple(block.provenance),
        about=(block.about,) if block.about else (),
    )


def _cards(block: blocks.Figures, lang: Lang) -> Iterator[Card]:
    for figure in block.complete():
        shown = figure.status == "shown"
        yield Card(
            title=figure.title(lang),
            value=figure.text(lang),
            unit=figure.unit(lang) if shown else "",
            made_of=figure.made_of(lang),
            changes=tuple(changes.lines(figure, lang)),
            mark=figure.mark,
            mark_text=figure.mark_text(lang),
            target=figure.against_text(lang) if figure.target and shown else "",
            not_followed=block.not_followed.get(figure.name, ""),
            foot=figure.foot(lang),
        )
