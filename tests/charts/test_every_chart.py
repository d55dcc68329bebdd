"""Rules that hold for every chart and map, in both languages and both themes."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
import vl_convert

from config.i18n import LANGS, Lang
from config.theme import THEMES, Theme
from tests.charts.made import CHARTS, shapes, spec
from ui.maps import bivariate

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
LEAST_LABEL = 13


def colours_of(theme: Theme) -> set[str]:
    """Every colour that a theme names, and the nine it is mixed to."""
    found: set[str] = set(bivariate.nine(theme).values())
    for field in fields(theme):
        value = getattr(theme, field.name)
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, tuple):
            found.update(value)
    for mark in theme.marks.values():
        found |= {mark.colour, mark.soft}
    return {colour.upper() for colour in found if colour.startswith("#")}


def values_of(part: Any, key: str) -> Iterator[Any]:
    """Every value under a key, at any depth."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name == key:
                yield value
            yield from values_of(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from values_of(value, key)


def with_shapes(drawn: dict[str, Any]) -> dict[str, Any]:
    """The spec with shapes in place of their address, which nothing outside a server can follow."""

    def filled(part: Any) -> Any:
        if isinstance(part, dict):
            if "url" in part:
                return dict(shapes())
            return {key: filled(value) for key, value in part.items()}
        return [filled(value) for value in part] if isinstance(part, list) else part

    whole: dict[str, Any] = filled(drawn)
    return whole | {"width": 640}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", CHARTS)
def test_colours_come_from_the_theme_only(name: str, theme: str) -> None:
    text = json.dumps(spec(name, "en", theme)).replace("%23", "#")
    assert {c.upper() for c in COLOUR.findall(text)} <= colours_of(THEMES[theme])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_words_for_a_screen_reader_and_no_title_of_its_own(
    name: str, lang: Lang
) -> None:
    drawn = spec(name, lang)
    assert len(drawn["description"]) > 20
    assert "{" not in drawn["description"]
    assert "title" not in drawn
    assert drawn["width"] == "container"
    assert drawn["autosize"] == {"type": "fit", "contains": "padding"}


@pytest.mark.parametrize("name", CHARTS)
def test_labels_are_large_enough_and_stand_upright(name: str) -> None:
    drawn = spec(name)
    sizes = [*values_of(drawn, "fontSize"), *values_of(drawn, "labelFontSize")]
    sizes += values_of(drawn, "titleFontSize")
    # A size that follows the screen says its least one: max(least, ...).
    sizes = [_least(size) if isinstance(size, dict) else size for size in sizes]
    assert min(sizes) >= LEAST_LABEL
    turned = {x for key in ("labelAngle", "titleAngle", "angle") for x in values_of(drawn, key)}
    assert turned == {0}


def _least(size: dict[str, str]) -> float:
    return float(size["expr"].removeprefix("max(").split(",", 1)[0])


@pytest.mark.parametrize("name", CHARTS)
def test_thai_marks_have_room_at_the_top(name: str) -> None:
    assert spec(name)["padding"]["top"] >= 8


@pytest.mark.parametrize("name", CHARTS)
def test_the_drawing_engine_accepts_the_chart(name: str) -> None:
    picture = vl_convert.vegalite_to_svg(with_shapes(spec(name)))
    assert picture.startswith("<svg")
    for nothing in ("undefined", "NaN", "null", "Infinity"):
        assert nothing not in picture, "a cell that is not there is written nowhere"


@pytest.mark.parametrize("name", CHARTS)
def test_streamlit_finds_no_text_where_it_wants_a_table(name: str) -> None:
    drawn = spec(name)
    assert not isinstance(drawn.get("data", {}).get("values"), str)
    assert all(isinstance(rows, list) for rows in drawn.get("datasets", {}).values())


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_question_gives_the_same_spec(name: str) -> None:
    assert CHARTS[name]("th", "light") == spec(name)
