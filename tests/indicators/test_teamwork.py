"""Teams, conferences, partners, referrals and screenings on hand-worked tables."""

from datetime import date

from config.thai_calendar import FiscalYear
from tests.indicators.cells import numbers, series, value, why_not
from tests.indicators.conftest import Ask

FAMILIES = """
family_id household_id district_code
F1        H1           5001
F2        H2           1001
"""
CASES = """
case_id family_id target_group opened_on  stage     closed_on
C1      F1        elder        2025-10-01 follow_up .
C2      F2        child        2025-10-01 follow_up .
C3      F2        child        2025-10-01 closed    2026-09-30
"""
ORGANISATIONS = """
organisation_id name_th type
O1              ก       hospital
O2              ข       lao
"""
BASE = {"families": FAMILIES, "cases": CASES, "organisations": ORGANISATIONS}
TEAM = """
case_id profession    start_on   end_on
C1      nurse         2026-01-01 2026-09-30
C1      social_worker 2026-09-30 .
C2      nurse         2026-01-01 .
C2      nurse         2026-02-01 .
C3      nurse         2026-01-01 .
C3      doctor        2026-01-01 .
"""


def test_a_team_is_two_different_professions_on_the_day(asked: Ask) -> None:
    # C1: both on 30 September, its last day included; C2: one profession twice; C3 is closed.
    world = {**BASE, "case_team": TEAM}
    assert numbers(asked("team_participation", world)) == (1, 2)
    assert numbers(asked("team_participation", world, as_of=date(2026, 9, 29))) == (1, 3)
    assert numbers(asked("team_participation", world, as_of=date(2026, 10, 1))) == (0, 2)


def test_without_open_cases_there_is_no_teamwork_to_speak_of(asked: Ask) -> None:
    before = asked("team_participation", BASE, as_of=date(2025, 9, 30))
    assert why_not(before) == "no_open_cases"
    assert why_not(asked("team_participation", BASE, absent=("case_team",))) == "table_missing"


CONFERENCES = """
case_id held_on
C1      2025-12-31
C1      2026-01-01
C3      2026-09-30
C2      2026-10-01
"""


def test_conferences_are_counted_by_quarter_for_cases_open_at_its_end(asked: Ask) -> None:
    # C3 had its conference on the day it was closed: it is not open at the end of the quarter.
    frame = asked(
        "case_conferences_held", {**BASE, "case_conferences": CONFERENCES}, over="quarter"
    )
    assert series(frame) == [(1, 3), (1, 3), (0, 3), (0, 2)]


SERVICES = """
case_id service_type provider_organisation_id given_on
C1      counselling  O1                       2025-10-01
C1      counselling  O1                       2025-10-01
C2      financial    O2                       2026-09-30
C2      training     .                        2026-01-01
C2      training     O2                       2026-10-01
C1      training     O1                       2025-09-30
"""


def test_partner_mix_is_by_type_of_organisation_even_when_no_breakdown_is_asked(asked: Ask) -> None:
    frame = asked("partner_mix", {**BASE, "services": SERVICES})
    assert frame["group"].tolist() == ["hospital", "lao", "unknown"]
    assert numbers(frame, group="hospital") == (2, 4)
    assert numbers(frame, group="lao") == (1, 4)
    assert numbers(frame, group="unknown") == (1, 4)
    by_service = asked("partner_mix", {**BASE, "services": SERVICES}, breakdown="service_type")
    assert numbers(by_service, group="counselling") == (2, 4)
    assert numbers(by_service, group="job_placement") == (0, 4)


def test_an_area_without_services_is_in_the_frame_and_says_why(asked: Ask) -> None:
    assert why_not(asked("partner_mix", BASE)) == "no_services"
    absent = asked("partner_mix", BASE, absent=("services",))
    assert why_not(absent) == "table_missing"


REFERRALS = """
referral_id case_id to_organisation_id sent_on    accepted_on result_on
R1          C1      O1                 2026-09-23 2026-09-30  .
R2          C1      O1                 2026-09-01 2026-09-09  2026-09-30
R3          C2      O2                 2026-09-24 2026-09-25  2026-10-01
R4          C2      .                  2025-09-30 2025-10-01  2025-10-02
R5          C2      O2                 2026-09-01 .           .
"""


def test_acceptance_within_seven_days_waits_until_they_are_over(asked: Ask) -> None:
    # R1 was accepted on the seventh day, R2 on the eighth, R5 never; R3 is only six days old.
    world = {**BASE, "referrals": REFERRALS}
    assert numbers(asked("referrals_accepted", world)) == (1, 3)
    # A day later R3's seven days are over too, but 1 October asks for the new fiscal year.
    later = asked("referrals_accepted", world, as_of=date(2026, 10, 1), span=FiscalYear(2569).span)
    assert numbers(later) == (2, 4)
    assert why_not(asked("referrals_accepted", world, as_of=date(2026, 10, 1))) == "no_referrals"
    by_type = asked("referrals_accepted", world, breakdown="organisation_type")
    assert numbers(by_type, group="lao") == (0, 1)


def test_a_loop_is_closed_by_a_result_that_has_come(asked: Ask) -> None:
    # R2 on the day itself; R3's result comes tomorrow.
    world = {**BASE, "referrals": REFERRALS}
    assert numbers(asked("referrals_closed_loop", world)) == (1, 4)
    last_year = asked("referrals_closed_loop", world, span=FiscalYear(2568).span)
    assert numbers(last_year) == (1, 1)


SCREENINGS = """
case_id tool   version run_on     flag decided_on decision
C1      triage 1       2026-09-01 high 2026-09-02 high
C1      triage 1       2026-09-01 high 2026-09-02 high
C2      triage 1       2026-09-01 high 2026-09-30 low
C2      risk   1       2026-09-01 low  2026-10-01 high
C2      risk   1       2026-09-02 low  2026-09-03 .
C2      risk   1       2025-09-30 low  2025-09-30 low
"""


def test_screenings_await_a_person_until_there_is_a_decision_day(asked: Ask) -> None:
    world = {**BASE, "screenings": SCREENINGS}
    assert numbers(asked("screening_decided", world)) == (4, 5)
    by_tool = asked("screening_decided", world, breakdown="tool")
    assert numbers(by_tool, group="risk") == (1, 2)
    assert why_not(asked("screening_decided", BASE)) == "no_screenings"


def test_a_decision_nobody_wrote_down_is_neither_agreement_nor_override(asked: Ask) -> None:
    world = {**BASE, "screenings": SCREENINGS}
    frame = asked("screening_overridden", world)
    assert (numbers(frame), value(frame)) == ((1, 3), 100 / 3)
    assert why_not(asked("screening_overridden", BASE)) == "no_decisions"
