"""Beside a hidden district stand the true numbers of its group or province, where shown."""

import pandas as pd
import pytest

from config.thai_calendar import FiscalYear
from data_access import queries
from data_access.indicators.kernel.query import Query
from data_access.merged_figures import sentences
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import district_groups, registers
from tests.disclosure.countries import country

SPAN = FiscalYear(2569).span
PUBLIC, ALL = Scope(nation=True), Scope(nation=True, reveal=True)
NAMES = (
    *("follow_up_completion", "follow_up_on_time", "unassigned_families"),
    *("urgent_cases", "plan_coverage", "screening_decided"),
)


@pytest.fixture(scope="module")
def info(tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    return country(tmp_path_factory.mktemp("merged"), seed=1)


def by_district(name: str, info: SnapshotInfo, scope: Scope = PUBLIC) -> pd.DataFrame:
    """One row per district."""
    query = Query(info.as_of, area="district", span=SPAN)
    return queries.indicator(name, query, scope=scope, snapshot=info)


@pytest.mark.parametrize("name", NAMES)
def test_a_group_or_province_has_the_sum_of_its_districts(name: str, info: SnapshotInfo) -> None:
    public, true = by_district(name, info), by_district(name, info, ALL)
    merged = public[public["merged_area"] != ""]
    assert len(merged)
    for row in merged.itertuples():
        assert row.status == "hidden"
        assert pd.isna(row.numerator)
        codes = district_groups.members().get(row.merged_area)
        inside = (
            true["area_code"].isin(codes)
            if codes
            else true["area_code"].str.startswith(row.merged_area)
        )
        assert row.area_code.startswith(row.merged_area[:2])
        assert row.merged_numerator == true.loc[inside, "numerator"].sum()
        assert row.merged_denominator == true.loc[inside, "denominator"].sum()
        assert row.merged_value == pytest.approx(
            100 * row.merged_numerator / row.merged_denominator
        )


def test_some_districts_stand_in_a_group_and_some_in_their_province(info: SnapshotInfo) -> None:
    merged = [code for name in NAMES for code in by_district(name, info)["merged_area"] if code]
    kinds = {district_groups.is_group(code) for code in merged}
    assert kinds == {True, False}


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_a_shown_sum_is_hidden_alone(name: str, info: SnapshotInfo) -> None:
    """Whoever takes the shown parts from the sum would have it."""
    frames = {
        area: queries.indicator(
            name, Query(info.as_of, area=area, span=SPAN), scope=PUBLIC, snapshot=info
        ).set_index("area_code")
        for area in ("region", "province", "district")
    }
    districts, provinces = frames["district"], frames["province"]
    shown = set(districts["merged_area"]) - {""}
    shown |= set(provinces.index[provinces["status"] == "shown"])
    shown |= set(frames["region"].index[frames["region"]["status"] == "shown"])
    for area in shown:
        if district_groups.is_group(area):
            parts = districts.loc[list(district_groups.members()[area])]
        elif area in provinces.index:
            parts = districts[districts.index.str.startswith(area)]
        else:
            inside = [p for p in provinces.index if registers.region_of(p) == area]
            parts = provinces.loc[inside]
        assert (parts["status"] == "hidden").sum() != 1, area


def test_no_group_is_shown_to_whom_one_of_its_districts_is_their_own(info: SnapshotInfo) -> None:
    frame = by_district("plan_coverage", info)
    row = next(r for r in frame.itertuples() if district_groups.is_group(r.merged_area))
    inside = [c for c in district_groups.members()[row.merged_area] if c != row.area_code]
    owner = Scope(nation=True, own_districts=frozenset(inside[:1]))
    again = by_district("plan_coverage", info, owner).set_index("area_code")
    assert again.loc[row.area_code, "merged_area"] in ("", row.area_code[:2])


def test_a_slice_or_a_period_that_is_not_offered_has_no_group_either(info: SnapshotInfo) -> None:
    for changes in ({"target_group": "child"}, {"over": "quarter"}):
        query = Query(info.as_of, area="district", span=SPAN, **changes)  # type: ignore[arg-type]  # one at a time
        frame = queries.indicator("follow_up_on_time", query, scope=PUBLIC, snapshot=info)
        assert (frame["reason"] == "public_level").any()
        assert not (frame["merged_area"] != "").any()


def test_the_sentence_names_the_districts_and_gives_value_and_counts() -> None:
    frame = pd.DataFrame(
        {
            "merged_area": ["50-4", "50", ""],
            "merged_numerator": [7, 30, pd.NA],
            "merged_denominator": [8, 40, pd.NA],
            "merged_value": [87.5, 75.0, pd.NA],
        }
    )
    assert sentences(frame, "percent", "th") == [
        "ค่าของ" + district_groups.name("50-4", "th") + ": ร้อยละ 87.5 (7 / 8)",
        "ค่าทั้งจังหวัด: ร้อยละ 75.0 (30 / 40)",
        "",
    ]


@pytest.mark.parametrize("name", NAMES[:3])
def test_an_area_asked_for_alone_says_what_the_table_says(name: str, info: SnapshotInfo) -> None:
    """A cell that is hidden to protect another would tell it, were it shown by itself."""
    frame = by_district(name, info)
    some = frame[frame["reason"].isin(("small_number", "protects_another", "small_or_protects"))]
    shown = frame[(frame["status"] == "shown") & (frame["denominator"] > 0)]
    assert len(some)
    for row in [*some.head(6).itertuples(), *shown.head(2).itertuples()]:
        for area in ("country", "district"):
            query = Query(
                info.as_of,
                area=area,  # type: ignore[arg-type]  # one of the two
                province=row.area_code[:2],
                district=row.area_code,
                span=SPAN,
            )
            (alone,) = queries.indicator(name, query, scope=PUBLIC, snapshot=info).itertuples()
            assert (alone.area_code, alone.status) == (row.area_code, row.status)
