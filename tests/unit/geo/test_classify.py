"""Class breaks: readable, stable, and right with equal, few and missing values."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.classify import MODES, Classes, EdgeRule, Mode, breaks, nice_step

CASELOADS = [5.0, 7.2, 8.0, 9.1, 9.9, 10.0, 10.1, 11.4, 12.0, 13.5, 18.0, 25.0, 26.3]
finite = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))


def test_readable_edges_are_round_and_evenly_spaced() -> None:
    found = breaks([2, 17, 35, 51, 68, 99])
    assert found.edges == (0, 20, 40, 60, 80, 100)


@pytest.mark.parametrize(
    ("least", "step"), [(0.7, 1), (1, 1), (1.2, 2), (2.1, 2.5), (3, 5), (7, 10), (0.03, 0.05)]
)
def test_a_step_is_one_two_two_and_a_half_or_five(least: float, step: float) -> None:
    assert nice_step(least) == step


def test_counts_are_classed_by_whole_numbers() -> None:
    assert nice_step(2.1, whole=True) == 5
    assert breaks([0, 1, 2, 3], classes=5, rule=EdgeRule(whole=True)).edges == (0, 1, 2, 3)
    for mode in MODES:
        found = breaks(
            [0, 1, 1, 2, 3, 5, 8, 13, 21], mode, classes=4, at=(5, 10), rule=EdgeRule(whole=True)
        )
        assert all(edge == int(edge) for edge in found.edges), mode


def test_one_extreme_value_does_not_push_all_others_into_one_class() -> None:
    found = breaks([*CASELOADS * 6, 400.0])
    assert found.edges[-1] >= 400
    assert max(found.counts([*CASELOADS * 6, 400.0])) < 0.7 * 79


def test_ten_families_exactly_is_within_the_norm() -> None:
    found = breaks(CASELOADS, rule=EdgeRule(10))
    assert 10 in found.edges
    assert found.of(10.0) == found.below() - 1
    assert found.of(10.1) == found.below()


def test_a_target_met_exactly_is_in_the_class_above_when_closed_left() -> None:
    found = breaks([50, 79.9, 80, 95], "threshold", at=(80,), rule=EdgeRule(closed="left"))
    assert found.of(79.9) == 0
    assert found.of(80) == 1


def test_a_diverging_scale_has_its_middle_even_where_all_values_lie_on_one_side() -> None:
    below, above = breaks([6, 7, 8.5], rule=EdgeRule(10)), breaks([12, 15, 22], rule=EdgeRule(10))
    assert below.edges[-1] == 10
    assert below.below() == len(below.intervals)
    assert above.edges[0] == 10
    assert above.below() == 0


def test_thresholds_keep_their_classes_even_where_nothing_falls_into_one() -> None:
    found = breaks([1, 2, 3], "threshold", at=(5, 10))
    assert found.edges == (1, 5, 10, 10)
    assert found.counts([1, 2, 3]) == (3, 0, 0)


@pytest.mark.parametrize("mode", ["readable", "quantile", "natural"])
def test_equal_values_make_one_class(mode: Mode) -> None:
    found = breaks([7, 7, 7, None], mode)
    assert found.intervals == ((7, 7),)
    assert found.counts([7, 7, 7, None]) == (3,)


@pytest.mark.parametrize("mode", ["readable", "quantile", "natural", "threshold"])
def test_no_values_make_no_class(mode: Mode) -> None:
    for values in ([], [None, math.nan]):
        found = breaks(values, mode, at=(5,))
        assert found.intervals == ()
        assert found.of(3) is None
        assert found.counts(values) == ()


def test_missing_is_in_no_class_and_zero_is_in_the_lowest() -> None:
    found = breaks([0, 5, 10, 20])
    assert found.of(None) is None
    assert found.of(math.nan) is None
    assert found.of(0) == 0


def test_quantiles_hold_equally_many_areas() -> None:
    values = list(range(1, 101))
    assert breaks(values, "quantile", classes=4).counts(values) == (25, 25, 25, 25)


def test_natural_breaks_part_what_lies_apart() -> None:
    values = [1, 2, 3, 40, 41, 42, 90, 91]
    found = breaks(values, "natural", classes=3)
    assert found.counts(values) == (3, 3, 2)
    assert found.edges == (1, 20, 70, 91)


def test_natural_breaks_of_all_districts_are_the_same_every_time() -> None:
    values = list(np.random.default_rng(3).gamma(2, 5, 928))
    assert breaks(values, "natural") == breaks(values, "natural")


def test_classes_of_all_periods_hold_for_each_of_them() -> None:
    first, second = [4.0, 9.0, 12.0], [11.0, 19.0, 24.0]
    found = breaks(first + second)
    counts = np.add(found.counts(first), found.counts(second))
    assert tuple(counts) == found.counts(first + second)


def test_a_value_beyond_the_edges_is_in_the_outermost_class() -> None:
    found = breaks([0, 50, 100])
    assert found.of(-5) == 0
    assert found.of(170) == len(found.intervals) - 1


@pytest.mark.parametrize("wrong", [{"mode": "jenks"}, {"classes": 0}, {"mode": "threshold"}])
def test_a_wrong_order_says_what_was_wanted(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="wanted a mode"):
        breaks([1, 2], **wrong)  # type: ignore[arg-type] # wrong on purpose


@given(
    st.lists(finite, min_size=1, max_size=40),
    st.sampled_from(["readable", "quantile", "natural", "threshold"]),
    st.sampled_from(["right", "left"]),
    st.one_of(st.none(), finite),
)
def test_every_value_is_in_exactly_one_class_and_the_classes_rise(
    values: list[float], mode: Mode, closed: str, around: float | None
) -> None:
    found = breaks(values, mode, at=(0, 10), rule=EdgeRule(around, closed=closed))  # type: ignore[arg-type] # a str of the two
    assert list(found.edges) == sorted(found.edges)
    assert sum(found.counts(values)) == len(values)
    assert found.edges[0] <= min(values)
    assert found.edges[-1] >= max(values)
    for value in values:
        position = found.of(value)
        assert position is not None
        low, high = found.intervals[position]
        assert low <= value <= high


def test_classes_compare_and_hash_by_their_edges() -> None:
    assert Classes((0, 1), "readable") == Classes((0, 1), "readable")
    assert hash(Classes((0, 1), "readable")) == hash(Classes((0, 1), "readable"))
