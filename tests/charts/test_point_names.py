"""Names beside points: never on a point, never on another name, whatever the size of the map."""

import math

import pandas as pd
import pytest

from geo import registers
from geo.points import district_points, web_mercator
from ui.maps.point_labels import Mark, named_points, radii, reach
from ui.maps.province_labels import Extent, boxes_meet, with_points


def rows_of(area: str) -> pd.DataFrame:
    """A row per district of the area with a known point, in order of code."""
    codes = [d.code for d in registers.districts() if d.code.startswith(area)]
    names = [registers.area_name(code, "th") for code in codes]
    rows = with_points(pd.DataFrame({"code": codes, "name": names}), district_points())
    return rows[rows["px"] != ""].reset_index(drop=True)


def shown(rows: pd.DataFrame) -> Extent:
    """What the map shows: the points and two hundredths of a degree around them."""
    x, y = rows["px"].astype(float), rows["py"].astype(float)
    edge = web_mercator(0.02, 0)[0]
    around = Extent(x.min() - edge, y.min() - edge, x.max() + edge, y.max() + edge)
    return reach(around, x.tolist(), y.tolist())


def named(rows: pd.DataFrame, selected: str | None = None, **more: bool) -> pd.DataFrame:
    """The rows with names, for values that grow with the code and equal sizes."""
    values = [float(at) for at in range(len(rows))]
    size = radii([1.0] * len(rows), (110, 900))
    only = more.get("only_telling", False)
    return named_points(rows, size, values, selected, shown(rows), only_telling=only)


@pytest.mark.parametrize("area", ["50", "10", "34", "83", "90"])
def test_no_name_lies_on_a_point_or_on_another_name(area: str) -> None:
    rows = rows_of(area)
    found = named(rows)
    extent = shown(rows)
    marks = [
        Mark(x, y, math.sqrt(900 / math.pi), wide)
        for x, y, wide in zip(rows["px"], rows["py"], rows["wide"], strict=True)
    ]
    for land in extent.widths():
        scale = land / extent.across
        words = [
            mark.word((row.dx, row.dy), scale)
            for mark, row in zip(marks, found.itertuples(), strict=True)
            if row.named and row.named <= land
        ]
        assert not any(boxes_meet(a, b) for i, a in enumerate(words) for b in words[:i])
        assert not any(boxes_meet(word, mark.dot(scale)) for word in words for mark in marks)
    assert (found["named"] != "").any()


def test_the_chosen_district_comes_before_its_neighbours() -> None:
    rows = rows_of("10")
    without = set(rows["code"][named(rows)["named"] == ""])
    assert without, "Bangkok has more districts than names have room"
    later = [code for code in sorted(without) if _written(rows, code)]
    assert later, "a name that had no room has it when its district is chosen"


def _written(rows: pd.DataFrame, code: str) -> bool:
    found = named(rows, code).set_index("code")["named"]
    return bool(found[code] != "")


def test_where_points_are_many_only_the_most_telling_are_named() -> None:
    rows = rows_of("1")
    found = named(rows, rows["code"][3], only_telling=True)
    assert 1 <= (found["named"] != "").sum() <= 7, "three highest, three lowest and the chosen one"


def test_the_radius_grows_with_the_area_from_zero() -> None:
    small, large = radii([0.0, 10.0], (math.pi, 4 * math.pi))
    assert (small, large) == pytest.approx((1.0, 2.0))
    assert radii([0.0], (math.pi, 3 * math.pi)) == pytest.approx([math.sqrt(2)])
    assert radii([], (1, 2)) == []


def test_no_points_have_no_names() -> None:
    rows = rows_of("10").iloc[:0]
    found = named_points(rows, [], [], None, Extent(0, 0, 1, 1), only_telling=False)
    assert found.empty
    assert {"named", "dx", "dy"} <= set(found.columns)
