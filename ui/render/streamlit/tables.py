"""Tables: the same numbers as a chart, to read, sort and take along.

Numbers stay numbers (so columns sort and align), empty cells show a dash and their reason stands in
a column of its own. The CSV opens in spreadsheets with Thai intact and runs nothing there.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from config import numbers
from config.i18n import Lang, t
from ui.render.streamlit.html import escape_html

# A cell that starts with one of these could be run as a formula by a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
ROW_HEIGHT = 38
MOST_ROWS_SHOWN = 12


@dataclass(frozen=True)
class Column:
    """One column: where its cells come from, its heading, and how they are written.

    `form` is text, count, percent, ratio, decimal or line (a list of numbers drawn small).
    """

    name: str
    label: str
    form: str = "text"
    help: str | None = None
    width: str | int | None = None


def twin(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    columns: Sequence[Column],
    *,
    lang: Lang,
    key: str,
    provenance: Sequence[str],
    opened: bool = False,
    rows: int | None = None,
) -> None:
    """Draw a chart's table in a fold, with its download; rows are only sent once it is opened.

    `frame` may be a function that makes the table, with its number of rows given as `rows`: most
    folds stay closed, and nothing is made for them.
    """
    count = rows if rows is not None or callable(frame) else len(frame)
    fold = st.expander(
        t("tables.open", lang, rows=numbers.count(count, lang)),
        expanded=opened,
        key=f"{key}_fold",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            made = frame() if callable(frame) else frame
            table(made, columns, lang=lang, key=key, provenance=provenance)


def table(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *,
    lang: Lang,
    key: str,
    provenance: Sequence[str],
) -> None:
    """Draw a table to sort and search in, with its source lines and its download."""
    shown = _shown(frame, columns)
    rows = min(len(shown), MOST_ROWS_SHOWN) + 1
    st.dataframe(
        shown,
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=rows * ROW_HEIGHT + 3,
        column_config={column.name: configured(column, shown[column.name]) for column in columns},
        placeholder=numbers.MISSING,
        key=key,
    )
    _foot(shown, columns, lang, key, provenance)


def reading(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *,
    lang: Lang,
    key: str,
    provenance: Sequence[str],
) -> None:
    """Draw a table of sentences: every word is shown, wrapped; with source lines and download.

    For a few rows only: all of them are drawn.
    """
    shown = _shown(frame, columns)
    heads = "".join(f'<th scope="col"{_class(c)}>{escape_html(c.label)}</th>' for c in columns)
    body = "".join(
        "<tr>" + "".join(_cell(c, v, lang) for c, v in zip(columns, row, strict=True)) + "</tr>"
        for row in shown.itertuples(index=False)
    )
    st.html(
        f'<div class="ov-scroll" tabindex="0"><table class="ov-table stack read">'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    _foot(shown, columns, lang, key, provenance)


def _shown(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    return frame[[column.name for column in columns]].reset_index(drop=True)


def _class(column: Column) -> str:
    return ' class="num"' if column.form != "text" else ""


def _cell(column: Column, value: Any, lang: Lang) -> str:
    """One cell; a phone shows the heading above it, for there every row is a block."""
    text = str(value) if isinstance(value, str) else numbers.MISSING
    if column.form != "text" and not numbers.is_missing(value):
        text = numbers.value(value, column.form, lang)
    label = escape(column.label, quote=True)
    return f'<td data-label="{label}"{_class(column)}>{escape_html(text)}</td>'


def _foot(
    shown: pd.DataFrame,
    columns: Sequence[Column],
    lang: Lang,
    key: str,
    provenance: Sequence[str],
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_foot"):
        st.download_button(
            t("action.download_csv", lang),
            data=csv_bytes(shown, {c.name: c.label for c in columns}, provenance),
            file_name=f"{key}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"{key}_csv",
        )
        st.html(
            f'<p class="ov-caption">{escape_html(t("tables.joint", lang).join(provenance))}</p>'
        )


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
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def configured(column: Column, cells: pd.Series) -> Any:
    """Give how Streamlit writes a column; its cells have the same digits behind the point."""
    common: dict[str, Any] = {"help": column.help, "width": column.width}
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
