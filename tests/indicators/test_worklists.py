"""The work lists of follow-up on hand-worked cases: order, columns, who answers, who may read."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from data_access import queries, worklists
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.indicators.conftest import DAY, NATION
from tests.support.world import drawn, make

WORLD: dict[str, Any] = {
    "families": drawn("""
        family_id household_id district_code
        F1 H1 5001
        F2 H2 5101
    """),
    "cases": drawn("""
        case_id family_id target_group urgent opened_on stage closed_on
        C1 F1 elder true 2025-01-01 follow_up .
        C2 F2 child . 2025-01-01 planning .
        C3 F2 child . 2025-01-01 closed 2026-08-15
    """),
    "follow_ups": drawn("""
        follow_up_id case_id first_due_on due_on done_on cancelled_on
        old C1 2026-08-30 2026-08-30 . .
        month C1 2026-08-31 2026-08-31 . .
        yesterday C2 2026-09-29 2026-09-29 . .
        today C1 2026-09-30 2026-09-30 . .
        in_7 C1 2026-10-07 2026-10-07 . .
        in_8 C2 2026-10-08 2026-10-08 . .
        in_30 C2 2026-10-30 2026-10-30 . .
        in_31 C2 2026-10-31 2026-10-31 . .
        seen C1 2026-09-01 2026-09-01 2026-09-02 .
        off C1 2026-09-10 2026-09-10 2026-09-11 2026-09-12
        left C3 2026-08-01 2026-08-01 . .
    """),
    "workers": [{"worker_id": w, "sex": "F"} for w in ("A", "B", "C")],
    "worker_posts": drawn("""
        worker_id role province_code district_code fte start_on end_on
        A case_manager 50 5001 1 2020-01-01 2026-09-29
        B case_manager 50 5001 1 2020-01-01 .
        C social_worker 51 5101 1 2020-01-01 .
    """),
    "case_assignments": drawn("""
        case_id worker_id start_on end_on
        C1 A 2025-01-01 .
        C1 B 2025-01-01 .
        C2 C 2025-01-01 .
        C3 B 2025-01-01 .
    """),
}
QUERY = Query(DAY)


@pytest.fixture(scope="module")
def info(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    return make(tmp_path_factory.mktemp("worklists"), WORLD)


def units(frame: pd.DataFrame) -> list[str]:
    return frame["unit"].tolist()


def test_the_newest_overdue_comes_first_and_closed_cases_are_not_in_it(info: SnapshotInfo) -> None:
    frame = queries.overdue_visits(QUERY, scope=NATION, snapshot=info)
    assert units(frame) == ["yesterday", "month", "old"]
    assert frame["days_late"].tolist() == [1, 30, 31]
    few = queries.overdue_visits(QUERY, scope=NATION, snapshot=info, limit=1)
    assert units(few) == ["yesterday"]


def test_a_row_says_what_whoever_acts_on_it_asks_first(info: SnapshotInfo) -> None:
    rows = queries.overdue_visits(QUERY, scope=NATION, snapshot=info).set_index("unit")
    month = rows.loc["month"]
    assert (month["stage"], month["urgent"], month["district_code"]) == ("follow_up", True, "5001")
    # A is assigned as well but left the post the day before; `off` was cancelled after it was done.
    assert month["worker_id"] == "B"
    assert month["last_contact"] == date(2026, 9, 2)
    assert month["next_appointment"] == DAY
    other = rows.loc["yesterday"]
    assert other["worker_id"] == "C"  # nobody assigned is in post as case manager
    assert pd.isna(other["last_contact"])
    assert other["next_appointment"] == date(2026, 10, 8)


def test_what_falls_due_in_seven_and_thirty_days_holds_both_ends(info: SnapshotInfo) -> None:
    week = worklists.due_in_7_days(QUERY, scope=NATION, snapshot=info)
    assert units(week) == ["today", "in_7"]
    assert week["days_until"].tolist() == [0, 7]
    month = worklists.due_in_30_days(QUERY, scope=NATION, snapshot=info)
    assert units(month) == ["today", "in_7", "in_8", "in_30"]


def test_lists_of_what_was_left_and_of_silence(info: SnapshotInfo) -> None:
    left = worklists.left_at_closure(QUERY, scope=NATION, snapshot=info)
    assert units(left) == ["left"]
    assert left["closed_on"].tolist() == [date(2026, 8, 15)]
    silent = worklists.without_contact(QUERY, scope=NATION, snapshot=info)
    assert units(silent) == ["C2"]
    assert silent["days_silent"].tolist() == [(DAY - date(2025, 1, 1)).days]


def test_who_has_most_to_do_is_told_by_pseudonym(info: SnapshotInfo) -> None:
    late = worklists.overdue_by_post(QUERY, scope=NATION, snapshot=info)
    rows = late[["province_code", "worker_id", "items", "of"]].to_numpy().tolist()
    assert rows == [["50", "B", 2, 2 + 1], ["51", "C", 1, 1]]  # `today` waits and is not overdue
    silent = worklists.no_contact_by_post(QUERY, scope=NATION, snapshot=info)
    assert silent[["worker_id", "items", "of"]].to_numpy().tolist() == [["C", 1, 1], ["B", 0, 1]]


def test_rows_and_small_counts_are_for_the_readers_own_areas(info: SnapshotInfo) -> None:
    public = Scope(nation=True)
    for ask in (worklists.due_in_7_days, worklists.without_contact, worklists.left_at_closure):
        assert ask(QUERY, scope=public, snapshot=info).empty
    late = worklists.overdue_by_post(QUERY, scope=public, snapshot=info)
    assert set(late["status"]) == {"hidden"}
    assert late[["items", "of"]].isna().all(axis=None)
    own = Scope(nation=True, own_provinces=frozenset({"50"}))
    assert units(worklists.due_in_30_days(QUERY, scope=own, snapshot=info)) == ["today", "in_7"]
    mine = worklists.overdue_by_post(QUERY, scope=own, snapshot=info)
    assert mine["status"].tolist() == ["shown", "hidden"]


def test_a_province_scope_reads_its_own_rows_only(info: SnapshotInfo) -> None:
    mine = Scope(provinces=frozenset({"51"}), reveal=True)
    frame = worklists.due_in_30_days(QUERY, scope=mine, snapshot=info)
    assert units(frame) == ["in_8", "in_30"]
    assert worklists.overdue_by_post(QUERY, scope=Scope(reveal=True), snapshot=info).empty
