"""Volunteers (อพม.): how many there are for the households of a province [VL]."""

from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, case, extract, func, select

from data_access.filters import PERIOD, PROVINCES
from data_access.indicators.kernel.conditions import covers
from data_access.indicators.kernel.definition import (
    Derived,
    Direction,
    Indicator,
    Kind,
    Ratio,
    SqlPeriods,
    Unit,
    each_once,
    variant,
)
from data_access.indicators.kernel.query import Query
from data_access.schema.derived import SNAPSHOT

if TYPE_CHECKING:
    from data_access.indicators.kernel.engine import IndicatorEngine

volunteers = SNAPSHOT["volunteers"]
statistics = SNAPSHOT["province_statistics"]

OWNER = "volunteers"


@each_once
def volunteers_on(ask: SqlPeriods) -> Select[Any]:
    """Volunteers registered on the day."""
    return select(
        volunteers.c.volunteer_id.label("unit"),
        volunteers.c.province_code,
        volunteers.c.district_code,
        volunteers.c.level,
        volunteers.c.sex,
        *ask.moment,
    ).where(covers(volunteers, ask.at, "registered_on", "ended_on"))


def households(ask: SqlPeriods) -> Select[Any]:
    """Households of each province, as `weight`: the latest year up to the day's own.

    Where every year is later than the day, the earliest is taken: households change slowly, and a
    province without a figure would drop out of its region.
    """
    year: ColumnElement[Any] = extract("year", ask.at)
    rank = func.row_number().over(
        partition_by=[statistics.c.province_code, *ask.moment],
        order_by=[
            case((statistics.c.year <= year, 0), else_=1),
            case((statistics.c.year <= year, -statistics.c.year), else_=statistics.c.year),
        ],
    )
    ranked = (
        select(
            statistics.c.province_code.label("unit"),
            statistics.c.province_code,
            statistics.c.households.label("weight"),
            rank.label("rank"),
            *ask.moment,
        )
        .where(statistics.c.households > 0)
        .subquery("ranked")
    )
    return select(*[c for c in ranked.c if c.name != "rank"]).where(ranked.c.rank == 1)


@each_once
def _volunteers_where_households_are_known(ask: SqlPeriods) -> Select[Any]:
    """Volunteers of provinces with a household figure: numerator and denominator cover the same."""
    known = select(statistics.c.province_code).where(statistics.c.households > 0)
    return volunteers_on(ask).where(volunteers.c.province_code.in_(known))


def _households_each(engine: "IndicatorEngine", query: Query) -> pd.DataFrame:
    """The same two numbers the other way round; which of them is missing is the reason given."""
    cells = engine.raw(VOLUNTEERS_PER_1000_HOUSEHOLDS, query)
    turned = cells.rename(columns={"numerator": "denominator", "denominator": "numerator"})
    reason = pd.Series("no_volunteers", index=turned.index)
    return turned.assign(reason=reason.where(turned["numerator"] > 0, "no_households"))


VOLUNTEERS_PER_1000_HOUSEHOLDS = Indicator(
    name="volunteers_per_1000_households",
    code="VL-1",
    on_map=True,
    map_breaks=(4, 6, 8, 10),
    moved_by=("volunteers",),
    executive_part="volunteers",
    measure=Ratio(_volunteers_where_households_are_known, households, per=1000),
    kind=Kind.STOCK,
    unit=Unit.PER_1000,
    direction=Direction.NEUTRAL,
    empty_reason="no_households",
    breakdowns=("level",),
    needs=("province_statistics",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=PERIOD | PROVINCES,
    source="S3-05, S3-20",
)

HOUSEHOLDS_PER_VOLUNTEER = variant(
    VOLUNTEERS_PER_1000_HOUSEHOLDS,
    name="households_per_volunteer",
    code="VL-2",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Derived(_households_each, of=(VOLUNTEERS_PER_1000_HOUSEHOLDS,)),
    unit=Unit.RATIO,
)

INDICATORS = (VOLUNTEERS_PER_1000_HOUSEHOLDS, HOUSEHOLDS_PER_VOLUNTEER)
