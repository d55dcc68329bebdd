"""Workbooks as people make them: real dates, numbers for codes, merged, hidden and broken cells."""

import re
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from data_access.importers import workbook_marks
from tests.importers import sets


def typed(tables: sets.Tables) -> sets.Tables:
    """The tables with the cells that Excel would hold as numbers, dates and truth values."""
    for row in tables["worker_posts"] + tables["volunteers"] + tables["families"]:
        for name in ("province_code", "district_code", "fte"):
            if row.get(name):
                row[name] = float(row[name])
    for rows in tables.values():
        for row in rows:
            for name, cell in row.items():
                if name.endswith("_on") and cell:
                    row[name] = date.fromisoformat(cell)
                elif cell == "true":
                    row[name] = True
    return tables


def test_real_dates_numbers_and_truth_values_are_read_like_their_texts(tmp_path: Path) -> None:
    from_text, _ = sets.load(sets.saved(tmp_path / "a.xlsx", sets.workbook(sets.right())))
    from_cells, report = sets.load(
        sets.saved(tmp_path / "b.xlsx", sets.workbook(typed(sets.right())))
    )

    assert report.notes == ()
    for name in sets.right():
        query = f"SELECT * FROM {name} ORDER BY source_row"
        assert from_cells.execute(query).fetchall() == from_text.execute(query).fetchall()


def test_a_buddhist_year_typed_as_a_christian_one_is_read_as_buddhist(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["cases"]["E2"] = date(2568, 10, 1)

    con, _ = sets.load(sets.saved(tmp_path / "book.xlsx", book))

    query = "SELECT opened_on FROM cases WHERE source_row = 2"
    assert con.execute(query).fetchall() == [(date(2025, 10, 1),)]


def test_a_time_of_day_is_dropped_with_a_note(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["cases"]["E2"] = datetime(2025, 10, 1, 14, 30)

    con, report = sets.load(sets.saved(tmp_path / "book.xlsx", book))

    assert con.execute("SELECT min(opened_on) FROM cases").fetchone() == (date(2025, 10, 1),)
    assert [note.rule for note in report.notes] == ["time_dropped"]


def test_day_numbers_in_a_date_column_are_read_as_days(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["cases"]["E2"] = 45931
    book["cases"]["E2"].number_format = "bbbb"  # a Thai date format that few readers know

    con, report = sets.load(sets.saved(tmp_path / "book.xlsx", book))

    assert con.execute("SELECT min(opened_on) FROM cases").fetchone() == (date(2025, 10, 1),)
    assert report.lines("en") == ["Table cases: 1 of Excel's day numbers were read as dates."]


def test_day_numbers_of_a_workbook_that_counts_from_1904_are_moved(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    book["cases"]["E2"] = 45931 - 1462

    con, _ = sets.load(sets.saved(tmp_path / "book.xlsx", book))

    assert con.execute("SELECT min(opened_on) FROM cases").fetchone() == (date(2025, 10, 1),)


def test_a_number_is_not_given_the_tail_of_its_binary_form(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["worker_posts"]["F2"] = 0.1 + 0.2

    con, _ = sets.load(sets.saved(tmp_path / "book.xlsx", book))

    assert con.execute("SELECT fte::VARCHAR FROM worker_posts LIMIT 1").fetchone() == ("0.3000",)


def test_row_numbers_are_those_of_excel_past_blank_rows(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["families"].insert_rows(3, amount=2)
    book["families"]["C5"] = "9999"

    problem = sets.only(sets.saved(tmp_path / "book.xlsx", book))

    assert (problem.table, problem.row, problem.value) == ("families", 5, "9999")


def test_cells_merged_over_rows_are_refused_with_their_rows(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["families"].merge_cells("B2:B3")

    bad = sets.refused(sets.saved(tmp_path / "book.xlsx", book))

    (problem,) = [p for p in bad.problems if p.rule == "merged_cells"]
    assert (problem.row, problem.column) == (2, "household_id")
    assert "ตั้งแต่แถวที่ 2 ถึง 3" in problem.text("th")
    assert "merged from row 2 to 3" in problem.text("en")


def test_a_formula_saved_without_its_result_is_refused_not_read_as_empty(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["cases"]["G2"] = "=E2+30"  # openpyxl writes no results

    problem = sets.only(sets.saved(tmp_path / "book.xlsx", book))

    assert (problem.row, problem.column, problem.value) == (2, "closed_on", "=E2+30")
    assert problem.rule == "formula_without_value"


def test_a_cell_that_shows_an_error_is_refused_not_read_as_empty(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["cases"]["G2"] = "#N/A"

    problem = sets.only(sets.saved(tmp_path / "book.xlsx", book))

    assert (problem.row, problem.column, problem.value) == (2, "closed_on", "#N/A")
    assert "“#N/A”" in problem.text("th")


def test_hidden_sheets_rows_and_columns_are_read_and_noted(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["workers"].sheet_state = "hidden"
    book["families"].row_dimensions[3].hidden = True
    book["families"].column_dimensions["B"].hidden = True

    con, report = sets.load(sets.saved(tmp_path / "book.xlsx", book))

    assert con.execute("SELECT count(household_id) FROM families").fetchone() == (2,)
    assert report.lines("en") == [
        "Table workers: the sheet is hidden and was read all the same.",
        "Table families: 1 hidden rows (the first is row 3) were read all the same.",
        "Table families, column household_id: the column is hidden and was read all the same.",
    ]


def test_a_title_above_the_header_is_refused_with_the_header_row(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book["families"].insert_rows(1, amount=2)
    book["families"]["A1"] = "ทะเบียนครอบครัว"

    bad = sets.refused(sets.saved(tmp_path / "book.xlsx", book))

    (problem,) = [p for p in bad.problems if p.table == "families"]
    assert (problem.row, problem.rule) == (3, "header_lower")


def test_an_empty_sheet_of_a_known_name_is_refused(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book.create_sheet("awards")

    problem = sets.only(sets.saved(tmp_path / "book.xlsx", book))

    assert (problem.table, problem.rule) == ("awards", "empty_sheet")


def test_an_unknown_sheet_is_said_and_ignored(tmp_path: Path) -> None:
    book = sets.workbook(sets.right())
    book.create_sheet("คำอธิบาย").append(["อ่านก่อน"])

    _, report = sets.load(sets.saved(tmp_path / "book.xlsx", book))

    assert report.lines("th") == ["คำอธิบาย: ไม่ใช่ตารางในรูปแบบข้อมูลที่กำหนด จึงไม่ได้อ่าน"]


SHEET = """<worksheet><cols><col min="2" max="3" hidden="1"/><col min="9" max="9"/></cols>
<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>
<row hidden='true' r="2"><c r="A2"><f>B2</f><v>7</v></c>
<c r="B2" t="str"><f>C2</f><v></v></c></row>
<row r="3" spans="1:3"><c r="AB3" s="2"><f>SUM(A1:A2)</f><v/></c>
<c r="B3" t="e"><v>#REF!</v></c></row>
<row r="4"><c r="A4"><f t="shared" si="0"/></c><c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
</sheetData></worksheet>"""


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_the_marks_of_a_sheet_are_found_with_and_without_prefixes(prefix: str) -> None:
    sheet = re.sub(r"<(/?)(\w)", rf"<\1{prefix}\2", SHEET)

    marks = workbook_marks.search(sheet.encode())

    assert marks.without_result == [(3, 27, "=SUM(A1:A2)"), (4, 0, "=")]
    assert marks.errors == [(3, 1, "#REF!"), (4, 1, "#DIV/0!")]
    assert marks.hidden_rows == [2]
    assert marks.hidden_columns == [1, 2]
