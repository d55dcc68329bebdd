"""Reading what people write for a province or a district."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import registers
from geo.errors import AmbiguousArea, GeoError, UnknownArea
from geo.names import clean, name_key, read_district, read_province, thai_sort_key
from geo.tables import read_csv

AM = "\u0e33"
SPLIT_AM = "\u0e4d\u0e32"


@pytest.mark.parametrize(
    "text", ["50", "50.0", " 50", "50 ", "๕๐", "TH-50", "th-50", "TH50", "\ufeff50", "\u00a050"]
)
def test_a_province_code_is_read_in_every_spelling(text: str) -> None:
    assert read_province(text) == "50"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("เชียงใหม่", "50"),
        ("จ.เชียงใหม่", "50"),
        ("จ. เชียงใหม่", "50"),
        ("จังหวัดเชียงใหม่", "50"),
        ("จังหวัด เชียงใหม่", "50"),
        ("Chiang Mai", "50"),
        ("chiangmai", "50"),
        ("CHIANG-MAI", "50"),
        ("Chiang Mai Province", "50"),
        ("กรุงเทพมหานคร", "10"),
        ("กรุงเทพฯ", "10"),
        ("กรุงเทพ", "10"),
        ("กทม", "10"),
        ("กทม.", "10"),
        ("BKK", "10"),
        ("Krung Thep", "10"),
        ("Bangkok Metropolis", "10"),
        ("โคราช", "30"),
        ("Korat", "30"),
        ("อยุธยา", "14"),
        ("Ayutthaya", "14"),
        ("Loburi", "16"),
        ("Buogkan", "38"),
        ("Bung Kan", "38"),
        ("Phangnga", "82"),
        ("เเม่ฮ่องสอน", "58"),
        ("ลำปาง".replace(AM, SPLIT_AM), "52"),
        ("\u200bน่าน\u200b", "55"),
        ("หนอง\u00a0คาย", "43"),
    ],
)
def test_a_province_is_read_by_name_alias_and_through_damage(text: str, code: str) -> None:
    assert read_province(text) == code


def test_every_province_is_read_by_each_of_its_own_names() -> None:
    for province in registers.provinces():
        for name in (province.name_th, province.name_en, province.iso, province.code):
            assert read_province(name) == province.code


def test_every_district_is_read_by_its_own_names_inside_its_province() -> None:
    for district in registers.districts():
        assert read_district(district.name_th, district.province_code) == district.code
        # บางไทร and บางซ้าย in Ayutthaya are both written Bang Sai.
        if district.code not in ("1404", "1413"):
            assert read_district(district.name_en, district.province_code) == district.code


def test_every_name_is_read_after_its_am_was_split() -> None:
    damaged = [d for d in registers.districts() if AM in d.name_th]
    assert len(damaged) == 55
    for district in damaged:
        name = district.name_th.replace(AM, SPLIT_AM)
        assert read_district(name, district.province_code) == district.code


@pytest.mark.parametrize("text", ["เมือง", "อ.เมือง", "อ. เมือง", "อำเภอเมือง", "Mueang", "Muang"])
def test_bare_mueang_is_the_capital_district_of_the_province(text: str) -> None:
    assert read_district(text, "50") == "5001"


def test_bare_mueang_is_read_in_every_province_that_has_a_district_so_named() -> None:
    for province in registers.provinces():
        if province.code not in ("10", "14"):
            assert read_district("เมือง", province.code) == f"{province.code}01"


def test_ayutthaya_and_bangkok_have_no_district_mueang() -> None:
    with pytest.raises(UnknownArea) as caught:
        read_district("เมือง", "14")
    assert [near.code for near in caught.value.suggestions] == ["1401"]
    with pytest.raises(UnknownArea):
        read_district("เมือง", "10")


def test_bare_mueang_without_a_province_names_its_candidates() -> None:
    with pytest.raises(AmbiguousArea) as caught:
        read_district("เมือง")
    assert len(caught.value.candidates) == 75
    assert "1101" in caught.value.text("th")


@pytest.mark.parametrize(
    ("text", "province", "code"),
    [
        ("เมืองยาง", "30", "3027"),
        ("เมืองจันทร์", "33", "3318"),
        ("เมืองสรวง", "45", "4512"),
        ("เมืองปาน", "52", "5213"),
    ],
)
def test_districts_whose_name_begins_with_mueang_are_ordinary_ones(
    text: str, province: str, code: str
) -> None:
    assert read_district(text, province) == code


@pytest.mark.parametrize("text", ["5001", "5001.0", " 5001 ", "๕๐๐๑", "TH5001", "TH-5001"])
def test_a_district_code_is_read_in_every_spelling(text: str) -> None:
    assert read_district(text) == "5001"


@pytest.mark.parametrize(
    ("text", "province", "code"),
    [
        ("แม่ริม", "50", "5007"),
        ("อ.แม่ริม", "50", "5007"),
        ("Amphoe Mae Rim", "50", "5007"),
        ("Mae Rim District", "50", "5007"),
        ("เเม่ริม", None, "5007"),
        ("บางรัก", "10", "1004"),
        ("เขตบางรัก", None, "1004"),
        ("เขต บางรัก", "10", "1004"),
        ("สนามชัยเขต", "24", "2408"),
        ("Sanam Chai Khet", "24", "2408"),
        ("กิ่งอำเภอเมืองปาน", None, "5213"),
        ("Muang Chiang Mai", None, "5001"),
        ("Muang Sam Sip", None, "3414"),
        ("อ.เมือง จ.เชียงใหม่", None, "5001"),
        ("อ.เมือง จ.เชียงใหม่", "50", "5001"),
    ],
)
def test_a_district_is_read_by_name_and_level_word(
    text: str, province: str | None, code: str
) -> None:
    assert read_district(text, province) == code


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("4303", "3801"),
        ("4304", "3802"),
        ("4306", "3803"),
        ("4309", "3804"),
        ("4310", "3805"),
        ("4311", "3806"),
        ("4312", "3807"),
        ("4313", "3808"),
    ],
)
def test_codes_from_before_bueng_kan_are_read_as_their_successors(old: str, new: str) -> None:
    assert read_district(old) == new
    assert read_district(f"{old}.0", "43") == new


def test_a_district_that_moved_is_found_by_name_under_both_provinces() -> None:
    assert read_district("เซกา", "43") == read_district("เซกา", "38") == "3804"
    assert read_district("บึงกาฬ", "43") == "3801"


def test_an_abolished_code_without_successor_is_refused_with_its_namesake() -> None:
    with pytest.raises(UnknownArea) as caught:
        read_district("2505")
    assert "2704" in [near.code for near in caught.value.suggestions]


def test_a_name_that_five_districts_bear_names_all_of_them() -> None:
    with pytest.raises(AmbiguousArea) as caught:
        read_district("เฉลิมพระเกียรติ")
    codes = [candidate.code for candidate in caught.value.candidates]
    assert codes == ["1913", "3032", "3123", "5515", "8023"]
    assert "นครราชสีมา" in caught.value.text("th")
    assert "Nakhon Ratchasima" in caught.value.text("en")
    assert read_district("เฉลิมพระเกียรติ", "80") == "8023"


def test_the_level_word_tells_bangkok_from_the_rest() -> None:
    with pytest.raises(AmbiguousArea):
        read_district("จอมทอง")
    assert read_district("เขตจอมทอง") == "1035"
    assert read_district("อ.จอมทอง") == "5002"


def test_a_name_is_ambiguous_even_inside_a_province_that_has_it_twice() -> None:
    with pytest.raises(AmbiguousArea) as caught:
        read_district("Bang Sai", "14")
    assert {candidate.code for candidate in caught.value.candidates} == {"1404", "1413"}


def test_a_district_of_another_province_is_refused_and_pointed_to() -> None:
    with pytest.raises(UnknownArea) as caught:
        read_district("แม่ริม", "40")
    assert caught.value.suggestions[0].code == "5007"


def test_two_provinces_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(UnknownArea):
        read_district("อ.เมือง จ.เชียงใหม่", "40")


@pytest.mark.parametrize(
    "text", ["", " ", "99", "TH-99", "5", "5001", "ไม่มีจริง", "N/A", "-", "50.5"]
)
def test_what_is_no_province_is_refused(text: str) -> None:
    with pytest.raises(UnknownArea):
        read_province(text)


@pytest.mark.parametrize("text", ["", "อำเภอ", "50", "9999", "500101", "ไม่มีจริง"])
def test_what_is_no_district_is_refused(text: str) -> None:
    with pytest.raises(UnknownArea):
        read_district(text)


def test_a_near_miss_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownArea) as caught:
        read_province("เชียงใหม")
    assert "เชียงใหม่" in caught.value.text("th")
    assert "Chiang Mai" in caught.value.text("en")


@given(st.text(max_size=30))
def test_any_text_is_a_code_of_the_register_or_refused_with_a_message(text: str) -> None:
    assert outcome(read_province, text) in {"refused", *registers.provinces_by_code()}
    assert outcome(read_district, text) in {"refused", *registers.districts_by_code()}


def outcome(read: Callable[[str], str], text: str) -> str:
    """The code read, or `refused` if a message in each language came with the refusal."""
    try:
        return read(text)
    except GeoError as problem:
        return "refused" if problem.text("th") and problem.text("en") else "silent"


def test_cleaning_never_splits_sara_am() -> None:
    assert clean("กำแพงเพชร") == "กำแพงเพชร"
    assert clean("น\u0e4d\u0e49\u0e32") == clean("น\u0e33\u0e49") == "น้ำ"


def test_no_two_areas_share_a_key() -> None:
    names = [n for p in registers.provinces() for n in (p.name_th, p.name_en)]
    assert len({name_key(name) for name in names}) == 2 * 77


def test_aliases_point_to_known_areas_and_name_no_other() -> None:
    for row in read_csv(registers.DATA / "aliases.csv"):
        read = read_province if row["level"] == "province" else read_district
        assert read(row["alias"]) == row["code"], row


def test_thai_names_sort_as_in_a_dictionary() -> None:
    names = ["แพร่", "พะเยา", "เชียงใหม่", "ไทย", "ชัยนาท", "โพธิ์", "กระบี่", "น่าน", "นนทบุรี"]
    in_order = ["กระบี่", "ชัยนาท", "เชียงใหม่", "ไทย", "นนทบุรี", "น่าน", "พะเยา", "แพร่", "โพธิ์"]
    assert sorted(names, key=thai_sort_key) == in_order
