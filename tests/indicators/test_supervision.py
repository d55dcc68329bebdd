"""Supervision on hand-worked cases: whose work is counted, in which month, what to talk about."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config.thai_calendar import Span
from data_access import queries, snapshot, supervision, worklists
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.indicators.conftest import DAY, NATION
from tests.support.world import drawn, make

WORLD: dict[str, Any] = {
    "families": drawn("""
        family_id household_id district_code
        F1 H1 5001
        F2 H2 5001
    """),
    "cases": drawn("""
        case_id family_id target_group opened_on stage closed_on
        C1 F1 elder 2026-01-01 follow_up .
        C2 F2 child 2026-01-01 follow_up .
    """),
    "follow_ups": drawn("""
        follow_up_id case_id first_due_on due_on done_on method worker_id
        aug1 C1 2026-08-01 2026-08-01 2026-08-01 home_visit A
        aug31 C1 2026-08-31 2026-08-31 2026-09-01 home_visit B
        sep1 C1 2026-09-01 2026-09-01 2026-09-02 phone A
        sep29 C1 2026-09-29 2026-09-29 . . .
        sep30 C1 2026-09-30 2026-09-30 . . .
        oct1 C1 2026-10-01 2026-10-01 . . .
        other C2 2026-09-10 2026-09-10 2026-09-30 home_visit B
    """),
    "workers": [{"worker_id": w, "sex": "F"} for w in ("A", "B", "Z")],
    "worker_posts": drawn("""
        worker_id role province_code district_code fte start_on end_on
        A case_manager 50 5001 1 2020-01-01 .
        B case_manager 50 5001 1 2020-01-01 .
        Z case_manager 51 5101 1 2020-01-01 2026-09-29
    """),
    "case_assignments": drawn("""
        case_id worker_id start_on end_on
        C1 A 2026-01-01 .
        C2 B 2026-01-01 .
    """),
    "courses": drawn("""
        course_id name_th target_role qualifying
        K ก case_manager true
    """),
    "cohorts": drawn("""
        cohort_id course_id start_on end_on date_precision
        K1 K 2024-09-01 2024-09-30 day
    """),
    "enrolments": drawn("""
        cohort_id person_type person_id completed_on
        K1 worker A 2024-09-30
    """),
    "volunteers": drawn("""
        volunteer_id sex level province_code district_code registered_on ended_on
        V1 F village 50 5001 2020-01-01 .
        V2 F village 50 5001 2020-01-01 2026-09-29
    """),
    "volunteer_activities": drawn("""
        volunteer_id done_on duty
        V1 2026-08-31 watch
        V1 2026-09-30 watch
        V1 2026-10-01 watch
    """),
}
QUERY = Query(DAY)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    info = make(tmp_path_factory.mktemp("supervision"), WORLD)
    return supervision.supervision(QUERY, scope=NATION, snapshot=info).set_index("code")


def test_a_month_is_up_to_the_day_and_the_one_before_it_is_whole(rows: pd.DataFrame) -> None:
    a = rows.loc["A"]
    assert (a["families"], a["due"], a["done"]) == (1, 3, 1)  # of 1, 29 and 30 September one
    assert (a["due_before"], a["done_before"]) == (2, 2)  # of 1 and 31 August, as known today
    assert (a["late"], a["late_before"]) == (1, 0)  # due on the day itself is not overdue
    # The visit of 1 September was B's, and in September; by telephone is no home visit.
    assert (a["visits"], a["visits_before"]) == (0, 1)
    assert a["last_activity"] == date(2026, 9, 2)
    b = rows.loc["B"]
    assert (b["due"], b["done"], b["visits"], b["visits_before"]) == (1, 1, 2, 0)


def test_training_is_due_after_two_years_or_where_the_course_is_missing(
    rows: pd.DataFrame, tmp_path: Path
) -> None:
    # Two years to the day: 730 days are less than 24 months of 30.4375 days (730.5).
    assert (rows.loc["A", "training"], rows.loc["B", "training"]) == ("", "never")
    older = WORLD | {"enrolments": [WORLD["enrolments"][0] | {"completed_on": date(2024, 9, 29)}]}
    info = make(tmp_path, older)
    later = supervision.supervision(QUERY, scope=NATION, snapshot=info).set_index("code")
    assert later.loc["A", "training"] == "again"
    nobody = make(tmp_path, WORLD | {"enrolments": []}, name="nobody")
    unknown = supervision.supervision(QUERY, scope=NATION, snapshot=nobody).set_index("code")
    assert unknown.loc["A", "training"] == "unknown"


def test_a_team_is_a_district_with_volunteers(rows: pd.DataFrame) -> None:
    teams = rows[rows["kind"] == "volunteer_team"]
    assert teams.index.tolist() == ["5001"]
    team = teams.loc["5001"]
    assert (team["members"], team["active"], team["families"]) == (1, 1, 2)
    assert (team["due"], team["done"], team["late"]) == (4, 2, 1)
    assert (team["visits"], team["visits_before"], team["last_activity"]) == (1, 1, DAY)


def test_three_points_by_rule_the_pressing_ones_first(rows: pd.DataFrame) -> None:
    assert rows.loc["A", "points"] == "late_more not_done no_visits"
    assert rows.loc["B", "points"] == "training_never all_done more_visits"
    assert all(len(points.split()) == 3 for points in rows["points"])


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"late": 2, "late_before": 2}, "late"),
        ({"due": 5, "done": 4}, "help"),  # 80 of a hundred reach the threshold
        ({"due": 5, "done": 3}, "not_done"),
        ({"families": 10}, "help"),
        ({"families": 11}, "over_norm"),
        ({"visits": 1, "visits_before": 2}, "fewer_visits"),
        ({"last_activity": date(2026, 8, 31)}, "quiet"),
        ({"last_activity": date(2026, 9, 1)}, "help"),
        ({"last_activity": None}, "quiet"),
        ({"training": "again"}, "training_again"),
        ({"late_before": 1}, "late_gone"),
    ],
)
def test_each_rule_on_its_edge(changes: dict[str, Any], first: str) -> None:
    plain = {
        "kind": "case_manager", "families": 1, "due": 0, "done": 0, "late": 0, "late_before": 0,
        "visits": 1, "visits_before": 1, "last_activity": DAY, "training": "",
    }  # fmt: skip
    assert supervision.points(plain | changes, DAY)[0] == first


def test_rows_are_of_the_readers_own_areas_only(tmp_path: Path) -> None:
    info = make(tmp_path, WORLD)
    assert supervision.supervision(QUERY, scope=Scope(nation=True), snapshot=info).empty
    mine = Scope(nation=True, own_districts=frozenset({"5001"}))
    found = supervision.supervision(QUERY, scope=mine, snapshot=info)
    assert found["code"].tolist() == ["A", "B", "5001"]


@pytest.fixture(scope="module")
def info(small_data_dir: Path) -> SnapshotInfo:
    return snapshot.current(small_data_dir)


def test_numbers_are_those_that_show_gives(info: SnapshotInfo) -> None:
    own = Scope(nation=True, own_provinces=frozenset({"30", "40", "50", "80"}))
    query = Query(info.as_of)
    found = supervision.supervision(query, scope=own, snapshot=info)
    people = found[found["kind"] == "case_manager"].set_index("code")
    loads = queries.case_manager_loads(query, scope=own, snapshot=info).set_index("worker_id")
    assert (loads.loc[people.index, "families"] == people["families"]).all()
    assert set(loads.index[loads["province_code"].isin(own.own_provinces)]) == set(people.index)
    late = worklists.overdue_by_post(query, scope=own, snapshot=info)
    late = late[late["status"] == "shown"].groupby("worker_id")["items"].sum()
    assert (late.reindex(people.index).fillna(0) == people["late"]).all()
    for ending, span in zip(("", "_before"), supervision.months(query), strict=True):
        for province in own.own_provinces:
            _compare(found, Query(info.as_of, province=province), ending, span, own, info)


def _compare(
    found: pd.DataFrame, query: Query, ending: str, span: Span, own: Scope, info: SnapshotInfo
) -> None:
    """Teams of a province against its districts, and due visits against the province's."""
    by_district = query.but(area="district", span=span)
    teams = found[(found["kind"] == "volunteer_team") & (found["province_code"] == query.province)]
    for column, name in (("done", "follow_up_completion"), ("late", "follow_up_overdue")):
        frame = queries.indicator(name, by_district, scope=own, snapshot=info)
        counts = frame.set_index("area_code")["numerator"].reindex(teams["code"]).fillna(0)
        assert (counts.to_numpy() == teams[f"{column}{ending}"].to_numpy()).all(), name
    whole = queries.indicator("follow_up_completion", query.but(span=span), scope=own,
                              snapshot=info).iloc[0]  # fmt: skip
    mine = found[(found["kind"] == "case_manager") & (found["province_code"] == query.province)]
    due = 0 if pd.isna(whole["denominator"]) else whole["denominator"]
    assert mine[f"due{ending}"].sum() <= due  # the rest is of cases that nobody answers for
