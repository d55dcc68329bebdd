"""Planted faults trip exactly what they were planted for, through the real importer and checks."""

import json

import duckdb
import pandas as pd
import pytest
from sqlalchemy import func, select

from config.settings import Settings
from data_access import snapshot
from data_access.importers import BadData, read_into
from data_access.schema.derived import quality_results
from sample_data import faults, stop_faults
from tests.sample.conftest import AS_OF, Folder

pytestmark = pytest.mark.slow


def counted(settings: Settings, folder: Folder) -> dict[str, int]:
    """How many rows break each warning rule, as a published snapshot tells."""
    made = snapshot.build(settings, str(folder.path))
    rule = quality_results.c.rule
    with snapshot.engine(made).connect() as connection:
        rows = connection.execute(select(rule, func.count()).group_by(rule)).all()
    return {str(name): int(number) for name, number in rows}


def test_a_sample_without_faults_is_accepted_whole(tiny: Folder) -> None:
    report = read_into(duckdb.connect(), str(tiny.path))
    assert report.as_of == AS_OF
    assert report.synthetic
    assert report.title
    assert report.rows["cases"] == 4_000
    assert not report.ignored_columns


def test_a_sample_without_faults_breaks_no_rule(tiny: Folder, settings: Settings) -> None:
    assert counted(settings, tiny) == {}


def test_each_warning_rule_is_tripped_as_often_as_planted(
    flawed: Folder, settings: Settings
) -> None:
    assert counted(settings, flawed) == faults.PLANTED_ROWS


def test_every_warning_rule_of_the_product_has_planted_faults() -> None:
    from data_access.quality.registry import WARN_RULES

    assert {rule.name for rule in WARN_RULES} == set(faults.PLANTED_ROWS)


def test_the_expected_counts_lie_beside_the_data(flawed: Folder) -> None:
    said = json.loads((flawed.path / faults.EXPECTED).read_text(encoding="utf-8"))
    assert said == {"as_of": "2026-09-30", "rules": faults.PLANTED_ROWS}


def test_planted_rows_are_added_and_nothing_else_changes(tiny: Folder, flawed: Folder) -> None:
    for table in ("cases", "follow_ups", "volunteers", "worker_posts", "cohorts", "enrolments"):
        sound, more = tiny.texts(table), flawed.texts(table)
        assert len(more) > len(sound)
        pd.testing.assert_frame_equal(more.iloc[: len(sound)], sound)


@pytest.fixture(scope="module")
def refusal(refused: Folder) -> BadData:
    with pytest.raises(BadData) as raised:
        read_into(duckdb.connect(), str(refused.path))
    return raised.value


def test_a_load_with_stop_faults_lists_exactly_the_planted_ones(
    refused: Folder, refusal: BadData
) -> None:
    listed = json.loads((refused.path / stop_faults.EXPECTED).read_text(encoding="utf-8"))
    expected = {(p["table"], p["row"], p["column"], p["rule"]) for p in listed}
    assert len(expected) == len(listed) == 11
    assert {(p.table, p.row, p.column, p.rule) for p in refusal.problems} == expected
    assert refusal.total == len(listed)


def test_each_refusal_names_what_was_planted_there(refused: Folder, refusal: BadData) -> None:
    listed = json.loads((refused.path / stop_faults.EXPECTED).read_text(encoding="utf-8"))
    seen = {(p["table"], p["row"], p["column"]): p["seen"] for p in listed if p["row"]}
    for problem in refusal.problems:
        if problem.row:
            assert problem.value == seen[(problem.table, problem.row, problem.column)]


def test_planted_citizen_numbers_belong_to_nobody() -> None:
    from stdnum.th import pin

    numbers = [stop_faults.citizen_number(n) for n in (0, 1, 9_999_999)]
    assert all(pin.is_valid(number) for number in numbers)
    assert {number[1:5] for number in numbers} == {"0000"}, "no province has the code 00"


def test_all_planted_ids_are_plainly_synthetic(flawed: Folder) -> None:
    for table, key in (("cases", "case_id"), ("workers", "worker_id"), ("families", "family_id")):
        assert flawed.texts(table)[key].str.startswith("SYN").all()
