"""Turns a query into what SQL needs: its periods as an `SqlPeriods`, its filters as conditions."""

from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    String,
    case,
    cast,
    column,
    func,
    literal,
    null,
    or_,
    values,
)

from config.thai_calendar import month_spans
from data_access.indicators.kernel.definition import Kind, Months, SqlPeriods
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from geo import levels, registers
from geo.levels import Level


@lru_cache
def _codes_of(region: str) -> tuple[str, ...]:
    """Codes of the provinces of a region."""
    return tuple(p.code for p in registers.provinces_of(region))


def periods_of(query: Query, kind: Kind) -> SqlPeriods:
    """The query's period as bound dates, or as a list of periods where a series is asked."""
    months = _months(query)
    if query.over is None:
        period = query.period
        at = period.end if kind is Kind.STOCK else query.as_of
        return SqlPeriods(
            literal(period.start, Date),
            literal(period.end, Date),
            literal(at, Date),
            months,
            role=query.role,
            breakdown=query.breakdown,
        )
    rows = [
        (n, s.start, s.end, s.end if kind is Kind.STOCK else query.as_of)
        for n, s in enumerate(query.periods())
    ]
    days = [column(name, Date) for name in ("start_on", "end_on", "at_on")]
    listed = values(column("moment", Integer), *days, name="periods").data(rows).cte("periods")
    return SqlPeriods(
        listed.c.start_on,
        listed.c.end_on,
        listed.c.at_on,
        months,
        moment=(listed.c.moment.label("moment"),),
        role=query.role,
        breakdown=query.breakdown,
    )


def _months(query: Query) -> Months:
    """The calendar months that the query's period touches, whole, as a list to join."""
    spans = month_spans(query.period.start, query.period.end)
    listed = values(column("first", Date), column("last", Date), name="months").data(
        [(span.start, span.end) for span in spans]
    )
    months = listed.cte("months")
    return Months(months.c.first, months.c.last)


def area_of(sub: FromClause, query: Query) -> ColumnElement[str]:
    """The code of the area a row belongs to, at the level asked for."""
    match query.area:
        case "country":
            return literal(query.narrowest)
        case "region":
            code = sub.c.province_code
            return case(*[(code.in_(_codes_of(r)), r) for r in registers.REGIONS])
        case "province":
            return sub.c.province_code
        case "district":
            if "district_code" in sub.c:
                return sub.c.district_code
            return cast(null(), String)


def place_filters(sub: FromClause, query: Query, scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions of the query's area, base and target group, and of the scope."""
    kept: list[ColumnElement[bool]] = []
    province = sub.c.province_code
    for level in levels.LEVELS[1:]:
        if code := getattr(query, level.name):
            kept.append(_lies_in(sub, level, code))
    if query.base == 76:
        kept.append(func.coalesce(province, "") != registers.BANGKOK)
    if query.target_group and "target_group" in sub.c:
        kept.append(sub.c.target_group == query.target_group)
    if query.area != "country":
        kept.append(area_of(sub, query).is_not(None))
    if not scope.nation:
        kept.append(_inside(sub, scope))
    return kept


def _lies_in(sub: FromClause, level: Level, code: str) -> ColumnElement[bool]:
    """Rows of one area; a level without a column of its own is made of its provinces."""
    if level.column is None:
        return sub.c.province_code.in_(_codes_of(code))
    return sub.c[level.column] == code if level.column in sub.c else literal(1) == 0


def _inside(sub: FromClause, scope: Scope) -> ColumnElement[bool]:
    """Rows of the scope's own provinces and districts; a row without a place is nobody's."""
    mine = [sub.c.province_code.in_(sorted(scope.provinces))] if scope.provinces else []
    if scope.districts and "district_code" in sub.c:
        mine.append(sub.c.district_code.in_(sorted(scope.districts)))
    return or_(*mine) if mine else literal(1) == 0
