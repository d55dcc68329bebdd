"""The demo has the sources' own size and scale 1 is the nation; neither is spread evenly."""

from pathlib import Path

import numpy as np
import pytest

from geo.registers import REGIONS
from sample_data.chance import apportion, stream
from sample_data.generate import write_all
from sample_data.plan import Plan, make_plan
from sample_data.seats import make_seats
from sample_data.sinks import CsvFolder
from sample_data.size import ScaleProblem, size_of
from tests.sample.conftest import AS_OF, SEED, Folder, only


def ratios(plan: Plan) -> list[float]:
    return [p.families / p.case_managers for p in plan.provinces if p.case_managers]


def test_the_demo_has_the_sources_own_size(demo_plan: Plan) -> None:
    given = demo_plan.provinces
    assert 400 < sum(p.case_managers for p in given) < 450
    assert sum(p.families for p in given) == 5_000
    assert sum(p.cases for p in given) == 60_000
    assert sum(p.volunteers for p in given) == 133_253
    assert demo_plan.size.follow_ups == 300_000
    assert [year.be for year in demo_plan.fiscal_years] == [2565, 2566, 2567, 2568, 2569]


def test_scale_one_is_the_nation() -> None:
    given = make_plan(size_of("1"), SEED, AS_OF).provinces
    assert sum(p.cases for p in given) == 4_000_000
    assert sum(p.families for p in given) == 300_000
    assert sum(p.case_managers for p in given) == 28_000
    assert sum(p.volunteers for p in given) == 133_253
    assert (size_of("1").follow_ups, size_of("1").enrolments) == (20_000_000, 500_000)


def test_the_country_lies_near_the_norm_and_provinces_far_from_each_other(demo_plan: Plan) -> None:
    found = ratios(demo_plan)
    managers = sum(p.case_managers for p in demo_plan.provinces)
    assert 10 < 5_000 / managers < 12
    assert min(found) < 5.5
    assert max(found) > 25
    assert 25 < sum(ratio > 10 for ratio in found) < 50


def test_case_managers_work_in_76_provinces_and_not_in_bangkok(demo_plan: Plan) -> None:
    without = [p.place.code for p in demo_plan.provinces if not p.case_managers]
    assert without == ["10"]
    bangkok = next(p for p in demo_plan.provinces if p.place.code == "10")
    assert (bangkok.cases, bangkok.families) == (0, 0)
    assert bangkok.volunteers > 0


def test_more_households_mean_more_case_managers_and_volunteers(demo_plan: Plan) -> None:
    served = [p for p in demo_plan.provinces if p.place.has_programme]
    households = [p.place.households for p in served]
    assert np.corrcoef(households, [p.case_managers for p in served])[0, 1] > 0.9
    assert np.corrcoef(households, [p.volunteers for p in served])[0, 1] > 0.5


def test_every_region_has_provinces_over_and_under_the_norm(demo_plan: Plan) -> None:
    for region in REGIONS:
        here = only(
            demo_plan, *[p.place.code for p in demo_plan.provinces if p.place.region == region]
        )
        assert any(ratio > 10 for ratio in ratios(here)), region
        assert any(ratio < 10 for ratio in ratios(here)), region


def test_a_few_districts_have_no_families_and_a_few_no_case_manager() -> None:
    nation = make_plan(size_of("1"), SEED, AS_OF)
    assert sum(len(p.quiet) for p in nation.provinces) == 8
    assert sum(len(p.without_manager) for p in nation.provinces) == 18
    assert not any(p.outside or p.silent or p.days_late for p in nation.provinces)
    odd = next(p for p in nation.provinces if p.without_manager)
    seats = make_seats(odd, SEED, AS_OF)
    bare = {d for d, g in zip(seats.districts, seats.district_group, strict=True) if g < 0}
    assert bare == odd.without_manager


def test_the_demo_has_begun_in_few_districts_the_capital_first(demo_plan: Plan) -> None:
    for province in demo_plan.provinces:
        reached = set(province.place.districts) - province.outside
        assert province.place.districts[0] in reached
        wanted = max(1, province.families // demo_plan.size.families_per_district)
        assert len(reached) == min(wanted, len(province.place.districts))
        assert province.silent | province.without_manager <= reached
    odd = next(p for p in demo_plan.provinces if p.without_manager)
    seats = make_seats(odd, SEED, AS_OF)
    bare = {d for d, g in zip(seats.districts, seats.district_group, strict=True) if g < 0}
    assert bare == odd.without_manager | odd.outside
    empty = {d for d, w in zip(seats.districts, seats.district_weight, strict=True) if w == 0}
    assert empty == odd.outside


def test_posts_held_on_the_as_of_date_are_those_of_the_plan(tiny: Folder) -> None:
    plan = make_plan(size_of("0.001"), SEED, AS_OF)
    posts = tiny.dated("worker_posts")
    now = posts[posts["end_on"].isna() & (posts["role"] == "case_manager")]
    expected = {p.place.code: p.case_managers for p in plan.provinces if p.case_managers}
    assert now.groupby("province_code")["worker_id"].nunique().to_dict() == expected


def test_families_under_care_and_cases_are_those_of_the_plan(tiny: Folder) -> None:
    plan = make_plan(size_of("0.001"), SEED, AS_OF)
    cases = tiny.dated("cases").merge(tiny.texts("families"), on="family_id")
    here = cases.assign(province=cases["district_code"].str[:2])
    under_care = here[here["closed_on"].isna()].groupby("province")["family_id"].nunique()
    assert under_care.to_dict() == {p.place.code: p.families for p in plan.provinces if p.families}
    totals = here.groupby("province").size().to_dict()
    assert totals == {p.place.code: p.cases for p in plan.provinces if p.cases}
    assert here["opened_on"].between("2021-10-01", "2026-09-30").all()


def test_some_families_have_two_open_cases_and_some_no_case_manager(tiny: Folder) -> None:
    cases = tiny.dated("cases")
    now = cases[cases["closed_on"].isna()]
    assert now["family_id"].duplicated().any()
    held = tiny.dated("case_assignments")
    assert not now["case_id"].isin(held[held["end_on"].isna()]["case_id"]).all()


def test_some_follow_ups_were_rescheduled_cancelled_missed_late_and_lie_ahead(tiny: Folder) -> None:
    rows = tiny.dated("follow_ups")
    past = rows[(rows["due_on"] <= "2026-09-30") & rows["cancelled_on"].isna()]
    assert (rows["due_on"] > rows["first_due_on"]).any()
    assert rows["cancelled_on"].notna().any()
    assert 0.96 < past["done_on"].notna().mean() < 0.995, "what is missed is called off in the end"
    assert 0.58 < (past["done_on"] <= past["first_due_on"]).mean() < 0.78
    assert (past["done_on"] > past["due_on"]).any()
    ahead = rows[rows["due_on"] > "2026-09-30"]
    assert len(ahead)
    assert ahead["done_on"].isna().all()


def test_visits_in_time_rise_in_the_north_and_fall_in_the_south(tiny: Folder) -> None:
    rows = tiny.dated("follow_ups").query("due_on <= '2026-06-30'")
    rows = rows[rows["cancelled_on"].isna()]
    late = rows["due_on"] >= "2024-04-01"
    region = rows["case_id"].str[3].map({"5": "north", "6": "north", "8": "south", "9": "south"})
    share = (rows["done_on"] <= rows["first_due_on"]).groupby([region, late]).mean()
    assert share[("north", True)] > share[("north", False)]
    assert share[("south", True)] < share[("south", False)]


@pytest.mark.parametrize("text", ["0", "-1", "101", "big", "nan", ""])
def test_a_scale_that_cannot_be_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(ScaleProblem) as raised:
        size_of(text)
    assert "0.01" in raised.value.text("en")
    assert "0.01" in raised.value.text("th")


@pytest.mark.parametrize(
    ("total", "weights", "least", "shares"),
    [
        (10, [1, 1, 1], 0, [4, 3, 3]),
        (10, [0, 1, 3], 0, [0, 3, 7]),
        (10, [1, 1, 98], 2, [2, 2, 6]),
        (3, [1, 1, 1], 2, [2, 2, 2]),
        (5, [0, 0, 0], 1, [1, 1, 1]),
    ],
)
def test_shares_add_up_and_respect_their_least(
    total: int, weights: list[int], least: int, shares: list[int]
) -> None:
    assert apportion(total, weights, least).tolist() == shares


def test_streams_differ_by_every_part_of_their_name() -> None:
    names = [
        (1, "a", "50", 0),
        (2, "a", "50", 0),
        (1, "b", "50", 0),
        (1, "a", "51", 0),
        (1, "a", "50", 1),
    ]
    assert len({stream(*name).random() for name in names}) == len(names)


@pytest.mark.slow
def test_a_large_province_of_the_nation_comes_in_blocks_with_exact_totals(tmp_path: Path) -> None:
    plan = only(make_plan(size_of("1"), SEED, AS_OF), "30")
    sink = CsvFolder(tmp_path)
    write_all(plan, sink)
    sink.close()
    province = plan.provinces[0]
    assert province.blocks >= 3
    assert sink.rows["cases"] == province.cases
    assert sink.rows["volunteers"] == province.volunteers
    assert sink.rows["follow_ups"] == pytest.approx(5 * province.cases, rel=0.001)
