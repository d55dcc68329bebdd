"""Every file read back: its numbers are those that `show` gives, what is hidden or not filtered is
said in each."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from config import numbers
from config.i18n import t
from data_access import queries
from data_access.indicators import registry
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.exports.read_back import html_tables, numbers_in, pdf_pages, say, sheets
from tests.exports.test_digests import ROWS
from tests.support import world
from tests.support.commands import TODAY
from tests.support.documents import every_block
from ui.blocks import Block, Chart, Figures, FigureTable, List, Page, Tabular
from ui.render.documents import page_of
from ui.render.media import renderer
from ui.render.pages import spec
from ui.state.filter_state import FilterState, everything
from ui.state.page_context import View
from ui.text.figures import Figure

MEDIA = ("xlsx", "csv", "html", "pptx", "pdf")
# Five families in the capital are shown, three in the north are not.
SHOWN, HIDDEN = "10", "50"
PAGES = ("caseload", "follow_up")


@pytest.fixture(scope="module")
def info(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    folder = tmp_path_factory.mktemp("files") / "snapshots"
    folder.mkdir()
    return world.make(folder, ROWS)


def made(key: str, filters: FilterState, info: SnapshotInfo) -> tuple[Page, View]:
    view = View(filters, "en", "light", Scope(nation=True), info, today=TODAY)
    return page_of(spec(key), view), view


def words_of(medium: str, content: bytes) -> str:
    """All words of a file, spaces as one."""
    readers: dict[str, Callable[[bytes], Any]] = {
        "xlsx": lambda file: [cell for rows in every_row(file) for cell in rows if cell],
        "csv": lambda file: [file.decode("utf-8-sig")],
        "html": lambda file: [html_tables(file)[1]],
        "pptx": slide_texts,
        "pdf": pdf_pages,
    }
    return " ".join(" ".join(map(str, readers[medium](content))).split())


def every_row(content: bytes) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]


def slide_texts(content: bytes) -> list[str]:
    """The text of each shape, and of each row of each table."""
    texts = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            if shape.has_table:
                texts += [" ".join(cell.text for cell in row.cells) for row in shape.table.rows]
    return texts


def figures_of(page: Page) -> list[Figure]:
    blocks = [b for b in every_block((*page.above, *page.blocks)) if isinstance(b, Figures)]
    return [figure for block in blocks for figure in block.figures]


def door(figure: Figure, view: View, info: SnapshotInfo) -> tuple[str, float | None, str]:
    """What `show` gives for a figure: status, number, and the number in words."""
    query = view.filters.query()
    (row,) = queries.indicator(figure.name, query, scope=view.scope, snapshot=info).to_dict(
        "records"
    )
    if row["status"] != "shown":
        return str(row["status"]), None, ""
    item = registry.get(figure.name)
    if item.headline == "count":
        return "shown", float(row["numerator"]), numbers.count(int(row["numerator"]), "en")
    if numbers.is_missing(row["value"]) or figure.is_small:
        return "no number", None, ""
    return "shown", float(row["value"]), numbers.value(row["value"], item.unit, "en")


def number_in_sheet(content: bytes, title: str) -> Any:
    rows = [
        row for rows in sheets(content).values() for row in rows if len(row) > 2 and row[0] == title
    ]
    return rows[0][1]


def number_in_csv(content: bytes, title: str) -> str:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return next(row[1] for row in rows if len(row) > 2 and row[0] == title)


@pytest.mark.slow
@pytest.mark.parametrize("code", [SHOWN, HIDDEN])
def test_each_figure_of_each_file_is_the_number_of_show(info: SnapshotInfo, code: str) -> None:
    compared = dict.fromkeys(MEDIA, 0)
    for key in PAGES:
        page, view = made(key, everything(info.as_of).at(code), info)
        files = {medium: renderer(medium)(page, view) or b"" for medium in MEDIA}
        cards = slide_texts(files["pptx"])
        _, html = html_tables(files["html"])
        paper = " ".join(pdf_pages(files["pdf"]))
        for figure in figures_of(page):
            status, number, said = door(figure, view, info)
            title = figure.title("en")
            cell, field = number_in_sheet(files["xlsx"], title), number_in_csv(files["csv"], title)
            if number is None:
                # Hidden, or too few for a percentage: words or nothing, never a number.
                assert not isinstance(cell, (int, float)), (figure.name, status)
                assert not reads_as_number(field), (figure.name, status)
                continue
            assert cell == pytest.approx(number), figure.name
            assert float(field) == pytest.approx(number), figure.name
            card = next(text for text in cards if text.startswith(title))
            assert said in card.split("\n")[1], figure.name
            assert said in " ".join(html.split()), figure.name
            assert set(numbers_in(said)) <= set(numbers_in(paper)), figure.name
            for medium in MEDIA:
                compared[medium] += 1
    say(f"{code}: {compared}")
    assert min(compared.values()) >= 2


def reads_as_number(text: str) -> bool:
    """Whether a field of a CSV file would be read as a number."""
    return text.replace(",", "").replace(".", "").isdigit()


@pytest.mark.parametrize("medium", MEDIA)
def test_what_is_hidden_is_said_in_each_file(info: SnapshotInfo, medium: str) -> None:
    page, view = made("follow_up", everything(info.as_of).at(HIDDEN), info)
    said = words_of(medium, renderer(medium)(page, view) or b"")
    assert t("status.hidden", "en") in said
    # Three cases wait; no file gives their number as that of the card.
    late = next(figure for figure in figures_of(page) if figure.name == "no_contact_90_days")
    assert late.status == "hidden"


@pytest.mark.parametrize("medium", MEDIA)
def test_a_filter_that_is_not_followed_is_said_in_each_file(
    info: SnapshotInfo, medium: str
) -> None:
    page, view = made("follow_up", everything(info.as_of).at(SHOWN), info)
    blocks = list(every_block((*page.above, *page.blocks)))
    figures = next(block for block in blocks if isinstance(block, Figures))
    kinds = (List, Chart, FigureTable)
    tables = [next(b for b in blocks if isinstance(b, kind) and has_rows(b)) for kind in kinds]
    name = figures.figures[0].name
    marked = [
        replace(figures, not_followed={name: "The card leaves a filter out"}, histories=None),
        *(
            replace(block, key=f"block_{n}", not_followed=f"Block {n} leaves a filter out")
            for n, block in enumerate(tables)
        ),
    ]
    page = replace(page, blocks=tuple(marked))
    said = words_of(medium, renderer(medium)(page, view) or b"")
    lines = {"The card leaves a filter out", *(f"Block {n} leaves a filter out" for n in range(3))}
    assert not [line for line in lines if line not in said]


def has_rows(block: Block) -> bool:
    """Whether a block has rows to show; figures always have."""
    return not isinstance(block, Tabular) or block.count > 0
