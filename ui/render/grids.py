"""Blocks with numbers as one grid of cells: the same for a sheet, a page of paper and a slide.

A cell has the number itself and the words that the screen shows for it, so that a file can hold a
number where it can and words where it cannot. A cell that is hidden, empty or drawn has no number.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.thai_calendar import format_date
from ui.blocks import Block, Figures, FigureTable, GroupedTable, Table, Tabular
from ui.blocks.content import Content
from ui.render.cells import cell_text
from ui.text import changes
from ui.text.figures import Figure

NUMBERS = ("count", "percent", "ratio", "per_1000", "decimal")
FIGURE_HEADS = (
    ("column.indicator", "text"),
    ("column.value", "number"),
    ("column.unit", "text"),
    ("export.column.made_of", "text"),
    ("column.target", "number"),
    ("page.overview.gap", "number"),
    ("column.status", "text"),
    ("export.column.changes", "text"),
    ("column.period", "text"),
    ("export.column.not_followed", "text"),
)


@dataclass(frozen=True)
class Head:
    """One column: its heading and whether its cells are numbers."""

    label: str
    form: str = "text"

    @property
    def right(self) -> bool:
        """Whether its cells are aligned at the right."""
        return self.form != "text"


@dataclass(frozen=True)
class Cell:
    """One cell: its words, and the number or day behind them where there is one."""

    text: str
    number: float | int | date | None = None
    form: str = "text"


@dataclass(frozen=True)
class Grid:
    """The rows of one block with all that is said of them.

    `key` names it on its page, `not_followed` says which chosen filters it does not follow, `notes`
    are the lines above and below, `empty` is said in the place of no rows, `source` its sources.
    Where the rows are `in_parts`, the first cell of each is the heading of its part.
    """

    key: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    not_followed: str = ""
    source: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    empty: str = ""
    in_parts: bool = False

    def compact(self) -> "Grid":
        """Give the grid without columns that are empty in every row: paper is narrow."""
        filled = [
            x for x in range(len(self.heads)) if any(row[x].text for row in self.rows)
        ] or list(range(len(self.heads)))
        return replace(
            self,
            heads=tuple(self.heads[x] for x in filled),
            rows=tuple(tuple(row[x] for x in filled) for row in self.rows),
        )

    def in_writing(self, words: Callable[[str], str]) -> "Grid":
        """Give the grid with all its words in another writing, numbers behind them as they are."""
        return replace(
            self,
            title=words(self.title),
            heads=tuple(replace(head, label=words(head.label)) for head in self.heads),
            rows=tuple(
                tuple(replace(cell, text=words(cell.text)) for cell in row) for row in self.rows
            ),
            notes=tuple(map(words, self.notes)),
            not_followed=words(self.not_followed),
            source=tuple(map(words, self.source)),
            empty=words(self.empty),
        )


def grid_of(block: Block, lang: Lang) -> Grid | None:
    """Give a block as a grid; None for one that has no rows to give, such as words."""
    match block:
        case Figures():
            return _figures(block, lang)
        case FigureTable():
            return _figure_table(block, lang)
        case GroupedTable():
            return _group_rows(block, lang)
        case Tabular() if block.frame is not None:
            return _tabular(block, lang)
        case _:
            return None


def _tabular(block: Tabular, lang: Lang) -> Grid:
    frame = block.rows()
    # A list of numbers drawn small has no cell of its own in a file.
    columns = [column for column in block.columns if column.form != "line"]
    rows = frame[[column.name for column in columns]].itertuples(index=False, name=None)
    return Grid(
        heads=tuple(Head(column.label, column.form) for column in columns),
        rows=tuple(
            tuple(
                cell(value, column.form, cell_text(column, value, lang), lang)
                for column, value in zip(columns, row, strict=True)
            )
            for row in rows
        ),
        source=tuple(block.provenance),
        empty=block.empty if isinstance(block, Table) else "",
        **_words(block, lang),
    )


def _words(block: Content, lang: Lang) -> dict[str, Any]:
    credit = getattr(block, "credit", "")
    about = f"indicator.{block.about}.title" if block.about else ""
    return {
        "key": block.key,
        "title": block.title or (t(about, lang) if about else ""),
        "notes": tuple(line for line in (block.note, block.caveat, credit) if line),
        "not_followed": block.not_followed,
        "about": (block.about,) if block.about else (),
    }


def cell(value: Any, form: str, text: str, lang: Lang) -> Cell:
    """Give a cell with its words; a missing one has words only."""
    if numbers.is_missing(value):
        return Cell(numbers.MISSING)
    if isinstance(value, (date, pd.Timestamp)):
        day = value.date() if isinstance(value, pd.Timestamp) else value
        return Cell(format_date(day, lang), day, "date")
    if form in NUMBERS:
        exact = float(value)
        return Cell(text, int(exact) if exact.is_integer() else exact, form)
    return Cell(text)


def _figures(block: Figures, lang: Lang) -> Grid:
    names = tuple(figure.name for figure in block.figures)
    return Grid(
        key="figures",
        title=t("export.figures", lang),
        heads=_heads(lang),
        rows=tuple(_figure_rows(block.complete(), block.not_followed, lang)),
        about=names,
    )


def _figure_table(block: FigureTable, lang: Lang) -> Grid:
    said = _words(block, lang)
    figures = [figure for part in block.complete().values() for figure in part]
    said["title"] = block.title
    said["notes"] = tuple(line for line in (block.caption, *said["notes"]) if line)
    said["about"] = tuple(figure.name for figure in figures)
    return Grid(
        heads=_heads(lang),
        rows=tuple(_figure_rows(figures, block.not_followed_by, lang)),
        source=tuple(block.provenance),
        **said,
    )


def _group_rows(block: GroupedTable, lang: Lang) -> Grid:
    """The rows of all parts, each with the heading of its part before it where parts have one."""
    said = _words(block, lang)
    said["notes"] = tuple(line for line in (block.caption, *said["notes"]) if line)
    headed = any(block.parts)
    heads = [Head(t("export.column.part", lang))] if headed else []
    return Grid(
        heads=(*heads, *(Head(column.label) for column in block.columns)),
        rows=tuple(
            (
                *((Cell(title),) if headed else ()),
                *(Cell(row[column.name].words) for column in block.columns),
            )
            for title, rows in block.parts.items()
            for row in rows
        ),
        source=tuple(block.provenance),
        in_parts=headed,
        **said,
    )


def _heads(lang: Lang) -> tuple[Head, ...]:
    return tuple(Head(t(key, lang), form) for key, form in FIGURE_HEADS)


def _figure_rows(
    figures: Any, not_followed: Mapping[str, str], lang: Lang
) -> Iterator[tuple[Cell, ...]]:
    for figure in figures:
        yield (
            Cell(figure.title(lang)),
            value_of(figure, lang),
            Cell(figure.unit(lang) if figure.status == "shown" else ""),
            Cell(figure.made_of(lang)),
            _target(figure, lang),
            _gap(figure, lang),
            Cell(figure.mark_text(lang)),
            Cell(" · ".join(changes.lines(figure, lang))),
            Cell(figure.foot(lang)),
            Cell(not_followed.get(figure.name, "")),
        )


def value_of(figure: Figure, lang: Lang) -> Cell:
    """Give the main number of a figure; words only where it is hidden, empty or on a small base."""
    text = figure.text(lang)
    if figure.status != "shown":
        return Cell(text)
    if figure.is_count:
        return Cell(text, figure.numerator, "count")
    if figure.is_small and figure.indicator.unit == "percent":
        return Cell(text)
    # "at least 120" is no number: what stands before it would be lost in a cell of numbers.
    if figure.qualifier != "exact":
        return Cell(text)
    return cell(figure.value, form_of(figure), text, lang)


def form_of(figure: Figure) -> str:
    """Give how the value of a figure is written: percent, ratio, per_1000, decimal or count."""
    unit = figure.indicator.unit
    if unit in ("percent", "ratio", "per_1000"):
        return unit
    return "decimal" if numbers.PLACES.get(unit) else "count"


def _target(figure: Figure, lang: Lang) -> Cell:
    text = figure.target_text(lang)
    if figure.target is None or text == numbers.MISSING:
        return Cell(text)
    if figure.target.counts:
        return Cell(text, int(figure.target.value), "count")
    return Cell(text, figure.target.value, form_of(figure))


def _gap(figure: Figure, lang: Lang) -> Cell:
    text = figure.gap_text(lang)
    if figure.gap is None:
        return Cell(text)
    return Cell(text, figure.gap, "gap")
