"""Areas that have sent nothing for months: what is said of them is old, not good or bad."""

from typing import Any

import pandas as pd
from sqlalchemy import Select, distinct, func, select, union_all

from config.thai_calendar import month_of
from config.thresholds import threshold
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import area_of, place_filters
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine

COLUMNS = ["area_code", "latest", "months"]


def silent_areas(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """The areas without any record for `silent_months` whole months or more, longest first.

    Columns area_code, latest (the first day of the month of the newest record: a case opened, a
    visit done) and months (whole calendar months since then, up to the as-of date). Districts where
    the query is by district, else provinces. An area with fewer cases than are told apart is not
    among them; one that never had a case sends nothing and is not silent.
    """
    by_area = query if query.area in ("province", "district") else query.but(area="province")
    with engine(snapshot).connect() as connection:
        cells = [tuple(row) for row in connection.execute(_newest(by_area, scope))]
    found = pd.DataFrame(cells, columns=["area_code", "latest"])
    latest = pd.to_datetime(found["latest"])
    last = month_of(query.as_of)
    whole = last.start.year * 12 + last.start.month - (last.end > query.as_of)
    found["months"] = (whole - latest.dt.year * 12 - latest.dt.month).astype("Int64")
    # A day would tell when one family was visited.
    found["latest"] = [day.replace(day=1).date() for day in latest]
    silent = found[found["months"] >= threshold("silent_months").value]
    order = silent.sort_values(["months", "area_code"], ascending=[False, True])
    return order[COLUMNS].reset_index(drop=True)


def _newest(query: Query, scope: Scope) -> Select[str, Any]:
    cases, visits = SNAPSHOT["cases"], SNAPSHOT["follow_ups"]
    records = union_all(
        *[
            select(table.c.case_id, table.c.province_code, table.c.district_code, day.label("day"))
            for table, day in ((cases, cases.c.opened_on), (visits, visits.c.done_on))
        ]
    ).subquery("records")
    area = area_of(records, query)
    plain = query.but(target_group=None)
    return (
        select(area.label("area_code"), func.max(records.c.day).label("latest"))
        .where(records.c.day <= query.as_of, *place_filters(records, plain, scope))
        .group_by(area)
        .having(func.count(distinct(records.c.case_id)) >= max(scope.hide_below, 1))
    )
