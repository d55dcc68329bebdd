"""Waiting times and what pages break down: SQL and plain pandas agree on small random worlds."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data_access import queries, survival
from data_access.breakdowns import BREAKDOWNS
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.kernel.engine import with_default_breakdown
from data_access.indicators.kernel.query import Query
from tests.indicators import oracles_breakdowns, oracles_waiting
from tests.indicators.conftest import NATION
from tests.indicators.oracle_cells import answer
from tests.indicators.oracle_rows import differing
from tests.indicators.oracles_waiting import first_day, waiting_answer
from tests.indicators.random_worlds import (
    DAY,
    Tables,
    network,
    posts,
    random_queries,
    table,
    trainings,
    volunteers,
)
from tests.indicators.test_rest_twice import STAFF, loaded

TWICE = settings(
    max_examples=3,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
Folder = pytest.TempPathFactory
LAST_DAY = date(2026, 9, 30)
FIGURES = ["volunteers", "case_managers", "families", "cases", "lao_practitioners_trained", "norm"]


def asked(definition: Indicator, data: st.DataObject) -> list[Query]:
    """The year so far, and any other query that the definition can answer."""
    other = data.draw(random_queries(), label=definition.name)
    over = other.over if other.over in definition.series else None
    if over == "fiscal_year":
        other = other.but(span=None)
    group = data.draw(st.sampled_from([None, *definition.breakdowns]), label=definition.name)
    pair = [Query(LAST_DAY, breakdown=group), other.but(breakdown=group, over=over, role=None)]
    return [with_default_breakdown(definition, query) for query in pair]


@pytest.mark.slow
@TWICE
@given(cases=network(), data=st.data())
def test_waiting_times_agree_at_all_levels_and_in_all_series(
    tmp_path_factory: Folder, cases: Tables, data: st.DataObject
) -> None:
    info, raw = loaded(tmp_path_factory, cases)
    every = {**oracles_waiting.WAITING, **oracles_waiting.WAITING_BREAKDOWNS}
    for name, oracle in every.items():
        for query in asked(queries.definition_of(name), data):
            frame = queries.answer(name, query, scope=NATION, snapshot=info).frame
            if not query.not_begun:
                frame = frame[frame["period_start"] <= query.as_of]
                expected = waiting_answer(oracle, raw, query, frame["group"].unique())
                wrong = differing(frame, expected)
                assert wrong.empty, f"{name} {query}\n{wrong.to_string()}"
    for name, shares in oracles_waiting.ORACLES.items():
        for query in asked(registry.get(name), data):
            frame = queries.indicator(name, query, scope=NATION, snapshot=info)
            wrong = differing(frame, answer(shares, raw, query, frame["group"].unique()))
            assert wrong.empty, f"{name} {query}\n{wrong.to_string()}"


@pytest.mark.slow
@TWICE
@given(
    cases=network(),
    helpers=volunteers(),
    staff=posts(STAFF),
    cohorts=trainings(),
    data=st.data(),
)
def test_what_pages_break_down_is_counted_alike_by_sql_and_by_pandas(
    tmp_path_factory: Folder,
    cases: Tables,
    helpers: Tables,
    staff: Tables,
    cohorts: Tables,
    data: st.DataObject,
) -> None:
    info, raw = loaded(tmp_path_factory, cases, helpers, staff, cohorts)
    for name, oracle in oracles_breakdowns.BREAKDOWN_ORACLES.items():
        for query in asked(BREAKDOWNS[name], data):
            frame = queries.breakdown(name, query, scope=NATION, snapshot=info)
            wrong = differing(frame, answer(oracle, raw, query, frame["group"].unique()))
            assert wrong.empty, f"{name} {query}\n{wrong.to_string()}"


@st.composite
def published(draw: st.DrawFn) -> Tables:
    """Published figures of several kinds and days, one of which the database cannot match."""
    figures = table(
        6,
        figure=st.sampled_from(FIGURES),
        value=st.integers(1, 9),
        as_of=DAY,
        qualifier=st.just("exact"),
        source=st.sampled_from(["S3", "S4"]),
    )
    return {"published_figures": draw(figures)}


@pytest.mark.slow
@TWICE
@given(
    cases=network(),
    helpers=volunteers(),
    staff=posts(st.just("case_manager")),
    cohorts=trainings(),
    figures=published(),
)
def test_published_figures_and_the_age_of_the_load_agree(
    tmp_path_factory: Folder,
    cases: Tables,
    helpers: Tables,
    staff: Tables,
    cohorts: Tables,
    figures: Tables,
) -> None:
    info, raw = loaded(tmp_path_factory, cases, helpers, staff, cohorts, figures)
    for day in (LAST_DAY, date(2026, 10, 1), date(2026, 2, 1)):
        for name, expect in oracles_breakdowns.FRAMES.items():
            frame = queries.indicator(name, Query(day), scope=NATION, snapshot=info)
            expected = expect(raw, Query(day))
            both = frame.merge(expected, on=["area_code", "group"], how="outer", indicator="in")
            stated = both[both["group"] != ""] if name == "published_reconciliation" else both
            assert set(stated["in"]) <= {"both"}, stated.to_string()
            for column in ("numerator", "value"):
                mine, theirs = (
                    pd.to_numeric(stated[f"{column}{end}"]).astype("Float64").fillna(-1)
                    for end in ("_x", "_y")
                )
                assert ((mine - theirs).abs() < 1e-9).all(), stated.to_string()


@given(
    people=st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=30),
    share=st.sampled_from([0.5, 0.9]),
)
def test_the_curve_and_the_step_by_step_product_give_one_median(
    people: list[tuple[int, bool]], share: float
) -> None:
    days, there = zip(*people, strict=True)
    curve = survival.curve(np.array(days, dtype="float64"), np.array(there))
    reached = curve.share >= share - 1e-12
    drawn = float(curve.days[reached.argmax()]) if reached.any() else None
    assert drawn == first_day(days, there, share)
