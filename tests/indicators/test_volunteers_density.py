"""Volunteers against households, and the provinces and regions that every figure is counted in."""

from datetime import date
from typing import Any

import pytest

from config.thai_calendar import FiscalYear
from data_access.indicators.kernel.query import Query
from geo import registers
from tests.indicators.conftest import Show
from tests.indicators.oracle_cells import areas as oracle_areas
from tests.support.world import drawn

NAME = "volunteers_per_1000_households"
VOLUNTEERS = """
    volunteer_id level province_code registered_on ended_on
    V1 village 50 2020-01-01 .
    V2 village 50 2026-09-30 .
    V3 tambon  50 2020-01-01 2026-09-30
    V4 village 50 2020-01-01 2026-09-29
    V5 village 50 2026-10-01 .
    V6 village 51 2020-01-01 .
    V7 village 52 2020-01-01 .
    V8 village 10 2020-01-01 .
"""
HOUSEHOLDS = """
    province_code year households
    50 2026 800
    51 2026 200
    10 2026 500
"""


def place(volunteers: str = VOLUNTEERS, households: str = HOUSEHOLDS) -> dict[str, Any]:
    """Volunteers of three northern provinces and Bangkok; households of all but one."""
    rows = [{**row, "sex": "U"} for row in drawn(volunteers)]
    return {"volunteers": rows, "province_statistics": drawn(households)}


def test_volunteers_on_the_day_for_a_thousand_households(show: Show) -> None:
    row = show(NAME, place(), province="50").iloc[0]
    assert row["numerator"] == 1 + 1 + 1  # V1, V2 registered on the day, V3 whose last day it is
    assert row["denominator"] == 800
    assert row["value"] == pytest.approx(3 / 800 * 1000)


def test_a_province_without_households_is_on_neither_side(show: Show) -> None:
    own = show(NAME, place(), province="52").iloc[0]
    assert (own["status"], own["reason"]) == ("no_data", "no_households")
    north = show(NAME, place(), area="region", region="north").iloc[0]
    assert north["numerator"] == 3 + 1  # not V7
    assert north["value"] == pytest.approx((3 + 1) / (800 + 200) * 1000)


def test_households_without_a_volunteer_are_zero_not_no_data(show: Show) -> None:
    world = place(households="province_code year households\n 53 2026 100")
    row = show(NAME, world, province="53").iloc[0]
    assert (row["status"], row["value"]) == ("shown", 0)


def test_the_country_is_the_sum_over_the_sum_in_either_base(show: Show) -> None:
    whole = show(NAME, place()).iloc[0]
    assert whole["value"] == pytest.approx((3 + 1 + 1) / (800 + 200 + 500) * 1000)
    without_bangkok = show(NAME, place(), base=76).iloc[0]
    assert without_bangkok["value"] == pytest.approx((3 + 1) / (800 + 200) * 1000)


def test_households_are_those_of_the_latest_year_up_to_the_day(show: Show) -> None:
    world = place(
        households="""
        province_code year households
        50 2024 100
        50 2025 200
        50 2026 .
        50 2027 400
        51 2027 700
    """
    )
    assert show(NAME, world, province="50")["denominator"].tolist() == [200]
    last_year = show(NAME, world, province="50", as_of=date(2024, 12, 31))
    assert last_year["denominator"].tolist() == [100]
    # Where all figures are later, the first of them: better than losing the province.
    assert show(NAME, world, province="51")["denominator"].tolist() == [700]


def test_levels_share_the_households_of_their_province(show: Show) -> None:
    levels = show(NAME, place(), province="50", breakdown="level").set_index("group")
    assert levels["numerator"].to_dict() == {
        "village": 2,
        "tambon": 1,
        "district": 0,
        "province": 0,
    }
    assert set(levels["denominator"]) == {800}


def test_districts_have_no_household_figure(show: Show) -> None:
    rows = show(NAME, place(), area="district", province="50")
    assert set(rows["status"]) == {"no_data"}
    assert set(rows["reason"]) == {"not_by_district"}


def test_without_the_table_of_households_it_says_that_the_table_is_missing(show: Show) -> None:
    world = {"volunteers": place()["volunteers"]}
    row = show(NAME, world).iloc[0]
    assert (row["status"], row["reason"]) == ("no_data", "table_missing")


@pytest.mark.parametrize(
    ("region", "provinces"), [("north", 17), ("northeast", 20), ("central", 26), ("south", 14)]
)
def test_regions_hold_17_20_26_and_14_provinces(show: Show, region: str, provinces: int) -> None:
    rows = show(NAME, place(), area="province", region=region)
    assert len(rows) == provinces
    by_first_digit = oracle_areas(Query(date(2026, 9, 30), "province", region=region))
    assert sorted(rows["area_code"]) == by_first_digit


def test_bases_are_77_provinces_and_76_without_bangkok(show: Show) -> None:
    world = place()
    every = set(show(NAME, world, area="province")["area_code"])
    assert every == {p.code for p in registers.provinces()}
    assert len(every) == 17 + 20 + 26 + 14
    assert every - set(show(NAME, world, area="province", base=76)["area_code"]) == {"10"}


def test_a_figure_before_anything_began_and_one_of_a_year_ahead(show: Show) -> None:
    ahead = show(NAME, place(), span=FiscalYear(2570).span).iloc[0]
    assert (ahead["status"], ahead["reason"]) == ("no_data", "not_begun")
    before = show(NAME, place(), province="50", span=FiscalYear(2562).span).iloc[0]
    assert (before["status"], before["numerator"]) == ("shown", 0)
