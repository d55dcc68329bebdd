"""Areas that sent nothing for months: whole months since the newest record, counted by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_access import listings, silence
from data_access.filters import Filter
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.support.world import make

DAY = date(2026, 9, 30)
BY_DISTRICT: Query = Query(DAY, area="district")
# Each district: when its last case was opened, and when it was last visited.
LAST = {
    "5001": (date(2026, 1, 5), date(2026, 9, 1)),
    "5002": (date(2026, 1, 5), date(2026, 7, 31)),  # August and September are whole months
    "5003": (date(2026, 1, 5), date(2026, 8, 1)),  # September alone
    "5801": (date(2026, 5, 23), None),  # June to September
    "5802": (date(2026, 1, 5), date(2026, 10, 1)),  # visited tomorrow
}
FEW = "5803"  # fewer cases than are told apart


def _tables() -> dict[str, list[dict[str, Any]]]:
    families, cases, visits = [], [], []
    for district in (*LAST, FEW):
        opened, visited = LAST.get(district, (date(2026, 1, 5), None))
        for n in range(4 if district == FEW else 5):
            key = f"{district}-{n}"
            families.append({"family_id": key, "household_id": key, "district_code": district})
            case = {"case_id": key, "family_id": key, "target_group": "elder", "stage": "follow_up"}
            cases.append({**case, "opened_on": opened})
        if visited:
            visit = {"follow_up_id": district, "case_id": f"{district}-0", "due_on": visited}
            visits.append({**visit, "first_due_on": visited, "done_on": visited})
    return {"families": families, "cases": cases, "follow_ups": visits}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    return make(Path(tmp_path_factory.mktemp("silent")), _tables())


def silent(world: SnapshotInfo, query: Query, scope: Scope | None = None) -> dict[str, int]:
    found = silence.silent_areas(query, scope=scope or Scope(nation=True), snapshot=world)
    return dict(zip(found["area_code"], found["months"], strict=True))


def test_whole_months_since_the_newest_record_are_counted(world: SnapshotInfo) -> None:
    assert silent(world, BY_DISTRICT) == {"5802": 8, "5801": 4, "5002": 2}


def test_the_longest_silence_comes_first_and_a_month_says_no_day(world: SnapshotInfo) -> None:
    found = silence.silent_areas(BY_DISTRICT, scope=Scope(nation=True), snapshot=world)
    assert found["area_code"].tolist() == ["5802", "5801", "5002"]
    assert found["latest"].tolist() == [date(2026, 1, 1), date(2026, 5, 1), date(2026, 7, 1)]


def test_a_month_that_still_runs_is_no_whole_month(world: SnapshotInfo) -> None:
    before = BY_DISTRICT.but(as_of=date(2026, 9, 29))
    assert silent(world, before) == {"5802": 7, "5801": 3}  # 5002: August alone
    after = BY_DISTRICT.but(as_of=date(2026, 10, 1))
    assert "5802" not in silent(world, after)


def test_provinces_are_as_recent_as_their_newest_district(world: SnapshotInfo) -> None:
    assert silent(world, Query(DAY, area="province")) == {"58": 4}
    assert silent(world, Query(DAY)) == {"58": 4}


def test_areas_scope_and_hiding_are_followed(world: SnapshotInfo) -> None:
    assert silent(world, BY_DISTRICT.but(province="50")) == {"5002": 2}
    assert silent(world, BY_DISTRICT, Scope(provinces=frozenset({"58"}))) == {"5802": 8, "5801": 4}
    revealed = Scope(nation=True, hide_below=1)
    assert silent(world, BY_DISTRICT, revealed)[FEW] == 8


def test_a_target_group_is_said_not_to_be_followed() -> None:
    query = BY_DISTRICT.but(target_group="elder", province="50")
    assert listings.filters_ignored("silent_areas", query) == (Filter.TARGET_GROUP,)
