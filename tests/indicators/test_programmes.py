"""Stages of a case, parts of a whole and decisions on screenings, counted by hand."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from config.thai_calendar import FiscalYear, Span
from data_access import programmes, queries, survival
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.support.world import drawn, make

DAY = date(2026, 9, 30)
NATION = Scope(nation=True, reveal=True)
CAREFUL = Scope(nation=True)

FAMILIES = drawn("""
    family_id household_id district_code
    F1 H1 5001
    F2 H2 5001
    F3 H3 5101
    F4 H4 5101
""")
CASES = drawn("""
    case_id family_id target_group intake_channel opened_on stage closed_on closure_reason
    C1 F1 elder hotline_1300 2026-09-01 closed 2026-09-21 self_reliant
    C2 F2 elder hotline_1300 2026-09-01 planning . .
    C3 F3 child walk_in 2026-09-01 intake . .
    C4 F4 child . 2025-09-30 closed 2026-09-30 transferred
""")
ASSESSMENTS = drawn("""
    case_id assessed_on dimension level
    C1 2026-09-05 income 2
    C1 2026-09-20 income 1
    C2 2026-09-11 income 2
    C2 2026-08-31 health 2
""")
TEAM = drawn("""
    case_id profession start_on end_on
    C2 nurse 2026-09-02 .
    C2 doctor 2026-09-02 2026-09-29
    C3 nurse 2026-09-02 .
""")
VOLUNTEERS = drawn("""
    volunteer_id sex level province_code district_code registered_on ended_on
    V1 F village 50 5001 2025-09-30 .
    V2 F village 50 5001 2025-10-01 .
    V3 F village 50 5001 2020-01-01 .
    V4 M tambon 51 5101 2020-01-01 .
    V5 M tambon 51 5101 2020-01-01 2026-09-29
""")
# The window is 90 days: 3 July to 30 September 2026; the one before ends on 2 July.
ACTIVITIES = drawn("""
    volunteer_id done_on duty
    V1 2026-07-03 watch
    V1 2026-07-02 watch
    V2 2026-09-30 watch
    V3 2026-07-02 watch
    V5 2026-09-01 watch
""")
SCREENINGS = drawn("""
    case_id tool version run_on flag decided_on decision
    C1 triage 1.0 2026-09-02 high 2026-09-03 high
    C2 triage 1.0 2026-09-02 high 2026-09-03 low
    C3 triage 1.0 2026-09-02 low . .
    C3 triage 1.0 2026-09-03 low 2026-10-01 low
    C4 triage 1.0 2026-09-02 low 2026-09-04 .
""")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    tables: dict[str, list[dict[str, Any]]] = {
        "families": FAMILIES,
        "cases": CASES,
        "assessments": ASSESSMENTS,
        "plans": [],
        "case_team": TEAM,
        "volunteers": VOLUNTEERS,
        "volunteer_activities": ACTIVITIES,
        "screenings": SCREENINGS,
        "follow_ups": [],
    }
    return make(tmp_path_factory.mktemp("programmes"), tables)


def counts(world: SnapshotInfo, name: str, **asked: Any) -> dict[str, tuple[int, int]]:
    """Numerator and denominator of each group that has any, unhidden."""
    frame = queries.breakdown(name, Query(as_of=DAY, **asked), scope=NATION, snapshot=world)
    some = frame[frame["numerator"].fillna(0) > 0]
    pairs = zip(some["numerator"], some["denominator"], strict=True)
    return dict(zip(some["group"], [(int(a), int(b)) for a, b in pairs], strict=True))


def test_cases_count_under_their_channel_and_without_one_as_unknown(world: SnapshotInfo) -> None:
    # C4 was opened on the last day of the year before.
    assert counts(world, "cases_by_channel") == {"hotline_1300": (2, 3), "walk_in": (1, 3)}
    before = Span(FiscalYear(2568).start, FiscalYear(2568).end)
    assert counts(world, "cases_by_channel", span=before) == {"unknown": (1, 1)}


def test_a_cohort_of_opening_is_counted_by_what_became_of_it(world: SnapshotInfo) -> None:
    assert counts(world, "opening_cohorts") == {"open": (2, 3), "self_reliant": (1, 3)}
    before = Span(FiscalYear(2568).start, FiscalYear(2568).end)
    assert counts(world, "opening_cohorts", span=before) == {"transferred": (1, 1)}


def test_a_profession_counts_on_open_cases_it_works_on_that_day(world: SnapshotInfo) -> None:
    # The doctor left C2 the day before; C1 is closed.
    assert counts(world, "team_professions") == {"nurse": (2, 2)}


def test_a_dimension_assessed_once_cannot_show_change(world: SnapshotInfo) -> None:
    # Income: C1 twice, C2 once. Health: C2 once.
    assert counts(world, "dimension_assessed_once") == {"income": (1, 2), "health": (1, 1)}


def test_volunteers_start_stop_and_go_on_between_two_windows(world: SnapshotInfo) -> None:
    assert counts(world, "volunteer_states") == {
        "still": (1, 4),  # V1
        "newly": (1, 4),  # V2
        "stopped": (1, 4),  # V3
        "not_seen": (1, 4),  # V4; V5 has left
    }


def test_volunteers_of_the_first_of_october_are_new(world: SnapshotInfo) -> None:
    assert counts(world, "volunteer_registrations") == {"existing": (3, 4), "new": (1, 4)}


def test_stages_count_each_by_itself_from_the_day_of_opening(world: SnapshotInfo) -> None:
    frame = queries.case_stages(Query(as_of=DAY), scope=NATION, snapshot=world)
    frame = frame.set_index("stage")
    assert frame["opened"].dropna().unique().tolist() == [3]
    assert frame.loc["intake", "cases"] == 3
    # C1 after 4 days, C2 after 10 (its row of August is older than the case), C3 never.
    assert frame.loc["assessment", "cases"] == 2
    assert frame.loc["assessment", "median_days"] == 10
    assert frame.loc["closed", "cases"] == 1
    assert frame["median_days"].isna()["closed"]
    assert frame.loc["planning", "cases"] == 0
    assert frame["reason"]["implementation"] == "table_missing"


def test_small_stages_are_hidden_and_have_no_curve(world: SnapshotInfo) -> None:
    query = Query(as_of=DAY)
    frame = queries.case_stages(query, scope=CAREFUL, snapshot=world)
    assert set(frame["status"]) == {"hidden", "no_data"}
    assert frame["cases"].isna().all()
    assert queries.case_stage_curves(query, scope=CAREFUL, snapshot=world).empty


def test_decisions_after_the_day_are_not_taken_yet(world: SnapshotInfo) -> None:
    frame = queries.screening_decisions(Query(as_of=DAY), scope=NATION, snapshot=world)
    some = frame[frame["screenings"] > 0]
    assert {tuple(row) for row in some[["flag", "result", "screenings"]].to_numpy()} == {
        ("high", "agreed", 1),
        ("high", "overridden", 1),
        ("low", "undecided", 2),
        ("low", "unrecorded", 1),
    }


def test_a_scope_counts_only_its_own_cases(world: SnapshotInfo) -> None:
    mine = Scope(provinces=frozenset({"51"}), reveal=True)
    stages = queries.case_stages(Query(as_of=DAY), scope=mine, snapshot=world)
    assert stages["opened"].dropna().unique().tolist() == [1]
    frame = queries.screening_decisions(Query(as_of=DAY), scope=mine, snapshot=world)
    assert frame["screenings"].sum() == 3
    nobody = queries.case_stages(Query(as_of=DAY), scope=Scope(), snapshot=world)
    assert set(nobody["reason"]) <= {"public_level", "table_missing"}


def test_lists_leave_out_areas_with_few_cases(world: SnapshotInfo) -> None:
    query = Query(as_of=DAY)
    everything = queries.undecided_screenings(query, scope=NATION, snapshot=world)
    assert everything["unit"].tolist() == ["C3", "C3"]
    assert everything["days"].tolist() == [28, 27]
    assert queries.undecided_screenings(query, scope=CAREFUL, snapshot=world).empty


def test_neither_totals_of_flags_nor_of_results_give_a_hidden_count_away() -> None:
    counted = pd.DataFrame(
        [("high", "high", 20), ("high", "low", 2), ("high", "", 9), ("low", "low", 30),
         ("low", "high", 8), ("low", "", 7)],
        columns=["flag", "decision", "screenings"],
    )  # fmt: skip
    frame = programmes.decisions(counted, hide_below=5)
    hidden = frame[frame["status"] == "hidden"]
    assert ("high", "low") in set(zip(hidden["flag"], hidden["decision"], strict=True))
    for margin in ("flag", "decision", "result"):
        assert hidden.groupby(margin).size().min() >= 2, margin
    assert frame.loc[frame["status"] == "hidden", "screenings"].isna().all()


def test_the_median_counts_those_who_still_wait() -> None:
    days = np.array([1, 2, 3, 9, 9, 9], dtype="float64")
    reached = np.array([True, True, True, False, False, False])
    # Half of six got there on day 3; the median of those who did is 2.
    assert survival.curve(days, reached).median == 3
    assert survival.curve(days, np.array([True, True] + [False] * 4)).median is None


def test_the_curve_is_one_minus_the_product_of_those_left() -> None:
    days = np.array([1, 2, 2, 3, 5], dtype="float64")
    reached = np.array([True, True, False, True, False])
    whole = survival.curve(days, reached)
    left = 4 / 5 * 3 / 4 * 1 / 2
    assert whole.share[whole.days == 3] == pytest.approx(1 - left)
    assert whole.events.tolist() == [1, 2, 3, 3]
    assert whole.at_risk.tolist() == [5, 4, 2, 1]


def test_no_step_of_a_drawn_curve_stands_for_few_and_it_ends_where_few_are_left() -> None:
    days = np.arange(1, 41, dtype="float64")
    whole = survival.curve(days, np.ones(40, dtype=bool))
    drawn_days = survival.thin_out(whole, least=5, at_risk=10)
    assert drawn_days.events.tolist() == [5, 10, 15, 20, 25, 30, 30]
    assert drawn_days.days.tolist() == [5, 10, 15, 20, 25, 30, 31]
    assert len(survival.thin_out(whole, least=5, at_risk=41).days) == 0


def test_nobody_has_no_curve() -> None:
    with pytest.raises(ValueError, match="one day and one outcome"):
        survival.curve(np.array([]), np.array([], dtype=bool))


def test_a_list_of_cases_holds_rows_of_the_readers_own_areas_only() -> None:
    rows = pd.DataFrame(
        {"unit": range(9), "province_code": ["50"] * 5 + ["51"] * 4, "district_code": "5001"}
    )
    own = Scope(nation=True, own_provinces=frozenset({"51"}))
    assert programmes.first_cases(rows, Query(DAY), own)["province_code"].tolist() == ["51"] * 4
    assert programmes.first_cases(rows, Query(DAY), CAREFUL).empty
