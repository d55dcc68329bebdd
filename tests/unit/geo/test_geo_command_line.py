"""`python -m geo`: exit codes and what the operator reads."""

from pathlib import Path

import geopandas
import pytest

from geo.__main__ import BAD_ARGUMENTS, BAD_DATA, SUCCESS, main


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERSIGHT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OVERSIGHT_LANGUAGE", "en")
    monkeypatch.setenv("OVERSIGHT_TODAY", "2026-09-30")


def test_installing_tells_what_came_of_it_and_status_repeats_it(
    provinces: geopandas.GeoDataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "provinces.gpkg"
    provinces.to_file(file)
    assert main(["install", str(file), "--credit", "Boundaries: a surveyor"]) == SUCCESS
    out = capsys.readouterr().out
    assert "77 areas" in out
    assert "30 Sep 2026" in out
    assert main(["status"]) == SUCCESS
    out = capsys.readouterr().out
    assert "provinces.gpkg" in out
    assert "points (19 of 928" in out
    assert main(["remove", "province"]) == SUCCESS
    assert main(["status"]) == SUCCESS
    assert "as shipped" in capsys.readouterr().out


def test_a_bad_layer_is_refused_with_code_3_and_all_problems(
    provinces: geopandas.GeoDataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "provinces.gpkg"
    provinces.iloc[:70].assign(ADM1_CODE=lambda f: f["ADM1_CODE"].replace("10", "99")).to_file(file)
    assert main(["install", str(file)]) == BAD_DATA
    told = capsys.readouterr().err
    assert "nothing was changed" in told
    assert "1: 99" in told
    assert "Bangkok" in told


@pytest.mark.parametrize(
    "arguments", [["install", "missing.gpkg"], ["remove", "district"], ["install", "layer.txt"]]
)
def test_a_bad_order_has_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == BAD_ARGUMENTS
    assert capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["instal"], ["install"], ["remove", "country"]])
def test_an_unknown_command_has_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == BAD_ARGUMENTS


def test_wrong_settings_have_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OVERSIGHT_LANGUAGE", "fr")
    assert main(["status"]) == BAD_ARGUMENTS
    assert "OVERSIGHT_LANGUAGE" in capsys.readouterr().err


def test_messages_come_in_the_operators_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OVERSIGHT_LANGUAGE", "th")
    assert main(["install", "missing.gpkg"]) == BAD_ARGUMENTS
    assert "ไม่พบไฟล์" in capsys.readouterr().err
