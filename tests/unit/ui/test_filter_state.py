"""What a visitor chose: read from codes, written back as codes, narrowed and widened."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.thai_calendar import FiscalYear
from data_access.schema.codes import CODES
from geo import registers
from ui.state.filter_state import FilterState, everything, from_params

AS_OF = date(2026, 9, 30)
YEARS = (2569, 2568, 2567)
HOME = everything(AS_OF)


def read(**params: str) -> FilterState:
    chosen, unused = from_params(params, AS_OF, YEARS)
    assert not unused
    return chosen


def ignored(**params: str) -> list[tuple[str, str, str]]:
    _, unused = from_params(params, AS_OF, YEARS)
    return [(one.param, one.value, one.rule) for one in unused]


def test_an_empty_address_is_the_current_year_everywhere_for_everyone() -> None:
    assert read() == FilterState(as_of=AS_OF, year=FiscalYear(2569))
    assert HOME.untouched
    assert HOME.params() == {}


def test_the_address_of_the_contract_is_read_and_written_back() -> None:
    params = {
        "fy": "2569", "q": "4", "region": "north", "province": "50", "district": "5001",
        "group": "elder",
    }  # fmt: skip
    assert read(**params).params() == params


def test_a_district_names_its_province_and_its_region() -> None:
    chosen = read(district="5001")
    assert (chosen.region, chosen.province, chosen.narrowest) == ("north", "50", "5001")
    assert chosen.path == ("TH", "north", "50", "5001")


def test_the_year_is_written_with_any_other_filter() -> None:
    assert read(group="elder").params() == {"fy": "2569", "group": "elder"}


def test_thai_digits_in_the_address_are_read() -> None:
    assert read(fy="๒๕๖๘", province="๕๐").params()["province"] == "50"


@pytest.mark.parametrize(
    ("param", "seen"),
    [
        ("fy", "2026"),
        ("fy", "2560"),
        ("q", "5"),
        ("region", "east"),
        ("province", "99"),
        ("district", "9999"),
        ("group", "adult"),
        ("base", "75"),
    ],
)
def test_an_unknown_code_is_ignored_and_said_in_both_languages(param: str, seen: str) -> None:
    chosen, (one,) = from_params({param: seen}, AS_OF, YEARS)
    assert chosen == HOME
    assert seen in one.text("th")
    assert seen in one.text("en")


def test_what_was_seen_is_shown_without_markup_and_cut() -> None:
    _, (one,) = from_params({"province": "<script>[x](http://a.b)`" + "9" * 99}, AS_OF, YEARS)
    said = one.text("en")
    assert not set("<>[]()`") & set(said)
    assert "9" * 41 not in said


def test_a_quarter_that_begins_on_the_data_s_day_has_begun() -> None:
    assert everything(date(2026, 9, 30)).quarters() == (1, 2, 3, 4)
    assert everything(date(2026, 10, 1)).quarters() == (1,)
    assert everything(date(2026, 12, 31)).quarters() == (1,)
    assert everything(date(2027, 1, 1)).quarters() == (1, 2)


def test_a_quarter_that_has_not_begun_is_ignored() -> None:
    early = date(2026, 2, 1)
    chosen, (one,) = from_params({"q": "3"}, early, YEARS)
    assert chosen.quarter is None
    assert one.rule == "not_begun"


def test_where_areas_contradict_each_other_the_narrowest_holds() -> None:
    chosen, (one,) = from_params({"region": "south", "province": "50"}, AS_OF, YEARS)
    assert chosen.path == ("TH", "north", "50")
    assert (one.param, one.rule) == ("region", "elsewhere")


def test_an_unknown_district_leaves_the_province_chosen() -> None:
    assert ignored(province="50", district="5099") == [("district", "5099", "unknown")]


def test_a_wider_area_is_one_step_up_the_path() -> None:
    chosen = read(district="5001", group="elder")
    assert chosen.at("50").path == ("TH", "north", "50")
    assert chosen.at("north").path == ("TH", "north")
    assert chosen.at("TH").path == ("TH",)
    assert chosen.at("TH").target_group == "elder"


def test_choosing_another_region_lets_go_of_a_province_outside_it() -> None:
    chosen = read(province="50")
    assert chosen.with_area("region", "south").path == ("TH", "south")
    assert chosen.with_area("region", "north").path == ("TH", "north", "50")


def test_all_provinces_keeps_the_region_and_all_districts_the_province() -> None:
    chosen = read(district="5001")
    assert chosen.with_area("district", None).path == ("TH", "north", "50")
    assert chosen.with_area("province", None).path == ("TH", "north")
    assert chosen.with_area("region", None).path == ("TH",)


def test_bangkok_is_counted_with_the_77_because_the_76_leave_it_out() -> None:
    assert read(base="76").at("10").base == 77
    assert read(base="76").at("50").base == 76


def test_another_year_drops_a_quarter_that_it_has_not_begun() -> None:
    early = date(2026, 2, 1)
    chosen, _ = from_params({"fy": "2568", "q": "4"}, early, YEARS)
    assert chosen.with_year(2569).quarter is None
    assert chosen.with_year(2567).quarter == 4


def test_the_day_of_stocks_is_the_end_of_the_period_or_of_the_data() -> None:
    assert read(fy="2568").day == date(2025, 9, 30)
    assert read(q="1").day == date(2025, 12, 31)
    early, _ = from_params({}, date(2026, 2, 1), YEARS)
    assert early.day == date(2026, 2, 1)


def test_months_up_to_the_day_are_whole_months_that_end_with_it() -> None:
    span = read(q="1").months_up_to(24)
    assert (span.start, span.end) == (date(2024, 1, 1), date(2025, 12, 31))


def test_the_readable_line_names_period_area_and_group() -> None:
    chosen = read(q="4", province="50", group="elder")
    assert chosen.line("th") == "ปีงบประมาณ 2569 ไตรมาส 4 · จังหวัดเชียงใหม่ · ผู้สูงอายุ"
    assert chosen.line("en").startswith("FY 2026 (B.E. 2569) Q4 · Chiang Mai · ")


def test_the_question_carries_every_filter() -> None:
    query = read(q="4", province="50", group="elder").query("district", breakdown="method")
    assert (query.area, query.breakdown, query.province) == ("district", "method", "50")
    assert (query.target_group, query.as_of) == ("elder", AS_OF)
    assert (query.span, query.base) == (FiscalYear(2569).quarter(4), 77)


area_codes = st.sampled_from(
    ["TH", *registers.REGIONS]
    + [p.code for p in registers.provinces()]
    + [d.code for d in registers.districts()]
)


@given(
    area_codes,
    st.sampled_from([*YEARS]),
    st.sampled_from([None, 1, 2, 3, 4]),
    st.sampled_from([None, *CODES["target_group"]]),
)
def test_every_choice_survives_the_address_bar(
    code: str, year: int, quarter: int | None, group: str | None
) -> None:
    chosen = FilterState(AS_OF, FiscalYear(year), quarter=quarter, target_group=group).at(code)
    again, unused = from_params(chosen.params(), AS_OF, YEARS)
    assert again == chosen
    assert not unused


@given(st.dictionaries(st.sampled_from(["fy", "q", "region", "province", "base"]), st.text()))
def test_no_address_is_a_crash(params: dict[str, str]) -> None:
    _, unused = from_params(params, AS_OF, YEARS)
    assert all(one.text("th") and one.text("en") for one in unused)
