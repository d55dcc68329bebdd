"""Answers questions: one indicator and one question in, one tidy frame of unhidden numbers out.

Hiding is not done here but in `data_access.queries`, the only caller besides derived indicators.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    String,
    Subquery,
    case,
    cast,
    column,
    distinct,
    func,
    literal,
    null,
    or_,
    select,
    values,
)
from sqlalchemy.sql.elements import BindParameter

from config.thai_calendar import Span
from data_access.indicators.definition import (
    Ask,
    Count,
    Derived,
    Indicator,
    Kind,
    Median,
    Ratio,
    Rows,
    Share,
)
from data_access.indicators.question import AREAS, Question
from data_access.scope import Scope
from geo import registers

KEYS = ["area_code", "group", "moment"]
BANGKOK = "10"


class NotAnswerable(ValueError):
    """The indicator cannot be asked for in this way; `wanted` and `offers` say why and what can."""

    def __init__(self, name: str, wanted: str, offers: Sequence[str]) -> None:
        self.name, self.wanted, self.offers = name, wanted, tuple(offers)
        super().__init__(f"{name} cannot be shown by {wanted}; it offers: {', '.join(offers)}")


@dataclass
class Engine:
    """Counts indicators over one open connection, for one scope."""

    connection: Connection
    scope: Scope

    def raw(self, indicator: Indicator, question: Question) -> pd.DataFrame:
        """Numbers per cell before hiding: area_code, group, moment, numerator, denominator, …

        Only cells with something in them; `frame.complete` adds the empty ones.
        A derived indicator may add the column `qualifier`.
        """
        if question.group is not None and question.group not in indicator.breakdowns:
            raise NotAnswerable(indicator.name, question.group, indicator.breakdowns)
        if question.over is not None and not indicator.series:
            raise NotAnswerable(indicator.name, question.over, AREAS)
        if question.not_begun or not_by_district(indicator, question):
            return _nothing()
        match indicator.measure:
            case Derived(compute=compute):
                return compute(self, question)
            case Share(rows=rows):
                return self.count(rows, indicator.kind, question, hits=True)
            case Count(rows=rows):
                counted = self.count(rows, indicator.kind, question)
                return counted.assign(denominator=pd.NA)
            case Ratio(top=top, bottom=bottom):
                return self._ratio(top, bottom, indicator.kind, question)
            case Median(rows=rows, divide=divide):
                return self.medians(rows, indicator.kind, question, divide)

    def statement(self, rows: Rows, kind: Kind, question: Question) -> tuple[Subquery, Select[Any]]:
        """The filtered rows of a measure, and a SELECT of area, group and period over them.

        Callers add their aggregates to the SELECT; it is grouped by its keys already.
        """
        sub = rows(ask_for(question, kind)).subquery("counted")
        by = question.group
        keys: dict[str, ColumnElement[Any]] = {
            "area_code": _area(sub, question),
            "group": sub.c[by] if by and by in sub.c else literal(""),
            "moment": sub.c.moment if "moment" in sub.c else literal(0),
        }
        chosen = select(*[key.label(name) for name, key in keys.items()])
        chosen = chosen.where(*place_filters(sub, question, self.scope))
        varying = [key for key in keys.values() if not isinstance(key, BindParameter)]
        return sub, chosen.group_by(*varying)

    def count(
        self, rows: Rows, kind: Kind, question: Question, *, hits: bool = False
    ) -> pd.DataFrame:
        """Distinct units (or summed weight) per cell as `numerator` — or, with `hits`, those with
        `hit` = 1 as `numerator` and all of them as `denominator`."""
        sub, chosen = self.statement(rows, kind, question)
        if hits:
            numerator = func.count(distinct(case((sub.c.hit == 1, sub.c.unit))))
            chosen = chosen.add_columns(
                numerator.label("numerator"), func.count(distinct(sub.c.unit)).label("denominator")
            )
        elif "weight" in sub.c:
            chosen = chosen.add_columns(func.sum(sub.c.weight).label("numerator"))
        else:
            chosen = chosen.add_columns(func.count(distinct(sub.c.unit)).label("numerator"))
        if "bound" in sub.c:
            chosen = chosen.add_columns(func.max(sub.c.bound).label("bound"))
        frame = self.read(chosen)
        if "bound" in frame:
            frame["qualifier"] = frame.pop("bound").map({1: "more_than"}).fillna("exact")
        return frame

    def medians(self, rows: Rows, kind: Kind, question: Question, divide: str) -> pd.DataFrame:
        """Exact median of `days` per cell, from a histogram (no engine-specific percentile).

        `numerator` counts the units that have `days`, `denominator` all units; `median` is in days
        divided by `divide`, empty where no unit has days.
        """
        sub, chosen = self.statement(rows, kind, question)
        chosen = chosen.add_columns(sub.c.days, func.count(distinct(sub.c.unit)).label("n"))
        frame = self.read(chosen.group_by(sub.c.days))
        cells = []
        for key, histogram in frame.groupby(KEYS, dropna=False):
            known = histogram.dropna(subset=["days"]).sort_values("days")
            days = np.repeat(known["days"].to_numpy("int64"), known["n"].to_numpy("int64"))
            middle = float(np.median(days)) / float(divide) if len(days) else None
            cells.append((*key, len(days), int(histogram["n"].sum()), middle))
        return pd.DataFrame(cells, columns=[*KEYS, "numerator", "denominator", "median"])

    def read(self, statement: Select[Any]) -> pd.DataFrame:
        """The rows of a SELECT as a frame with whole numbers kept whole."""
        result = self.connection.execute(statement)
        frame = pd.DataFrame(result.fetchall(), columns=list(result.keys()))
        for name in ("numerator", "denominator", "moment"):
            if name in frame:
                frame[name] = frame[name].astype("Int64")
        return frame

    def _ratio(self, top: Rows, bottom: Rows, kind: Kind, question: Question) -> pd.DataFrame:
        numerator = self.count(top, kind, question)
        denominator = self.count(bottom, kind, question).rename(
            columns={"numerator": "denominator"}
        )
        keys = list(KEYS)
        if question.group and not _knows(bottom, kind, question, question.group):
            # The denominator knows no such breakdown: each group is set against the whole area.
            keys.remove("group")
            denominator = denominator.drop(columns="group")
        how: Any = "outer" if len(keys) == len(KEYS) else "left"
        both = numerator.merge(denominator, on=keys, how=how)
        for name in ("numerator", "denominator"):
            both[name] = both[name].fillna(0)
        return both


def _knows(rows: Rows, kind: Kind, question: Question, breakdown: str) -> bool:
    """True where the rows of a measure carry the breakdown's column."""
    return breakdown in rows(ask_for(question, kind)).subquery().c


def not_by_district(indicator: Indicator, question: Question) -> bool:
    """True where a district is asked for and the indicator is only known by province."""
    return not indicator.by_district and bool(question.district or question.area == "district")


def last_month_ends(day: date, count: int) -> Span:
    """The period of the last `count` whole months that end on or before the day."""
    month_after = (day + timedelta(days=1)).replace(day=1)
    end = month_after - timedelta(days=1)
    months = month_after.year * 12 + month_after.month - 1 - count
    return Span(date(months // 12, months % 12 + 1, 1), end)


@lru_cache
def provinces_of(region: str) -> tuple[str, ...]:
    """Codes of the provinces of a region."""
    return tuple(p.code for p in registers.provinces() if p.region == region)


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": pd.Series(dtype="str"),
            "group": pd.Series(dtype="str"),
            "moment": pd.Series(dtype="Int64"),
            "numerator": pd.Series(dtype="Int64"),
            "denominator": pd.Series(dtype="Int64"),
        }
    )


def ask_for(question: Question, kind: Kind) -> Ask:
    """The question's period as bound dates, or as a list of periods where a series is asked."""
    if question.over is None:
        period = question.period
        at = period.end if kind is Kind.STOCK else question.as_of
        return Ask(
            literal(period.start, Date),
            literal(period.end, Date),
            literal(at, Date),
            role=question.role,
        )
    rows: list[tuple[int, date, date, date]] = [
        (n, s.start, s.end, s.end if kind is Kind.STOCK else question.as_of)
        for n, s in enumerate(question.periods())
    ]
    listed = (
        values(
            column("moment", Integer),
            column("start_on", Date),
            column("end_on", Date),
            column("at_on", Date),
            name="periods",
        )
        .data(rows)
        .cte("periods")
    )
    return Ask(
        listed.c.start_on,
        listed.c.end_on,
        listed.c.at_on,
        moment=(listed.c.moment.label("moment"),),
        role=question.role,
    )


def _area(sub: Subquery, question: Question) -> ColumnElement[str]:
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
        kept.append(_area(sub, question).is_not(None))
    if not scope.nation:
        kept.append(_inside(sub, scope))
    return kept


def _inside(sub: Subquery, scope: Scope) -> ColumnElement[bool]:
    """Rows of the scope's own provinces and districts; a row without a place is nobody's."""
    mine = [sub.c.province_code.in_(sorted(scope.provinces))] if scope.provinces else []
    if scope.districts and "district_code" in sub.c:
        mine.append(sub.c.district_code.in_(sorted(scope.districts)))
    return or_(*mine) if mine else literal(1) == 0
