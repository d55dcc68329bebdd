"""Overdue on open cases, left undone at closure, out of contact: by hand and in random worlds."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from config.thai_calendar import FiscalYear, Span
from data_access import queries, worklists
from data_access.indicators.kernel.query import Query
from tests.indicators.cells import numbers, series, value, why_not
from tests.indicators.conftest import DAY, NATION, Ask
from tests.indicators.random_worlds import Tables, casework
from tests.support.world import make

ALWAYS = Span(date(1990, 1, 1), DAY)
FAMILIES = """
family_id household_id district_code
F1        H1           5001
F2        H2           5101
"""
CASES = """
case_id family_id target_group opened_on  stage     closed_on
OPEN    F1        elder        2025-01-01 follow_up .
TODAY   F1        elder        2025-01-01 closed    2026-09-30
AUGUST  F2        child        2025-01-01 closed    2026-08-15
LATER   F2        child        2025-01-01 follow_up 2026-10-01
"""
VISITS = """
follow_up_id case_id first_due_on due_on     done_on    cancelled_on
late         OPEN    2026-08-01   2026-08-01 .          .
today        OPEN    2026-09-30   2026-09-30 .          .
later        LATER   2026-09-29   2026-09-29 .          .
left_today   TODAY   2026-09-29   2026-09-29 .          .
on_the_day   TODAY   2026-09-30   2026-09-30 .          .
left         AUGUST  2026-08-15   2026-08-15 .          .
done         AUGUST  2026-08-01   2026-08-01 2026-08-02 .
off          AUGUST  2026-08-01   2026-08-01 .          2026-08-15
after        AUGUST  2026-09-01   2026-09-01 .          .
after_done   AUGUST  2026-09-01   2026-09-01 2026-08-10 .
ahead        AUGUST  2026-12-01   2026-12-01 .          .
"""
WORLD = {"families": FAMILIES, "cases": CASES, "follow_ups": VISITS}


def test_overdue_is_what_waits_on_cases_open_on_the_day(asked: Ask) -> None:
    # late, later (closed tomorrow); today is due and not overdue. A case closed today is closed.
    assert numbers(asked("follow_up_overdue", WORLD)) == (1 + 1, 2 + 1)
    the_day_before = asked("follow_up_overdue", WORLD, as_of=DAY - timedelta(days=1))
    assert numbers(the_day_before) == (1, 1 + 1 + 1)  # late; later and left_today are due today


def test_what_a_closed_case_left_undone_is_a_figure_of_its_own(asked: Ask) -> None:
    # August: left and after, of left, done and after (`off` is cancelled, `ahead` not yet due,
    # `after_done` was due after the closing day). TODAY: left_today of left_today and on_the_day.
    frame = asked("follow_ups_left_at_closure", WORLD)
    assert numbers(frame) == (2 + 1, 3 + 2)
    quarter = asked("follow_ups_left_at_closure", WORLD, over="quarter")
    assert series(quarter) == [(0, 0), (0, 0), (0, 0), (2 + 1, 3 + 2)]
    before = asked("follow_ups_left_at_closure", WORLD, span=FiscalYear(2568).span)
    assert why_not(before) == "nothing_due_before_closure"


def test_a_case_closed_after_the_day_left_nothing_behind_yet(asked: Ask) -> None:
    frame = asked("follow_ups_left_at_closure", WORLD, span=FiscalYear(2570).span)
    assert why_not(frame) == "not_begun"
    october = asked("follow_ups_left_at_closure", WORLD, as_of=date(2026, 10, 1))
    assert numbers(october) == (1, 1)  # later


CONTACT = """
case_id family_id target_group opened_on  stage     closed_on
OLD     F1        elder        2025-01-01 follow_up .
EDGE    F1        elder        2025-01-01 follow_up .
NEVER   F2        child        2026-07-02 follow_up .
YOUNG   F2        child        2026-07-03 follow_up .
CLOSED  F2        child        2025-01-01 closed    2026-09-30
"""
# 90 days that end with 30 September 2026 begin on 3 July; 2 July is 90 days before.
REACHED = """
follow_up_id case_id first_due_on due_on     done_on    cancelled_on
U1           OLD     2026-07-02   2026-07-02 2026-07-02 .
U2           EDGE    2026-07-03   2026-07-03 2026-07-03 .
U3           NEVER   2026-08-01   2026-08-01 2026-08-01 2026-08-02
U4           NEVER   2026-10-01   2026-10-01 2026-10-01 .
"""
ALONE = {"families": FAMILIES, "cases": CONTACT, "follow_ups": REACHED}


def test_no_contact_asks_for_ninety_days_of_the_case_and_of_silence(asked: Ask) -> None:
    # OLD was reached on the ninetieth day back, NEVER only by what was cancelled or lies ahead.
    # YOUNG has been open for 89 days.
    assert numbers(asked("no_contact_90_days", ALONE)) == (1 + 1, 3)
    assert value(asked("no_contact_90_days", ALONE)) == pytest.approx(100 * 2 / 3)
    # A day later EDGE's visit is 90 days back and YOUNG old enough; NEVER has been reached (U4).
    assert numbers(asked("no_contact_90_days", ALONE, as_of=date(2026, 10, 1))) == (1 + 1 + 1, 4)


def test_without_a_case_open_for_ninety_days_there_is_no_share(asked: Ask) -> None:
    assert why_not(asked("no_contact_90_days", ALONE, as_of=date(2025, 3, 31))) == (
        "no_cases_open_long"
    )
    assert numbers(asked("no_contact_90_days", ALONE, as_of=date(2025, 4, 1))) == (3, 3)


def past_due(tables: Tables, day: date) -> set[str]:
    """Every follow-up of the register that is past due and open on the day, from its rows.

    The register of a day holds the cases opened by it.
    """
    begun = {row["case_id"] for row in tables["cases"] if row["opened_on"] <= day}
    return {
        row["follow_up_id"]
        for row in tables["follow_ups"]
        if row["case_id"] in begun
        and row["due_on"] < day
        and not (row["done_on"] and row["done_on"] <= day)
        and not (row["cancelled_on"] and row["cancelled_on"] <= day)
    }


@pytest.mark.slow
@settings(
    max_examples=25,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(tables=casework())
def test_the_two_lists_share_no_row_and_leave_none_out(
    tmp_path_factory: pytest.TempPathFactory, tables: Tables
) -> None:
    info = make(tmp_path_factory.mktemp("lists"), tables)
    query = Query(DAY, span=ALWAYS)

    open_ones, left = (
        ask(query, scope=NATION, snapshot=info)["unit"].tolist()
        for ask in (queries.overdue_visits, worklists.left_at_closure)
    )
    assert not set(open_ones) & set(left)
    assert sorted([*open_ones, *left]) == sorted(past_due(tables, DAY))
    counts = [
        queries.indicator(name, query, scope=NATION, snapshot=info)["numerator"].iloc[0]
        for name in ("follow_up_overdue", "follow_ups_left_at_closure")
    ]
    assert counts == [len(open_ones), len(left)]
