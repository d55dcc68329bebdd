"""Whether families agreed to their plan: what is recorded of the plan in force of each open case.

A breakdown like those of `data_access.breakdowns`, with the same scope, periods and hiding.
"""

from typing import Any

from sqlalchemy import Select, Subquery, and_, case, func, select

from data_access.filters import OF_CASES
from data_access.indicators.definitions.caseload import open_cases
from data_access.indicators.kernel.conditions import same_moment
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    Direction,
    Indicator,
    Kind,
    Ratio,
    SqlPeriods,
    Unit,
)
from data_access.schema.derived import SNAPSHOT

plans = SNAPSHOT["plans"]

AGREEMENTS = ("agreed", "not_agreed")


def _in_force(ask: SqlPeriods) -> Subquery:
    """The newest version of each case's plan on the day, with what is recorded of the agreement."""
    newest = (
        select(plans.c.case_id, func.max(plans.c.version).label("version"), *ask.moment)
        .where(plans.c.made_on <= ask.at)
        .group_by(plans.c.case_id, *ask.moment)
        .subquery("newest")
    )
    said = case(
        (plans.c.family_agreed.is_(True), "agreed"),
        (plans.c.family_agreed.is_(False), "not_agreed"),
    )
    same = and_(plans.c.case_id == newest.c.case_id, plans.c.version == newest.c.version)
    moment = [c for c in newest.c if c.name == "moment"]
    return (
        select(newest.c.case_id, said.label("plan_agreement"), *moment)
        .select_from(newest.join(plans, same))
        .subquery("in_force")
    )


def _with_plan(ask: SqlPeriods) -> Select[Any]:
    return _cases_with_plan(ask, agreement=False)


def _by_agreement(ask: SqlPeriods) -> Select[Any]:
    return _cases_with_plan(ask, agreement=True)


def _cases_with_plan(ask: SqlPeriods, *, agreement: bool) -> Select[Any]:
    """Cases open on the day that have a plan; `plan_agreement` is empty where nothing is said."""
    opened = open_cases(ask).subquery("opened")
    in_force = _in_force(ask)
    same = and_(opened.c.case_id == in_force.c.case_id, *same_moment(opened, in_force))
    kept = [c for c in opened.c if c.name not in ("case_id", "family_id")]
    said = [in_force.c.plan_agreement] if agreement else []
    joined = opened.join(in_force, same)
    return select(opened.c.case_id.label("unit"), *kept, *said).select_from(joined)


PLAN_AGREEMENT = Indicator(
    name="plan_agreement",
    code="S4-17",
    measure=Ratio(_by_agreement, _with_plan, per=100),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.NEUTRAL,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_cases_with_plan",
    breakdowns=("plan_agreement",),
    always_by="plan_agreement",
    needs=("plans",),
    owner="case_management",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S4-17",
)
