"""Proposed invitations: who needs the course, which seats are free, how provinces share them."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data_access import queries, snapshot
from data_access.indicators.kernel.query import Query
from data_access.planning.invitations import invitations, shares
from data_access.scope import Scope
from tests.indicators.conftest import DAY, NATION
from tests.support.world import drawn, make

# W0 has completed the course, W4 left the day before, W5 has a seat in the planned cohort already.
WORLD: dict[str, Any] = {
    "workers": [{"worker_id": f"W{n}", "sex": "F"} for n in range(7)],
    "worker_posts": drawn("""
        worker_id role province_code district_code fte start_on end_on
        W0 case_manager 50 5001 1 2010-01-01 .
        W1 case_manager 50 5001 1 2015-01-01 .
        W2 case_manager 50 5002 1 2014-01-01 .
        W3 case_manager 51 5101 1 2020-01-01 .
        W4 case_manager 51 5101 1 2010-01-01 2026-09-29
        W5 case_manager 51 5101 1 2010-01-01 .
        W6 case_manager 57 5701 1 2011-01-01 .
    """),
    "courses": drawn("""
        course_id name_th target_role qualifying
        K ก case_manager true
        X ข case_manager false
    """),
    "cohorts": drawn("""
        cohort_id course_id start_on end_on planned_seats
        old K 2025-01-01 2025-01-02 99
        today K 2026-09-30 2026-10-02 99
        next K 2026-10-01 2026-10-02 3
        later K 2027-01-01 2027-01-02 9
        other X 2027-01-01 2027-01-02 9
        open K 2027-02-01 2027-02-02 .
    """),
    "cohort_provinces": drawn("""
        cohort_id province_code
        next 50
        next 51
        later 51
        later 57
    """),
    "enrolments": drawn("""
        cohort_id person_type person_id completed_on
        old worker W0 2025-01-02
        next worker W5 .
    """),
}
QUERY = Query(DAY)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    info = make(tmp_path_factory.mktemp("invitations"), WORLD)
    return invitations(QUERY, scope=NATION, snapshot=info)


def test_free_seats_go_to_those_who_need_the_course_the_longest_in_their_role_first(
    rows: pd.DataFrame,
) -> None:
    # Two free seats in `next` for W1, W2 in 50 and W3 in 51: shares 4/3 and 2/3 make 1 and 1.
    found = [(r.cohort_id, r.person, r.free, r.share, r.needing) for r in rows.itertuples()]
    assert found == [
        ("next", "W2", 2, 1, 2),
        ("next", "W3", 2, 1, 1),
        ("later", "W6", 9, 1, 1),  # W1 is of no province that `later` is meant for
    ]
    assert rows["since"].tolist()[0] == date(2014, 1, 1)


def test_own_areas_alone_are_shown_and_seats_are_still_shared_with_all(tmp_path: Path) -> None:
    info = make(tmp_path, WORLD)
    assert invitations(QUERY, scope=Scope(nation=True), snapshot=info).empty
    mine = Scope(nation=True, own_provinces=frozenset({"51"}))
    assert invitations(QUERY, scope=mine, snapshot=info)["person"].tolist() == ["W3"]
    district = QUERY.but(district="5002")
    assert invitations(district, scope=NATION, snapshot=info)["person"].tolist() == ["W2"]


def test_without_a_list_of_names_nobody_is_proposed(tmp_path: Path) -> None:
    nobody = WORLD | {"enrolments": []}
    assert invitations(QUERY, scope=NATION, snapshot=make(tmp_path, nobody)).empty


@pytest.mark.parametrize(
    ("free", "needing", "wanted"),
    [
        (10, {"a": 2, "b": 3}, {"a": 2, "b": 3}),  # enough for all
        (4, {"a": 2, "b": 6}, {"a": 1, "b": 3}),
        (2, {"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1, "c": 0}),  # equal parts: the smaller code
        (3, {"a": 5, "b": 2}, {"a": 2, "b": 1}),  # 15/7 = 2 and 1/7, 6/7 = 0 and 6/7
        (0, {"a": 5}, {"a": 0}),
        (5, {}, {}),
    ],
)
def test_seats_are_shared_by_largest_remainder(
    free: int, needing: dict[str, int], wanted: dict[str, int]
) -> None:
    assert shares(free, needing) == wanted


def test_the_sample_invites_nobody_twice_and_no_more_than_there_are_seats(
    small_data_dir: Path,
) -> None:
    info = snapshot.current(small_data_dir)
    found = invitations(Query(info.as_of), scope=NATION, snapshot=info)
    assert len(found) > 30
    assert not found.duplicated(["role", "person", "province_code"]).any()
    taken = found.groupby("cohort_id").agg(people=("person", "size"), free=("free", "max"))
    assert (taken["people"] <= taken["free"]).all()
    needs = queries.course_needs(
        Query(info.as_of, area="province"), scope=NATION, snapshot=info
    ).set_index(["role", "province_code"])
    invited = found.groupby(["role", "province_code"]).size()
    missing = (needs["people"] - needs["trained"]).reindex(invited.index)
    assert (invited <= missing).all()
