"""Slides: an editable chart stands for the picture's own numbers, and says what it leaves out."""

import io
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation

from config.i18n import t
from tests.exports.conftest import Make
from ui.blocks import Chart, Column, Page, Text
from ui.render import links
from ui.render.grids import grid_of
from ui.render.outline import find
from ui.render.parts import part_of
from ui.render.pptx import charts, render
from ui.render.pptx.drawn_numbers import drawn_numbers
from ui.render.pptx.tables import portions

SHARES, COUNTS = [100.0, 100.0, 100.0], [40, 30, 20]


def chart(values: list[Any], rows: pd.DataFrame, field: str = "value") -> Chart:
    encoding = {"x": {"field": field, "type": "quantitative"}, "y": {"field": "at"}}
    spec = {
        "datasets": {"d": [{"at": n, field: value} for n, value in enumerate(values)]},
        "layer": [{"data": {"name": "d"}, "mark": "bar", "encoding": encoding}],
    }
    return Chart(
        key="ranking",
        title="x",
        spec=lambda: spec,
        frame=rows,
        columns=[
            Column("area", "พื้นที่"),
            Column("value", "ร้อยละ", "percent"),
            Column("numerator", "รายการ", "count"),
            Column("state", "หมายเหตุ"),
        ],
    )


def rows(counts: list[Any], shares: list[Any] = SHARES) -> pd.DataFrame:
    hidden = t("status.hidden", "th")
    return pd.DataFrame(
        {
            "area": [f"อำเภอ {n}" for n in range(len(counts))],
            "value": shares,
            "numerator": pd.array(counts, dtype="Int64"),
            "state": [hidden if count is None else "" for count in counts],
        }
    )


def test_a_ranking_by_count_is_a_chart_of_counts_though_the_share_stands_first() -> None:
    series = charts.series_of(part_of(chart([40, 30, 20], rows(COUNTS)), "th"))
    assert series is not None
    assert (series.name, series.values) == ("รายการ", (40.0, 30.0, 20.0))
    assert series.labels == ("อำเภอ 0", "อำเภอ 1", "อำเภอ 2")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ([40, 30, 20, 5, 6, 7], "value"),  # a second series, which the table has elsewhere
        ([1, 2, 3], "value"),  # other numbers than any column's
        ([40, 30, 20], "left"),  # ends of stacked bars
    ],
)
def test_what_no_column_holds_stays_a_picture(values: list[int], field: str) -> None:
    assert charts.series_of(part_of(chart(values, rows(COUNTS), field), "th")) is None


def test_rows_that_are_hidden_are_counted_on_the_slide(made: Make) -> None:
    view = made("indicators").view
    hidden = chart([40, 30], rows([40, 30, None], [100.0, 100.0, None]))
    page = Page(key="caseload", title="x", lead="", blocks=(hidden,))
    file = Presentation(io.BytesIO(render(page, view)))
    words = [
        shape.text_frame.text for slide in file.slides for shape in slide.shapes
        if shape.has_text_frame
    ]  # fmt: skip
    assert any(t("export.chart.without", "th", n=1) in text for text in words)


def test_a_chart_without_any_number_is_a_sentence_and_no_failure(made: Make) -> None:
    view = made("indicators").view
    nothing = chart([], rows([None, None], [None, None]))
    blocks = (Text("หัวข้อ", "heading"), nothing)
    for slides in (True, False):
        page = Page(key="present", title="x", lead="", blocks=blocks, slides=slides)
        file = Presentation(io.BytesIO(render(page, view)))
        words = [s.text_frame.text for one in file.slides for s in one.shapes if s.has_text_frame]
        assert t("export.chart.nothing", "th") in words


def test_rows_of_many_lines_get_more_slides_and_none_is_lost(made: Make) -> None:
    frame = pd.DataFrame({"a": ["คำ " * 150, "สั้น"] * 10})
    table = Chart(
        key="t",
        title="x",
        spec=lambda: {},
        frame=frame,
        columns=[Column("a", "คำ"), Column("a", "b")],
    )
    grid = grid_of(table, "th")
    assert grid is not None
    spans = portions(grid)
    assert len(spans) > 2
    assert [n for span in spans for n in range(*span)] == list(range(20))


def test_every_slide_leads_to_its_view(made: Make) -> None:
    page = made("caseload", "50")
    file = Presentation(io.BytesIO(page.file("pptx")))
    address = links.address(page.page, page.view)
    found = [
        {shape.click_action.hyperlink.address for shape in slide.shapes if shape.shape_type == 13}
        for slide in list(file.slides)[1:]
    ]
    assert found
    assert all(address in one for one in found)


def test_the_numbers_of_a_real_ranking_are_found_in_its_picture(made: Make) -> None:
    block = find(made("caseload").page, "caseload_by_area")
    assert isinstance(block, Chart)
    series = charts.series_of(part_of(block, "th"))
    assert series is not None
    drawn = {round(number, 6) for number in drawn_numbers(block.spec())}
    assert {round(value, 6) for value in series.values if value is not None} & drawn
