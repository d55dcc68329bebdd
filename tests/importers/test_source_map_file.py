"""What a source map may say, every mistake in it at once, and how its cells are read."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from sqlalchemy import Date, Integer, Text
from sqlalchemy.dialects import mssql, mysql, oracle, postgresql, sqlite

from config.i18n import LANGS
from config.thai_calendar import DateProblem
from data_access.importers import BadData, Unreachable
from data_access.importers.mapping.cells import Cells
from data_access.importers.mapping.day_forms import problem_with, read_written_day
from data_access.importers.mapping.definition import ColumnMap, DateForm, SourceColumn, TableMap
from data_access.importers.mapping.statements import Statement
from data_access.importers.mapping.toml_file import read_map
from tests.support.commands import ROOT


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_mistake_of_a_map_is_said_at_once_in_both_languages(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        speed = 3
        [source]
        attempts = 0
        [tables.casess]
        from = "x"
        [tables.workers]
        form = "staff"
        [tables.workers.columns]
        worker_id = { column = "no", date = "dd/mm/yyyy" }
        sexx = "gender"
        sex = { column = "g", codes = { "1" = "male" } }
        has_social_work_degree = { columns = [], yes = ["Y"] }
        [tables.cases.columns]
        case_id = { value = "1" }
        opened_on = { column = "d", date = "dd/mm/yy" }
        closed_on = { column = "d", date = "mm/yyyy" }
        """,
    )

    with pytest.raises(BadData) as caught:
        read_map(path)

    rules = sorted(p.rule for p in caught.value.problems)
    assert rules == [
        "map_bad_code",
        "map_date_era",
        "map_date_take",
        "map_misplaced",
        "map_required",
        "map_required",
        "map_required",
        "map_shape",
        "map_shape",
        "map_shape",
        "map_shape",
        "map_unknown_column",
        "map_unknown_key",
        "map_unknown_key",
        "map_unknown_table",
    ]
    for lang in LANGS:
        said = caught.value.text(lang)
        for name in ("speed", "attempts", "casess", "form", "sexx", "male", "dd/mm/yy"):
            assert name in said


@pytest.mark.parametrize("text", ["[tables", "[tables.สถานะ]"])
def test_a_map_that_is_not_toml_says_so(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadData) as caught:
        read_map(written(tmp_path, text))
    assert [p.rule for p in caught.value.problems] == ["map_toml"]


def test_a_map_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="none.toml"):
        read_map(tmp_path / "none.toml")


def test_the_map_as_shipped_is_empty() -> None:
    assert read_map(ROOT / "config" / "source_map.toml").tables == {}


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("05/10/2568", DateForm("dd/mm/yyyy"), date(2025, 10, 5)),
        ("๕/๑๐/๒๕๖๘", DateForm("dd/mm/yyyy"), date(2025, 10, 5)),
        ("10/05/2025 13:45", DateForm("mm/dd/yyyy"), date(2025, 10, 5)),
        ("05102568", DateForm("ddmmyyyy", "be"), date(2025, 10, 5)),
        ("20251005", DateForm("yyyymmdd"), date(2025, 10, 5)),
        ("5 10 2568", DateForm("dd mm yyyy", "be"), date(2025, 10, 5)),
        ("05-Oct-2025", DateForm("dd-mmm-yyyy"), date(2025, 10, 5)),
        ("5 ต.ค. 2568", DateForm("dd mmm yyyy"), date(2025, 10, 5)),
        ("05/10/68", DateForm("dd/mm/yy", "be"), date(2025, 10, 5)),
        ("29/02/2567", DateForm("dd/mm/yyyy", "be"), date(2024, 2, 29)),
        ("02/2567", DateForm("mm/yyyy", "be", "last"), date(2024, 2, 29)),
        ("2567", DateForm("yyyy", "be", "first"), date(2024, 1, 1)),
    ],
)
def test_days_are_read_in_the_form_that_the_map_names(text: str, form: DateForm, day: date) -> None:
    assert problem_with(form) is None
    assert read_written_day(text, form) == day


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("31/02/2568", DateForm("dd/mm/yyyy")),
        ("31/12/2025", DateForm("mm/dd/yyyy")),
        ("05/10/2025", DateForm("dd/mm/yyyy", "be")),
        ("05/10/2568", DateForm("dd/mm/yyyy", "ce")),
        ("5102568", DateForm("ddmmyyyy")),
        ("2025-10-05", DateForm("dd/mm/yyyy")),
    ],
)
def test_a_day_of_another_form_is_no_day(text: str, form: DateForm) -> None:
    with pytest.raises(DateProblem):
        read_written_day(text, form)


def column(how: ColumnMap, *cells: list[str]) -> tuple[list[str], Cells]:
    """The cells of one exchange column from columns a, b … of the source."""
    order = [SourceColumn("", chr(ord("a") + n)) for n in range(len(cells))]
    part = TableMap("cases", "t", None, {"stage": how})
    reading = Cells(part, order)
    batch = pa.RecordBatch.from_arrays(
        [pa.array(c, pa.string()) for c in cells], [f"c{n}" for n in range(len(cells))]
    )
    return reading.table(batch, ["stage"]).column(0).to_pylist(), reading


A, B = SourceColumn("", "a"), SourceColumn("", "b")


def test_texts_are_joined_cut_emptied_and_translated_in_this_order() -> None:
    assert column(ColumnMap((A, B), between="-"), ["x ", "", "y"], ["1", "2", ""])[0] == [
        "x-1", "2", "y",
    ]  # fmt: skip
    assert column(ColumnMap((A,), first=4), ["500107", " 5002 "])[0] == ["5001", "5002"]
    assert column(ColumnMap((A,), empty=frozenset({"-"}), before="W"), ["7", " - ", ""])[0] == [
        "W7", "", "",
    ]  # fmt: skip
    how = ColumnMap((A,), codes={"1": "closed", "0": ""})
    assert column(how, ["1", "0", "", "closed"])[0] == ["closed", "", "", "closed"]


def test_texts_without_a_code_are_counted_by_rows_not_by_kind() -> None:
    cells, reading = column(ColumnMap((A,), codes={"1": "closed"}), ["7", "1", "7", "8"])

    assert cells == ["", "closed", "", ""]
    assert reading.unread == {("stage", "map_no_code"): {"7": 2, "8": 1}}


DIALECTS = [postgresql.dialect(), mysql.dialect(), sqlite.dialect(), mssql.dialect(),
            oracle.dialect()]  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_statement_compiles_for_databases_that_nobody_has_tried(dialect: object) -> None:
    columns = {
        "case_id": ColumnMap((SourceColumn("", "no"),)),
        "opened_on": ColumnMap((SourceColumn("", "day"),)),
    }
    part = TableMap("cases", "ทะเบียน", "dbo", columns, distinct=True)
    types = {"": {"no": Integer(), "day": Date(), "note": Text()}}
    statement = Statement(part, part.places(), types, dialect)  # type: ignore[arg-type] # a dialect of any kind

    text = str(statement.rows().compile(dialect=dialect))  # type: ignore[call-overload] # the same

    assert "DISTINCT" in text
    assert "ทะเบียน" in text
    # SQL Server keeps Thai in NVARCHAR only; days are left to the driver where text has many forms.
    wide = "NVARCHAR(max)" in text or "NVARCHAR2(1000)" in text
    assert wide == (dialect.name in ("mssql", "oracle"))  # type: ignore[attr-defined] # the same
