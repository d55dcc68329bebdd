"""Follow-up by method, plans, time taken and outcomes, computed a second time in plain pandas.

Written from the documents: one function per indicator, the things above the line and those below.
"""

from datetime import date
from typing import Any

import pandas as pd

from data_access.indicators.kernel.query import Query
from tests.indicators.oracle_cells import Facts, Oracle, World
from tests.indicators.oracle_rows import (
    between,
    by,
    cases_open,
    covers,
    grouped,
    of_cases,
    visits_done,
)


def accompanied_visits(w: World, q: Query, start: date, end: date) -> Facts:
    """Home visits by assistants with a companion ÷ home visits by assistants."""
    posts = w["worker_posts"]
    posts = posts[posts["role"] == "social_worker_assistant"]
    visits = visits_done(w, q, start, end)
    visits = visits[visits["method"] == "home_visit"]
    by_assistant = [
        bool((covers(posts, v.done_on.date()) & (posts["worker_id"] == v.worker_id)).any())
        for v in visits.itertuples()
    ]
    visits = grouped(visits[pd.Series(by_assistant, index=visits.index, dtype=bool)], q)
    return visits[visits["accompanied_by_worker_id"] != ""], visits


def home_visit_share(w: World, q: Query, start: date, end: date) -> Facts:
    """Home visits ÷ follow-ups done; by method, the follow-ups of each method ÷ all of them."""
    visits = visits_done(w, q, start, end)
    if q.breakdown == "method":
        return grouped(visits, q), visits
    visits = grouped(visits, q)
    return visits[visits["method"] == "home_visit"], visits


def monthly_contact(w: World, q: Query, start: date, end: date) -> Facts:
    """Families with a case open all month, per whole month; of them, those followed up in it."""
    above, below = [], []
    families = w["cases"].set_index("case_id")["family_id"]
    for month in pd.period_range(start, end, freq="M"):
        first, last = month.start_time.date(), month.end_time.date()
        if first < start or last > end:
            continue
        cases = of_cases(w, w["cases"], q)
        whole = cases[by(cases["opened_on"], first) & ~by(cases["closed_on"], last)]
        whole = whole.assign(unit=whole["family_id"] + str(month))
        visits = visits_done(w, Query(as_of=q.as_of), first, last)
        seen = visits["case_id"].map(families)
        below.append(whole)
        above.append(whole[whole["family_id"].isin(seen)])
    nothing = of_cases(w, w["cases"], q).head(0).assign(unit="")
    return grouped(pd.concat([nothing, *above]), q), grouped(pd.concat([nothing, *below]), q)


def plan_coverage(w: World, q: Query, t: date, _: date) -> Facts:
    """Open cases past assessment with a plan ÷ open cases past assessment."""
    cases = grouped(cases_open(w, q, t), q)
    cases = cases[~cases["stage"].isin(["intake", "assessment"])]
    planned = w["plans"].loc[by(w["plans"]["made_on"], t), "case_id"]
    return cases[cases["case_id"].isin(planned)], cases


def plan_revision(w: World, q: Query, start: date, end: date) -> Facts:
    """Open cases (at the end) with a version ≥ 2 made in the period ÷ open cases with a plan."""
    plans = w["plans"]
    cases = grouped(cases_open(w, q, end), q)
    cases = cases[cases["case_id"].isin(plans.loc[by(plans["made_on"], end), "case_id"])]
    revised = plans[(plans["version"] >= 2) & between(plans["made_on"], start, end)]
    return cases[cases["case_id"].isin(revised["case_id"])], cases


def no_improvement_no_revision(w: World, q: Query, t: date, _: date) -> Facts:
    """Last two outcomes same or worse and no plan since the earlier ÷ open cases with two."""
    cases = grouped(cases_open(w, q, t), q)
    visits = w["follow_ups"][by(w["follow_ups"]["done_on"], t)]
    visits = visits[(visits["outcome"] != "") & visits["cancelled_on"].isna()]
    visits = visits.sort_values(["done_on", "follow_up_id"])
    stuck, judged = [], []
    for case, theirs in visits.groupby("case_id"):
        if len(theirs) < 2:
            continue
        judged.append(case)
        last = theirs.tail(2)
        made = w["plans"].loc[w["plans"]["case_id"] == case, "made_on"]
        if (
            last["outcome"].isin(["same", "worse"]).all()
            and not between(made, last["done_on"].min().date(), t).any()
        ):
            stuck.append(case)
    cases = cases[cases["case_id"].isin(judged)]
    return cases[cases["case_id"].isin(stuck)], cases


def goals_achieved(w: World, q: Query, t: date, _: date) -> Facts:
    """Goals due by t of the latest version made by t; of them, those achieved by t."""
    made = w["plans"][by(w["plans"]["made_on"], t)]
    latest = made.groupby("case_id", as_index=False)["version"].max()
    goals = of_cases(w, w["plan_goals"], q).merge(latest, on=["case_id", "version"])
    goals = grouped(goals[by(goals["target_on"], t)], q)
    goals = goals.assign(unit=goals.index)
    return goals[by(goals["achieved_on"], t)], goals


def _changed(w: World, q: Query, t: date, sign: int) -> Facts:
    seen = of_cases(w, w["assessments"][by(w["assessments"]["assessed_on"], t)], q)
    rows: list[dict[str, Any]] = []
    for (case, dimension), theirs in seen.sort_values("assessed_on").groupby(
        ["case_id", "dimension"]
    ):
        if len(theirs) >= 2:
            change = theirs["level"].iloc[-1] - theirs["level"].iloc[0]
            place = theirs.iloc[0][["province", "district", "target_group"]].to_dict()
            rows.append({**place, "dimension": dimension, "unit": case + dimension, "by": change})
    columns = ["province", "district", "target_group", "dimension", "unit", "by"]
    pairs = grouped(pd.DataFrame(rows, columns=columns), q)
    way = pairs["by"].map(lambda change: (change > 0) - (change < 0))
    return pairs[way == sign], pairs


def dimension_improved(w: World, q: Query, t: date, _: date) -> Facts:
    """The latest level is lower than the first."""
    return _changed(w, q, t, -1)


def dimension_same(w: World, q: Query, t: date, _: date) -> Facts:
    """The latest level equals the first."""
    return _changed(w, q, t, 0)


def dimension_worse(w: World, q: Query, t: date, _: date) -> Facts:
    """The latest level is higher than the first."""
    return _changed(w, q, t, 1)


def closed_self_reliant(w: World, q: Query, start: date, end: date) -> Facts:
    """Closures as self-reliant ÷ closures; by reason, each reason's closures ÷ all of them."""
    cases = of_cases(w, w["cases"], q).assign(unit=lambda rows: rows["case_id"])
    cases = cases[between(cases["closed_on"], start, end)]
    if q.breakdown == "closure_reason":
        return grouped(cases, q), cases
    cases = grouped(cases, q)
    return cases[cases["closure_reason"] == "self_reliant"], cases


ORACLES = {
    "accompanied_visits": Oracle(accompanied_visits, flow=True),
    "home_visit_share": Oracle(home_visit_share, flow=True),
    "monthly_contact": Oracle(monthly_contact, flow=True),
    "plan_coverage": Oracle(plan_coverage),
    "plan_revision": Oracle(plan_revision, flow=True),
    "no_improvement_no_revision": Oracle(no_improvement_no_revision),
    "goals_achieved": Oracle(goals_achieved),
    "dimension_improved": Oracle(dimension_improved),
    "dimension_same": Oracle(dimension_same),
    "dimension_worse": Oracle(dimension_worse),
    "closed_self_reliant": Oracle(closed_self_reliant, flow=True),
}
