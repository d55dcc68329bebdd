"""Groups of neighbouring districts: a fixed division of every province."""

from geo import district_groups, registers
from geo.build.district_groups import MOST, groups, points


def test_every_district_is_in_one_group_of_its_own_province() -> None:
    assert set(district_groups.group_by_district()) == set(registers.districts_by_code())
    for group, members in district_groups.members().items():
        assert {code[:2] for code in members} == {group[:2]}
        assert 1 < len(members) <= MOST


def test_the_file_is_what_the_builder_writes() -> None:
    where = points()
    for province in registers.provinces():
        codes = [d.code for d in registers.districts_of(province.code)]
        ours = [
            sorted(district_groups.members()[one])
            for one in district_groups.groups_of(province.code)
        ]
        assert sorted(ours) == sorted(groups(codes, where))


def test_a_province_is_halved_along_its_longer_side() -> None:
    east_west = {f"500{n}": (float(n), 0.1 * (n % 2)) for n in range(1, 9)}
    first, second = groups(list(east_west), east_west)
    assert first == ["5001", "5002", "5003", "5004"]
    assert second == ["5005", "5006", "5007", "5008"]


def test_a_group_is_called_by_its_districts() -> None:
    assert district_groups.name("50-4", "th") == "กลุ่มอำเภอ ฝาง, แม่อาย, เวียงแหง, ไชยปราการ"
    assert district_groups.name("10-1", "th").startswith("กลุ่มเขต เขตพระนคร, ")
    assert district_groups.name("10-1", "th").endswith("(รวมที่ไม่ทราบอำเภอ ถ้ามี)")
