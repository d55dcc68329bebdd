"""The command: where it writes, what it refuses, and the workbook."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from data_access.schema.tables import EXCHANGE_TABLES
from sample_data.__main__ import main
from sample_data.columns import UnknownColumn, batch, same
from sample_data.generate import NotSampleData, generate, write_all
from sample_data.plan import AsOfProblem, Plan, make_plan
from sample_data.sinks import SHEET_ROWS, ExcelWorkbook, SheetFull
from sample_data.size import size_of
from tests.sample.conftest import AS_OF, SEED, only


def one_province(seed: int) -> Plan:
    """The plan of the smallest sample for one province."""
    return only(make_plan(size_of("0.001"), seed, AS_OF), "75")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans cut down to one province, so that the command answers at once."""

    def smaller(*arguments: object) -> object:
        return only(make_plan(*arguments), "75")  # type: ignore[arg-type]  passed on as they come

    monkeypatch.setattr("sample_data.__main__.make_plan", smaller)


@pytest.mark.usefixtures("quick")
def test_the_command_writes_a_folder_and_says_so_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--out", str(tmp_path / "sample"), "--scale", "0.001"]) == 0
    said = capsys.readouterr().out
    assert "synthetic rows" in said
    assert "ข้อมูลสังเคราะห์" in said
    manifest = (tmp_path / "sample" / "manifest.csv").read_text(encoding="utf-8").splitlines()
    assert manifest[:3] == ["key,value", "as_of,2026-09-30", "synthetic,true"]
    assert manifest[3].startswith("title,")
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.usefixtures("quick")
def test_the_as_of_date_may_be_written_in_the_thai_way(tmp_path: Path) -> None:
    out = tmp_path / "sample"
    assert main(["--out", str(out), "--scale", "0.001", "--as-of", "31/03/2567"]) == 0
    assert "as_of,2024-03-31" in (out / "manifest.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("quick")
def test_earlier_sample_data_is_replaced_and_anything_else_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "sample"
    for seed in (1, 2):
        generate(out, one_province(seed))
    (out / "manifest.csv").unlink()
    before = {path: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(NotSampleData):
        generate(out, one_province(3))
    assert {path: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.usefixtures("quick")
def test_a_generation_that_breaks_off_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "sample"
    generate(out, one_province(1))
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def fail(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sample_data.generate.manifest_rows", fail)
    with pytest.raises(KeyboardInterrupt):
        generate(out, one_province(2))
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scale", "huge"], "huge"),
        (["--seed", "-5"], "-5"),
        (["--as-of", "31/02/2569"], "31/02/2569"),
        (["--as-of", "2019-09-30"], "30 Sep 2019"),
    ],
)
def test_arguments_that_cannot_be_followed_are_explained_twice_and_write_nothing(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--out", str(tmp_path / "sample"), *arguments]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len([line for line in lines if line]) >= 2
    assert any(said in line for line in lines)
    assert not (tmp_path / "sample").exists()


def test_an_as_of_date_before_the_published_events_is_refused() -> None:
    with pytest.raises(AsOfProblem):
        make_plan(size_of("demo"), SEED, date(2022, 9, 30))


def test_the_workbook_holds_the_same_tables_with_real_dates(tmp_path: Path) -> None:
    plan = only(make_plan(size_of("0.001"), SEED, AS_OF), "75")
    sink = ExcelWorkbook(tmp_path)
    write_all(plan, sink)
    sink.close()
    book = openpyxl.load_workbook(tmp_path / "sample.xlsx", read_only=True)
    assert set(book.sheetnames) == set(EXCHANGE_TABLES)
    rows = list(book["cases"].iter_rows(values_only=True))
    assert len(rows) == sink.rows["cases"] + 1
    # Empty cells at the end of a row are not stored.
    first = dict(zip(rows[0], rows[1], strict=False))
    assert first["case_id"] == "SYN75C0000001"
    assert first["opened_on"].date() >= date(2021, 10, 1)
    book.close()


def test_a_workbook_too_long_for_a_sheet_is_refused_before_it_is_begun(tmp_path: Path) -> None:
    out = tmp_path / "sample"
    with pytest.raises(SheetFull) as raised:
        generate(out, make_plan(size_of("0.1"), SEED, AS_OF), file_format="xlsx")
    assert "--format csv" in raised.value.text("en")
    assert "--format csv" in raised.value.text("th")
    assert not list(tmp_path.iterdir())


def test_a_sheet_that_fills_up_all_the_same_is_refused(tmp_path: Path) -> None:
    sink = ExcelWorkbook(tmp_path)
    sink.rows["awards"] = SHEET_ROWS - 1
    with pytest.raises(SheetFull):
        sink.write("awards", batch("awards", volunteer_id=same("SYN50V0000001", 1)))
    sink.rows["awards"] = 0
    sink.close()


def test_a_column_that_the_format_lacks_is_an_error_of_the_programmer() -> None:
    with pytest.raises(UnknownColumn, match="colour"):
        batch("awards", colour=same("red", 1))
