"""The published events stand in every sample as they were published, and no more than that."""

import pandas as pd

from geo.registers import provinces, provinces_of
from tests.sample.conftest import Folder

CM = [f"CM-2565-{n}" for n in range(1, 6)]
UNPUBLISHED = [
    "reported_attendance",
    "reported_qualifier",
    "reported_female",
    "reported_male",
    "planned_seats",
]


def cohort(tiny: Folder, cohort_id: str) -> pd.Series:
    cohorts = tiny.texts("cohorts").set_index("cohort_id")
    return cohorts.loc[cohort_id]


def seats(tiny: Folder, *cohort_ids: str) -> pd.DataFrame:
    enrolments = tiny.texts("enrolments")
    return enrolments[enrolments["cohort_id"].isin(cohort_ids)]


def test_five_online_cohorts_of_case_managers_are_dated_to_the_month(tiny: Folder) -> None:
    for number, name in enumerate(CM, start=1):
        row = cohort(tiny, name)
        assert row["number"] == str(number)
        assert (row["start_on"], row["end_on"]) == ("2021-11-01", "2022-01-31")
        assert (row["date_precision"], row["mode"]) == ("month", "online")
        assert not row[UNPUBLISHED].any(), "attendance of one cohort was not published"


def test_a_little_over_400_people_of_76_provinces_stand_for_more_than_400(tiny: Folder) -> None:
    taken = seats(tiny, *CM)
    assert len(taken) == 412
    assert set(taken["province_code"]) == {p.code for p in provinces()} - {"10"}
    assert taken.groupby("cohort_id")["province_code"].nunique().tolist() == [76] * 5
    assert taken["completed_on"].between("2021-11-01", "2022-01-31").all()
    known = taken[taken["person_id"] != ""]
    assert (known["person_type"] == "worker").all()
    assert not known["person_id"].duplicated().any(), "nobody sat in two of the five cohorts"


def test_the_total_of_case_managers_is_a_lower_bound(tiny: Folder) -> None:
    figures = tiny.texts("published_figures").set_index("figure")
    row = figures.loc["case_managers_trained"]
    assert (row["value"], row["qualifier"]) == ("400", "more_than")


def test_the_83_local_practitioners_have_neither_rows_nor_sexes(tiny: Folder) -> None:
    row = cohort(tiny, "LAO-2562")
    assert (row["start_on"], row["end_on"]) == ("2019-02-27", "2019-03-01")
    assert (row["reported_attendance"], row["reported_qualifier"]) == ("83", "exact")
    assert (row["reported_female"], row["reported_male"], row["number"]) == ("", "", "")
    assert "ปีที่ 2" in row["source"]
    assert row["held_in_province_code"] == "10"
    assert seats(tiny, "LAO-2562").empty
    assert "LAO-2562" not in set(tiny.texts("cohort_provinces")["cohort_id"])


def test_the_workshop_gathered_205_volunteers_of_37_provinces(tiny: Folder) -> None:
    row = cohort(tiny, "VOL-2561-2")
    assert (row["start_on"], row["end_on"], row["number"]) == ("2018-03-21", "2018-03-23", "2")
    taken = seats(tiny, "VOL-2561-2")
    north = {p.code for p in provinces_of("north")} | {p.code for p in provinces_of("northeast")}
    assert len(north) == 37
    assert len(taken) == 205
    assert set(taken["province_code"]) == north
    assert set(taken["sex"]) == {"U"}
    assert set(taken["person_id"]) == {""}, "nobody published who they were"
    meant = tiny.texts("cohort_provinces")
    assert set(meant[meant["cohort_id"] == "VOL-2561-2"]["province_code"]) == north
    assert tiny.texts("courses").set_index("course_id").loc["VOL-WORKSHOP", "qualifying"] == "false"


def test_the_first_workshop_is_known_to_have_been_and_nothing_else(tiny: Folder) -> None:
    row = cohort(tiny, "VOL-2561-1")
    assert row["date_precision"] == "month"
    assert not row[UNPUBLISHED].any()
    assert seats(tiny, "VOL-2561-1").empty


def test_the_three_seminars_have_their_days_and_sexes(tiny: Folder) -> None:
    published = {
        "SWA-2565-1": ("2022-08-23", "2022-08-23", "58", 16, 1),
        "SWA-2565-2": ("2022-09-06", "2022-09-06", "58", 4, 3),
        "SWA-2565-3": ("2022-09-27", "2022-09-28", "71", 1, 4),
    }
    for name, (start, end, province, female, male) in published.items():
        row, taken = cohort(tiny, name), seats(tiny, name)
        assert (row["start_on"], row["end_on"]) == (start, end)
        assert row["held_in_province_code"] == province
        assert row["reported_attendance"] == str(female + male)
        assert (row["reported_female"], row["reported_male"]) == (str(female), str(male))
        assert taken["sex"].value_counts().to_dict() == {"F": female, "M": male}
        assert set(taken["province_code"]) == {province}
    assert cohort(tiny, "SWA-2565-3")["venue"] == "", "no site was stated"


def test_the_assistants_are_staff_of_the_partner_in_the_shelters(tiny: Folder) -> None:
    people = set(seats(tiny, "SWA-2565-1", "SWA-2565-2", "SWA-2565-3")["person_id"])
    posts = tiny.texts("worker_posts")
    posts = posts[posts["worker_id"].isin(people)]
    assert len(people) == len(posts) == 17 + 7 + 5
    assert set(posts["role"]) == {"social_worker_assistant"}
    assert posts["site_id"].value_counts().to_dict() == {"SITE-58-1": 17, "SITE-58-2": 7, "": 5}


def test_recording_is_a_skill_both_gained_and_still_wanted(tiny: Folder) -> None:
    reports = tiny.texts("skill_reports")
    said = reports[reports["cohort_id"].str.startswith("SWA-2565")]
    gained = set(said[said["status"] == "gained"]["skill"])
    wanted = set(said[said["status"] == "wanted"]["skill"])
    assert {"observation", "questioning", "interviewing", "home_visit", "coordination"} <= gained
    assert {"child_activities", "child_protection", "recording"} <= gained
    assert wanted == {
        "case_management",
        "recording",
        "leadership",
        "social_work",
        "protection_assessment",
    }


def test_the_two_counts_of_volunteers_are_quoted_with_their_days(tiny: Folder) -> None:
    figures = tiny.texts("published_figures")
    volunteers = figures[figures["figure"] == "volunteers"]
    assert dict(zip(volunteers["as_of"], volunteers["value"], strict=True)) == {
        "2018-03-21": "133253",
        "2019-09-13": "98125",
    }


def test_shelters_are_sensitive_and_have_no_district(tiny: Folder) -> None:
    sites = tiny.texts("sites")
    shelters = sites[sites["type"] == "shelter"]
    assert set(shelters["province_code"]) == {"58", "63", "70", "71"}
    assert set(shelters["sensitive"]) == {"true"}
    assert set(shelters["district_code"]) == {""}


def test_targets_without_a_source_are_labelled_as_proposed(tiny: Folder) -> None:
    targets = tiny.texts("targets")
    sourced = targets[targets["source"].str.startswith("S4")]
    assert set(sourced["indicator"]) == {"families_per_case_manager"}
    others = targets.drop(sourced.index)
    assert others["source"].str.match("ข้อเสนอ.*Proposed").all()
    assert set(targets["fiscal_year"]) == {"2565", "2566", "2567", "2568", "2569"}


def test_invented_cohorts_say_that_they_are_synthetic(tiny: Folder) -> None:
    cohorts = tiny.texts("cohorts")
    invented = cohorts[cohorts["source"] == "synthetic"]
    assert (invented["start_on"] > "2022-10-01").all()
    assert set(cohorts.drop(invented.index)["source"].str[:2]) == {"S0", "S2", "S3", "S4"}
    planned = invented[invented["end_on"] > "2026-09-30"]
    assert len(planned) >= 8
    assert not set(planned["cohort_id"]) & set(tiny.texts("enrolments")["cohort_id"])
