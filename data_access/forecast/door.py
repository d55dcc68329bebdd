"""Forecasts of areas with their errors: whose may be shown, and which are withheld. A door.

Intake and closing by month are tables that nobody is offered at the public level but for the whole
country: a forecast is shown for the country and inside the reader's own provinces, as the tables of
one page are (`docs/disclosure.md`). So no hidden count can be read out of one.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, extract, func, select

from config.thai_calendar import month_of
from data_access import queries
from data_access.forecast.flows import Flows, flows, last_whole_month, month_end
from data_access.forecast.model import (
    AHEAD,
    FEWEST_MONTHS,
    LEVELS,
    MONTHS,
    BackTest,
    back_test,
    forecast,
)
from data_access.indicators.definitions import caseload, families
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import place_filters
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, read_frame
from data_access.status import Status
from geo import levels, registers

COLUMNS = [
    "area_code", "month_end", "ahead", "open_cases", *LEVELS, "families", "need", "need_low",
    "need_high",
]  # fmt: skip
SUMMARY = [
    "area_code", "now", "then", "low_80", "high_80", "need", "need_low", "need_high", "managers",
    "error", "no_change", "withheld",
]  # fmt: skip
PUBLIC_LEVEL, NO_CASES, SHORT, WORSE = "public_level", "no_cases", "short_record", "worse"


@dataclass(frozen=True)
class _Area:
    """What is known of one area: its flows, the test, families per open case, people in post."""

    code: str
    now: Flows | None = None
    then: Flows | None = None
    test: BackTest | None = None
    families_per_case: float = 0.0
    managers: int | None = None
    why_not: str = ""


def ahead(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Open cases at month-ends: the last 24 as they were, the coming 12 as estimated: `COLUMNS`.

    `ahead` is the number of months after the last whole month (0: that one, negative: before).
    Estimates have intervals (`low_95` … `high_95`); `need` is how many case managers the `families`
    ask for at the norm, with the edges of the 80 % interval. Of the narrowest province, region or
    country that the query names: withheld (`ahead_errors`) it has no estimate, and where it may not
    be shown there is no row.
    """
    rows = _rows(_areas(query, scope, snapshot)[0])
    frame = pd.DataFrame(rows, columns=COLUMNS)
    whole = ["ahead", "need", "need_low", "need_high"]
    numbers = ["open_cases", *LEVELS, "families"]
    return frame.astype({**dict.fromkeys(whole, "Int64"), **dict.fromkeys(numbers, "Float64")})


def ahead_errors(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The area of `ahead` first, then its provinces, a row each: `SUMMARY`.

    `now` and, in twelve months, `then` are open cases; `managers` are case managers in post.
    `error` is how far a forecast made twelve months ago was off on average over the months since,
    `no_change` how far it would have been to say that nothing changes. `withheld` says why there is
    no estimate: `public_level`, `no_cases`, `short_record`, or `worse` than no change.
    """
    frame = pd.DataFrame([_summary(a) for a in _areas(query, scope, snapshot)], columns=SUMMARY)
    whole = ["now", "need", "need_low", "need_high", "managers"]
    numbers = ["then", "low_80", "high_80", "error", "no_change"]
    return frame.astype({**dict.fromkeys(whole, "Int64"), **dict.fromkeys(numbers, "Float64")})


@lru_cache(maxsize=64)
def _areas(query: Query, scope: Scope, snapshot: SnapshotInfo) -> tuple[_Area, ...]:
    last = last_whole_month(query.as_of)
    counts = read_frame(_counts(query, scope), snapshot)
    held, staff = (
        _by_area(name, query, last, scope, snapshot)
        for name in (families.FAMILIES_IN_CARE.name, caseload.FAMILIES_PER_CASE_MANAGER.name)
    )
    found = []
    for code in _codes(query):
        if not _permitted(scope, code, query.base) or code not in held.index:
            found.append(_Area(code, why_not=PUBLIC_LEVEL))
            continue
        inside = [p for p in levels.members(code, "province") if query.base == 77 or p != "10"]
        mine = counts[counts["province_code"].isin(inside)]
        one = _area(code, mine, last, held.loc[code])
        people = staff["denominator"].get(code)
        found.append(replace(one, managers=None if pd.isna(people) else int(people)))
    return tuple(found)


def _area(code: str, counts: pd.DataFrame, last: int, in_care: pd.Series) -> _Area:
    """One area with its back-test; withheld where there is nothing or too little to learn from."""
    if in_care["status"] == Status.HIDDEN:
        return _Area(code, why_not=PUBLIC_LEVEL)
    now, then, before = (flows(counts, last - years * AHEAD) for years in range(3))
    if now is None or not now.stock[-1]:
        return _Area(code, why_not=NO_CASES)
    ratio = float(in_care["numerator"]) / float(now.stock[-1])
    if then is None or len(then.intake) < FEWEST_MONTHS:
        return _Area(code, now, families_per_case=ratio, why_not=SHORT)
    test = back_test(before, then, now)
    return _Area(code, now, then, test, ratio, why_not=WORSE if test.is_worse else "")


def _rows(area: _Area) -> list[tuple[object, ...]]:
    if area.now is None:
        return []
    past = area.now.stock[-(MONTHS + 1) :]
    begin = area.now.last - len(past) + 1
    rows: list[tuple[object, ...]] = [
        (area.code, month_end(begin + n), n - len(past) + 1, float(cases), *[None] * 8)
        for n, cases in enumerate(past)
    ]
    if area.why_not:
        return rows
    said = forecast(area.now, area.then, area.code)
    for step in range(AHEAD):
        edges = {level: float(values[step]) for level, values in said.edges.items()}
        expected = float(said.expected[step])
        day = month_end(area.now.last + step + 1)
        need = _need(area, expected, edges)
        held = expected * area.families_per_case
        rows.append((area.code, day, step + 1, expected, *edges.values(), held, *need))
    return rows


def _summary(area: _Area) -> tuple[object, ...]:
    now = int(area.now.stock[-1]) if area.now is not None else None
    errors = (area.test.error, area.test.no_change) if area.test else (None, None)
    if area.why_not or area.now is None:
        return (area.code, now, *[None] * 6, area.managers, *errors, area.why_not)
    said = forecast(area.now, area.then, area.code)
    edges = {level: float(values[-1]) for level, values in said.edges.items()}
    expected = float(said.expected[-1])
    between = (edges["low_80"], edges["high_80"])
    need = _need(area, expected, edges)
    return (area.code, now, expected, *between, *need, area.managers, *errors, "")


def _need(area: _Area, expected: float, edges: dict[str, float]) -> tuple[int, int, int]:
    """Case managers for the families of so many open cases, and for the 80 % interval."""
    cases = (expected, edges["low_80"], edges["high_80"])
    need = [ceil(round(x * area.families_per_case, 6) / caseload.norm()) for x in cases]
    return need[0], need[1], need[2]


def _counts(query: Query, scope: Scope) -> Select[Any]:
    """Cases by province, month of opening and month of closing (empty while open)."""
    cases = SNAPSHOT["cases"]
    over = and_(cases.c.closed_on.is_not(None), cases.c.closed_on <= query.as_of)
    rows = (
        select(
            cases.c.province_code,
            _month(cases.c.opened_on).label("opened"),
            case((over, _month(cases.c.closed_on))).label("closed"),
        )
        .where(cases.c.opened_on <= query.as_of)
        .subquery("rows")
    )
    inside = place_filters(rows, query.but(area="province"), scope)
    return (
        select(*rows.c, func.count().label("cases"))
        .where(*inside)
        .group_by(*rows.c)
        .order_by(*rows.c)
    )


def _month(day: ColumnElement[Any]) -> ColumnElement[Any]:
    return extract("year", day) * 12 + extract("month", day) - 1


def _codes(query: Query) -> tuple[str, ...]:
    """The area asked for, then the provinces in it where it is wider than one."""
    whole = query.narrowest
    inside = levels.members(whole, "province")
    counted = [code for code in inside if query.base == 77 or code != registers.BANGKOK]
    return (whole, *(code for code in counted if code != whole))


def _by_area(
    name: str, query: Query, last: int, scope: Scope, snapshot: SnapshotInfo
) -> pd.DataFrame:
    """An indicator at the end of the last whole month, by area code, as the door shows it."""
    span = month_of(month_end(last))
    whole = levels.level_of(query.narrowest).name
    asked = Query(as_of=query.as_of, over="month", span=span, base=query.base)
    frames = []
    for level in dict.fromkeys((whole, "province")):
        # All areas of a level are asked at once: small counts are hidden with an eye on all.
        by_level = asked.but(area=level)
        frames.append(queries.indicator(name, by_level, scope=scope, snapshot=snapshot))
    return pd.concat(frames).set_index("area_code")


def _permitted(scope: Scope, code: str, base: int) -> bool:
    """The country, and what is wholly the reader's own; without Bangkok it would tell Bangkok."""
    if not scope.sees(code):
        return False
    if scope.reveal or scope.hide_below <= 1:
        return True
    if code == registers.COUNTRY and base == 77:
        return True
    return all(scope.owns_province(one) for one in levels.members(code, "province"))
