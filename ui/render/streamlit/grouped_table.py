"""Rows of cells in parts: aligned on a screen, one block per row on a phone, dense on paper."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from config.theme import READING_ICONS
from ui.blocks import Cell, Column, GroupedTable
from ui.render.streamlit import slides, words
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.templating import html

Row = Mapping[str, Cell]


class SpanCell(NamedTuple):
    """A cell with its column and the number of rows it stands for."""

    column: Column
    cell: Cell
    rows: int


def grouped_table(block: GroupedTable, canvas: Canvas) -> None:
    """Draw the table with its caption and source lines."""
    with st.container(key=f"block_{block.key}"):
        if block.title:
            words.heading(block.title)
        parts = {title: span_rows(rows, block) for title, rows in block.parts.items()}
        st.html(html("grouped_table", block=block, parts=parts, icons=READING_ICONS))
        words.caption(" · ".join(block.provenance))
        slides.add_button(block.key, canvas.view, "table")


def span_rows(rows: Sequence[Row], block: GroupedTable) -> list[list[SpanCell]]:
    """Give the cells of each row; an equal cell below another one in a merged column is left out.

    What is left out is counted in `rows` of the cell that stands for it.
    """
    shown: list[list[SpanCell]] = [[] for _ in rows]
    for column in block.columns:
        cells = [row[column.name] for row in rows]
        at = 0
        while at < len(cells):
            after = at + 1
            while (
                column.name in block.merged_columns
                and after < len(cells)
                and cells[after] == cells[at]
            ):
                after += 1
            shown[at].append(SpanCell(column, cells[at], after - at))
            at = after
    return shown
