"""Stock and flow ahead: by hand, on invented cases, and against plain pandas on raw tables."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from config.thresholds import whole
from data_access import queries, snapshot
from data_access.forecast import door, model
from data_access.forecast.flows import AGES, Flows, flows, last_whole_month, month_end, month_number
from data_access.indicators.kernel.query import Query
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo

EVERYTHING = Scope(nation=True, reveal=True)
PUBLIC = Scope(nation=True, hide_below=5)
LAST = month_number(date(2026, 9, 1))


def counts(*rows: tuple[int, int | None, int]) -> pd.DataFrame:
    """Cases by months of opening and closing, counted from the last one (0; empty: open)."""
    frame = pd.DataFrame(rows, columns=["opened", "closed", "cases"])
    frame["opened"] += LAST
    frame["closed"] = frame["closed"].astype("Float64") + LAST
    return frame


def known(frame: pd.DataFrame, last: int = LAST) -> Flows:
    found = flows(frame, last)
    assert found is not None
    return found


def test_flows_are_counted_month_by_month_and_by_age() -> None:
    # Ten opened four months before the last; three close a month later, two in the last month.
    found = known(counts((-4, -3, 3), (-4, 0, 2), (-4, None, 5), (0, 0, 1), (0, 2, 4)))
    assert found.intake.tolist() == [10, 0, 0, 0, 5]
    assert found.stock.tolist() == [10, 7, 7, 7, 9]
    # At risk in the last month: seven at age 4 (band 4-6), five that came in (band 0-3).
    assert found.at_risk[-1].tolist() == [5, 7, 0, 0, 0]
    assert found.closed[-1].tolist() == [1, 2, 0, 0, 0]
    assert found.closed.sum(axis=0).tolist() == [4, 2, 0, 0, 0]
    assert found.by_age[[0, 4]].tolist() == [4, 5]
    assert found.by_age.sum() == 9


def test_what_came_later_is_not_known_a_year_before() -> None:
    frame = counts((-20, -15, 4), (-20, -3, 6), (-2, None, 50))
    then = known(frame, LAST - 12)
    assert then.stock[-1] == 6  # closed three months ago: open then
    assert then.intake.sum() == 10
    assert flows(frame, LAST - 21) is None


def test_a_last_month_is_a_whole_one() -> None:
    assert last_whole_month(date(2026, 9, 30)) == LAST
    assert last_whole_month(date(2026, 9, 29)) == LAST - 1
    assert month_end(month_number(date(2024, 2, 5))) == date(2024, 2, 29)
    assert month_end(last_whole_month(date(2026, 1, 5))) == date(2025, 12, 31)


def test_with_one_share_for_all_ages_stock_follows_by_hand() -> None:
    by_age = np.zeros(AGES, dtype="int64")
    by_age[[0, 30 if AGES > 30 else 25]] = 60, 40
    ahead = model.expected_stock(by_age, np.full(12, 20.0), np.full(5, 0.25))
    # (100 + 20) x 0.75 = 90, (90 + 20) x 0.75 = 82.5, then 76.875, towards 60.
    assert ahead[:3] == pytest.approx([90.0, 82.5, 76.875])
    assert ahead[11] == pytest.approx(60 + 40 * 0.75**12)


def test_cases_close_by_the_share_of_the_band_that_they_have_grown_into() -> None:
    by_age = np.zeros(AGES, dtype="int64")
    by_age[2] = 80
    shares = np.array([0.5, 0.25, 0.0, 0.0, 0.0])
    # Next month at age 3 half close; then at ages 4, 5 and 6 a quarter each; then nobody.
    ahead = model.expected_stock(by_age, np.zeros(12), shares)
    assert ahead[:5] == pytest.approx([40, 30, 22.5, 16.875, 16.875])


def test_a_band_without_anybody_has_the_share_of_all() -> None:
    at_risk, closed = np.array([10, 0, 30, 0, 0]), np.array([5, 0, 5, 0, 0])
    assert model.closing_shares(at_risk, closed) == pytest.approx([0.5, 0.25, 5 / 30, 0.25, 0.25])
    assert model.closing_shares(np.zeros(5, "int64"), np.zeros(5, "int64")).tolist() == [0] * 5


def invented(rng: np.random.Generator, months: int, intake: float, shares: Any) -> pd.DataFrame:
    """Cases of so many months that open by chance and close by the share of their age's band."""
    band = np.searchsorted((0, 4, 7, 13, 25), np.arange(months), side="right") - 1
    rows = []
    for opened in range(-months + 1, 1):
        left = int(rng.poisson(intake))
        for age in range(-opened + 1):
            gone = int(rng.binomial(left, shares[band[age]]))
            rows.append((opened, opened + age, gone))
            left -= gone
        rows.append((opened, None, left))
    return counts(*[row for row in rows if row[2]])


SHARES = np.array([0.05, 0.12, 0.2, 0.1, 0.3])


def test_shares_by_age_are_found_again_in_cases_invented_by_them() -> None:
    found = known(invented(np.random.default_rng(7), 96, 20_000, SHARES))
    sums = (x[-24:].sum(axis=0) for x in (found.at_risk, found.closed))
    assert model.closing_shares(*sums) == pytest.approx(SHARES, abs=0.01)


def test_intervals_hold_about_as_much_as_they_say() -> None:
    inside: dict[str, list[bool]] = {"80": [], "95": []}
    for seed in range(60):
        whole_record = invented(np.random.default_rng(seed), 72, 25, SHARES)
        then, now = known(whole_record, LAST - 12), known(whole_record)
        edges = model.forecast(then, None, "50").edges
        for level, hits in inside.items():
            low, high = edges[f"low_{level}"], edges[f"high_{level}"]
            hits.append(bool(low[-1] <= now.stock[-1] <= high[-1]))
    assert 0.65 <= np.mean(inside["80"]) <= 0.95
    assert 0.85 <= np.mean(inside["95"]) <= 1.0


def test_the_same_data_give_the_same_interval_and_edges_lie_in_order() -> None:
    record = known(invented(np.random.default_rng(3), 60, 30, SHARES))
    one, other = (model.forecast(record, None, "50").edges for _ in range(2))
    assert all((one[name] == other[name]).all() for name in model.LEVELS)
    assert (np.diff([one[name] for name in model.LEVELS], axis=0) >= 0).all()
    elsewhere = model.forecast(record, None, "51").edges
    assert any((one[name] != elsewhere[name]).any() for name in model.LEVELS)


def seasonal(years: int, *, turn: int = 0) -> pd.DataFrame:
    """Cases that stay two months; September brings four times as many as any other month."""
    size = 12 * years
    rows = []
    for at in range(-size + 1, 1):
        intake = 400 if (at + turn) % 12 == 0 else 100
        rows.append((at, at + 2, intake))
    return counts(*rows)


def test_seasons_are_in_a_forecast_where_they_helped_in_the_year_before() -> None:
    record = seasonal(5)
    now, then, before = (known(record, LAST - back) for back in (0, 12, 24))
    assert model.seasons(now)[8] == pytest.approx(400 / 125)
    assert model.seasons_help(then, now)
    assert not model.seasons_help(None, now)
    test = model.back_test(before, then, now)
    plain = model.back_test(None, then, now)
    assert test.error < plain.error
    assert test.error < test.no_change
    assert not test.is_worse


def test_a_short_record_has_no_seasons() -> None:
    record = counts(*[(at, None, 10 + at) for at in range(-9, 1)])
    assert model.seasons(known(record)).tolist() == [1.0] * 12


def test_a_back_test_is_the_mean_error_of_twelve_months_and_worse_is_worse() -> None:
    # Every month 10 come in and none goes: after a year the stock has grown by 10, 20 ... 120.
    steady = counts(*[(at, None, 10) for at in range(-35, 1)])
    now, then = known(steady), known(steady, LAST - 12)
    assert model.back_test(None, then, now) == model.BackTest(0.0, pytest.approx(65.0))
    # Intake stops a year ago: no change is right, going on as before is wrong by 10 ... 120.
    stopped = counts(*[(at, None, 10) for at in range(-35, -11)])
    test = model.back_test(None, known(stopped, LAST - 12), known(stopped))
    assert (test.error, test.no_change, test.is_worse) == (pytest.approx(65.0), 0.0, True)
    assert not model.BackTest(3.0, 3.0).is_worse


@pytest.fixture(scope="module")
def info(small_data_dir: Path) -> SnapshotInfo:
    return snapshot.current(small_data_dir)


def raw_cases(info: SnapshotInfo) -> pd.DataFrame:
    table = SNAPSHOT["cases"]
    columns = (table.c.province_code, table.c.opened_on, table.c.closed_on)
    frame = snapshot.read_frame(select(*columns), info)
    for name in ("opened_on", "closed_on"):
        frame[name] = pd.to_datetime(frame[name]).dt.to_period("M")
    return frame


def test_intake_exposure_and_stock_are_those_of_the_raw_tables(info: SnapshotInfo) -> None:
    cases = raw_cases(info)
    query = Query(info.as_of)
    areas = door._areas(query, EVERYTHING, info)
    last = pd.Period(info.as_of, "M")
    checked = 0
    for area in areas:
        mine = cases if area.code == "TH" else cases[cases["province_code"] == area.code]
        if area.now is None:
            continue
        for back in (0, 1, 7, 23):
            month = last - back
            if back >= len(area.now.intake):
                continue
            opened = mine[mine["opened_on"] <= month]
            at_risk = opened[opened["closed_on"].isna() | (opened["closed_on"] >= month)]
            ages = np.array([(month - one).n for one in at_risk["opened_on"]], dtype=int)
            over = (at_risk["closed_on"] == month).to_numpy()
            bins = [0, 4, 7, 13, 25, 10_000]
            assert area.now.intake[-1 - back] == (mine["opened_on"] == month).sum()
            assert area.now.at_risk[-1 - back].tolist() == np.histogram(ages, bins)[0].tolist()
            closed = np.histogram(ages[over], bins)[0].tolist()
            assert area.now.closed[-1 - back].tolist() == closed
            assert area.now.stock[-1 - back] == len(at_risk) - over.sum()
            checked += 1
    assert checked > 200


def test_the_last_month_is_the_number_of_the_registry_and_need_follows_from_the_norm(
    info: SnapshotInfo,
) -> None:
    query = Query(info.as_of)
    urgent = queries.indicator("urgent_cases", query, scope=EVERYTHING, snapshot=info)
    held = queries.indicator("families_in_care", query, scope=EVERYTHING, snapshot=info)
    rows = door.ahead(query, scope=EVERYTHING, snapshot=info).set_index("ahead")
    open_now, families = int(urgent["denominator"].iloc[0]), int(held["numerator"].iloc[0])
    assert rows.loc[0, "open_cases"] == open_now
    assert list(rows.index) == list(range(-24, 13)) or rows.loc[rows.index > 0].empty
    for ahead in rows.index[rows.index > 0]:
        row = rows.loc[ahead]
        assert row["families"] == pytest.approx(row["open_cases"] * families / open_now)
        assert row["need"] == np.ceil(row["families"] / whole("caseload_norm"))
        assert row["need_low"] <= row["need"] <= row["need_high"]


def test_a_province_worse_than_no_change_has_no_estimate(info: SnapshotInfo) -> None:
    query = Query(info.as_of)
    found = door.ahead_errors(query, scope=EVERYTHING, snapshot=info)
    worse = found[found["withheld"] == "worse"]
    tested = found[found["error"].notna()]
    assert (worse["error"] > worse["no_change"]).all()
    shown = tested[tested["withheld"] == ""]
    assert (shown["error"] <= shown["no_change"]).all()
    assert len(worse)
    assert worse[["then", "low_80", "high_80", "need"]].isna().all(axis=None)
    one = str(worse["area_code"].iloc[-1])
    rows = door.ahead(query.but(province=one), scope=EVERYTHING, snapshot=info)
    assert (rows["ahead"] <= 0).all()


def test_the_public_level_has_the_country_and_nothing_of_any_province(info: SnapshotInfo) -> None:
    query = Query(info.as_of)
    found = door.ahead_errors(query, scope=PUBLIC, snapshot=info).set_index("area_code")
    assert found.loc["TH", "withheld"] != "public_level"
    rest = found.drop(index="TH")
    assert set(rest["withheld"]) == {"public_level"}
    assert rest.drop(columns="withheld").isna().all(axis=None)
    for part in ({"province": "50"}, {"region": "north"}, {"base": 76}):
        assert door.ahead(query.but(**part), scope=PUBLIC, snapshot=info).empty
        first = door.ahead_errors(query.but(**part), scope=PUBLIC, snapshot=info).iloc[0]
        assert first["withheld"] == "public_level"
        assert pd.isna(first["now"])


def test_a_reader_has_estimates_of_own_provinces_and_of_regions_owned_whole(
    info: SnapshotInfo,
) -> None:
    own = Scope(nation=True, own_provinces=frozenset({"50"}), hide_below=5)
    found = door.ahead_errors(Query(info.as_of), scope=own, snapshot=info).set_index("area_code")
    everything = door.ahead_errors(Query(info.as_of), scope=EVERYTHING, snapshot=info)
    known_codes = set(found.index[found["withheld"] != "public_level"])
    assert known_codes == {"TH", "50"}
    mine = everything.set_index("area_code").loc["50"]
    pd.testing.assert_series_equal(found.loc["50"], mine)
    alone = Scope(provinces=frozenset({"50"}), own_provinces=frozenset({"50"}))
    narrow = door.ahead_errors(Query(info.as_of), scope=alone, snapshot=info)
    assert narrow.set_index("area_code").loc["TH", "withheld"] == "public_level"
