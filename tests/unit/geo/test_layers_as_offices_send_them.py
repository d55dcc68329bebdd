"""Boundary files as they come: zipped in folders, with names only, collapsed, or exchanged."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas
import pytest
import shapely

from config.i18n import LANGS
from geo import __main__ as command
from geo import coverage, layer_codes, layer_reading, layers
from geo.layer_problems import BadLayer, BadRequest
from geo.layers import Order

Layer = geopandas.GeoDataFrame
Save = Callable[..., Path]
TODAY = date(2026, 9, 30)
POINT = [102.05, 12.3]
BOW = [[102.1, 12.3], [102.12, 12.32], [102.12, 12.3], [102.1, 12.32], [102.1, 12.3]]


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def shapefile(layer: Layer, folder: Path, stem: str) -> dict[str, bytes]:
    """The parts of a Shapefile by their names."""
    layer.to_file(folder / f"{stem}.shp")
    return {path.name: path.read_bytes() for path in folder.glob(f"{stem}.*")}


def test_codes_rotated_inside_a_province_are_refused_by_name(
    districts: Layer, saved: Save, tmp_path: Path
) -> None:
    chiang_mai = [code for code in districts["AMPHOE_ID"] if code[:2] == "50"]
    turned = dict(zip(chiang_mai, chiang_mai[1:] + chiang_mai[:1], strict=True))
    rotated = districts.assign(AMPHOE_ID=[turned.get(c, c) for c in districts["AMPHOE_ID"]])

    with pytest.raises(BadLayer) as caught:
        layers.install(tmp_path / "data", Order(saved(rotated)), TODAY)

    (problem,) = caught.value.problems
    assert problem.rule == "districts_elsewhere"
    assert len(problem.rows) > 10
    assert all(row[:2] == "50" for row in problem.rows)
    assert all(row in problem.text("th") for row in problem.rows), "each of them is named"
    assert "5001 เมืองเชียงใหม่ (Mueang Chiang Mai)" in problem.text("en")


def test_two_districts_exchanged_are_refused(districts: Layer, saved: Save, tmp_path: Path) -> None:
    turned = {"5009": "5024", "5024": "5009"}
    exchanged = districts.assign(AMPHOE_ID=[turned.get(c, c) for c in districts["AMPHOE_ID"]])

    with pytest.raises(BadLayer) as caught:
        layers.install(tmp_path / "data", Order(saved(exchanged)), TODAY)

    assert [problem.rule for problem in caught.value.problems] == ["districts_elsewhere"]


@pytest.mark.parametrize(
    "parts",
    [
        [[[POINT] * 4], [BOW]],
        [[BOW, [POINT] * 4]],
        [[[POINT, [102.06, 12.3], POINT, POINT]], [BOW]],
        [[BOW], [BOW]],
    ],
)
def test_parts_without_extent_are_dropped_before_the_repair(parts: list) -> None:
    shape = shapely.geometry.shape({"type": "MultiPolygon", "coordinates": parts})

    (polygon,) = coverage.polygons_only([shape])

    assert polygon.is_valid
    # The bow's two triangles: 0.02 wide and 0.01 high each.
    assert polygon.area == pytest.approx(2 * 0.02 * 0.01 / 2)


def test_a_shape_that_is_only_a_point_becomes_an_empty_one() -> None:
    point = shapely.geometry.shape({"type": "Polygon", "coordinates": [[POINT] * 4]})

    assert [p.is_empty for p in coverage.polygons_only([point, None])] == [True, True]


def test_a_layer_with_a_collapsed_part_is_answered_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shape = {"type": "MultiPolygon", "coordinates": [[[POINT] * 4], [BOW]]}
    feature = {"type": "Feature", "properties": {"code": "22"}, "geometry": shape}
    file = tmp_path / "layer.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    monkeypatch.setenv("OVERSIGHT_DATA_DIR", str(tmp_path / "data"))

    assert command.main(["install", str(file)]) == command.BAD_DATA
    assert "76" in capsys.readouterr().err  # the areas that are missing


@pytest.mark.parametrize("folder", ["", "map/", "ขอบเขต/2569/"])
def test_a_zipped_shapefile_is_read_from_any_folder(
    folder: str, provinces: Layer, tmp_path: Path
) -> None:
    parts = shapefile(provinces, tmp_path, "p")
    file = zipped(tmp_path / "a.zip", {folder + name: data for name, data in parts.items()})

    assert len(layer_reading.read(file)) == 77


def test_a_zip_with_several_layers_is_asked_which_and_one_with_none_refused(
    provinces: Layer, tmp_path: Path
) -> None:
    parts = {f"a/{k}": v for k, v in shapefile(provinces, tmp_path, "one").items()}
    parts |= {f"b/{k}": v for k, v in shapefile(provinces[:5], tmp_path, "two").items()}
    file = zipped(tmp_path / "a.zip", parts)

    with pytest.raises(BadRequest, match="--layer one"):
        layer_reading.read(file)
    assert len(layer_reading.read(file, "two")) == 5
    with pytest.raises(BadLayer, match="holds no map file"):
        layer_reading.read(zipped(tmp_path / "b.zip", {"readme.txt": b"nothing"}))
    (tmp_path / "c.zip").write_bytes(b"no zip")
    with pytest.raises(BadLayer, match="cannot be read"):
        layer_reading.read(tmp_path / "c.zip")


@pytest.mark.parametrize("suffix", [".topojson", ".json"])
def test_topojson_is_read_under_both_of_its_endings(suffix: str, tmp_path: Path) -> None:
    topology = {
        "type": "Topology",
        "objects": {
            "areas": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0]], "properties": {"code": "50"}},
                ],
            }
        },
        "arcs": [[[98.5, 18.5], [99.0, 18.5], [99.0, 19.0], [98.5, 18.5]]],
    }
    file = tmp_path / f"a{suffix}"
    file.write_text(json.dumps(topology))

    frame = layer_reading.read(file)

    assert list(frame["code"]) == ["50"]
    assert frame.geometry.iloc[0].area == pytest.approx(0.5 * 0.5 / 2)


@pytest.mark.parametrize("level", ["province", "district"])
def test_a_layer_with_names_only_is_told_what_to_add_and_from_where(
    level: str, provinces: Layer, districts: Layer
) -> None:
    if level == "province":
        named = provinces[["NAME_T", "geometry"]]
    else:
        names = [layer_codes.registers.area_name(c, "th") for c in districts["AMPHOE_ID"]]
        named = Layer({"AMPHOE_T": names}, geometry=list(districts.geometry), crs="EPSG:4326")

    with pytest.raises(BadLayer) as caught:
        layer_codes.read_codes(named, level, None)

    (problem,) = caught.value.problems
    assert problem.rule == f"names_only_{level}"
    for lang in LANGS:
        assert f"geo/data/{level}s.csv" in problem.text(lang)
