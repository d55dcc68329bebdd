"""Slides: charts and tables that can be edited hold the page's numbers, Thai has its typeface."""

import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from config.i18n import t
from config.theme import FONT
from tests.exports.conftest import Make
from tests.exports.read_back import say
from ui.blocks import Download, Figures
from ui.render.grids import Grid, grid_of
from ui.render.outline import outline
from ui.render.parts import parts
from ui.render.pptx import charts, tables

pytestmark = pytest.mark.slow

PAGES = [("caseload", "north"), ("overview", "50")]


def shapes(file: Any) -> Any:
    return (shape for slide in file.slides for shape in slide.shapes)


@pytest.mark.parametrize(("key", "area"), PAGES)
def test_tables_and_charts_of_slides_hold_the_numbers_of_the_page(
    made: Make, key: str, area: str
) -> None:
    page = made(key, area)
    file = Presentation(io.BytesIO(page.file("pptx")))
    blocks = [b for b in outline(page.page) if not isinstance(b, (Download, Figures))]
    grids = [grid.compact() for b in blocks if (grid := grid_of(b, "th")) and grid.rows]
    written = [
        tuple(cell.text for cell in row.cells)
        for shape in shapes(file)
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    wanted = [row for grid in grids for row in _shown(grid)]
    assert written == wanted
    drawn = [s for part in parts(page.page, page.view) if (s := charts.series_of(part))]
    native = [shape.chart for shape in shapes(file) if shape.has_chart]
    for chart, series in zip(native, drawn, strict=True):
        assert list(chart.plots[0].categories) == list(series.labels)
        assert tuple(chart.plots[0].series[0].values) == series.values
    points = sum(len(series.values) for series in drawn)
    say(f"{key} {area}: {sum(map(len, wanted))} cells and {points} points compared")
    assert wanted
    # The executive page is cards and a table; nothing is drawn there.
    assert bool(points) == (key == "caseload")


def _shown(grid: Grid) -> list[tuple[str, ...]]:
    _, end = tables.portions(grid)[: tables.MOST_SLIDES][-1]
    return [tuple(cell.text for cell in row) for row in grid.rows[:end]]


def test_every_run_has_the_typeface_for_thai_and_every_slide_its_mark(made: Make) -> None:
    page = made("caseload", "north")
    file = Presentation(io.BytesIO(page.file("pptx")))
    for slide in file.slides:
        runs = list(slide._element.iter(qn("a:r")))
        for run in runs:
            properties = run.find(qn("a:rPr"))
            faces = {
                properties.find(qn(f"a:{name}")).get("typeface") for name in ("latin", "ea", "cs")
            }
            assert faces == {FONT}
            assert properties.get("lang") == "th-TH"
        words = " ".join(run.findtext(qn("a:t")) or "" for run in runs)
        assert t("note.synthetic", "th") in words
        assert "30 ก.ย. 2569" in words
    notes = [
        slide.notes_slide.notes_text_frame.text for slide in file.slides if slide.has_notes_slide
    ]
    definition = t("indicator.families_per_case_manager.definition", "th")
    assert any(definition in text for text in notes)
    pictures = [s for s in shapes(file) if s.shape_type == 13]
    assert all(p._element.nvPicPr.cNvPr.get("descr") for p in pictures)
