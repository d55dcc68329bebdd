"""The units behind a figure, one by one: what `count` counts, for comparing two answers.

Ids of units never leave `data_access`: what is handed out are counts of them.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select

from data_access.indicators.kernel.definition import Count, Indicator, Kind, Ratio, Rows, Share
from data_access.indicators.kernel.engine import IndicatorEngine
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of, place_filters
from data_access.scope import Scope


@dataclass(frozen=True)
class Side:
    """The rows behind a numerator or denominator; with `hits` only those with `hit` = 1 count."""

    rows: Rows
    hits: bool = False


def sides(indicator: Indicator) -> dict[str, Side]:
    """The rows behind each part; empty where the figure is no count of units (a median, a figure
    made of others)."""
    match indicator.measure:
        case Share(rows=rows):
            return {"numerator": Side(rows, hits=True), "denominator": Side(rows)}
        case Ratio(top=top, bottom=bottom):
            return {"numerator": Side(top), "denominator": Side(bottom)}
        case Count(rows=rows):
            return {"numerator": Side(rows)}
    return {}


def units(engine: IndicatorEngine, side: Side, kind: Kind, query: Query) -> pd.DataFrame:
    """One row per unit of the query's area: `unit` (as text, the index), `client` (who is behind
    it, the unit itself where the rows do not say), `weight` (what it adds to the part; 0 without
    a hit)."""
    result = engine.connection.execute(_statement(side, kind, query, engine.scope))
    frame = pd.DataFrame([tuple(row) for row in result], columns=["unit", "client", "weight"])
    frame["weight"] = frame["weight"].fillna(0).astype("int64")
    return frame.dropna(subset=["unit"]).set_index("unit")


def _statement(side: Side, kind: Kind, query: Query, scope: Scope) -> Select[Any]:
    sub = side.rows(periods_of(query, kind)).subquery("counted")
    unit = cast(sub.c.unit, String)
    client = func.min(cast(sub.c.client, String)) if "client" in sub.c else unit
    if side.hits:
        weight: ColumnElement[int] = func.max(sub.c.hit)
    elif "weight" in sub.c:
        weight = func.sum(sub.c.weight)
    else:
        weight = func.max(literal(1))
    columns = (unit.label("unit"), client.label("client"), weight.label("weight"))
    chosen: Any = select(*columns)
    return chosen.where(*place_filters(sub, query, scope)).group_by(unit)
