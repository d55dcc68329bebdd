"""Count, distance to the target and change over a year: the same rules for hidden and empty."""

import pandas as pd
import pytest

from config.theme import LIGHT
from geo.classify import EdgeRule, breaks
from tests.charts.made import CASELOAD, COMPLETION, GAP, POINTS, URL, caseload, cell, frame
from tests.charts.test_maps import rows_of
from ui.charts.indicator_frame import ChartProblem
from ui.charts.look import Look
from ui.maps import choropleth, classes, compare
from ui.maps.base_map import BaseMap


def test_distance_to_the_target_is_value_minus_target() -> None:
    rows = frame([cell("10", 75, 100, 100), cell("50", 90, 100, 100)])
    found, drawn_with = compare.from_target(rows, indicator=COMPLETION, target=80)
    assert found["value"].tolist() == [75 - 80, 90 - 80]
    assert drawn_with.unit == "points"
    assert found["numerator"].isna().all()


def test_change_needs_both_periods_and_hidden_on_either_side_stays_hidden() -> None:
    hidden = {"status": "hidden", "reason": "small_number"}
    empty = {"status": "no_data", "reason": "nothing_due"}
    now = frame([cell("10", 12, 1), cell("11", 3, 1, **hidden), cell("12", 4, 1), cell("13", 9, 1)])
    then = frame([cell("10", 10, 1), cell("11", 2, 1), cell("12", 1, 1, **hidden),
                  cell("13", 0, 0, **empty)])  # fmt: skip
    found, _ = compare.over_time(now, then, indicator=CASELOAD)
    assert found["status"].tolist() == ["shown", "hidden", "hidden", "no_data"]
    assert found["value"].tolist()[0] == 12 - 10
    assert found["value"].isna().tolist() == [False, True, True, True]
    assert found["reason"].tolist()[3] == "nothing_due"


def test_two_rows_for_one_area_cannot_be_compared() -> None:
    twice = frame([cell("10", 1, 1), cell("10", 2, 1)])
    with pytest.raises(ChartProblem, match="one row per area"):
        compare.over_time(twice, twice, indicator=CASELOAD)


def test_counts_are_the_numerators() -> None:
    found, drawn_with = compare.counts(caseload(), indicator=CASELOAD, unit="families")
    shown = found["status"] == "shown"
    assert (found.loc[shown, "value"] == found.loc[shown, "numerator"]).all()
    spec = choropleth.symbols(
        found, indicator=drawn_with, look=Look("th"), base_map=BaseMap(URL, points=POINTS)
    )
    assert rows_of(spec)["10"]["size"] == 30


def test_blue_is_the_good_side_whichever_way_is_better() -> None:
    around_zero = breaks([-10.0, 10.0], "threshold", at=(-5, 0, 5), rule=EdgeRule(0.0))
    lower = classes.colours(around_zero, LIGHT)
    higher = classes.colours(around_zero, LIGHT, high_is_good=True)
    assert lower[:2] == LIGHT.diverging_steps(2, 2)[:2]
    assert higher == tuple(reversed(lower))


def test_a_map_of_differences_diverges_around_zero() -> None:
    found, drawn_with = compare.from_target(caseload(), indicator=CASELOAD, target=10)
    held = classes.classes_of(found["value"], drawn_with)
    assert held.around == 0
    assert 0 < held.below() < len(held.intervals)
    spec = choropleth.choropleth(
        found, indicator=drawn_with, look=Look("th"), base_map=BaseMap(URL)
    )
    assert "ต่างจากเกณฑ์" in spec["description"]
    assert isinstance(found, pd.DataFrame)
    assert GAP.unit == "people"
