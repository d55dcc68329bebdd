"""Norms: their values, their sources, and which side of the line a result falls on."""

from pathlib import Path

import pytest

from config.thresholds import ThresholdProblem, read, threshold, thresholds

GOOD = """[norm]
value = 10
better = "lower"
unit = "families"
proposed = true
source_th = "ค่าเสนอ"
source_en = "Proposed"
"""


def test_the_caseload_norm_is_the_published_one() -> None:
    norm = threshold("caseload_norm")
    assert (norm.value, norm.proposed) == (10, False)
    assert "15 มกราคม 2565" in norm.source("th")
    assert "15 January 2022" in norm.source("en")


def test_only_the_two_norms_of_the_published_statement_are_not_proposals() -> None:
    official = {name for name, entry in thresholds().items() if not entry.proposed}
    assert official == {"caseload_norm", "staffing_gap"}


def test_a_proposal_says_so_in_its_source() -> None:
    for entry in thresholds().values():
        assert entry.source("th").startswith("ค่าเสนอ") == entry.proposed
        assert entry.source("en").startswith("Proposed") == entry.proposed


def test_a_threshold_is_written_with_its_unit() -> None:
    assert threshold("caseload_norm").text("th") == "10 ครอบครัว"
    assert threshold("follow_up_completion").text("en") == "80%"


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ThresholdProblem, match="got: 'speed'"):
        threshold("speed")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("value = 10", "", "value is missing"),
        ("value = 10", 'value = "10"', "value must be a number"),
        ("value = 10", "value = true", "value must be a number"),
        ('better = "lower"', 'better = "less"', "better must be lower or higher"),
        ('unit = "families"', 'unit = "furlongs"', "unit has no text"),
        ("proposed = true", 'proposed = "yes"', "proposed must be true or false"),
        ('source_th = "ค่าเสนอ"', 'source_th = " "', "source_th must be a text"),
        ("value = 10", "value = 10\nwatch = 9", "worse side"),
        ("value = 10", "value = 10\nwatch = 10", "worse side"),
        ("value = 10", "value = 10\ncolour = 1", "colour is not known"),
        (GOOD, "norm = 10", "a table with value"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ThresholdProblem, match=says) as caught:
        read(path)
    assert "norm: " in str(caught.value)


def test_a_right_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(GOOD + "watch = 12\n", encoding="utf-8")
    assert (read(path)["norm"].value, read(path)["norm"].watch) == (10, 12)
