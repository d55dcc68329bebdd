"""Days as offices write them, and days that Excel has moved: what is read, asked and refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.settings import load
from data_access import queries, snapshot
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from tests.importers import sets

YEAR_69 = {"first_due_on": "1969-01-05", "due_on": "1969-01-05"}


def missed(count: int, moved: int) -> list[dict[str, Any]]:
    """So many follow-ups of case C1 that nobody did, the first of them 57 years early."""
    return [
        {"follow_up_id": f"M{n}", "case_id": "C1"}
        | (YEAR_69 if n < moved else {"first_due_on": "2026-01-05", "due_on": "2026-01-05"})
        for n in range(count)
    ]


def done(count: int) -> list[dict[str, Any]]:
    """So many follow-ups of case C1 done a day before they were due."""
    days = {"first_due_on": "2026-01-05", "due_on": "2026-01-05", "done_on": "2026-01-04"}
    return [{"follow_up_id": f"D{n}", "case_id": "C1", **days} for n in range(count)]


def folder(path: Path, **tables: Any) -> str:
    return sets.csv_folder(path, sets.right(**tables))


@pytest.mark.parametrize(
    "text",
    [
        "30 ก.ย. 2568",
        "๓๐ กันยายน พ.ศ. ๒๕๖๘",
        "30-09-2568",
        "30.9.2568",
        "2568/09/30",
        "45930",
        "45930.0",
    ],
)
def test_a_day_is_read_however_an_office_writes_it(text: str, tmp_path: Path) -> None:
    tables = sets.changed("cases", 2, opened_on=text)

    con, _ = sets.load(sets.csv_folder(tmp_path, tables))

    assert con.execute("SELECT min(opened_on) FROM cases").fetchone() == (date(2025, 9, 30),)


def test_excels_day_numbers_are_noted_with_the_days_they_became(tmp_path: Path) -> None:
    _, report = sets.load(sets.csv_folder(tmp_path, sets.changed("cases", 2, opened_on="45930")))

    assert report.lines("en") == [
        "Table cases, column opened_on: 1 of Excel's day numbers were read as dates,"
        " like 45930 → 2025-09-30."
    ]


@pytest.mark.parametrize("text", ["9999", "12345", "99999", "20250930", "30/9/68", "30 ก.ย. 68"])
def test_what_may_mean_several_days_is_refused(text: str, tmp_path: Path) -> None:
    problem = sets.only(sets.csv_folder(tmp_path, sets.changed("cases", 2, opened_on=text)))

    assert problem.rule == "date_shape"
    assert f"“{text}”" in problem.text("en")


def test_days_that_excel_has_moved_57_years_refuse_the_load_and_name_the_year_meant(
    tmp_path: Path,
) -> None:
    bad = sets.refused(folder(tmp_path, follow_ups=[*missed(10, moved=10), *done(18)]))

    assert {p.rule for p in bad.problems} == {"days_moved"}
    assert [p.row for p in bad.problems if p.column == "due_on"] == list(range(2, 12))
    assert bad.total == 10 + 10  # due_on and first_due_on
    assert "1969-01-05" in bad.problems[0].text("en")
    assert "Did you mean 2569 (05/01/2569)?" in bad.problems[0].text("en")
    assert "หมายถึงปี 2569 (05/01/2569) หรือไม่" in bad.problems[0].text("th")


def test_after_following_the_message_the_missed_ones_count(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", follow_ups=[*missed(10, moved=0), *done(10)])
    info = snapshot.build(settings(tmp_path), source, as_of=sets.AS_OF)

    span = queries.indicator(
        "follow_up_completion",
        Query(as_of=sets.AS_OF, area="province", province="50"),
        scope=Scope(nation=True),
        snapshot=info,
    )

    assert span["numerator"].iloc[0] == 10
    assert span["denominator"].iloc[0] == 10 + 10


def test_a_whole_column_57_years_early_is_refused_however_short(tmp_path: Path) -> None:
    problem = sets.only(
        sets.csv_folder(tmp_path, sets.changed("volunteers", 2, registered_on="1963-01-15"))
    )

    assert (problem.table, problem.row, problem.rule) == ("volunteers", 2, "days_moved")
    assert "2563" in problem.text("th")


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        (
            YEAR_69,
            "due_on: Day far from every other day: 1 rows, such as row 2: 1969-01-05 (2569?)",
        ),
        ({"due_on": "2099-01-05"}, "such as row 2: 2099-01-05 (2569?)"),
        ({"due_on": "2062-01-05"}, "such as row 2: 2062-01-05 (2562?)"),
    ],
)
def test_a_stray_day_is_warned_of_with_its_row_and_the_year_meant(
    changes: dict[str, str], warned: str, tmp_path: Path
) -> None:
    rows = [*missed(1, moved=0), *done(20)]
    rows[0] |= changes
    report = snapshot.inspect(
        settings(tmp_path), folder(tmp_path / "in", follow_ups=rows), as_of=sets.AS_OF
    )

    assert any(warned in line for line in report.lines("en")), report.lines("en")


def test_a_published_load_says_its_warnings_too(tmp_path: Path) -> None:
    tables = sets.changed("cases", 3, opened_on="2026-10-05", closed_on=None, stage="intake")
    reports: list[Any] = []

    snapshot.build(
        settings(tmp_path),
        sets.csv_folder(tmp_path / "in", tables),
        as_of=sets.AS_OF,
        on_report=reports.append,
    )

    lines = [line for report in reports for line in report.lines("en")]
    assert any("Recorded for a day still to come: 1 rows, such as row 3" in line for line in lines)


def test_a_load_that_stands_for_1969_is_asked_which_year_it_means(tmp_path: Path) -> None:
    manifest = [{"key": "as_of", "value": "1969-09-30"}]

    bad = sets.refused(folder(tmp_path, manifest=manifest), as_of=None, today=sets.AS_OF)

    assert [p.rule for p in bad.problems] == ["as_of_far"]
    assert "Did you mean 2569?" in bad.problems[0].text("en")


def settings(tmp_path: Path) -> Any:
    return load({"OVERSIGHT_DATA_DIR": str(tmp_path / "var"), "OVERSIGHT_TODAY": "2026-09-30"})
