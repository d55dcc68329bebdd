"""Volunteers' work, teamwork, screening and completeness, computed again in plain pandas."""

from datetime import date, timedelta

import pandas as pd

from data_access.indicators.kernel.query import Query
from tests.indicators.oracle_cells import Facts, Oracle, World
from tests.indicators.oracle_rows import between, by, cases_open, covers, grouped, of_cases, seats


def _volunteers(w: World, day: date) -> pd.DataFrame:
    here = w["volunteers"][covers(w["volunteers"], day, "registered_on", "ended_on")]
    return here.assign(
        unit=here["volunteer_id"], province=here["province_code"], district=here["district_code"]
    )


def _of_volunteers(w: World, rows: pd.DataFrame) -> pd.DataFrame:
    out = rows.merge(w["volunteers"], on="volunteer_id")
    return out.assign(unit=out.index, province=out["province_code"], district=out["district_code"])


def households_per_volunteer(w: World, q: Query, t: date, _: date) -> Facts:
    """Households ÷ volunteers, in provinces whose households are known."""
    years = w["province_statistics"][w["province_statistics"]["households"] > 0]
    rows = []
    for code, theirs in years.groupby("province_code"):
        past = theirs[theirs["year"] <= t.year].sort_values("year", ascending=False)
        best = pd.concat([past, theirs.sort_values("year")]).iloc[0]
        rows.append({"province": code, "district": "", "weight": best["households"]})
    known = pd.DataFrame(rows, columns=["province", "district", "weight"])
    known = known.astype({"province": "str", "weight": "float"})
    here = _volunteers(w, t)
    here = grouped(here[here["province"].isin(known["province"])], q)
    if q.breakdown == "level":
        levels = pd.DataFrame({"group": ["village", "tambon", "district", "province"]})
        return known.merge(levels, how="cross"), here
    return known, here


def active_volunteers(w: World, q: Query, t: date, _: date) -> Facts:
    """Volunteers with an activity on one of the 90 days that end with t ÷ volunteers on t."""
    here = grouped(_volunteers(w, t), q)
    recent = w["volunteer_activities"]
    recent = recent[between(recent["done_on"], t - timedelta(days=89), t)]
    return here[here["volunteer_id"].isin(recent["volunteer_id"])], here


def volunteer_duties(w: World, q: Query, start: date, end: date) -> Facts:
    """Activities done in the period."""
    done = w["volunteer_activities"]
    rows = grouped(_of_volunteers(w, done[between(done["done_on"], start, end)]), q)
    return rows, None


def families_per_volunteer(w: World, q: Query, t: date, _: date) -> Facts:
    """Families with an open case ÷ volunteers; by target group, each against all volunteers."""
    families = cases_open(w, q, t).assign(unit=lambda rows: rows["family_id"])
    return grouped(families, q), _volunteers(w, t)


def volunteer_awards(w: World, q: Query, start: date, end: date) -> Facts:
    """Awards of the fiscal years that the period touches (Buddhist years in the table)."""
    first, last = (day.year + (day.month >= 10) + 2569 - 2026 for day in (start, end))
    rows = grouped(
        _of_volunteers(w, w["awards"][w["awards"]["fiscal_year"].between(first, last)]), q
    )
    return rows, None


def team_participation(w: World, q: Query, t: date, _: date) -> Facts:
    """Open cases with two professions or more that day ÷ open cases."""
    cases = grouped(cases_open(w, q, t), q)
    now = w["case_team"][covers(w["case_team"], t)].drop_duplicates(["case_id", "profession"])
    size = now.groupby("case_id").size()
    return cases[cases["case_id"].isin(size[size >= 2].index)], cases


def case_conferences_held(w: World, q: Query, start: date, end: date) -> Facts:
    """Cases open at the end with a conference in the period ÷ cases open at the end."""
    cases = grouped(cases_open(w, q, end), q)
    held = w["case_conferences"]
    held = held[between(held["held_on"], start, end)]
    return cases[cases["case_id"].isin(held["case_id"])], cases


def partner_mix(w: World, q: Query, start: date, end: date) -> Facts:
    """Services of each type (of provider, or of service) ÷ all services."""
    types = w["organisations"].set_index("organisation_id")["type"]
    rows = of_cases(w, w["services"], q)
    rows = rows[between(rows["given_on"], start, end)].reset_index(drop=True)
    provider = rows["provider_organisation_id"].map(types).fillna("").astype(object)
    rows = rows.assign(unit=rows.index, organisation_type=provider)
    return grouped(rows, q), rows


def _sent(w: World, q: Query, start: date, end: date) -> pd.DataFrame:
    types = w["organisations"].set_index("organisation_id")["type"]
    rows = of_cases(w, w["referrals"], q)
    rows = rows[between(rows["sent_on"], start, end)]
    to = rows["to_organisation_id"].map(types).fillna("").astype(object)
    return grouped(rows.assign(unit=rows["referral_id"], organisation_type=to), q)


def referrals_accepted(w: World, q: Query, start: date, end: date) -> Facts:
    """Accepted within 7 days ÷ sent in the period and at least 7 days ago."""
    sent = _sent(w, q, start, end)
    sent = sent[by(sent["sent_on"], q.as_of - timedelta(days=7))]
    quick = sent["accepted_on"] <= sent["sent_on"] + pd.Timedelta(days=7)
    return sent[quick & by(sent["accepted_on"], q.as_of)], sent


def referrals_closed_loop(w: World, q: Query, start: date, end: date) -> Facts:
    """With a result by the as-of date ÷ sent in the period."""
    sent = _sent(w, q, start, end)
    return sent[by(sent["result_on"], q.as_of)], sent


def _screened(w: World, q: Query, start: date, end: date) -> pd.DataFrame:
    rows = of_cases(w, w["screenings"], q)
    rows = rows[between(rows["run_on"], start, end)]
    return grouped(rows.assign(unit=rows.index), q)


def screening_decided(w: World, q: Query, start: date, end: date) -> Facts:
    """Decided on by the as-of date ÷ run in the period."""
    rows = _screened(w, q, start, end)
    return rows[by(rows["decided_on"], q.as_of)], rows


def screening_overridden(w: World, q: Query, start: date, end: date) -> Facts:
    """Decision differs from the flag ÷ decided on, with the decision written down."""
    rows = _screened(w, q, start, end)
    rows = rows[by(rows["decided_on"], q.as_of) & (rows["decision"] != "")]
    return rows[rows["decision"] != rows["flag"]], rows


def record_completeness(w: World, q: Query, t: date, _: date) -> Facts:
    """Records of four tables that exist on t; of them, those with no needed field empty."""
    cases = of_cases(w, w["cases"][by(w["cases"]["opened_on"], t)], q)
    closed = by(cases["closed_on"], t)
    cases["ok"] = (cases["intake_channel"] != "") & cases["urgent"].notna()
    cases["ok"] &= ~closed | (cases["closure_reason"] != "")
    visits = of_cases(w, w["follow_ups"], q)
    visits = visits[by(visits["done_on"], t) & ~by(visits["cancelled_on"], t)]
    visits["ok"] = (visits[["method", "outcome", "worker_id"]] != "").all(axis=1)
    plans = of_cases(w, w["plans"][by(w["plans"]["made_on"], t)], q)
    plans["ok"] = plans["target_on"].notna() & plans["family_agreed"].notna()
    taken = seats(w).merge(w["cohorts"][["cohort_id", "end_on"]], on="cohort_id")
    taken = taken[by(taken["end_on"], t)].assign(target_group="")
    taken["ok"] = (taken["sex"] != "") & (taken["province"] != "")
    named = {"cases": cases, "follow_ups": visits, "plans": plans}
    if not q.target_group:
        named["enrolments"] = taken
    columns = ["province", "district", "target_group", "ok"]
    parts = [rows[columns].assign(table=name) for name, rows in named.items()]
    every = pd.concat(parts, ignore_index=True)
    every = grouped(every.assign(unit=every.index), q)
    return every[every["ok"].astype(bool)], every


ORACLES = {
    "households_per_volunteer": Oracle(households_per_volunteer, per=1, by_district=False),
    "active_volunteers": Oracle(active_volunteers),
    "volunteer_duties": Oracle(volunteer_duties, flow=True, below="vague"),
    "families_per_volunteer": Oracle(families_per_volunteer, per=1, by_group=False),
    "volunteer_awards": Oracle(volunteer_awards, flow=True, below="vague"),
    "team_participation": Oracle(team_participation),
    "case_conferences_held": Oracle(case_conferences_held, flow=True),
    "partner_mix": Oracle(partner_mix, flow=True),
    "referrals_accepted": Oracle(referrals_accepted, flow=True),
    "referrals_closed_loop": Oracle(referrals_closed_loop, flow=True),
    "screening_decided": Oracle(screening_decided, flow=True),
    "screening_overridden": Oracle(screening_overridden, flow=True),
    "record_completeness": Oracle(record_completeness),
}
