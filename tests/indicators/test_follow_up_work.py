"""How follow-ups are done, on hand-worked tables: home visits, company on them, monthly contact."""

from datetime import date

from config.thai_calendar import FiscalYear, Span
from data_access.scope import Scope
from tests.indicators.cells import numbers, series, value, why_not
from tests.indicators.conftest import Ask

FAMILIES = """
family_id household_id district_code
F1        H1           5001
F2        H2           5002
F3        H3           1001
"""
CASES = """
case_id family_id target_group opened_on  stage     closed_on
C1      F1        elder        2026-01-01 follow_up .
C2      F2        child        2026-01-15 follow_up .
C3      F3        elder        2026-01-01 closed    2026-03-31
"""
VISITS = """
follow_up_id case_id done_on    cancelled_on method     worker_id accompanied_by_worker_id
U1           C1      2026-02-10 .            home_visit W1        W2
U2           C1      2026-03-31 .            home_visit W1        .
U3           C2      2026-02-28 .            phone      W2        .
U4           C3      2026-02-10 2026-02-11   home_visit W1        W2
U5           C2      2026-09-30 .            home_visit W1        W2
U6           C2      2026-10-01 .            home_visit W1        W2
U7           C3      2026-03-02 .            .          W2        .
"""
POSTS = """
worker_id role                    province_code fte start_on   end_on
W1        social_worker_assistant 50            1   2025-01-01 2026-09-29
W1        social_worker           50            1   2026-09-30 .
W2        social_worker           50            1   2025-01-01 .
"""
WORKERS = """
worker_id sex
W1        F
W2        M
"""
WORLD = {
    "families": FAMILIES,
    "cases": CASES,
    "follow_ups": VISITS,
    "workers": WORKERS,
    "worker_posts": POSTS,
}


def test_accompanied_visits_are_those_of_people_who_were_assistants_that_day(asked: Ask) -> None:
    # U1 and U2: on 30 Sep W1 is no assistant any more (U5), and U4 was cancelled.
    frame = asked("accompanied_visits", WORLD)
    assert numbers(frame) == (1, 2)
    assert value(frame) == 50.0


def test_without_assistants_visits_there_is_no_share_of_accompanied_ones(asked: Ask) -> None:
    frame = asked("accompanied_visits", WORLD, span=FiscalYear(2569).quarter(4))
    assert why_not(frame) == "no_assistant_visits"


def test_home_visits_are_set_against_all_follow_ups_done_whatever_their_method(asked: Ask) -> None:
    # Done by 30 Sep: U1, U2, U3, U5, U7; home visits: U1, U2, U5. U6 is next year's.
    assert numbers(asked("home_visit_share", WORLD)) == (3, 5)


def test_by_method_each_method_has_its_own_share(asked: Ask) -> None:
    frame = asked("home_visit_share", WORLD, breakdown="method")
    assert numbers(frame, group="home_visit") == (3, 5)
    assert numbers(frame, group="phone") == (1, 5)
    assert numbers(frame, group="unknown") == (1, 5)
    assert numbers(frame, group="office") == (0, 5)


def test_what_was_not_done_yet_is_not_counted_looking_back(asked: Ask) -> None:
    # On 27 Feb only U1 had been done; U4 was cancelled before.
    frame = asked("home_visit_share", WORLD, as_of=date(2026, 2, 27))
    assert numbers(frame) == (1, 1)
    before = asked("home_visit_share", WORLD, as_of=date(2026, 1, 31))
    assert why_not(before) == "nothing_done"


def test_monthly_contact_asks_for_the_whole_month_and_both_its_ends(asked: Ask) -> None:
    # January: F1 and F3 from the 1st (F2 came on the 15th). February: all three.
    # March: F1 and F2 — C3 was closed on the 31st, so it was not open all month.
    frame = asked("monthly_contact", WORLD, over="month", as_of=date(2026, 3, 31))
    by_month = series(frame)
    assert by_month[:3] == [(0, 0), (0, 0), (0, 0)]  # October to December
    # February: F1 (U1) and F2 (U3 on the 28th); F3's visit was cancelled. March: F1 on the 31st.
    assert by_month[3:] == [(0, 2), (2, 3), (1, 2)]


def test_a_longer_period_sums_its_whole_months(asked: Ask) -> None:
    frame = asked("monthly_contact", WORLD, as_of=date(2026, 3, 31))
    assert numbers(frame) == (0 + 2 + 1, 2 + 3 + 2)
    # 30 March: March is not over.
    assert numbers(asked("monthly_contact", WORLD, as_of=date(2026, 3, 30))) == (0 + 2, 2 + 3)


def test_a_period_without_a_whole_month_has_no_monthly_contact(asked: Ask) -> None:
    part = Span(date(2026, 2, 2), date(2026, 3, 30))
    assert why_not(asked("monthly_contact", WORLD, span=part)) == "no_whole_month"


def test_family_months_of_few_families_are_hidden(asked: Ask) -> None:
    # F2's eight whole months are one family.
    frame = asked(
        "monthly_contact", WORLD, province="50", district="5002", scope=Scope(nation=True)
    )
    assert frame["status"].tolist() == ["hidden"]
