"""What several oracles read from the raw tables: days, places, people, cohorts. Plain pandas."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from data_access.indicators.kernel.query import Query
from tests.indicators.oracle_cells import World, world_of

MAYBE = {
    "workers": "has_social_work_degree",
    "cases": "urgent",
    "plans": "family_agreed",
    "courses": "for_staff_without_degree",
}


def world(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> World:
    """Every exchange table as a frame; answers that may be unknown are left as they are."""
    frames = world_of(tables)
    for name, column in MAYBE.items():
        given = [row.get(column) for row in tables.get(name, ())]
        frames[name][column] = pd.Series(given, index=frames[name].index, dtype=object)
    return frames


def differing(frame: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """Cells whose numbers or status differ, or that only one of the two frames has."""
    keys = ["area_code", "group", "period_start"]
    both = frame.merge(expected, on=keys, how="outer", suffixes=("", "_oracle"), indicator="in")
    wrong = (both["in"] != "both") | (both["status"] != both["status_oracle"])
    for column in ("numerator", "denominator", "value"):
        mine, theirs = (both[c].astype("Float64").fillna(0) for c in (column, f"{column}_oracle"))
        wrong |= (mine - theirs).abs() > 1e-9
    return both[wrong]


def by(day: pd.Series, last: date) -> pd.Series:
    """True for known days up to and with `last`."""
    return day.notna() & (day <= pd.Timestamp(last))


def between(day: pd.Series, first: date, last: date) -> pd.Series:
    """True for days in the period, both ends in it."""
    return by(day, last) & (day >= pd.Timestamp(first))


def covers(rows: pd.DataFrame, day: date, start: str = "start_on", end: str = "end_on") -> Any:
    """True for rows whose period holds the day; an empty end is still going."""
    return by(rows[start], day) & (rows[end].isna() | (rows[end] >= pd.Timestamp(day)))


def of_cases(w: World, rows: pd.DataFrame, q: Query) -> pd.DataFrame:
    """Rows with a `case_id`, with place and target group of the case; the filter applied.

    A case at a sensitive site has a province and no district.
    """
    out = rows.drop(columns="target_group", errors="ignore").merge(_placed(w), on="case_id")
    return out[out["target_group"] == q.target_group] if q.target_group else out


def _placed(w: World) -> pd.DataFrame:
    """Each case with its place and target group; worked out once for each world."""
    if "cases, placed" not in w:
        sites = w["sites"]
        hidden = sites.loc[sites["sensitive"], "site_id"]
        cases = w["cases"].merge(w["families"], on="family_id")
        w["cases, placed"] = pd.DataFrame(
            {
                "case_id": cases["case_id"],
                "province": cases["district_code"].str[:2],
                "district": cases["district_code"].where(~cases["site_id"].isin(hidden), ""),
                "target_group": cases["target_group"],
            }
        )
    return w["cases, placed"]


def grouped(rows: pd.DataFrame, q: Query) -> pd.DataFrame:
    """Rows with the breakdown asked for as `group`; an empty code is "unknown"."""
    group = rows[q.breakdown].replace("", "unknown") if q.breakdown else ""
    return rows.assign(group=group)


def cases_open(w: World, q: Query, day: date) -> pd.DataFrame:
    """Cases open on the day, with their place; `unit` is the case."""
    cases = of_cases(w, w["cases"], q)
    live = by(cases["opened_on"], day) & ~by(cases["closed_on"], day)
    return cases[live].assign(unit=lambda rows: rows["case_id"])


def visits_done(w: World, q: Query, start: date, end: date) -> pd.DataFrame:
    """Follow-ups done in the period, not cancelled by the as-of date; `unit` is the follow-up."""
    rows = of_cases(w, w["follow_ups"], q)
    rows = rows[between(rows["done_on"], start, end) & ~by(rows["cancelled_on"], q.as_of)]
    return rows.assign(unit=rows["follow_up_id"])


def cohorts_ended(w: World, q: Query, start: date, end: date) -> pd.DataFrame:
    """Cohorts that ended in the period, with `cohort`, `course`, `role` and where it was held."""
    cohorts = w["cohorts"].merge(w["courses"], on="course_id")
    cohorts = cohorts[between(cohorts["end_on"], start, end)]
    cohorts = cohorts.assign(
        cohort=cohorts["cohort_id"],
        course=cohorts["course_id"],
        role=cohorts["target_role"],
        province=cohorts["held_in_province_code"].astype("str"),
        district="",
    )
    return cohorts[cohorts["role"] == q.role] if q.role else cohorts


def trainings_ended(w: World, q: Query, start: date, end: date) -> pd.DataFrame:
    """The same without events: seminars, workshops and exchanges."""
    held = cohorts_ended(w, q, start, end)
    return held[~held["mode"].isin(["seminar", "workshop", "exchange"])]


def without_projects(w: World, cohorts: pd.DataFrame) -> pd.DataFrame:
    """The cohorts that no other one is part of."""
    return cohorts[~cohorts["cohort_id"].isin(w["cohorts"]["part_of"])]


def seats(w: World) -> pd.DataFrame:
    """Enrolments with `province`: the row's own, else the volunteer's, else that of the post held
    on the cohort's first day (the smallest code of several)."""
    homes = dict(
        zip(w["volunteers"]["volunteer_id"], w["volunteers"]["province_code"], strict=True)
    )
    starts = dict(zip(w["cohorts"]["cohort_id"], w["cohorts"]["start_on"], strict=True))
    posts = w["worker_posts"]
    provinces = []
    for seat in w["enrolments"].itertuples():
        province = seat.province_code
        if not province and seat.person_type == "volunteer":
            province = homes.get(seat.person_id, "")
        if not province and seat.person_type == "worker":
            mine = posts[posts["worker_id"] == seat.person_id]
            held = mine[covers(mine, starts[seat.cohort_id].date())]["province_code"]
            province = min(held, default="")
        provinces.append(province)
    province = pd.Series(provinces, index=w["enrolments"].index, dtype="str")
    return w["enrolments"].assign(province=province, district="")


def attended(w: World, q: Query, start: date, end: date) -> pd.DataFrame:
    """Attendances of trainings that ended in the period, a row each, reported ones included."""
    held = trainings_ended(w, q, start, end)
    own = ["cohort_id", "cohort", "course", "role"]
    listed = seats(w).merge(held[own], on="cohort_id")
    rows = [listed.assign(sex=listed["sex"].replace("", "U"))]
    for cohort in held[~held["cohort_id"].isin(w["enrolments"]["cohort_id"])].itertuples():
        n, f, m = (
            0 if pd.isna(x) else int(x)
            for x in (cohort.reported_attendance, cohort.reported_female, cohort.reported_male)
        )
        f, m = (f, m) if f + m <= n else (0, 0)
        sexes = ["F"] * f + ["M"] * m + ["U"] * (n - f - m)
        one = held.loc[held["cohort_id"] == cohort.cohort_id, own].iloc[0].to_dict()
        rows.append(
            pd.DataFrame([{**one, "sex": s, "province": "", "district": ""} for s in sexes])
        )
    out = pd.concat(rows, ignore_index=True)
    return out.assign(unit=out.index, province=out["province"].astype("str"))


def holders(w: World, q: Query, day: date) -> pd.DataFrame:
    """People who hold a role on the day, volunteers as the role "volunteer"."""
    posts, helpers = w["worker_posts"], w["volunteers"]
    staff = posts[covers(posts, day)]
    staff = staff.assign(unit="worker:" + staff["worker_id"])
    helpers = helpers[covers(helpers, day, "registered_on", "ended_on")]
    helpers = helpers.assign(unit="volunteer:" + helpers["volunteer_id"], role="volunteer")
    people = pd.concat([staff, helpers], ignore_index=True)
    people = people.assign(province=people["province_code"], district=people["district_code"])
    return people[people["role"] == q.role] if q.role else people
