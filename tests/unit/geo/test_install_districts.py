"""A district layer in use: its files, its provinces, exchange and removal, and the official one."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely

from geo import boundaries, layer_files, layers, manifest, points, registers, web
from geo.layer_problems import BadLayer, BadRequest
from geo.layers import Order
from tests.support import boundary_files

pytestmark = pytest.mark.slow

Layer = geopandas.GeoDataFrame
Decode = Callable[[bytes], dict[str, shapely.MultiPolygon]]
TODAY = date(2026, 9, 30)
OFFICIAL = Path(__file__).parents[3] / ".." / "shared" / "geo"
DISTRICTS = set(registers.districts_by_code())
CREDIT = "Boundaries: a surveyor, free to use"


@pytest.fixture(scope="module")
def data_dir(districts: Layer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a made-up district layer in use, its eight old codes included."""
    old = {new: code for code, new in _moved().items()}
    file = tmp_path_factory.mktemp("files") / "districts.gpkg"
    aged = districts.assign(AMPHOE_ID=[old.get(code, code) for code in districts["AMPHOE_ID"]])
    aged.to_file(file)
    folder = tmp_path_factory.mktemp("data")
    done = layers.install(folder, Order(file, credit=CREDIT), TODAY)
    assert [note.rule for note in done.notes] == ["codes_moved"]
    assert "4303 → 3801" in done.notes[0].text("th")
    return folder


def _moved() -> dict[str, str]:
    return {a.code: a.successors[0] for a in registers.abolished_districts() if a.successors}


def test_all_928_districts_are_stored_as_a_valid_coverage(data_dir: Path) -> None:
    frame = boundaries.districts(data_dir)
    assert set(frame.index) == DISTRICTS
    shapes = np.array(frame.geometry, dtype=object)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_every_region_and_province_has_its_own_close_up_file(
    data_dir: Path, decoded: Decode
) -> None:
    national = web.district_layer(data_dir)
    assert set(national.codes) == DISTRICTS
    for area in (*registers.REGIONS, "38", "10"):
        layer = web.district_layer(data_dir, area)
        wanted = {
            d.code
            for d in registers.districts()
            if area in (d.province_code, registers.region_of(d.province_code))
        }
        assert set(decoded(layer.topojson)) == set(layer.codes) == wanted
        assert layer.detail == web.CLOSE_UP
    files = [
        f for f in boundary_files.layer_info("district", data_dir).files if f.level == "district"
    ]
    assert len(files) == 2 * (1 + 4 + 77)


def test_provinces_come_from_the_same_layer_so_that_borders_agree(
    data_dir: Path, decoded: Decode
) -> None:
    layer = web.province_layer(data_dir)
    assert layer.credit == CREDIT
    assert len(decoded(layer.topojson)) == 77
    merged = boundaries.provinces(data_dir).geometry
    inside = boundaries.districts(data_dir)
    home = inside[inside.index.str[:2] == "50"].geometry.union_all()
    assert merged["50"].symmetric_difference(home).area < 1e-9


def test_every_district_has_a_point_inside_it(data_dir: Path) -> None:
    assert points.districts_without_point(data_dir) == ()
    assert points.district_points_credit(data_dir) == CREDIT
    shapes = boundaries.districts(data_dir).geometry
    for point in points.district_points(data_dir):
        assert shapes[point.code].distance(shapely.Point(point.lon, point.lat)) < 1e-3
    assert len(points.province_points(data_dir)) == 77


def test_the_explorer_has_districts_in_degrees(data_dir: Path) -> None:
    layer = web.explorer_layer(data_dir, "district", "38")
    assert {f["id"] for f in json.loads(layer.body)["features"]} == set(layer.codes)


def test_provenance_is_kept(data_dir: Path) -> None:
    info = layers.status(data_dir)["district"]
    assert info is not None
    assert (info.source, info.credit, info.installed_on) == ("districts.gpkg", CREDIT, "2026-09-30")
    assert len(info.source_sha256) == 64
    assert info.areas == 928


def test_two_columns_together_make_the_code(districts: Layer, tmp_path: Path) -> None:
    parts = districts.assign(
        PROV=districts["AMPHOE_ID"].str[:2].astype(int),
        AMP=districts["AMPHOE_ID"].str[2:].astype(int),
    )
    rows = layers.layer_codes.read_codes(parts.drop(columns="AMPHOE_ID"), None, "PROV+AMP")
    assert set(rows.codes) == DISTRICTS


def test_a_missing_district_is_refused(districts: Layer, tmp_path: Path) -> None:
    file = tmp_path / "a.gpkg"
    districts[districts["AMPHOE_ID"] != "5025"].to_file(file)
    with pytest.raises(BadLayer, match="Galyani Vadhana"):
        layers.install(tmp_path / "data", Order(file), TODAY)


def test_an_extra_district_is_refused(districts: Layer, tmp_path: Path) -> None:
    lake = Layer(
        {"AMPHOE_ID": ["9000"]}, geometry=[shapely.box(100.2, 7.4, 100.3, 7.5)], crs="EPSG:4326"
    )
    file = tmp_path / "a.gpkg"
    pd.concat([districts, lake], ignore_index=True).to_file(file)
    with pytest.raises(BadLayer, match="929: 9000"):
        layers.install(tmp_path / "data", Order(file), TODAY)


class Interrupted(Exception):
    """Stands for a full disk or a killed process."""


def test_a_failure_while_writing_leaves_the_layer_in_use_as_it_was(
    provinces: Layer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, file = tmp_path / "data", tmp_path / "a.gpkg"
    provinces.to_file(file)
    layers.install(data, Order(file, credit="first"), TODAY)
    before = {path.name for path in (data / "layers").iterdir()}

    def fail(*anything: object) -> None:
        raise Interrupted

    monkeypatch.setattr(layer_files.manifest, "write", fail)
    with pytest.raises(Interrupted):
        layers.install(data, Order(file, credit="second"), TODAY)
    assert {path.name for path in (data / "layers").iterdir()} == before
    assert web.province_layer(data).credit == "first"


def test_a_new_layer_replaces_the_old_one_and_the_old_addresses_still_work(
    provinces: Layer, tmp_path: Path
) -> None:
    data, file = tmp_path / "data", tmp_path / "a.gpkg"
    provinces.to_file(file)
    layers.install(data, Order(file, credit="first"), TODAY)
    old = web.province_layer(data)
    smoother = provinces.set_geometry(provinces.geometry.simplify_coverage(0.05))
    smoother.to_file(file)
    layers.install(data, Order(file, credit="second"), TODAY)
    new = web.province_layer(data)
    assert new.credit == "second"
    assert new.url_name != old.url_name
    assert web.find(data, old.url_name).body == old.body
    for credit in ("third", "fourth"):
        layers.install(data, Order(file, credit=credit), TODAY)
    assert len(list((data / "layers").glob("province-*"))) == layers.KEPT_FOLDERS


def test_what_a_killed_installation_left_behind_is_cleared_by_the_next(
    provinces: Layer, tmp_path: Path
) -> None:
    data, file = tmp_path / "data", tmp_path / "a.gpkg"
    provinces.to_file(file)
    left = data / "layers" / ".new-killed"
    left.mkdir(parents=True)
    (left / "provinces.parquet").write_bytes(b"half")
    assert web.province_layer(data).credit.startswith("Boundaries: Natural Earth")
    layers.install(data, Order(file), TODAY)
    assert not left.exists()


def test_removing_a_layer_brings_the_shipped_one_back(provinces: Layer, tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "a.gpkg"
    provinces.to_file(file)
    layers.install(data, Order(file), TODAY)
    assert layers.remove(data, "province").source == "a.gpkg"
    assert web.province_layer(data).credit.startswith("Boundaries: Natural Earth")
    assert not list((data / "layers").glob("province*"))
    with pytest.raises(BadRequest):
        layers.remove(data, "province")


def test_a_folder_deleted_by_hand_counts_as_not_installed(tmp_path: Path) -> None:
    pointer = manifest.pointer(tmp_path, "district")
    pointer.parent.mkdir(parents=True)
    pointer.write_text("district-gone\n", encoding="utf-8")
    assert not web.has_districts(tmp_path)
    assert layers.status(tmp_path)["district"] is None


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="no official layers beside the repository")
@pytest.mark.parametrize(
    "name", ["official_districts.parquet", "official_districts_national.geojson"]
)
def test_the_official_districts_are_taken_whole(name: str, tmp_path: Path, decoded: Decode) -> None:
    done = layers.install(tmp_path, Order(OFFICIAL / name), TODAY)
    assert (done.info.level, done.info.areas, done.notes) == ("district", 928, ())
    for layer in web.all_layers(tmp_path):
        if layer.form == "topojson":
            shapes = np.array(list(decoded(layer.body).values()), dtype=object)
            assert shapely.is_valid(shapes).all(), layer.url_name
            assert shapely.coverage_is_valid(shapes), layer.url_name
    assert len(web.district_layer(tmp_path).gzip) < 120_000
    found = points.district_points()
    official = geopandas.read_parquet(OFFICIAL / "official_districts.parquet")
    shapes = official.set_index("district_code").geometry
    inside = [shapes[p.code].contains(shapely.Point(p.lon, p.lat)) for p in found]
    assert sum(inside) >= 908


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="no official layers beside the repository")
def test_the_official_provinces_are_taken_whole(tmp_path: Path) -> None:
    done = layers.install(tmp_path, Order(OFFICIAL / "official_provinces.parquet"), TODAY)
    assert (done.info.level, done.info.areas, done.notes) == ("province", 77, ())
