"""Tables: the same numbers as a chart, to read, sort and take along.

Numbers stay numbers (so columns sort and align), empty cells show a dash and their reason stands in
a column of its own.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from config import numbers
from config.i18n import Lang, t
from ui.blocks import Column, Table, Tabular
from ui.charts.titles import width_of
from ui.render.cells import cell_text
from ui.render.csv_file import csv_bytes
from ui.render.streamlit import slides, words
from ui.render.streamlit.canvas import Canvas
from ui.render.streamlit.templating import html

ROW_HEIGHT = 38
MOST_ROWS_SHOWN = 12
MOST_ROWS_ON_PAPER = 100
_SAMPLE = 4  # rows by which a grid sizes its columns, as far as can be seen
_SIGN, _PADDING, _WIDEST = 7, 20, 420  # pixels


def table(block: Table, canvas: Canvas) -> None:
    """Draw a table under its heading, or why it is empty."""
    with st.container(key=f"block_{block.key}"):
        if block.title:
            words.heading(block.title)
        frame = block.rows()
        if frame.empty and block.empty:
            st.info(block.empty)
            words.caption(block.not_followed)
            return
        for line in (block.note, block.not_followed):
            words.caption(line)
        rows(block, frame, canvas.view.lang, reading=block.reading)
        slides.add_button(block.key, canvas.view, "table")
        words.caption(block.caveat)


def rows(block: Tabular, frame: pd.DataFrame, lang: Lang, *, reading: bool = False) -> None:
    """Draw rows with their source lines and their download.

    `reading` shows every word of every row, wrapped; otherwise rows can be sorted, and long tables
    searched. What is taken along is what is shown.
    """
    shown = frame[[column.name for column in block.columns]].reset_index(drop=True)
    if not reading and len(shown) > MOST_ROWS_SHOWN:
        shown = _search(block, shown, lang)
    if reading:
        st.html(html("reading_table", columns=block.columns, rows=_cells(block, shown, lang)))
    else:
        _sortable(block, shown)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{block.key}_foot"):
        download(block, shown, lang)
        _foot(block, shown, lang, reading=reading)


def _foot(block: Tabular, rows: pd.DataFrame, lang: Lang, *, reading: bool) -> None:
    """The source lines; with them the rows of a grid, for paper: a grid is a picture of what the
    screen showed."""
    source = t("tables.joint", lang).join(block.provenance)
    if reading:
        words.caption(source)
        return
    total = len(rows)
    most = MOST_ROWS_ON_PAPER
    more = t("tables.on_paper", lang, shown=most, total=total) if total > most else ""
    st.html(html("grid_foot", text=source, rows=on_paper(block, rows, lang), more=more))


def on_paper(block: Tabular, rows: pd.DataFrame, lang: Lang) -> str:
    """Give the first rows in words for the browser, which makes a table of them when it prints.

    Lines of cells with tabs between them: headings, then "n" for each column of numbers, then at
    most `MOST_ROWS_ON_PAPER` rows.
    """
    columns = [column for column in block.columns if column.form != "line"]
    cells = rows[[column.name for column in columns]].head(MOST_ROWS_ON_PAPER)
    lines = [
        [column.label for column in columns],
        ["" if column.form == "text" else "n" for column in columns],
        *(
            [cell_text(column, cell, lang) for column, cell in zip(columns, row, strict=True)]
            for row in cells.itertuples(index=False, name=None)
        ),
    ]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def _search(block: Tabular, rows: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """The rows that hold the words asked for; all of them where none are."""
    wanted = st.text_input(
        t("tables.search", lang),
        key=f"{block.key}_search",
        placeholder=t("tables.search", lang),
        label_visibility="collapsed",
        icon=":material/search:",
    )
    found = matching(rows, wanted)
    if found.empty:
        words.caption(t("tables.nothing_matches", lang))
    return found


def matching(rows: pd.DataFrame, words: str | None) -> pd.DataFrame:
    """Give the rows one of whose cells holds the words, whatever their case and the space around
    them; all rows for no words."""
    said = (words or "").strip().casefold()
    if not said:
        return rows
    cells = rows.astype("str").apply(lambda column: column.str.casefold())
    hit = cells.apply(lambda column: column.str.contains(said, regex=False)).any(axis="columns")
    return rows[hit].reset_index(drop=True)


def download(block: Tabular, rows: pd.DataFrame, lang: Lang, *, key: str = "csv") -> None:
    """Draw the button that gives rows as a file, made once it is asked for.

    A file that is there already is fetched by every browser as soon as it sees the button.
    """
    named = {c.name: c.label for c in block.columns}
    st.download_button(
        t("action.download_csv", lang),
        data=partial(csv_bytes, rows, named, block.provenance),
        file_name=f"{block.key}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"{block.key}_{key}",
    )


def _sortable(block: Tabular, rows: pd.DataFrame) -> None:
    height = (min(len(rows), MOST_ROWS_SHOWN) + 1) * ROW_HEIGHT + 3
    st.dataframe(
        rows,
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=height,
        column_config={c.name: column_config(c, rows[c.name]) for c in block.columns},
        placeholder=numbers.MISSING,
        key=block.key,
    )


def _cells(
    block: Tabular, rows: pd.DataFrame, lang: Lang
) -> Iterable[Sequence[tuple[Column, str]]]:
    for row in rows.itertuples(index=False):
        yield [(c, cell_text(c, cell, lang)) for c, cell in zip(block.columns, row, strict=True)]


def _width(column: Column, cells: pd.Series) -> int | None:
    """The width of a column in pixels whose later cells are longer than its first ones, by which
    the grid sizes it; None where its own size will do."""
    if column.form != "text" or len(cells) <= _SAMPLE:
        return None
    lengths = cells.map(lambda cell: width_of(cell) if isinstance(cell, str) else 0)
    longest = int(lengths.max())
    if longest <= max(int(lengths.head(_SAMPLE).max()), width_of(column.label)):
        return None
    return min(longest * _SIGN + _PADDING, _WIDEST)


def column_config(column: Column, cells: pd.Series) -> Any:
    """Give how Streamlit writes a column; its cells have the same digits behind the point."""
    common: dict[str, Any] = {"help": column.help, "width": column.width or _width(column, cells)}
    match column.form:
        case "count":
            return st.column_config.NumberColumn(column.label, format="%,d", **common)
        case "percent" | "decimal":
            return st.column_config.NumberColumn(column.label, format="%.1f", **common)
        case "per_1000":
            return st.column_config.NumberColumn(column.label, format="%.2f", **common)
        case "ratio":
            places = max(map(numbers.ratio_places, cells), default=1)
            return st.column_config.NumberColumn(column.label, format=f"1 : %.{places}f", **common)
        case "line":
            return st.column_config.LineChartColumn(column.label, **common)
        case _:
            return st.column_config.TextColumn(column.label, **common)
