"""HTML and PDF: every cell of every table is there, every page of paper says what the data is."""

import re

import pytest

from config.i18n import t
from tests.exports.conftest import Make
from tests.exports.read_back import html_tables, numbers_in, pdf_fonts, pdf_pages, say
from ui.blocks import Download, Figures
from ui.render import picture
from ui.render.grids import grid_of
from ui.render.outline import outline
from ui.render.pdf import MOST_ROWS

pytestmark = pytest.mark.slow

PAGES = [("caseload", "50"), ("overview", "TH"), ("province_map", "TH")]


@pytest.mark.parametrize(("key", "area"), PAGES)
def test_tables_of_the_html_file_have_the_cells_of_the_page(
    made: Make, key: str, area: str
) -> None:
    page = made(key, area)
    tables, text = html_tables(page.file("html"))
    blocks = [block for block in outline(page.page) if not isinstance(block, (Download, Figures))]
    grids = [grid for block in blocks if (grid := grid_of(block, "th"))]
    wanted = [g for g in grids if g.rows]
    assert len(tables) == len(wanted)
    compared = 0
    for grid, table in zip(wanted, tables, strict=True):
        shown = [[cell.text for cell in row] for row in grid.rows]
        assert table[1:] == [[x.replace("\N{NO-BREAK SPACE}", " ") for x in row] for row in shown]
        compared += sum(cell.number is not None for row in grid.rows for cell in row)
    for grid in grids:
        assert not grid.not_followed or grid.not_followed in text
    say(f"{key} {area}: {compared} numbers compared")
    assert t("note.synthetic_long", "th") in text


def test_the_html_file_asks_for_nothing_from_outside(made: Make) -> None:
    text = made("caseload", "50").file("html").decode()
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]+"', text)
    assert not re.findall(r"url\((?!#|data:)[^)]+\)", text)
    assert "<script" not in text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids)), "pictures keep their ids apart"


@pytest.mark.parametrize(("key", "area"), PAGES[:2])
def test_paper_carries_its_fonts_its_marks_and_its_numbers(made: Make, key: str, area: str) -> None:
    page = made(key, area)
    content = page.file("pdf")
    fonts = pdf_fonts(content)
    # A missing font is replaced without a word: only the file itself can tell.
    assert {"Sarabun-Regular", "Sarabun-Bold", "Sarabun-SemiBold"} <= fonts
    pages = pdf_pages(content)
    for number, text in enumerate(pages, start=1):
        assert {str(number), str(len(pages)), "2569"} <= set(numbers_in(text)), "foot of a page"
    written, compared = set(numbers_in(" ".join(pages))), 0
    for block in outline(page.page):
        grid = None if isinstance(block, Download) else grid_of(block, "th")
        for row in grid.rows[:MOST_ROWS] if grid else ():
            for cell in row:
                if cell.number is not None:
                    assert set(numbers_in(cell.text)) <= written, cell
                    compared += 1
    say(f"{key} {area}: {compared} numbers compared")
    assert compared


def test_sara_am_is_taken_apart_with_its_tone_mark_between() -> None:
    nikhahit, aa, tho = (
        "\N{THAI CHARACTER NIKHAHIT}",
        "\N{THAI CHARACTER SARA AA}",
        "\N{THAI CHARACTER MAI THO}",
    )
    assert picture.split_sara_am("น้ำ") == f"น{nikhahit}{tho}{aa}"
    assert picture.split_sara_am({"a": ["ทำ", 1, None]}) == {"a": [f"ท{nikhahit}{aa}", 1, None]}
