"""The filter row's rules: what one select does to the others, and what each select offers."""

from datetime import date

import pytest

from geo import registers
from ui.state import filter_bar
from ui.state.filter_state import everything

HOME = everything(date(2026, 9, 30))


@pytest.mark.parametrize(
    ("param", "value", "codes"),
    [
        ("fy", 2568, {"fy": "2568"}),
        ("q", "2", {"fy": "2569", "q": "2"}),
        ("region", "south", {"fy": "2569", "region": "south"}),
        ("province", "83", {"fy": "2569", "region": "south", "province": "83"}),
        ("group", "elder", {"fy": "2569", "group": "elder"}),
        ("base", 76, {"fy": "2569", "base": "76"}),
    ],
)
def test_each_select_writes_its_code(param: str, value: object, codes: dict[str, str]) -> None:
    assert filter_bar.with_filter(HOME, param, value).params() == codes


def test_a_district_can_be_chosen_from_the_country() -> None:
    chosen = filter_bar.with_filter(HOME, "district", "8301")
    assert chosen.path == ("TH", "south", "83", "8301")


@pytest.mark.parametrize("param", ["q", "region", "province", "district", "group"])
def test_all_is_a_choice_in_every_select_but_year_and_base(param: str) -> None:
    assert filter_bar.with_filter(HOME, param, filter_bar.ALL) == HOME


def test_every_province_is_offered_and_all_of_them_first() -> None:
    for lang in ("th", "en"):
        names = filter_bar.province_names(lang)
        assert set(names) == {filter_bar.ALL, *(p.code for p in registers.provinces())}
        assert next(iter(names)) == filter_bar.ALL


def test_provinces_stand_in_the_order_of_the_thai_dictionary() -> None:
    names = list(filter_bar.province_names("th").values())
    # แ and เ are written before their consonant and sorted after it.
    wanted = ["กระบี่", "เชียงราย", "เชียงใหม่", "ตรัง", "แพร่", "แม่ฮ่องสอน", "ระยอง"]
    assert sorted(wanted, key=names.index) == wanted


def test_leading_vowels_sort_under_their_consonant_and_districts_of_bangkok_by_name() -> None:
    # ไ ใ โ แ เ stand before the consonant they are read after; "เขต" is no part of the name.
    in_order = ["ชะอวด", "ไชยา", "เขตดุสิต", "โดมใหญ่", "ใต้", "เมือง", "แม่ริม", "ยะลา"]
    named = [(str(at), name) for at, name in enumerate(reversed(in_order))]
    assert [name for _, name in sorted(named, key=filter_bar.by_name)] == in_order


def test_a_region_s_provinces_come_first_and_the_others_stay_in_reach() -> None:
    offered = filter_bar.provinces_offered("th", "south")
    assert len(offered) == len(registers.provinces()) + 1
    assert {registers.region_of(code) for code in offered[1:15]} == {"south"}
    assert "50" in offered[15:]


def test_districts_of_a_province_are_named_plainly_and_others_with_their_province() -> None:
    assert filter_bar.district_names("th", "50")["5001"] == "เมืองเชียงใหม่"
    assert filter_bar.district_names("th", None)["5001"] == "เมืองเชียงใหม่ (เชียงใหม่)"


def test_districts_of_a_region_are_only_those_inside_it() -> None:
    codes = [code for code in filter_bar.district_names("en", "south") if code]
    assert codes
    assert {registers.region_of(code[:2]) for code in codes} == {"south"}
    assert len(filter_bar.district_names("en", None)) == len(registers.districts()) + 1
