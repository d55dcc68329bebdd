"""How much late entry still moves a month: worked out by hand."""

from statistics import median

from data_access.statistics.provisional import Provisional, movements, provisional

TODAY = [80.0, 82.0, 84.0, 86.0, 88.0, 90.0, None]
THEN = {
    0: [70.0, 70.0, 70.0, 80.0, 80.0, 80.0, 80.0],
    1: [80.0, 82.0, 84.0, 86.0, 88.0, 90.0, 80.0],
    2: [None, 82.0, 84.0, 86.0, 88.0, 90.0, 80.0],
}


def test_the_movement_is_the_median_of_today_less_then() -> None:
    found = movements(THEN, TODAY)
    # 10, 12, 14, 6, 8, 10: the middle of them is 10.
    assert found[0] == (median([10, 12, 14, 6, 8, 10]), 6)
    assert found[1] == (0, 6)


def test_five_months_say_nothing() -> None:
    assert 2 not in movements(THEN, TODAY)


def test_a_month_is_provisional_while_such_months_still_move() -> None:
    moved = {0: (10.0, 12), 1: (0.51, 12), 2: (0.5, 12), 3: (-0.6, 12)}
    assert provisional(0, moved) == Provisional(0, 10.0, 12)
    assert provisional(1, moved) == Provisional(1, 0.51, 12)
    assert provisional(2, moved) is None
    assert provisional(3, moved) == Provisional(3, -0.6, 12)
    assert provisional(4, moved) is None
