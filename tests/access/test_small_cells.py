"""Small client counts are hidden, with enough beside them that totals do not give them away."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.thai_calendar import Span
from data_access.disclosure import hide
from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from geo import registers

DAY = date(2026, 9, 30)
NORTH = [p.code for p in registers.provinces() if p.region == "north"]


def cells(counts: list[int], bottoms: list[int] | None = None) -> pd.DataFrame:
    """A frame of northern provinces with these numerators, in the shape of an indicator frame."""
    bottoms = bottoms or [100] * len(counts)
    return pd.DataFrame(
        {
            "area_code": NORTH[: len(counts)],
            "group": "",
            "period_start": date(2025, 10, 1),
            "period_end": DAY,
            "numerator": pd.array(counts, dtype="Int64"),
            "denominator": pd.array(bottoms, dtype="Int64"),
            "value": pd.array(
                [n / d if d else None for n, d in zip(counts, bottoms, strict=True)],
                dtype="Float64",
            ),
            "status": "shown",
            "reason": "",
            "qualifier": "exact",
        }
    )


def hidden(name: str, frame: pd.DataFrame, **asked: object) -> list[bool]:
    query = Query(as_of=DAY, area="province").but(**asked)
    out = hide(frame, registry.get(name), query, 5)
    return (out["status"] == "hidden").tolist()


def test_a_count_under_five_and_the_next_smallest_are_hidden() -> None:
    assert hidden("families_per_case_manager", cells([3, 7, 20, 50])) == [True, True, False, False]


def test_counts_are_compared_as_numbers_not_as_text() -> None:
    assert hidden("families_per_case_manager", cells([4, 100, 20, 9])) == [True, False, False, True]


def test_zero_and_five_are_shown_and_nothing_else_is_hidden() -> None:
    assert hidden("families_per_case_manager", cells([0, 5, 20])) == [False, False, False]


def test_zero_is_never_the_cell_hidden_beside_a_small_one() -> None:
    assert hidden("families_per_case_manager", cells([0, 2, 9])) == [False, True, True]


def test_a_small_denominator_hides_a_rate_of_clients() -> None:
    frame = cells([0, 80, 90], [3, 100, 120])
    assert hidden("follow_up_completion", frame) == [True, True, False]


def test_a_denominator_of_staff_hides_nothing() -> None:
    frame = cells([50, 80], [2, 3])
    assert hidden("families_per_case_manager", frame) == [False, False]


def test_staff_and_training_counts_stay_visible() -> None:
    assert hidden("training_coverage", cells([1, 2], [4, 5])) == [False, False]


def test_a_hidden_cell_has_no_numbers_left() -> None:
    out = hide(
        cells([3, 7]),
        registry.get("families_per_case_manager"),
        Query(as_of=DAY, area="province"),
        5,
    )
    assert out[["numerator", "denominator", "value"]].isna().all(axis=None)
    assert set(out["reason"]) == {"small_number"}


def test_the_months_of_a_flow_hide_a_second_month_since_the_year_is_published() -> None:
    frame = cells([2, 30, 40]).assign(
        area_code="TH", period_start=[date(2026, m, 1) for m in (1, 2, 3)]
    )
    asked = {"area": "country", "over": "month"}
    assert hidden("follow_up_completion", frame, **asked) == [True, True, False]


def test_the_months_of_a_stock_are_not_parts_of_a_sum() -> None:
    frame = cells([2, 30, 40]).assign(
        area_code="TH", period_start=[date(2026, m, 1) for m in (1, 2, 3)]
    )
    asked = {"area": "country", "over": "month"}
    assert hidden("families_per_case_manager", frame, **asked) == [True, False, False]


@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=len(NORTH)),
    st.integers(2, 12),
)
def test_no_small_count_is_shown_and_no_lone_cell_is_hidden(
    counts: list[int], hide_below: int
) -> None:
    query = Query(as_of=DAY, area="province", span=Span(date(2025, 10, 1), DAY))
    out = hide(cells(counts), registry.get("families_per_case_manager"), query, hide_below)
    shown = out["status"] == "shown"
    assert not out.loc[shown, "numerator"].between(1, hide_below - 1).any()
    concealed = [n for n, s in zip(counts, shown, strict=True) if not s]
    positive = [n for n in counts if n > 0]
    if concealed and len(positive) > 1:
        assert len(concealed) >= 2
        # What the total gives away is their sum, which several splits explain.
        assert sum(concealed) > min(concealed)


@pytest.mark.parametrize("area", ["country", "region", "province", "district"])
def test_every_level_has_a_parent_whose_total_is_protected(area: str) -> None:
    codes = {"country": "TH", "region": "north", "province": "50", "district": "5001"}
    frame = cells([3]).assign(area_code=codes[area])
    assert hidden("families_per_case_manager", frame, area=area) == [True]
