"""What pages break down, and the published figures, computed a second time in plain pandas."""

from datetime import date, timedelta

import pandas as pd

from data_access.indicators.kernel.query import Query
from tests.indicators import oracles_core as core
from tests.indicators.oracle_cells import Facts, Oracle, World, areas
from tests.indicators.oracle_rows import between, by, cases_open, covers, grouped, of_cases

LOADED = date(2026, 9, 30)  # the day of every small world


def _opened(w: World, q: Query, start: date, end: date) -> pd.DataFrame:
    cases = of_cases(w, w["cases"], q).assign(unit=lambda rows: rows["case_id"])
    return cases[between(cases["opened_on"], start, end)]


def cases_by_channel(w: World, q: Query, start: date, end: date) -> Facts:
    """Cases opened in the period by channel ÷ all of them."""
    cases = _opened(w, q, start, end)
    return grouped(cases, q), cases


def opening_cohorts(w: World, q: Query, start: date, end: date) -> Facts:
    """Cases opened in the period by what became of them by the as-of date ÷ all of them."""
    cases = _opened(w, q, start, end)
    named = cases["closure_reason"].isin(["self_reliant", "transferred"])
    state = cases["closure_reason"].where(named, "other")
    state = state.where(by(cases["closed_on"], q.as_of), "open")
    return grouped(cases.assign(case_state=state), q), cases


def team_professions(w: World, q: Query, t: date, _: date) -> Facts:
    """Open cases on which a profession takes part that day ÷ open cases."""
    cases = cases_open(w, q, t)
    team = w["case_team"][covers(w["case_team"], t)][["case_id", "profession"]]
    return grouped(cases.merge(team, on="case_id"), q), cases


def dimension_assessed_once(w: World, q: Query, t: date, _: date) -> Facts:
    """Pairs of case and dimension with one assessment by the day ÷ those with any."""
    seen = of_cases(w, w["assessments"][by(w["assessments"]["assessed_on"], t)], q)
    seen = grouped(seen.assign(unit=seen["case_id"] + "|" + seen["dimension"]), q)
    times = seen.groupby("unit")["unit"].transform("size")
    return seen[times == 1], seen


def plan_agreement(w: World, q: Query, t: date, _: date) -> Facts:
    """Open cases with a plan by what its newest version says of the family's consent ÷ all."""
    plans = w["plans"][by(w["plans"]["made_on"], t)].sort_values("version")
    newest = plans.groupby("case_id", as_index=False)[["version"]].last()
    newest = newest.merge(plans, on=["case_id", "version"])
    words = {True: "agreed", False: "not_agreed"}
    said = [words.get(answer, "") for answer in newest["family_agreed"].tolist()]
    newest = newest.assign(plan_agreement=said)[["case_id", "plan_agreement"]]
    cases = cases_open(w, q, t).merge(newest, on="case_id")
    return grouped(cases, q), cases


def _registered(w: World, t: date) -> pd.DataFrame:
    here = w["volunteers"][covers(w["volunteers"], t, "registered_on", "ended_on")]
    return here.assign(
        unit=lambda rows: rows["volunteer_id"],
        province=lambda rows: rows["province_code"],
        district=lambda rows: rows["district_code"],
    )


def volunteer_states(w: World, q: Query, t: date, _: date) -> Facts:
    """Volunteers on the day by activity in the last 90 days and in the 90 before ÷ all."""
    people = _registered(w, t)
    acts = w["volunteer_activities"]
    middle, first = t - timedelta(90), t - timedelta(180)
    now = set(acts.loc[between(acts["done_on"], middle + timedelta(1), t), "volunteer_id"])
    before = set(acts.loc[between(acts["done_on"], first + timedelta(1), middle), "volunteer_id"])
    names = {(1, 1): "still", (1, 0): "newly", (0, 1): "stopped", (0, 0): "not_seen"}
    states = [names[(one in now, one in before)] for one in people["unit"]]
    return grouped(people.assign(activity_state=states), q), people


def volunteer_registrations(w: World, q: Query, start: date, end: date) -> Facts:
    """Volunteers on the last day: registered in the period, or before it ÷ all."""
    people = _registered(w, end)
    new = people["registered_on"] >= pd.Timestamp(start)
    return grouped(people.assign(registration=new.map({True: "new", False: "existing"})), q), people


def trained_long_ago(w: World, q: Query, t: date, _: date) -> Facts:
    """Workers in post whose last completed course is over 24 months back ÷ those with any."""
    posts = w["worker_posts"][covers(w["worker_posts"], t)]
    posts = posts[posts["role"] == q.role] if q.role else posts
    done = w["enrolments"]
    done = done[(done["person_type"] == "worker") & by(done["completed_on"], t)]
    last = done.groupby("person_id", as_index=False)["completed_on"].max()
    people = posts.merge(last, left_on="worker_id", right_on="person_id")
    people = people.assign(
        unit=people["worker_id"],
        province=people["province_code"],
        district=people["district_code"],
        group="",
    )
    late = (pd.Timestamp(t) - people["completed_on"]).dt.days > 24 * 30.4375
    return people[late], people


BREAKDOWN_ORACLES = {
    "cases_by_channel": Oracle(cases_by_channel, flow=True),
    "opening_cohorts": Oracle(opening_cohorts, flow=True),
    "team_professions": Oracle(team_professions),
    "dimension_assessed_once": Oracle(dimension_assessed_once),
    "plan_agreement": Oracle(plan_agreement),
    "volunteer_states": Oracle(volunteer_states),
    "volunteer_registrations": Oracle(volunteer_registrations, flow=True),
    "trained_long_ago": Oracle(trained_long_ago),
}


def days_since_load(w: World, q: Query) -> pd.DataFrame:
    """Days from the load's day to the day asked about, never below 0, the same everywhere."""
    del w
    days = max((q.as_of - LOADED).days, 0)
    codes = areas(q)
    return pd.DataFrame({"area_code": codes, "group": "", "numerator": days, "value": float(days)})


def published_reconciliation(w: World, q: Query) -> pd.DataFrame:
    """The database's total on the figure's day, less the figure; for some figures of each kind."""
    rows = []
    for figure in w["published_figures"].itertuples():
        day = figure.as_of.date()
        if day > q.as_of:
            continue
        total = _total(w, figure.figure, day) or None
        group = f"{figure.figure} {day.isoformat()} {figure.source}"
        value = None if total is None else total - float(figure.value)
        rows.append(("TH", group, total, value))
    columns = ["area_code", "group", "numerator", "value"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates("group")


def _total(w: World, figure: str, day: date) -> int | None:
    q = Query(as_of=day)
    opened = core._open(w, q, day)
    start = date(day.year - (day.month < 10), 10, 1)
    roles = {
        "case_managers_trained": "case_manager",
        "lao_practitioners_trained": "lao_practitioner",
        "volunteers_in_workshop": "volunteer",
    }
    if figure in roles:
        rows, _ = core.training_attendances(w, Query(as_of=day, role=roles[figure]), start, day)
        return len(rows)
    match figure:
        case "volunteers":
            return core._volunteers(w, day)["volunteer_id"].nunique()
        case "case_managers":
            return core._managers(w, day)["unit"].nunique()
        case "families":
            return opened["family_id"].nunique()
        case "cases":
            return opened["case_id"].nunique()
    return None


FRAMES = {
    "days_since_load": days_since_load,
    "published_reconciliation": published_reconciliation,
}
