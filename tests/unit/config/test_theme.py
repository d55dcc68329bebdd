"""The palette, measured: contrast, colour blindness, order, agreement with Streamlit's settings."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from config.i18n import has
from config.theme import (
    DARK,
    DESK,
    FONT,
    LIGHT,
    READING_ICONS,
    ROOM,
    Theme,
    UnknownTheme,
    theme,
)
from data_access.statistics.xmr import Assurance, Variation
from tests.unit.config.colour import SIGHTS, contrast, distance, luminance, nearest


def streamlit_colours(chosen: Theme) -> dict[str, object]:
    """Give what `[theme.light]` or `[theme.dark]` in .streamlit/config.toml must hold.

    Streamlit writes chosen tabs and options *in* the primary colour, and white *on* it for
    primary buttons and multiselect tags. No colour does both on a dark page, so the text wins:
    such buttons and tags need `on_accent` from the page's own style sheet, or are not used.
    """
    return {
        "primaryColor": chosen.accent,
        "backgroundColor": chosen.background,
        "secondaryBackgroundColor": chosen.surface,
        "textColor": chosen.text,
        "linkColor": chosen.accent,
        "borderColor": chosen.border,
        "dataframeBorderColor": chosen.grid,
        "dataframeHeaderBackgroundColor": chosen.surface,
        "dataframeHeaderTextColor": chosen.muted,
        "redTextColor": chosen.mark("fails").colour,
        "redBackgroundColor": chosen.mark("fails").soft,
        "yellowTextColor": chosen.mark("watch").colour,
        "yellowBackgroundColor": chosen.mark("watch").soft,
        "greenTextColor": chosen.mark("meets").colour,
        "greenBackgroundColor": chosen.mark("meets").soft,
        "blueTextColor": chosen.accent_strong,
        "blueBackgroundColor": chosen.accent_soft,
        "grayTextColor": chosen.muted,
        "grayBackgroundColor": chosen.mark("none").soft,
        "chartCategoricalColors": list(chosen.categorical),
    }


ROOT = Path(__file__).resolve().parents[3]
AA_TEXT, AA_GRAPHICS = 4.5, 3.0
both = pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=lambda chosen: chosen.name)


def _streamlit() -> dict[str, Any]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@both
def test_text_and_accent_can_be_read_on_page_and_card(chosen: Theme) -> None:
    for colour in (chosen.text, chosen.muted, chosen.accent, chosen.norm, chosen.stale):
        for ground in (chosen.background, chosen.surface):
            assert contrast(colour, ground) >= AA_TEXT, (colour, ground)
    assert contrast(chosen.on_accent, chosen.accent) >= AA_TEXT
    assert contrast(chosen.accent_strong, chosen.accent_soft) >= AA_TEXT


@both
def test_each_verdict_can_be_read_on_page_card_and_its_own_ground(chosen: Theme) -> None:
    for verdict, mark in chosen.marks.items():
        for ground in (chosen.background, chosen.surface, mark.soft):
            assert contrast(mark.colour, ground) >= AA_TEXT, (verdict, ground)
        assert contrast(chosen.text, mark.soft) >= AA_TEXT, verdict


@both
def test_no_verdict_is_told_by_colour_alone(chosen: Theme) -> None:
    assert {name: mark.symbol for name, mark in chosen.marks.items()} == {
        "meets": "✓",
        "watch": "!",
        "fails": "✕",
        "reference": "•",
        "reaches_proposed": "○",
        "below_proposed": "△",
        "none": "–",
    }


@both
def test_groups_stand_out_from_the_page_and_from_each_other_for_every_sight(chosen: Theme) -> None:
    assert len(chosen.categorical) == 6
    assert chosen.categorical[0] == chosen.accent
    for at, colour in enumerate(chosen.categorical):
        assert contrast(colour, chosen.background) >= AA_GRAPHICS, colour
        assert at == 0 or nearest(colour, chosen.categorical[:at]) >= 18, colour


@both
def test_the_sequential_ramp_runs_one_way_in_even_steps(chosen: Theme) -> None:
    light = [luminance(colour) for colour in chosen.sequential]
    assert light == sorted(light, reverse=chosen is LIGHT)
    for sight in SIGHTS:
        steps = [
            distance(a, b, sight)
            for a, b in zip(chosen.sequential, chosen.sequential[1:], strict=False)
        ]
        assert min(steps) >= 8, (sight, steps)


@both
def test_below_and_above_the_norm_are_told_apart_by_every_sight(chosen: Theme) -> None:
    below, norm, above = chosen.diverging[:3], chosen.diverging[3], chosen.diverging[4:]
    assert len(below) == len(above) == 3
    assert all(nearest(colour, above) >= 18 for colour in below)
    assert all(nearest(norm, side) >= 12 for side in (below, above))


@both
def test_no_data_and_hidden_come_near_no_step_of_a_ramp(chosen: Theme) -> None:
    ramps = (*chosen.sequential, *chosen.diverging)
    assert nearest(chosen.no_data, ramps) >= 10
    assert distance(chosen.no_data, chosen.hidden) >= 8
    assert contrast(chosen.hidden_hatch, chosen.hidden) >= 2.5
    lightest = max(luminance(colour) for colour in ramps)
    assert luminance(chosen.hidden) < lightest


@both
def test_every_colour_is_written_in_one_way_and_none_is_magenta(chosen: Theme) -> None:
    colours = [
        value
        for field in fields(chosen)
        for value in _flat(getattr(chosen, field.name))
        if value.startswith("#")
    ]
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours)
    for colour in colours:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert not (red > green + 60 and blue > green + 60), f"{colour} is the ministry's magenta"


def _flat(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(item) for item in value] if isinstance(value, tuple) else []


def test_steps_are_taken_from_the_ends_of_a_ramp() -> None:
    assert LIGHT.sequential_steps(2) == (LIGHT.sequential[0], LIGHT.sequential[-1])
    assert LIGHT.sequential_steps(7) == LIGHT.sequential
    assert len(set(LIGHT.sequential_steps(5))) == 5
    assert LIGHT.diverging_steps(1, 2) == (LIGHT.diverging[2], *LIGHT.diverging[4:6])
    for wrong in (1, 8):
        with pytest.raises(UnknownTheme):
            LIGHT.sequential_steps(wrong)
    with pytest.raises(UnknownTheme):
        LIGHT.diverging_steps(4, 1)


def test_an_unknown_theme_or_verdict_is_refused() -> None:
    assert (theme("light"), theme("dark")) == (LIGHT, DARK)
    with pytest.raises(UnknownTheme, match="blue"):
        theme("blue")
    with pytest.raises(UnknownTheme, match="good"):
        LIGHT.mark("good")


def test_type_is_large_enough_at_the_desk_and_in_the_room() -> None:
    assert DESK.chart_label >= 13
    assert min(ROOM.body, ROOM.chart_label) >= 28
    assert min(DESK.line_height, ROOM.line_height) >= 1.5


@both
def test_streamlit_wears_the_same_colours(chosen: Theme) -> None:
    section = dict(_streamlit()["theme"][chosen.name])
    sidebar = section.pop("sidebar")
    assert section == streamlit_colours(chosen)
    assert sidebar == {
        "backgroundColor": chosen.surface,
        "secondaryBackgroundColor": chosen.background,
    }


def test_the_mark_of_the_tab_wears_the_accent() -> None:
    assert LIGHT.accent in (ROOT / "static" / "favicon.svg").read_text(encoding="utf-8")
    assert (ROOT / "static" / "favicon.png").read_bytes().startswith(b"\x89PNG")


def test_the_font_is_served_from_here_in_every_weight_that_is_used() -> None:
    settings = _streamlit()["theme"]
    faces = settings["fontFaces"]
    weights = {str(weight) for weight in settings["headingFontWeights"]}
    for weight in weights | {"400", "500"}:
        ours = [face for face in faces if face["weight"] == weight]
        assert {"U+0E01" in face["unicodeRange"] for face in ours} == {True, False}, weight
    for face in faces:
        assert face["family"] == FONT
        file = ROOT / face["url"].removeprefix("app/")
        assert file.read_bytes()[:4] == b"wOF2"
    assert "SIL Open Font License" in (ROOT / "static/fonts/OFL.txt").read_text(encoding="utf-8")


def test_streamlit_tells_nothing_to_the_outside_and_nothing_technical_to_visitors() -> None:
    chosen = _streamlit()
    assert chosen["browser"] == {"gatherUsageStats": False, "serverAddress": "localhost"}
    assert chosen["client"]["showErrorDetails"] == "none"
    assert chosen["client"]["showErrorLinks"] is False
    assert chosen["client"]["toolbarMode"] == "viewer"
    server = chosen["server"]
    assert server["address"] == "127.0.0.1"
    assert server["enableCORS"] is server["enableXsrfProtection"] is True
    assert server["enableStaticServing"] is True
    assert server["fileWatcherType"] == "none"


def test_streamlit_knows_every_option_that_is_set() -> None:
    from streamlit import config

    known = set(config.get_config_options(force_reparse=False))

    def names(table: dict[str, Any], prefix: str = "") -> list[str]:
        found: list[str] = []
        for key, value in table.items():
            name = f"{prefix}{key}"
            found += names(value, f"{name}.") if isinstance(value, dict) else [name]
        return found

    assert not set(names(_streamlit())) - known


def test_every_reading_has_a_shape_of_its_own_and_words() -> None:
    for family, kinds in (("variation", Variation), ("assurance", Assurance)):
        for kind in get_args(kinds):
            assert f"{family}.{kind}" in READING_ICONS
            assert has(f"{family}.{kind}")
    assert len(set(READING_ICONS.values())) == len(READING_ICONS)
