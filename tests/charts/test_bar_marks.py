"""Strokes across ranked bars: what each area is set against, in the picture and in words."""

from typing import Any

import pandas as pd
import pytest

from tests.charts.made import COMPLETION, cell, frame
from ui.charts import bars
from ui.charts.look import Look
from ui.render.pptx.drawn_numbers import drawn_numbers

WORDS = bars.Labels(against="ค่ามัธยฐานของจังหวัดที่คล้ายกัน")


@pytest.fixture
def rows() -> pd.DataFrame:
    found = frame([cell("50", 40, 80, 100), cell("51", 60, 80, 100), cell("52", 20, 80, 100)])
    return found.assign(against=pd.array([90.0, None, 10.0], dtype="Float64"))


def marks(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]


def test_each_bar_has_the_stroke_of_its_own_area_and_none_where_nothing_is_known(
    rows: pd.DataFrame,
) -> None:
    spec = bars.bar_ranking(rows, indicator=COMPLETION, look=Look("th"), labels=WORDS)
    held = {row["code"]: (row["mark"], row["mark_told"]) for row in spec["datasets"]["rows"]}
    assert held == {"52": (10.0, "ร้อยละ 10.0"), "50": (90.0, "ร้อยละ 90.0"), "51": (None, "—")}
    rim, stroke = marks(spec)
    for layer in (rim, stroke):
        assert layer["encoding"]["x"]["field"] == "mark"
        assert layer["transform"] == [{"filter": "isValid(datum.mark)"}]
    assert rim["mark"]["strokeWidth"] > stroke["mark"]["strokeWidth"]
    # The longest of bars and strokes fits: 90 is more than any value.
    (domain,) = {tuple(m["encoding"]["x"]["scale"]["domain"]) for m in marks(spec)}
    assert domain == (0, 90)


def test_the_marks_are_said_in_words_above_the_bars_and_to_a_screen_reader(
    rows: pd.DataFrame,
) -> None:
    spec = bars.bar_ranking(rows, indicator=COMPLETION, look=Look("th"), labels=WORDS)
    said = [
        layer["encoding"]["text"].get("value", "")
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
    ]
    assert "┃ ค่ามัธยฐานของจังหวัดที่คล้ายกัน" in said
    assert "ค่ามัธยฐานของจังหวัดที่คล้ายกัน: แม่ฮ่องสอน" not in spec["description"]
    assert "ค่ามัธยฐานของจังหวัดที่คล้ายกัน: ลำปาง ร้อยละ 10.0" in spec["description"]


def test_without_words_there_are_no_marks_and_no_more_room(rows: pd.DataFrame) -> None:
    plain = bars.bar_ranking(rows, indicator=COMPLETION, look=Look("th"))
    marked = bars.bar_ranking(rows, indicator=COMPLETION, look=Look("th"), labels=WORDS)
    assert not marks(plain)
    assert marked["height"] > plain["height"]


def test_an_editable_chart_never_stands_in_for_one_with_marks(rows: pd.DataFrame) -> None:
    marked = bars.bar_ranking(rows, indicator=COMPLETION, look=Look("th"), labels=WORDS)
    plain = bars.bar_ranking(rows, indicator=COMPLETION, look=Look("th"))
    assert drawn_numbers(marked) == []
    assert len(drawn_numbers(plain)) == 3
