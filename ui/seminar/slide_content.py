"""A deck filled with what its slides show: blocks of pages, asked for at the public level.

What stands on a wall is seen by everybody in the room, so neither the presenter's own areas nor
their right to see small counts go along; whose rows they may see stays as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from config.i18n import Lang, t
from data_access import queries
from data_access.scope import Scope
from geo import levels
from ui.blocks import Block, Blocks, Figures, Tabular, Text
from ui.render.documents import page_of
from ui.render.outline import find
from ui.render.pages import spec
from ui.seminar.deck import FIGURES, Deck, Slide
from ui.state.filter_state import FilterState, IgnoredCode, from_params
from ui.state.page_context import View

AREAS = levels.NAMES[1:]


@dataclass(frozen=True)
class SlideContent:
    """One slide with its words in the view's language and its blocks.

    `lead` is the sentence of a page that is shown as a whole, `problems` say what could not be
    shown as the deck wants it, `page` is where its numbers come from.
    """

    title: str
    view: View
    blocks: Blocks
    lead: str = ""
    notes: str = ""
    problems: tuple[str, ...] = ()
    page: str = ""


def public(scope: Scope) -> Scope:
    """Give the scope of what is shown to a room: the same rows, hidden as for the public."""
    return replace(scope, own_provinces=frozenset(), own_districts=frozenset(), reveal=False)


def shown_to_a_room(view: View) -> View:
    """Give the same view at the public level, with as many bars as can be read from a chair."""
    return replace(view, scope=public(view.scope), for_room=True)


def fill(deck: Deck, view: View) -> Iterator[SlideContent]:
    """Give the slides one after the other, each made when it is asked for."""
    view = shown_to_a_room(view)
    for slide in deck.slides:
        yield _slide_content(slide, view)


def _slide_content(slide: Slide, view: View) -> SlideContent:
    lang = view.lang
    title, notes = slide.title.get(lang, ""), slide.notes.get(lang, "")
    if not slide.page:
        points = Text("\n".join(slide.points.get(lang, ())), "bullets")
        return SlideContent(title, view, (points,), notes=notes)
    own, ignored = _own_view(slide, view)
    problems = [one.text(lang) for one in ignored]
    page = page_of(spec(slide.page), own)
    block = find(page, slide.block or FIGURES)
    title = title or str(getattr(block, "title", "")) or page.title
    lead = "" if slide.block or slide.figures else page.lead
    if block is None and slide.block:
        problems.append(t("deck.no_block", lang, block=slide.block, page=page.title))
    if isinstance(block, Figures) and slide.figures:
        block = _cards_of_slide(block, slide, problems, lang)
    if isinstance(block, Tabular) and slide.columns:
        block = _with_columns(block, slide, problems, lang)
    blocks = (block,) if block is not None else ()
    return SlideContent(title, own, blocks, lead, notes, tuple(problems), slide.page)


def _own_view(slide: Slide, view: View) -> tuple[View, tuple[IgnoredCode, ...]]:
    """The view with the slide's own filters and codes; an area of the slide replaces the room's."""
    params: Mapping[str, str] = _year(view.filters) | view.filters.params()
    if any(name in slide.filters for name in AREAS):
        params = {name: code for name, code in params.items() if name not in AREAS}
    years = queries.fiscal_years(scope=view.scope, snapshot=view.snapshot)
    filters, ignored = from_params({**params, **slide.filters}, view.snapshot.as_of, years)
    return replace(view, filters=filters, options=dict(slide.options)), ignored


def _year(filters: FilterState) -> dict[str, str]:
    return {"fy": str(filters.year.be)}


def _cards_of_slide(block: Figures, slide: Slide, problems: list[str], lang: Lang) -> Block:
    """The cards that a slide names, in its order."""
    offered = {figure.name: figure for figure in block.figures}
    problems += _missing(slide.figures, offered, slide, lang)
    shown = [offered[name] for name in slide.figures if name in offered]
    return replace(block, figures=shown, histories=None)


def _with_columns(block: Tabular, slide: Slide, problems: list[str], lang: Lang) -> Block:
    """The columns that a slide names, in its order."""
    offered = {column.name: column for column in block.columns}
    problems += _missing(slide.columns, offered, slide, lang)
    return replace(block, columns=[offered[name] for name in slide.columns if name in offered])


def _missing(
    names: Iterable[str], options: Mapping[str, object], slide: Slide, lang: Lang
) -> list[str]:
    page = t(f"page.{slide.page}.title", lang)
    return [
        t("deck.no_block", lang, block=name, page=page) for name in names if name not in options
    ]
