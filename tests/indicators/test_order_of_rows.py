"""No answer depends on the order in which rows lie in the snapshot's file.

A list that says no order comes as the file lies, and a refresh may write it otherwise.
"""

import shutil
from dataclasses import replace
from datetime import date

import duckdb
import pytest
from sqlalchemy import select

from config.thai_calendar import FiscalYear
from data_access import listings
from data_access.breakdowns import BREAKDOWNS
from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from data_access.listings import LISTINGS
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine

NATION = Scope(nation=True, reveal=True)
YEAR = Query(date(2026, 9, 30), span=FiscalYear(2569).span)


@pytest.fixture(scope="module")
def shuffled(dense: SnapshotInfo, tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    """The same tables, each with its rows in another order."""
    path = tmp_path_factory.mktemp("shuffled") / "shuffled.duckdb"
    shutil.copy(dense.path, path)
    with duckdb.connect(str(path)) as con:
        # One thread keeps the order that is asked for.
        con.execute("SET threads = 1")
        for (table,) in con.execute("SHOW TABLES").fetchall():
            con.execute(f"CREATE TABLE other AS SELECT * FROM {table} t ORDER BY hash(t::TEXT)")
            con.execute(f"DROP TABLE {table}")
            con.execute(f"ALTER TABLE other RENAME TO {table}")
    return replace(dense, path=path)


@pytest.mark.parametrize("area", ["country", "province"])
@pytest.mark.parametrize(
    "names", [LISTINGS, registry.INDICATORS, BREAKDOWNS], ids=["lists", "indicators", "breakdowns"]
)
def test_an_answer_is_the_same_however_the_rows_lie(
    dense: SnapshotInfo, shuffled: SnapshotInfo, names: dict[str, object], area: str
) -> None:
    query = YEAR.but(area=area)
    differing = []
    for name in names:
        one, other = (
            listings.answer(name, query, scope=NATION, snapshot=snapshot).frame
            for snapshot in (dense, shuffled)
        )
        if not one.equals(other):
            differing.append(name)
    assert not differing


def test_the_rows_do_lie_in_another_order(dense: SnapshotInfo, shuffled: SnapshotInfo) -> None:
    first = select(SNAPSHOT["cases"].c.case_id).limit(20)
    ids = []
    for snapshot in (dense, shuffled):
        with engine(snapshot).connect() as connection:
            ids.append(connection.execute(first).all())
    assert ids[0] != ids[1]
