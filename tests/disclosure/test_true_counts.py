"""The counts that decisions are made from are those of the indicators, in a series or alone."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from config.thai_calendar import FiscalYear, Span
from data_access.disclosure import counts, decisions
from data_access.disclosure.decisions import case_of
from data_access.indicators.kernel.definition import Indicator, Median
from data_access.indicators.kernel.engine import IndicatorEngine
from data_access.indicators.kernel.query import Query
from data_access.indicators.registry import INDICATORS
from data_access.snapshot import SnapshotInfo, current, engine

MEDIANS = [one for one in INDICATORS.values() if isinstance(one.measure, Median)]
KEYS = ["area_code", "group", "moment"]
YEAR = FiscalYear(2569)


@pytest.fixture
def info(small_data_dir: Path) -> SnapshotInfo:
    return current(small_data_dir)


@pytest.mark.parametrize("item", MEDIANS, ids=lambda item: item.name)
def test_the_units_behind_a_median_are_counted_without_its_days(
    info: SnapshotInfo, item: Indicator
) -> None:
    query = Query(info.as_of, area="province", span=YEAR.span, over="quarter")
    with engine(info).connect() as connection:
        counter = IndicatorEngine(connection, counts.EVERYTHING)
        whole, quick = counter.raw(item, query), counter.counts(item, query)
    columns = [*KEYS, "numerator", "denominator"]
    frames = [frame[columns].sort_values(KEYS).astype("str") for frame in (whole, quick)]
    assert len(whole)
    pd.testing.assert_frame_equal(
        *(frame.reset_index(drop=True) for frame in frames), check_dtype=False
    )


@pytest.mark.parametrize("name", ["follow_up_on_time", "families_in_care", "days_to_assessment"])
@pytest.mark.parametrize(
    "span", [YEAR.quarter(2), YEAR.span, Span(YEAR.start, YEAR.quarter(1).end)]
)
def test_a_period_counts_the_same_by_itself_and_in_a_series(
    info: SnapshotInfo, name: str, span: Span
) -> None:
    case = case_of(name, span, None, 5, 10)
    query = Query(info.as_of, area="province", span=case.span)
    alone = counts.table(case.names, query, info, case.least, base=case.base)
    for one, other in zip(
        alone.members, decisions.counts(case, "province", info).members, strict=True
    ):
        assert one.top.sum() > 0
        assert np.array_equal(one.top, other.top)
        assert (one.rest is None) == (other.rest is None)
        assert one.rest is None or other.rest is None or np.array_equal(one.rest, other.rest)
        assert np.array_equal(one.extra, other.extra)
