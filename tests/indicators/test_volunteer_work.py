"""Volunteers' work on hand-worked tables: who is active, duties, families, households, awards."""

from datetime import date

import pytest

from config.thai_calendar import FiscalYear
from data_access.indicators.kernel.engine import NotAnswerable
from data_access.scope import Scope
from tests.indicators.cells import numbers, series, value, why_not
from tests.indicators.conftest import Ask

VOLUNTEERS = """
volunteer_id sex level   province_code district_code registered_on ended_on
V1           F   village 50            5001          2020-01-01    .
V2           M   village 50            5001          2020-01-01    2026-09-30
V3           F   tambon  50            .             2026-09-30    .
V4           F   village 10            1001          2020-01-01    2026-09-29
V5           F   village 30            3001          2026-10-01    .
"""
DONE = """
volunteer_id done_on    duty
V1           2026-07-03 watch
V1           2026-07-03 watch
V2           2026-07-02 advise
V3           2026-10-01 watch
V4           2026-09-29 advise
V1           2025-09-30 watch
"""
HOUSEHOLDS = """
province_code year households
50            2024 300
50            2026 360
50            2027 999
10            2026 .
30            2026 500
"""
AWARDS = """
volunteer_id award       fiscal_year
V1           outstanding 2569
V1           special     2569
V4           outstanding 2568
V2           outstanding 2570
"""
WORLD = {
    "volunteers": VOLUNTEERS,
    "volunteer_activities": DONE,
    "province_statistics": HOUSEHOLDS,
    "awards": AWARDS,
}


def test_ninety_days_are_counted_with_the_day_itself(asked: Ask) -> None:
    # 3 July is the first of the 90 days that end on 30 September; V4 had left the day before.
    assert numbers(asked("active_volunteers", WORLD)) == (1, 3)
    # A day later 3 July is out and V3's activity of 1 October is in; V2 has left, V5 has come.
    assert numbers(asked("active_volunteers", WORLD, as_of=date(2026, 10, 1))) == (1, 3)
    # On 29 September 2 July was still in: V1, V2 and V4 of V1, V2 and V4.
    assert numbers(asked("active_volunteers", WORLD, as_of=date(2026, 9, 29))) == (3, 3)


def test_active_volunteers_by_level_and_district(asked: Ask) -> None:
    by_level = asked("active_volunteers", WORLD, breakdown="level")
    assert numbers(by_level, group="village") == (1, 2)
    assert numbers(by_level, group="tambon") == (0, 1)
    by_district = asked("active_volunteers", WORLD, area="district", province="50")
    assert numbers(by_district, area="5001") == (1, 2)
    assert why_not(by_district, area="5002") == "no_volunteers"


def test_a_source_without_activities_says_so(asked: Ask) -> None:
    bare = {"volunteers": VOLUNTEERS}
    absent = asked("active_volunteers", bare, absent=("volunteer_activities",))
    assert why_not(absent) == "table_missing"
    assert numbers(asked("active_volunteers", bare)) == (0, 3)


def test_every_logged_activity_of_the_period_counts_even_two_alike(asked: Ask) -> None:
    # Fiscal year 2569: two of V1, one of V2, one of V4; not 30 Sep 2025, not 1 Oct 2026.
    assert value(asked("volunteer_duties", WORLD)) == 2 + 1 + 1
    by_duty = asked("volunteer_duties", WORLD, breakdown="duty")
    assert value(by_duty, group="watch") == 2
    assert value(by_duty, group="prevent") == 0
    assert series(asked("volunteer_duties", WORLD, over="quarter")) == [(0, 0)] * 3 + [(4, 0)]


def test_staff_and_volunteer_counts_are_never_hidden(asked: Ask) -> None:
    seen = asked("volunteer_duties", WORLD, area="province", scope=Scope(nation=True))
    assert value(seen, area="10") == 1


def test_households_are_those_of_the_latest_year_up_to_the_day(asked: Ask) -> None:
    frame = asked("households_per_volunteer", WORLD, area="province")
    assert (numbers(frame, area="50"), value(frame, area="50")) == ((360, 3), 120.0)
    assert why_not(frame, area="30") == "no_volunteers"
    assert why_not(frame, area="10") == "no_households"
    assert why_not(frame, area="11") == "no_households"
    # A region sums its provinces before it divides.
    nation = asked("households_per_volunteer", WORLD)
    assert numbers(nation) == (360 + 500, 3)


def test_looking_back_the_households_of_that_year_are_used(asked: Ask) -> None:
    frame = asked("households_per_volunteer", WORLD, province="50", as_of=date(2025, 12, 31))
    assert numbers(frame, area="50") == (300, 2)


FAMILIES = """
family_id household_id district_code
F1        H1           5001
F2        H2           5001
F3        H3           3001
"""
CASES = """
case_id family_id target_group opened_on  stage     closed_on
C1      F1        elder        2026-09-30 follow_up .
C2      F1        child        2026-09-30 follow_up .
C3      F2        elder        2026-10-01 follow_up .
C4      F3        elder        2026-01-01 follow_up .
"""


def test_families_per_volunteer_counts_families_once(asked: Ask) -> None:
    world = {**WORLD, "families": FAMILIES, "cases": CASES}
    assert numbers(asked("families_per_volunteer", world)) == (2, 3)
    by_province = asked("families_per_volunteer", world, area="province")
    assert numbers(by_province, area="50") == (1, 3)
    assert why_not(by_province, area="30") == "no_volunteers"
    one_group = asked("families_per_volunteer", world, target_group="child", province="50")
    assert why_not(one_group, area="50") == "not_by_target_group"
    with pytest.raises(NotAnswerable):
        asked("families_per_volunteer", world, breakdown="target_group")


def test_few_families_are_hidden_beside_any_number_of_volunteers(asked: Ask) -> None:
    world = {**WORLD, "families": FAMILIES, "cases": CASES}
    frame = asked("families_per_volunteer", world, scope=Scope(nation=True))
    assert frame["status"].tolist() == ["hidden"]


def test_awards_are_counted_by_fiscal_year_only(asked: Ask) -> None:
    assert value(asked("volunteer_awards", WORLD)) == 2
    # Fiscal year 2570 begins on 1 October.
    assert value(asked("volunteer_awards", WORLD, as_of=date(2026, 10, 1))) == 1
    last_year = asked("volunteer_awards", WORLD, span=FiscalYear(2568).span)
    assert value(last_year) == 1
    assert value(asked("volunteer_awards", WORLD, breakdown="award"), group="special") == 1
    with pytest.raises(NotAnswerable):
        asked("volunteer_awards", WORLD, over="month")


def test_no_award_is_zero_and_no_table_is_no_data(asked: Ask) -> None:
    bare = {"volunteers": VOLUNTEERS}
    assert value(asked("volunteer_awards", bare)) == 0
    assert why_not(asked("volunteer_awards", bare, absent=("awards",))) == "table_missing"
