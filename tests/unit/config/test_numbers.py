"""Rounding, missing values, units, digits."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.numbers import (
    MISSING,
    NotANumber,
    change,
    count,
    decimal,
    percent,
    ratio,
    ratio_places,
    round_half_up,
    to_arabic,
    value,
)
from tests.support.thai_digits import to_thai_digits


@pytest.mark.parametrize(
    ("x", "places", "text"),
    [
        (0.25, 1, "0.3"),  # to even would be 0.2
        (0.35, 1, "0.4"),
        (2.675, 2, "2.68"),  # the binary number lies below 2.675
        (1.005, 2, "1.01"),
        (87.45, 1, "87.5"),
        (87.449999, 1, "87.4"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # to even would be 2
        (-0.25, 1, "−0.3"),
        (-0.04, 1, "0.0"),  # no negative zero
        (99.95, 1, "100.0"),
        (1234567.25, 1, "1,234,567.3"),
        (Decimal("0.125"), 2, "0.13"),
        (Fraction(1, 3), 3, "0.333"),
        (Fraction(1, 8), 2, "0.13"),
        (np.float64(2.675), 2, "2.68"),
        (np.int64(7), 1, "7.0"),
    ],
)
def test_half_is_rounded_away_from_zero_as_the_reader_sees_the_number(
    x: Any, places: int, text: str
) -> None:
    assert decimal(x, places) == text


@given(st.integers(0, 10**6), st.integers(1, 10**4))
def test_a_percentage_divided_once_rounds_like_the_exact_fraction(part: int, whole: int) -> None:
    exact = Fraction(100 * part, whole)
    tenths = (20 * exact + 1) // 2  # half up, in whole numbers only
    assert round_half_up(100 * part / whole, 1) == Decimal(int(tenths)) / 10


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(0, 2))
def test_rounding_moves_a_number_by_half_a_step_at_most(x: Decimal, places: int) -> None:
    assert abs(round_half_up(x, places) - x) <= Decimal(1).scaleb(-places) / 2
    assert round_half_up(-x, places) == -round_half_up(x, places)


@pytest.mark.parametrize("empty", [None, float("nan"), pd.NA, pd.NaT, np.nan, Decimal("NaN")])
def test_an_empty_cell_is_a_dash_and_never_a_zero(empty: Any) -> None:
    written = [decimal(empty), percent(empty), ratio(empty), change(empty), count(empty, "th")]
    written += [value(empty, unit, "th", "words") for unit in ("percent", "ratio", "people")]
    assert set(written) == {MISSING}


def test_zero_is_written_as_zero() -> None:
    assert count(0, "th") == "0"
    assert percent(0) == "0.0"
    assert ratio(0.0) == "1 : 0.0"


@pytest.mark.parametrize(
    ("x", "written"),
    [
        (10.04, "1 : 10.0"),
        (0.95, "1 : 1.0"),
        (0.949, "1 : 0.95"),
        (0.5, "1 : 0.50"),
        (0.1063, "1 : 0.11"),
        (0.0434, "1 : 0.043"),
        (0.0005, "1 : 0.001"),
        (0.0004, "1 : <0.001"),
    ],
)
def test_a_ratio_above_nobody_never_reads_as_nobody(x: float, written: str) -> None:
    assert ratio(x) == value(x, "ratio", "th") == value(x, "ratio", "en", "words") == written


@given(st.floats(1e-9, 1e6))
def test_a_written_ratio_is_within_half_a_step_of_the_number(x: float) -> None:
    assert ratio(x) != ratio(0)
    told = ratio(x).removeprefix("1 : ").replace(",", "")
    assert told.startswith("<") or abs(float(told) - x) <= 0.5001 * 10 ** -ratio_places(x)


def test_counts_have_commas_and_are_whole() -> None:
    assert count(133253, "th") == count(133253.0, "en") == "133,253"
    assert count(-1234, "th") == "−1,234"
    with pytest.raises(NotANumber, match="got: 3.5"):
        count(3.5, "th")


@pytest.mark.parametrize("wrong", ["12", b"12", float("inf"), object()])
def test_what_is_no_finite_number_is_refused(wrong: Any) -> None:
    with pytest.raises(NotANumber, match="got: "):
        decimal(wrong)


def test_a_change_carries_its_sign() -> None:
    assert change(1.45) == "+1.5"
    assert change(-0.3) == "−0.3"
    assert change(0.04) == change(-0.04) == "0.0"


@pytest.mark.parametrize(
    ("x", "unit", "bare", "thai", "english"),
    [
        (87.45, "percent", "87.5", "ร้อยละ 87.5", "87.5%"),
        (11.35, "ratio", "1 : 11.4", "1 : 11.4", "1 : 11.4"),
        (6.0926, "per_1000", "6.09", "6.09 ต่อ 1,000 ครัวเรือน", "6.09 per 1,000 households"),
        (133253, "people", "133,253", "133,253 คน", "133,253 people"),
        (1, "people", "1", "1 คน", "1 person"),
        (1.0, "families", "1", "1 ครอบครัว", "1 family"),
        (2, "cases", "2", "2 กรณี", "2 cases"),
        (400, "attendances", "400", "400 คน-ครั้ง", "400 attendances"),
        (3, "provinces", "3", "3 จังหวัด", "3 provinces"),
        (30, "days", "30", "30 วัน", "30 days"),
        (14.25, "months", "14.3", "14.3 เดือน", "14.3 months"),
        (7, "count", "7", "7", "7"),
    ],
)
def test_a_value_is_written_for_its_unit(
    x: float, unit: str, bare: str, thai: str, english: str
) -> None:
    assert value(x, unit, "th") == value(x, unit, "en") == bare
    assert value(x, unit, "th", "words") == thai
    assert value(x, unit, "en", "words") == english


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(NotANumber, match="furlongs"):
        value(1, "furlongs", "th")


def test_a_target_may_drop_the_digits_behind_the_point() -> None:
    assert value(80, "percent", "th", "words", places=0) == "ร้อยละ 80"


@given(st.text())
def test_thai_digits_go_there_and_back(text: str) -> None:
    assert to_arabic(to_thai_digits(text)) == to_arabic(text)


def test_thai_digits_are_read() -> None:
    assert to_arabic("๑๓๓,๒๕๓ คน") == "133,253 คน"
    assert to_thai_digits("1 : 10") == "๑ : ๑๐"
