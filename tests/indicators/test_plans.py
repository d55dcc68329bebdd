"""Plans, goals and the time they take, on hand-worked tables."""

from datetime import date

import pytest

from config.thai_calendar import FiscalYear
from tests.indicators.cells import numbers, series, value, why_not
from tests.indicators.conftest import Ask

FAMILIES = """
family_id household_id district_code
F1        H1           5001
F2        H2           5001
F3        H3           5002
F4        H4           1001
"""
CASES = """
case_id family_id target_group intake_channel opened_on  stage      closed_on
C1      F1        elder        walk_in        2025-10-01 follow_up  .
C2      F2        child        walk_in        2025-11-01 planning   .
C3      F3        elder        survey         2026-09-30 assessment .
C4      F4        child        .              2025-09-30 closed     2026-09-30
"""
PLANS = """
case_id version made_on    target_on
C1      1       2025-10-11 .
C1      2       2026-07-01 .
C1      3       2026-10-01 .
C4      1       2025-09-30 .
"""
WORLD = {"families": FAMILIES, "cases": CASES, "plans": PLANS}


def test_plan_coverage_is_of_open_cases_past_assessment(asked: Ask) -> None:
    # C1 has a plan, C2 none; C3 is still in assessment; C4 was closed on the day.
    assert numbers(asked("plan_coverage", WORLD)) == (1, 2)


def test_a_plan_made_later_does_not_count_looking_back(asked: Ask) -> None:
    assert numbers(asked("plan_coverage", WORLD, as_of=date(2025, 10, 10))) == (1, 2)  # only C4's
    assert numbers(asked("plan_coverage", WORLD, as_of=date(2025, 10, 11))) == (2, 2)


def test_without_cases_past_assessment_there_is_no_plan_coverage(asked: Ask) -> None:
    assert why_not(asked("plan_coverage", {"families": FAMILIES})) == "no_cases_past_assessment"


def test_a_source_without_plans_is_told_apart_from_cases_without_plans(asked: Ask) -> None:
    bare = {"families": FAMILIES, "cases": CASES}
    assert numbers(asked("plan_coverage", bare)) == (0, 2)
    assert why_not(asked("plan_coverage", bare, absent=("plans",))) == "table_missing"


def test_plan_revision_counts_new_versions_made_within_the_period(asked: Ask) -> None:
    # Open on 30 Sep with a plan: C1. Version 2 was made on 1 July, version 3 only next year.
    assert numbers(asked("plan_revision", WORLD)) == (1, 1)
    quarters = asked("plan_revision", WORLD, over="quarter")
    # C4 had its plan on the year's last-but-one day and is open until the year's end.
    assert series(quarters) == [(0, 2), (0, 2), (0, 2), (1, 1)]


def test_without_a_plan_there_is_nothing_to_revise(asked: Ask) -> None:
    assert why_not(asked("plan_revision", WORLD, as_of=date(2025, 9, 29))) == "no_cases_with_plan"


OUTCOMES = """
follow_up_id case_id first_due_on due_on     done_on    outcome
U1           C1      2026-06-01   2026-06-01 2026-06-01 improved
U2           C1      2026-06-30   2026-06-30 2026-06-30 same
U3           C1      2026-07-31   2026-07-31 2026-07-31 worse
U4           C2      2026-06-01   2026-06-01 2026-06-01 same
U5           C2      2026-07-01   2026-07-01 2026-07-01 .
U6           C4      2026-06-01   2026-06-01 2026-06-01 same
U7           C4      2026-07-01   2026-07-01 2026-07-01 same
"""


def test_two_bad_outcomes_in_a_row_without_a_new_plan_are_listed(asked: Ask) -> None:
    # C1's plan of 1 July came after the first of the two: revised. C2 has one outcome only.
    # C4's plan is older, but the case is closed on 30 Sep.
    world = {**WORLD, "follow_ups": OUTCOMES}
    assert numbers(asked("no_improvement_no_revision", world)) == (0, 1)
    assert numbers(asked("no_improvement_no_revision", world, as_of=date(2026, 9, 29))) == (1, 2)


@pytest.mark.parametrize(("made_on", "stuck"), [("2026-06-29", 1), ("2026-06-30", 0)])
def test_a_plan_of_the_first_bad_day_is_a_revision(asked: Ask, made_on: str, stuck: int) -> None:
    plans = f"case_id version made_on\nC1 1 2025-10-11\nC1 2 {made_on}"
    world = {**WORLD, "plans": plans, "follow_ups": OUTCOMES}
    assert numbers(asked("no_improvement_no_revision", world)) == (stuck, 1)


def test_one_outcome_says_nothing_yet(asked: Ask) -> None:
    world = {**WORLD, "follow_ups": OUTCOMES}
    frame = asked("no_improvement_no_revision", world, as_of=date(2026, 6, 29))
    assert why_not(frame) == "fewer_than_two_outcomes"


GOALS = """
case_id version goal_no dimension term  target_on  achieved_on
C1      1       1       income    short 2026-01-31 .
C1      2       1       income    short 2026-09-30 2026-09-30
C1      2       2       health    short 2026-09-30 2026-10-01
C1      2       3       health    long  2026-10-01 2026-09-01
C1      2       4       .         long  .          2026-09-01
C1      3       1       income    short 2026-09-01 .
C4      1       1       access    short 2025-12-31 2026-01-31
"""


def test_goals_are_those_of_the_plan_in_force_and_due(asked: Ask) -> None:
    # Of C1's version 2: goals 1 (reached on the day) and 2 (reached a day late); of C4 its goal.
    world = {**WORLD, "plan_goals": GOALS}
    frame = asked("goals_achieved", world)
    assert numbers(frame) == (1 + 0 + 1, 3)
    by_dimension = asked("goals_achieved", world, breakdown="dimension")
    assert numbers(by_dimension, group="health") == (0, 1)
    # On 1 October version 3 is in force, with one goal that is due.
    assert numbers(asked("goals_achieved", world, as_of=date(2026, 10, 1))) == (0 + 1, 2)


def test_before_any_goal_is_due_there_is_no_share(asked: Ask) -> None:
    world = {**WORLD, "plan_goals": GOALS}
    assert why_not(asked("goals_achieved", world, as_of=date(2025, 12, 30))) == "no_goals_due"


SEEN = """
case_id assessed_on dimension level
C1      2025-09-01  income    2
C1      2025-10-03  income    2
C1      2025-10-03  health    1
C2      2025-11-09  income    3
C3      2026-10-01  income    3
C4      2025-10-01  income    3
"""


def test_days_to_assessment_are_of_cases_opened_in_the_period(asked: Ask) -> None:
    # C1 waits 2 days (an older assessment is not this case's), C2 8; C3 is not assessed by 30 Sep.
    # C4 was opened on 30 September of the year before. C3 was opened on the day itself and has not
    # waited at all, so of two who had waited two days one was there: half.
    frame = asked("days_to_assessment", {**WORLD, "assessments": SEEN})
    assert value(frame) == 2.0
    assert numbers(frame) == (2, 3)
    last_year = asked(
        "days_to_assessment", {**WORLD, "assessments": SEEN}, span=FiscalYear(2568).span
    )
    assert (value(last_year), numbers(last_year)) == (1.0, (1, 1))


def test_days_to_plan_are_to_the_first_plan(asked: Ask) -> None:
    # Of C1 and C2, who had both waited ten days, C1 was there on the tenth.
    frame = asked("days_to_plan", WORLD)
    assert (value(frame), numbers(frame)) == (10.0, (1, 3))
    by_channel = asked("days_to_plan", WORLD, breakdown="intake_channel")
    assert why_not(by_channel, group="survey") == "nobody_planned"


def test_without_an_assessment_there_is_no_waiting_time(asked: Ask) -> None:
    assert why_not(asked("days_to_assessment", WORLD)) == "nobody_assessed"
    absent = asked("days_to_assessment", WORLD, absent=("assessments",))
    assert why_not(absent) == "table_missing"
