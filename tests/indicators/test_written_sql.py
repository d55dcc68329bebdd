"""The SQL that pages show beside a figure runs as it is written and gives the figure."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection

from data_access import queries
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Count, Derived, Median, Ratio, Share
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.render_sql import sql
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine
from tests.support.folder import SMALL
from tests.support.world import make

QUESTION = Query(date(2026, 9, 30))
WRITTEN = [n for n, item in registry.INDICATORS.items() if not isinstance(item.measure, Derived)]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    """A world in which every table is present and few have rows."""
    tables = {name: SMALL.get(name, []) for name in EXCHANGE_TABLES}
    return make(tmp_path_factory.mktemp("written"), tables)


@pytest.mark.parametrize("name", WRITTEN)
def test_an_indicator_written_as_sql_runs_and_counts_the_same(
    small: SnapshotInfo, name: str
) -> None:
    indicator = registry.get(name)
    parts = sql(indicator, QUESTION)
    with engine(small).connect() as connection:
        counted = {part: _units(connection, text) for part, text in parts.items()}
    frame = queries.indicator(name, QUESTION, scope=Scope(nation=True, reveal=True), snapshot=small)
    numerator = frame["numerator"].fillna(0).sum()
    match indicator.measure:
        case Ratio():
            assert counted["numerator"][0] == numerator
        case Share():
            assert counted["rows"] == (frame["denominator"].fillna(0).sum(), numerator)
        case Count():
            assert counted["rows"][0] == numerator
        case Median():
            assert counted["rows"][0] == frame["denominator"].fillna(0).sum()


def _units(connection: Connection, text: str) -> tuple[int, int]:
    """Distinct units, or their summed weight, and those of them with `hit` = 1."""
    answer = connection.exec_driver_sql(text)
    rows = pd.DataFrame([tuple(row) for row in answer], columns=list(answer.keys()))
    hits = rows.loc[rows["hit"] == 1, "unit"] if "hit" in rows else rows["unit"]
    if "weight" in rows:
        return int(rows["weight"].fillna(0).sum()), 0
    return rows["unit"].nunique(), hits.nunique()
