"""Skills, appreciation and recommendations on hand-worked tables."""

from datetime import date

from tests.indicators.cells import numbers, series, value, why_not
from tests.indicators.conftest import Ask

COURSES = """
course_id name_th target_role             qualifying
SWA       ก       social_worker_assistant false
"""
COHORTS = """
cohort_id course_id start_on   end_on     held_in_province_code
K1        SWA       2025-10-01 2025-10-01 58
K2        SWA       2026-09-30 2026-09-30 71
K3        SWA       2026-09-30 2026-10-01 71
K4        SWA       2025-09-30 2025-09-30 71
"""
SEATS = """
cohort_id person_type  person_id province_code
K1        worker       W1        58
K1        unregistered .         58
K2        worker       W1        58
K2        worker       W2        71
K3        worker       W2        71
"""
REPORTS = """
cohort_id person_id skill      status
K1        W1        recording  gained
K2        W1        recording  wanted
K2        W2        recording  wanted
K2        W2        leadership gained
K2        .         recording  gained
K2        .         recording  gained
K2        .         recording  wanted
K3        W2        leadership wanted
K4        W2        recording  gained
"""
THANKS = """
cohort_id receiver_id skill
K2        W2          listening
K2        W2          empathy
K1        W2          listening
"""
ADVICE = """
recommendation_id cohort_id kind            text_th status
R1                K1        recommendation  ก       done
R2                K1        policy_proposal ข       open
R3                K2        recommendation  ค       doing
R4                K3        recommendation  ง       done
R5                K2        best_practice   จ       .
"""
WORLD = {
    "courses": COURSES,
    "cohorts": COHORTS,
    "enrolments": SEATS,
    "skill_reports": REPORTS,
    "peer_appreciations": THANKS,
    "recommendations": ADVICE,
    "workers": "worker_id sex\nW1 F\nW2 M",
}


def test_people_count_once_per_skill_and_each_unnamed_report_by_itself(asked: Ask) -> None:
    # Recording gained in fiscal year 2569: W1, and two reports without a person.
    gained = asked("skills_gained", WORLD, breakdown="skill")
    assert value(gained, group="recording") == 1 + 2
    assert value(gained, group="leadership") == 1
    assert value(gained, group="law") == 0
    wanted = asked("skills_wanted", WORLD, breakdown="skill")
    assert value(wanted, group="recording") == 2 + 1
    # K3 ends tomorrow: nobody wants leadership yet.
    assert value(wanted, group="leadership") == 0


def test_without_a_breakdown_people_with_several_skills_count_once(asked: Ask) -> None:
    assert value(asked("skills_gained", WORLD)) == 2 + 2
    by_quarter = series(asked("skills_gained", WORLD, over="quarter"))
    assert by_quarter == [(1, 0), (0, 0), (0, 0), (3, 0)]


def test_a_skill_can_be_gained_and_still_wanted(asked: Ask) -> None:
    # W1 gained it in K1 and wants it in K2; the unnamed reports cannot be matched.
    both = asked("skills_gained_and_wanted", WORLD, breakdown="skill")
    assert value(both, group="recording") == 1
    assert value(both, group="leadership") == 0


def test_reports_belong_to_the_province_people_came_from(asked: Ask) -> None:
    frame = asked("skills_wanted", WORLD, area="province")
    assert value(frame, area="58") == 1
    assert value(frame, area="71") == 1


def test_no_report_is_zero_and_no_table_is_no_data(asked: Ask) -> None:
    bare = {"courses": COURSES, "cohorts": COHORTS, "enrolments": SEATS}
    assert value(asked("skills_gained", bare)) == 0
    assert why_not(asked("skills_gained", bare, absent=("skill_reports",))) == "table_missing"


def test_appreciation_is_looked_for_in_the_cohort_the_person_was_in(asked: Ask) -> None:
    # Known participants of K1 and K2: W1, W1 and W2. W2 was thanked in K2 — twice, which is once.
    assert numbers(asked("peer_appreciation_coverage", WORLD)) == (1, 3)
    by_cohort = asked("peer_appreciation_coverage", WORLD, breakdown="cohort")
    assert numbers(by_cohort, group="K2") == (1, 2)
    # K3 ends on 1 October, and nobody was appreciated in it: nothing is known, not nobody.
    tomorrow = asked("peer_appreciation_coverage", WORLD, as_of=date(2026, 10, 1))
    assert why_not(tomorrow) == "no_participants"
    nobody = asked("peer_appreciation_coverage", WORLD, area="province")
    assert why_not(nobody, area="50") == "no_participants"


def test_advice_whose_state_nobody_knows_is_neither_done_nor_undone(asked: Ask) -> None:
    by_kind = asked("recommendations_done", WORLD, breakdown="recommendation_kind")
    assert why_not(by_kind, group="best_practice") == "no_recommendations"


def test_recommendations_are_of_cohorts_that_have_ended(asked: Ask) -> None:
    assert numbers(asked("recommendations_done", WORLD)) == (1, 3)
    by_kind = asked("recommendations_done", WORLD, breakdown="recommendation_kind")
    assert numbers(by_kind, group="recommendation") == (1, 2)
    tomorrow = asked("recommendations_done", WORLD, as_of=date(2026, 10, 1))
    assert numbers(tomorrow) == (1, 1)
