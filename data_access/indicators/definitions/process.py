"""Plans: who has one, which were revised, which should be, and the goals they reached [PL]."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select

from data_access.filters import OF_CASES
from data_access.indicators.definitions.caseload import open_cases
from data_access.indicators.kernel.conditions import open_on, same_moment, within
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    Direction,
    Indicator,
    Kind,
    Share,
    SqlPeriods,
    Unit,
    each_once,
    variant,
)
from data_access.schema.derived import SNAPSHOT

cases = SNAPSHOT["cases"]
plans = SNAPSHOT["plans"]
goals = SNAPSHOT["plan_goals"]
follow_ups = SNAPSHOT["follow_ups"]

OWNER = "case_management"
BEFORE_PLANNING = ("intake", "assessment")  # stages in which no plan is expected yet
NOT_BETTER = ("same", "worse")


def _case_columns(ask: SqlPeriods) -> list[ColumnElement[Any]]:
    return [
        cases.c.province_code,
        cases.c.district_code,
        cases.c.target_group,
        cases.c.intake_channel,
        *ask.moment,
    ]


@each_once
def _plan_coverage(ask: SqlPeriods) -> Select[Any]:
    """Cases open on the day and past assessment (by their stage as loaded); `hit` with a plan."""
    first = (
        select(plans.c.case_id, func.min(plans.c.made_on).label("made_on"))
        .group_by(plans.c.case_id)
        .subquery("first")
    )
    past = (
        select(cases.c.case_id, cases.c.stage, ask.at.label("at"), *_case_columns(ask))
        .where(open_on(cases, ask.at), cases.c.stage.not_in(BEFORE_PLANNING))
        .subquery("past")
    )
    return select(
        past.c.case_id.label("unit"),
        *[c for c in past.c if c.name not in ("case_id", "at")],
        case((first.c.made_on <= past.c.at, 1), else_=0).label("hit"),
    ).select_from(past.outerjoin(first, first.c.case_id == past.c.case_id))


@each_once
def _plan_revision(ask: SqlPeriods) -> Select[Any]:
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
    return _join_cases(opened, planned, planned.c.hit)


def _join_cases(cases: Subquery, other: Subquery, *columns: ColumnElement[Any]) -> Select[Any]:
    """The open cases that `other` also has, with some of its columns; `unit` is the case."""
    same = and_(cases.c.case_id == other.c.case_id, *same_moment(cases, other))
    kept = [c for c in cases.c if c.name not in ("case_id", "family_id")]
    return select(cases.c.case_id.label("unit"), *kept, *columns).select_from(
        cases.join(other, same)
    )


def last_two_outcomes(ask: SqlPeriods, *inside: ColumnElement[bool]) -> Subquery:
    """Cases with two outcomes: how many of the last two are `bad`, and `since` the earlier one.

    Each outcome knows the one before it and the day of the next, so that no period looks at all of
    them again. A follow-up that was cancelled, at whatever time, has no outcome. `inside` are
    conditions on the follow-ups, where only some cases are asked for.
    """
    bad = case((follow_ups.c.outcome.in_(NOT_BETTER), 1), else_=0)
    in_order: dict[str, Any] = {
        "partition_by": follow_ups.c.case_id,
        "order_by": [follow_ups.c.done_on, follow_ups.c.follow_up_id],
    }
    steps = (
        select(
            follow_ups.c.case_id,
            follow_ups.c.done_on,
            (bad + func.lag(bad).over(**in_order)).label("bad"),
            func.lag(follow_ups.c.done_on).over(**in_order).label("since"),
            func.lead(follow_ups.c.done_on).over(**in_order).label("next_on"),
        )
        .where(
            follow_ups.c.outcome.is_not(None),
            follow_ups.c.done_on.is_not(None),
            follow_ups.c.cancelled_on.is_(None),
            *inside,
        )
        .subquery("steps")
    )
    return (
        select(steps.c.case_id, steps.c.bad, steps.c.since, *ask.moment)
        .where(
            steps.c.since.is_not(None),
            steps.c.done_on <= ask.at,
            or_(steps.c.next_on.is_(None), steps.c.next_on > ask.at),
        )
        .subquery("last_two")
    )


@each_once
def _without_improvement(ask: SqlPeriods) -> Select[Any]:
    """Open cases with two outcomes or more; `hit` where neither of the last two is better and no
    plan was made on or after the day of the earlier one."""
    newest = (
        select(plans.c.case_id, func.max(plans.c.made_on).label("made_on"), *ask.moment)
        .where(plans.c.made_on <= ask.at)
        .group_by(plans.c.case_id, *ask.moment)
        .subquery("newest")
    )
    two = last_two_outcomes(ask)
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
    return _join_cases(open_cases(ask).subquery("opened"), judged, judged.c.hit)


@each_once
def _goals_due(ask: SqlPeriods) -> Select[Any]:
    """Goals of the plan version in force whose target day has come; `hit` where achieved.

    A goal of a version that has been replaced is not a goal any more, and one carried over would
    otherwise count twice.
    """
    # A version is in force from its day to the first day of any later version.
    replaced_on = func.min(plans.c.made_on).over(
        partition_by=plans.c.case_id, order_by=plans.c.version, rows=(1, None)
    )
    versions = select(
        plans.c.case_id, plans.c.version, plans.c.made_on, replaced_on.label("replaced_on")
    ).subquery("versions")
    achieved = and_(goals.c.achieved_on.is_not(None), goals.c.achieved_on <= ask.at)
    own = and_(goals.c.case_id == versions.c.case_id, goals.c.version == versions.c.version)
    return (
        select(
            goals.c.source_row.label("unit"),
            goals.c.case_id.label("client"),
            goals.c.province_code,
            goals.c.district_code,
            goals.c.target_group,
            goals.c.dimension,
            goals.c.term,
            case((achieved, 1), else_=0).label("hit"),
            *ask.moment,
        )
        .join(versions, own)
        .where(
            versions.c.made_on <= ask.at,
            or_(versions.c.replaced_on.is_(None), versions.c.replaced_on > ask.at),
            goals.c.target_on <= ask.at,
        )
    )


PLAN_COVERAGE = Indicator(
    name="plan_coverage",
    code="PL-1",
    measure=Share(_plan_coverage),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_cases_past_assessment",
    breakdowns=("target_group", "stage"),
    needs=("plans",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S1-07",
)
PLAN_REVISION = variant(
    PLAN_COVERAGE,
    name="plan_revision",
    code="PL-2",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_plan_revision),
    kind=Kind.FLOW,
    direction=Direction.NEUTRAL,
    empty_reason="no_cases_with_plan",
    breakdowns=("target_group",),
    source="S1-12",
)
NO_IMPROVEMENT_NO_REVISION = variant(
    PLAN_COVERAGE,
    name="no_improvement_no_revision",
    code="PL-3",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_without_improvement),
    direction=Direction.LOWER_IS_BETTER,
    empty_reason="fewer_than_two_outcomes",
    breakdowns=("target_group",),
    source="S1-14",
)
GOALS_ACHIEVED = variant(
    PLAN_COVERAGE,
    name="goals_achieved",
    code="PL-4",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_goals_due),
    empty_reason="no_goals_due",
    breakdowns=("target_group", "dimension", "term"),
    needs=("plans", "plan_goals"),
    source="S1-09",
)
INDICATORS = (
    PLAN_COVERAGE,
    PLAN_REVISION,
    NO_IMPROVEMENT_NO_REVISION,
    GOALS_ACHIEVED,
)
