"""The desk on hand-worked cases: who is on which list, since when, and who may read it."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from data_access import desk
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.indicators.conftest import DAY, NATION
from tests.support.world import drawn, make

# C1 open and urgent · C2, C3 one family without a case manager · C4 closed on the day: not open ·
# C5 no better twice · C6 no better twice with a new plan on the day of the first of the two.
WORLD: dict[str, Any] = {
    "families": drawn("""
        family_id household_id district_code
        F1 H1 5001
        F2 H2 5002
        F3 H3 5101
        F4 H4 5101
    """),
    "cases": drawn("""
        case_id family_id target_group urgent opened_on stage closed_on
        C1 F1 elder true 2026-09-30 intake .
        C2 F2 child false 2026-06-01 follow_up .
        C3 F2 child . 2026-07-01 follow_up .
        C4 F1 elder true 2026-01-01 closed 2026-09-30
        C5 F3 child false 2026-01-01 follow_up .
        C6 F4 child false 2026-01-01 follow_up .
    """),
    "follow_ups": drawn("""
        follow_up_id case_id first_due_on due_on done_on outcome
        U1 C5 2026-07-01 2026-07-01 2026-07-02 same
        U2 C5 2026-08-01 2026-08-01 2026-08-02 worse
        U3 C6 2026-07-01 2026-07-01 2026-07-02 same
        U4 C6 2026-08-01 2026-08-01 2026-08-02 same
        U5 C1 2026-10-07 2026-10-07 . .
        U6 C1 2026-10-08 2026-10-08 . .
        U7 C1 2026-10-30 2026-10-30 . .
        U8 C1 2026-10-31 2026-10-31 . .
    """),
    "plans": drawn("""
        case_id version made_on
        C5 1 2026-07-01
        C6 1 2026-01-10
        C6 2 2026-07-02
    """),
    "referrals": drawn("""
        referral_id case_id to_organisation_id sent_on accepted_on result_on
        R1 C5 O1 2026-09-23 . .
        R2 C5 O1 2026-09-01 2026-09-30 .
        R3 C5 O1 2026-09-01 2026-10-01 .
        R4 C5 O1 2026-09-01 . 2026-09-05
        R5 C4 O1 2026-09-01 . .
        R6 C6 O1 2026-10-01 . .
    """),
    "workers": [{"worker_id": w, "sex": "F"} for w in ("A", "B")],
    "worker_posts": drawn("""
        worker_id role province_code district_code fte start_on end_on
        A case_manager 50 5001 1 2020-01-01 .
        B case_manager 51 5101 1 2020-01-01 .
    """),
    "case_assignments": drawn("""
        case_id worker_id start_on end_on
        C1 A 2026-09-30 .
        C2 A 2026-06-01 2026-08-15
        C3 A 2026-07-01 2026-09-29
        C5 B 2026-01-01 2026-09-30
        C6 B 2026-01-01 .
    """),
}
QUERY = Query(DAY)


@pytest.fixture(scope="module")
def info(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    return make(tmp_path_factory.mktemp("desk"), WORLD)


@pytest.fixture(scope="module")
def rows(info: SnapshotInfo) -> pd.DataFrame:
    return desk.desk_rows(QUERY, scope=NATION, snapshot=info)


def of(rows: pd.DataFrame, subject: str) -> list[tuple[str, date, int]]:
    mine = rows[rows["subject"] == subject]
    return [(row.unit, row.since, row.days) for row in mine.itertuples()]


def test_what_is_due_holds_both_ends_and_the_week_is_part_of_the_month(rows: pd.DataFrame) -> None:
    week = [("U5", date(2026, 10, 7), 7)]
    assert of(rows, "due_7") == week
    later = [("U6", date(2026, 10, 8), 8), ("U7", date(2026, 10, 30), 30)]
    assert of(rows, "due_30") == week + later


def test_a_case_closed_on_the_day_is_open_no_more(rows: pd.DataFrame) -> None:
    assert of(rows, "urgent") == [("C1", DAY, 0)]
    assert "C4" not in set(rows["case_id"])


def test_a_family_is_nobodys_since_the_last_assignment_of_any_of_its_cases(
    rows: pd.DataFrame,
) -> None:
    # C3's assignment ended on 29 September, the last of the family; that of C5 ends on the day.
    assert of(rows, "unassigned") == [("F2", date(2026, 9, 30), 0)]
    row = rows[rows["subject"] == "unassigned"].iloc[0]
    assert (row["case_id"], row["district_code"]) == ("C2", "5002")
    assert pd.isna(row["worker_id"])


def test_a_family_never_assigned_is_nobodys_since_it_was_opened(tmp_path: Any) -> None:
    tables = WORLD | {"case_assignments": drawn("case_id worker_id start_on\nC1 A 2026-09-30")}
    found = desk.desk_rows(QUERY, scope=NATION, snapshot=make(tmp_path, tables))
    assert of(found, "unassigned")[-1] == ("F2", date(2026, 6, 1), 121)  # 29 + 31 + 31 + 30


def test_two_outcomes_without_improvement_wait_since_the_earlier_of_them(
    rows: pd.DataFrame,
) -> None:
    assert of(rows, "no_improvement") == [("C5", date(2026, 7, 2), 90)]


def test_a_referral_waits_until_it_is_accepted_or_answered(rows: pd.DataFrame) -> None:
    # R2 was accepted on the day, R3 the day after; R4 has a result; R5 is of a closed case.
    assert of(rows, "unanswered") == [
        ("R3", date(2026, 9, 1), 29), ("R1", date(2026, 9, 23), 7),
    ]  # fmt: skip


def test_who_answers_is_the_post_that_holds_the_case(rows: pd.DataFrame) -> None:
    assert set(rows.loc[rows["subject"] == "unanswered", "worker_id"]) == {"B"}
    assert set(rows.loc[rows["subject"] == "due_30", "worker_id"]) == {"A"}


def test_filters_narrow_the_desk(info: SnapshotInfo) -> None:
    north = desk.desk_rows(QUERY.but(province="51"), scope=NATION, snapshot=info)
    assert set(north["province_code"]) == {"51"}
    group = desk.desk_rows(QUERY.but(target_group="elder"), scope=NATION, snapshot=info)
    assert set(group["case_id"]) == {"C1"}
    district = desk.desk_rows(QUERY.but(district="5002"), scope=NATION, snapshot=info)
    assert set(district["unit"]) == {"C2", "C3", "F2"}  # two without contact


def test_a_reader_sees_their_own_areas_and_nothing_else(info: SnapshotInfo) -> None:
    public = Scope(nation=True)
    assert desk.desk_rows(QUERY, scope=public, snapshot=info).empty
    assert desk.quiet_districts(QUERY, scope=public, snapshot=info).empty
    mine = Scope(nation=True, own_provinces=frozenset({"51"}))
    assert set(desk.desk_rows(QUERY, scope=mine, snapshot=info)["province_code"]) == {"51"}
    one = Scope(nation=True, own_districts=frozenset({"5002"}))
    assert set(desk.desk_rows(QUERY, scope=one, snapshot=info)["unit"]) == {"C2", "C3", "F2"}


def test_a_district_is_quiet_since_its_newest_record(info: SnapshotInfo) -> None:
    quiet = desk.quiet_districts(QUERY, scope=NATION, snapshot=info)
    found = [(row.district_code, row.since, row.days) for row in quiet.itertuples()]
    assert found == [
        ("5002", date(2026, 7, 1), 91),
        ("5101", date(2026, 8, 2), 59),
        ("5001", DAY, 0),
    ]


def test_a_district_before_its_first_record_is_not_among_them(info: SnapshotInfo) -> None:
    before = QUERY.but(as_of=date(2026, 6, 1))
    quiet = desk.quiet_districts(before, scope=NATION, snapshot=info)
    assert set(quiet["district_code"]) == {"5001", "5002", "5101"}
    assert quiet.set_index("district_code").loc["5002", "days"] == 0
