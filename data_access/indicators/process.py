"""Steps of case management: assessed and planned in time, plans revised, goals reached [PL, TM]."""

from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
)

from data_access.indicators.caseload import open_cases
from data_access.indicators.definition import (
    CLIENTS_BOTH,
    Ask,
    Direction,
    Indicator,
    Kind,
    Median,
    Share,
    Unit,
    each_once,
)
from data_access.indicators.follow_up import done, not_cancelled
from data_access.indicators.places import marked, open_on, same_moment, within
from data_access.indicators.sql import days_between
from data_access.schema.derived import SNAPSHOT

cases = SNAPSHOT["cases"]
assessments = SNAPSHOT["assessments"]
plans = SNAPSHOT["plans"]
goals = SNAPSHOT["plan_goals"]
follow_ups = SNAPSHOT["follow_ups"]

OWNER = "case-management@example.go.th"
REVIEWED = "2026-10-01"
BEFORE_PLANNING = ("intake", "assessment")  # stages in which no plan is expected yet
NOT_BETTER = ("same", "worse")


def _case_columns(ask: Ask) -> list[ColumnElement[Any]]:
    return [
        cases.c.province_code,
        cases.c.district_code,
        cases.c.target_group,
        cases.c.intake_channel,
        *ask.moment,
    ]


@each_once
def _planned(ask: Ask) -> Select[Any]:
    """Cases open on the day and past assessment (by their stage as loaded); `hit` with a plan."""
    past = (
        select(cases.c.case_id, cases.c.stage, *_case_columns(ask))
        .where(open_on(cases, ask.at), cases.c.stage.not_in(BEFORE_PLANNING))
        .subquery("past")
    )
    made = select(plans.c.case_id, *ask.moment).where(plans.c.made_on <= ask.at).distinct()
    return marked(past, made.subquery("made"), "case_id")


@each_once
def _revised(ask: Ask) -> Select[Any]:
    """Cases open on the period's last day that had a plan by then; `hit` where it was revised.

    Revised: a version after the first was made within the period.
    """
    new_version = and_(plans.c.version >= 2, within(plans.c.made_on, ask.start, ask.end))
    planned = (
        select(plans.c.case_id, func.max(case((new_version, 1), else_=0)).label("hit"), *ask.moment)
        .where(plans.c.made_on <= ask.end)
        .group_by(plans.c.case_id, *ask.moment)
        .subquery("planned")
    )
    opened = open_cases(replace(ask, at=ask.end)).subquery("opened")
    return _joined(opened, planned, planned.c.hit)


def _joined(opened: Subquery, other: Subquery, *columns: ColumnElement[Any]) -> Select[Any]:
    """The open cases that `other` also has, with some of its columns; `unit` is the case."""
    same = and_(opened.c.case_id == other.c.case_id, *same_moment(opened, other))
    kept = [c for c in opened.c if c.name not in ("case_id", "family_id")]
    return select(opened.c.case_id.label("unit"), *kept, *columns).select_from(
        opened.join(other, same)
    )


def _last_two(ask: Ask) -> Subquery:
    """Cases with two outcomes: how many of the last two are `bad`, and `since` the earlier one."""
    order = (follow_ups.c.done_on.desc(), follow_ups.c.follow_up_id.desc())
    rank = func.row_number().over(partition_by=[follow_ups.c.case_id, *ask.moment], order_by=order)
    ranked = (
        select(
            follow_ups.c.case_id,
            follow_ups.c.outcome,
            follow_ups.c.done_on,
            rank.label("rank"),
            *ask.moment,
        )
        .where(follow_ups.c.outcome.is_not(None), done(ask.at), not_cancelled(ask.at))
        .subquery("ranked")
    )
    moment = [c for c in ranked.c if c.name == "moment"]
    return (
        select(
            ranked.c.case_id,
            func.sum(case((ranked.c.outcome.in_(NOT_BETTER), 1), else_=0)).label("bad"),
            func.min(ranked.c.done_on).label("since"),
            *moment,
        )
        .where(ranked.c.rank <= 2)
        .group_by(ranked.c.case_id, *moment)
        .having(func.count() == 2)
        .subquery("last_two")
    )


@each_once
def _stuck(ask: Ask) -> Select[Any]:
    """Open cases with two outcomes or more; `hit` where neither of the last two is better and no
    plan was made on or after the day of the earlier one."""
    newest = (
        select(plans.c.case_id, func.max(plans.c.made_on).label("made_on"), *ask.moment)
        .where(plans.c.made_on <= ask.at)
        .group_by(plans.c.case_id, *ask.moment)
        .subquery("newest")
    )
    two = _last_two(ask)
    same = and_(two.c.case_id == newest.c.case_id, *same_moment(two, newest))
    unchanged = or_(newest.c.made_on.is_(None), newest.c.made_on < two.c.since)
    judged = (
        select(
            two.c.case_id,
            case((and_(two.c.bad == 2, unchanged), 1), else_=0).label("hit"),
            *[c for c in two.c if c.name == "moment"],
        )
        .select_from(two.outerjoin(newest, same))
        .subquery("judged")
    )
    return _joined(open_cases(ask).subquery("opened"), judged, judged.c.hit)


@each_once
def _goals_due(ask: Ask) -> Select[Any]:
    """Goals of the plan version in force whose target day has come; `hit` where achieved.

    A goal of a version that has been replaced is not a goal any more, and one carried over would
    otherwise count twice.
    """
    in_force = (
        select(plans.c.case_id, func.max(plans.c.version).label("version"), *ask.moment)
        .where(plans.c.made_on <= ask.at)
        .group_by(plans.c.case_id, *ask.moment)
        .subquery("in_force")
    )
    achieved = and_(goals.c.achieved_on.is_not(None), goals.c.achieved_on <= ask.at)
    due = select(
        goals.c.case_id,
        goals.c.version,
        goals.c.source_row.label("unit"),
        goals.c.case_id.label("client"),
        goals.c.province_code,
        goals.c.district_code,
        goals.c.target_group,
        goals.c.dimension,
        goals.c.term,
        case((achieved, 1), else_=0).label("hit"),
        *ask.moment,
    ).where(goals.c.target_on <= ask.at)
    rows = due.subquery("due")
    same = and_(
        rows.c.case_id == in_force.c.case_id,
        rows.c.version == in_force.c.version,
        *same_moment(rows, in_force),
    )
    return select(*rows.c).select_from(rows.join(in_force, same))


def _days_to(table: FromClause, day: str, ask: Ask) -> Select[Any]:
    """Cases opened in the period with the `days` to the first such row; empty where none yet."""
    opened = (
        select(cases.c.case_id, cases.c.opened_on, *_case_columns(ask))
        .where(within(cases.c.opened_on, ask.start, ask.end), cases.c.opened_on <= ask.at)
        .subquery("opened")
    )
    # A row dated before the case was opened belongs to an earlier case of the family.
    first = (
        select(table.c.case_id, func.min(table.c[day]).label("first_on"), *ask.moment)
        .join(cases, cases.c.case_id == table.c.case_id)
        .where(table.c[day] <= ask.at, table.c[day] >= cases.c.opened_on)
        .group_by(table.c.case_id, *ask.moment)
        .subquery("first")
    )
    same = and_(opened.c.case_id == first.c.case_id, *same_moment(opened, first))
    return select(
        opened.c.case_id.label("unit"),
        *[c for c in opened.c if c.name not in ("case_id", "opened_on")],
        days_between(opened.c.opened_on, first.c.first_on).label("days"),
    ).select_from(opened.outerjoin(first, same))


def _to_assessment(ask: Ask) -> Select[Any]:
    return _days_to(assessments, "assessed_on", ask)


def _to_plan(ask: Ask) -> Select[Any]:
    return _days_to(plans, "made_on", ask)


PLAN_COVERAGE = Indicator(
    name="plan_coverage",
    code="PL-1",
    measure=Share(_planned),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_cases_past_assessment",
    breakdowns=("target_group", "stage"),
    needs=("plans",),
    owner=OWNER,
    reviewed=REVIEWED,
    source="S1-07",
)
PLAN_REVISION = replace(
    PLAN_COVERAGE,
    name="plan_revision",
    code="PL-2",
    measure=Share(_revised),
    kind=Kind.FLOW,
    direction=Direction.NEUTRAL,
    empty_reason="no_cases_with_plan",
    breakdowns=("target_group",),
    source="S1-12",
)
NO_IMPROVEMENT_NO_REVISION = replace(
    PLAN_COVERAGE,
    name="no_improvement_no_revision",
    code="PL-3",
    measure=Share(_stuck),
    direction=Direction.LOWER_IS_BETTER,
    empty_reason="fewer_than_two_outcomes",
    breakdowns=("target_group",),
    source="S1-14",
)
GOALS_ACHIEVED = replace(
    PLAN_COVERAGE,
    name="goals_achieved",
    code="PL-4",
    measure=Share(_goals_due),
    empty_reason="no_goals_due",
    breakdowns=("target_group", "dimension", "term"),
    needs=("plans", "plan_goals"),
    source="S1-09",
)
DAYS_TO_ASSESSMENT = Indicator(
    name="days_to_assessment",
    code="TM-1",
    measure=Median(_to_assessment),
    kind=Kind.FLOW,
    unit=Unit.DAYS,
    direction=Direction.LOWER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="nobody_assessed",
    breakdowns=("target_group", "intake_channel"),
    needs=("assessments",),
    owner=OWNER,
    reviewed=REVIEWED,
    source="S1-03, R1",
)
DAYS_TO_PLAN = replace(
    DAYS_TO_ASSESSMENT,
    name="days_to_plan",
    measure=Median(_to_plan),
    empty_reason="nobody_planned",
    needs=("plans",),
    source="S1-07, R1",
)

INDICATORS = (
    PLAN_COVERAGE,
    PLAN_REVISION,
    NO_IMPROVEMENT_NO_REVISION,
    GOALS_ACHIEVED,
    DAYS_TO_ASSESSMENT,
    DAYS_TO_PLAN,
)
