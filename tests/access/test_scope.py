"""A scope shows exactly its share of the country, in every indicator and every list."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data_access import queries
from data_access.disclosure import with_permitted_loads
from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from data_access.scope import MINE, AreaLabel, Scope
from data_access.snapshot import SnapshotInfo
from geo import registers
from tests.support.world import drawn, make

DAY = date(2026, 9, 30)
NATION = Scope(nation=True, reveal=True)
ADDITIVE = [
    "families_per_case_manager",
    "follow_up_completion",
    "follow_up_on_time",
    "follow_up_overdue",
    "cases_without_next_follow_up",
    "unassigned_families",
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    tables: dict[str, list[dict[str, Any]]] = {
        "families": drawn("""
            family_id household_id district_code
            F1 H1 5001
            F2 H1 5002
            F3 H2 5101
            F4 H3 1001
        """),
        "cases": drawn("""
            case_id family_id target_group opened_on stage closed_on
            C1 F1 elder 2025-01-01 follow_up .
            C2 F2 child 2025-01-01 follow_up .
            C3 F3 elder 2025-01-01 follow_up .
            C4 F4 elder 2025-01-01 follow_up .
        """),
        "workers": [{"worker_id": f"W{n}", "sex": "F"} for n in (1, 2, 3)],
        "worker_posts": drawn("""
            worker_id role province_code district_code fte start_on end_on
            W1 case_manager 50 5001 1 2020-01-01 .
            W2 case_manager 50 5002 1 2020-01-01 .
            W3 case_manager 51 5101 1 2020-01-01 .
        """),
        "case_assignments": drawn("""
            case_id worker_id start_on end_on
            C1 W1 2025-01-01 .
            C3 W3 2025-01-01 .
        """),
        "follow_ups": drawn("""
            follow_up_id case_id first_due_on due_on done_on cancelled_on
            U1 C1 2026-05-01 2026-05-01 2026-05-01 .
            U2 C2 2026-05-01 2026-05-01 2026-06-01 .
            U3 C3 2026-05-01 2026-05-01 . .
            U4 C4 2026-05-01 2026-05-01 . .
        """),
    }
    return make(tmp_path_factory.mktemp("scope"), tables)


def ask(world: SnapshotInfo, name: str, scope: Scope, **asked: Any) -> pd.DataFrame:
    return queries.indicator(name, Query(as_of=DAY, **asked), scope=scope, snapshot=world)


@pytest.mark.parametrize("name", ADDITIVE)
def test_the_rows_of_a_scope_are_the_country_rows_limited_to_it(
    world: SnapshotInfo, name: str
) -> None:
    mine = Scope(provinces=frozenset({"50"}), reveal=True)
    whole = ask(world, name, NATION, area="province")
    limited = ask(world, name, mine, area="province")
    expected = whole[whole["area_code"] == "50"].reset_index(drop=True)
    pd.testing.assert_frame_equal(limited, expected)


@pytest.mark.parametrize("name", ADDITIVE)
def test_the_total_of_a_scope_is_the_sum_of_its_provinces(world: SnapshotInfo, name: str) -> None:
    mine = Scope(provinces=frozenset({"50", "51"}), reveal=True)
    total = ask(world, name, mine).iloc[0]
    parts = ask(world, name, mine, area="province")
    assert total["numerator"] == parts["numerator"].sum()
    assert total["denominator"] == parts["denominator"].sum()


@pytest.mark.parametrize("name", sorted(registry.INDICATORS))
@pytest.mark.parametrize("area", ["region", "province", "district"])
def test_an_empty_scope_sees_no_area(world: SnapshotInfo, name: str, area: str) -> None:
    assert ask(world, name, Scope(), area=area).empty


@pytest.mark.parametrize("name", ADDITIVE)
def test_an_empty_scope_counts_nothing(world: SnapshotInfo, name: str) -> None:
    row = ask(world, name, Scope()).iloc[0]
    assert (row["status"], row["reason"]) == ("not_permitted", "out_of_scope")
    assert row[["numerator", "denominator", "value"]].isna().all()


def test_a_filter_cannot_widen_a_scope(world: SnapshotInfo) -> None:
    mine = Scope(provinces=frozenset({"50"}), reveal=True)
    outside = ask(world, "follow_up_completion", mine, province="51")
    assert outside["area_code"].tolist() == ["51"]
    assert outside["numerator"].isna().tolist() == [True]
    assert outside["status"].tolist() == ["not_permitted"]


def test_a_part_of_the_country_is_never_called_the_country(world: SnapshotInfo) -> None:
    mine = Scope(provinces=frozenset({"50"}), reveal=True)
    total = ask(world, "follow_up_completion", mine)
    assert total["area_code"].tolist() == [MINE]
    assert total["denominator"].tolist() == [2]
    own = ask(world, "follow_up_completion", mine, province="50")
    assert own["area_code"].tolist() == ["50"]
    region = ask(world, "follow_up_completion", mine, region="north")
    assert region["area_code"].tolist() == [MINE]
    assert ask(world, "follow_up_completion", NATION)["area_code"].tolist() == ["TH"]


def test_a_part_of_a_region_or_province_has_no_row_under_its_name(world: SnapshotInfo) -> None:
    mine = Scope(provinces=frozenset({"51"}), districts=frozenset({"5001"}), reveal=True)
    by_region = ask(world, "follow_up_completion", mine, area="region")
    assert by_region[["area_code", "status"]].to_numpy().tolist() == [["north", "not_permitted"]]
    by_province = ask(world, "follow_up_completion", mine, area="province").set_index("area_code")
    assert by_province["status"].to_dict() == {"50": "not_permitted", "51": "shown"}
    assert by_province["denominator"].isna().to_dict() == {"50": True, "51": False}


def test_all_provinces_of_a_region_are_the_region(world: SnapshotInfo) -> None:
    north = frozenset(p.code for p in registers.provinces_of("north"))
    by_region = ask(world, "follow_up_completion", Scope(provinces=north), area="region")
    assert by_region["area_code"].tolist() == ["north"]
    assert Scope(provinces=north).label("north").code == "north"
    assert Scope(provinces=north - {"50"}).label("north").code == MINE


@pytest.mark.parametrize(
    ("scope", "code", "thai"),
    [
        (Scope(nation=True), "TH", "ทั่วประเทศ"),
        (Scope(provinces=frozenset({"50"})), "TH", "พื้นที่ของท่าน: 1 จังหวัด"),
        (Scope(provinces=frozenset({"50"})), "50", "เชียงใหม่"),
        (Scope(districts=frozenset({"5001", "5002"})), "TH", "พื้นที่ของท่าน: 2 อำเภอ"),
        # The district lies in the province, which is seen whole already.
        (
            Scope(provinces=frozenset({"50"}), districts=frozenset({"5001"})),
            "TH",
            "พื้นที่ของท่าน: 1 จังหวัด",
        ),
        (
            Scope(provinces=frozenset({"51"}), districts=frozenset({"5001"})),
            "north",
            "พื้นที่ของท่าน: 1 จังหวัด และ 1 อำเภอ",
        ),
    ],
)
def test_an_area_is_named_by_what_is_seen_of_it(scope: Scope, code: str, thai: str) -> None:
    assert scope.label(code).text("th") == thai
    assert scope.label(code).permitted


def test_the_answer_says_whose_area_it_is(world: SnapshotInfo) -> None:
    def label(scope: Scope, **asked: Any) -> AreaLabel:
        query = Query(as_of=DAY, **asked)
        return queries.answer("staffing_gap", query, scope=scope, snapshot=world).area

    assert label(Scope(provinces=frozenset({"50"}))).partial
    assert not label(Scope(provinces=frozenset({"50"})), province="51").permitted
    assert not label(Scope()).permitted
    assert label(NATION) == AreaLabel("TH")


def test_a_district_scope_sees_its_district_and_not_the_neighbour(world: SnapshotInfo) -> None:
    mine = Scope(districts=frozenset({"5001"}), reveal=True)
    rows = ask(world, "follow_up_completion", mine, area="district")
    assert rows["area_code"].tolist() == ["5001"]
    assert rows["denominator"].tolist() == [1]


def test_lists_obey_the_scope(world: SnapshotInfo) -> None:
    mine = Scope(provinces=frozenset({"51"}), reveal=True)
    query = Query(as_of=DAY)
    visits = queries.overdue_visits(query, scope=mine, snapshot=world)
    loads = queries.case_manager_loads(query, scope=mine, snapshot=world)
    assert visits["unit"].tolist() == ["U3"]
    assert loads["worker_id"].tolist() == ["W3"]


def test_case_managers_up_to_the_norm_are_listed_in_own_provinces_only() -> None:
    rows = pd.DataFrame(
        {
            "worker_id": ["W1", "W2", "W3"],
            "province_code": ["50", "50", "51"],
            "families": [12, 3, 3],
        }
    )
    public, own = Scope(nation=True), Scope(nation=True, own_provinces=frozenset({"51"}))
    for scope, norm, shown in (
        (public, 10, ["W1"]),
        (public, 2, ["W1"]),  # a norm below the threshold
        (own, 10, ["W1", "W3"]),
        (Scope(nation=True, reveal=True), 10, ["W1", "W2", "W3"]),
    ):
        assert list(with_permitted_loads(rows, scope, norm)["worker_id"]) == shown


def test_the_list_of_visits_tells_no_count_that_is_hidden(world: SnapshotInfo) -> None:
    few = Scope(provinces=frozenset({"51"}))
    for query in (Query(as_of=DAY), Query(as_of=DAY, province="51")):
        assert queries.overdue_visits(query, scope=few, snapshot=world).empty


def test_two_scopes_never_share_an_answer(world: SnapshotInfo) -> None:
    north = ask(world, "follow_up_completion", Scope(provinces=frozenset({"50"}), reveal=True))
    bangkok = ask(world, "follow_up_completion", Scope(provinces=frozenset({"10"}), reveal=True))
    assert north["denominator"].tolist() == [2]
    assert bangkok["denominator"].tolist() == [1]


def test_the_base_of_76_leaves_out_bangkok(world: SnapshotInfo) -> None:
    with_bangkok = ask(world, "follow_up_completion", NATION)
    without = ask(world, "follow_up_completion", NATION, base=76)
    assert with_bangkok["denominator"].tolist() == [4]
    assert without["denominator"].tolist() == [3]
    assert len(ask(world, "follow_up_completion", NATION, base=76, area="province")) == 76


def test_reveal_is_part_of_the_scope_and_off_by_default(
    world: SnapshotInfo, tmp_path: Path
) -> None:
    plain = ask(world, "follow_up_completion", Scope(nation=True))
    assert plain["status"].tolist() == ["hidden"]
    assert plain["numerator"].isna().all()
