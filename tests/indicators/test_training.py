"""Training on hand-worked people, seats and cohorts: people in post, seats taken, provinces."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from config.thai_calendar import FiscalYear
from geo import registers
from tests.indicators.conftest import Show
from tests.support.world import drawn

COURSES = """
    course_id name_th target_role qualifying
    CM    ก case_manager     true
    CM2   ข case_manager     true
    TALK  ค case_manager     false
    LAO   ง lao_practitioner true
    VOL   จ volunteer        true
"""


def school(cohorts: str = "", seats: str = "", posts: str = "", **more: Any) -> dict[str, Any]:
    """Five courses, three of them qualifying for staff, and what is drawn.

    Cohort lines: id, course, last day, reported attendance and qualifier; each starts on the first
    of that month. Nobody is in post unless drawn.
    """
    held = drawn("cohort_id course_id end_on reported_attendance reported_qualifier\n" + cohorts)
    for row in held:
        row |= {"start_on": row["end_on"].replace(day=1), "date_precision": "day", "mode": "online"}
    world = {
        "courses": drawn(COURSES),
        "cohorts": held,
        "enrolments": drawn("cohort_id person_type person_id province_code completed_on\n" + seats),
        "worker_posts": drawn("worker_id role province_code start_on end_on\n" + posts),
    }
    return {**world, **more}


def fraction(frame: pd.DataFrame) -> tuple[int, int]:
    """Numerator and denominator of a frame of one row."""
    (row,) = frame.itertuples()
    return row.numerator, row.denominator


ONE_CASE_MANAGER = "W1 case_manager 50 2020-01-01 ."


def trained(show: Show, seat: str, cohort: str = "K CM 2026-03-10 . .", **asked: Any) -> int:
    """How many of one case manager in post count as trained, given one seat."""
    top, bottom = fraction(
        show("training_coverage", school(cohort, seat, ONE_CASE_MANAGER), **asked)
    )
    assert bottom == 1
    return top


def unknown(show: Show, seat: str, cohort: str = "K CM 2026-03-10 . .", **asked: Any) -> bool:
    """Whether nobody can tell of one case manager in post, given one seat; it is not zero then."""
    (row,) = show("training_coverage", school(cohort, seat, ONE_CASE_MANAGER), **asked).itertuples()
    assert row.denominator == 1
    assert pd.isna(row.numerator) == pd.isna(row.value)
    return (row.status, row.reason) == ("no_data", "no_list_of_names")


def test_only_a_completed_qualifying_course_of_the_own_role_counts(show: Show) -> None:
    assert trained(show, "K worker W1 50 2026-03-10") == 1
    assert trained(show, "K worker W1 50 .") == 0
    assert trained(show, "K worker W2 50 2026-03-10") == 0
    # No list of names of a qualifying course of the role: nobody can tell.
    assert unknown(show, "K worker W1 50 2026-03-10", "K TALK 2026-03-10 . .")
    assert unknown(show, "K worker W1 50 2026-03-10", "K LAO 2026-03-10 . .")


def test_completed_on_the_day_counts_and_a_day_later_does_not_yet(show: Show) -> None:
    assert trained(show, "K worker W1 50 2026-09-30") == 1
    assert trained(show, "K worker W1 50 2026-10-01") == 0
    assert unknown(show, "K worker W1 50 2026-03-10", as_of=date(2026, 3, 9))


def test_a_cohort_that_names_nobody_trains_nobody_that_we_know_of(show: Show) -> None:
    told = "K CM 2026-03-10 400 more_than"
    assert unknown(show, "", told)
    assert unknown(show, "K worker . 50 2026-03-10", told)
    assert unknown(show, "K worker W2 50 .", told, as_of=date(2026, 3, 9))  # it goes on
    assert trained(show, "K worker W2 50 .", told) == 0  # a list is there: W1 is not on it
    assert trained(show, "K worker W1 50 2026-03-05", told, as_of=date(2026, 3, 9)) == 1


def test_a_province_is_not_without_anybody_trained_where_nobody_can_tell(show: Show) -> None:
    posts = "W1 case_manager 50 2020-01-01 .\n W2 lao_practitioner 51 2020-01-01 ."
    world = school("K CM 2026-03-10 . .", "K worker W3 50 2026-03-10", posts)
    assert fraction(show("provinces_without_trained", world)) == (1, 1)  # 50; 51 nobody knows
    provinces = show("provinces_without_trained", world, area="province").set_index("area_code")
    assert provinces.loc["51", ["status", "reason"]].tolist() == ["no_data", "no_list_of_names"]
    assert provinces.loc["52", ["status", "reason"]].tolist() == ["no_data", "nobody_in_post"]
    # In the country's sum the practitioner is somebody not known to be trained.
    assert fraction(show("training_coverage", world)) == (0, 1 + 1)


def test_people_are_counted_not_seats_and_two_posts_are_one_person(show: Show) -> None:
    world = school(
        "K CM 2026-03-10 . .\n L CM2 2026-04-10 . .",
        "K worker W1 50 2026-03-10\n L worker W1 50 2026-04-10\n K worker W1 50 2026-03-10",
        """W1 case_manager 50 2020-01-01 .
           W1 case_manager 51 2020-01-01 .
           W1 lao_practitioner 50 2020-01-01 .
           W2 case_manager 51 2020-01-01 .""",
    )
    assert fraction(show("training_coverage", world)) == (1, 1 + 1)
    by_province = show("training_coverage", world, area="province").set_index("area_code")
    assert by_province.loc["50", ["numerator", "denominator"]].tolist() == [1, 1]
    assert by_province.loc["51", ["numerator", "denominator"]].tolist() == [1, 1 + 1]
    roles = show("training_coverage", world, breakdown="role").set_index("group")
    assert roles.loc["case_manager", ["numerator", "denominator"]].tolist() == [1, 1 + 1]
    assert roles.loc["lao_practitioner", "reason"] == "no_list_of_names"
    assert roles.loc["lao_practitioner", "denominator"] == 1


def test_leavers_are_out_of_both_sides_from_the_day_after_their_last(show: Show) -> None:
    world = school(
        "K CM 2026-03-10 . .",
        "K worker W1 50 2026-03-10\n K worker W2 50 2026-03-10\n K worker W3 50 2026-03-10",
        """W1 case_manager 50 2020-01-01 2026-09-29
           W2 case_manager 50 2020-01-01 2026-09-30
           W3 case_manager 50 2026-10-01 .
           W4 case_manager 50 2020-01-01 .""",
    )
    assert fraction(show("training_coverage", world)) == (1, 1 + 1)  # W2; W2 and W4
    assert fraction(show("training_coverage", world, as_of=date(2026, 9, 29))) == (2, 3)
    assert fraction(show("training_coverage", world, as_of=date(2026, 10, 1))) == (1, 2)


def test_without_a_role_the_roles_with_a_qualifying_course_are_covered(show: Show) -> None:
    world = school(
        "K CM 2026-03-10 . .",
        "K worker W1 50 2026-03-10",
        """W1 case_manager 50 2020-01-01 .
           W2 lao_practitioner 50 2020-01-01 .
           W3 social_worker 50 2020-01-01 .
           W4 cm_supervisor 50 2020-01-01 .""",
    )
    assert fraction(show("training_coverage", world)) == (1, 1 + 1)
    (nobody_knows,) = show("training_coverage", world, role="lao_practitioner").itertuples()
    assert (nobody_knows.denominator, nobody_knows.reason) == (1, "no_list_of_names")
    nobody_could = show("training_coverage", world, role="social_worker").iloc[0]
    assert (nobody_could["status"], nobody_could["reason"]) == ("no_data", "nobody_in_post")


def test_volunteers_hold_no_post_and_a_volunteer_of_the_same_key_is_somebody_else(
    show: Show,
) -> None:
    world = school(
        "K CM 2026-03-10 . .\n V VOL 2026-03-10 . .",
        "K volunteer W1 50 2026-03-10\n V volunteer W1 50 2026-03-10",
        ONE_CASE_MANAGER,
        volunteers=drawn("""
            volunteer_id sex level province_code registered_on
            W1 F village 50 2020-01-01
            W2 F village 50 2020-01-01
        """),
    )
    assert fraction(show("training_coverage", world)) == (0, 1)
    roles = show("training_coverage", world, breakdown="role").set_index("group")
    assert roles.loc["volunteer", ["numerator", "denominator"]].tolist() == [1, 1 + 1]
    assert fraction(show("training_coverage", world, role="volunteer")) == (1, 1 + 1)


def test_nobody_in_post_is_no_data(show: Show) -> None:
    row = show("training_coverage", school(), province="50").iloc[0]
    assert (row["status"], row["reason"]) == ("no_data", "nobody_in_post")


LISTED = "A CM 2026-03-10 . ."
SEATS_OF_A = "A worker W1 50 .\n A worker W1 50 2026-03-10\n A unregistered . . ."


def attendances(show: Show, cohorts: str, seats: str = "", **asked: Any) -> tuple[Any, str, str]:
    """Value, qualifier and status of the attendances of the country."""
    (row,) = show("training_attendances", school(cohorts, seats), **asked).itertuples()
    assert pd.isna(row.denominator)
    return row.value, row.qualifier, row.status


def test_every_seat_is_an_attendance_completed_or_not_known_or_not(show: Show) -> None:
    assert attendances(show, LISTED, SEATS_OF_A) == (1 + 1 + 1, "exact", "shown")


def test_a_reported_number_is_used_only_where_there_is_no_list(show: Show) -> None:
    listed_too = "A CM 2026-03-10 400 more_than"
    assert attendances(show, listed_too, SEATS_OF_A) == (3, "exact", "shown")
    assert attendances(show, "B CM 2026-03-10 83 exact") == (83, "exact", "shown")


@pytest.mark.parametrize("qualifier", ["more_than", "about"])
def test_a_sum_with_an_inexact_part_is_a_lower_bound(show: Show, qualifier: str) -> None:
    inexact = f"B CM 2026-03-10 400 {qualifier}"
    both = attendances(show, f"{LISTED}\n{inexact}", SEATS_OF_A)
    assert both == (3 + 400, "more_than", "shown")
    exact = attendances(show, f"{LISTED}\n B CM 2026-03-10 83 exact", SEATS_OF_A)
    assert exact == (3 + 83, "exact", "shown")
    cohorts = show(
        "training_attendances", school(f"{LISTED}\n{inexact}", SEATS_OF_A), breakdown="cohort"
    )
    assert cohorts.set_index("group")["qualifier"].to_dict() == {"A": "exact", "B": "more_than"}


def test_a_cohort_nobody_has_a_figure_of_is_unknown_not_zero(show: Show) -> None:
    value, _, status = attendances(show, "A CM 2026-03-10 . .")
    assert (value is pd.NA, status) == (True, "no_data")
    beside_a_known_one = attendances(show, "A CM 2026-03-10 . .\n B CM 2026-03-10 83 exact")
    assert beside_a_known_one == (83, "more_than", "shown")
    row = show("training_attendances", school("A CM 2026-03-10 . ."), breakdown="cohort").iloc[0]
    assert (row["group"], row["status"], row["reason"]) == ("A", "no_data", "attendance_unknown")


def test_no_cohort_in_the_period_is_a_plain_zero(show: Show) -> None:
    assert attendances(show, "") == (0, "exact", "shown")


def test_a_cohort_belongs_to_the_year_in_which_it_ends_and_not_before_it_has(show: Show) -> None:
    cohorts = "A CM 2025-09-30 1 exact\n B CM 2025-10-01 10 exact\n C CM 2026-09-30 100 exact"
    cohorts += "\n D CM 2026-10-01 1000 exact"
    year = {"span": FiscalYear(2569).span}
    assert attendances(show, cohorts, **year)[0] == 10 + 100
    assert attendances(show, cohorts, as_of=date(2026, 9, 29), **year)[0] == 10
    assert attendances(show, cohorts, span=FiscalYear(2568).span)[0] == 1
    assert attendances(show, cohorts, as_of=date(2026, 12, 1))[0] == 1000


def test_reported_women_men_and_unspecified_add_up_to_the_report(show: Show) -> None:
    world = school("A CM 2026-03-10 29 exact\n B CM 2026-03-10 10 exact")
    world["cohorts"][0] |= {"reported_female": 21, "reported_male": 8}
    world["enrolments"] = []
    split = show("training_attendances", world, breakdown="sex").set_index("group")["value"]
    assert split.to_dict() == {"F": 21, "M": 8, "U": (29 - 21 - 8) + 10}


def test_a_reported_number_is_the_countrys_and_no_provinces(show: Show) -> None:
    world = school(f"{LISTED}\n B CM 2026-03-10 83 exact", SEATS_OF_A)
    by_province = show("training_attendances", world, area="province").set_index("area_code")
    assert by_province["value"].sum() == 1 + 1  # the third seat's province is not known
    assert by_province.loc["51", "value"] == 0
    assert show("training_attendances", world)["value"].tolist() == [3 + 83]
    # Without Bangkok the report stays: nobody says that any of the 83 came from there.
    assert show("training_attendances", world, base=76)["value"].tolist() == [3 + 83]
    by_district = show("training_attendances", world, area="district", province="50")
    assert set(by_district["reason"]) == {"not_by_district"}


def test_people_come_from_where_the_seat_says_else_from_where_they_served_that_day(
    show: Show,
) -> None:
    world = school(
        LISTED,  # 1–10 March 2026
        "A worker W1 51 .\n A worker W1 . .\n A volunteer V1 . .\n A volunteer W1 . .",
        """W1 case_manager 50 2026-03-01 2026-03-01
           W1 case_manager 52 2026-03-02 .""",
        volunteers=drawn("""
            volunteer_id sex level province_code registered_on
            V1 F village 53 2020-01-01
        """),
    )
    by_province = show("training_attendances", world, area="province").set_index("area_code")
    assert by_province.loc[["50", "51", "52", "53"], "value"].tolist() == [1, 1, 0, 1]


def meant_for(*pairs: str) -> list[dict[str, Any]]:
    return [dict(zip(("cohort_id", "province_code"), p.split(":"), strict=True)) for p in pairs]


def test_provinces_reached_are_those_meant_and_each_once(show: Show) -> None:
    world = school(
        LISTED,
        "A worker W1 50 .\n A worker W2 50 .\n A worker W3 51 .\n A worker W4 90 .",
        cohort_provinces=meant_for("A:50", "A:51", "A:30"),
    )
    assert fraction(show("cohort_province_coverage", world)) == (1 + 1, 3)  # 90 was not meant
    cells = show("cohort_province_coverage", world, area="province").set_index("area_code")
    assert cells.loc[["50", "51", "30"], "value"].tolist() == [100, 100, 0]
    assert cells.loc["90", "status"] == "no_data"


def test_a_province_meant_by_two_cohorts_counts_for_each(show: Show) -> None:
    world = school(
        f"{LISTED}\n B CM 2026-09-30 . .\n C CM 2026-10-01 . .",
        "A worker W1 50 .\n B worker W1 51 .\n C worker W1 50 .",
        cohort_provinces=meant_for("A:50", "B:50", "B:51", "C:50"),
    )
    assert fraction(show("cohort_province_coverage", world)) == (1 + 1, 1 + 2)
    by_cohort = show("cohort_province_coverage", world, breakdown="cohort").set_index("group")
    assert by_cohort["value"].to_dict() == {"A": 100, "B": 50}


def test_a_cohort_without_a_list_reached_nobody_knows_whom(show: Show) -> None:
    meant = meant_for("A:50", "B:50", "B:51")
    unlisted = school("B CM 2026-03-10 400 more_than", cohort_provinces=meant[1:])
    row = show("cohort_province_coverage", unlisted).iloc[0]
    assert (row["status"], row["reason"]) == ("no_data", "no_target_provinces")
    world = school(
        f"{LISTED}\n B CM 2026-03-10 400 more_than", "A worker W1 50 .", cohort_provinces=meant
    )
    assert fraction(show("cohort_province_coverage", world)) == (1, 1)


def test_the_cohort_for_north_and_northeast_is_37_of_37(show: Show) -> None:
    codes = [p.code for p in registers.provinces() if p.region in ("north", "northeast")]
    seats = "\n".join(f"A unregistered . {code} ." for code in codes)
    world = school(LISTED, seats, cohort_provinces=meant_for(*[f"A:{code}" for code in codes]))
    assert fraction(show("cohort_province_coverage", world)) == (17 + 20, 17 + 20)
    regions = show("cohort_province_coverage", world, area="region").set_index("area_code")
    assert regions.loc[["north", "northeast"], "denominator"].tolist() == [17, 20]
    assert regions.loc[["central", "south"], "status"].tolist() == ["no_data", "no_data"]
