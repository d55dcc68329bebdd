"""What each unreadable cell says, in both languages, and what is read although it looks odd."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.importers import sets

AT = "Table cases, row 2, column"
TH = "ตาราง cases แถวที่ 2 คอลัมน์"
COURSES = "ตาราง courses แถวที่ 2 คอลัมน์ qualifying: "

# table, column, what the cell holds → the whole message in Thai and in English
WRONG = [
    (
        "cases",
        "opened_on",
        "31/02/2569",
        f"{TH} opened_on: “31/02/2569” ไม่มีในปฏิทิน โปรดตรวจวันและเดือน เขียนเป็น วว/ดด/ปปปป (พ.ศ.)"
        " เช่น 05/10/2568",
        f"{AT} opened_on: “31/02/2569” is not in the calendar. Check the day and the month;"
        " write dd/mm/yyyy in the Buddhist year, like 05/10/2568.",
    ),
    (
        "cases",
        "target_group",
        "ผู้สูงอายุ",
        f"{TH} target_group: “ผู้สูงอายุ” ไม่อยู่ในรายการรหัส รหัสที่ใกล้เคียงคือ elder"
        " โปรดใช้รหัส (ไม่ใช่คำอธิบาย) ข้อใดข้อหนึ่ง: child, youth, working_age, elder,"
        " destitute_elder, disabled, homeless, beggar, woman_family, poor_family, violence,"
        " displaced",
        f"{AT} target_group: “ผู้สูงอายุ” is not in the code list. The nearest code is elder."
        " Write one of the codes (not its label): child, youth, working_age, elder,"
        " destitute_elder, disabled, homeless, beggar, woman_family, poor_family, violence,"
        " displaced.",
    ),
    (
        "cases",
        "urgent",
        "yes",
        f"{TH} urgent: “yes” ไม่ใช่คำตอบใช่หรือไม่ใช่ โปรดเขียน true หรือ false, 1 หรือ 0, “ใช่” หรือ"
        " “ไม่ใช่” หากไม่ทราบให้เว้นว่าง",
        f"{AT} urgent: “yes” is neither yes nor no. Write true or false, 1 or 0, “ใช่” or “ไม่ใช่”;"
        " leave it empty when unknown.",
    ),
    (
        "cases",
        "case_id",
        None,
        f"{TH} case_id: ช่องนี้ว่างไม่ได้ โปรดกรอก เช่น C000123",
        f"{AT} case_id: this cell may not be empty. Fill it in, like C000123.",
    ),
    (
        "worker_posts",
        "fte",
        "ครึ่ง",
        "ตาราง worker_posts แถวที่ 2 คอลัมน์ fte: “ครึ่ง” ไม่ใช่ตัวเลข โปรดเขียนเป็นตัวเลขโดยใช้จุดทศนิยม เช่น 1.0",
        "Table worker_posts, row 2, column fte: “ครึ่ง” is not a number. Write digits with a"
        " decimal point, like 1.0.",
    ),
    (
        "worker_posts",
        "fte",
        "0.33333",
        "ตาราง worker_posts แถวที่ 2 คอลัมน์ fte: “0.33333” มีหลักมากเกินไป ใช้ทศนิยมได้ไม่เกิน 4 ตำแหน่ง"
        "และจำนวนเต็มไม่เกิน 10 หลัก เช่น 1.0",
        "Table worker_posts, row 2, column fte: “0.33333” has too many digits. Use at most 4"
        " decimal places and 10 digits before the point, like 1.0.",
    ),
]


@pytest.mark.parametrize(("table", "column", "cell", "thai", "english"), WRONG)
def test_a_wrong_cell_says_where_what_and_how(
    table: str, column: str, cell: str | None, thai: str, english: str, tmp_path: Path
) -> None:
    tables = sets.changed(table, 2, **{column: cell})
    if column == "case_id":  # nothing may refer to the row that lost its id
        tables["case_assignments"] = tables["case_assignments"][1:]
        for row in tables["follow_ups"]:
            row["case_id"] = "C2"
            row["done_on"] = None

    problem = sets.only(sets.csv_folder(tmp_path, tables))

    assert problem.text("th") == thai
    assert problem.text("en") == english


AWARD = {"volunteer_id": "V1", "award": "x"}
# One row of an optional table: columns and cells, the column that is wrong, the rule, English hint
WRONG_NUMBERS = [
    (
        "awards",
        {"volunteer_id": "V1", "award": "x", "fiscal_year": "2026"},
        "fiscal_year_era",
        "2569",
    ),
    (
        "awards",
        {"volunteer_id": "V1", "award": "x", "fiscal_year": "25690"},
        "fiscal_year_range",
        "2569",
    ),
    ("awards", AWARD | {"fiscal_year": "ปี 69"}, "not_whole", "2569"),
    (
        "assessments",
        {"case_id": "C1", "assessed_on": "2025-10-05", "dimension": "income", "level": "4"},
        "out_of_range",
        "between 0 and 3",
    ),
    (
        "assessments",
        {"case_id": "C1", "assessed_on": "2025-10-05", "dimension": "income", "level": "1.5"},
        "not_whole",
        "like 2",
    ),
    (
        "province_statistics",
        {"province_code": "50", "year": "1899"},
        "out_of_range",
        "between 1950 and 2100",
    ),
    (
        "targets",
        {
            "indicator": "follow_up_completion",
            "scope_code": "TH",
            "fiscal_year": "2569",
            "value": "80 บาท",
            "source": "y",
        },
        "not_number",
        "like 80",
    ),
    (
        "screenings",
        {"case_id": "C1", "tool": "t", "version": "1", "run_on": "5/10/68", "flag": "x"},
        "date_shape",
        "05/10/2568",
    ),
    (
        "screenings",
        {"case_id": "C1", "tool": "t", "version": "1", "run_on": "05/10/1900", "flag": "x"},
        "date_year",
        "05/10/2568",
    ),
]


@pytest.mark.parametrize(("table", "row", "rule", "hint"), WRONG_NUMBERS)
def test_a_wrong_number_year_or_date_has_its_rule_and_example(
    table: str, row: dict[str, str], rule: str, hint: str, tmp_path: Path
) -> None:
    problem = sets.only(sets.csv_folder(tmp_path, sets.right(**{table: [row]})))

    assert (problem.table, problem.row, problem.rule) == (table, 2, rule)
    assert hint in problem.text("en")


# table, row, column, what the cell holds → the value that is loaded
READ: list[tuple[str, int, str, str, Any]] = [
    ("cases", 2, "opened_on", "01/10/2568", date(2025, 10, 1)),
    ("cases", 2, "opened_on", "๑/๑๐/๒๕๖๘", date(2025, 10, 1)),
    ("cases", 2, "opened_on", "2568-10-01", date(2025, 10, 1)),
    ("cases", 2, "opened_on", "2025-10-01 00:00:00", date(2025, 10, 1)),
    ("cases", 2, "opened_on", "\u00a02025-10-01 ", date(2025, 10, 1)),
    ("cases", 3, "opened_on", "29/02/2567", date(2024, 2, 29)),
    ("cases", 2, "urgent", "ใช่", True),
    ("cases", 2, "urgent", "ไม่ใช่", False),
    ("cases", 2, "urgent", "TRUE", True),
    ("cases", 2, "urgent", "0", False),
    ("cases", 2, "urgent", "๑", True),
    ("cases", 2, "urgent", "   ", None),
    ("cases", 2, "stage", " follow_up\t", "follow_up"),
    ("worker_posts", 2, "fte", "๐.๗๕", Decimal("0.7500")),
    ("worker_posts", 2, "fte", "1", Decimal("1.0000")),
    ("worker_posts", 2, "fte", "0.1", Decimal("0.1000")),
    ("cohorts", 2, "reported_attendance", "1,234", 1234),
    ("cohorts", 2, "reported_attendance", "๘๓", 83),
    ("cohorts", 2, "reported_attendance", "83.0", 83),
    ("cohorts", 2, "venue", "\ufeff Zoom \u200b", "Zoom"),
]


@pytest.mark.parametrize(("table", "row", "column", "cell", "value"), READ)
def test_a_cell_written_another_way_is_read(
    table: str, row: int, column: str, cell: str, value: Any, tmp_path: Path
) -> None:
    tables = sets.changed(table, row, **{column: cell})
    con, report = sets.load(sets.csv_folder(tmp_path, tables))

    query = f"SELECT {column} FROM {table} WHERE source_row = {row}"
    assert con.execute(query).fetchall() == [(value,)]
    assert report.notes == ()


# What was understood but is worth a note: rule, and the note's examples
NOTED: list[tuple[str, dict[str, str], str, Any, str]] = [
    ("cases", {"opened_on": "2025-10-01 14:30"}, "time_dropped", date(2025, 10, 1), "14:30"),
    (
        "cases",
        {"opened_on": "2025-09-30T20:00:00Z"},
        "time_dropped",
        date(2025, 10, 1),
        "2025-09-30T20:00:00Z → 2025-10-01",
    ),
    (
        "cases",
        {"opened_on": "2025-10-01 05:00:00.123+07"},
        "time_dropped",
        date(2025, 10, 1),
        "+07 → 2025-10-01",
    ),
    ("cases", {"target_group": "Elder"}, "case_changed", "elder", "Elder → elder"),
]


@pytest.mark.parametrize(("table", "cells", "rule", "value", "example"), NOTED)
def test_a_cell_read_with_a_guess_is_noted(
    table: str, cells: dict[str, str], rule: str, value: Any, example: str, tmp_path: Path
) -> None:
    con, report = sets.load(sets.csv_folder(tmp_path, sets.changed(table, 2, **cells)))

    (column,) = cells
    query = f"SELECT {column} FROM {table} WHERE source_row = 2"
    assert con.execute(query).fetchall() == [(value,)]
    (note,) = report.notes
    assert (note.rule, note.table, note.column, note.count) == (rule, table, column, 1)
    assert example in note.text("th")
    assert example in note.text("en")


def test_statistics_of_a_buddhist_year_are_turned_and_noted(tmp_path: Path) -> None:
    rows = [{"province_code": "50", "year": "2564", "population": "1,784,370"}]

    con, report = sets.load(sets.csv_folder(tmp_path, sets.right(province_statistics=rows)))

    assert con.execute("SELECT year, population FROM province_statistics").fetchall() == [
        (2021, 1784370)
    ]
    assert [note.rule for note in report.notes] == ["year_converted"]
    assert "2564 → 2021" in report.lines("en")[0]


@pytest.mark.parametrize("cell", ["-", "NULL", "N/A", "ไม่ทราบ"])
def test_only_an_empty_cell_is_unknown(cell: str, tmp_path: Path) -> None:
    problem = sets.only(sets.csv_folder(tmp_path, sets.changed("cases", 2, closed_on=cell)))

    assert (problem.column, problem.value, problem.rule) == ("closed_on", cell, "date_shape")


def test_a_long_or_broken_cell_is_cut_to_one_line_in_its_message(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path, sets.changed("cases", 2, stage="a\nb " * 50))

    problem = sets.only(source)

    assert problem.value is not None
    assert len(problem.value) == 60
    assert "\n" not in problem.text("th")
