"""What offices' files held: invisible letters, destroyed text, totals, fractions, odd numbers."""

from pathlib import Path

import pytest

from data_access.importers.damaged_text import damage
from data_access.schema.tables import EXCHANGE_TABLES
from tests.importers import sets

THAI = "หลักสูตรผู้จัดการรายกรณี"
TARGET = {"scope_code": "TH", "fiscal_year": "2569", "source": "plan"}


def as_windows_874(text: str) -> str:
    """UTF-8 read byte by byte as Windows-874, what it has no letter for as Windows leaves it."""
    letters = []
    for byte in text.encode():
        try:
            letters.append(bytes([byte]).decode("cp874"))
        except UnicodeDecodeError:
            letters.append(chr(byte))
    return "".join(letters)


def target(value: str, indicator: str = "follow_up_completion") -> dict[str, str]:
    return {"indicator": indicator, "value": value, **TARGET}


def with_target(path: Path, value: str, indicator: str = "follow_up_completion") -> str:
    return sets.csv_folder(path, sets.right(targets=[target(value, indicator)]))


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\ufe0f"])
def test_an_id_with_an_invisible_letter_is_the_same_person(mark: str, tmp_path: Path) -> None:
    tables = sets.right()
    tables["workers"].append(tables["workers"][0] | {"worker_id": f"W{mark}1"})
    tables["case_assignments"][1]["worker_id"] = f"W{mark}1"

    con, report = sets.load(sets.csv_folder(tmp_path, tables))

    assert con.execute("SELECT worker_id FROM workers ORDER BY 1").fetchall() == [("W1",), ("W2",)]
    assert con.execute("SELECT DISTINCT worker_id FROM case_assignments").fetchall() == [("W1",)]
    assert report.rows["workers"] == 2
    lines = "\n".join(report.lines("en"))
    assert f"W[U+{ord(mark):04X}]1 → W1" in lines
    assert "1 rows repeat another row" in lines
    assert "4 = 2" in lines


def test_rows_that_differ_in_more_than_an_invisible_letter_are_refused_as_doubles(
    tmp_path: Path,
) -> None:
    tables = sets.right()
    tables["workers"].append(tables["workers"][0] | {"worker_id": "W\u200b1", "sex": "M"})

    problem = sets.only(sets.csv_folder(tmp_path, tables))

    assert (problem.row, problem.rule) == (4, "duplicate_id")
    assert "row 2" in problem.text("en")


def test_a_message_shows_what_cannot_be_seen(tmp_path: Path) -> None:
    problem = sets.only(
        sets.csv_folder(tmp_path, sets.changed("cases", 2, target_group="eld\u00a0\u2067er"))
    )

    assert "“eld[U+00A0][U+2067]er”" in problem.text("en")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("?" * 24, "destroyed_text"),
        ("?? ???", "destroyed_text"),
        ("ศูนย์ ????????", "destroyed_text"),
        ("หลักสูตร\ufffd\ufffd", "destroyed_text"),
        ("#REF!", "error_cell"),
        ("#N/A", "error_cell"),
        ("########", "error_cell"),
        (THAI.encode().decode("latin-1"), "wrong_encoding"),
        (THAI.encode().decode("cp1252", "ignore"), "wrong_encoding"),  # some bytes are lost
        (THAI.encode("cp874").decode("latin-1"), "wrong_encoding"),
        ("บ้าน".encode().decode("latin-1"), "wrong_encoding"),
        ("กกกก".encode().decode("cp874", "ignore"), None),
        (as_windows_874("คนพิการ"), "wrong_encoding"),
        (THAI, None),
        ("เธอเน้นเรื่องบ้านเธอ", None),
        ("Café à la carte", None),
        ("Ça va? Möglich? Ærø", None),
        ("ทำอย่างไร?", None),
        ("บ้านเลขที่ #5", None),
        ("ค่า 5 °C – ปกติ", None),
    ],
)
def test_destroyed_text_is_told_from_text(text: str, rule: str | None) -> None:
    found = damage(text)

    assert (None if found is None else found.rule) == rule


def test_a_name_of_question_marks_is_refused_and_a_wrong_encoding_read_back(
    tmp_path: Path,
) -> None:
    marks = sets.only(sets.csv_folder(tmp_path / "a", sets.changed("courses", 2, name_th="?????")))
    wrong = THAI.encode("cp874").decode("latin-1")
    read = sets.only(sets.csv_folder(tmp_path / "b", sets.changed("courses", 2, name_th=wrong)))

    assert (marks.table, marks.row, marks.column) == ("courses", 2, "name_th")
    assert f"“{THAI}”" in read.text("th")


@pytest.mark.parametrize("word", ["รวม", "รวมทั้งหมด", "ยอดรวม", "Total", "GRAND TOTAL", " รวม : "])
@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("organisations", {"organisation_id": "@", "name_th": "12", "type": "12"}),
        ("province_statistics", {"province_code": "@", "year": "2021", "households": "90"}),
        ("workers", {"worker_id": "@", "sex": "2"}),
        ("cases", {"case_id": "@", "note": "28"}),
    ],
)
def test_a_total_row_is_named_as_one_and_as_nothing_else(
    table: str, row: dict[str, str], word: str, tmp_path: Path
) -> None:
    tables = sets.right()
    total = {column: word if cell == "@" else cell for column, cell in row.items()}
    tables[table] = [*tables.get(table, []), total]

    problem = sets.only(sets.csv_folder(tmp_path, tables))

    assert (problem.table, problem.rule) == (table, "total_row")
    assert problem.row == len(tables[table]) + 1
    assert "looks like a total" in problem.text("en")


def test_a_name_that_begins_with_a_word_for_total_is_no_total(tmp_path: Path) -> None:
    rows = [
        {"organisation_id": "O1", "name_th": "รวมใจพัฒนา", "type": "lao"},
        {"organisation_id": "O2", "name_th": "Total Care", "type": "lao"},
    ]

    con, _ = sets.load(sets.csv_folder(tmp_path, sets.right(organisations=rows)))

    assert con.execute("SELECT count(*) FROM organisations").fetchone() == (2,)


def test_a_fraction_for_a_target_in_per_cent_is_asked_about(tmp_path: Path) -> None:
    problem = sets.only(with_target(tmp_path, "0.8"))

    assert (problem.row, problem.column, problem.rule) == (2, "value", "target_fraction")
    assert "0.8 or 80" in problem.text("en")
    assert "0.8 หรือ 80" in problem.text("th")


@pytest.mark.parametrize(("text", "value"), [("80", 80), ("80%", 80), ("0.8%", 0.8), ("0", 0)])
def test_a_target_in_per_cent_is_taken_as_written(text: str, value: float, tmp_path: Path) -> None:
    con, _ = sets.load(with_target(tmp_path, text))

    assert [float(v) for (v,) in con.execute("SELECT value FROM targets").fetchall()] == [value]


@pytest.mark.parametrize(
    ("value", "indicator", "rule"),
    [
        ("1", "follow_up_completion", "target_fraction"),
        ("101", "follow_up_completion", "out_of_range"),
        ("-1", "follow_up_completion", "out_of_range"),
        ("10%", "families_per_case_manager", "target_sign"),
        ("80", "follow_up_completions", "unknown_indicator_near"),
        ("80", "ร้อยละ", "unknown_indicator"),
    ],
)
def test_a_target_of_another_unit_or_of_nothing_is_refused(
    value: str, indicator: str, rule: str, tmp_path: Path
) -> None:
    problem = sets.only(with_target(tmp_path, value, indicator))

    assert problem.rule == rule
    if rule == "unknown_indicator_near":
        assert "The nearest is follow_up_completion." in problem.text("en")


@pytest.mark.parametrize("fte", ["-1", "1.5", "100"])
def test_a_share_of_a_post_lies_between_0_and_1(fte: str, tmp_path: Path) -> None:
    problem = sets.only(sets.csv_folder(tmp_path, sets.changed("worker_posts", 2, fte=fte)))

    assert problem.rule == "out_of_range"
    assert "between 0 and 1" in problem.text("en")


def test_every_column_of_numbers_has_a_range() -> None:
    without = [
        f"{table.name}.{column.name}"
        for table in EXCHANGE_TABLES.values()
        for column in table.c
        if column.type.python_type.__name__ in ("int", "Decimal")
        and not {"between", "fiscal_year"} & column.info.keys()
    ]

    assert not without


def test_a_comma_in_a_number_is_asked_about_where_it_may_be_a_decimal_point(
    tmp_path: Path,
) -> None:
    statistics = [{"province_code": "50", "year": "2021", "households": "1,000"}]
    tables = sets.right(province_statistics=statistics)
    sets.csv_folder(tmp_path, tables)
    con, _ = sets.load(str(tmp_path))
    assert con.execute("SELECT households FROM province_statistics").fetchall() == [(1000,)]

    for name, rows in tables.items():
        text = sets.csv_text(rows, separator=";")
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    problem = sets.only(str(tmp_path))

    assert (problem.column, problem.rule) == ("households", "comma_number")
    assert "may mean 1000 or a decimal number" in problem.text("en")
