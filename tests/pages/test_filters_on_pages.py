"""Filters at work: address bar, session, crumbs, clearing, and the list behind a number."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, words
from tests.support.reading import as_read
from ui.render.pages import spec


def address(app: AppTest) -> dict[str, str]:
    """The codes in the address bar."""
    found = dict(app.query_params)
    return {name: one[0] if isinstance(one, list) else one for name, one in found.items()}


def test_choosing_a_province_writes_its_codes_and_narrows_the_page(open_page: Open) -> None:
    app = open_page("caseload")
    app.selectbox(key="filter_province").select("50").run()
    assert address(app) == {"fy": "2569", "region": "north", "province": "50"}
    assert "ปีงบประมาณ 2569 · จังหวัดเชียงใหม่ · ทุกกลุ่มเป้าหมาย" in words(app)


def test_filters_stay_when_another_page_is_opened(open_page: Open) -> None:
    app = open_page("caseload")
    app.selectbox(key="filter_group").select("elder").run()
    app.query_params.clear()  # as the menu does
    app.switch_page(spec("training").file).run()
    assert address(app) == {"fy": "2569", "group": "elder"}
    assert app.selectbox(key="filter_group").value == "elder"


def test_one_click_clears_every_filter(open_page: Open) -> None:
    app = open_page("follow_up", fy="2568", q="2", province="50", group="child")
    app.button(key="filter_clear").click().run()
    assert address(app) == {}
    assert "filter_clear" not in [button.key for button in app.button]


def test_a_crumb_leads_one_level_up(open_page: Open) -> None:
    app = open_page("caseload", district="5001")
    assert [b.key for b in app.button if str(b.key).startswith("crumb")] == [
        "crumb_TH", "crumb_north", "crumb_50",
    ]  # fmt: skip
    app.button(key="crumb_50").click().run()
    assert address(app) == {"fy": "2569", "region": "north", "province": "50"}
    app.button(key="crumb_TH").click().run()
    assert address(app) == {}


def test_the_language_switch_keeps_the_filters(open_page: Open) -> None:
    app = open_page("caseload", province="50")
    app.button_group(key="language").set_value("en").run()
    assert app.title[0].value == spec("caseload").title("en")
    assert address(app) == {"fy": "2569", "region": "north", "province": "50", "lang": "en"}


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("province", "99"),
        ("district", "0000"),
        ("region", "east"),
        ("group", "adult"),
        ("q", "9"),
        ("fy", "2400"),
    ],
)
def test_an_unknown_code_is_said_and_not_obeyed(open_page: Open, code: str, seen: str) -> None:
    app = open_page("caseload", **{code: seen})
    assert not app.exception
    assert [seen in warning.value for warning in app.warning] == [True]
    assert address(app) == {}


@pytest.mark.parametrize("name", ["families_per_case_manager", "training_coverage"])
def test_the_overview_has_the_list_behind_its_number_too(open_page: Open, name: str) -> None:
    app = open_page("overview")
    app.button(key=f"list_{name}").click().run()
    assert not app.exception
    assert len(app.dataframe) == 1


def test_the_number_on_a_card_is_the_number_of_rows_behind_it(open_page: Open) -> None:
    app = open_page("caseload")
    app.button(key="list_provinces_over_norm").click().run()
    assert address(app)["list"] == "provinces_over_norm"
    (listed,) = [table for table in app.dataframe if "area_code" in table.value]
    bodies = [as_read(element.proto.body) for element in app.get("html")]
    shown = next(body for body in bodies if "จังหวัดที่เกินเกณฑ์ 1" in body)
    assert f'<div class="value">{len(listed.value)} ' in shown
    app.button(key="list_provinces_over_norm").click().run()
    assert "list" not in address(app)


def test_a_list_is_closed_when_the_visitor_leaves_the_page(open_page: Open) -> None:
    app = open_page("caseload", list="staffing_gap")
    app.query_params.clear()
    app.switch_page(spec("follow_up").file).run()
    assert "list" not in address(app)


def test_the_map_shows_the_indicator_of_the_address(open_page: Open) -> None:
    app = open_page("province_map", indicator="follow_up_completion")
    assert app.selectbox(key="map_indicator").value == "follow_up_completion"
    app.selectbox(key="map_indicator").select("training_coverage").run()
    assert address(app) == {"indicator": "training_coverage"}


def test_an_unknown_indicator_in_the_address_is_said(open_page: Open) -> None:
    app = open_page("province_map", indicator="happiness")
    assert not app.exception
    assert app.selectbox(key="map_indicator").value == "families_per_case_manager"
    assert any("happiness" in warning.value for warning in app.warning)


def test_a_target_group_is_never_said_to_be_within_the_norm(open_page: Open) -> None:
    said = words(open_page("caseload", group="elder"))
    assert "ไม่จำแนกตามกลุ่มเป้าหมาย" in said
    assert "ครอบครัวในความดูแลของกลุ่มผู้สูงอายุ" in said
    assert not [words for words in ("อยู่ในเกณฑ์ 10", "อยู่ในเกณฑ์ 1 : 10") if words in said]
    assert "ไม่มีจังหวัดใดเกินเกณฑ์" not in said
