"""The command `explain`: the ends that `show` gives, causes that sum, and what it refuses."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import PREFIX
from data_access import snapshot
from data_access.command_line import main
from tests.support.commands import TODAY

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    small_data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command on the small sample: exit code, what it said, what it complained of."""
    for name, text in {
        "DATA_DIR": str(small_data_dir),
        "TODAY": TODAY.isoformat(),
        "LANGUAGE": "en",
    }.items():
        monkeypatch.setenv(f"{PREFIX}{name}", text)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *capsys.readouterr()

    return command


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_causes_sum_to_the_difference_of_what_show_gives(run: Run) -> None:
    form = ("--format", "csv")
    shown = [
        rows(run("show", "urgent_cases", "--fiscal-year", "2569", "--quarter", q, *form)[1])[0]
        for q in ("3", "4")
    ]
    code, text, _ = run("explain", "urgent_cases", "--from", "2569-3", "--to", "2569-4", *form)
    assert code == 0
    found = rows(text)
    for part in ("numerator", "denominator"):
        mine = [row for row in found if row["part"] == part]
        assert sum(int(row["change"]) for row in mine) == int(shown[1][part]) - int(shown[0][part])
        assert sum(int(row["added"]) for row in mine) > 0


def test_words_name_both_ends_and_the_causes(run: Run) -> None:
    code, text, _ = run("explain", "urgent_cases", "--from", "2026-06-30")
    assert code == 0
    assert "(30 Jun 2026) to" in text
    assert "(30 Sep 2026)" in text
    assert "new +" in text
    assert "left −" in text


def test_a_snapshot_is_an_end_and_an_unknown_one_is_refused(run: Run, small_data_dir: Path) -> None:
    live = snapshot.current(small_data_dir).snapshot_id
    code, text, _ = run("explain", "families_in_care", "--from", f"2569-3@{live}", "--to", live)
    assert code == 0
    assert "new +" in text
    code, _, complaint = run("explain", "families_in_care", "--from", "2569-3@20200101T000000-abc")
    assert code == 2
    assert live in complaint


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("staffing_gap", "--from", "2569-3"), "no count of units"),
        (("training_sex_split", "--from", "2569-3"), "by group only"),
        (("urgent_cases", "--from", "2569-4", "--to", "2569-3"), "exchange --from and --to"),
        (("urgent_cases", "--from", "yesterday"), "yesterday"),
        (("families_per_case_manager", "--from", "2569-3", "--target-group", "elder"), "elder"),
    ],
)
def test_what_cannot_be_explained_is_refused_in_words(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    code, _, complaint = run("explain", *arguments)
    assert code == 2
    assert words in complaint or "target group" in complaint


def test_a_former_definition_counts_the_earlier_end(run: Run) -> None:
    code, text, _ = run(
        "explain", "assessed_within_30_days", "--formerly", "assessed_within_15_days",
        "--from", "2569-2", "--to", "2569-2", "--format", "csv",
    )  # fmt: skip
    assert code == 0
    causes = {row["cause"] for row in rows(text) if row["added"] not in ("0", "")}
    assert causes <= {"definition"}


def test_to_reveal_wants_the_leave_of_the_settings(run: Run) -> None:
    assert run("explain", "urgent_cases", "--from", "2569-3", "--reveal")[0] == 5
