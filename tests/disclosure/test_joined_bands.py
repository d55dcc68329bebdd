"""Neighbouring bands are joined for the whole nation before any of them is hidden."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from config.bands import ladder
from config.thai_calendar import FiscalYear, Span
from data_access import queries
from data_access.breakdowns import BREAKDOWNS
from data_access.disclosure import bands, decisions
from data_access.disclosure.families import DENOMINATOR_IS_NUMERATOR_OF
from data_access.indicators.kernel.definition import Count, Share
from data_access.indicators.kernel.query import Area, Query
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.disclosure.attacker import collect
from tests.disclosure.late_visits import BANDS, OF_THE_SAMPLE, by_band, country, random_late
from tests.disclosure.solver import weak

PUBLIC, ALL = Scope(nation=True), Scope(nation=True, reveal=True)
LATE = "follow_up_overdue"
YEAR = FiscalYear(2569).span
CASE = decisions.case_of(LATE, YEAR, "age_band", 5, 10)


def asked(
    info: SnapshotInfo, scope: Scope = PUBLIC, area: Area = "country", **more: object
) -> pd.DataFrame:
    query = Query(info.as_of, area=area, breakdown="age_band").but(**more)
    return queries.indicator(LATE, query, scope=scope, snapshot=info)


def numbers(frame: pd.DataFrame) -> dict[str, int]:
    return {
        str(row.group): int(row.numerator)
        for row in frame.itertuples()
        if row.status == "shown" and row.numerator
    }


def step(info: SnapshotInfo) -> int:
    return bands.step(CASE, info)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    return country(tmp_path_factory.mktemp("sample"), by_band(OF_THE_SAMPLE), today=6)


def test_one_of_1155_joins_three_bands_and_hides_none(sample: SnapshotInfo) -> None:
    frame = asked(sample)
    assert list(frame["group"]) == ["due_today", "1-7", "8-30", "31-90", "91+"]
    assert numbers(frame) == {"1-7": 298, "8-30": 437, "31-90": 318, "91+": 102}
    assert set(frame["status"]) == {"shown"}
    regions = asked(sample, area="region")
    assert set(regions["status"]) == {"shown"}
    assert dict(zip(regions["area_code"], regions["numerator"], strict=True))["north"] == 15


def test_joined_counts_are_the_sums_of_what_those_entitled_see(sample: SnapshotInfo) -> None:
    for area in ("country", "region"):
        seen, true = asked(sample, area=area), asked(sample, ALL, area)
        assert list(true["group"].unique()) == ["due_today", *BANDS]
        whole = ladder("age_band")[step(sample)]
        joined = true.assign(group=[whole.get(g, g) for g in true["group"]])
        keys, parts = ["area_code", "group"], ["numerator", "denominator"]
        sums = joined.groupby(keys)[parts].sum()
        pd.testing.assert_frame_equal(
            seen.set_index(keys)[parts].sort_index(), sums.sort_index(), check_dtype=False
        )
        assert list(seen["value"].dropna().unique()) == [0.0, 100.0]


def test_own_areas_have_every_band_beside_the_joined_ones_of_others(sample: SnapshotInfo) -> None:
    own = Scope(nation=True, own_provinces=frozenset({"50"}))
    frame = asked(sample, own, "province").set_index("area_code")
    assert list(frame.loc["50", "group"]) == ["due_today", *BANDS]
    assert list(frame.loc["50", "numerator"]) == [0, *OF_THE_SAMPLE["5001"]]
    assert list(frame.loc["30", "group"]) == ["due_today", "1-7", "8-30", "31-90", "91+"]
    part = Scope(provinces=frozenset({"50"}), own_provinces=frozenset({"50"}))
    assert list(asked(sample, part)["numerator"]) == [0, *OF_THE_SAMPLE["5001"]]
    other = Scope(provinces=frozenset({"50", "30"}), own_provinces=frozenset({"50"}))
    assert "91+" in set(asked(sample, other)["group"])


@pytest.mark.parametrize(
    ("north", "found"),
    [
        ((9, 9, 9, 9, 9, 9), 0),
        ((9, 9, 9, 9, 9, 0), 0),  # nobody is no client
        ((9, 9, 9, 9, 9, 1), 1),
        ((9, 9, 9, 9, 3, 1), 2),
        ((9, 9, 9, 3, 1, 0), 3),
        ((9, 4, 9, 9, 9, 9), 4),
        ((9, 9, 3, 1, 0, 0), 4),  # small with the coarsest too: something is hidden
    ],
)
def test_the_finest_step_without_a_small_band_in_country_or_region(
    tmp_path: Path, north: tuple[int, ...], found: int
) -> None:
    others = dict.fromkeys(("3001", "1001", "8001"), (50, 50, 50, 50, 50, 50))
    info = country(tmp_path, by_band({"5001": north, **others}), today=6)
    assert step(info) == found
    wide = asked(info, area="region")
    assert (wide["status"] == "hidden").any() == (sum(north[2:]) < 5)
    assert "hidden" not in set(asked(info)["status"])


def test_a_region_whose_total_is_hidden_joins_nothing(tmp_path: Path) -> None:
    many = dict.fromkeys(("3001", "1001", "8001"), (50, 50, 50, 50, 50, 50))
    info = country(tmp_path, by_band({"5001": (1, 0, 0, 0, 0, 1), **many}))
    totals = queries.indicator(LATE, Query(info.as_of, area="region"), scope=PUBLIC, snapshot=info)
    assert "north" in set(totals.loc[totals["status"] == "hidden", "area_code"])
    assert step(info) == 0


def test_numerators_and_denominators_are_divided_alike(sample: SnapshotInfo) -> None:
    for case in (CASE, CASE.bases()):
        assert bands.division(case, sample) == ladder("age_band")[2]
        known = {"1-7", "8-30", "31-90", "91+", "due_today", ""}
        assert {one for _, one in decisions.wide(case, sample)} <= known


def test_a_series_has_the_same_bands_throughout(tmp_path: Path) -> None:
    others = dict.fromkeys(("3001", "1001", "8001"), (50, 50, 50, 50, 50, 50))
    info = country(tmp_path, by_band({"5001": (9, 9, 9, 9, 9, 3), **others}), today=6)
    # At the end of August what is late by 400 days was late for a month less.
    ends = [Span(YEAR.start, day) for day in (date(2026, 8, 31), date(2026, 9, 30))]
    steps = {bands.step(CASE.of(CASE.names), info)} | {
        bands.step(decisions.case_of(LATE, end, "age_band", 5, 10), info) for end in ends
    }
    frame = asked(info, over="month", span=Span(date(2026, 8, 1), date(2026, 9, 30)))
    by_month = frame.groupby("period_end")["group"].apply(list)
    assert by_month.iloc[0] == by_month.iloc[1]
    coarsest = set(ladder("age_band")[max(steps)].values())
    assert coarsest <= set(by_month.iloc[0])
    month = frame[frame["period_end"] == date(2026, 9, 30)]
    true = asked(info, ALL)
    assert month["numerator"].sum() <= true["numerator"].sum()


def test_what_has_no_table_keeps_its_bands_and_shows_nothing(sample: SnapshotInfo) -> None:
    cross = asked(sample, target_group="elder")
    assert list(cross["group"]) == ["due_today", *BANDS]
    assert set(cross["reason"]) == {"public_level"}
    districts = asked(sample, area="district", province="50")
    assert set(districts["status"]) <= {"hidden"}


@pytest.mark.parametrize("seed", [1, 4])
def test_a_solver_gets_no_band_below_three_values(tmp_path: Path, seed: int) -> None:
    info = country(tmp_path, random_late(seed), today=2)
    answers = collect([LATE], info)
    assert answers.steps
    found, tried = weak(answers, most=15, seed=seed)
    assert tried
    assert found == []


def test_only_counts_that_add_up_have_bands_that_are_joined() -> None:
    linked = {*DENOMINATOR_IS_NUMERATOR_OF, *DENOMINATOR_IS_NUMERATOR_OF.values()}
    for one in (*INDICATORS.values(), *BREAKDOWNS.values()):
        if one.client_counts and any(len(ladder(b)) > 1 for b in one.breakdowns):
            assert isinstance(one.measure, Share | Count), one.name
            # Tables over one base are divided together; these stand over two.
            assert one.name not in linked
