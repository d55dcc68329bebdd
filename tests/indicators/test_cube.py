"""Cells summed from a cube are those that the rows give when they are counted for the question."""

import random
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Select, distinct, func, select

from config.thai_calendar import FiscalYear, Span
from data_access.breakdowns import BREAKDOWNS
from data_access.indicators.kernel import cube
from data_access.indicators.kernel.cube_statement import rows_of
from data_access.indicators.kernel.definition import (
    Median,
    Rows,
    Share,
    holds_each_once,
)
from data_access.indicators.kernel.engine import IndicatorEngine
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine

NATION = Scope(nation=True, reveal=True)
AS_OF = date(2026, 9, 30)
QUESTIONS = 6  # of each kind of rows
SPANS = (
    None,
    FiscalYear(2568).span,
    FiscalYear(2569).quarter(2),
    Span(date(2026, 2, 3), date(2026, 5, 7)),
)
PLACES = (
    {},
    {"region": "central"},
    {"region": "north"},
    {"province": "50"},
    {"province": "10"},
    {"region": "north", "province": "50"},
    {"region": "south", "province": "50"},
    {"province": "50", "district": "5001"},
)


EVERY = (*INDICATORS.values(), *BREAKDOWNS.values())
ALL = {rows: one for one in EVERY for rows in rows_of(one)}
ONCE = {rows: one for rows, one in ALL.items() if holds_each_once(rows)}


def test_most_figures_about_clients_are_read_from_cubes() -> None:
    about_clients = [one for one in EVERY if one.client_counts and rows_of(one)]
    held = [one for one in about_clients if any(rows in ONCE for rows in rows_of(one))]
    assert len(held) > len(about_clients) / 2


@pytest.mark.parametrize("rows", ALL, ids=lambda rows: rows.__name__)
def test_a_cube_gives_what_the_rows_give(
    dense: SnapshotInfo, monkeypatch: pytest.MonkeyPatch, rows: Rows
) -> None:
    one = ALL[rows]
    luck = random.Random(rows.__name__)
    with engine(dense).connect() as connection:
        counter = IndicatorEngine(connection, NATION)

        def numbers(query: Query) -> pd.DataFrame:
            if isinstance(one.measure, Median):
                return counter.medians(one.measure, one.kind, query)
            return counter.count(rows, one.kind, query, hits=isinstance(one.measure, Share))

        for _ in range(QUESTIONS):
            query = Query(
                AS_OF,
                area=luck.choice(("country", "region", "province", "district")),
                over=luck.choice((None, None, *(s for s in one.series if s != "month"))),
                breakdown=luck.choice((None, *one.breakdowns)),
                span=luck.choice(SPANS),
                base=luck.choice((76, 77)),
                target_group=luck.choice((None, "elder", "child")),
            ).but(**luck.choice(PLACES))
            read = numbers(query)
            with monkeypatch.context() as without:
                without.setattr(cube, "count", lambda *_, **__: None)
                counted = numbers(query)
            keys = ["area_code", "group", "moment"]
            counted = counted.sort_values(keys, ignore_index=True)[list(read.columns)]
            pd.testing.assert_frame_equal(
                read.sort_values(keys, ignore_index=True), counted, check_dtype=False
            )


@pytest.mark.parametrize("rows", ONCE, ids=lambda rows: rows.__name__)
def test_rows_that_add_up_hold_each_unit_and_client_in_one_place(
    dense: SnapshotInfo, rows: Rows
) -> None:
    one = ONCE[rows]
    series = next((over for over in ("quarter", "fiscal_year") if over in one.series), None)
    query = Query(AS_OF, over=series, span=Span(date(2024, 10, 1), AS_OF))
    sub = rows(periods_of(query, one.kind)).subquery()
    moment = [sub.c.moment] if "moment" in sub.c else []
    twice = select(sub.c.unit).group_by(sub.c.unit, *moment).having(func.count() > 1)
    assert not _read(twice, dense), "a unit stands in two rows of one period"
    for place in ("province_code", "district_code", "target_group"):
        if "client" in sub.c and place in sub.c:
            several = func.count(distinct(sub.c[place])) > 1
            moved = select(sub.c.client).group_by(sub.c.client, *moment).having(several)
            assert not _read(moved, dense), f"a client is in two of {place}"


def _read(statement: Select[Any], snapshot: SnapshotInfo) -> list[Any]:
    with engine(snapshot).connect() as connection:
        return list(connection.execute(statement))
