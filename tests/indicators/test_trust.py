"""Completeness, age of the load and published figures on hand-worked tables."""

from datetime import date

import pytest

from data_access.indicators.kernel.engine import NotAnswerable
from data_access.scope import Scope
from tests.indicators.cells import numbers, value, why_not
from tests.indicators.conftest import Ask

FAMILIES = """
family_id household_id district_code
F1        H1           5001
F2        H2           1001
"""
CASES = """
case_id family_id target_group intake_channel urgent opened_on  stage     closed_on  closure_reason
C1      F1        elder        walk_in        true   2025-10-01 follow_up .          .
C2      F1        elder        walk_in        .      2025-10-01 follow_up .          .
C3      F2        child        .              false  2025-10-01 follow_up .          .
C4      F2        child        walk_in        false  2025-10-01 closed    2026-09-30 .
C5      F2        child        .              .      2026-10-01 intake    .          .
"""
VISITS = """
follow_up_id case_id done_on    cancelled_on method outcome worker_id
U1           C1      2026-09-30 .            phone  same    W1
U2           C1      2026-09-30 .            phone  .       W1
U3           C1      2026-10-01 .            .      .       .
U4           C1      2026-09-30 2026-09-30   .      .       .
U5           C1      .          .            .      .       .
"""
PLANS = """
case_id version made_on    target_on  family_agreed
C1      1       2026-09-30 2026-12-31 false
C1      2       2026-10-01 .          .
"""
COHORTS = """
cohort_id course_id start_on   end_on
K1        CM        2026-09-30 2026-09-30
K2        CM        2026-10-01 2026-10-01
"""
SEATS = """
cohort_id person_type  person_id province_code sex
K1        unregistered .         50            F
K1        unregistered .         .             F
K2        unregistered .         .             .
"""
WORLD = {
    "families": FAMILIES,
    "cases": CASES,
    "follow_ups": VISITS,
    "plans": PLANS,
    "courses": "course_id name_th target_role qualifying\nCM ก case_manager true",
    "cohorts": COHORTS,
    "enrolments": SEATS,
}


def test_a_record_is_complete_when_nothing_that_is_needed_is_empty(asked: Ask) -> None:
    # Cases by 30 Sep: C1 complete of C1 to C4 (C4 was closed that day without a reason).
    # Follow-ups done: U1 of U1 and U2. Plans: the one. Seats of K1: one of two.
    frame = asked("record_completeness", WORLD, breakdown="table")
    assert numbers(frame, group="cases") == (1, 4)
    assert numbers(frame, group="follow_ups") == (1, 2)
    assert numbers(frame, group="plans") == (1, 1)
    assert numbers(frame, group="enrolments") == (1, 2)
    assert numbers(asked("record_completeness", WORLD)) == (1 + 1 + 1 + 1, 4 + 2 + 1 + 2)


def test_a_case_closed_tomorrow_needs_no_reason_today(asked: Ask) -> None:
    frame = asked("record_completeness", WORLD, as_of=date(2026, 9, 29))
    assert numbers(frame) == (2, 4)
    assert why_not(asked("record_completeness", WORLD, as_of=date(2025, 9, 30))) == "no_records"


def test_the_load_ages_by_the_day_asked_about(asked: Ask) -> None:
    # The load is of 30 September 2026.
    assert value(asked("days_since_load", WORLD)) == 0
    assert value(asked("days_since_load", WORLD, as_of=date(2026, 10, 30))) == 30
    assert value(asked("days_since_load", WORLD, as_of=date(2026, 9, 1))) == 0
    by_province = asked("days_since_load", WORLD, as_of=date(2026, 10, 1), area="province")
    assert by_province["value"].tolist() == [1.0] * 77
    with pytest.raises(NotAnswerable):
        asked("days_since_load", WORLD, over="month")


VOLUNTEERS = """
volunteer_id sex level   province_code registered_on ended_on
V1           F   village 50            2018-03-21    .
V2           F   village 50            2017-01-01    2018-03-21
V3           F   village 10            2018-03-22    .
"""
FIGURES = """
figure                    value as_of      qualifier source
volunteers                5     2018-03-21 exact     S3
volunteers                1     2026-10-01 exact     S9
case_managers_trained     400   2022-01-15 more_than S4
lao_practitioners_trained 83    2019-03-01 exact     S2
families_norm             10    2022-01-15 exact     S4
"""
LAO = """
cohort_id course_id start_on   end_on     reported_attendance reported_qualifier
L1        LAO       2019-02-27 2019-03-01 80                  exact
L2        LAO       2018-09-30 2018-09-30 50                  exact
L3        LAO       2019-03-02 2019-03-02 50                  exact
"""
PUBLISHED = {
    "volunteers": VOLUNTEERS,
    "published_figures": FIGURES,
    "courses": "course_id name_th target_role qualifying\nLAO ก lao_practitioner true",
    "cohorts": LAO,
}


def test_published_figures_are_set_against_the_total_of_their_own_day(asked: Ask) -> None:
    frame = asked("published_reconciliation", PUBLISHED)
    assert numbers(frame, group="volunteers 2018-03-21 S3") == (2, 5)
    assert value(frame, group="volunteers 2018-03-21 S3") == 2 - 5
    # Training: from the start of that fiscal year to the figure's day, so L1 alone.
    assert numbers(frame, group="lao_practitioners_trained 2019-03-01 S2") == (80, 83)


def test_a_figure_without_a_total_has_no_difference_rather_than_all_of_it(asked: Ask) -> None:
    frame = asked("published_reconciliation", PUBLISHED)
    assert why_not(frame, group="case_managers_trained 2022-01-15 S4") == "no_matching_total"
    assert why_not(frame, group="families_norm 2022-01-15 S4") == "no_matching_total"
    assert set(frame.loc[frame["group"].str.startswith("case"), "qualifier"]) == {"more_than"}


def test_a_figure_is_set_against_cohorts_reported_to_the_month_and_their_provinces(
    asked: Ask,
) -> None:
    cohorts = """
cohort_id course_id start_on   end_on     date_precision mode   reported_attendance
P         CM        2021-11-01 2022-01-31 month          online 400
Q         CM        2021-11-01 2022-01-31 day            online 9
R         CM        2021-11-01 2022-02-28 month          online 9
S         CM        2021-12-01 2021-12-02 day            online .
"""
    world = {
        **PUBLISHED,
        "courses": "course_id name_th target_role qualifying\nCM ก case_manager true",
        "published_figures": FIGURES + "case_manager_course_provinces 76 2022-01-15 exact S4",
        "cohorts": cohorts,
        "cohort_provinces": "cohort_id province_code\nP 50\nP 51\nS 51\nS 52\nQ 90",
        "enrolments": "cohort_id person_type province_code\nS unregistered 30",
    }
    frame = asked("published_reconciliation", world)
    # P may have ended by the 15th; Q and R had not. S has a list: one person, from 30.
    assert numbers(frame, group="case_managers_trained 2022-01-15 S4") == (400 + 1, 400)
    assert numbers(frame, group="case_manager_course_provinces 2022-01-15 S4") == (2 + 1, 76)


def test_a_workshop_counts_for_the_figure_that_speaks_of_it(asked: Ask) -> None:
    held = LAO.replace("reported_attendance", "mode     reported_attendance")
    held = held.replace("2019-03-01 80", "2019-03-01 workshop 80")
    held = held.replace(" 50", " online 50")
    world = {**PUBLISHED, "cohorts": held}
    frame = asked("published_reconciliation", world)
    assert numbers(frame, group="lao_practitioners_trained 2019-03-01 S2") == (80, 83)


def test_a_figure_of_a_day_to_come_is_left_out(asked: Ask) -> None:
    groups = set(asked("published_reconciliation", PUBLISHED)["group"])
    assert "volunteers 2026-10-01 S9" not in groups
    later = asked("published_reconciliation", PUBLISHED, as_of=date(2026, 10, 1))
    assert value(later, group="volunteers 2026-10-01 S9") == 2 - 1


def test_published_figures_are_nationwide_and_so_is_who_may_compare(asked: Ask) -> None:
    by_province = asked("published_reconciliation", PUBLISHED, area="province")
    assert set(by_province["reason"]) == {"no_matching_total"}
    mine = Scope(provinces=frozenset({"50"}), reveal=True)
    assert set(asked("published_reconciliation", PUBLISHED, scope=mine)["status"]) == {"no_data"}
    absent = asked("published_reconciliation", {}, absent=("published_figures",))
    assert why_not(absent) == "table_missing"
