"""A table as CSV: opens in spreadsheets with Thai intact and runs nothing there."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from config import formulas, numbers
from ui.blocks import Page
from ui.render.about import about
from ui.render.grids import Cell, Grid, grid_of
from ui.render.outline import outline
from ui.state.page_context import View

MEDIA_TYPE = "text/csv"


def render(page: Page, view: View) -> bytes:
    """Give all tables of a page in one file, each under its title, then what the data is."""
    grids = [grid for block in outline(page) if (grid := grid_of(block, view.lang))]
    said = about(page, view, grids)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    rows: list[Sequence[Any]] = [(said.title,), (said.mark,), (said.lead,)]
    for grid in grids:
        rows += _grid(grid)
    rows += [(), *said.pairs]
    rows += [(one.title, one.definition, one.caveat) for one in said.definitions]
    for row in rows:
        writer.writerow([neutralise_formula(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _grid(grid: Grid) -> list[Sequence[Any]]:
    said = (grid.title, grid.not_followed, *grid.notes)
    rows: list[Sequence[Any]] = [(), *((line,) for line in said if line)]
    rows.append([head.label for head in grid.heads])
    rows += [[_cell(one) for one in row] for row in grid.rows] or [(grid.empty,)]
    return [*rows, *((line,) for line in grid.source)]


def _cell(one: Cell) -> Any:
    """A number as it is, so that a spreadsheet reads one; a day and a word as they are written."""
    if isinstance(one.number, (int, float)):
        return one.number
    return "" if one.text == numbers.MISSING else one.text


def csv_bytes(frame: pd.DataFrame, labels: Mapping[str, str], provenance: Sequence[str]) -> bytes:
    """Give a CSV with headings in words, then an empty line and the source lines.

    UTF-8 with a byte-order mark, so that Excel shows Thai. A text that could be run as a formula
    gets an apostrophe in front; numbers stay as they are, with empty for missing.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutralise_formula(label) for label in labels.values()])
    for row in frame[list(labels)].itertuples(index=False):
        writer.writerow([neutralise_formula(cell) for cell in row])
    writer.writerow([])
    for line in provenance:
        writer.writerow([neutralise_formula(line)])
    return out.getvalue().encode("utf-8-sig")


def neutralise_formula(cell: Any) -> Any:
    """Give a cell that no spreadsheet takes for a formula; missing becomes empty."""
    if isinstance(cell, (list, tuple)):
        return " ".join("" if numbers.is_missing(n) else str(n) for n in cell)
    if numbers.is_missing(cell):
        return ""
    return formulas.as_text(cell) if isinstance(cell, str) else cell
