"""Victims of violence and displaced people: hidden below ten, and for no district at all."""

from pathlib import Path

import pytest

from data_access import queries
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.disclosure.countries import AS_OF
from tests.support.world import make

PUBLIC = Scope(nation=True)
SENSITIVE = ("violence", "displaced")
# Of every group seven urgent cases and seven others in each province: from 5 to 9.
OPEN = 14


@pytest.fixture(scope="module")
def info(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    folder: Path = tmp_path_factory.mktemp("sensitive")
    cases = [
        {
            "case_id": f"C{province}{group}{n}",
            "family_id": f"F{province}{group}{n}",
            "target_group": group,
            "urgent": n % 2 == 0,
            "opened_on": AS_OF.replace(year=2025),
            "stage": "follow_up",
        }
        for province in ("50", "51", "52")
        for group in ("elder", "child", *SENSITIVE)
        for n in range(OPEN)
    ]
    families = [
        {"family_id": case["family_id"], "district_code": f"{str(case['family_id'])[1:3]}01"}
        for case in cases
    ]
    return make(folder, {"families": families, "cases": cases})


def test_from_five_to_nine_are_shown_of_others_and_hidden_of_them(info: SnapshotInfo) -> None:
    query = Query(info.as_of, area="province", breakdown="target_group")
    frame = queries.indicator("urgent_cases", query, scope=PUBLIC, snapshot=info)
    counted = frame[frame["area_code"].isin(("50", "51", "52"))]
    states = {group: set(rows["status"]) for group, rows in counted.groupby("group")}
    assert {states["elder"] == {"shown"}, states["child"] == {"shown"}} == {True}
    for group in SENSITIVE:
        assert states[group] == {"hidden"}
        query = Query(info.as_of, area="province", target_group=group)
        alone = queries.indicator("urgent_cases", query, scope=PUBLIC, snapshot=info)
        inside = alone[alone["area_code"].isin(("50", "51", "52"))]
        assert set(inside["status"]) == {"hidden"}
        assert not (inside["reason"] == "public_level").any()


@pytest.mark.parametrize("group", SENSITIVE)
def test_no_district_has_a_number_of_theirs(info: SnapshotInfo, group: str) -> None:
    query = Query(info.as_of, area="district", target_group=group)
    frame = queries.indicator("urgent_cases", query, scope=PUBLIC, snapshot=info)
    there = frame[frame["area_code"].isin(("5001", "5101", "5201"))]
    assert len(there) == 3
    assert list(there["reason"]) == ["public_level"] * 3
    assert there[["numerator", "denominator", "value"]].isna().all(axis=None)
