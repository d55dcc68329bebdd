"""Downloads: Thai intact in a spreadsheet, nothing run there, source lines under the rows."""

import csv
import io

import pandas as pd
import pytest

from ui.blocks import Column
from ui.render.csv_file import csv_bytes, neutralise_formula
from ui.render.streamlit.tables import column_config, matching

PROVENANCE = ["ข้อมูล ณ วันที่ 30 ก.ย. 2569", "ที่มา: กรมพัฒนาสังคมและสวัสดิการ"]


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_download_begins_with_the_mark_that_spreadsheets_need_for_thai() -> None:
    content = csv_bytes(pd.DataFrame({"a": ["น้ำ"]}), {"a": "จังหวัด"}, PROVENANCE)
    assert content.startswith(b"\xef\xbb\xbf")
    assert lines(content)[:2] == [["จังหวัด"], ["น้ำ"]]


def test_the_source_lines_stand_under_an_empty_line() -> None:
    content = csv_bytes(pd.DataFrame({"a": [1]}), {"a": "n"}, PROVENANCE)
    assert lines(content)[-3:] == [[], [PROVENANCE[0]], [PROVENANCE[1]]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_could_be_run_as_a_formula_is_disarmed(start: str) -> None:
    assert neutralise_formula(f"{start}1+1") == f"'{start}1+1"


def test_numbers_stay_numbers_even_below_zero() -> None:
    assert neutralise_formula(-5) == -5
    frame = pd.DataFrame({"gap": pd.array([-1.5, None], dtype="Float64")})
    assert lines(csv_bytes(frame, {"gap": "gap"}, []))[1:3] == [["-1.5"], [""]]


def test_headings_and_source_lines_are_disarmed_too() -> None:
    content = csv_bytes(pd.DataFrame({"a": [1]}), {"a": "=1"}, ["@x"])
    assert lines(content)[0] == ["'=1"]
    assert lines(content)[-1] == ["'@x"]


@pytest.mark.parametrize(
    ("cells", "written"),
    [([11.35, 9.0], "1 : %.1f"), ([0.11, None], "1 : %.2f"), ([0.043, 2.0], "1 : %.3f")],
)
def test_a_column_of_ratios_has_the_digits_that_its_smallest_needs(
    cells: list[float | None], written: str
) -> None:
    frame = pd.DataFrame({"value": pd.array(cells, dtype="Float64")})
    config = column_config(Column("value", "value", "ratio"), frame["value"])
    assert config["type_config"]["format"] == written


def test_a_table_is_searched_in_every_cell_and_words_are_no_pattern() -> None:
    rows = pd.DataFrame(
        {
            "area": ["น่าน", "Nan (North)", "ตาก"],
            "n": pd.array([12, 7, None], dtype="Int64"),
        }
    )
    assert matching(rows, "  nan (").to_dict("list") == {"area": ["Nan (North)"], "n": [7]}
    assert matching(rows, "12")["area"].tolist() == ["น่าน"]
    assert matching(rows, ".*").empty
    assert len(matching(rows, "")) == len(matching(rows, None)) == len(rows)
