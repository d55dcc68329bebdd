"""Maps: every area once, classes and legend that say what they mean, nothing hidden let out."""

import gzip
import json
from typing import Any

import pandas as pd
import pytest
import vl_convert

from geo import registers
from geo.classify import breaks
from geo.errors import UnknownArea
from tests.charts.made import (
    CASELOAD,
    COMPLETION,
    EMPTY_CODE,
    HIDDEN_CODE,
    NOBODY_CODE,
    POINTS,
    URL,
    Given,
    caseload,
    cell,
    completion,
    frame,
    region_borders,
    shapes,
)
from tests.charts.test_every_chart import values_of
from ui.charts import spark
from ui.charts.indicator_frame import ChartProblem
from ui.charts.look import Look
from ui.maps import choropleth, classes
from ui.maps.base_map import Annotations, BaseMap, MapArea
from ui.maps.layers import AREA

LIGHTEST_CHANGE = 30_000  # bytes that a filter change may send


def drawn(rows: pd.DataFrame, **more: Any) -> dict[str, Any]:
    """A province map of the caseload, in English unless said otherwise."""
    usual = {"indicator": CASELOAD, "look": Look("en"), "base_map": BaseMap(URL)}
    return choropleth.choropleth(rows, **(usual | more))


def rows_of(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows inside a map's spec, by area code, with what each area has whatever is chosen."""
    lasting = next((v["data"]["values"] for v in values_of(spec, "from") if v["key"] == "code"), [])
    known = {row["code"]: row for row in lasting}
    rows = next(data["values"] for data in values_of(spec, "data") if data.get("name") == "areas")
    return {row["code"]: {**known.get(row["code"], {}), **row} for row in rows}


def legend_of(spec: dict[str, Any]) -> dict[str, Any]:
    """The legend of the classes."""
    return next(x for x in values_of(spec, "legend") if x and "values" in x)


def test_all_77_provinces_are_on_the_map_also_when_the_frame_has_three() -> None:
    rows = rows_of(drawn(caseload().head(3)))
    assert list(rows) == [p.code for p in registers.provinces()]
    assert [code for code, row in rows.items() if row["k"] != "no_data"] == ["10", "11", "12"]


def test_a_frame_without_rows_gives_a_map_of_no_data() -> None:
    rows = rows_of(drawn(caseload().head(0)))
    assert len(rows) == 77
    assert {row["k"] for row in rows.values()} == {"no_data"}


def test_equal_values_are_one_class_that_names_the_value() -> None:
    equal = frame([cell(p.code, 61, 10) for p in registers.provinces()])
    days = Given("days_from_opening_to_closing", "per_1000", "neutral")  # has no classes of its own
    spec = choropleth.choropleth(equal, indicator=days, look=Look("en"), base_map=BaseMap(URL))
    assert {row["k"] for row in rows_of(spec).values()} == {"c0"}
    assert "'c0':'6.1  (77)'" in legend_of(spec)["labelExpr"]


def test_no_data_hidden_nobody_in_post_and_values_are_four_different_classes() -> None:
    rows = rows_of(drawn(caseload()))
    assert rows[HIDDEN_CODE]["k"] == "hidden"
    assert rows[EMPTY_CODE]["k"] == "no_data"
    assert rows[NOBODY_CODE]["k"] == "no_case_manager"
    assert rows["10"]["k"].startswith("c")


def test_the_legend_names_the_unit_counts_the_areas_and_always_lists_no_data_and_hidden() -> None:
    legend = legend_of(drawn(caseload()))
    assert legend["title"] == ["families per", "case manager"]
    assert legend["values"][-3:] == ["no_case_manager", "no_data", "hidden"]
    assert "'no_data':'No data  (1)'" in legend["labelExpr"]
    percent = legend_of(drawn(completion().tail(70), indicator=COMPLETION, look=Look("th")))
    assert percent["title"] == "ร้อยละ"
    assert percent["values"][-2:] == ["no_data", "hidden"]


def test_hidden_and_stale_areas_are_striped_so_that_colour_is_not_needed() -> None:
    spec = drawn(caseload(), notes=Annotations(stale=["55"]))
    fills = next(values_of(spec, "range"))
    assert [f for f in fills if isinstance(f, dict)] == [{"expr": "hidden_fill"}, fills[-1]]
    stripes = {p["name"]: p["expr"] for p in spec["params"]}["hidden_fill"]
    assert stripes.startswith("{gradient:")
    assert fills[-1]["expr"].startswith("{gradient:")
    assert rows_of(spec)["55"]["stale"] == 1
    assert legend_of(spec)["values"][-1] == "stale"
    assert "out of date" in json.dumps(spec)


def test_a_hidden_value_is_nowhere_in_the_spec_even_if_the_frame_still_holds_it() -> None:
    rows = caseload()
    place = rows.index[rows["area_code"] == HIDDEN_CODE][0]
    rows.loc[place, ["numerator", "denominator", "value"]] = [7654321, 1234567, 6.2]
    text = json.dumps(drawn(rows, base_map=BaseMap(URL, points=POINTS)))
    assert not any(secret in text for secret in ("7654321", "7,654,321", "1234567", "1,234,567"))


def test_ten_families_exactly_are_within_the_norm_and_eighty_percent_meets_its_target() -> None:
    ten, more = cell("10", 100, 10), cell("11", 1004, 100)
    rows = rows_of(drawn(frame([ten, more])))
    edges = classes.classes_of(pd.Series([10.0, 10.04]), CASELOAD)
    within = edges.below() - 1
    assert rows["10"]["k"] == f"c{within}"
    assert rows["11"]["k"] == f"c{within + 1}"
    eighty = classes.classes_of(pd.Series([79.9, 80.0]), COMPLETION)
    assert eighty.of(80.0) == eighty.of(79.9) + 1


def test_classes_of_the_caseload_are_the_same_whatever_the_values() -> None:
    few = classes.classes_of(pd.Series([9.0]), CASELOAD)
    many = classes.classes_of(pd.Series([1.0, 30.0]), CASELOAD)
    assert classes.words(few, "ratio", "en") == classes.words(many, "ratio", "en")
    assert few.around == 10


def test_given_classes_are_held_fixed() -> None:
    held = breaks([0.0, 100.0], "threshold", at=(50,))
    spec = drawn(caseload(), classes=held)
    assert legend_of(spec)["values"][:2] == ["c0", "c1"]


def test_an_unknown_code_a_doubled_area_and_another_level_are_refused() -> None:
    with pytest.raises(UnknownArea):
        drawn(frame([cell("99", 1, 1)]))
    with pytest.raises(ChartProblem, match="one row per area"):
        drawn(frame([cell("50", 1, 1), cell("50", 2, 1)]))
    with pytest.raises(ChartProblem, match="areas of this map"):
        drawn(frame([cell("5001", 1, 1)]))
    with pytest.raises(ChartProblem, match="columns"):
        drawn(caseload().drop(columns="status"))
    with pytest.raises(ChartProblem, match="a status is one of"):
        drawn(frame([cell("50", 1, 1, status="secret")]))
    with pytest.raises(ChartProblem, match="geometry"):
        drawn(caseload(), base_map=BaseMap({"url": "/x"}))


def test_a_map_of_a_region_has_its_provinces_only() -> None:
    inside = {p.code for p in registers.provinces_of("south")}
    rows = caseload()
    south = BaseMap(URL, MapArea(within="south"))
    spec = drawn(rows[rows["area_code"].isin(inside)], base_map=south)
    assert set(rows_of(spec)) == inside
    assert "land" not in [param["name"] for param in spec["params"]]


def test_the_selection_is_one_code_and_starts_with_the_selected_area() -> None:
    spec = drawn(caseload(), notes=Annotations(selected="50"))
    selection = [p for ps in values_of(spec["layer"], "params") for p in ps]
    assert selection == [
        {
            "name": AREA,
            "select": {"type": "point", "fields": ["code"], "toggle": False},
            "value": [{"code": "50"}],
        }
    ]


def test_a_filter_change_sends_less_than_thirty_kilobytes() -> None:
    trends = {p.code: spark.code(list(range(24))) for p in registers.provinces()}
    spec = drawn(
        caseload(), look=Look("th"), base_map=BaseMap(URL, points=POINTS, borders=region_borders()),
        notes=Annotations(10, 77, stale=["55"], trends=trends),
    )  # fmt: skip
    # Names stand in rows of their own, which a browser has already.
    once = next(v["data"] for v in values_of(spec, "from") if v["key"] == "code")
    assert {row["name"] for row in once["values"]} == {p.name_th for p in registers.provinces()}
    # Long rows stand at an address of their own and are fetched gzipped.
    rows = next(data for data in values_of(spec, "data") if data.get("name") == "areas")
    fetched = gzip.compress(json.dumps(rows["values"], separators=(",", ":")).encode(), 9)
    inside = len(json.dumps(spec)) - len(json.dumps(once)) - len(json.dumps(rows["values"]))
    assert inside + len(fetched) < LIGHTEST_CHANGE


def test_what_is_sent_once_is_the_same_for_every_choice() -> None:
    one = drawn(caseload(), notes=Annotations(selected="50"))
    other = drawn(caseload().head(3), base_map=BaseMap(URL, points=POINTS))
    names = [next(v for v in values_of(s, "from") if v["key"] == "code") for s in (one, other)]
    assert names[0] == names[1]


def test_shapes_that_travel_inside_the_spec_do_so_once() -> None:
    spec = drawn(caseload(), base_map=BaseMap(shapes()))
    assert json.dumps(spec).count('"Topology"') == 1


def test_77_areas_and_the_six_of_the_inset_are_painted() -> None:
    spec = drawn(caseload(), base_map=BaseMap(shapes())) | {"width": 640}
    svg = vl_convert.vegalite_to_svg(spec)
    assert svg.count('aria-roledescription="geoshape"') == 77 + 6


def test_tooltips_give_value_n_target_base_and_rank_with_its_range() -> None:
    spec = drawn(caseload(), notes=Annotations(10, 76))
    titles = [tip["title"] for tip in next(values_of(spec, "tooltip"))]
    assert titles == [
        "title", "families per case manager", "Families / Case managers", "Target", "Rank", "Base",
    ]  # fmt: skip
    text = json.dumps(spec, ensure_ascii=False)
    assert "≤ 1 : 10.0" in text
    assert "76 provinces" in text
    assert " of 74 (between " in text


def test_borders_between_regions_are_lines_of_the_map() -> None:
    lines = region_borders()["coordinates"]
    assert len(lines) > 10
    west, south, east, north = (10_836_200, 625_800, 11_759_500, 2_328_200)
    assert all(west <= x <= east and south <= y <= north for line in lines for x, y in line)
