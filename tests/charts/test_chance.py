"""Intervals, ranks and the funnel plot against numbers worked out elsewhere or by hand."""

import numpy as np
import pandas as pd
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from data_access.statistics.funnel import CHANCE_ALONE, limits, verdicts
from data_access.statistics.intervals import interval, ranks
from tests.charts.made import CASELOAD, COMPLETION, GAP, cell, completion, frame, gaps
from ui.charts import funnel
from ui.charts.indicator_frame import onto_areas
from ui.charts.look import Look


def one(numerator: float, denominator: float, *, share: bool) -> tuple[float, float]:
    """The 95 % interval of one rate."""
    low, high = interval(np.array([numerator]), np.array([denominator]), share=share)
    return float(low[0]), float(high[0])


def test_exact_intervals_are_those_of_the_textbook() -> None:
    # Clopper–Pearson for 8 of 20, and Garwood for 10 events, as printed in statistical tables.
    assert one(8, 20, share=True) == pytest.approx((0.1912, 0.6395), abs=1e-4)
    assert one(10, 1, share=False) == pytest.approx((4.795, 18.390), abs=1e-3)


def test_none_and_all_have_an_open_end() -> None:
    assert one(0, 12, share=True)[0] == 0
    assert one(12, 12, share=True)[1] == 1
    assert one(0, 12, share=False)[0] == 0


def test_ranks_follow_the_direction_and_small_areas_have_a_wide_range() -> None:
    rows = frame([cell("10", 950, 1000, 100), cell("50", 700, 1000, 100), cell("90", 22, 25, 100)])
    found = ranks(onto_areas(rows, ["10", "50", "90"]), COMPLETION)
    assert [found[code].place for code in ("10", "90", "50")] == [1, 2, 3]
    assert (found["10"].low, found["10"].high) == (1, 2)
    assert (found["90"].low, found["90"].high) == (1, 3)
    lower = frame([cell("10", 50, 10), cell("50", 200, 10)])
    worst = ranks(onto_areas(lower, ["10", "50"]), CASELOAD)
    assert worst["50"].place == 2
    assert worst["50"].of == 2


def test_a_ratio_has_a_range_of_ranks_too_and_a_count_has_none() -> None:
    # By Garwood's limits 8 families of 2 case managers may be 1.7 to 7.9 each, 16 of 2 may be 4.6
    # to 13: they cannot be told apart; 400 of 10 can.
    rows = frame([cell("10", 8, 2), cell("50", 16, 2), cell("90", 400, 10)])
    found = ranks(onto_areas(rows, ["10", "50", "90"]), CASELOAD)
    assert [(found[c].place, found[c].low, found[c].high) for c in ("10", "50", "90")] == [
        (1, 1, 2),
        (2, 1, 2),
        (3, 3, 3),
    ]
    missing = gaps().iloc[:30]  # no two of them are equal
    counted = ranks(onto_areas(missing, missing["area_code"].tolist()), GAP)
    assert counted
    assert all(rank.low == rank.place == rank.high for rank in counted.values())


def test_equal_values_share_a_place_and_hidden_areas_have_none() -> None:
    rows = frame([cell("10", 5, 10), cell("50", 50, 100), cell("90", 1, 1, status="hidden")])
    found = ranks(onto_areas(rows, ["10", "50", "90"]), CASELOAD)
    assert found["10"].place == found["50"].place == 1
    assert "90" not in found


def test_a_small_province_is_alike_where_a_large_one_with_the_same_rate_is_worse() -> None:
    rows = frame(
        [
            cell("10", 8000, 10000, 100),
            cell("50", 17, 25, 100),
            cell("90", 600, 1000, 100),
            cell("30", 960, 1000, 100),
        ]
    )
    judged = verdicts(rows, indicator=COMPLETION, reference=80)
    said = dict(zip(judged["area_code"], judged["verdict"], strict=True))
    assert said == {"10": "alike", "50": "alike", "90": "worse", "30": "better"}


def test_more_families_per_case_manager_than_the_norm_is_worse() -> None:
    rows = frame([cell("10", 300, 10), cell("50", 20, 10)])
    judged = verdicts(rows, indicator=CASELOAD, reference=10)
    assert judged["verdict"].tolist() == ["worse", "better"]


def test_the_mean_of_all_is_the_sum_over_the_sum() -> None:
    rows = frame([cell("10", 90, 100, 100), cell("50", 1, 30, 100)])
    judged = verdicts(rows, indicator=COMPLETION)
    assert judged["reference"].iloc[0] == pytest.approx(100 * (90 + 1) / (100 + 30))


def test_limits_are_those_of_the_binomial_and_close_in_on_the_reference() -> None:
    judged = verdicts(completion(), indicator=COMPLETION, reference=80, beyond_chance=CHANCE_ALONE)
    lines = limits(judged, COMPLETION, 80)
    near = lines.iloc[(lines["n"] - 100).abs().argmin()]
    n = near["n"]
    assert near["low_95"] == pytest.approx(100 * stats.binom.ppf(0.025, n, 0.8) / n, abs=100 / n)
    assert near["high_99_8"] == pytest.approx(100 * stats.binom.ppf(0.999, n, 0.8) / n, abs=100 / n)
    widths = lines["high_95"] - lines["low_95"]
    assert widths.iloc[-1] < widths.iloc[0] / 2
    assert (lines["low_99_8"] <= lines["low_95"]).all()
    assert lines.drop(columns="n").max().max() <= 100


def test_hidden_empty_and_zero_denominators_are_not_judged() -> None:
    rows = frame([cell("10", 1, 2, 100, status="hidden"), cell("50", None, 0, status="no_data")])
    assert verdicts(rows, indicator=COMPLETION).empty
    assert "no data" in funnel.plot(rows, indicator=COMPLETION, look=Look("en"))["description"]


@given(st.lists(st.tuples(st.integers(1, 400), st.floats(0, 1)), min_size=2, max_size=6))
def test_a_rank_lies_inside_its_range(areas: list[tuple[int, float]]) -> None:
    codes = ["10", "11", "12", "13", "14", "15"][: len(areas)]
    rows = frame(
        [cell(c, int(n * share), n, 100) for c, (n, share) in zip(codes, areas, strict=True)]
    )
    found = ranks(onto_areas(rows, codes), COMPLETION)
    assert all(1 <= r.low <= r.place <= r.high <= len(codes) for r in found.values())


def test_verdicts_are_a_column_beside_the_frame() -> None:
    judged = verdicts(completion(), indicator=COMPLETION)
    assert {"area_code", "value", "reference", "verdict"} <= set(judged.columns)
    assert isinstance(judged, pd.DataFrame)
    assert set(judged["verdict"]) <= {"better", "worse", "alike", "maybe_better", "maybe_worse"}


def test_large_sizes_are_written_out_on_the_axis() -> None:
    rows = frame([cell("10", 9000, 2_000_000), cell("50", 4000, 700_000), cell("90", 90, 20_000)])
    picture = vl_convert.vegalite_to_svg(
        funnel.plot(rows, indicator=CASELOAD, look=Look("th")) | {"width": 640}
    )
    assert ">1,000,000<" in picture
    assert "e+" not in picture
