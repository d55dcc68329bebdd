"""Turns a question into what SQL needs: its periods as an `Ask`, its filters as conditions."""

from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    Subquery,
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
from data_access.indicators.definition import Ask, Kind, Months
from data_access.indicators.question import Question
from data_access.scope import Scope
from geo import registers

BANGKOK = "10"


@lru_cache
def provinces_of(region: str) -> tuple[str, ...]:
    """Codes of the provinces of a region."""
    return tuple(p.code for p in registers.provinces() if p.region == region)


def ask_for(question: Question, kind: Kind) -> Ask:
    """The question's period as bound dates, or as a list of periods where a series is asked."""
    months = _months(question)
    if question.over is None:
        period = question.period
        at = period.end if kind is Kind.STOCK else question.as_of
        return Ask(
            literal(period.start, Date),
            literal(period.end, Date),
            literal(at, Date),
            months,
            role=question.role,
            group=question.group,
        )
    rows = [
        (n, s.start, s.end, s.end if kind is Kind.STOCK else question.as_of)
        for n, s in enumerate(question.periods())
    ]
    days = [column(name, Date) for name in ("start_on", "end_on", "at_on")]
    listed = values(column("moment", Integer), *days, name="periods").data(rows).cte("periods")
    return Ask(
        listed.c.start_on,
        listed.c.end_on,
        listed.c.at_on,
        months,
        moment=(listed.c.moment.label("moment"),),
        role=question.role,
        group=question.group,
    )


def _months(question: Question) -> Months:
    """The calendar months that the question's period touches, whole, as a list to join."""
    spans = month_spans(question.period.start, question.period.end)
    listed = values(column("first", Date), column("last", Date), name="months").data(
        [(span.start, span.end) for span in spans]
    )
    months = listed.cte("months")
    return Months(months.c.first, months.c.last)


def area_of(sub: Subquery, question: Question) -> ColumnElement[str]:
    """The code of the area a row belongs to, at the level asked for."""
    match question.area:
        case "country":
            return literal(question.narrowest)
        case "region":
            code = sub.c.province_code
            return case(*[(code.in_(provinces_of(r)), r) for r in registers.REGIONS])
        case "province":
            return sub.c.province_code
        case "district":
            if "district_code" in sub.c:
                return sub.c.district_code
            return cast(null(), String)


def place_filters(sub: Subquery, question: Question, scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions of the question's area, base and target group, and of the scope."""
    kept: list[ColumnElement[bool]] = []
    province = sub.c.province_code
    if question.district:
        has = "district_code" in sub.c
        kept.append(sub.c.district_code == question.district if has else literal(1) == 0)
    if question.province:
        kept.append(province == question.province)
    if question.region:
        kept.append(province.in_(provinces_of(question.region)))
    if question.base == 76:
        kept.append(func.coalesce(province, "") != BANGKOK)
    if question.target_group and "target_group" in sub.c:
        kept.append(sub.c.target_group == question.target_group)
    if question.area != "country":
        kept.append(area_of(sub, question).is_not(None))
    if not scope.nation:
        kept.append(_inside(sub, scope))
    return kept


def _inside(sub: Subquery, scope: Scope) -> ColumnElement[bool]:
    """Rows of the scope's own provinces and districts; a row without a place is nobody's."""
    mine = [sub.c.province_code.in_(sorted(scope.provinces))] if scope.provinces else []
    if scope.districts and "district_code" in sub.c:
        mine.append(sub.c.district_code.in_(sorted(scope.districts)))
    return or_(*mine) if mine else literal(1) == 0
