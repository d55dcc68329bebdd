"""Change in the five dimensions and why cases are closed, on hand-worked tables."""

from datetime import date

from config.thai_calendar import FiscalYear
from data_access.scope import Scope
from tests.indicators.cells import numbers, series, value, why_not
from tests.indicators.conftest import Ask

FAMILIES = """
family_id household_id district_code
F1        H1           5001
F2        H2           1001
"""
CASES = """
case_id family_id target_group opened_on  stage     closed_on  closure_reason
C1      F1        elder        2025-01-01 follow_up .          .
C2      F2        child        2025-01-01 closed    2026-09-30 self_reliant
C3      F2        child        2025-01-01 closed    2026-10-01 lost
C4      F1        elder        2025-01-01 closed    2025-10-01 .
C5      F1        elder        2025-01-01 closed    2025-09-30 self_reliant
"""
SEEN = """
case_id assessed_on dimension level
C1      2026-01-01  income    3
C1      2026-05-01  income    0
C1      2026-09-30  income    2
C1      2026-01-01  health    1
C1      2026-09-30  health    1
C1      2026-01-01  housing   0
C2      2026-01-01  income    1
C2      2026-02-01  income    2
C2      2026-10-01  income    0
"""
WORLD = {"families": FAMILIES, "cases": CASES, "assessments": SEEN}


def test_the_latest_level_is_set_against_the_first_whatever_lay_between(asked: Ask) -> None:
    # Assessed twice by 30 Sep: C1 income 3 → 2, C1 health 1 → 1, C2 income 1 → 2.
    assert numbers(asked("dimension_improved", WORLD)) == (1, 3)
    assert numbers(asked("dimension_same", WORLD)) == (1, 3)
    assert numbers(asked("dimension_worse", WORLD)) == (1, 3)


def test_each_dimension_has_its_own_base(asked: Ask) -> None:
    frame = asked("dimension_improved", WORLD, breakdown="dimension")
    assert numbers(frame, group="income") == (1, 2)
    assert numbers(frame, group="health") == (0, 1)
    assert why_not(frame, group="housing") == "nobody_assessed_twice"


def test_an_assessment_of_tomorrow_is_not_the_latest(asked: Ask) -> None:
    # On 1 October C2 has gone from 1 to 0.
    assert numbers(asked("dimension_improved", WORLD, as_of=date(2026, 10, 1))) == (2, 3)
    before = asked("dimension_improved", WORLD, as_of=date(2026, 1, 31))
    assert why_not(before) == "nobody_assessed_twice"


def test_dimensions_of_few_cases_are_hidden_however_many_they_are(asked: Ask) -> None:
    names = ("income", "housing", "health", "education", "access")
    rows = [f"C1 2026-0{n}-01 {name} {n}" for name in names for n in (1, 2)]
    seen = "\n".join(["case_id assessed_on dimension level", *rows])
    world = {**WORLD, "assessments": seen}
    assert numbers(asked("dimension_worse", world)) == (5, 5)
    hidden = asked("dimension_worse", world, scope=Scope(nation=True))
    assert hidden["status"].tolist() == ["hidden"]


def test_closures_of_the_year_are_those_up_to_and_with_its_last_day(asked: Ask) -> None:
    # Closed in fiscal year 2569: C2 (self-reliant, 30 Sep) and C4 (reason unknown, 1 Oct 2025).
    frame = asked("closed_self_reliant", WORLD)
    assert (numbers(frame), value(frame)) == ((1, 2), 50.0)


def test_by_reason_every_closure_counts_under_its_own(asked: Ask) -> None:
    frame = asked("closed_self_reliant", WORLD, breakdown="closure_reason")
    assert numbers(frame, group="self_reliant") == (1, 2)
    assert numbers(frame, group="unknown") == (1, 2)
    assert numbers(frame, group="moved") == (0, 2)


def test_where_nothing_was_closed_there_is_no_share(asked: Ask) -> None:
    quarter = FiscalYear(2569).quarter(2)
    assert why_not(asked("closed_self_reliant", WORLD, span=quarter)) == "nothing_closed"


def test_a_month_counts_an_assessment_of_its_last_day_once(asked: Ask) -> None:
    # C2 income 1 → 2 from February; C1 income 3 → 0 from May, 3 → 2 and health 1 → 1 on 30 Sep.
    months = series(asked("dimension_improved", WORLD, over="month"))
    assert months == [(0, 0)] * 4 + [(0, 1)] * 3 + [(1, 2)] * 4 + [(1, 3)]
