"""Better or worse: changes, streaks and marked points, worked out by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from data_access.indicators import registry
from data_access.statistics.change import (
    Cell,
    Change,
    Point,
    cell_of,
    change,
    moved_most,
    sparkline,
    streak,
)

RATIO = registry.get("families_per_case_manager")
DONE = registry.get("follow_up_completion")
DENSITY = registry.get("volunteers_per_1000_households")
OVER = registry.get("provinces_over_norm")
DAYS = [date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]
JUNE = DAYS[2]


def cell(x: float | None, reason: str = "") -> Cell:
    return Cell(x, reason, JUNE)


@pytest.mark.parametrize(
    ("indicator", "now", "before", "word", "amount"),
    [
        (RATIO, 11.6, 10.6, "worse", 11.6 - 10.6),
        (RATIO, 10.0, 10.6, "better", 10.0 - 10.6),
        (RATIO, 10.62, 10.58, "unchanged", 10.62 - 10.58),  # both read 1 : 10.6
        (RATIO, 0.11, 0.10, "worse", 0.11 - 0.10),  # 1 : 0.11 and 1 : 0.10 are told apart
        (DONE, 88.7, 87.2, "better", 88.7 - 87.2),
        (DONE, 88.74, 88.66, "unchanged", 88.74 - 88.66),
        (DENSITY, 5.9, 5.8, "up", 5.9 - 5.8),
        (DENSITY, 5.8, 5.9, "down", 5.8 - 5.9),
    ],
)
def test_a_change_has_its_word_by_the_direction_and_its_size_in_the_unit(
    indicator: Any, now: float, before: float, word: str, amount: float
) -> None:
    found = change(cell(now), cell(before), indicator)
    assert (found.word, found.amount, found.before) == (word, pytest.approx(amount), before)
    assert found.since == JUNE


def test_counts_are_compared_as_counts() -> None:
    assert change(cell(37), cell(34), OVER, counts=True).word == "worse"
    assert change(cell(37), cell(37), OVER, counts=True).word == "unchanged"


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        (cell(None, "small_number"), cell(5), "small_number"),
        (cell(5), cell(None, "small_number"), "small_number"),
        (cell(5), cell(None), "no_data"),
        (cell(5), None, "no_period"),
    ],
)
def test_a_change_is_never_worked_out_across_what_is_not_shown(
    now: Cell, before: Cell | None, reason: str
) -> None:
    found = change(now, before, DONE)
    assert (found.word, found.amount, found.reason) == ("unknown", None, reason)


def rows(*values: tuple[int | None, int | None, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "area_code": "50", "period_end": day, "numerator": top, "denominator": bottom,
                "value": 100 * top / bottom if top is not None and bottom else None,
                "status": status, "reason": "" if status == "shown" else "small_number",
            }
            for day, (top, bottom, status) in zip(DAYS, values, strict=False)
        ]
    )  # fmt: skip


def test_a_cell_on_a_small_base_has_no_number_to_compare() -> None:
    frame = rows((19, 19, "shown"), (20, 20, "shown"), (None, None, "hidden"))
    found = [cell_of(row, DONE, counts=False) for row in frame.itertuples()]
    assert [(c.comparable, c.reason) for c in found] == [
        (None, "small_base"),
        (100.0, ""),
        (None, "small_number"),
    ]
    assert cell_of(next(frame.itertuples()), OVER, counts=True).comparable == 19


def test_a_sparkline_names_its_ends_and_its_extremes() -> None:
    frame = rows((60, 100, "shown"), (None, None, "hidden"), (90, 100, "shown"), (60, 100, "shown"))
    found = sparkline(frame, DONE)
    assert found is not None
    assert found.values == (60.0, None, 90.0, 60.0)
    assert (found.first, found.last) == (Point(DAYS[0], 60), Point(DAYS[3], 60))
    assert (found.lowest, found.highest) == (Point(DAYS[3], 60), Point(DAYS[2], 90))
    assert sparkline(rows((None, None, "hidden")), DONE) is None


def points(*values: float | None) -> list[Point | None]:
    return [None if x is None else Point(date(2026, 1 + at, 1), x) for at, x in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "steps", "rose"),
    [
        ((11.3, 10.0, 10.1, 10.6, 10.61, 11.6), 4, True),  # as from April to September
        ((10.0, 10.6, 10.1), 1, False),
        ((9.0, None, 10.0, 10.5), 1, True),
    ],
)
def test_a_streak_is_the_unbroken_end_of_a_series(
    values: tuple[float | None, ...], steps: int, rose: bool
) -> None:
    found = streak(points(*values), 1)
    assert found is not None
    assert (found.steps, found.rose) == (steps, rose)
    assert found.first.value == values[-1 - steps]


@pytest.mark.parametrize("values", [(), (1.0,), (1.0, 1.0), (1.0, None), (2.0, 10.01, 10.02)[1:]])
def test_without_a_visible_move_there_is_no_streak(values: tuple[float | None, ...]) -> None:
    assert streak(points(*values), 1) is None


def ratios(**cells: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "area_code": code[1:], "period_end": JUNE, "numerator": top, "denominator": bottom,
                "value": top / bottom if bottom else None,
                "status": "shown" if bottom else "no_data", "reason": "",
            }
            for code, (top, bottom) in cells.items()
        ]
    )  # fmt: skip


def test_the_areas_that_moved_most_are_those_with_the_largest_change() -> None:
    now = ratios(p50=(50, 10), p51=(90, 10), p52=(80, 10), p53=(10, 0))
    before = ratios(p50=(80, 10), p51=(50, 10), p52=(70, 10), p53=(10, 1))
    found = moved_most(now, before, RATIO)
    assert found.up is not None
    assert found.down is not None
    assert (found.up[0], found.up[1].amount) == ("51", pytest.approx(9 - 5))
    assert (found.down[0], found.down[1].amount) == ("50", pytest.approx(5 - 8))
    still = moved_most(now, now, RATIO)
    assert (still.up, still.down) == (None, None)


def test_an_area_that_was_not_there_before_has_not_moved() -> None:
    found = moved_most(ratios(p50=(50, 10)), ratios(p51=(50, 10)), RATIO)
    assert (found.up, found.down) == (None, None)
    assert change(cell(1), None, RATIO) == Change("unknown", reason="no_period")
