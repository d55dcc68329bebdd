"""The map page: switches live in the address, districts inside an area, what a card says."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from config.i18n import t
from config.thai_calendar import format_month
from geo import layers as installing
from geo import registers
from geo.layers import Order
from tests.pages.conftest import Open, words
from tests.pages.test_filters_on_pages import address
from tests.support import layers
from tests.support.commands import TODAY
from tests.support.world import Rows, drawn

ABSENT = {"no_data", "hidden"}
DataDir = Callable[[Rows], Path]
TWO_PROVINCES: Rows = {
    "families": drawn("""
        family_id household_id district_code
        F1        H1           5001
        F2        H2           5101"""),
    "cases": drawn("""
        case_id family_id target_group opened_on  stage
        C1      F1        elder        2026-09-05 follow_up
        C2      F2        child        2026-08-30 follow_up"""),
}


def picture(app: AppTest) -> dict[str, Any]:
    """The drawing of the map: the first chart of the page."""
    spec: dict[str, Any] = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    return spec


def rows(app: AppTest) -> dict[str, dict[str, Any]]:
    """The rows inside the map by area code."""

    def found(part: Any) -> list[dict[str, Any]]:
        if isinstance(part, dict):
            values = part.get("values")
            if isinstance(values, list) and values and "code" in str(values[0]):
                return values
            part = list(part.values())
        inner = [found(one) for one in part] if isinstance(part, list) else []
        return next((values for values in inner if values), [])

    return {row["code"]: row for row in found(picture(app))}


def marks(app: AppTest) -> set[str]:
    """The kinds of mark that the map is drawn with."""

    def found(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = part["mark"]["type"] if isinstance(part.get("mark"), dict) else None
            return {own} - {None} | set().union(*(found(v) for v in part.values()), set())
        return set().union(*map(found, part), set()) if isinstance(part, list) else set()

    return found(picture(app))


def test_the_tiles_are_a_switch_that_lives_in_the_address(open_page: Open) -> None:
    app = open_page("province_map")
    assert "geoshape" in marks(app)
    app.button_group(key="switch_shape").set_value("tiles").run()
    assert address(app) == {"shape": "tiles"}
    assert "geoshape" not in marks(app)
    assert len(rows(app)) == 77
    app.button_group(key="switch_shape").set_value("real").run()
    assert address(app) == {}


def test_tiles_show_the_whole_country_also_where_a_region_is_chosen(open_page: Open) -> None:
    app = open_page("province_map", region="north", areas="provinces", shape="tiles")
    assert len(rows(app)) == 77
    # Bangkok has neither families nor case managers: it has no ratio whatever area is chosen.
    assert [code for code, row in rows(app).items() if row["k"] == "no_data"] == ["10"]


def test_a_province_shows_its_districts_as_points_until_polygons_are_there(
    open_page: Open,
) -> None:
    app = open_page("province_map", province="50")
    assert "point" in marks(app)
    assert set(rows(app)) <= {d.code for d in registers.districts_of("50")}
    assert t("page.province_map.points", "th") in words(app)
    missing = 25 - len(rows(app))
    labels = [box.label for box in app.expander]
    assert t("page.province_map.without_point", "th", n=missing) in labels


def test_a_district_goes_to_the_address_the_crumbs_and_the_map(
    open_page: Open,
) -> None:
    app = open_page("province_map", province="50")
    app.selectbox(key="filter_district").select("5003").run()
    assert address(app) == {"fy": "2569", "region": "north", "province": "50", "district": "5003"}
    assert [b.key for b in app.button if str(b.key).startswith("crumb")] == [
        "crumb_TH", "crumb_north", "crumb_50",
    ]  # fmt: skip
    assert '"value": [{"code": "5003"}]' in json.dumps(picture(app))


def test_a_province_can_still_be_seen_among_the_others(open_page: Open) -> None:
    app = open_page("province_map", province="50", areas="provinces")
    assert len(rows(app)) == 77
    assert '"value": [{"code": "50"}]' in json.dumps(picture(app))


def test_a_selection_survives_a_filter_change(open_page: Open) -> None:
    app = open_page("province_map", province="50", areas="provinces")
    app.selectbox(key="filter_group").select("elder").run()
    assert address(app)["province"] == "50"
    assert '"value": [{"code": "50"}]' in json.dumps(picture(app))


@pytest.mark.parametrize("name", ["staffing_gap", "follow_up_overdue", "unassigned_families"])
def test_counts_are_circles_and_not_coloured_areas(
    open_page: Open, demo_data_dir: Path, name: str
) -> None:
    # The demo has provinces that lack case managers; the small sample has none.
    app = open_page("province_map", data_dir=demo_data_dir, indicator=name)
    assert "circle" in marks(app)
    assert all(("size" in row) == (row["k"] not in ABSENT) for row in rows(app).values())


def test_the_rate_behind_a_count_is_one_switch_away(open_page: Open) -> None:
    app = open_page("province_map", indicator="follow_up_overdue")
    app.button_group(key="switch_measure").set_value("value").run()
    assert address(app) == {"indicator": "follow_up_overdue", "measure": "value"}
    assert "circle" not in marks(app)


def test_each_way_to_make_classes_can_be_linked_to(open_page: Open) -> None:
    colours = set()
    for mode in ("readable", "quantile", "natural", "threshold"):
        app = open_page("province_map", classes=mode)
        assert app.selectbox(key="switch_classes").value == mode
        colours.add(tuple(row["k"] for row in rows(app).values()))
    assert len(colours) == 4


def test_classes_around_a_target_are_offered_only_where_there_is_one(open_page: Open) -> None:
    codes = {"indicator": "unassigned_families", "measure": "value"}
    app = open_page("province_map", classes="threshold", **codes)
    assert app.selectbox(key="switch_classes").value == "readable"
    assert not app.warning


def test_readable_classes_are_the_same_in_every_year(open_page: Open) -> None:
    legends = set()
    for year in ("2567", "2569"):
        app = open_page("province_map", indicator="training_coverage", fy=year)
        domain = json.dumps(picture(app)).split('"domain": ["c0"')[1].split("]")[0]
        legends.add(domain.split(', "no_data"')[0])  # what is out of date is another matter
    assert len(legends) == 1


def test_a_province_without_new_records_is_marked_as_out_of_date(
    open_page: Open, data_dir_with: DataDir
) -> None:
    """As of 30 September: 5 September is 25 days old, 30 August 31 days; the limit is 30."""
    app = open_page("province_map", data_dir=data_dir_with(TWO_PROVINCES))
    assert [code for code, row in rows(app).items() if row.get("stale")] == ["51"]
    assert t("page.province_map.stale", "th", days=30) in words(app)


def test_a_past_year_is_not_out_of_date(open_page: Open, data_dir_with: DataDir) -> None:
    older = [*TWO_PROVINCES["cases"], {**next(iter(TWO_PROVINCES["cases"])), "case_id": "C0"}]
    older[-1] = {**older[-1], "opened_on": TODAY.replace(year=2025, month=3, day=1)}
    data_dir = data_dir_with({**TWO_PROVINCES, "cases": older})
    app = open_page("province_map", data_dir=data_dir, fy="2568")
    assert not [code for code, row in rows(app).items() if row.get("stale")]


@pytest.mark.slow
def test_an_installed_layer_turns_districts_into_areas(
    open_page: Open, small_data_dir: Path, tmp_path: Path
) -> None:
    home = tmp_path / "data"
    shutil.copytree(small_data_dir, home, ignore=shutil.ignore_patterns("sample"))
    file = tmp_path / "districts.parquet"
    layers.districts(layers.provinces()).to_parquet(file)
    installing.install(home, Order(file), TODAY)
    app = open_page("province_map", data_dir=home, province="50")
    assert "geoshape" in marks(app)
    assert set(rows(app)) == {d.code for d in registers.districts_of("50")}
    app = open_page("province_map", data_dir=home, region="north")
    assert len(rows(app)) == 196


def test_the_order_says_beside_each_value_what_chance_allows(open_page: Open) -> None:
    app = open_page("map_compare", indicator="follow_up_completion")
    table = next(one.value for one in app.dataframe if "verdict" in one.value)
    assert set(table["verdict"]) >= {t("page.map_compare.verdict.alike", "th")}
    assert t("page.map_compare.funnel", "th") in [one.value for one in app.header]


def test_a_ratio_has_its_funnel_plot_and_a_count_says_why_it_has_none(open_page: Open) -> None:
    app = open_page("map_compare")
    assert t("page.map_compare.funnel", "th") in [one.value for one in app.header]
    assert t("page.map_compare.funnel_caveat_ratio", "th") in words(app)
    app = open_page("map_compare", indicator="staffing_gap", picture="funnel")
    assert t("page.map_compare.no_funnel", "th") in words(app)
    assert t("page.map_compare.sentence_plain", "th") in words(app)


def test_a_month_on_the_map_is_saved_under_its_name(open_page: Open) -> None:
    app = open_page("map_compare", picture="time", fy="2569")
    assert "data-kind=" not in words(app), "nothing is made before the menu is opened"
    app.session_state["menu_map_time_tiles"] = True
    app.run()
    last = format_month(date(2026, 9, 1), "th")
    menu = next(one.proto.body for one in app.get("html") if "ov-save-picture" in one.proto.body)
    assert 'data-of=".st-key-map_time_picture"' in menu
    assert 'data-kind="svg"' in menu
    assert last in menu


@pytest.mark.parametrize("measure", ["count", "target", "change"])
def test_each_measure_can_be_seen_on_tiles_and_true_to_shape(open_page: Open, measure: str) -> None:
    for shape in ("tiles", "real"):
        app = open_page("map_compare", measure=measure, shape=shape)
        assert not app.exception
        assert len(rows(app)) == 77
        assert ("geoshape" in marks(app)) == (shape == "real")


def test_the_explorer_offers_no_districts_where_the_indicator_has_none(open_page: Open) -> None:
    whole = {"indicator": "volunteers_per_1000_households", "province": "50"}
    app = open_page("province_map", **whole, part="explorer", show="districts")
    assert t("reason.not_by_district", "th") in {said.value for said in app.info}
    assert not any(group.key == "explorer_show" for group in app.button_group)
    app = open_page("province_map", province="50", part="explorer")
    assert app.button_group(key="explorer_show").value == "districts"


@pytest.mark.parametrize("picture_of", ["years", "two"])
def test_years_and_two_indicators_can_be_tiles_too(open_page: Open, picture_of: str) -> None:
    assert "geoshape" in marks(open_page("map_compare", picture=picture_of))
    tiles = open_page("map_compare", picture=picture_of, shape="tiles")
    assert marks(tiles)
    assert "geoshape" not in marks(tiles)
