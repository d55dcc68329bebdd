"""Waiting times of new cases a second time: Kaplan–Meier step by step, shares by plain counting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data_access.indicators.kernel.query import Query
from tests.indicators.oracle_cells import REGION, Facts, Oracle, World, areas, inside, periods
from tests.indicators.oracle_rows import between, by, grouped, of_cases


@dataclass(frozen=True)
class Waiting:
    """Days from opening to the first row of a table by which `share` of the cases got there."""

    table: str
    column: str
    share: float = 0.5


def _opened(w: World, q: Query, start: date, end: date, table: str, column: str) -> pd.DataFrame:
    """Cases opened in the period with the day of their first such row on or after the opening."""
    cases = of_cases(w, w["cases"], q).assign(unit=lambda rows: rows["case_id"])
    cases = cases[between(cases["opened_on"], start, end)]
    rows = w[table][["case_id", column]].merge(cases[["case_id", "opened_on"]], on="case_id")
    rows = rows[by(rows[column], q.as_of) & (rows[column] >= rows["opened_on"])]
    first = rows.groupby("case_id", as_index=False)[column].min().rename(columns={column: "first"})
    return cases.merge(first, on="case_id", how="left")


def first_day(days: Iterable[int], there: Iterable[bool], share: float) -> float | None:
    """The first day by which `share` got there, from the product of those left over."""
    people = list(zip(days, there, strict=True))
    left = 1.0
    for day in sorted({d for d, got in people if got}):
        watched = [(d, got) for d, got in people if d >= day]
        arrived = sum(1 for d, got in watched if got and d == day)
        left *= 1 - arrived / len(watched)
        if 1 - left >= share - 1e-12:
            return float(day)
    return None


def waiting_answer(oracle: Waiting, w: World, q: Query, groups: Iterable[str]) -> pd.DataFrame:
    """The indicator frame of a waiting time: a row per area, group and period."""
    rows = []
    for start, end in periods(q):
        if start > q.as_of:
            continue
        cases = _opened(w, q, start, min(end, q.as_of), oracle.table, oracle.column)
        cases = inside(grouped(cases, q), q)
        there = cases["first"].notna()
        until = cases["first"].fillna(pd.Timestamp(q.as_of))
        cases = cases.assign(there=there, days=(until - cases["opened_on"]).dt.days)
        for area in areas(q):
            for group in groups:
                some = cases[_in_area(cases, area, q) & (cases["group"] == group)]
                day = first_day(some["days"], some["there"], oracle.share)
                numbers = (int(some["there"].sum()), len(some), day)
                rows.append((area, group, start, *numbers, "no_data" if day is None else "shown"))
    names = ["area_code", "group", "period_start", "numerator", "denominator", "value", "status"]
    return pd.DataFrame(rows, columns=names)


def _in_area(cases: pd.DataFrame, area: str, q: Query) -> pd.Series:
    match q.area:
        case "country":
            return pd.Series(True, index=cases.index)
        case "region":
            return cases["province"].str[:1].map(REGION) == area
        case "province":
            return cases["province"] == area
        case "district":
            return cases["district"] == area


def _within(table: str, column: str, days: int) -> Oracle:
    def facts(w: World, q: Query, start: date, end: date) -> Facts:
        """Cases with the first row in so many days ÷ cases whose days are over by the as-of day."""
        cases = grouped(_opened(w, q, start, end, table, column), q)
        old = (pd.Timestamp(q.as_of) - cases["opened_on"]).dt.days >= days
        cases = cases[old]
        return cases[(cases["first"] - cases["opened_on"]).dt.days <= days], cases

    return Oracle(facts, flow=True)


ORACLES = {
    "assessed_within_15_days": _within("assessments", "assessed_on", 15),
    "assessed_within_30_days": _within("assessments", "assessed_on", 30),
    "planned_within_15_days": _within("plans", "made_on", 15),
    "planned_within_30_days": _within("plans", "made_on", 30),
}
WAITING = {
    "days_to_assessment": Waiting("assessments", "assessed_on"),
    "days_to_plan": Waiting("plans", "made_on"),
}
WAITING_BREAKDOWNS = {
    "days_to_assessment_p90": Waiting("assessments", "assessed_on", 0.9),
    "days_to_plan_p90": Waiting("plans", "made_on", 0.9),
}
