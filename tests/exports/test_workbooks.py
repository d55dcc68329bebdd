"""Workbooks: every number is the one of the data door, hidden stays hidden, nothing can be run."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pytest

from config import numbers
from config.i18n import LANGS, t
from config.thai_calendar import format_date
from data_access import queries
from tests.exports.conftest import Made, Make
from tests.exports.read_back import say, sheets
from ui import blocks
from ui.render import xlsx
from ui.render.grids import Cell, cell, grid_of
from ui.render.outline import outline
from ui.render.pages import PAGES

pytestmark = pytest.mark.slow

OPEN = [page.key for page in PAGES if not page.roles]


def figures_of(made: Made) -> Iterator[tuple[int, blocks.Figures]]:
    """The cards of a page with the number of their sheet."""
    grids = [b for b in outline(made.page) if grid_of(b, made.view.lang)]
    for number, block in enumerate(grids, start=1):
        if isinstance(block, blocks.Figures):
            yield number, block


def sheet_of(book: dict[str, Any], number: int) -> list[list[Any]]:
    return next(rows for name, rows in book.items() if name.startswith(f"{number} "))


@pytest.mark.parametrize("area", ["TH", "50"])
@pytest.mark.parametrize("key", ["overview", "caseload", "follow_up", "training"])
def test_figures_of_a_workbook_are_the_answers_of_the_data_door(
    made: Make, key: str, area: str
) -> None:
    page = made(key, area)
    book, compared = sheets(page.file("xlsx")), 0
    for number, block in figures_of(page):
        for figure, row in zip(block.figures, sheet_of(book, number)[1:], strict=True):
            query = page.view.filters.query(page.view.filters.level)
            asked = {"scope": page.view.scope, "snapshot": page.view.snapshot}
            frame = queries.indicator(figure.name, query, **asked)
            answer = frame[frame["area_code"] == area].iloc[0]
            if answer["status"] != "shown":
                assert row[1] is None, "hidden and empty have no number in any cell"
                assert row[3], "and the reason beside them"
            elif figure.is_count:
                assert row[1] == answer["numerator"]
            elif isinstance(row[1], (int, float)):
                assert row[1] == pytest.approx(answer["value"], rel=1e-12)
            compared += 1
    say(f"{key} {area}: {compared} figures compared")
    assert compared


@pytest.mark.parametrize("key", OPEN)
def test_every_cell_of_every_table_is_in_the_workbook(made: Make, key: str) -> None:
    page = made(key)
    book, compared, number = sheets(page.file("xlsx")), 0, 0
    for block in outline(page.page):
        number += grid_of(block, "th") is not None
        if not isinstance(block, blocks.Tabular) or block.frame is None:
            continue
        columns = [column for column in block.columns if column.form != "line"]
        wanted = block.rows()[[column.name for column in columns]]
        rows = sheet_of(book, number)[1:]
        for line, found in zip(wanted.itertuples(index=False), rows, strict=not wanted.empty):
            for column, value, held in zip(columns, line, found, strict=False):
                compared += _compare(column.form, value, held)
    say(f"{key}: {compared} numbers compared")


def _compare(form: str, value: Any, held: Any) -> int:
    """Compare a cell of the page with that of the file; 1 where it is a number."""
    if numbers.is_missing(value) or value == numbers.MISSING:
        assert held is None  # a dash on the page is an empty cell of the file
    elif form != "text" and isinstance(held, (int, float)):
        assert held == pytest.approx(float(value), rel=1e-12)
        return 1
    elif isinstance(value, str):
        assert str(held or "").lstrip("'") == value.lstrip("'")
    return 0


@pytest.mark.parametrize("lang", LANGS)
def test_every_sheet_says_day_source_and_that_data_is_synthetic(made: Make, lang: Any) -> None:
    page = made("caseload", "50", lang)
    book = openpyxl.load_workbook(io.BytesIO(page.file("xlsx")))
    assert book.sheetnames[0] == t("export.about.sheet", lang)
    for sheet in book:
        first = [str(row[0]) for row in sheet.iter_rows(max_row=9, max_col=1, values_only=True)]
        assert t("note.synthetic_long", lang) in first, sheet.title
        assert sheet.freeze_panes or sheet.max_row < 12
        assert format_date(page.view.filters.day, lang) in (sheet.oddFooter.left.text or "")
    about = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert page.view.filters.line(lang) in about
    assert page.view.snapshot.snapshot_id in about
    assert any(t("indicator.families_per_case_manager.definition", lang) in str(x) for x in about)


def test_what_a_spreadsheet_could_run_is_a_text(made: Make) -> None:
    page = made("caseload")
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "ปกติ"]
    table = blocks.Table(
        key="hostile",
        title="=HYPERLINK()",
        frame=pd.DataFrame({"a": hostile}),
        columns=[blocks.Column("a", "=A")],
    )
    content = xlsx.render(blocks.Page(key="x", title="x", lead="=1", blocks=(table,)), page.view)
    rows = [row for name, rows in sheets(content).items() if name.startswith("1 ") for row in rows]
    assert [row[0] for row in rows] == ["'=A", "'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "ปกติ"]


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (Cell("1 : 4.8", 4.78, "ratio"), '"1 : "#,##0.0'),
        (Cell("1 : <0.001", 0.0001, "ratio"), ""),
        (Cell("87.5", 87.5, "percent"), "#,##0.0"),
        (Cell("1,234", 1234, "count"), "#,##0"),
        (Cell("+1.5", 1.5, "gap"), "+#,##0.0;−#,##0.0;#,##0.0"),
    ],
)
def test_a_number_is_written_with_the_places_of_the_screen(one: Cell, wanted: str) -> None:
    assert xlsx.number_format(one) == wanted


def test_zero_no_number_and_a_day_are_three_things() -> None:
    assert cell(0, "count", "0", "th") == Cell("0", 0, "count")
    assert cell(None, "count", "—", "th") == Cell("—")
    assert cell(date(2026, 9, 30), "text", "", "th").text == "30 ก.ย. 2569"
