"""CSV files as people make them: encodings, separators, blank lines, crooked headers, quotes."""

import csv
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importers import csv_careful, csv_folder, headers
from data_access.importers.problem_log import ProblemLog
from data_access.importers.staging import ROW_NUMBER
from data_access.schema.tables import EXCHANGE_TABLES
from tests.importers import sets


def folder_with(home: Path, table: str, content: bytes | str) -> str:
    """The right load with the file of one table replaced, byte by byte."""
    sets.csv_folder(home, sets.right())
    raw = content.encode() if isinstance(content, str) else content
    (home / f"{table}.csv").write_bytes(raw)
    return str(home)


def workers(separator: str = ",", end: str = "\r\n") -> str:
    return sets.csv_text(sets.right()["workers"], separator, end)


@pytest.mark.parametrize(
    "content",
    [
        workers(end="\n"),
        workers(end="\r"),
        workers().rstrip(),
        "\ufeff" + workers(),
        '\ufeff"worker_id","sex"\n"W1","F"\n"W2","M"\n',
        "Worker ID , SEX\u00a0,has-social-work-degree\nW1,F,\nW2,M,\n",
        "worker_id,sex\nW1,F\r\nW2,M\n",
    ],
)
def test_a_utf8_file_is_read_with_any_line_end_mark_and_header_spelling(
    content: str, tmp_path: Path
) -> None:
    con, report = sets.load(folder_with(tmp_path, "workers", content))

    found = con.execute("SELECT worker_id, sex, source_row FROM workers ORDER BY 3").fetchall()
    assert found == [("W1", "F", 2), ("W2", "M", 3)]
    assert report.notes == ()


@pytest.mark.parametrize(("separator", "shown"), [(";", ";"), ("\t", "tab"), ("|", "|")])
def test_another_separator_is_read_and_noted(separator: str, shown: str, tmp_path: Path) -> None:
    con, report = sets.load(folder_with(tmp_path, "workers", workers(separator)))

    assert con.execute("SELECT count(sex) FROM workers").fetchone() == (2,)
    assert report.lines("en") == [f"Table workers: read with “{shown}” as separator."]


@pytest.mark.parametrize(
    ("encoding", "guess", "line"),
    [("cp874", "TIS-620 / Windows-874", 3), ("utf-16", "UTF-16", 1)],
)
def test_a_file_that_is_not_utf8_is_refused_with_what_it_looks_like(
    encoding: str, guess: str, line: int, tmp_path: Path
) -> None:
    header = "course_id,name_th,target_role,qualifying"
    text = f"{header}\nX,Basic,case_manager,true\nCM,พื้นฐาน,volunteer,1\n"

    problem = sets.only(folder_with(tmp_path, "courses", text.encode(encoding)))

    assert (problem.table, problem.row, problem.rule) == ("courses", line, "not_utf8")
    assert guess in problem.text("th")
    assert "CSV UTF-8" in problem.text("th")
    assert guess in problem.text("en")


def test_foreign_bytes_far_below_the_header_are_found_with_their_line(tmp_path: Path) -> None:
    rows = "".join(f"W{n},F\n" for n in range(3, 200_000))
    content = f"worker_id,sex\nW1,F\nW2,M\n{rows}".encode() + "Wก,F\n".encode("cp874")

    problem = sets.only(folder_with(tmp_path, "workers", content))

    assert (problem.row, problem.rule) == (200_001, "not_utf8")


@pytest.mark.parametrize(
    "content",
    [
        "worker_id,sex\n\nW1,F\n\n\nW2,?\n",
        "worker_id,sex\r\n\r\nW1,F\r\n\r\n\r\nW2,?\r\n",
        "worker_id,sex\n,\nW1,F\n , \n,\nW2,?\n",
        'worker_id,sex,x\n,,\nW1,F,"a\n\nb"\n,,\n\nW2,?,\n',
    ],
)
def test_row_numbers_stay_those_of_excel_past_blank_rows_and_line_breaks(
    content: str, tmp_path: Path
) -> None:
    problem = sets.only(folder_with(tmp_path, "workers", content))

    assert (problem.row, problem.value) == (6, "?")


def test_blank_rows_are_skipped_and_counted(tmp_path: Path) -> None:
    source = folder_with(tmp_path, "workers", "worker_id,sex\nW1,F\n,\n\nW2,M\n,\n")

    con, report = sets.load(source)

    assert con.execute("SELECT source_row FROM workers ORDER BY 1").fetchall() == [(2,), (5,)]
    assert report.lines("en") == ["Table workers: 3 blank rows were skipped."]


def test_short_rows_are_filled_and_noted_long_ones_refused(tmp_path: Path) -> None:
    short = "worker_id,sex,has_social_work_degree\nW1,F\nW2,M,true\n"
    _, report = sets.load(folder_with(tmp_path / "short", "workers", short))
    assert [(note.rule, note.count) for note in report.notes] == [("short_rows", 1)]

    problem = sets.only(folder_with(tmp_path / "long", "workers", "worker_id,sex\nW1,F\nW2,M,9\n"))

    assert (problem.row, problem.column, problem.rule) == (3, None, "too_many_cells")
    assert problem.text("en").startswith("Table workers, row 3: this row has 3 cells")


def test_separators_behind_the_last_cell_do_no_harm(tmp_path: Path) -> None:
    con, report = sets.load(folder_with(tmp_path, "workers", "worker_id,sex\nW1,F,,\nW2,M,,\n"))

    assert con.execute("SELECT count(*) FROM workers").fetchone() == (2,)
    assert report.notes == ()


def test_an_unclosed_quote_is_refused_at_its_row(tmp_path: Path) -> None:
    content = 'worker_id,sex\nW1,F\n"W2,M\nW3,F\n'

    problem = sets.only(folder_with(tmp_path, "workers", content))

    assert (problem.row, problem.rule) == (3, "broken_quotes")


def test_a_header_below_a_title_is_refused_with_its_row(tmp_path: Path) -> None:
    content = "ทะเบียนผู้ปฏิบัติงาน,\n,\nworker_id,sex\nW1,F\nW2,M\n"

    problem = sets.only(folder_with(tmp_path, "workers", content))

    assert (problem.row, problem.rule) == (3, "header_lower")
    assert "workers.csv" in problem.text("th")


def test_missing_double_and_misspelt_columns_are_all_named(tmp_path: Path) -> None:
    content = "workerid,has_social_work_degree,Has_Social_Work_Degree\nW1,true,true\nW2,,\n"

    assert sets.said(folder_with(tmp_path, "workers", content)) == [
        "Table workers, column has_social_work_degree: there is more than one column named"
        " has_social_work_degree. Keep only one.",
        "Table workers, column sex: this required column is missing. Add a column named sex to the"
        " header (row 1); its cells look like F.",
        "Table workers, column worker_id: this required column is missing. There is a header"
        " “workerid” that looks like it: rename it to worker_id.",
    ]


def test_values_under_an_empty_header_are_noted(tmp_path: Path) -> None:
    _, report = sets.load(folder_with(tmp_path, "workers", "worker_id,sex,\nW1,F,x\nW2,M,\n"))

    assert report.lines("en") == [
        "Table workers, column (3): it has no header but 1 filled cells, and was not kept."
    ]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_of_a_known_name_is_refused(content: str, tmp_path: Path) -> None:
    problem = sets.only(folder_with(tmp_path, "awards", content))

    assert (problem.table, problem.rule) == ("awards", "empty_file")


def test_two_files_of_one_table_are_refused_naming_both(tmp_path: Path) -> None:
    sets.csv_folder(tmp_path, sets.right())
    (tmp_path / "Workers.CSV").write_text(workers(), encoding="utf-8")

    problem = sets.only(str(tmp_path))

    assert problem.rule == "double_table"
    assert "Workers.CSV and workers.csv" in problem.text("en")


def test_a_folder_name_that_looks_like_a_pattern_is_only_a_name(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path / "[ชุด]*{1}?'x'", sets.right())

    con, _ = sets.load(source)

    assert con.execute("SELECT count(*) FROM workers").fetchone() == (2,)


CELL = st.text(alphabet='ก"a ,;\n1', max_size=4)
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6)


@given(rows=ROWS, end=st.sampled_from(["\n", "\r\n"]))
def test_the_fast_and_the_careful_reader_give_the_same_rows(
    rows: list[tuple[str, str, str]], end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=end)
    writer.writerow(["worker_id", "sex", "has_social_work_degree"])
    writer.writerows(rows)
    path = tmp_path_factory.mktemp("files") / "workers.csv"
    path.write_text(file.getvalue(), encoding="utf-8", newline="")
    header = headers.match(
        ["worker_id", "sex", "has_social_work_degree"], EXCHANGE_TABLES["workers"]
    )
    shape = csv_careful.Shape("workers", ",", header)
    con = duckdb.connect()
    expected = [(n, *(cell or None for cell in row)) for n, row in enumerate(rows, 2)]

    log = ProblemLog()
    assert csv_careful.read(con, path, "careful", shape, log)
    assert not log
    assert con.execute(f"SELECT {ROW_NUMBER}, * FROM careful ORDER BY 1").fetchall() == expected
    if csv_folder.read_fast(con, path, "fast", shape):
        assert con.execute(f"SELECT {ROW_NUMBER}, * FROM fast ORDER BY 1").fetchall() == expected
