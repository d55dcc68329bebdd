"""Answers questions: one indicator and one query in, one tidy frame of unhidden numbers out.

Hiding is not done here but in `data_access.queries`, the only caller besides derived indicators.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    case,
    distinct,
    func,
    literal,
    select,
)
from sqlalchemy.sql.elements import BindParameter

from config.thai_calendar import Span
from data_access.filters import Filter, filters_of
from data_access.indicators.kernel import cube
from data_access.indicators.kernel.cells import (
    KEYS,
    quantiles,
    waiting_quantiles,
    without_denominator,
)
from data_access.indicators.kernel.cube_statement import DAYS
from data_access.indicators.kernel.cube_sums import as_answer
from data_access.indicators.kernel.definition import (
    Count,
    Derived,
    Indicator,
    Kind,
    Median,
    Ratio,
    Rows,
    Share,
    holds_each_once,
)
from data_access.indicators.kernel.query import AREAS, Query
from data_access.indicators.kernel.sql_periods import area_of, periods_of, place_filters
from data_access.schema.codes import UNKNOWN, codes_of
from data_access.schema.derived import load_tables
from data_access.scope import Scope

# Reasons of filters that an indicator gives no number for.
NOT_BY: dict[Filter, str] = {
    Filter.TARGET_GROUP: "not_by_target_group",
    Filter.DISTRICT: "not_by_district",
    Filter.PROVINCE: "nationwide_only",
    Filter.REGION: "nationwide_only",
    Filter.ROLE: "not_by_role",
}
CLIENTS = ("numerator_clients", "denominator_clients")  # for hiding only, never handed out


class NotAnswerable(ValueError):
    """The indicator cannot be asked for in this way; `wanted` and `offers` say why and what can."""

    def __init__(self, name: str, expectation: str, offers: Sequence[str]) -> None:
        self.name, self.wanted, self.offers = name, expectation, tuple(offers)
        super().__init__(f"{name} cannot be shown by {expectation}; it offers: {', '.join(offers)}")


@dataclass
class IndicatorEngine:
    """Counts indicators over one open connection, for one scope.

    With `anew` every question counts the rows that this connection sees, and no cells that another
    one counted before: needed where a temporary table stands before one of the snapshot.
    """

    connection: Connection
    scope: Scope
    anew: bool = False

    def raw(self, indicator: Indicator, query: Query) -> pd.DataFrame:
        """Numbers per cell before hiding: area_code, group, moment, numerator, denominator, …

        Only cells with something in them; `frame.complete` adds the empty ones.
        A derived indicator may add the column `qualifier`.
        """
        query = with_default_breakdown(indicator, query)
        if query.breakdown is not None and query.breakdown not in indicator.breakdowns:
            raise NotAnswerable(indicator.name, query.breakdown, indicator.breakdowns)
        if query.over is not None and query.over not in indicator.series:
            raise NotAnswerable(indicator.name, query.over, [*AREAS, *indicator.series])
        if self.why_not(indicator, query):
            return _nothing()
        match indicator.measure:
            case Derived(compute=compute):
                return compute(self, query)
            case Share(rows=rows, unknown_reason=reason):
                return _without_numerator(
                    self.count(rows, indicator.kind, query, hits=True), reason
                )
            case Count(rows=rows):
                return without_denominator(self.count(rows, indicator.kind, query))
            case Ratio(top=top, bottom=bottom):
                return self._ratio(top, bottom, indicator.kind, query)
            case Median() as median:
                return self.medians(median, indicator.kind, query)

    def why_not(self, indicator: Indicator, query: Query) -> str:
        """Reason code why no cell can have a value, whatever the rows say; empty where they can."""
        if query.not_begun:
            return "not_begun"
        if refused := indicator.refused_filters(filters_of(query)):
            return NOT_BY[refused[0]]
        if query.area == "district" and not indicator.by_district:
            return NOT_BY[Filter.DISTRICT]
        if indicator.needs:
            present = select(load_tables.c.table_name).where(load_tables.c.present.is_(True))
            if set(indicator.needs) - set(self.connection.execute(present).scalars()):
                return "table_missing"
        return ""

    def statement(self, rows: Rows, kind: Kind, query: Query) -> tuple[Subquery, Select[Any]]:
        """The filtered rows of a measure, and a SELECT of area, group and period over them.

        Callers add their aggregates to the SELECT; it is grouped by its keys already.
        """
        sub = rows(periods_of(query, kind)).subquery("counted")
        by = query.breakdown
        keys: dict[str, ColumnElement[Any]] = {
            "area_code": area_of(sub, query),
            "group": sub.c[by] if by and by in sub.c else literal(""),
            "moment": sub.c.moment if "moment" in sub.c else literal(0),
        }
        chosen = select(*[key.label(name) for name, key in keys.items()])
        chosen = chosen.select_from(sub).where(*place_filters(sub, query, self.scope))
        varying = [key for key in keys.values() if not isinstance(key, BindParameter)]
        return sub, chosen.group_by(*varying)

    def count(self, rows: Rows, kind: Kind, query: Query, *, hits: bool = False) -> pd.DataFrame:
        """Distinct units (or summed weight) per cell as `numerator` — or, with `hits`, those with
        `hit` = 1 as `numerator` and all of them as `denominator`."""
        frame = self._of_cube(rows, kind, query, hits=hits)
        if frame is None:
            frame = self._of_rows(rows, kind, query, hits=hits)
        if "bound" in frame:
            frame["qualifier"] = frame.pop("bound").map({1: "more_than"}).fillna("exact")
        return frame

    def _of_cube(self, rows: Rows, kind: Kind, query: Query, *, hits: bool) -> pd.DataFrame | None:
        """The cells of `count` as sums of a cube; None where they have to be counted."""
        kept = None if self.anew else cube.count(self.connection, self.scope, rows, kind, query)
        if kept is None:
            return None
        return _tidy(as_answer(kept, hits=hits))

    def _of_rows(self, rows: Rows, kind: Kind, query: Query, *, hits: bool) -> pd.DataFrame:
        """The cells of `count`, counted from the rows."""
        sub, chosen = self.statement(rows, kind, query)
        once = holds_each_once(rows)
        units = func.count() if once else func.count(distinct(sub.c.unit))
        if hits:
            hit = case((sub.c.hit == 1, sub.c.unit))
            numerator = func.count(hit) if once else func.count(distinct(hit))
            chosen = chosen.add_columns(numerator.label("numerator"), units.label("denominator"))
        elif "weight" in sub.c:
            chosen = chosen.add_columns(func.sum(sub.c.weight).label("numerator"))
        else:
            chosen = chosen.add_columns(units.label("numerator"))
        if "client" in sub.c:
            who = func.count(distinct(sub.c.client))
            if hits:
                chosen = chosen.add_columns(
                    func.count(distinct(case((sub.c.hit == 1, sub.c.client)))).label(CLIENTS[0])
                )
            chosen = chosen.add_columns(who.label(CLIENTS[1] if hits else CLIENTS[0]))
        if "bound" in sub.c:
            chosen = chosen.add_columns(func.max(sub.c.bound).label("bound"))
        if hits and "known" in sub.c:
            chosen = chosen.add_columns(func.max(sub.c.known).label("known"))
        return self.read(chosen)

    def medians(self, median: Median, kind: Kind, query: Query) -> pd.DataFrame:
        """Exact quantile of `days` per cell, from a histogram (no engine-specific percentile).

        `numerator` counts the units that have `days`, `denominator` all units; `median` is in days
        divided by `divide`, empty where no unit has days.
        """
        frame = self._histogram(median.rows, kind, query)
        if "reached" in frame:
            return waiting_quantiles(frame, median.quantile, median.divide)
        return quantiles(frame, median.quantile, median.divide)

    def _histogram(self, rows: Rows, kind: Kind, query: Query) -> pd.DataFrame:
        """The units `n` of each cell by their `days` (and `reached`)."""
        kept = None if self.anew else cube.count(self.connection, self.scope, rows, kind, query)
        if kept is not None:
            days = [name for name in DAYS if name in kept]
            return _tidy(kept[[*KEYS, *days, "units"]].rename(columns={"units": "n"}))
        sub, chosen = self.statement(rows, kind, query)
        keys = [sub.c.days, *([sub.c.reached] if "reached" in sub.c else [])]
        chosen = chosen.add_columns(*keys, func.count(distinct(sub.c.unit)).label("n"))
        return self.read(chosen.group_by(*keys))

    def counts(self, indicator: Indicator, query: Query) -> pd.DataFrame:
        """As `raw`, but of a median only the units behind it."""
        match indicator.measure:
            case Median() as median if not self.why_not(indicator, query):
                histogram = self._histogram(median.rows, indicator.kind, query)
                there = (
                    histogram["reached"] == 1
                    if "reached" in histogram
                    else histogram["days"].notna()
                )
                cells = histogram.assign(
                    numerator=histogram["n"].where(there, 0), denominator=histogram["n"]
                )
                summed = cells.groupby(KEYS, as_index=False, observed=True)
                return summed[["numerator", "denominator"]].sum()
        return self.raw(indicator, query)

    def read(self, statement: Select[Any]) -> pd.DataFrame:
        """The cells of a SELECT as a frame: whole numbers kept whole, empty groups named."""
        result = self.connection.execute(statement)
        # Plain tuples: pandas asks every cell of an SQLAlchemy row whether it is a named tuple.
        rows = [tuple(row) for row in result.fetchall()]
        frame = pd.DataFrame(rows, columns=list(result.keys()))
        return _tidy(frame)

    def _ratio(self, top: Rows, bottom: Rows, kind: Kind, query: Query) -> pd.DataFrame:
        numerator = self.count(top, kind, query)
        denominator = self.count(bottom, kind, query)
        denominator.columns = denominator.columns.str.replace("numerator", "denominator")
        group = query.breakdown
        if group and not _knows(bottom, kind, query, group):
            # The denominator knows no such breakdown: each group is set against the whole area.
            groups = {*codes_of(group), *numerator["group"]}
            denominator = denominator.drop(columns="group").merge(
                pd.DataFrame({"group": sorted(groups)}, dtype="str"), how="cross"
            )
        both = numerator.merge(denominator, on=KEYS, how="outer")
        for name in ("numerator", "denominator"):
            both[name] = both[name].fillna(0)
        return both


def _tidy(frame: pd.DataFrame) -> pd.DataFrame:
    """Cells with whole numbers kept whole and empty groups named."""
    frame["group"] = frame["group"].fillna(UNKNOWN).astype("str")
    frame["area_code"] = frame["area_code"].astype("str")
    for name in ("numerator", "denominator", "moment", "n", "days"):
        if name in frame:
            frame[name] = frame[name].astype("Int64")
    return frame


def _knows(rows: Rows, kind: Kind, query: Query, breakdown: str) -> bool:
    """True where the rows of a measure carry the breakdown's column."""
    return breakdown in rows(periods_of(query, kind)).subquery().c


def with_default_breakdown(indicator: Indicator, query: Query) -> Query:
    """The query, with the breakdown that the indicator has no meaning without."""
    if query.breakdown is None and indicator.always_by:
        return query.but(breakdown=indicator.always_by)
    return query


def last_month_ends(day: date, count: int) -> Span:
    """The period of the last `count` whole months that end on or before the day."""
    month_after = (day + timedelta(days=1)).replace(day=1)
    end = month_after - timedelta(days=1)
    months = month_after.year * 12 + month_after.month - 1 - count
    return Span(date(months // 12, months % 12 + 1, 1), end)


def _without_numerator(cells: pd.DataFrame, reason: str) -> pd.DataFrame:
    """The cells of a share, without a numerator where nothing in them is `known`."""
    if "known" not in cells:
        return cells
    lost = cells.pop("known") == 0
    reasons = pd.Series(pd.NA, index=cells.index, dtype="str").mask(lost, reason)
    return cells.assign(numerator=cells["numerator"].mask(lost), reason=reasons)


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
