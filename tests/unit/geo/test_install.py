"""Installing layers the tests make: what is taken, what is repaired, what is refused and why."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import affinity

from geo import boundaries, layers, points, registers, web
from geo.layer_problems import BadLayer, BadRequest
from geo.layers import Installation, Order

pytestmark = pytest.mark.slow

Layer = geopandas.GeoDataFrame
Save = Callable[..., Path]
TODAY = date(2026, 9, 30)
CODES = {province.code for province in registers.provinces()}


def install(data_dir: Path, file: Path, **options: str) -> Installation:
    return layers.install(data_dir, Order(file, **options), TODAY)


def refusal(data_dir: Path, file: Path, **options: str) -> dict[str, str]:
    """Rule → English text of everything a refused layer is told, after checking nothing changed."""
    with pytest.raises(BadLayer) as caught:
        install(data_dir, file, **options)
    assert not list((data_dir / "layers").glob("*"))
    assert caught.value.text("th")
    return {problem.rule: problem.text("en") for problem in caught.value.problems}


def with_shapes(layer: Layer, change: Callable[[str, shapely.Geometry], object]) -> Layer:
    shapes = [
        change(code, shape) for code, shape in zip(layer["ADM1_CODE"], layer.geometry, strict=True)
    ]
    return layer.set_geometry(shapes, crs=layer.crs)


@pytest.mark.parametrize(
    "name", ["a.gpkg", "a.shp", "a.geojson", "a.parquet", "a.fgb", "a.shp.zip"]
)
def test_every_usual_kind_of_file_is_read(
    name: str, provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    done = install(tmp_path / "data", saved(provinces, name))
    assert (done.info.level, done.info.areas) == ("province", 77)
    assert done.notes == ()
    assert set(boundaries.provinces(tmp_path / "data").index) == CODES


@pytest.mark.parametrize("crs", ["EPSG:32647", "EPSG:3857", "EPSG:24047", "EPSG:4240"])
def test_any_coordinate_system_is_brought_to_degrees(
    crs: str, provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    install(tmp_path / "data", saved(provinces.to_crs(crs)))
    found = boundaries.provinces(tmp_path / "data")
    assert found.crs.to_epsg() == 4326
    # Older datums of the country lie some 300 m beside today's.
    for side, wanted in zip(found.total_bounds, provinces.total_bounds, strict=True):
        assert side == pytest.approx(wanted, abs=0.005)


def test_metres_that_claim_to_be_degrees_are_refused_and_read_when_told(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    wrong = provinces.to_crs("EPSG:32647").set_crs("EPSG:4326", allow_override=True)
    file = saved(wrong)
    assert "--crs" in refusal(tmp_path / "data", file)["not_degrees"]
    assert install(tmp_path / "data", file, crs="EPSG:32647").info.areas == 77


def test_the_neighbouring_zone_is_not_thailand(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    wrong = provinces.to_crs("EPSG:32647").set_crs("EPSG:32650", allow_override=True)
    assert "Thailand" in refusal(tmp_path / "data", saved(wrong))["not_thailand"]


def test_a_file_that_says_nothing_about_its_metres_is_refused(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    silent = provinces.to_crs("EPSG:32647").set_crs(None, allow_override=True)
    assert "--crs" in refusal(tmp_path / "data", saved(silent, "a.parquet"))["crs_missing"]


def test_a_file_that_says_nothing_about_its_degrees_is_read(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    silent = provinces.set_crs(None, allow_override=True)
    assert install(tmp_path / "data", saved(silent, "a.parquet")).info.areas == 77


def test_swapped_axes_are_refused_by_that_name(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    turned = with_shapes(provinces, lambda _, shape: shapely.transform(shape, lambda p: p[:, ::-1]))
    assert "swapped" in refusal(tmp_path / "data", saved(turned))["swapped_axes"]


def test_another_country_is_refused(provinces: Layer, saved: Save, tmp_path: Path) -> None:
    away = with_shapes(provinces, lambda _, shape: affinity.translate(shape, xoff=30))
    assert set(refusal(tmp_path / "data", saved(away))) == {"not_thailand"}


def test_a_stray_row_outside_the_country_is_named(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    stray = with_shapes(
        provinces, lambda code, s: affinity.translate(s, xoff=-90) if code == "10" else s
    )
    assert refusal(tmp_path / "data", saved(stray))["rows_outside"].endswith("(1)")


def test_a_missing_province_is_refused_by_name(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    without = provinces[provinces["ADM1_CODE"] != "75"]
    text = refusal(tmp_path / "data", saved(without))["missing_areas"]
    assert "75" in text
    assert "Samut Songkhram" in text


def test_bueng_kan_under_nong_khai_is_told_apart_from_a_missing_province(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    old = provinces.assign(ADM1_CODE=provinces["ADM1_CODE"].replace("38", "43"))
    old = old.dissolve("ADM1_CODE", as_index=False)
    assert len(old) == 76
    assert {"missing_areas", "before_bueng_kan"} == set(refusal(tmp_path / "data", saved(old)))


def test_unknown_codes_are_listed_with_their_rows(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    wrong = provinces.assign(ADM1_CODE=provinces["ADM1_CODE"].replace("50", "59"))
    found = refusal(tmp_path / "data", saved(wrong))
    row = list(provinces["ADM1_CODE"]).index("50") + 1
    assert f"{row}: 59" in found["unknown_codes"]
    assert "Chiang Mai" in found["missing_areas"]


def test_a_row_without_a_code_is_listed(provinces: Layer, saved: Save, tmp_path: Path) -> None:
    lake = Layer(
        {"ADM1_CODE": [None], "NAME_T": ["ทะเลสาบ"]},
        geometry=[shapely.box(100.2, 7.4, 100.3, 7.5)],
        crs="EPSG:4326",
    )
    more = pd.concat([provinces, lake], ignore_index=True)
    assert "78: —" in refusal(tmp_path / "data", saved(more))["unknown_codes"]


def test_invalid_rings_are_repaired_and_told(provinces: Layer, saved: Save, tmp_path: Path) -> None:
    def bow_tie(code: str, shape: shapely.Geometry) -> shapely.Geometry:
        if code != "83":
            return shape
        knot = [(98.0, 7.7), (98.1, 7.8), (98.1, 7.7), (98.0, 7.8)]
        return shapely.MultiPolygon([*shapely.get_parts(shape), shapely.Polygon(knot)])

    done = install(tmp_path / "data", saved(with_shapes(provinces, bow_tie)))
    assert [note.rule for note in done.notes] == ["repaired"]
    stored = np.array(boundaries.provinces(tmp_path / "data").geometry, dtype=object)
    assert shapely.is_valid(stored).all()
    assert shapely.coverage_is_valid(stored)


def test_slivers_between_neighbours_are_closed(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    apart = with_shapes(provinces, lambda code, s: s.buffer(-0.001) if code == "44" else s)
    install(tmp_path / "data", saved(apart))
    stored = np.array(boundaries.provinces(tmp_path / "data").geometry, dtype=object)
    assert shapely.coverage_is_valid(stored)


def test_a_hole_in_the_country_is_refused_with_its_place(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    hole = shapely.box(103.2, 16.1, 103.4, 16.3)
    holed = with_shapes(provinces, lambda _, shape: shape.difference(hole))
    assert "103.3" in refusal(tmp_path / "data", saved(holed))["holes"]


def test_areas_that_lie_on_each_other_are_refused(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    fat = with_shapes(provinces, lambda code, s: s.buffer(0.1) if code == "44" else s)
    assert "Maha Sarakham" in refusal(tmp_path / "data", saved(fat))["overlaps"]


def test_a_province_cut_off_at_the_border_is_refused(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    cut = with_shapes(
        provinces,
        lambda code, s: s.intersection(shapely.box(98.05, 0, 110, 30)) if code == "58" else s,
    )
    found = refusal(tmp_path / "data", saved(cut))
    assert "Mae Hong Son" in found["other_shape"]


def test_codes_of_another_scheme_are_refused_by_where_they_lie(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    # Codes that look right and are turned by one: as with FIPS codes, most name another province.
    codes = list(provinces["ADM1_CODE"])
    turned = provinces.assign(ADM1_CODE=codes[1:] + codes[:1])
    assert "FIPS" in refusal(tmp_path / "data", saved(turned))["wrong_place"]


def test_the_right_one_of_two_code_columns_is_found_by_where_its_areas_lie(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    codes = list(provinces["ADM1_CODE"])
    both = provinces.assign(FIPS=codes[5:] + codes[:5])[["FIPS", "NAME_T", "ADM1_CODE", "geometry"]]
    install(tmp_path / "data", saved(both))
    found = boundaries.provinces(tmp_path / "data").geometry
    assert found["10"].contains(shapely.Point(100.65, 13.8))


@pytest.mark.parametrize("form", ["TH{}", "TH-{}", " {} ", "{}.0"])
def test_codes_are_read_in_their_usual_spellings(
    form: str, provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    spelt = provinces.assign(ADM1_CODE=[form.format(code) for code in provinces["ADM1_CODE"]])
    assert install(tmp_path / "data", saved(spelt)).info.areas == 77


def test_codes_stored_as_numbers_are_read(provinces: Layer, saved: Save, tmp_path: Path) -> None:
    numbers = provinces.assign(ADM1_CODE=provinces["ADM1_CODE"].astype(float))
    assert install(tmp_path / "data", saved(numbers)).info.areas == 77


def test_damaged_names_are_told_and_the_register_wins(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    damaged = provinces.assign(NAME_T=provinces["NAME_T"].replace("น่าน", "น?าน"))
    done = install(tmp_path / "data", saved(damaged))
    assert [note.rule for note in done.notes] == ["names_differ"]
    assert "55: น?าน" in done.notes[0].text("en")
    assert registers.area_name("55", "th") == "น่าน"


def test_names_with_split_marks_and_level_words_count_as_the_same(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    split = [f"จังหวัด{n}".replace("\u0e33", "\u0e4d\u0e32") for n in provinces["NAME_T"]]
    assert install(tmp_path / "data", saved(provinces.assign(NAME_T=split))).notes == ()


def test_islands_in_rows_of_their_own_join_their_province(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    exploded = provinces.explode(ignore_index=True)
    done = install(tmp_path / "data", saved(exploded))
    assert [note.rule for note in done.notes] == ["rows_joined"]
    assert done.info.areas == 77


@pytest.mark.parametrize(
    ("name", "options", "rule"),
    [
        ("missing.gpkg", {}, "no_file"),
        ("notes.txt", {}, "kind"),
        ("a.gpkg", {"code_column": "CODE"}, "no_column"),
        ("a.gpkg", {"layer": "roads"}, "no_layer_of_name"),
        ("a.gpkg", {"crs": "EPSG:nowhere"}, "no_crs_of_name"),
    ],
)
def test_an_order_that_cannot_be_carried_out_says_what_to_give(
    name: str, options: dict[str, str], rule: str, provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    saved(provinces, "a.gpkg")
    (tmp_path / "notes.txt").write_text("no map", encoding="utf-8")
    with pytest.raises(BadRequest) as caught:
        install(tmp_path / "data", tmp_path / name, **options)
    assert caught.value.remark.rule == rule
    assert caught.value.text("th")


@pytest.mark.parametrize("name", ["a.gpkg", "a.zip", "a.parquet", "a.geojson", "a.fgb"])
def test_a_file_that_is_no_map_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("not a map at all", encoding="utf-8")
    assert set(refusal(tmp_path / "data", tmp_path / name)) <= {"unreadable", "no_shapes"}


def test_a_layer_without_codes_lists_its_columns(
    provinces: Layer, saved: Save, tmp_path: Path
) -> None:
    found = refusal(tmp_path / "data", saved(provinces.assign(NAME_T="?")[["NAME_T", "geometry"]]))
    assert "NAME_T" in found["no_codes"]


def test_shipped_maps_serve_while_nothing_is_installed(tmp_path: Path) -> None:
    assert web.province_layer(tmp_path / "data").credit.startswith("Boundaries: Natural Earth")
    assert len(points.province_points(tmp_path / "data")) == 77
