"""A page as plain text, in the order of the screen: for comparing numbers, and for the ear.

Nothing is drawn; a chart is its description and its rows. Tables are columns parted by tabs, so
that a line can be taken apart again; an empty cell is a dash and its reason stands beside it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from config.i18n import Lang, t
from ui import blocks
from ui.blocks import Block, Blocks, Page, Tabular
from ui.render.cells import cell_text
from ui.state.page_context import View
from ui.text import changes
from ui.text.figures import Figure

Lines = Iterator[str]


def render(page: Page, view: View) -> bytes:
    """Give the page as UTF-8 text."""
    return "\n".join([*_page(page, view), ""]).encode()


def _page(page: Page, view: View) -> Lines:
    yield f"# {page.title}"
    yield page.lead.replace("**", "")
    if page.filters:
        yield view.filters.line(view.lang)
    yield from _all((*page.above, *page.blocks), view)


def _all(parts: Blocks, view: View) -> Lines:
    for part in parts:
        yield from WRITERS[type(part)](part, view)


def _text(block: blocks.Text, view: View) -> Lines:
    marks = {"chapter": "\n# ", "heading": "\n## ", "bullets": "- ", "steps": "- "}
    for line in block.text.split("\n"):
        yield marks.get(block.form, "") + line.replace("**", "")


def _facts(block: blocks.Facts, view: View) -> Lines:
    for label, text in block.pairs:
        yield f"{label}\t{text}"


def _figures(block: blocks.Figures, view: View) -> Lines:
    for figure in block.complete():
        yield ""
        yield f"## {figure.title(view.lang)}"
        yield from _figure(figure, block.not_followed.get(figure.name, ""), view.lang)
    if block.open_list:
        yield from _all(block.lists[block.open_list](), view)


def _figure(figure: Figure, not_followed: str, lang: Lang) -> Lines:
    """The lines of a card, in its order."""
    shown = figure.status == "shown"
    yield f"{figure.text(lang)}\t{figure.unit(lang) if shown else ''}".rstrip("\t")
    if figure.target is not None and shown:
        yield f"{figure.mark_text(lang)}\t{figure.against_text(lang)}"
    yield from (line for line in (figure.made_of(lang), *_changes(figure, lang)) if line)
    yield from (line for line in (not_followed, figure.foot(lang)) if line)


def _changes(figure: Figure, lang: Lang) -> list[str]:
    """What a figure's series says: its changes, its reading, and whether it is provisional."""
    said = [changes.reading_text(figure, lang), changes.provisional_text(figure, lang)]
    return [*changes.lines(figure, lang), *(line for line in said if line)]


def _figure_table(block: blocks.FigureTable, view: View) -> Lines:
    yield from _heading(block.title or block.caption)
    for title, figures in block.complete().items():
        if title:
            yield title
        for figure in figures:
            cells = (
                figure.title(view.lang),
                figure.text(view.lang),
                figure.target_text(view.lang),
                figure.gap_text(view.lang),
                figure.mark_text(view.lang),
                *_changes(figure, view.lang),
                *(changes.ends_text(figure, view.lang) if figure.sparkline else ()),
                block.not_followed_by.get(figure.name, ""),
                figure.foot(view.lang),
            )
            yield "\t".join(cell for cell in cells if cell)


def _grouped_table(block: blocks.GroupedTable, view: View) -> Lines:
    yield from _heading(block.title)
    yield "\t".join(column.label for column in block.columns)
    for title, rows in block.parts.items():
        if title:
            yield title
        for row in rows:
            yield "\t".join(row[column.name].words for column in block.columns)
    for line in (block.caption, t("tables.joint", view.lang).join(block.provenance)):
        if line:
            yield line


def _heading(title: str) -> Lines:
    yield ""
    if title:
        yield f"## {title}"


def _table(block: blocks.Table, view: View) -> Lines:
    yield from _heading(block.title)
    frame = block.rows()
    if frame.empty and block.empty:
        yield block.empty
        yield from (line for line in (block.not_followed,) if line)
        return
    yield from (line for line in (block.note, block.not_followed) if line)
    yield from _rows(block, frame, view.lang)
    if block.caveat:
        yield block.caveat


def _rows(block: Tabular, frame: pd.DataFrame, lang: Lang) -> Lines:
    yield "\t".join(column.label for column in block.columns)
    for row in frame[[c.name for c in block.columns]].itertuples(index=False, name=None):
        cells = zip(block.columns, row, strict=True)
        yield "\t".join(cell_text(column, cell, lang) for column, cell in cells)
    yield t("tables.joint", lang).join(block.provenance)


def _chart(block: blocks.Chart, view: View) -> Lines:
    yield from _heading(block.title)
    yield str(block.spec().get("description", ""))
    yield from _with_rows(block, view)


def _point_map(block: blocks.PointMap, view: View) -> Lines:
    yield from _heading(block.title)
    yield block.explorer().description
    yield from _with_rows(block, view)


def _with_rows(block: Tabular, view: View) -> Lines:
    credit = block.credit if isinstance(block, blocks.Chart) else ""
    said = (block.note, block.not_followed, block.caveat, credit)
    yield from (line for line in said if line)
    if block.frame is not None:
        yield from _rows(block, block.rows(), view.lang)


def _slides(block: blocks.Slides, view: View) -> Lines:
    yield from (f"{number}. {title}" for number, title in enumerate(block.titles, start=1))


def _choice(block: blocks.Choice, view: View) -> Lines:
    yield f"{block.label}: {block.options[block.now]}"


def _area_choice(block: blocks.AreaChoice, view: View) -> Lines:
    if block.now:
        named = t("tables.joint", view.lang).join(block.options[code] for code in block.now)
        yield f"{block.label}: {named}"


def _stages(block: blocks.Stages, view: View) -> Lines:
    yield from _all(block.stages[-1](), view)


def _frames(block: blocks.Frames, view: View) -> Lines:
    last = list(block.frames)[-1]
    yield f"{block.label}: {block.frames[last]}"
    yield from _chart(block.block(last), view)


def _columns(block: blocks.Columns, view: View) -> Lines:
    for cell in block.cells:
        yield from _all(cell, view)


def _contents(block: Any, view: View) -> Lines:
    yield from _all(block.blocks, view)


def _lazy_contents(block: Any, view: View) -> Lines:
    yield from _all(block.blocks(), view)


def _details(block: blocks.Details, view: View) -> Lines:
    yield from _heading(block.label)
    yield from _lazy_contents(block, view)


def _tabs(block: blocks.Tabs, view: View) -> Lines:
    yield from _heading(block.labels[block.now])
    yield from _all(block.blocks[block.now](), view)


def _nothing(block: Block, view: View) -> Lines:
    """Links, downloads and forms: on paper there is nothing to press."""
    yield from ()


WRITERS: dict[type[Block], Callable[[Any, View], Lines]] = {
    blocks.Text: _text,
    blocks.Facts: _facts,
    blocks.Figures: _figures,
    blocks.FigureTable: _figure_table,
    blocks.GroupedTable: _grouped_table,
    blocks.Table: _table,
    blocks.List: _table,
    blocks.Tallies: _table,
    blocks.Chart: _chart,
    blocks.Map: _chart,
    blocks.PointMap: _point_map,
    blocks.Frames: _frames,
    blocks.Choice: _choice,
    blocks.AreaChoice: _area_choice,
    blocks.Links: _nothing,
    blocks.Slides: _slides,
    blocks.Definitions: _nothing,
    blocks.Download: _nothing,
    blocks.Form: _nothing,
    blocks.Columns: _columns,
    blocks.Row: _contents,
    blocks.Group: _contents,
    blocks.Details: _details,
    blocks.Tabs: _tabs,
    blocks.Lazy: _lazy_contents,
    blocks.Stages: _stages,
}
