"""Case managers per supervisor, urgent cases and bands of load: each value written as its sum."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data_access import queries
from data_access.indicators.kernel.query import Query
from tests.indicators.test_caseload import NATION, families_and_managers, together
from tests.support.world import make

DAY = date(2026, 9, 30)


def world(families: int, managers: int, supervisors: int, urgent: int) -> dict[str, Any]:
    tables = families_and_managers("50", families, managers)
    for at, one in enumerate(tables["cases"]):
        one["urgent"] = at < urgent
    posts = [
        tables["worker_posts"][0] | {"worker_id": f"S{n}", "role": "cm_supervisor"}
        for n in range(supervisors)
    ]
    tables["workers"] += [{"worker_id": f"S{n}", "sex": "F"} for n in range(supervisors)]
    tables["worker_posts"] += posts
    return tables


def test_case_managers_per_supervisor_are_case_managers_over_supervisors(tmp_path: Path) -> None:
    snapshot = make(tmp_path, world(5, 6, 2, 0))
    row = queries.indicator(
        "case_managers_per_supervisor", Query(as_of=DAY), scope=NATION, snapshot=snapshot
    ).iloc[0]
    assert (row["numerator"], row["denominator"], row["value"]) == (6, 2, 6 / 2)


def test_case_managers_per_supervisor_have_no_number_for_one_target_group(tmp_path: Path) -> None:
    # Neither post is divided by group: 6 ÷ 2 beside "elder" would be read as the group's own.
    snapshot = make(tmp_path, world(5, 6, 2, 0))
    query = Query(as_of=DAY, target_group="elder")
    row = queries.indicator(
        "case_managers_per_supervisor", query, scope=NATION, snapshot=snapshot
    ).iloc[0]
    assert (row["status"], row["reason"]) == ("no_data", "not_by_target_group")
    assert pd.isna(row["numerator"])
    assert pd.isna(row["value"])


def test_urgent_cases_are_those_marked_urgent(tmp_path: Path) -> None:
    snapshot = make(tmp_path, world(8, 1, 1, 3))
    row = queries.indicator("urgent_cases", Query(as_of=DAY), scope=NATION, snapshot=snapshot).iloc[
        0
    ]
    assert (row["numerator"], row["denominator"]) == (3, 8)
    assert row["value"] == pytest.approx(100 * 3 / 8)


@pytest.mark.parametrize(
    ("families", "band"), [(5, "1-5"), (6, "6-10"), (10, "6-10"), (11, "11-15"), (21, "21+")]
)
def test_a_case_manager_stands_in_the_band_that_ends_with_the_norm(
    tmp_path: Path, families: int, band: str
) -> None:
    tables = together(families_and_managers("50", families, 1))
    tables["case_assignments"] = [
        {"case_id": c["case_id"], "worker_id": "W50-0", "start_on": DAY} for c in tables["cases"]
    ]
    bands = queries.load_bands(Query(as_of=DAY), scope=NATION, snapshot=make(tmp_path, tables))
    filled = dict(zip(bands["band"], bands["case_managers"], strict=True))
    assert {name for name, count in filled.items() if count} == {band}
    assert filled[band] == 1
