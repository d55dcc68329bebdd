"""Points of provinces and districts: inside their area, or listed as missing."""

from pathlib import Path

import pytest
import shapely

from geo import boundaries, points, registers
from geo.build import points as builder


def test_every_province_has_a_point_inside_it_with_room_around() -> None:
    shapes = boundaries.provinces().geometry
    found = points.province_points()
    assert [point.code for point in found] == [p.code for p in registers.provinces()]
    for point in found:
        assert shapes[point.code].contains(shapely.Point(point.lon, point.lat))
        assert point.room_km is not None
        assert point.room_km > 2


def test_districts_have_a_point_or_are_listed_and_none_is_both() -> None:
    with_point = {point.code for point in points.district_points()}
    without = {district.code for district in points.districts_without_point()}
    assert len(with_point) == 909
    assert len(without) == 19
    assert with_point | without == set(registers.districts_by_code())


def test_the_list_of_districts_without_a_point_is_the_committed_one() -> None:
    lines = (registers.DATA / "district_points_missing.csv").read_text("utf-8").splitlines()
    assert [line[:4] for line in lines[1:]] == [d.code for d in points.districts_without_point()]


def test_no_two_districts_share_a_point() -> None:
    found = points.district_points()
    assert len({(point.lon, point.lat) for point in found}) == len(found)


def test_district_points_lie_in_or_near_their_province() -> None:
    shapes = boundaries.provinces().geometry
    for point in points.district_points():
        assert shapes[point.code[:2]].distance(shapely.Point(point.lon, point.lat)) < 0.2


def test_metres_are_those_of_the_map_files() -> None:
    # By hand: 180° is half the earth's circumference of 2 π · 6,378,137 m.
    x, y = points.web_mercator(180.0, 0.0)
    assert round(x, 2) == 20_037_508.34
    assert abs(y) < 1e-6
    from pyproj import Transformer

    to_web = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    for point in points.province_points():
        assert (round(point.x), round(point.y)) == tuple(
            round(side) for side in to_web.transform(point.lon, point.lat)
        )


@pytest.mark.slow
def test_the_builder_gives_the_committed_points_again(tmp_path: Path) -> None:
    builder.build(tmp_path)
    for name in ("district_points.csv", "district_points_missing.csv"):
        assert (tmp_path / name).read_bytes() == (registers.DATA / name).read_bytes(), name
