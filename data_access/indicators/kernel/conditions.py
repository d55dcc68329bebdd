"""SQL conditions that several areas share: what "open", "in post" and "assigned" mean on a day."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, case, or_, select


def open_on(cases: FromClause, at: ColumnElement[date]) -> ColumnElement[bool]:
    """The case is open on the day: opened by then and not closed by then (closed on it: closed)."""
    return and_(cases.c.opened_on <= at, or_(cases.c.closed_on.is_(None), cases.c.closed_on > at))


def covers(
    period: FromClause, at: ColumnElement[date], start: str = "start_on", end: str = "end_on"
) -> ColumnElement[bool]:
    """The period (both ends inclusive, an empty end = still going) covers the day."""
    return and_(period.c[start] <= at, or_(period.c[end].is_(None), period.c[end] >= at))


def within(
    column: ColumnElement[date], start: ColumnElement[date], end: ColumnElement[date]
) -> ColumnElement[bool]:
    """The date lies in the period, both ends inclusive."""
    return and_(column >= start, column <= end)


def same_moment(left: FromClause, right: FromClause) -> list[ColumnElement[bool]]:
    """The condition that two measures speak of one period, where a series is asked for."""
    return [left.c.moment == right.c.moment] if "moment" in left.c else []


def with_hits(rows: Subquery, hits: Subquery, key: str) -> Select[Any]:
    """`rows` with `key` as `unit`; `hit` = 1 where `hits` has the same key in the same period."""
    same = and_(rows.c[key] == hits.c[key], *same_moment(rows, hits))
    return select(
        rows.c[key].label("unit"),
        *[c for c in rows.c if c.name != key],
        case((hits.c[key].is_not(None), 1), else_=0).label("hit"),
    ).select_from(rows.outerjoin(hits, same))
