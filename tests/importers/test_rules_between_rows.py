"""Rules between rows and tables: double keys, rows that are not there, dates out of order."""

from pathlib import Path

import pytest

from tests.importers import sets


def test_a_double_id_names_the_first_row_with_it(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path, sets.changed("families", 3, family_id="F1"))

    problem = next(p for p in sets.refused(source).problems if p.rule == "duplicate_id")

    assert problem.text("en") == (
        "Table families, row 3, column family_id: “F1” already stands in row 2. An id may stand"
        " only once in its table: correct it or delete the double row."
    )
    assert problem.text("th").startswith("ตาราง families แถวที่ 3 คอลัมน์ family_id: “F1” ซ้ำกับแถวที่ 2")


def test_columns_that_are_unique_together_are_named_together(tmp_path: Path) -> None:
    row = {"case_id": "C1", "version": "1", "made_on": "2025-10-10"}
    plans = [row, row | {"version": "2"}, row | {"version": "1.0"}]

    problem = sets.only(sets.csv_folder(tmp_path, sets.right(plans=plans)))

    assert (problem.row, problem.column, problem.value) == (4, "case_id, version", "C1 + 1")
    assert problem.rule == "duplicate_key"


@pytest.mark.parametrize(
    ("table", "row", "column", "parent"),
    [
        ("cases", 2, "family_id", "families"),
        ("case_assignments", 2, "worker_id", "workers"),
        ("worker_posts", 2, "supervisor_id", "workers"),
        ("follow_ups", 3, "case_id", "cases"),
        ("follow_ups", 3, "accompanied_by_worker_id", "workers"),
        ("enrolments", 2, "cohort_id", "cohorts"),
        ("enrolments", 2, "person_id", "workers"),
    ],
)
def test_a_reference_to_a_row_that_is_not_there_is_refused(
    table: str, row: int, column: str, parent: str, tmp_path: Path
) -> None:
    source = sets.csv_folder(tmp_path, sets.changed(table, row, **{column: "nobody"}))

    problem = sets.only(source)

    assert (problem.table, problem.row, problem.column) == (table, row, column)
    assert problem.rule == "missing_row"
    assert f"“nobody” is not in table {parent}" in problem.text("en")
    assert f"ไม่พบ “nobody” ในตาราง {parent}" in problem.text("th")


def test_a_reference_to_a_table_that_is_not_there_says_so(tmp_path: Path) -> None:
    problem = sets.only(sets.csv_folder(tmp_path, sets.changed("cases", 2, site_id="SITE-1")))

    assert problem.rule == "missing_row_no_table"
    assert "this load has no table sites" in problem.text("en")


def test_an_enrolled_person_is_looked_for_among_their_own_kind(tmp_path: Path) -> None:
    volunteer = {"cohort_id": "CM-1", "person_type": "volunteer", "person_id": "V1"}
    stranger = {"cohort_id": "CM-1", "person_type": "unregistered", "person_id": "anyone"}
    tables = sets.right()
    tables["enrolments"] += [volunteer, stranger]
    con, _ = sets.load(sets.csv_folder(tmp_path / "right", tables))
    assert con.execute("SELECT count(*) FROM enrolments").fetchone() == (3,)

    tables["enrolments"].append(volunteer | {"person_id": "W1"})
    problem = sets.only(sets.csv_folder(tmp_path / "wrong", tables))

    assert (problem.row, problem.column, problem.value) == (5, "person_id", "W1")
    assert "volunteers" in problem.text("en")


def test_a_goal_belongs_to_a_plan_version_that_is_there(tmp_path: Path) -> None:
    plans = [{"case_id": "C1", "version": "1", "made_on": "2025-10-10"}]
    goal = {"case_id": "C1", "version": "1", "goal_no": "1", "term": "short"}
    goals = [goal, goal | {"version": "2"}]

    problem = sets.only(sets.csv_folder(tmp_path, sets.right(plans=plans, plan_goals=goals)))

    assert (problem.table, problem.row, problem.value) == ("plan_goals", 3, "C1 + 2")


@pytest.mark.parametrize(
    ("table", "row", "cells"),
    [
        ("worker_posts", 3, {"end_on": "2024-09-30"}),
        ("volunteers", 2, {"ended_on": "2020-01-14"}),
        ("cases", 3, {"closed_on": "2025-11-04"}),
        ("case_assignments", 3, {"end_on": "2025-11-05"}),
        ("cohorts", 2, {"end_on": "2025-11-30"}),
    ],
)
def test_an_end_before_its_start_is_refused(
    table: str, row: int, cells: dict[str, str], tmp_path: Path
) -> None:
    problem = sets.only(sets.csv_folder(tmp_path, sets.changed(table, row, **cells)))

    (column,) = cells
    assert (problem.table, problem.row, problem.column) == (table, row, column)
    assert problem.rule == "end_before_start"
    assert problem.value == cells[column]


def test_a_team_member_may_not_leave_before_joining(tmp_path: Path) -> None:
    member = {"case_id": "C1", "profession": "nurse", "start_on": "2026-01-02"}
    team = [member | {"end_on": "2026-01-02"}, member | {"end_on": "2026-01-01"}]

    problem = sets.only(sets.csv_folder(tmp_path, sets.right(case_team=team)))

    assert (problem.row, problem.rule) == (3, "end_before_start")


def test_an_end_on_the_day_of_the_start_is_right(tmp_path: Path) -> None:
    con, _ = sets.load(sets.csv_folder(tmp_path, sets.changed("cases", 3, closed_on="2025-11-05")))

    assert con.execute("SELECT count(*) FROM cases").fetchone() == (2,)


def test_a_follow_up_before_its_case_was_opened_is_refused(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path, sets.changed("follow_ups", 2, done_on="2025-09-30"))

    problem = sets.only(source)

    assert problem.text("en") == (
        "Table follow_ups, row 2, column done_on: 2025-09-30 comes before case C1 was opened"
        " (2025-10-01). Correct the day of the follow-up or of the opening; like opened 2025-10-01,"
        " followed up 2025-10-31."
    )


def test_a_follow_up_on_the_day_of_opening_is_right(tmp_path: Path) -> None:
    con, _ = sets.load(
        sets.csv_folder(tmp_path, sets.changed("follow_ups", 2, done_on="2025-10-01"))
    )

    assert con.execute("SELECT count(*) FROM follow_ups").fetchone() == (2,)


def test_an_unreadable_date_is_not_also_out_of_order(tmp_path: Path) -> None:
    problem = sets.only(sets.csv_folder(tmp_path, sets.changed("cases", 3, closed_on="soon")))

    assert problem.rule == "date_shape"
