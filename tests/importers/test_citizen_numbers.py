"""Citizen numbers are refused with the column named, and never repeated."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from stdnum.th import pin

from data_access.importers import citizen_numbers, headers
from tests.importers import sets


def citizen_number(n: int) -> str:
    """A made-up number with a right check digit."""
    first = f"1{n:011d}"
    return first + pin.calc_check_digit(first)


def keyed(*ids: str) -> sets.Tables:
    """The right load with volunteers under these ids."""
    tables = sets.right()
    (volunteer,) = tables["volunteers"]
    return tables | {"volunteers": [volunteer | {"volunteer_id": key} for key in ids]}


@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda n: f"{n[0]}-{n[1:5]}-{n[5:10]}-{n[10:12]}-{n[12]}",
        lambda n: f"{n[0]} {n[1:5]} {n[5:10]} {n[10:12]} {n[12]}",
        lambda n: f"'{n}",
        lambda n: f"{n}.0",
        lambda n: f" {n}",
        lambda n: n.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    ],
)
def test_a_key_column_of_citizen_numbers_is_refused_however_they_are_written(
    write: Callable[[str], str], tmp_path: Path
) -> None:
    ids = [write(citizen_number(n)) for n in range(5)]

    problem = sets.only(sets.csv_folder(tmp_path, keyed(*ids)))

    assert (problem.table, problem.row, problem.column) == ("volunteers", None, "volunteer_id")
    assert problem.rule == "citizen_numbers"
    assert "5 of the 5" in problem.text("en")
    assert "ระบบไม่รับเลขประจำตัวประชาชน" in problem.text("th")


def test_an_unknown_column_or_file_of_citizen_numbers_is_refused_too(tmp_path: Path) -> None:
    tables = sets.right(people=[{"ref": citizen_number(n), "x": n} for n in range(5)])
    for n, row in enumerate(tables["families"]):
        row["อ้างอิง"] = citizen_number(n)

    bad = sets.refused(sets.csv_folder(tmp_path, tables))

    assert {(p.table, p.column) for p in bad.problems} == {
        ("families", "อ้างอิง"),
        ("people.csv", "ref"),
    }


def test_a_sheet_and_a_database_column_are_looked_at_as_well(tmp_path: Path) -> None:
    tables = sets.right()
    for n, row in enumerate(tables["families"]):
        row["ref"] = int(citizen_number(n))

    in_sheet = sets.only(sets.saved(tmp_path / "book.xlsx", sets.workbook(tables)))
    in_base = sets.only(sets.database(f"sqlite:///{tmp_path / 'source.db'}", tables))

    assert in_sheet.column == in_base.column == "ref"


def test_no_message_repeats_a_number_even_where_the_column_has_other_faults(tmp_path: Path) -> None:
    numbers = [citizen_number(n) for n in range(3)]
    tables = keyed(*numbers, numbers[0])
    tables["volunteer_activities"] = [
        {"volunteer_id": citizen_number(n), "done_on": "2026-01-01", "duty": "watch"}
        for n in range(100, 105)
    ]

    bad = sets.refused(sets.csv_folder(tmp_path, tables))

    assert {p.rule for p in bad.problems} == {"citizen_numbers"}
    for lang in ("th", "en"):
        assert not any(number in bad.text(lang) for number in numbers)
        assert citizen_number(100) not in bad.text(lang)


def test_pseudonymous_numbers_that_hit_by_chance_go_in(tmp_path: Path) -> None:
    numbers = random.Random(5)
    ids = [str(numbers.randrange(10**12, 10**13)) for _ in range(200)]
    valid = sum(map(citizen_numbers.is_citizen_number, ids))
    assert valid > 5, "this is a test only if some hit"

    con, _ = sets.load(sets.csv_folder(tmp_path, keyed(*ids)))

    assert con.execute("SELECT count(*) FROM volunteers").fetchone() == (200,)


def test_one_hit_alone_goes_in_unless_the_header_says_what_it_is(tmp_path: Path) -> None:
    con, _ = sets.load(sets.csv_folder(tmp_path / "key", keyed(citizen_number(7))))
    assert con.execute("SELECT count(*) FROM volunteers").fetchone() == (1,)

    tables = sets.right()
    tables["volunteers"][0]["เลขประจำตัวประชาชน"] = citizen_number(7)
    problem = sets.only(sets.csv_folder(tmp_path / "named", tables))

    assert problem.column == "เลขประจำตัวประชาชน"


@pytest.mark.parametrize(
    ("header", "checked", "valid", "refused"),
    [
        ("volunteer_id", 1, 1, False),
        ("volunteer_id", 2, 2, True),
        ("volunteer_id", 3, 2, True),
        ("volunteer_id", 4, 2, False),
        ("volunteer_id", 2000, 200, False),
        ("volunteer_id", 2000, 1001, True),
        ("citizen_id", 10, 1, True),
        ("National ID", 10, 1, True),
        ("citizen_id", 10, 0, False),
    ],
)
def test_more_than_half_of_at_least_two_makes_a_column(
    header: str, checked: int, valid: int, refused: bool
) -> None:
    assert citizen_numbers.is_citizen_column(header, checked, valid) is refused


@pytest.mark.parametrize(
    ("header", "personal"),
    [
        ("ชื่อ", True),
        ("นามสกุล", True),
        ("ที่อยู่ปัจจุบัน", True),
        ("เบอร์โทรศัพท์", True),
        ("พิกัด (lat,long)", True),
        ("First Name", True),
        ("client_name", True),
        ("LAT", True),
        ("e-mail", True),
        ("date_of_birth", True),
        ("remark", False),
        ("households_2", False),
        ("หมายเหตุ", False),
        ("plate", False),
    ],
)
def test_headers_that_name_a_person_or_a_home_are_known(header: str, personal: bool) -> None:
    assert headers.is_personal(header) is personal
