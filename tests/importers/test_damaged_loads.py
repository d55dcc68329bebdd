"""Whatever is wrong with a load: a sentence and an exit code, never a traceback."""

import os
import zipfile
from pathlib import Path

import pytest

from data_access import command_line
from tests.importers import mutations, sets

# About half a second each: one of each way of damage, then four others; more by `make damage`.
QUICK, MANY = range(13), range(39, int(os.environ.get("DAMAGED_LOADS", "91")))
DONE, BAD_DATA = 0, 3


def answer(source: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of checking a load."""
    monkeypatch.setenv("OVERSIGHT_DATA_DIR", str(home))
    monkeypatch.setenv("OVERSIGHT_TODAY", "2026-09-30")
    return command_line.main(["import", source, "--check"])


def check(numbers: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often each kind of damage was refused; a wrong code or a traceback fails the test."""
    refused: dict[str, int] = {}
    for number in numbers:
        source = mutations.damaged(tmp_path / str(number), number)
        code = answer(source, tmp_path / "home", monkeypatch)
        assert code in (DONE, BAD_DATA), f"damage {number}"
        kind = mutations.DAMAGES[number % len(mutations.DAMAGES)].__name__
        refused[kind] = refused.get(kind, 0) + (code == BAD_DATA)
    return refused


def test_a_few_damaged_loads_are_answered_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = check(QUICK, tmp_path, monkeypatch)

    assert sum(refused.values()) > len(QUICK) / 3
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.slow
def test_many_damaged_loads_are_answered_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = check(MANY, tmp_path, monkeypatch)

    assert all(refused.values()), "each kind of damage is refused at least once"
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("workers (1).csv", "workers"),
        ("สำเนาของ workers.csv", "workers"),
        ("Workers_final.csv", "workers"),
        ("worker.csv", "workers"),
        ("workers.tsv", "workers"),
        ("workers.csv.txt", "workers"),
        ("workers.xlsx", "workers"),
        ("2569/workers.csv", "workers"),
    ],
)
def test_a_table_under_another_name_is_named_with_what_was_meant(
    name: str, left: str, tmp_path: Path
) -> None:
    source = sets.csv_folder(tmp_path, sets.right())
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / f"{left}.csv").rename(tmp_path / name)

    first = sets.refused(source).problems[0]

    assert (first.table, first.rule) == (left, "missing_table_near")
    assert f"“{name}” looks like it" in first.text("en")
    assert f"{left}.csv" in first.text("th")


def test_a_copy_beside_the_table_is_not_read_and_is_mentioned(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path, sets.right())
    (tmp_path / "workers (1).csv").write_text("worker_id\nW9\n", encoding="utf-8")
    (tmp_path / "targets (2).csv").write_text("indicator\n", encoding="utf-8")
    (tmp_path / "readme.txt").write_text("read me", encoding="utf-8")

    _, report = sets.load(source)

    lines = "\n".join(report.lines("en"))
    assert "workers (1).csv was not read, because workers is read from its own file" in lines
    assert "If targets is meant, save it as targets.csv" in lines
    assert "readme.txt: not a CSV file" in lines
    assert report.rows["workers"] == 2


def test_a_hundred_thousand_columns_are_refused_before_any_is_matched(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path, sets.right())
    wide = ",".join(f"worker_{n}" for n in range(100_000))
    (tmp_path / "workers.csv").write_text(f"{wide}\n{wide}\n", encoding="utf-8")

    problem = sets.refused(source).problems[0]

    assert (problem.table, problem.row, problem.rule) == ("workers", 1, "too_many_columns")
    assert "more than 1000 are not read" in problem.text("en")


def test_an_empty_header_row_is_named(tmp_path: Path) -> None:
    source = sets.csv_folder(tmp_path, sets.right())
    (tmp_path / "workers.csv").write_text(",,\nW1,F,true\n", encoding="utf-8")

    problem = sets.refused(source).problems[0]

    assert (problem.table, problem.row, problem.rule) == ("workers", 1, "empty_header")


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_database_file_of_no_bytes_is_bad_data(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "load.db"
    path.touch()

    assert answer(f"{kind}:///{path}", tmp_path / "home", monkeypatch) == BAD_DATA


def package(path: Path, change: dict[str, bytes | None]) -> str:
    """The right load as a workbook with parts replaced, or left out where None."""
    sets.saved(path, sets.workbook(sets.right()))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in (parts | change).items():
            if data is not None:
                new.writestr(name, data)
    return str(path)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (None, "broken_sheet"),
        (b"<worksheet><sheetData><row", "broken_sheet"),
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "far_cell"),
    ],
)
def test_a_missing_damaged_or_endless_sheet_is_named(
    body: bytes | None, rule: str, tmp_path: Path
) -> None:
    first = next(iter(sets.right()))  # the sheet of the first part

    bad = sets.refused(package(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": body}))

    problem = next(p for p in bad.problems if p.rule == rule)
    assert problem.table == first
    assert first in problem.text("th")
