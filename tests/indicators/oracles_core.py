"""The core indicators computed a second time, from the written definitions, in plain pandas.

Nothing here is shared with `data_access.indicators`: raw exchange tables go in, and each indicator
is its definition in about ten lines. An oracle gives two frames of facts, one row per thing that
counts above and below the line; `oracle_cells.answer` counts distinct things per cell.
"""

import math
from datetime import date
from typing import Any

import pandas as pd

from data_access.indicators.kernel.query import Query
from tests.indicators.oracle_cells import REGION, Facts, Oracle, World, inside

# --- what the definitions share ------------------------------------------------------------


def _covers(rows: pd.DataFrame, day: date, start: str = "start_on", end: str = "end_on") -> Any:
    at = pd.Timestamp(day)
    return (rows[start] <= at) & (rows[end].isna() | (rows[end] >= at))


def _by(rows: pd.DataFrame, day: date, column: str) -> Any:
    return rows[column] <= pd.Timestamp(day)


def _placed(w: World, rows: pd.DataFrame, q: Query) -> pd.DataFrame:
    """Rows of cases with province, district (none at a sensitive site) and breakdown; filtered."""
    sensitive = w["sites"].loc[w["sites"]["sensitive"], "site_id"]
    out = rows.merge(w["families"][["family_id", "district_code"]], on="family_id")
    out["province"] = out["district_code"].str[:2]
    out["district"] = out["district_code"].where(~out["site_id"].isin(sensitive), "")
    if q.target_group:
        out = out[out["target_group"] == q.target_group]
    group = out[q.breakdown].replace("", "unknown") if q.breakdown in out else ""
    return out.assign(group=group)


def _open(w: World, q: Query, day: date) -> pd.DataFrame:
    cases = w["cases"]
    live = cases["closed_on"].isna() | (cases["closed_on"] > pd.Timestamp(day))
    return _placed(w, cases[_by(cases, day, "opened_on") & live], q)


def _posts(w: World, day: date) -> pd.DataFrame:
    posts = w["worker_posts"][_covers(w["worker_posts"], day)]
    return posts.assign(province=posts["province_code"], district=posts["district_code"])


def _managers(w: World, day: date, role: str = "case_manager") -> pd.DataFrame:
    posts = _posts(w, day)
    # Not assigned from `posts`: a column longer than an empty frame fills it.
    return posts[posts["role"] == role].assign(unit=lambda rows: rows["worker_id"])


def _volunteers(w: World, day: date) -> pd.DataFrame:
    here = w["volunteers"][_covers(w["volunteers"], day, "registered_on", "ended_on")]
    return here.assign(province=here["province_code"], district=here["district_code"])


# --- the indicators: things above the line, things below it -----------------------------------


def families_per_case_manager(w: World, q: Query, t: date, _: date) -> Facts:
    """Families with an open case ÷ people in a case-manager post."""
    families = _open(w, q, t).assign(unit=lambda rows: rows["family_id"])
    return families, _managers(w, t)


def families_in_care(w: World, q: Query, t: date, _: date) -> Facts:
    """Families with an open case of the target group ÷ families with an open case of any."""
    mine = _open(w, q, t).assign(unit=lambda rows: rows["family_id"])
    every = _open(w, q.but(target_group=None), t).assign(unit=lambda rows: rows["family_id"])
    return mine, every.drop(columns="group")


def _provinces(w: World, q: Query, t: date) -> pd.DataFrame:
    """Provinces with a family or a case manager, F and CM side by side.

    Where districts are asked for, each district by itself.
    """
    place = ["province", "district"] if q.area == "district" or q.district else ["province"]
    families = inside(_open(w, q, t), q).groupby(place)["family_id"].nunique().rename("F")
    managers = inside(_managers(w, t), q).groupby(place)["unit"].nunique().rename("CM")
    both = pd.concat([families, managers], axis=1).fillna(0).reset_index()
    return both.assign(district=both.get("district", ""), group="", unit=both.index)


def provinces_over_norm(w: World, q: Query, t: date, _: date) -> Facts:
    """Provinces with F > 10 · CM (so also F > 0 with nobody) ÷ provinces with either."""
    base = _provinces(w, q, t)
    return base[base["F"] > 10 * base["CM"]], base


def staffing_gap(w: World, q: Query, t: date, _: date) -> Facts:
    """Σ over provinces of max(0, ⌈F ÷ 10⌉ − CM); below the line, the provinces with either."""
    base = _provinces(w, q, t)
    gaps = [max(0, math.ceil(f / 10) - cm) for f, cm in zip(base["F"], base["CM"], strict=True)]
    return base.assign(weight=gaps), base


def case_managers_over_norm(w: World, q: Query, t: date, _: date) -> Facts:
    """Case managers in post with > 10 open families ÷ all of them, those with none included.

    A load is the whole load: families elsewhere and of other target groups are in it.
    """
    current = w["case_assignments"][_covers(w["case_assignments"], t)]
    everything = _open(w, Query(as_of=t), t)
    held = current.merge(everything[["case_id", "family_id"]], on="case_id")
    load = held.groupby("worker_id")["family_id"].nunique().rename("load").reset_index()
    people = _managers(w, t).merge(load, on="worker_id", how="left").assign(group="")
    return people[people["load"] > 10], people


def overload_months(w: World, q: Query, t: date, _: date) -> Facts:
    """Of the last 12 month-ends up to t, those at which the area's F > 10 · CM; below the line, the
    month-ends at which it had either. An area has one row per month, of a place within it."""
    last = pd.Timestamp(t) + pd.Timedelta(days=1)
    ends = pd.date_range(end=last, periods=14, freq="MS") - pd.Timedelta(days=1)
    ends = [end.date() for end in ends if end.date() <= t][-12:]
    rows = [_overload(w, q, end).assign(unit=str(end), group="") for end in ends]
    seen = pd.concat(rows, ignore_index=True)
    return seen[seen["F"] > 10 * seen["CM"]], seen


def _overload(w: World, q: Query, day: date) -> pd.DataFrame:
    families = inside(_open(w, q, day), q)[["province", "district", "family_id"]]
    managers = inside(_managers(w, day), q)[["province", "district", "unit"]]
    both = pd.concat([families, managers], ignore_index=True)
    area = {
        "country": lambda place: "TH",
        "region": lambda place: REGION[place.province[0]],
        "province": lambda place: place.province,
        "district": lambda place: place.district or "",
    }[q.area]
    both["area"] = [area(place) for place in both.itertuples()]
    both = both[both["area"] != ""]
    place = both.groupby("area")[["province", "district"]].first()
    counts = both.groupby("area")[["family_id", "unit"]].nunique()
    return place.assign(F=counts["family_id"], CM=counts["unit"]).reset_index(drop=True)


def case_managers_per_supervisor(w: World, q: Query, t: date, _: date) -> Facts:
    """People in a case-manager post ÷ people in a supervisor's post."""
    return _managers(w, t), _managers(w, t, "cm_supervisor")


def urgent_cases(w: World, q: Query, t: date, _: date) -> Facts:
    """Open cases marked urgent ÷ open cases; an unknown mark is not urgent."""
    cases = _open(w, q, t).assign(unit=lambda rows: rows["case_id"])
    return cases[cases["urgent"].astype(bool)], cases


def unassigned_families(w: World, q: Query, t: date, _: date) -> Facts:
    """Families with an open case, none of them in anybody's hands ÷ families with an open case."""
    cases = _open(w, q, t).assign(unit=lambda rows: rows["family_id"])
    current = w["case_assignments"][_covers(w["case_assignments"], t)]
    everything = _open(w, Query(as_of=t), t)
    looked_after = everything.loc[everything["case_id"].isin(current["case_id"]), "family_id"]
    return cases[~cases["family_id"].isin(looked_after)], cases


def training_coverage(w: World, q: Query, t: date, _: date) -> Facts:
    """People in post who completed a qualifying course of their role ÷ people in post.

    Of roles that have such a course, known from the first list of names of one of the role's
    cohorts that is over, or of somebody who completed it before. Volunteers hold no post: they are
    a row of their own when roles are asked for, and never part of the figure for staff.
    """
    courses = w["courses"][w["courses"]["qualifying"]]
    seats = w["enrolments"][_by(w["enrolments"], t, "completed_on")]
    seats = seats.merge(w["cohorts"][["cohort_id", "course_id"]])
    done = seats.merge(courses[["course_id", "target_role"]], on="course_id")
    passed = done["person_type"] + done["person_id"] + done["target_role"]
    people = _posts(w, t).assign(unit=lambda rows: "worker" + rows["worker_id"])
    if q.role == "volunteer" or q.breakdown == "role":
        volunteers = _volunteers(w, t).assign(role="volunteer")
        volunteers["unit"] = "volunteer" + volunteers["volunteer_id"]
        people = pd.concat([people, volunteers], ignore_index=True)
    wanted = set(courses["target_role"]) & ({q.role} if q.role else set(courses["target_role"]))
    people = people[people["role"].isin(wanted)]
    people = people.assign(group=people["role"] if q.breakdown == "role" else "")
    people = people.assign(known=people["role"].isin(_listed_roles(w, courses, t)))
    return people[(people["unit"] + people["role"]).isin(passed)], people


def _listed_roles(w: World, courses: pd.DataFrame, t: date) -> set[str]:
    """Roles of the courses of which anybody's name is on a list by t."""
    named = w["enrolments"][w["enrolments"]["person_id"] != ""].merge(w["cohorts"], on="cohort_id")
    named = named[_by(named, t, "end_on") | _by(named, t, "completed_on")]
    return set(named.merge(courses, on="course_id")["target_role"])


def _held(w: World, q: Query, start: date, end: date) -> pd.DataFrame:
    """Trainings that ended in the period, with their course and its role; events are none."""
    cohorts = w["cohorts"][~w["cohorts"]["mode"].isin(["seminar", "workshop", "exchange"])]
    ended = cohorts[(cohorts["end_on"] >= pd.Timestamp(start)) & _by(cohorts, end, "end_on")]
    out = ended.merge(w["courses"][["course_id", "target_role"]], on="course_id")
    out = out.assign(role=out["target_role"], course=out["course_id"], cohort=out["cohort_id"])
    return out[out["role"] == q.role] if q.role else out


def _seats(w: World) -> pd.DataFrame:
    """Enrolments with the province people came from: as written, else where they are registered or
    served on the cohort's first day (the smallest code of several)."""
    seats = w["enrolments"].merge(w["cohorts"][["cohort_id", "start_on"]], on="cohort_id")
    home = w["volunteers"].set_index("volunteer_id")["province_code"]
    served = seats[["cohort_id", "person_id", "start_on"]].merge(
        w["worker_posts"].drop(columns="province_code").assign(was=w["worker_posts"].province_code),
        left_on="person_id",
        right_on="worker_id",
        suffixes=("_cohort", ""),
    )
    first = served["start_on_cohort"]
    there = (served["start_on"] <= first) & (served["end_on"].isna() | (served["end_on"] >= first))
    post = served[there].groupby(["cohort_id", "person_id"])["was"].min()
    key = pd.MultiIndex.from_frame(seats[["cohort_id", "person_id"]])
    by_post = post.reindex(key).to_numpy() if len(post) else None
    origin = seats["person_id"].map(home).where(seats["person_type"] == "volunteer", by_post)
    origin = origin.where(seats["person_type"] != "unregistered", None)
    written = seats["province_code"]
    return seats.assign(province=written.where(written != "", origin).fillna("")).drop(
        columns="start_on"
    )


def training_attendances(w: World, q: Query, start: date, end: date) -> Facts:
    """A row per seat taken; cohorts without seats as they reported, which no area can claim.

    Below the line is what makes a sum a lower bound: inexact reports, and cohorts of which nobody
    has a figure — those in every sex.
    """
    held = _held(w, q, start, end)
    seats = _seats(w).merge(held[["cohort_id", "role", "course", "cohort"]], on="cohort_id")
    silent = held[~held["cohort_id"].isin(w["enrolments"]["cohort_id"])].assign(province="")
    women, men = silent["reported_female"].fillna(0), silent["reported_male"].fillna(0)
    fits = women + men <= silent["reported_attendance"]
    split = {"F": women.where(fits, 0), "M": men.where(fits, 0)}
    split["U"] = silent["reported_attendance"] - split["F"] - split["M"]
    told = pd.concat([silent.assign(sex=sex, n=n) for sex, n in split.items()], ignore_index=True)
    vague = told["n"].gt(0) & ~told["reported_qualifier"].isin(["", "exact"])
    # A part of a project is known in the project's figure, but has none of its own.
    projects = w["cohorts"].loc[w["cohorts"]["reported_attendance"].notna(), "cohort_id"]
    counted = told["part_of"].isin(projects) & (q.breakdown != "cohort")
    vague = told[vague | (told["reported_attendance"].isna() & ~counted)]
    listed = told.loc[told.index.repeat(told["n"].fillna(0).astype(int))]
    rows = pd.concat([seats.assign(sex=seats["sex"].replace("", "U")), listed], ignore_index=True)
    rows, vague = (
        some.assign(district="", unit=some.index, group=some[q.breakdown] if q.breakdown else "")
        for some in (rows, vague)
    )
    return rows, vague


def cohort_province_coverage(w: World, q: Query, start: date, end: date) -> Facts:
    """Pairs of cohort and target province with a seat taken ÷ all pairs of cohorts that ended.

    Of cohorts for which it is known where anybody came from: no list is not nobody.
    """
    seats = _seats(w)
    seats = seats[seats["province"] != ""]
    meant = w["cohort_provinces"].merge(_held(w, q, start, end), on="cohort_id")
    meant = meant[meant["cohort_id"].isin(seats["cohort_id"])]
    meant = meant.assign(province=meant["province_code"], district="")
    meant = meant.assign(unit=meant["cohort_id"] + "/" + meant["province_code"])
    meant["group"] = meant[q.breakdown] if q.breakdown else ""
    return meant[meant["unit"].isin(seats["cohort_id"] + "/" + seats["province"])], meant


def _due(w: World, q: Query, start: date, end: date) -> pd.DataFrame:
    cases = w["cases"][["case_id", "family_id", "site_id", "target_group"]]
    rows = _placed(w, w["follow_ups"].merge(cases, on="case_id"), q).assign(
        unit=lambda every: every["follow_up_id"]
    )
    in_period = (rows["due_on"] >= pd.Timestamp(start)) & _by(rows, end, "due_on")
    return rows[in_period & ~_by(rows, q.as_of, "cancelled_on")]


def follow_up_completion(w: World, q: Query, start: date, end: date) -> Facts:
    """Done by the as-of date ÷ due in the period and by the as-of date; cancelled out of both."""
    due = _due(w, q, start, end)
    return due[_by(due, q.as_of, "done_on")], due


def follow_up_on_time(w: World, q: Query, start: date, end: date) -> Facts:
    """As above, but done by the first due date, however often it was moved."""
    due = _due(w, q, start, end)
    return due[_by(due, q.as_of, "done_on") & (due["done_on"] <= due["first_due_on"])], due


def _waiting(w: World, q: Query, t: date) -> pd.DataFrame:
    rows = _due(w, q.but(as_of=t), date.min.replace(year=1900), date(2200, 1, 1))
    return rows[~_by(rows, t, "done_on")]


def _band(days: int) -> str:
    edges = ((0, "due_today"), (7, "1-7"), (30, "8-30"), (90, "31-90"), (180, "91-180"))
    return next((name for most, name in (*edges, (365, "181-365")) if days <= most), "366+")


def follow_up_overdue(w: World, q: Query, t: date, _: date) -> Facts:
    """Waiting and due before t ÷ waiting and due by t, of cases open on t; due today is not
    overdue."""
    rows = _waiting(w, q, t)
    rows = rows[_by(rows, t, "due_on") & rows["case_id"].isin(_open(w, q, t)["case_id"])]
    if q.breakdown == "age_band":
        rows["group"] = [_band((pd.Timestamp(t) - due).days) for due in rows["due_on"]]
    return rows[rows["due_on"] < pd.Timestamp(t)], rows


def cases_without_next_follow_up(w: World, q: Query, t: date, _: date) -> Facts:
    """Open cases for which nothing waits, past or future ÷ open cases."""
    cases = _open(w, q, t).assign(unit=lambda rows: rows["case_id"])
    waiting = _waiting(w, Query(as_of=t), t)["case_id"]
    return cases[~cases["case_id"].isin(waiting)], cases


def follow_ups_left_at_closure(w: World, q: Query, start: date, end: date) -> Facts:
    """Of cases closed in the period: waiting and past due ÷ due by the closing day, or waiting and
    past due after it."""
    closed = w["cases"][["case_id", "closed_on"]]
    closed = closed[(closed["closed_on"] >= pd.Timestamp(start)) & _by(closed, end, "closed_on")]
    rows = _due(w, q, date(1900, 1, 1), date(2200, 1, 1)).merge(closed, on="case_id")
    left = ~_by(rows, q.as_of, "done_on") & (rows["due_on"] < pd.Timestamp(q.as_of))
    base = rows[left | (rows["due_on"] <= rows["closed_on"])]
    return rows[left], base


def no_contact_90_days(w: World, q: Query, t: date, _: date) -> Facts:
    """Cases open on t and since t - 90 or before, with nothing done after t - 90 ÷ all of these."""
    cases = _open(w, q, t).assign(unit=lambda rows: rows["case_id"])
    ago = pd.Timestamp(t) - pd.Timedelta(days=90)
    cases = cases[cases["opened_on"] <= ago]
    visits = w["follow_ups"][_by(w["follow_ups"], t, "done_on")]
    visits = visits[~_by(visits, t, "cancelled_on") & (visits["done_on"] > ago)]
    return cases[~cases["case_id"].isin(visits["case_id"])], cases


def volunteers_per_1000_households(w: World, q: Query, t: date, _: date) -> Facts:
    """Volunteers on the day ÷ households where these are known: of the latest year up to t, or else
    of the first year after it."""
    years = w["province_statistics"][w["province_statistics"]["households"] > 0]
    late = years[years["year"] > t.year].sort_values("year", ascending=False)
    best = pd.concat([late, years[years["year"] <= t.year].sort_values("year")])
    known = best.groupby("province_code", as_index=False).last()
    known = known.assign(province=known["province_code"], district="", weight=known["households"])
    here = _volunteers(w, t)
    here = here[here["province"].isin(known["province"])]
    group = here["level"] if q.breakdown == "level" else ""
    return here.assign(unit=here["volunteer_id"], group=group), known


ORACLES = {
    "families_per_case_manager": Oracle(families_per_case_manager, per=1, by_group=False),
    "families_in_care": Oracle(families_in_care),
    "provinces_over_norm": Oracle(provinces_over_norm, by_group=False),
    "staffing_gap": Oracle(staffing_gap, below="base", by_group=False),
    "case_managers_over_norm": Oracle(case_managers_over_norm, by_group=False),
    "overload_months": Oracle(overload_months, below="base", series=False, by_group=False),
    "unassigned_families": Oracle(unassigned_families),
    "case_managers_per_supervisor": Oracle(case_managers_per_supervisor, per=1, by_group=False),
    "urgent_cases": Oracle(urgent_cases),
    "training_coverage": Oracle(training_coverage),
    "training_attendances": Oracle(
        training_attendances, flow=True, below="vague", by_district=False
    ),
    "cohort_province_coverage": Oracle(cohort_province_coverage, flow=True, by_district=False),
    "follow_up_completion": Oracle(follow_up_completion, flow=True),
    "follow_up_on_time": Oracle(follow_up_on_time, flow=True),
    "follow_up_overdue": Oracle(follow_up_overdue),
    "cases_without_next_follow_up": Oracle(cases_without_next_follow_up),
    "follow_ups_left_at_closure": Oracle(follow_ups_left_at_closure, flow=True),
    "no_contact_90_days": Oracle(no_contact_90_days),
    "volunteers_per_1000_households": Oracle(
        volunteers_per_1000_households, per=1000, by_district=False
    ),
}
