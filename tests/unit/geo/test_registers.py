"""The registers: complete, consistent with each other, and in the official order."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from geo import registers
from geo.build import registers as builder
from geo.registers import UnknownArea


def test_there_are_77_provinces_and_928_districts() -> None:
    assert len(registers.provinces()) == 77
    assert len(registers.districts()) == 928
    assert len({p.code for p in registers.provinces()}) == 77
    assert len({d.code for d in registers.districts()}) == 928


def test_every_district_lies_in_the_province_its_code_begins_with() -> None:
    for district in registers.districts():
        assert re.fullmatch(r"\d{4}", district.code)
        assert district.province_code == district.code[:2]
        assert district in registers.districts_of(district.province_code)
    assert sum(len(registers.districts_of(p.code)) for p in registers.provinces()) == 928


def test_the_four_regions_have_their_known_sizes() -> None:
    sizes = Counter(p.region for p in registers.provinces())
    assert sizes == {"north": 17, "northeast": 20, "central": 26, "south": 14}
    for region in registers.REGIONS:
        assert len(registers.provinces_of(region)) == sizes[region]


def test_iso_codes_are_th_and_the_official_code() -> None:
    assert all(p.iso == f"TH-{p.code}" for p in registers.provinces())


def test_hasc_codes_are_unique_and_nong_khai_is_nk() -> None:
    assert len({p.hasc for p in registers.provinces()}) == 77
    assert registers.province("43").hasc == "TH.NK"


def test_bueng_kan_is_there_with_its_eight_districts() -> None:
    assert registers.province("38").name_th == "บึงกาฬ"
    assert [d.code for d in registers.districts_of("38")] == [f"38{n:02}" for n in range(1, 9)]


def test_the_codes_of_nong_khai_from_before_2554_lead_to_bueng_kan() -> None:
    moved = {a.code: a.successors for a in registers.abolished_districts() if a.successors}
    pairs = ["4303", "4304", "4306", "4309", "4310", "4311", "4312", "4313"]
    assert moved == {old: (f"38{n:02}",) for n, old in enumerate(pairs, start=1)}


def test_no_abolished_code_is_in_use() -> None:
    known = registers.districts_by_code()
    assert not [a.code for a in registers.abolished_districts() if a.code in known]


@pytest.mark.parametrize(
    ("code", "thai", "english"),
    [
        ("TH", "ทั่วประเทศ", "Whole country"),
        ("northeast", "ภาคตะวันออกเฉียงเหนือ", "Northeast"),
        ("50", "เชียงใหม่", "Chiang Mai"),
        ("5001", "เมืองเชียงใหม่", "Mueang Chiang Mai"),
        ("1001", "เขตพระนคร", "Phra Nakhon"),
    ],
)
def test_every_level_has_names_in_both_languages(code: str, thai: str, english: str) -> None:
    assert registers.area_name(code, "th") == thai
    assert registers.area_name(code, "en") == english


def test_levels_are_told_from_the_code() -> None:
    levels = [registers.level_of(code) for code in ("TH", "south", "90", "9011")]
    assert levels == ["country", "region", "province", "district"]


@pytest.mark.parametrize("code", ["99", "5", "500", "5099", "", "isan", "๕๐", "50.0"])
def test_an_unknown_code_raises_and_says_what_to_write(code: str) -> None:
    with pytest.raises(UnknownArea) as caught:
        registers.area_name(code, "th")
    assert code in caught.value.text("th")
    assert "50" in caught.value.text("en")


def test_an_unknown_code_names_its_neighbours() -> None:
    with pytest.raises(UnknownArea) as caught:
        registers.district("5026")
    assert any(near.code.startswith("50") for near in caught.value.suggestions)


def test_an_unknown_region_raises() -> None:
    with pytest.raises(UnknownArea, match="isan"):
        registers.provinces_of("isan")


def test_short_names_are_short_and_unique() -> None:
    for lang in ("th", "en"):
        names = {registers.short_name(p.code, lang) for p in registers.provinces()}
        assert len(names) == 77
        assert max(len(name) for name in names) <= 4
    assert registers.short_name("50", "th") == "ชม."


def test_bangkok_and_vicinity_are_six_known_provinces() -> None:
    assert len({registers.province(code) for code in registers.BANGKOK_AND_VICINITY}) == 6


def test_the_builder_gives_the_committed_registers_again(tmp_path: Path) -> None:
    builder.build(tmp_path)
    for name in ("provinces.csv", "districts.csv", "abolished_districts.csv"):
        assert (tmp_path / name).read_bytes() == (registers.DATA / name).read_bytes(), name


def test_pages_can_use_areas_without_loading_geopandas() -> None:
    modules = "registers, names, tiles, classify, web, points, credits, levels"
    code = (
        f"import sys; from geo import {modules}; "
        "heavy = {'geopandas', 'mapclassify', 'pyproj', 'shapely', 'topojson'} & set(sys.modules); "
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    root = Path(registers.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
