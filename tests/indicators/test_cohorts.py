"""Cohorts and the training of people in post on hand-worked tables."""

from datetime import date

import pytest

from config.thai_calendar import FiscalYear
from tests.indicators.cells import numbers, series, value, why_not
from tests.indicators.conftest import Ask

COURSES = """
course_id name_th target_role      qualifying for_staff_without_degree
CM        ก       case_manager     true       false
LAO       ข       lao_practitioner true       true
VOL       ค       volunteer        false      .
"""
COHORTS = """
cohort_id course_id start_on   end_on     mode     held_in_province_code planned_seats
K1        CM        2025-10-01 2025-10-01 onsite   50                    4
K2        CM        2026-09-29 2026-09-30 online   .                     10
K3        LAO       2026-01-01 2026-01-31 onsite   10                    .
K4        LAO       2026-02-01 2026-02-02 onsite   10                    8
K5        VOL       2026-09-30 2026-10-01 onsite   10                    3
K6        CM        2025-09-30 2025-09-30 onsite   50                    2
E1        CM        2026-03-01 2026-03-02 seminar  50                    9
E2        LAO       2026-03-01 2026-03-02 exchange 50                    9
"""
REPORTED = """
reported_attendance reported_qualifier reported_female reported_male
.                   .                  .               .
9                   more_than          .               .
7                   exact              3               2
.                   .                  .               .
3                   exact              3               .
2                   exact              .               .
8                   exact              5               3
8                   exact              5               3
"""
SEATS = """
cohort_id person_type  person_id province_code sex completed_on
K1        worker       W1        50            F   2025-10-01
K1        worker       W2        10            M   2026-10-01
K1        unregistered .         .             .   2025-10-02
"""
WORKERS = """
worker_id sex has_social_work_degree
W1        F   false
W2        M   false
W3        F   true
W4        F   .
"""
POSTS = """
worker_id role             province_code fte start_on   end_on
W1        case_manager     50            1   2020-01-01 .
W1        lao_practitioner 50            1   2020-01-01 .
W2        case_manager     10            1   2020-01-01 2026-09-30
W3        case_manager     10            1   2020-01-01 .
W4        lao_practitioner 30            1   2020-01-01 .
"""
VOLUNTEERS = """
volunteer_id sex level   province_code registered_on
V1           F   village 50            2020-01-01
V2           F   village 50            2026-10-01
"""
WORLD = {
    "courses": COURSES,
    "cohorts": (COHORTS, REPORTED),
    "enrolments": SEATS,
    "workers": WORKERS,
    "worker_posts": POSTS,
    "volunteers": VOLUNTEERS,
}


def test_seats_filled_are_completions_or_else_what_was_reported(asked: Ask) -> None:
    # K1: two completed by 30 Sep of 4; K2: more than 9 of 10. K3 has no plan, K4 no figure, K5 ends
    # tomorrow, K6 ended last year.
    frame = asked("cohort_seats_filled", WORLD)
    assert numbers(frame) == (2 + 9, 4 + 10)
    assert frame["qualifier"].tolist() == ["more_than"]


def test_a_project_is_no_cohort_and_its_figure_stands_for_its_cohorts(asked: Ask) -> None:
    # Five cohorts of one project: who came is known of all of them together only.
    cohorts = "cohort_id course_id start_on end_on mode part_of reported_attendance\n"
    cohorts += "P CM 2025-11-01 2026-01-31 online . 400\n"
    cohorts += "".join(f"P{n} CM 2025-11-01 2026-01-31 online P .\n" for n in range(1, 6))
    qualifiers = "reported_qualifier\nmore_than\n" + ".\n" * 5
    world = {**WORLD, "cohorts": (cohorts, qualifiers), "enrolments": SEATS.split("K1")[0]}
    assert numbers(asked("cohorts_held", world)) == (5, 5)
    seats = asked("training_attendances", world)
    assert value(seats) == 400
    assert seats["qualifier"].tolist() == ["more_than"]
    by_cohort = asked("training_attendances", world, breakdown="cohort")
    assert value(by_cohort, group="P") == 400
    assert why_not(by_cohort, group="P1") == "attendance_unknown"
    exact = {**world, "cohorts": (cohorts, qualifiers.replace("more_than", "exact"))}
    assert asked("training_attendances", exact)["qualifier"].tolist() == ["exact"]


def test_events_are_no_trainings(asked: Ask) -> None:
    only = {**WORLD, "cohorts": (COHORTS.replace("online", "seminar"), REPORTED)}
    # Without K2, now a seminar: K1 and K3; before, more than 9 more.
    assert value(asked("training_attendances", WORLD)) == 3 + 9 + 7
    assert value(asked("training_attendances", only)) == 3 + 7
    assert numbers(asked("cohorts_held", only)) == (3, 3)
    assert numbers(asked("cohort_seats_filled", only)) == (2, 4)
    assert numbers(asked("cohort_reach", only)) == (3 + 7, 4)
    assert numbers(asked("training_sex_split", only), group="U") == (1 + 2, 3 + 7)


def test_a_cohort_without_a_plan_or_without_a_figure_has_no_share(asked: Ask) -> None:
    frame = asked("cohort_seats_filled", WORLD, breakdown="cohort")
    assert numbers(frame, group="K1") == (2, 4)
    assert why_not(frame, group="K3") == "no_planned_seats"
    assert why_not(frame, group="K4") == "no_planned_seats"
    assert "K5" not in set(frame["group"])


def test_a_cohort_counts_where_it_was_held(asked: Ask) -> None:
    frame = asked("cohort_seats_filled", WORLD, area="province")
    assert numbers(frame, area="50") == (2, 4)
    assert why_not(frame, area="10") == "no_planned_seats"


def test_held_of_planned_looks_at_the_whole_fiscal_year(asked: Ask) -> None:
    # Ending in fiscal year 2569: K1 to K4; K5 ends on 1 October.
    assert numbers(asked("cohorts_held", WORLD)) == (4, 4)
    assert numbers(asked("cohorts_held", WORLD, as_of=date(2026, 9, 29))) == (3, 4)
    assert numbers(asked("cohorts_held", WORLD, as_of=date(2025, 10, 1))) == (1, 4)
    assert numbers(asked("cohorts_held", WORLD, as_of=date(2025, 9, 30))) == (1, 1)
    growing = series(asked("cohorts_held", WORLD, over="quarter"))
    assert growing == [(1, 4), (3, 4), (3, 4), (4, 4)]


def test_a_year_without_cohorts_has_no_share(asked: Ask) -> None:
    frame = asked("cohorts_held", WORLD, as_of=date(2024, 9, 30))
    assert why_not(frame) == "no_cohorts_planned"


def test_reach_sets_attendances_against_people_in_the_role(asked: Ask) -> None:
    # Case managers: 3 on K1's list and more than 9; lao_practitioner: 7. K4 has no figure.
    # In post on 30 Sep: W1, W2, W3 as case managers, W1 and W4 as practitioners: four people.
    frame = asked("cohort_reach", WORLD)
    assert numbers(frame) == (3 + 9 + 7, 4)
    assert frame["qualifier"].tolist() == ["more_than"]
    by_cohort = asked("cohort_reach", WORLD, breakdown="cohort")
    assert numbers(by_cohort, group="K1") == (3, 3)
    assert numbers(by_cohort, group="K3") == (7, 2)
    assert "K4" not in set(by_cohort["group"])


def test_reach_among_volunteers(asked: Ask) -> None:
    span = FiscalYear(2570).span
    frame = asked("cohort_reach", WORLD, as_of=date(2026, 10, 1), span=span, role="volunteer")
    assert numbers(frame) == (3, 2)
    assert why_not(asked("cohort_reach", WORLD, role="volunteer")) == "no_cohorts_held"


def test_the_split_by_sex_adds_up_and_unreported_is_not_nobody(asked: Ask) -> None:
    # K1: one woman, one man, one unknown; K2: 9 unknown; K3: 3 women, 2 men, 2 unknown.
    frame = asked("training_sex_split", WORLD)
    assert numbers(frame, group="F") == (1 + 3, 19)
    assert numbers(frame, group="M") == (1 + 2, 19)
    assert numbers(frame, group="U") == (1 + 9 + 2, 19)
    assert sum(frame["value"]) == pytest.approx(100)
    nobody = asked("training_sex_split", WORLD, span=FiscalYear(2569).quarter(3))
    assert why_not(nobody, group="F") == "no_attendances"


def test_a_split_larger_than_the_whole_is_not_used(asked: Ask) -> None:
    reported = REPORTED.replace("3               2", "6               2")
    frame = asked("training_sex_split", {**WORLD, "cohorts": (COHORTS, reported)})
    assert numbers(frame, group="F") == (1, 19)
    assert numbers(frame, group="U") == (1 + 9 + 7, 19)


TRAINED = """
cohort_id person_type person_id province_code completed_on
K4        worker      W1        50            2026-02-02
K4        volunteer   W2        50            2026-02-02
K1        worker      W3        10            2025-10-01
K1        worker      W3        10            2026-10-01
"""


def test_staff_without_a_degree_are_known_to_have_none(asked: Ask) -> None:
    # W1 and W2 have no degree; W4's is unknown. The volunteer called W2 is somebody else.
    world = {**WORLD, "enrolments": TRAINED}
    assert numbers(asked("untrained_without_degree", world)) == (1, 2)
    by_role = asked("untrained_without_degree", world, breakdown="role")
    assert numbers(by_role, group="case_manager") == (1, 2)
    assert numbers(by_role, group="lao_practitioner") == (1, 1)
    # W2 left on 30 September; on 1 February the course had given no list of names yet.
    assert numbers(asked("untrained_without_degree", world, as_of=date(2026, 10, 1))) == (1, 1)
    before = asked("untrained_without_degree", world, as_of=date(2026, 2, 1))
    assert why_not(before) == "no_list_of_names"
    nobody = asked("untrained_without_degree", world, area="province")
    assert why_not(nobody, area="30") == "nobody_without_degree"


def test_months_since_training_are_the_middle_of_those_who_were_trained(asked: Ask) -> None:
    # By 30 Sep 2026: W1 2 Feb (240 days), W3 1 Oct 2025 (364 days); W2 and W4 never.
    world = {**WORLD, "enrolments": TRAINED}
    frame = asked("months_since_training", world)
    assert numbers(frame) == (2, 4)
    assert value(frame) == pytest.approx((240 + 364) / 2 / 30.4375)
    by_province = asked("months_since_training", world, area="province")
    assert why_not(by_province, area="30") == "nobody_trained"
    assert value(by_province, area="10") == pytest.approx(364 / 30.4375)


def test_provinces_without_anybody_trained_are_all_but_those_with_somebody(asked: Ask) -> None:
    # People are in post in 50, 10 and 30. W1 (50) completed the practitioners' course, W3 (10) the
    # case managers'; W4 (30) none. Where nobody is in post there is nobody to train.
    world = {**WORLD, "enrolments": TRAINED}
    assert numbers(asked("provinces_without_trained", world)) == (3 - 2, 3)
    assert numbers(asked("provinces_without_trained", world, base=76)) == (2 - 1, 2)
    regions = asked("provinces_without_trained", world, area="region")
    assert numbers(regions, area="northeast") == (1, 1)
    assert why_not(regions, area="south") == "nobody_in_post"
    by_role = asked("provinces_without_trained", world, breakdown="role")
    assert numbers(by_role, group="case_manager") == (2 - 1, 2)
    assert numbers(by_role, group="lao_practitioner") == (2 - 1, 2)
    assert why_not(by_role, group="one_home_team") == "nobody_in_post"
    single = asked("provinces_without_trained", world, area="province")
    assert numbers(single, area="50") == (0, 1)
    assert numbers(single, area="30") == (1, 1)
    assert why_not(single, area="51") == "nobody_in_post"


def test_one_untrained_person_with_two_half_posts_leaves_two_provinces(asked: Ask) -> None:
    halves = """
worker_id role         province_code fte start_on   end_on
W1        case_manager 50            0.5 2020-01-01 .
W1        case_manager 57            0.5 2020-01-01 .
"""
    somebody_else = SEATS.replace("W1", "W3")
    world = {**WORLD, "worker_posts": halves, "enrolments": somebody_else}
    assert numbers(asked("provinces_without_trained", world)) == (2, 2)
    assert numbers(asked("training_coverage", world)) == (0, 1)


def test_attendances_of_no_known_province_count_without_bangkok_too(asked: Ask) -> None:
    seats, reported = 3, 9 + 7
    assert value(asked("training_attendances", WORLD)) == seats + reported
    from_bangkok = 1
    assert value(asked("training_attendances", WORLD, base=76)) == seats - from_bangkok + reported
