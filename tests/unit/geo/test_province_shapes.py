"""The shipped provinces: all there, valid, without gaps or overlaps, in files that draw right."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo import boundaries, coverage, registers, web
from geo.web import CLOSE_UP, NATIONAL
from tests.support import boundary_files

Decode = Callable[[bytes], dict[str, shapely.MultiPolygon]]
CODES = {province.code for province in registers.provinces()}
SCALE = {NATIONAL: 0.01, CLOSE_UP: 0.003}


@pytest.fixture(scope="module")
def shapes() -> np.ndarray:
    return np.array(boundaries.provinces().geometry, dtype=object)


def test_the_polygons_and_the_register_have_the_same_77_codes() -> None:
    frame = boundaries.provinces()
    assert set(frame.index) == CODES
    assert len(frame) == 77
    assert frame.crs.to_epsg() == 4326


def test_all_polygons_are_valid_and_areal(shapes: np.ndarray) -> None:
    assert shapely.is_valid(shapes).all()
    assert set(shapely.get_dimensions(shapes)) == {2}
    assert not shapely.is_empty(shapes).any()


def test_neighbours_share_their_borders_without_gaps_or_overlaps(shapes: np.ndarray) -> None:
    assert shapely.coverage_is_valid(shapes)
    assert coverage.overlaps(shapes) == []
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(shapely.union_all(shapes)))


def test_the_country_has_no_hole(shapes: np.ndarray) -> None:
    assert len(coverage.holes(shapes)) == 0


def test_simplified_polygons_are_still_without_gaps_or_overlaps(shapes: np.ndarray) -> None:
    for tolerance in SCALE.values():
        simple = coverage.simplify(shapes, tolerance, 2.0)
        assert shapely.coverage_is_valid(simple)
        assert len(coverage.holes(simple)) == 0
        assert shapely.area(simple).sum() == pytest.approx(shapely.area(shapes).sum(), rel=0.005)


@pytest.mark.parametrize(
    ("code", "lon", "lat"),
    [
        ("10", 100.50, 13.75),
        ("38", 103.65, 18.20),  # Bueng Kan, its own province since 2011
        ("43", 102.74, 17.88),  # Nong Khai, under TH.NK in the source
        ("50", 98.98, 18.79),
        ("83", 98.36, 7.95),
        ("75", 100.00, 13.41),
        ("84", 99.84, 10.09),  # Ko Tao, one of the nameless islets
        ("91", 99.30, 6.54),  # Ko Adang, another
    ],
)
def test_known_places_lie_in_their_province(code: str, lon: float, lat: float) -> None:
    assert boundaries.provinces().geometry[code].distance(shapely.Point(lon, lat)) < 0.03


@pytest.mark.parametrize("detail", [NATIONAL, CLOSE_UP])
def test_the_topojson_holds_every_province_whole(
    detail: str, shapes: np.ndarray, decoded: Decode, tmp_path: Path
) -> None:
    layer = web.province_layer(tmp_path, detail=detail)
    drawn = decoded(layer.topojson)
    assert set(drawn) == set(layer.codes) == CODES
    polygons = np.array(list(drawn.values()), dtype=object)
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    smallest = {NATIONAL: 2.0, CLOSE_UP: 0.1}[detail]
    wanted = coverage.simplify(shapes, SCALE[detail], smallest)
    assert _rings(drawn.values()) == _rings(wanted)


def test_exterior_rings_run_clockwise_and_no_ring_is_larger_than_the_country(
    decoded: Decode,
) -> None:
    web_area = 0.0
    for polygons in decoded(boundary_files.province_topojson()).values():
        for part in polygons.geoms:
            assert not part.exterior.is_ccw
            assert all(hole.is_ccw for hole in part.interiors)
            web_area += part.area
    # 513,000 km² on the ground, stretched by Web Mercator.
    assert 5.2e11 < web_area < 5.9e11


def test_features_carry_the_code_and_nothing_else() -> None:
    topology = json.loads(boundary_files.province_topojson())
    areas = topology["objects"]["areas"]["geometries"]
    assert len(areas) == 77
    for area in areas:
        assert area["properties"] == {"code": area["id"]}
        assert set(area) == {"type", "id", "properties", "arcs"}


def test_map_files_are_small_enough_to_send_once() -> None:
    assert len(gzip.compress(boundary_files.province_topojson(), 9)) < 23_000


def test_the_shipped_layer_names_its_source_and_credit() -> None:
    info = boundary_files.layer_info("province")
    assert info.areas == 77
    assert "Natural Earth" in info.source
    assert "Natural Earth" in info.credit
    assert boundary_files.layer_info("province", Path("nowhere")) == info


def test_there_are_no_district_polygons_until_some_are_installed(tmp_path: Path) -> None:
    assert not web.has_districts(tmp_path)
    with pytest.raises(web.NoLayer, match="geo install"):
        web.district_layer(tmp_path)
    with pytest.raises(web.NoLayer):
        boundaries.districts(tmp_path)
    with pytest.raises(web.NoLayer):
        boundary_files.layer_info("district")


def test_an_address_names_the_content_and_nothing_outside_the_list_is_read(
    tmp_path: Path,
) -> None:
    for layer in web.all_layers(tmp_path):
        assert web.find(tmp_path, layer.url_name) == layer
        assert gzip.decompress(layer.gzip) == layer.body
    for name in ("../provinces.csv", "layer.json", "", "province-TH-national-0.topojson"):
        with pytest.raises(web.NoLayer):
            web.find(tmp_path, name)


def test_the_explorer_gets_the_same_provinces_in_degrees(tmp_path: Path) -> None:
    layer = web.explorer_layer(tmp_path, "province")
    features = json.loads(layer.body)["features"]
    assert {feature["id"] for feature in features} == CODES
    west, south, east, north = layer.bounds
    assert 97 < west < 98
    assert 5 < south < 6
    assert 105 < east < 106
    assert 20 < north < 21
    box = shapely.box(west - 0.001, south - 0.001, east + 0.001, north + 0.001)
    assert all(box.contains(shapely.geometry.shape(f["geometry"])) for f in features)


def test_every_committed_map_file_is_listed_and_there() -> None:
    listed = {file.name for file in boundary_files.layer_info("province").files}
    there = {path.name for path in (registers.DATA / "web").iterdir()}
    assert there == listed | {f"{name}.gz" for name in listed}


def _rings(polygons: object) -> int:
    parts = shapely.get_parts(np.array(list(polygons), dtype=object))
    return int(len(parts) + shapely.get_num_interior_rings(parts).sum())
