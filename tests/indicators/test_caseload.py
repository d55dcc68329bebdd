"""Caseload on hand-worked cases: each expected value is written as the sum it is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data_access import queries
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from tests.support.world import drawn, make

DAY = date(2026, 9, 30)
NATION = Scope(nation=True, reveal=True)
Show = Callable[..., pd.DataFrame]


def families_and_managers(province: str, families: int, managers: int) -> dict[str, Any]:
    """So many families under care and so many case managers in the first district of a province."""
    district = f"{province}01"
    return {
        "families": [
            {"family_id": f"F{province}-{n}", "household_id": f"H{n}", "district_code": district}
            for n in range(families)
        ],
        "cases": [
            {
                "case_id": f"C{province}-{n}",
                "family_id": f"F{province}-{n}",
                "target_group": "elder",
                "opened_on": date(2025, 1, 1),
                "stage": "follow_up",
            }
            for n in range(families)
        ],
        "workers": [{"worker_id": f"W{province}-{n}", "sex": "F"} for n in range(managers)],
        "worker_posts": [
            {
                "worker_id": f"W{province}-{n}",
                "role": "case_manager",
                "province_code": province,
                "district_code": district,
                "fte": 1,
                "start_on": date(2020, 1, 1),
            }
            for n in range(managers)
        ],
    }


def together(*worlds: dict[str, Any]) -> dict[str, Any]:
    return {name: sum((w[name] for w in worlds), []) for name in worlds[0]}


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """Asks an indicator of a world of rows; the answer is revealed, one row per cell."""

    def ask(name: str, tables: dict[str, Any], **asked: Any) -> pd.DataFrame:
        snapshot = make(tmp_path, tables, name=f"w{len(list(tmp_path.iterdir()))}")
        query = Query(as_of=DAY).but(**asked)
        return queries.indicator(name, query, scope=NATION, snapshot=snapshot)

    return ask


# families, case managers → value, status, reason, provinces over the norm, gap
PINNED = [
    (100, 10, 10.0, "shown", "", 0, 0),
    (101, 10, 10.1, "shown", "", 1, 1),
    (7, 0, None, "no_data", "no_case_manager", 1, 1),
    (0, 3, 0.0, "shown", "", 0, 0),
]


@pytest.mark.parametrize(
    ("families", "managers", "value", "status", "reason", "over", "gap"), PINNED
)
def test_the_norm_on_its_edges(
    show: Show,
    families: int,
    managers: int,
    value: float | None,
    status: str,
    reason: str,
    over: int,
    gap: int,
) -> None:
    world = families_and_managers("50", families, managers)
    ratio = show("families_per_case_manager", world, province="50").iloc[0]
    assert (ratio["numerator"], ratio["denominator"]) == (families, managers)
    assert ratio["status"] == status
    assert ratio["reason"] == reason
    if value is None:
        assert pd.isna(ratio["value"])
    else:
        assert ratio["value"] == pytest.approx(value)
    counted = show("provinces_over_norm", world, province="50").iloc[0]
    assert (counted["numerator"], counted["denominator"]) == (over, 1)
    assert show("staffing_gap", world, province="50").iloc[0]["value"] == gap


def test_a_province_with_neither_families_nor_case_managers_is_outside_the_base(show: Show) -> None:
    world = families_and_managers("50", 1, 1)
    ratio = show("families_per_case_manager", world, area="province").set_index("area_code")
    assert len(ratio) == 77
    assert ratio.loc["51", "status"] == "no_data"
    assert show("provinces_over_norm", world).iloc[0]["denominator"] == 1
    gaps = show("staffing_gap", world, area="province").set_index("area_code")
    assert gaps.loc["51", "status"] == "no_data"
    assert gaps.loc["50", "value"] == 0


def test_a_surplus_elsewhere_does_not_fill_a_gap(show: Show) -> None:
    world = together(
        families_and_managers("50", 31, 1),  # needs 4, has 1
        families_and_managers("51", 5, 9),  # needs 1, has 9
        families_and_managers("30", 20, 0),  # needs 2, has none
    )
    assert show("staffing_gap", world).iloc[0]["value"] == (4 - 1) + 0 + (2 - 0)
    by_region = show("staffing_gap", world, area="region").set_index("area_code")["value"]
    assert by_region["north"] == 4 - 1
    assert by_region["northeast"] == 2


def test_a_group_is_the_sum_over_the_sum_not_the_mean_of_ratios(show: Show) -> None:
    world = together(families_and_managers("50", 30, 1), families_and_managers("51", 10, 9))
    country = show("families_per_case_manager", world).iloc[0]
    assert country["value"] == pytest.approx((30 + 10) / (1 + 9))


def test_a_family_counts_once_and_a_case_closed_on_the_day_is_closed(show: Show) -> None:
    world = families_and_managers("50", 3, 1)
    twice = dict(world["cases"][0], case_id="second", target_group="child")
    world["cases"].append(twice)
    world["cases"][1]["closed_on"] = DAY
    world["cases"][2]["closed_on"] = date(2026, 10, 1)
    row = show("families_per_case_manager", world).iloc[0]
    assert row["numerator"] == 1 + 0 + 1


def test_supervisors_and_leavers_are_not_case_managers_and_two_posts_are_one_person(
    show: Show,
) -> None:
    world = families_and_managers("50", 3, 0)
    world["workers"] = [{"worker_id": w, "sex": "F"} for w in ("A", "B", "C", "D")]
    world["worker_posts"] = drawn("""
        worker_id role province_code district_code fte start_on end_on
        A case_manager 50 5001 1 2020-01-01 2026-09-30
        A case_manager 50 5002 1 2020-01-01 .
        B cm_supervisor 50 5001 1 2020-01-01 .
        C case_manager 50 5001 1 2020-01-01 2026-09-29
        D case_manager 50 5001 1 2026-10-01 .
    """)
    assert show("families_per_case_manager", world).iloc[0]["denominator"] == 1
    by_district = show("families_per_case_manager", world, area="district").set_index("area_code")
    assert by_district.loc["5001", "denominator"] == 1
    assert by_district.loc["5002", "denominator"] == 1


def test_a_case_in_a_sensitive_site_counts_for_its_province_and_no_district(show: Show) -> None:
    world = families_and_managers("58", 2, 1)
    world["sites"] = [
        {
            "site_id": "S",
            "name_th": "ก",
            "type": "shelter",
            "province_code": "58",
            "sensitive": True,
        }
    ]
    world["cases"][0]["site_id"] = "S"
    assert show("families_per_case_manager", world, province="58").iloc[0]["numerator"] == 2
    by_district = show("families_per_case_manager", world, area="district", province="58")
    assert by_district["numerator"].sum() == 1


def test_case_managers_over_ten_families_among_all_in_post(show: Show) -> None:
    world = families_and_managers("50", 21, 3)
    world["case_assignments"] = [
        {"case_id": f"C50-{n}", "worker_id": "W50-0", "start_on": date(2025, 1, 1)}
        for n in range(11)
    ] + [
        {"case_id": f"C50-{n}", "worker_id": "W50-1", "start_on": date(2025, 1, 1)}
        for n in range(11, 21)
    ]
    row = show("case_managers_over_norm", world).iloc[0]
    assert (row["numerator"], row["denominator"]) == (1, 1 + 1 + 1)  # 11 families; 10; none
    nobody = show("case_managers_over_norm", families_and_managers("50", 3, 0)).iloc[0]
    assert (nobody["status"], nobody["reason"]) == ("no_data", "no_case_manager")


def test_an_assignment_that_ended_leaves_the_family_unassigned(show: Show) -> None:
    world = families_and_managers("50", 3, 1)
    world["case_assignments"] = drawn("""
        case_id worker_id start_on end_on
        C50-0 W50-0 2025-01-01 .
        C50-1 W50-0 2025-01-01 2026-09-29
    """)
    row = show("unassigned_families", world).iloc[0]
    assert (row["numerator"], row["denominator"]) == (2, 3)


def test_overload_months_are_counted_over_the_last_twelve_month_ends(show: Show) -> None:
    world = families_and_managers("50", 11, 1)
    world["worker_posts"][0]["start_on"] = date(2020, 1, 1)
    for n in range(11):
        world["cases"][n]["opened_on"] = date(2026, 7, 15)
    # 11 to 1 on 31 Jul, 31 Aug and 30 Sep; 0 to 1 on the nine month-ends before.
    assert show("overload_months", world).iloc[0]["value"] == 3


def test_asked_as_of_an_earlier_day_history_is_reproduced(show: Show) -> None:
    world = families_and_managers("50", 4, 2)
    world["cases"][0]["opened_on"] = date(2026, 2, 1)
    world["worker_posts"][0]["start_on"] = date(2026, 2, 1)
    row = show("families_per_case_manager", world, as_of=date(2026, 1, 31)).iloc[0]
    assert (row["numerator"], row["denominator"]) == (3, 1)
    months = show("families_per_case_manager", world, over="month")
    assert months["numerator"].tolist() == [3] * 4 + [4] * 8
    assert months["denominator"].tolist() == [1] * 4 + [2] * 8


def test_case_managers_per_supervisor_is_that_way_round(show: Show) -> None:
    world = families_and_managers("50", 1, 6)
    world["workers"] += [{"worker_id": w, "sex": "F"} for w in ("S1", "S2", "S3")]
    world["worker_posts"] += drawn("""
        worker_id role province_code district_code fte start_on end_on
        S1 cm_supervisor 50 5001 1 2020-01-01 .
        S2 cm_supervisor 50 5001 1 2020-01-01 2026-09-30
        S3 cm_supervisor 50 5001 1 2020-01-01 2026-09-29
    """)
    row = show("case_managers_per_supervisor", world).iloc[0]
    assert (row["numerator"], row["denominator"]) == (6, 1 + 1)
    assert row["value"] == 6 / 2
    nobody = show("case_managers_per_supervisor", families_and_managers("50", 1, 6)).iloc[0]
    assert (nobody["status"], nobody["reason"]) == ("no_data", "no_supervisor")


def test_urgent_cases_are_those_marked_and_an_unknown_mark_is_none(show: Show) -> None:
    world = families_and_managers("50", 5, 1)
    for case, mark in zip(world["cases"], (True, True, False, None, True), strict=True):
        case["urgent"] = mark
    world["cases"][4]["closed_on"] = DAY
    row = show("urgent_cases", world).iloc[0]
    assert (row["numerator"], row["denominator"]) == (1 + 1, 4)
    assert row["value"] == 100 * 2 / 4


def test_the_bands_of_load_hold_both_their_ends(tmp_path: Path) -> None:
    loads = (0, 1, 5, 6, 10, 11, 15, 16, 20, 21)
    world = families_and_managers("50", sum(loads), len(loads))
    holders = [f"W50-{n}" for n, load in enumerate(loads) for _ in range(load)]
    world["case_assignments"] = [
        {"case_id": f"C50-{n}", "worker_id": worker, "start_on": date(2025, 1, 1)}
        for n, worker in enumerate(holders)
    ]
    snapshot = make(tmp_path, world)
    bands = queries.load_bands(Query(as_of=DAY), scope=NATION, snapshot=snapshot)
    assert dict(zip(bands["band"], bands["case_managers"], strict=True)) == {
        "0": 1, "1-5": 2, "6-10": 2, "11-15": 2, "16-20": 2, "21+": 1,
    }  # fmt: skip
    over = queries.indicator("case_managers_over_norm", Query(DAY), scope=NATION, snapshot=snapshot)
    assert (over["numerator"].iloc[0], over["denominator"].iloc[0]) == (2 + 2 + 1, len(loads))
