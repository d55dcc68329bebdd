"""Names of courses on charts: how wide they are, and where a long one breaks."""

import pandas as pd
import pytest

from ui.charts import pairs
from ui.charts.look import Look
from ui.charts.titles import two_lines, width_of


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("ที่นี่", 2), ("น้ำ", 2), ("ผู้ปฏิบัติงาน", 8)]
)
def test_marks_above_and_below_take_no_room(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("หลักสูตรพื้นฐาน รุ่นที่ 1", ["หลักสูตรพื้นฐาน รุ่นที่ 1"]),
        (
            "หลักสูตรทบทวนการจัดการรายกรณีสำหรับนักสังคมสงเคราะห์ (ปีงบฯ 2569) รุ่นที่ 1",
            ["หลักสูตรทบทวนการจัดการรายกรณีสำหรับนักสังคมสงเคราะห์", "(ปีงบฯ 2569) รุ่นที่ 1"],
        ),
        ("x" * 60, ["x" * 60]),
        ("x" * 41 + " y", ["x" * 41, "y"]),
    ],
)
def test_a_long_title_breaks_once_before_a_bracket_or_at_a_space(
    title: str, lines: list[str]
) -> None:
    assert two_lines(title).split("\n") == lines


@pytest.mark.parametrize(("label", "above"), [("หลักสูตร ก", False), ("ก" * 35, True)])
def test_a_long_name_stands_above_its_bars(label: str, above: bool) -> None:
    frame = pd.DataFrame({"label": [label, "ข"], "a": [3, 2], "b": [1, 1]})
    spec = pairs.side_by_side(
        frame, series=[("a", "ก"), ("b", "ข")], lang="th", theme=Look("th").theme
    )
    texts = [m for m in spec["layer"] if m["encoding"].get("text", {}).get("field") == "label"]
    assert bool(texts) is above
    axes = [m["encoding"]["y"].get("axis") for m in spec["layer"] if "y" in m["encoding"]]
    assert all((axis is None) is above for axis in axes)
