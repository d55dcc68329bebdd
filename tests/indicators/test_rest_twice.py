"""Indicators beyond the core computed twice on small random worlds: our SQL and plain pandas agree.

Three worlds, so that each snapshot holds only what its indicators read.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data_access import queries
from data_access.indicators import registry
from data_access.indicators.kernel.engine import with_default_breakdown
from data_access.indicators.kernel.query import Query
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.indicators import oracles_casework, oracles_network, oracles_training
from tests.indicators.oracle_cells import Oracle, World, answer, periods
from tests.indicators.oracle_rows import differing, world
from tests.indicators.random_worlds import (
    Tables,
    casework,
    network,
    posts,
    random_queries,
    trainings,
    volunteers,
)
from tests.support.world import make

NATION = Scope(nation=True, reveal=True)
STAFF = st.sampled_from(["case_manager", "lao_practitioner", "social_worker_assistant"])
TWICE = settings(
    max_examples=3,
    phases=[Phase.generate],  # making a failing world smaller takes minutes and tells little more
    suppress_health_check=[HealthCheck.too_slow],
)
LAST_DAY = date(2026, 9, 30)
Folder = pytest.TempPathFactory


def loaded(folder: Folder, *parts: Tables) -> tuple[SnapshotInfo, World]:
    """A snapshot in which every table is present, and the same tables as frames."""
    tables: Tables = {name: [] for name in EXCHANGE_TABLES}
    for part in parts:
        tables |= part
    return make(folder.mktemp("twice"), tables), world(tables)


def chosen(name: str, data: st.DataObject) -> list[Query]:
    """Two questions that the indicator can answer: the year so far, and any other."""
    indicator = registry.get(name)
    any_other = data.draw(random_queries(), label=name)
    group = data.draw(st.sampled_from([None, *indicator.breakdowns]), label=name)
    over = any_other.over if any_other.over in indicator.series else None
    if over == "fiscal_year":  # of whole years: a quarter's year would be cut off
        any_other = any_other.but(span=None)
    if not indicator.by_district:
        any_other = any_other.but(district=None)
        if any_other.area == "district":
            any_other = any_other.but(area="province")
    pair = [Query(LAST_DAY, breakdown=group), any_other.but(breakdown=group, over=over)]
    return [with_default_breakdown(indicator, query) for query in pair]


def check(oracles: dict[str, Oracle], info: SnapshotInfo, raw: World, data: st.DataObject) -> None:
    for name, oracle in oracles.items():
        for query in chosen(name, data):
            frame = queries.indicator(name, query, scope=NATION, snapshot=info)
            wrong = differing(frame, answer(oracle, raw, query, frame["group"].unique()))
            assert wrong.empty, f"{name} {query}\n{wrong.to_string()}"


def check_median(frame: pd.DataFrame, expected: list[tuple[list[int], int]], divide: float) -> None:
    for row, (days, every) in zip(frame.itertuples(), expected, strict=True):
        assert (row.numerator, row.denominator) == (len(days), every), frame.to_string()
        if days:
            assert row.value == pytest.approx(float(np.median(days)) / divide)
        else:
            assert row.status == "no_data"


@pytest.mark.slow
@TWICE
@given(cases=casework(), staff=posts(st.just("social_worker_assistant")), data=st.data())
def test_casework_is_counted_alike_by_sql_and_by_pandas(
    tmp_path_factory: Folder, cases: Tables, staff: Tables, data: st.DataObject
) -> None:
    info, raw = loaded(tmp_path_factory, cases, staff)
    check(oracles_casework.ORACLES, info, raw, data)


@pytest.mark.slow
@TWICE
@given(cases=network(), helpers=volunteers(), cohorts=trainings(), data=st.data())
def test_the_network_is_counted_alike_by_sql_and_by_pandas(
    tmp_path_factory: Folder, cases: Tables, helpers: Tables, cohorts: Tables, data: st.DataObject
) -> None:
    info, raw = loaded(tmp_path_factory, cases, helpers, cohorts)
    check(oracles_network.ORACLES, info, raw, data)


@pytest.mark.slow
@TWICE
@given(cohorts=trainings(), staff=posts(STAFF), helpers=volunteers(), data=st.data())
def test_training_is_counted_alike_by_sql_and_by_pandas(
    tmp_path_factory: Folder, cohorts: Tables, staff: Tables, helpers: Tables, data: st.DataObject
) -> None:
    info, raw = loaded(tmp_path_factory, cohorts, staff, helpers)
    check(oracles_training.ORACLES, info, raw, data)
    query = data.draw(random_queries(), label="months_since_training")
    query = Query(query.as_of, over=query.over, role=query.role)
    frame: Any = queries.indicator("months_since_training", query, scope=NATION, snapshot=info)
    ends = [min(end, query.as_of) for _, end in periods(query)]
    expected = [oracles_training.days_since_training(raw, query, end) for end in ends]
    check_median(frame, expected, 30.4375)
