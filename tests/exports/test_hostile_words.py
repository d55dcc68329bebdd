"""Words of the data in files that run or obey them: the workbook in a slide, HTML."""

import io

import pandas as pd
from openpyxl import load_workbook
from pptx import Presentation

from tests.exports.conftest import Make
from ui import blocks
from ui.render import html
from ui.render.about import About
from ui.render.pptx import charts
from ui.render.pptx.charts import Series
from ui.render.pptx.slides import Deck

HOSTILE = ("=1+1", "{=1+1}", "+1", "-1", "@SUM(A1)", "\t=1")


def test_the_workbook_inside_a_slide_runs_nothing() -> None:
    file = Presentation()
    slide = file.slides.add_slide(file.slide_layouts[6])
    deck = Deck(file, About("", "", "", (), "", "", ()), "th")
    numbers = tuple(map(float, range(len(HOSTILE))))
    charts.draw(deck, slide, Series("=A", HOSTILE, numbers, "count", over_time=False))
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) == 1 + 2 * len(HOSTILE)
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.value for cell in cells if cell.column == 1] == [f"'{x}" for x in HOSTILE]


def test_markup_in_the_data_is_words_in_the_html_file(made: Make) -> None:
    word = "<img src=x onerror=alert(1)>"
    table = blocks.Table(
        key="hostile",
        title=word,
        frame=pd.DataFrame({"a": [word]}),
        columns=[blocks.Column("a", word)],
    )
    page = blocks.Page(key="x", title=word, lead=word, blocks=(table,))
    text = html.render(page, made("caseload").view).decode()
    assert "<img src=x" not in text
    assert text.count("&lt;img src=x") >= 4
