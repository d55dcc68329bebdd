"""Automated screening: the decision stays with people, and this shows whether they took it [AI]."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, select

from data_access.filters import OF_CASES
from data_access.indicators.kernel.conditions import within
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

screenings = SNAPSHOT["screenings"]


def _run(ask: SqlPeriods, hit: ColumnElement[bool]) -> Select[Any]:
    """Screenings run in the period, one unit each; `hit` as given."""
    return select(
        screenings.c.source_row.label("unit"),
        screenings.c.province_code,
        screenings.c.district_code,
        screenings.c.target_group,
        screenings.c.tool,
        screenings.c.flag,
        case((hit, 1), else_=0).label("hit"),
        *ask.moment,
    ).where(within(screenings.c.run_on, ask.start, ask.end), screenings.c.run_on <= ask.at)


def _is_decided(ask: SqlPeriods) -> ColumnElement[bool]:
    return and_(screenings.c.decided_on.is_not(None), screenings.c.decided_on <= ask.at)


@each_once
def _screening_decisions(ask: SqlPeriods) -> Select[Any]:
    return _run(ask, _is_decided(ask))


@each_once
def _override_shares(ask: SqlPeriods) -> Select[Any]:
    """Screenings decided on; a decision that was not written down can be compared with nothing."""
    differs = screenings.c.decision != screenings.c.flag
    return _run(ask, differs).where(_is_decided(ask), screenings.c.decision.is_not(None))


SCREENING_DECIDED = Indicator(
    name="screening_decided",
    code="AI-1",
    measure=Share(_screening_decisions),
    kind=Kind.FLOW,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_screenings",
    breakdowns=("tool", "target_group"),
    needs=("screenings",),
    owner="case_management",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S1-20",
)
SCREENING_OVERRIDDEN = variant(
    SCREENING_DECIDED,
    name="screening_overridden",
    code="AI-2",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_override_shares),
    direction=Direction.NEUTRAL,
    empty_reason="no_decisions",
    breakdowns=("tool", "flag", "target_group"),
)

INDICATORS = (SCREENING_DECIDED, SCREENING_OVERRIDDEN)
