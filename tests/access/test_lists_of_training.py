"""Lists about people in post, courses, cohorts and what came of them, counted by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from config.thai_calendar import FiscalYear, Span
from data_access import queries
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.support.world import drawn, make

DAY = date(2026, 9, 30)
NATION = Scope(nation=True)
MAE_HONG_SON = Scope(provinces=frozenset({"58"}))

TABLES: dict[str, list[dict[str, Any]]] = {
    "courses": drawn("""
        course_id name_th name_en target_role qualifying
        CM ก A case_manager true
        EXTRA ข B case_manager false
        LAO ค C lao_practitioner true
    """),
    "cohorts": drawn("""
        cohort_id course_id number start_on end_on date_precision mode held_in_province_code
        ONE CM 1 2025-10-01 2025-10-02 day onsite 50
        TWO CM 2 2026-09-29 2026-10-01 day onsite .
        OLD LAO 1 2025-09-29 2025-09-30 day online .
        NEW LAO 2 2026-03-01 2026-03-02 day online .
    """),
    "cohort_provinces": drawn("""
        cohort_id province_code
        ONE 50
        ONE 58
        NEW 10
    """),
    "enrolments": drawn("""
        cohort_id person_type person_id province_code sex completed_on
        ONE worker W1 50 F 2025-10-02
        ONE worker W2 58 M .
        ONE unregistered . 50 . 2025-10-02
        TWO worker W1 50 F .
    """),
    "workers": [{"worker_id": f"W{n}", "sex": "F"} for n in range(1, 5)],
    "worker_posts": drawn("""
        worker_id role province_code district_code fte start_on end_on
        W1 case_manager 50 5001 1 2020-01-01 .
        W2 case_manager 58 5801 1 2020-01-01 .
        W3 case_manager 50 5001 1 2020-01-01 2026-09-29
        W4 lao_practitioner 50 5001 1 2026-09-30 .
    """),
    "skill_reports": drawn("""
        cohort_id person_id skill status
        ONE W1 recording gained
        ONE W1 recording gained
        ONE W1 recording wanted
        ONE . recording gained
        ONE . recording gained
        NEW W4 listening wanted
        TWO W1 recording gained
    """),
    "recommendations": drawn("""
        recommendation_id cohort_id kind text_th owner status due_on
        R1 OLD recommendation ก . open .
        R2 ONE recommendation ข . open 2026-12-31
        R3 NEW recommendation ค . done .
        R4 ONE recommendation ง . doing .
        R5 TWO recommendation จ . open .
        R6 ONE recommendation ฉ . . .
    """),
    "sites": drawn("""
        site_id name_th name_en type province_code district_code sensitive
        S1 ก A shelter 58 5801 true
        S2 ข B centre 50 5001 false
    """),
    "families": drawn("""
        family_id household_id district_code
        F1 H1 5001
        F2 H2 5801
    """),
    "cases": drawn("""
        case_id family_id target_group opened_on stage
        C1 F1 elder 2026-01-05 follow_up
        C2 F2 elder 2026-10-01 intake
        C3 F2 child 2025-12-31 follow_up
    """),
    "follow_ups": drawn("""
        follow_up_id case_id first_due_on due_on done_on
        U1 C1 2026-09-30 2026-09-30 2026-09-30
        U2 C3 2026-10-01 2026-10-01 2026-10-01
    """),
}
COHORTS_REPORTED = drawn("""
    cohort_id reported_attendance reported_qualifier reported_female reported_male
    OLD 40 more_than 30 4
    NEW 7 . 30 4
""")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    reported = {row["cohort_id"]: row for row in COHORTS_REPORTED}
    cohorts = [row | reported.get(row["cohort_id"], {}) for row in TABLES["cohorts"]]
    return make(tmp_path_factory.mktemp("lists"), {**TABLES, "cohorts": cohorts})


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows as tuples of these columns, empty cells as None."""
    kept = frame[list(columns)].astype(object)
    return list(kept.where(kept.notna(), None).itertuples(index=False, name=None))


BY_PROVINCE = Query(DAY, area="province")


def test_training_is_needed_by_whoever_is_in_post_and_has_completed_none(
    world: SnapshotInfo,
) -> None:
    found = queries.course_needs(BY_PROVINCE, scope=NATION, snapshot=world)
    # W3 left the day before; EXTRA does not qualify; W2 sat in the course and did not complete it.
    assert rows(found, "role", "province_code", "people", "trained") == [
        ("case_manager", "50", 1, 1),
        ("case_manager", "58", 1, 0),
        ("lao_practitioner", "50", 1, None),  # no list of names of any cohort
    ]
    whole = queries.course_needs(Query(DAY), scope=NATION, snapshot=world)
    assert rows(whole, "role", "province_code", "people", "trained") == [
        ("case_manager", None, 2, 1),
        ("lao_practitioner", None, 1, None),
    ]
    mine = queries.course_needs(BY_PROVINCE, scope=MAE_HONG_SON, snapshot=world)
    assert rows(mine, "province_code", "people", "trained") == [("58", 1, 0)]


def test_people_are_counted_once_whatever_courses_and_posts_they_have(tmp_path: Path) -> None:
    # Eight case managers and two qualifying courses: seven passed one; the eighth has two posts.
    people = [f"W{n}" for n in range(1, 9)]
    post = {"role": "case_manager", "fte": 1, "start_on": date(2020, 1, 1)}
    passed = {"cohort_id": "K", "person_type": "worker", "completed_on": date(2026, 3, 1)}
    tables = {
        "courses": drawn("""
            course_id name_th target_role qualifying
            A ก case_manager true
            B ข case_manager true
        """),
        "cohorts": drawn("""
            cohort_id course_id start_on end_on date_precision mode
            K A 2026-03-01 2026-03-01 day online
        """),
        "workers": [{"worker_id": who, "sex": "F"} for who in people],
        "worker_posts": [
            *[{**post, "worker_id": who, "province_code": "50"} for who in people],
            {**post, "worker_id": "W8", "province_code": "57"},
        ],
        "enrolments": [{**passed, "person_id": who} for who in people[:7]],
    }
    snapshot = make(tmp_path, tables)
    (line,) = rows(
        queries.course_needs(Query(DAY), scope=NATION, snapshot=snapshot), "people", "trained"
    )
    assert line == (8, 7)
    coverage = queries.indicator("training_coverage", Query(DAY), scope=NATION, snapshot=snapshot)
    assert rows(coverage, "denominator", "numerator") == [line]


def test_the_needs_of_an_earlier_day_are_those_of_its_posts(world: SnapshotInfo) -> None:
    earlier = BY_PROVINCE.but(as_of=date(2025, 10, 1))
    before = queries.course_needs(earlier, scope=NATION, snapshot=world)
    assert rows(before, "role", "province_code", "people", "trained") == [
        ("case_manager", "50", 2, None),  # W1 and W3; the course ends tomorrow
        ("case_manager", "58", 1, None),
    ]


def test_seats_are_counted_each_and_people_once(world: SnapshotInfo) -> None:
    year = FiscalYear(2569)
    whole = Query(DAY, span=Span(year.start, date(2026, 10, 1)))
    found = queries.seats_and_people(whole, scope=NATION, snapshot=world)
    # CM: cohort ONE has 3 seats, of which W1 and W2 are known; TWO ends tomorrow: only planned.
    assert rows(found, "course_id", "held", "planned", "seats", "people") == [
        ("CM", 1, 2, 3, 2),
        ("LAO", 1, 1, 7, 0),  # reported, without a list
    ]
    this_year = queries.seats_and_people(Query(DAY), scope=NATION, snapshot=world)
    assert rows(this_year, "course_id", "planned") == [("CM", 1), ("LAO", 1)]


def test_a_skill_counts_the_people_who_report_it(world: SnapshotInfo) -> None:
    found = queries.skills_reported(Query(DAY), scope=NATION, snapshot=world)
    # W1 said it twice and counts once; two nameless reports are two people; TWO is not over yet.
    assert sorted(rows(found, "skill", "status", "people")) == [
        ("listening", "wanted", 1),
        ("recording", "gained", 1 + 2),
        ("recording", "wanted", 1),
    ]
    lao = queries.skills_reported(Query(DAY, role="lao_practitioner"), scope=NATION, snapshot=world)
    assert rows(lao, "skill", "people") == [("listening", 1)]


def test_advice_that_is_open_comes_first_and_newer_before_older(world: SnapshotInfo) -> None:
    found = queries.advice(Query(DAY), scope=NATION, snapshot=world)
    # R5: not over yet. R6: nobody says what became of it.
    assert found["recommendation_id"].tolist() == ["R2", "R1", "R4", "R6", "R3"]
    assert set(found["provenance"]) == {"system"}, "where a row does not say"
    lao = queries.advice(Query(DAY, role="lao_practitioner"), scope=NATION, snapshot=world)
    assert lao["recommendation_id"].tolist() == ["R1", "R3"]


def test_a_sensitive_site_is_never_placed_in_a_district(world: SnapshotInfo) -> None:
    found = queries.sites(Query(DAY), scope=NATION, snapshot=world)
    assert rows(found, "site_id", "province_code", "district_code") == [
        ("S2", "50", "5001"),
        ("S1", "58", None),
    ]
    mine = queries.sites(Query(DAY), scope=MAE_HONG_SON, snapshot=world)
    assert mine["site_id"].tolist() == ["S1"]
    nobody = queries.sites(Query(DAY), scope=Scope(), snapshot=world)
    assert nobody.empty


def test_the_newest_record_is_a_case_opened_or_a_visit_done_by_the_day(
    world: SnapshotInfo,
) -> None:
    found = queries.latest_records(Query(DAY), scope=NATION, snapshot=world)
    assert sorted(rows(found, "province_code", "latest")) == [
        ("50", date(2026, 9, 30)),
        ("58", date(2025, 12, 31)),  # what follows lies after the day
    ]
    before = queries.latest_records(Query(date(2026, 9, 29)), scope=NATION, snapshot=world)
    assert dict(rows(before, "province_code", "latest"))["50"] == date(2026, 1, 5)


def test_cohorts_that_touch_the_period_come_newest_first(world: SnapshotInfo) -> None:
    found = queries.cohorts(Query(DAY), scope=NATION, snapshot=world)
    assert rows(found, "cohort_id", "attendances", "qualifier") == [
        ("TWO", 1, "exact"),
        ("NEW", 7, "exact"),
        ("ONE", 3, "exact"),
    ]
    one = found[found["cohort_id"] == "ONE"]
    counts = ("female", "male", "unspecified", "completed", "provinces_reached")
    assert rows(one, *counts, "provinces_targeted") == [(1, 1, 1, 2, 2, 2)]
    before = Query(DAY, span=Span(date(2025, 9, 1), date(2025, 9, 30)))
    old = queries.cohorts(before, scope=NATION, snapshot=world)
    assert rows(old, "cohort_id", "attendances", "qualifier", "female", "male", "unspecified") == [
        ("OLD", 40, "more_than", 30, 4, 40 - 30 - 4)
    ]


def test_a_split_that_adds_up_to_more_than_all_is_no_split(world: SnapshotInfo) -> None:
    found = queries.cohorts(Query(DAY), scope=NATION, snapshot=world)
    new = found[found["cohort_id"] == "NEW"]  # 30 women and 4 men of 7
    assert rows(new, "attendances", "female", "male", "unspecified") == [(7, None, None, 7)]


def test_a_province_sees_cohorts_meant_for_it_attended_from_it_or_held_in_it(
    world: SnapshotInfo,
) -> None:
    def seen(**asked: str) -> list[str]:
        found = queries.cohorts(Query(DAY).but(**asked), scope=NATION, snapshot=world)
        return sorted(found["cohort_id"])

    assert seen(province="50") == ["ONE", "TWO"]  # held there; W1 came from there
    assert seen(province="58") == ["ONE"]
    assert seen(district="5801") == ["ONE"]  # a district's cohorts are its province's
    assert seen(province="10") == ["NEW"]
    mine = queries.cohorts(Query(DAY), scope=MAE_HONG_SON, snapshot=world)
    assert mine["cohort_id"].tolist() == ["ONE"]


def test_every_band_of_families_under_care_is_there(tmp_path: Path) -> None:
    held = {"W1": 5, "W2": 6, "W3": 0, "W4": 21}
    cases = [(worker, n) for worker, number in held.items() for n in range(number)]
    tables = {
        "workers": [{"worker_id": worker, "sex": "F"} for worker in held],
        "worker_posts": [
            {"worker_id": worker, "role": "case_manager", "province_code": "50", "fte": 1,
             "start_on": date(2020, 1, 1)}
            for worker in held
        ],
        "families": [
            {"family_id": f"{w}-{n}", "household_id": "H", "district_code": "5001"}
            for w, n in cases
        ],
        "cases": [
            {"case_id": f"{w}-{n}", "family_id": f"{w}-{n}", "target_group": "elder",
             "opened_on": date(2026, 1, 1), "stage": "follow_up"}
            for w, n in cases
        ],
        "case_assignments": [
            {"case_id": f"{w}-{n}", "worker_id": w, "start_on": date(2026, 1, 1)} for w, n in cases
        ],
    }  # fmt: skip
    snapshot = make(tmp_path, tables)
    bands = queries.load_bands(Query(DAY), scope=NATION, snapshot=snapshot)
    assert bands["case_managers"].tolist() == [1, 1, 1, 0, 0, 1]  # 0, 1–5, 6–10, 11–15, 16–20, 21+
