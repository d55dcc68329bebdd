"""CSV for a file begins with a byte-order mark for Excel; what goes into a pipe has none."""

import io
from pathlib import Path

import pandas as pd
import pytest

from data_access.output import BYTE_ORDER_MARK, FORMATS, with_mark

CSV = "indicator,value\nร้อยละ,80\n"


@pytest.mark.parametrize(
    ("form", "wanted", "marked"),
    [("csv", False, True), ("csv", True, True), ("json", True, False), ("table", False, False)],
)
def test_what_goes_into_a_file_is_marked_where_it_is_csv(
    form: str, wanted: bool, marked: bool, tmp_path: Path
) -> None:
    with (tmp_path / "out.csv").open("w", encoding="utf-8") as file:
        text = with_mark(CSV, form, wanted, file)

    assert text == (BYTE_ORDER_MARK if marked else "") + CSV


def test_what_does_not_is_marked_only_when_asked_for() -> None:
    out = io.StringIO()

    assert with_mark(CSV, "csv", False, out) == CSV
    assert with_mark(CSV, "csv", True, out) == BYTE_ORDER_MARK + CSV


def test_words_of_a_list_run_in_no_spreadsheet_and_numbers_stay_numbers() -> None:
    frame = pd.DataFrame({"=name": ["=1+1", None], "text": ["ก", "@x"], "n": [-1, 2]})
    frame["n_or_none"] = pd.array([-3, None], dtype="Int64")

    assert FORMATS["csv"](frame).splitlines()[1:] == ["'=1+1,ก,-1,-3", ",'@x,2,"]
