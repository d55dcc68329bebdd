"""XmR readings: limits and rules worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.statistics import xmr

LOWER, HIGHER = "lower_is_better", "higher_is_better"
# Twelve values that go up and down by 2: eleven moving ranges of 2, mean 11.
STEADY = [10.0, 12.0] * 6


def test_limits_are_the_mean_and_two_point_six_six_mean_moving_ranges() -> None:
    assert xmr.limits(STEADY) == pytest.approx((11, 11 - 2.66 * 2, 11 + 2.66 * 2))
    # Mean (4 + 7 + 5 + 8) / 4 = 6; moving ranges 3, 2, 3: mean 8 / 3.
    assert xmr.limits([4, 7, 5, 8]) == pytest.approx((6, 6 - 2.66 * 8 / 3, 6 + 2.66 * 8 / 3))


def test_a_step_of_nothing_is_a_moving_range_of_nothing() -> None:
    # Mean (4 + 4 + 6 + 6) / 4 = 5; moving ranges 0, 2, 0: mean 2 / 3.
    assert xmr.limits([4, 4, 6, 6]) == pytest.approx((5, 5 - 2.66 * 2 / 3, 5 + 2.66 * 2 / 3))


def test_a_gap_has_no_moving_range() -> None:
    # Ranges 3 and 3; from 7 to 5 there is a gap between.
    assert xmr.limits([4, 7, None, 5, 8]) == pytest.approx((6, 6 - 2.66 * 3, 6 + 2.66 * 3))


def test_eleven_values_are_too_few_and_twelve_are_not() -> None:
    few = xmr.read(STEADY[:11], LOWER, 5)
    assert (few.points, few.variation, few.assurance) == (11, "too_few", "too_few")
    assert (few.mean, few.low, few.high) == (None, None, None)
    assert xmr.read(STEADY, LOWER).variation == "common"


def test_a_series_that_does_as_it_always_does_is_common_variation() -> None:
    found = xmr.read(STEADY, LOWER)
    assert (found.rules, found.side, found.variation) == ((), 0, "common")


@pytest.mark.parametrize(
    ("last", "direction", "variation"),
    [
        (30.0, LOWER, "worse"),
        (30.0, HIGHER, "better"),
        (-8.0, LOWER, "better"),
        (30.0, "neutral", "up"),
        (-8.0, "neutral", "down"),
    ],
)
def test_a_value_beyond_the_limits_is_a_special_cause(
    last: float, direction: str, variation: str
) -> None:
    found = xmr.read([*STEADY, last], direction)
    assert "beyond" in found.rules
    assert found.variation == variation


def test_a_value_exactly_on_the_limit_is_not_beyond_it() -> None:
    # 13 values with mean m and mean range r: the last is put on m + 2.66 r by hand. With last x,
    # m = (132 + x) / 13 and r = (22 + x - 12) / 12, so x = m + 2.66 r gives
    # x (1 - 1/13 - 2.66/12) = 132/13 + 26.6/12.
    x = (132 / 13 + 26.6 / 12) / (1 - 1 / 13 - 2.66 / 12)
    assert xmr.limits([*STEADY, x])[2] == pytest.approx(x)
    assert "beyond" not in xmr.read([*STEADY, x], LOWER).rules
    assert "beyond" in xmr.read([*STEADY, x + 0.01], LOWER).rules


def test_eight_on_one_side_are_a_run_and_seven_are_none() -> None:
    low, high = [0.0, 9.0] * 3, [6.0, 7.0] * 4
    # The mean is (27 + 52) / 14 = 5.6: the last eight lie above it, the one before (9) too.
    assert xmr.read([*low[:-1], 0.0, *high], LOWER).rules == ("run",)
    assert "run" not in xmr.read([*low[:-1], 9.0, 0.0, *high[1:]], LOWER).rules


def test_a_gap_ends_a_run() -> None:
    low, high = [0.0, 9.0] * 3, [6.0, 7.0] * 4
    assert "run" not in xmr.read([*low, *high[:4], None, *high[4:]], LOWER).rules


def test_two_of_three_near_a_limit_count_only_where_the_latest_is_one_of_them() -> None:
    # Mean (264 + 42.6) / 27 = 11.36, ranges (46 + 3.8 + 4.8 + 4.8) / 26 = 2.28: the outer third
    # begins at 11.36 + 2 / 3 × 2.66 × 2.28 = 15.41, the limit is 17.43.
    near = xmr.read([*STEADY * 2, 15.8, 11.0, 15.8], LOWER)
    assert near.rules == ("near",)
    assert near.variation == "worse"
    assert "near" not in xmr.read([*STEADY * 2, 15.8, 15.8, 11.0], LOWER).rules


def test_six_that_rise_are_a_trend_and_five_are_none() -> None:
    # Small steps around the mean of 11: neither beyond nor eight on one side.
    rising = [10.5, 10.7, 10.9, 11.1, 11.3, 11.5]
    assert xmr.read([*STEADY, *rising], LOWER).rules == ("trend",)
    assert xmr.read([*STEADY, *rising], HIGHER).variation == "better"
    assert xmr.read([*STEADY, *rising[1:]], LOWER).rules == ()
    assert xmr.read([*STEADY, *rising[::-1]], LOWER).variation == "better"


def test_a_constant_series_has_its_limits_on_its_mean_and_no_special_cause() -> None:
    found = xmr.read([0.1] * 20, LOWER, 0.1)
    assert (found.low, found.mean, found.high) == pytest.approx((0.1, 0.1, 0.1))
    assert (found.rules, found.variation, found.assurance) == ((), "common", "will_meet")
    assert xmr.read([0.1] * 20, LOWER, 0.09).assurance == "will_miss"


@pytest.mark.parametrize(
    ("direction", "target", "assurance"),
    [
        (LOWER, 11 + 2.66 * 2, "will_meet"),
        (LOWER, 11.0, "may_or_may_not"),
        (LOWER, 5.6, "will_miss"),
        (HIGHER, 11 - 2.66 * 2, "will_meet"),
        (HIGHER, 11.0, "may_or_may_not"),
        (HIGHER, 16.4, "will_miss"),
        ("neutral", 11.0, "no_target"),
        (LOWER, None, "no_target"),
    ],
)
def test_a_target_beyond_the_limits_will_be_met_or_missed(
    direction: str, target: float | None, assurance: str
) -> None:
    assert xmr.read(STEADY, direction, target).assurance == assurance


values = st.lists(st.integers(-1000, 1000).map(float), min_size=12, max_size=30)


@given(values)
def test_turning_a_series_over_turns_its_reading_over(series: list[float]) -> None:
    other = xmr.read([-x for x in series], HIGHER)
    found = xmr.read(series, LOWER)
    assert (found.variation, set(found.rules)) == (other.variation, set(other.rules))
    assert found.low is not None
    assert other.high is not None
    assert found.low == pytest.approx(-other.high)


@given(values, st.floats(0.5, 3), st.integers(-50, 50))
def test_another_unit_changes_no_reading(series: list[float], times: float, more: int) -> None:
    scaled = [x * times + more for x in series]
    assert xmr.limits(scaled) == pytest.approx(
        tuple(x * times + more for x in xmr.limits(series)), abs=1e-6
    )
