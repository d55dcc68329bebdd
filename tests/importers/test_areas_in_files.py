"""Provinces and districts as codes or names, resolved inside the row, unknown ones reported."""

from pathlib import Path

import pytest

from tests.importers import sets

PLACES = [
    ("50", "5001", "50", "5001"),
    ("50.0", "5001.0", "50", "5001"),
    (" ๕๐", "๕๐๐๑", "50", "5001"),
    ("TH-50", "เมืองเชียงใหม่", "50", "5001"),
    ("เชียงใหม่", "อ.เมือง", "50", "5001"),
    ("จ.เชียงใหม่", "อำเภอสันทราย", "50", "5014"),
    ("Chiang Mai", "San Sai", "50", "5014"),
    ("กทม.", "เขตพระนคร", "10", "1001"),
    ("โคราช", "เมืองยาง", "30", "3027"),
    ("อยุธยา", "พระนครศรีอยุธยา", "14", "1401"),
    ("นครศรีธรรมราช", "เฉลิมพระเกียรติ", "80", "8023"),
    ("บึงกาฬ", "เซกา", "38", "3804"),
]


@pytest.mark.parametrize(("province", "district", "province_code", "district_code"), PLACES)
def test_places_are_read_by_code_or_name(
    province: str, district: str, province_code: str, district_code: str, tmp_path: Path
) -> None:
    cells = {"province_code": province, "district_code": district}
    con, report = sets.load(sets.csv_folder(tmp_path, sets.changed("volunteers", 2, **cells)))

    found = con.execute("SELECT province_code, district_code FROM volunteers").fetchall()
    assert found == [(province_code, district_code)]
    assert report.notes == ()


def test_an_abolished_district_code_is_read_as_its_successor_and_noted(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path, sets.changed("families", 2, district_code="4309"))

    con, report = sets.load(source)

    query = "SELECT district_code FROM families WHERE source_row = 2"
    assert con.execute(query).fetchall() == [("3804",)]
    (note,) = report.notes
    assert (note.rule, note.count) == ("successor", 1)
    assert "4309 → 3804" in note.text("th")


@pytest.mark.parametrize("district", ["4309", "เซกา"])
def test_a_district_that_moved_takes_its_row_to_the_present_province(
    district: str, tmp_path: Path
) -> None:
    cells = {"province_code": "43", "district_code": district}
    con, report = sets.load(sets.csv_folder(tmp_path, sets.changed("volunteers", 2, **cells)))

    found = con.execute("SELECT province_code, district_code FROM volunteers").fetchall()
    assert found == [("38", "3804")]
    assert [note.rule for note in report.notes] == ["province_moved"]


def test_an_unknown_district_says_what_is_near(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path, sets.changed("families", 3, district_code="สันทรย"))

    problem = sets.only(source)

    assert (problem.row, problem.rule, problem.value) == (3, "unknown_area", "สันทรย")
    assert "5014 สันทราย (เชียงใหม่)" in problem.text("th")
    assert "5014 San Sai (Chiang Mai)" in problem.text("en")


def test_a_name_of_several_districts_needs_a_province(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path, sets.changed("families", 2, district_code="เฉลิมพระเกียรติ"))

    problem = sets.only(source)

    assert problem.rule == "ambiguous_area"
    assert "3032" in problem.text("th")


def test_a_district_outside_its_province_is_refused_naming_both(tmp_path: Path) -> None:
    cells = {"province_code": "10", "district_code": "5001"}

    problem = sets.only(sets.csv_folder(tmp_path, sets.changed("volunteers", 2, **cells)))

    assert problem.rule == "district_outside_province"
    assert problem.text("en") == (
        "Table volunteers, row 2, column district_code: “5001” is 5001 Mueang Chiang Mai, which"
        " lies in 50 Chiang Mai, but the row names 10 Bangkok. Make the two agree, like province"
        " 50 with district 5001."
    )
    assert "50 เชียงใหม่" in problem.text("th")


def test_an_unknown_province_is_one_problem_not_two(tmp_path: Path) -> None:
    cells = {"province_code": "เชียงไหม", "district_code": "เมือง"}

    problem = sets.only(sets.csv_folder(tmp_path, sets.changed("volunteers", 2, **cells)))

    assert (problem.column, problem.rule) == ("province_code", "unknown_area")
    assert "50 เชียงใหม่" in problem.text("th")


def target(scope: str) -> dict[str, str]:
    row = {"indicator": "follow_up_completion", "fiscal_year": "2569", "value": "80", "source": "y"}
    return row | {"scope_code": scope}


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        ("TH", "TH"),
        ("th", "TH"),
        ("North", "north"),
        ("50", "50"),
        ("เชียงใหม่", "50"),
        ("5001", "5001"),
        ("อ.สันทราย จ.เชียงใหม่", "5014"),
    ],
)
def test_a_target_is_set_for_the_country_a_region_a_province_or_a_district(
    scope: str, code: str, tmp_path: Path
) -> None:
    row = {
        "indicator": "follow_up_completion",
        "scope_code": scope,
        "fiscal_year": "2569",
        "value": "80",
        "source": "y",
    }

    con, _ = sets.load(sets.csv_folder(tmp_path, sets.right(targets=[row])))

    assert con.execute("SELECT scope_code FROM targets").fetchall() == [(code,)]


def test_a_target_for_nowhere_is_refused(tmp_path: Path) -> None:
    problem = sets.only(sets.csv_folder(tmp_path, sets.right(targets=[target("ZZ")])))

    assert (problem.column, problem.rule) == ("scope_code", "unknown_area")
    assert "“ZZ”" in problem.text("en")
