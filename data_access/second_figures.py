"""Second figures of indicators whose definition names two: a 90th percentile, a share of the late.

Defined like the breakdowns of `data_access.breakdowns`, with the same scope, periods and hiding.
"""

from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Select, case, select

from config.thresholds import threshold
from data_access.indicators.definitions.staff_training import (
    DAYS_PER_MONTH,
    MONTHS_SINCE_TRAINING,
    since_training,
)
from data_access.indicators.definitions.waiting import DAYS_TO_ASSESSMENT, DAYS_TO_PLAN
from data_access.indicators.kernel.definition import Indicator, Median, Share, SqlPeriods, Unit

NINE_OF_TEN = 0.9


def _slow(indicator: Indicator) -> Indicator:
    """The days within which nine of ten cases got there, of those that did."""
    measure = replace(cast(Median, indicator.measure), quantile=NINE_OF_TEN)
    return replace(indicator, name=f"{indicator.name}_p90", measure=measure)


def _long_ago(ask: SqlPeriods) -> Select[Any]:
    """Workers in post who completed a course; `hit` where the last one is too long ago."""
    rows = since_training(ask).subquery("trained")
    limit = threshold("months_since_training").value * DAYS_PER_MONTH
    kept = [c for c in rows.c if c.name != "days"]
    hit = case((rows.c.days > limit, 1), else_=0).label("hit")
    return select(*kept, hit).where(rows.c.days.is_not(None))


DAYS_TO_ASSESSMENT_P90 = _slow(DAYS_TO_ASSESSMENT)
DAYS_TO_PLAN_P90 = _slow(DAYS_TO_PLAN)
TRAINED_LONG_AGO = replace(
    MONTHS_SINCE_TRAINING, name="trained_long_ago", measure=Share(_long_ago), unit=Unit.PERCENT
)
SECOND_FIGURES = (DAYS_TO_ASSESSMENT_P90, DAYS_TO_PLAN_P90, TRAINED_LONG_AGO)
