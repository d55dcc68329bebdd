"""The published events as exchange rows: cohorts, who came as far as is known, and what they said.

Facts stand in data/published. What is drawn here is only what a row needs and no source tells:
which synthetic worker sat in which case-manager cohort, and from which of the 37 provinces each of
the 205 volunteers came. The totals, dates, sexes and provinces are the published ones.
"""

import csv
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from sample_data.chance import Ints, apportion, stream
from sample_data.columns import (
    batch,
    code_index,
    coded,
    day_number,
    days,
    from_texts,
    same,
    take,
    whole,
)
from sample_data.places import DATA, places
from sample_data.plan import Plan
from sample_data.staff import Staff

TABLES = ("organisations", "sites", "courses", "cohorts", "recommendations", "published_figures")
CM_COHORTS = tuple(f"CM-2565-{number}" for number in range(1, 6))
# Days within November 2564 to January 2565 on which the five cohorts are taken to have ended.
CM_COMPLETED = tuple(
    date.fromisoformat(day)
    for day in ("2021-11-26", "2021-12-09", "2021-12-24", "2022-01-14", "2022-01-28")
)
CM_TRAINED = 412  # "more than 400": how many synthetic people stand for it
WORKSHOP = "VOL-2561-2"
WORKSHOP_ENDED = date(2018, 3, 23)
WORKSHOP_SEATS = 205
WORKSHOP_REGIONS = ("north", "northeast")


@dataclass(frozen=True)
class Seminar:
    """A lessons-learned seminar of assistants with its published split."""

    cohort: str
    held_on: date
    province: str
    site: str | None
    organisation: str
    female: int
    male: int


SEMINARS = (
    Seminar("SWA-2565-1", date(2022, 8, 23), "58", "SITE-58-1", "ORG-COERR-58", 16, 1),
    Seminar("SWA-2565-2", date(2022, 9, 6), "58", "SITE-58-2", "ORG-COERR-58", 4, 3),
    Seminar("SWA-2565-3", date(2022, 9, 28), "71", None, "ORG-COERR-71", 1, 4),
)
PROJECT_START = date(2020, 1, 6)  # the seminars looked back on 2563–2565
GAINED = (
    "observation",
    "questioning",
    "interviewing",
    "home_visit",
    "child_activities",
    "child_protection",
    "recording",
    "coordination",
)
WANTED = ("case_management", "recording", "leadership", "social_work", "protection_assessment")
PRAISED = ("listening", "empathy", "home_visit", "coordination", "recording", "child_activities")


def published_tables(seed: int) -> dict[str, pa.Table]:
    """Everything published, whatever the scale, except the seats of the case-manager cohorts."""
    tables = {name: from_texts(name, _read(name)) for name in TABLES}
    workers, posts = _assistants()
    tables |= {"workers": workers, "worker_posts": posts}
    tables["cohort_provinces"] = _cohort_provinces()
    tables["enrolments"] = pa.concat_tables([_workshop_seats(seed), _seminar_seats()])
    tables["skill_reports"] = _skill_reports(seed)
    tables["peer_appreciations"] = _appreciations(seed)
    return tables


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / "published" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _people(seminar: Seminar) -> list[tuple[str, str]]:
    """Ids and sexes of the synthetic assistants who stand for a seminar's participants."""
    sexes = ["F"] * seminar.female + ["M"] * seminar.male
    event = seminar.cohort[-1]
    return [(f"SYN{seminar.province}A{event}{n:06d}", sex) for n, sex in enumerate(sexes, start=1)]


def _assistants() -> tuple[pa.Table, pa.Table]:
    rows = [(person, sex, event) for event in SEMINARS for person, sex in _people(event)]
    ids, sexes, events = zip(*rows, strict=True)
    workers = batch("workers", worker_id=pa.array(ids), sex=pa.array(sexes))
    posts = batch(
        "worker_posts",
        worker_id=pa.array(ids),
        role=same("social_worker_assistant", len(ids)),
        province_code=pa.array([event.province for event in events]),
        organisation_id=pa.array([event.organisation for event in events]),
        site_id=pa.array([event.site for event in events], type=pa.string()),
        fte=pa.array(np.ones(len(ids))),
        start_on=days(np.full(len(ids), day_number(PROJECT_START))),
    )
    return workers, posts


def _cohort_provinces() -> pa.Table:
    """Who a cohort was for: 76 provinces for case managers, 37 for the volunteers' workshop."""
    programme = [p.code for p in places() if p.has_programme]
    pairs = [(cohort, code) for cohort in CM_COHORTS for code in programme]
    pairs += [(WORKSHOP, code) for code in _workshop_provinces()]
    pairs += [(event.cohort, event.province) for event in SEMINARS]
    cohorts, codes = zip(*pairs, strict=True)
    return batch("cohort_provinces", cohort_id=pa.array(cohorts), province_code=pa.array(codes))


def _workshop_provinces() -> list[str]:
    return [p.code for p in places() if p.region in WORKSHOP_REGIONS]


def _workshop_seats(seed: int) -> pa.Table:
    """205 people of 37 provinces: nobody says who they were, so they are in no register."""
    codes = _workshop_provinces()
    weights = stream(seed, WORKSHOP).uniform(0.6, 1.4, len(codes))
    numbers = apportion(WORKSHOP_SEATS, weights, 1)
    return batch(
        "enrolments",
        cohort_id=same(WORKSHOP, WORKSHOP_SEATS),
        person_type=same("unregistered", WORKSHOP_SEATS),
        province_code=pa.array(np.repeat(codes, numbers).tolist()),
        sex=same("U", WORKSHOP_SEATS),
        completed_on=days(np.full(WORKSHOP_SEATS, day_number(WORKSHOP_ENDED))),
    )


def _seminar_seats() -> pa.Table:
    rows = [(e.cohort, person, e.province, sex, e) for e in SEMINARS for person, sex in _people(e)]
    cohorts, people, codes, sexes, events = zip(*rows, strict=True)
    return batch(
        "enrolments",
        cohort_id=pa.array(cohorts),
        person_type=same("worker", len(rows)),
        person_id=pa.array(people),
        province_code=pa.array(codes),
        sex=pa.array(sexes),
        completed_on=days([day_number(event.held_on) for event in events]),
    )


def _skill_reports(seed: int) -> pa.Table:
    """Each skill of the published lists by at least one person of each seminar, most by several."""
    rows = []
    for event in SEMINARS:
        rng = stream(seed, f"skills {event.cohort}")
        people = [person for person, _ in _people(event)]
        for status, skills in (("gained", GAINED), ("wanted", WANTED)):
            for skill in skills:
                said = rng.random(len(people)) < rng.uniform(0.3, 0.85)
                said[rng.integers(len(people))] = True
                rows += [(event.cohort, people[i], skill, status) for i in np.flatnonzero(said)]
    cohorts, persons, skills_, statuses = (pa.array(column) for column in zip(*rows, strict=True))
    return batch(
        "skill_reports", cohort_id=cohorts, person_id=persons, skill=skills_, status=statuses
    )


def _appreciations(seed: int) -> pa.Table:
    """Colleagues praised almost every participant for one to three skills."""
    rows = []
    for event in SEMINARS:
        rng = stream(seed, f"appreciation {event.cohort}")
        for person, _ in _people(event):
            number = int(rng.integers(1, 4)) if rng.random() < 0.93 else 0
            chosen = rng.permutation(len(PRAISED))[:number]
            rows += [(event.cohort, person, PRAISED[i]) for i in np.sort(chosen)]
    cohorts, persons, skills = (pa.array(column) for column in zip(*rows, strict=True))
    return batch("peer_appreciations", cohort_id=cohorts, receiver_id=persons, skill=skills)


def trained_by_province(plan: Plan) -> dict[str, int]:
    """How many of the 412 people came from each of the 76 provinces: five or more, one a cohort."""
    served = [p for p in plan.provinces if p.place.has_programme]
    weights = [float(p.case_managers) + 0.5 for p in served]
    numbers = apportion(CM_TRAINED, weights, len(CM_COHORTS))
    return {p.place.code: int(number) for p, number in zip(served, numbers, strict=True)}


def case_manager_seats(staff: Staff, number: int, seed: int) -> pa.Table:
    """Seats of one province in the five cohorts, each of which somebody from there attended.

    Case managers then in post come first, then One Home teams and destitute-protection centres, as
    the source says; where a small scale has too few people the rest are unregistered.
    """
    code = staff.plan.place.code
    rng = stream(seed, "CM-2565", code)
    began, ended = day_number(CM_COMPLETED[0]), day_number(CM_COMPLETED[-1])
    people: Ints = np.zeros(0, dtype=np.int64)
    for role in ("case_manager", "one_home_team", "destitute_centre_staff"):
        worker, start, end = staff.in_role(role)
        there = worker[(start <= began) & (end >= ended) & ~np.isin(worker, people)]
        people = np.concatenate([people, rng.permutation(there)])
    people = people[:number]
    missing = number - len(people)
    cohort = (np.arange(number) + int(rng.integers(5))) % len(CM_COHORTS)
    unknown_sex = np.full(missing, code_index("sex", "U"))
    return batch(
        "enrolments",
        cohort_id=pa.array([CM_COHORTS[i] for i in cohort]),
        person_type=pa.array(["worker"] * len(people) + ["unregistered"] * missing),
        person_id=take(staff.names, np.concatenate([people - 1, np.full(missing, -1)])),
        province_code=same(code, number),
        sex=coded("sex", np.concatenate([staff.sex[people - 1], unknown_sex])),
        completed_on=days([day_number(CM_COMPLETED[i]) for i in cohort]),
    )


def statistics_rows() -> pa.Table:
    """The rows of `province_statistics`, one for each province."""
    everywhere = places()
    return batch(
        "province_statistics",
        province_code=pa.array([p.code for p in everywhere]),
        year=whole([p.year for p in everywhere]),
        households=whole([p.households for p in everywhere]),
        population=whole([p.population for p in everywhere]),
        basis=pa.array([p.basis for p in everywhere]),
    )


def target_rows(plan: Plan) -> pa.Table:
    """The rows of `targets` for each fiscal year of the history."""
    with (DATA / "targets.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    rows = [
        {
            "indicator": row["indicator"],
            "scope_code": row["scope_code"],
            "fiscal_year": str(year.be),
            "value": str(float(row["value"]) + float(row["step"]) * index),
            "source": row["source"],
        }
        for row in listed
        for index, year in enumerate(plan.fiscal_years)
    ]
    return from_texts("targets", rows)
