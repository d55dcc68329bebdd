"""Any database that SQLAlchemy opens: tables or views of whatever types; or why it cannot be."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import create_engine, text

from data_access.importers import Unreachable, arrow_rows, load, read_into, safe_label
from tests.importers import sets


def run_sql(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize("backend", ["sqlite", "duckdb"])
def test_typed_columns_arrive_as_exactly_as_they_stand(backend: str, tmp_path: Path) -> None:
    tables = sets.right()
    del tables["worker_posts"]
    url = sets.database(f"{backend}:///{tmp_path / 'source.db'}", tables)
    run_sql(
        url,
        "CREATE TABLE worker_posts (worker_id VARCHAR, role VARCHAR, province_code INTEGER,"
        " district_code DOUBLE, fte DECIMAL(14, 4), start_on TIMESTAMP, end_on DATE, held BOOLEAN)",
        "INSERT INTO worker_posts VALUES"
        " ('W1', 'case_manager', 50, 5001.0, 0.25, '2024-10-01 00:00:00', '2026-03-31', true)",
    )

    con, report = sets.load(url)

    query = "SELECT province_code, district_code, fte, start_on, end_on FROM worker_posts"
    assert con.execute(query).fetchall() == [
        ("50", "5001", Decimal("0.2500"), date(2024, 10, 1), date(2026, 3, 31))
    ]
    assert [(note.rule, note.column) for note in report.notes] == [("unknown_column", "held")]


def test_a_date_column_of_sqlite_may_hold_thai_dates(tmp_path: Path) -> None:
    url = sets.database(f"sqlite:///{tmp_path / 'source.db'}", sets.right())
    run_sql(
        url,
        "DROP TABLE families",
        "CREATE TABLE families (family_id TEXT, household_id TEXT, district_code TEXT)",
        "INSERT INTO families VALUES ('F1', 'H1', 'อ.เมือง จ.เชียงใหม่'), ('F2', 'H1', '3801')",
        "ALTER TABLE cases RENAME TO old_cases",
        "CREATE TABLE cases (case_id TEXT, family_id TEXT, target_group TEXT, opened_on DATE,"
        " stage TEXT)",
        "INSERT INTO cases SELECT case_id, family_id, target_group, '๐๑/๑๐/๒๕๖๘', 'intake'"
        " FROM old_cases",
        "DROP TABLE old_cases",
    )

    con, _ = sets.load(url)

    assert con.execute("SELECT DISTINCT opened_on FROM cases").fetchall() == [(date(2025, 10, 1),)]
    assert con.execute("SELECT min(district_code) FROM families").fetchone() == ("3801",)


def test_views_and_capital_names_are_found_and_other_tables_left_alone(tmp_path: Path) -> None:
    url = sets.database(f"sqlite:///{tmp_path / 'source.db'}", sets.right())
    run_sql(
        url,
        "ALTER TABLE workers RENAME TO register",
        'CREATE VIEW "WORKERS" AS SELECT worker_id AS "Worker_ID", sex FROM register',
    )

    con, report = sets.load(url)

    assert con.execute("SELECT count(*) FROM workers").fetchone() == (2,)
    assert [(note.rule, note.table) for note in report.notes] == [("unknown_table", "register")]


@pytest.mark.parametrize("backend", ["sqlite", "duckdb"])
def test_a_database_without_an_arrow_driver_is_read_in_the_ordinary_way(
    backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow_rows, "reader", lambda *_: None)
    tables = sets.right()
    tables["workers"][1]["has_social_work_degree"] = ""
    url = sets.database(f"{backend}:///{tmp_path / 'source.db'}", tables)

    con, report = sets.load(url)

    assert sum(report.rows.values()) == sum(map(len, tables.values()))
    query = "SELECT worker_id, has_social_work_degree, source_row FROM workers ORDER BY 3"
    assert con.execute(query).fetchall() == [("W1", True, 2), ("W2", None, 3)]


@pytest.mark.parametrize("with_driver", [True, False])
def test_text_that_is_not_utf8_is_answered_not_loaded(
    with_driver: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not with_driver:
        monkeypatch.setattr(arrow_rows, "reader", lambda *_: None)
    url = sets.database(f"sqlite:///{tmp_path / 'source.db'}", sets.right())
    run_sql(url, "UPDATE courses SET name_th = CAST(x'e0e1' AS TEXT)")

    with pytest.raises(Unreachable) as caught:
        read_into(duckdb.connect(), url, as_of=sets.AS_OF)

    assert caught.value.why == "no_answer"


def test_an_odd_column_name_is_only_a_name(tmp_path: Path) -> None:
    tables = sets.right()
    for row in tables["workers"]:
        row['ร้อยละ 100% ":x" (?)'] = "1"
    url = sets.database(f"sqlite:///{tmp_path / 'a %20 b.db'}", tables)

    con, report = sets.load(url)

    assert con.execute("SELECT count(*) FROM workers").fetchone() == (2,)
    assert [note.rule for note in report.notes] == ["unknown_column"]


def test_a_column_that_begins_with_many_empty_cells_is_still_text(tmp_path: Path) -> None:
    tables = sets.right()
    (family, *_) = tables["families"]
    tables["families"] += [family | {"family_id": f"X{n}"} for n in range(3000)]
    tables["families"].append(family | {"family_id": "last", "vulnerability_level": "สูง"})

    con, _ = sets.load(sets.database(f"sqlite:///{tmp_path / 'source.db'}", tables))

    query = "SELECT vulnerability_level FROM families WHERE family_id = 'last'"
    assert con.execute(query).fetchall() == [("สูง",)]


def test_problems_of_a_database_name_the_record_since_rows_have_no_numbers(tmp_path: Path) -> None:
    tables = sets.changed("cases", 3, stage="finished")
    tables["follow_ups"][1]["due_on"] = None

    url = sets.database(f"sqlite:///{tmp_path / 'source.db'}", tables)

    assert sets.said(url) == [
        "Table cases, row 3 (case_id C2), column stage: “finished” is not in the code list. Write"
        " one of the codes (not its label): intake, assessment, planning, implementation,"
        " follow_up, closed.",
        "Table follow_ups, row 3 (follow_up_id FU2), column due_on: this cell may not be empty."
        " Fill it in, like 2026-03-31.",
    ]
    assert "แถวที่ 3 (case_id C2)" in sets.said(url, "th")[0]


def test_pictures_and_files_in_a_table_are_not_read(tmp_path: Path) -> None:
    url = sets.database(f"sqlite:///{tmp_path / 'source.db'}", sets.right())
    run_sql(url, "ALTER TABLE workers ADD COLUMN photo BLOB", "UPDATE workers SET photo = x'ff00'")

    con, _ = sets.load(url)

    assert con.execute("SELECT count(*) FROM workers").fetchone() == (2,)


UNREACHABLE = [
    ("nowhere/at/all", "no_file", "is not there"),
    ("sqlite:///nowhere/at/all.db", "no_file", "is not there"),
    ("duckdb:///nowhere/at/all.db", "no_file", "is not there"),
    ("postgresql+psycopg://u:secret@127.0.0.1:1/x", "no_answer_again", "4 times in a row"),
    ("nosuchthing://u:secret@host/x", "no_answer", "It answered:"),
    ("postgresql://u:secret@host:port/x", "not_a_url", "not a database address"),
]


@pytest.mark.parametrize(("source", "why", "words"), UNREACHABLE)
def test_a_source_that_cannot_be_reached_says_why_and_keeps_the_password(
    source: str, why: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    con = duckdb.connect()
    pauses: list[int] = []
    monkeypatch.setattr(load, "sleep", pauses.append)

    with pytest.raises(Unreachable) as caught:
        read_into(con, source, as_of=sets.AS_OF)

    assert caught.value.why == why
    assert words in caught.value.text("en")
    assert "secret" not in str(caught.value)
    assert con.execute("SHOW TABLES").fetchall() == []
    assert pauses == ([1, 2, 4] if why == "no_answer_again" else [])


def test_a_database_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "typo.db"

    with pytest.raises(Unreachable):
        read_into(duckdb.connect(), f"sqlite:///{path}", as_of=sets.AS_OF)

    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("cases.csv", b"case_id\n", "single_csv"),
        ("notes.txt", b"hello", "other_kind"),
        ("book.xlsx", b"case_id,stage\n", "not_a_workbook"),
        ("source.db", b"not a database at all, only a text " * 40, "no_answer"),
    ],
)
def test_a_file_of_another_kind_says_what_to_do(
    name: str, content: bytes, why: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    source = f"sqlite:///{path}" if name.endswith(".db") else str(path)

    with pytest.raises(Unreachable) as caught:
        read_into(duckdb.connect(), source, as_of=sets.AS_OF)

    assert caught.value.why == why
    assert caught.value.text("th") != caught.value.text("en")


def test_a_source_is_shown_without_its_password() -> None:
    assert safe_label("postgresql://u:secret@host/x") == "postgresql://u:***@host/x"
    assert safe_label("some/folder") == "some/folder"
