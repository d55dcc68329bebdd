"""Cohorts, the training of people in post, and skills, computed a second time in plain pandas."""

from datetime import date, timedelta

import pandas as pd

from data_access.indicators.kernel.query import Query
from tests.indicators.oracle_cells import Facts, Oracle, World
from tests.indicators.oracle_rows import (
    attended,
    by,
    cohorts_ended,
    covers,
    grouped,
    holders,
    seats,
    trainings_ended,
    without_projects,
)


def cohort_seats_filled(w: World, q: Query, start: date, end: date) -> Facts:
    """Completed (or reported, without a list) ÷ planned seats, where both are known."""
    held = grouped(without_projects(w, trainings_ended(w, q, start, end)), q)
    every = w["enrolments"].groupby("cohort_id").size()
    done = w["enrolments"][by(w["enrolments"]["completed_on"], q.as_of)]
    done = done.groupby("cohort_id").size().reindex(every.index, fill_value=0)
    came = held["cohort_id"].map(done).fillna(held["reported_attendance"])
    both = came.notna() & (held["planned_seats"] > 0)
    return (
        held.assign(weight=came.where(both, 0)),
        held.assign(weight=held["planned_seats"].where(both, 0)),
    )


def cohorts_held(w: World, q: Query, t: date, _: date) -> Facts:
    """Trainings of t's fiscal year that ended by t ÷ all of that fiscal year; projects are none."""
    year = t.year + (t.month >= 10)
    every = trainings_ended(w, q, date(year - 1, 10, 1), date(year, 9, 30))
    every = without_projects(w, every)
    every = grouped(every.assign(unit=every["cohort_id"]), q)
    return every[by(every["end_on"], t)], every


def cohort_reach(w: World, q: Query, start: date, end: date) -> Facts:
    """Attendances ÷ people who hold the role of a cohort of the period at its end.

    By cohort or course: people of that one's role. Cohorts that nobody knows anything of are out.
    """
    came = grouped(attended(w, q, start, end), q)
    held = trainings_ended(w, q, start, end)
    listed = held["cohort_id"].isin(w["enrolments"]["cohort_id"])
    held = held[listed | held["reported_attendance"].notna()]
    people = holders(w, q, end)
    if q.breakdown in ("cohort", "course"):
        people = people.merge(held[["role", q.breakdown]].drop_duplicates(), on="role")
    return came, grouped(people[people["role"].isin(held["role"])], q)


def training_sex_split(w: World, q: Query, start: date, end: date) -> Facts:
    """Attendances of each sex ÷ all attendances."""
    came = attended(w, q, start, end)
    return grouped(came, q), came


def _staff(w: World, q: Query, t: date) -> pd.DataFrame:
    people = w["worker_posts"][covers(w["worker_posts"], t)].merge(w["workers"], on="worker_id")
    people = people.assign(
        unit=people["worker_id"], province=people["province_code"], district=people["district_code"]
    )
    return people[people["role"] == q.role] if q.role else people


def untrained_without_degree(w: World, q: Query, t: date, _: date) -> Facts:
    """People in post without a degree who completed a course for them ÷ those without a degree.

    Nothing is known before any worker's name is on a list of such a course.
    """
    people = grouped(_staff(w, q, t), q)
    people = people[people["has_social_work_degree"].eq(False)]
    meant = w["courses"].loc[w["courses"]["for_staff_without_degree"].eq(True), "course_id"]
    done = w["enrolments"].merge(w["cohorts"][["cohort_id", "course_id"]], on="cohort_id")
    done = done[(done["person_type"] == "worker") & done["course_id"].isin(meant)]
    named = done[done["person_id"] != ""]
    over = w["cohorts"].loc[by(w["cohorts"]["end_on"], t), "cohort_id"]
    done = done[by(done["completed_on"], t)]
    known = named["cohort_id"].isin(over) | by(named["completed_on"], t)
    people = people.assign(known=bool(known.any()))
    return people[people["worker_id"].isin(done["person_id"])], people


def provinces_without_trained(w: World, q: Query, t: date, _: date) -> Facts:
    """Provinces where nobody in post completed a qualifying course of their role ÷ provinces with
    people in post in such roles, of which anybody's name is on a list."""
    good = w["courses"][w["courses"]["qualifying"]]
    done = w["enrolments"].merge(w["cohorts"][["cohort_id", "course_id"]], on="cohort_id")
    done = done[by(done["completed_on"], t)].merge(good, on="course_id")
    passed = done["person_type"] + ":" + done["person_id"] + done["target_role"]
    people = holders(w, q, t)
    people = people[people["role"].isin(good["target_role"])]
    named = w["enrolments"][w["enrolments"]["person_id"] != ""].merge(w["cohorts"], on="cohort_id")
    named = named[by(named["end_on"], t) | by(named["completed_on"], t)].merge(good, on="course_id")
    people = people.assign(known=people["role"].isin(named["target_role"]))
    if q.breakdown != "role" and q.role is None:
        people = people[people["role"] != "volunteer"]
    rows = people.assign(group=people["role"] if q.breakdown == "role" else "", district="")
    rows = rows.assign(trained=(rows["unit"] + rows["role"]).isin(passed), unit=rows["province"])
    keys = ["province", "district", "group", "unit"]
    rows = rows.groupby(keys, as_index=False)[["trained", "known"]].any()
    rows = rows[rows["known"]]
    return rows[~rows["trained"]], rows


def _reports(w: World, q: Query, start: date, end: date, status: str) -> pd.DataFrame:
    rows = w["skill_reports"].reset_index(names="number")
    rows = rows[rows["status"] == status].merge(
        cohorts_ended(w, q, start, end)[["cohort_id", "cohort", "course", "role"]], on="cohort_id"
    )
    home = seats(w)[["cohort_id", "person_id", "province"]]
    home = home[home["province"] != ""].groupby(["cohort_id", "person_id"])["province"].min()
    rows = rows.merge(home.reset_index(), on=["cohort_id", "person_id"], how="left")
    named = rows["person_id"] != ""
    unit = ("p" + rows["person_id"]).where(named, "n" + rows["number"].astype(str))
    province = rows["province"].where(named, "").fillna("").astype("str")
    return rows.assign(unit=unit, province=province, district="")


def skills_gained(w: World, q: Query, start: date, end: date) -> Facts:
    """People who report a skill as gained; a report without a person is somebody."""
    rows = grouped(_reports(w, q, start, end, "gained"), q)
    return rows, None


def skills_wanted(w: World, q: Query, start: date, end: date) -> Facts:
    """People who report a skill as wanted."""
    rows = grouped(_reports(w, q, start, end, "wanted"), q)
    return rows, None


def skills_gained_and_wanted(w: World, q: Query, start: date, end: date) -> Facts:
    """People who report one skill as both, in cohorts of the period."""
    wanted = grouped(_reports(w, q, start, end, "wanted"), q)
    gained = _reports(w, q, start, end, "gained")
    both = (wanted["unit"] + wanted["skill"]).isin(gained["unit"] + gained["skill"])
    return wanted[both], None


def peer_appreciation_coverage(w: World, q: Query, start: date, end: date) -> Facts:
    """Participants known by id who received an appreciation in the cohort ÷ all of those.

    Of cohorts in which anybody received one.
    """
    own = ["cohort_id", "cohort", "course", "role"]
    given = w["peer_appreciations"]
    people = seats(w).merge(cohorts_ended(w, q, start, end)[own], on="cohort_id")
    people = people[(people["person_id"] != "") & people["cohort_id"].isin(given["cohort_id"])]
    people = grouped(people.assign(unit=people["cohort_id"] + "/" + people["person_id"]), q)
    return people[people["unit"].isin(given["cohort_id"] + "/" + given["receiver_id"])], people


def recommendations_done(w: World, q: Query, start: date, end: date) -> Facts:
    """Recommendations with the status done ÷ those with any, from cohorts of the period."""
    rows = w["recommendations"].merge(cohorts_ended(w, q, start, end), on="cohort_id")
    rows = rows[rows["status"] != ""]
    rows = rows.assign(unit=rows["recommendation_id"], recommendation_kind=rows["kind"])
    rows = grouped(rows, q)
    return rows[rows["status"] == "done"], rows


ORACLES = {
    "cohort_seats_filled": Oracle(cohort_seats_filled, flow=True, by_district=False),
    "cohorts_held": Oracle(cohorts_held, by_district=False),
    "cohort_reach": Oracle(cohort_reach, flow=True, by_district=False),
    "training_sex_split": Oracle(training_sex_split, flow=True, by_district=False),
    "untrained_without_degree": Oracle(untrained_without_degree),
    "provinces_without_trained": Oracle(provinces_without_trained, by_district=False),
    "skills_gained": Oracle(skills_gained, flow=True, below="vague", by_district=False),
    "skills_wanted": Oracle(skills_wanted, flow=True, below="vague", by_district=False),
    "skills_gained_and_wanted": Oracle(
        skills_gained_and_wanted, flow=True, below="vague", by_district=False
    ),
    "peer_appreciation_coverage": Oracle(peer_appreciation_coverage, flow=True, by_district=False),
    "recommendations_done": Oracle(recommendations_done, flow=True, by_district=False),
}


def days_since_training(w: World, q: Query, t: date) -> tuple[list[int], int]:
    """Days since each worker in post last completed anything; and how many are in post."""
    people = set(_staff(w, q, t)["unit"])
    done = w["enrolments"]
    done = done[(done["person_type"] == "worker") & by(done["completed_on"], t)]
    last = done[done["person_id"].isin(people)].groupby("person_id")["completed_on"].max()
    return sorted(((pd.Timestamp(t) - last) // timedelta(days=1)).astype(int)), len(people)


MEDIANS = {"months_since_training": days_since_training}
