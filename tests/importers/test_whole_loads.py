"""A right load goes in whole from every kind of source, typed, with its row numbers."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data_access.importers import read_into
from data_access.schema.tables import EXCHANGE_TABLES
from tests.importers import sets

KINDS = ("folder", "workbook", "sqlite", "duckdb")


def source_of(kind: str, home: Path, tables: sets.Tables) -> str:
    if kind == "folder":
        return sets.csv_folder(home / "folder", tables)
    if kind == "workbook":
        return sets.saved(home / "book.xlsx", sets.workbook(tables))
    return sets.database(f"{kind}:///{home / 'source'}.{kind}", tables)


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_load_goes_in_from_every_kind_of_source(kind: str, tmp_path: Path) -> None:
    con, report = sets.load(source_of(kind, tmp_path, sets.right()))

    posts = con.execute("SELECT * FROM worker_posts ORDER BY source_row").fetchall()
    assert posts == [
        ("W1", "case_manager", "50", "5001", None, None, "W2", Decimal("1.0000"),
         date(2024, 10, 1), None, 2),
        ("W2", "cm_supervisor", "50", None, None, None, None, Decimal("0.5000"),
         date(2024, 10, 1), date(2026, 3, 31), 3),
    ]  # fmt: skip
    assert con.execute("SELECT urgent FROM cases ORDER BY source_row").fetchall() == [
        (True,),
        (None,),
    ]
    assert {name: rows for name, rows in report.rows.items() if rows} == {
        name: len(rows) for name, rows in sets.right().items()
    }
    assert report.present == frozenset(sets.right())
    assert report.notes == ()


def test_every_exchange_table_is_there_with_its_types(tmp_path: Path) -> None:
    con, report = sets.load(sets.csv_folder(tmp_path, sets.right()))

    assert {row[0] for row in con.execute("SHOW TABLES").fetchall()} == set(EXCHANGE_TABLES)
    described = con.execute("DESCRIBE worker_posts").fetchall()
    assert {row[0]: row[1] for row in described} == {
        "worker_id": "VARCHAR",
        "role": "VARCHAR",
        "province_code": "VARCHAR",
        "district_code": "VARCHAR",
        "organisation_id": "VARCHAR",
        "site_id": "VARCHAR",
        "supervisor_id": "VARCHAR",
        "fte": "DECIMAL(14,4)",
        "start_on": "DATE",
        "end_on": "DATE",
        "source_row": "INTEGER",
    }
    assert report.rows["screenings"] == 0
    assert "screenings" not in report.present


def test_a_present_but_empty_table_is_not_an_absent_one(tmp_path: Path) -> None:
    sets.csv_folder(tmp_path, sets.right())
    (tmp_path / "awards.csv").write_text("volunteer_id,award,fiscal_year\n", encoding="utf-8")

    _, report = sets.load(str(tmp_path))

    assert "awards" in report.present
    assert report.rows["awards"] == 0


def test_the_day_is_the_argument_else_the_manifest_else_today(tmp_path: Path) -> None:
    manifest = [
        {"key": "as_of", "value": "31/03/2569"},
        {"key": "synthetic", "value": "ใช่"},
        {"key": "title", "value": "ชุดทดสอบ"},
    ]
    source = sets.csv_folder(tmp_path / "with", sets.right(manifest=manifest))
    bare = sets.csv_folder(tmp_path / "without", sets.right())
    today = date(2026, 10, 2)

    _, asked = sets.load(source, as_of=date(2026, 6, 30), today=today)
    _, stated = sets.load(source, as_of=None, today=today)
    _, neither = sets.load(bare, as_of=None, today=today)

    assert asked.as_of == date(2026, 6, 30)
    assert (stated.as_of, stated.synthetic, stated.title) == (date(2026, 3, 31), True, "ชุดทดสอบ")
    assert (neither.as_of, neither.synthetic, neither.title) == (today, False, None)


def test_a_load_of_no_known_day_is_refused(tmp_path: Path) -> None:
    bad = sets.refused(sets.csv_folder(tmp_path, sets.right()), as_of=None)

    assert [problem.rule for problem in bad.problems] == ["no_as_of"]
    assert "--as-of 2026-09-30" in bad.text("en")


def test_a_wrong_manifest_is_a_problem_with_its_row(tmp_path: Path) -> None:
    manifest = [{"key": "title", "value": "x"}, {"key": "as_of", "value": "31/02/2569"}]

    problem = sets.only(sets.csv_folder(tmp_path, sets.right(manifest=manifest)))

    assert (problem.table, problem.row, problem.column) == ("manifest", 3, "value")
    assert "“31/02/2569”" in problem.text("th")


def test_all_problems_of_all_tables_are_listed_at_once_in_order(tmp_path: Path) -> None:
    tables = sets.right()
    tables["workers"][1]["sex"] = "X"
    tables["cases"][0]["opened_on"] = "31/02/2569"
    tables["cases"][1]["family_id"] = None
    tables["follow_ups"][1]["case_id"] = "C9"
    del tables["courses"]

    bad = sets.refused(sets.csv_folder(tmp_path, tables))

    assert [(p.table, p.row, p.column, p.rule) for p in bad.problems] == [
        ("workers", 3, "sex", "unknown_code"),
        ("cases", 2, "opened_on", "date_impossible"),
        ("cases", 3, "family_id", "required_empty"),
        ("follow_ups", 3, "case_id", "missing_row"),
        ("courses", None, None, "missing_table"),
    ]
    assert bad.total == 5
    assert bad.lines("en")[5] == (
        "Table courses: this required table is missing. Add a file, sheet or table named courses."
    )
    assert bad.heading("th").startswith("ไม่ได้นำเข้าข้อมูล เนื่องจากพบปัญหา 5 แห่ง")


def test_of_many_like_problems_a_thousand_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    tables = sets.right()
    tables["families"] += [
        {"family_id": f"X{n}", "household_id": "H", "district_code": "9999"} for n in range(1500)
    ]

    bad = sets.refused(sets.csv_folder(tmp_path, tables))

    assert len(bad.problems) == 1000
    assert bad.counts == {("families", "district_code", "unknown_area"): 1500}
    assert bad.lines("en")[-1] == (
        "Table families, column district_code: 500 more problems of the same kind are not listed."
    )
    assert len(bad.lines("th", per_kind=3)) == 1 + 3 + 1


def test_progress_runs_from_nothing_to_everything(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    sets.load(sets.csv_folder(tmp_path, sets.right()), progress=lambda *step: told.append(step))

    shares = [done / total for _, done, total in told]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert told[-1][0] == "rules"


def test_a_file_that_already_holds_such_tables_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE cases AS SELECT 1 AS kept")

    with pytest.raises(ValueError, match="an empty DuckDB file is wanted; got: one with"):
        read_into(con, sets.csv_folder(tmp_path, sets.right()), as_of=sets.AS_OF)

    assert con.execute("SELECT kept FROM cases").fetchall() == [(1,)]


def test_unknown_tables_and_columns_are_said_and_ignored(tmp_path: Path) -> None:
    tables = sets.right(people=[{"a": "1", "b": "2"}])
    for row in tables["workers"]:
        row |= {"nick": "x", "ชื่อ-สกุล": "y", "LATITUDE": "18.8", "has_social_work_degre": "1"}
        del row["has_social_work_degree"]

    con, report = sets.load(sets.csv_folder(tmp_path, tables))

    assert report.ignored_columns == {
        "workers": ("nick", "ชื่อ-สกุล", "LATITUDE", "has_social_work_degre")
    }
    assert [(n.rule, n.table, n.column) for n in report.notes] == [
        ("unknown_column", "workers", "nick"),
        ("personal_column", "workers", "ชื่อ-สกุล"),
        ("personal_column", "workers", "LATITUDE"),
        ("unknown_column_near", "workers", "has_social_work_degre"),
        ("unknown_table", "people.csv", None),
    ]
    assert report.lines("th")[1].startswith("คำเตือน ตาราง workers คอลัมน์ ชื่อ-สกุล")
    assert [row[0] for row in con.execute("DESCRIBE workers").fetchall()] == [
        "worker_id",
        "sex",
        "has_social_work_degree",
        "source_row",
    ]
