"""Layers of points for the zoomable explorer: districts, volunteers, sites.

Thai words stand in hover cards only, because the engine breaks Thai marks on its labels.
"""

from collections.abc import Mapping, Sequence
from html import escape
from math import sqrt
from typing import Any, Literal

import pydeck

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from geo.points import AreaPoint
from ui.text.area_names import name_with_province

Show = Literal["districts", "volunteers", "columns", "sites"]
# Decimals of a degree: a hundred metres, and a kilometre where the whole country is in view.
FINE, ROUGH = 3, 2
_RADIUS_M = (2_500, 9_000)
_COLUMN_M = 4_000
_TALLEST_M = 220_000


def volunteers(
    counts: Mapping[str, int],
    placed: Mapping[str, AreaPoint],
    show: Sequence[Show],
    lang: Lang,
    ink: Theme,
) -> list[pydeck.Layer]:
    """Give rings round the districts, discs where they stand alone; columns where asked for."""
    layers = []
    if "volunteers" in show:
        draw = _rings if "districts" in show else _dots
        layers.append(draw(counts, placed, lang, ink))
    if "columns" in show:
        layers.append(_columns(counts, placed, lang, ink))
    return layers


def _rings(
    counts: Mapping[str, int], placed: Mapping[str, AreaPoint], lang: Lang, ink: Theme
) -> pydeck.Layer:
    data = _counted(counts, placed, lang)
    return circles(
        "volunteers", data, filled=False, get_line_color=rgb(ink.diverging[5]), line_width=2
    )


def _dots(
    counts: Mapping[str, int], placed: Mapping[str, AreaPoint], lang: Lang, ink: Theme
) -> pydeck.Layer:
    """The same counts as see-through discs: with no colours below them they need no hole."""
    data = _counted(counts, placed, lang)
    fill, edge = rgb(ink.accent, 120), rgb(ink.accent, 190)
    return circles("volunteers", data, get_fill_color=fill, get_line_color=edge, least=2)


def _columns(
    counts: Mapping[str, int], placed: Mapping[str, AreaPoint], lang: Lang, ink: Theme
) -> pydeck.Layer:
    most = max(counts.values(), default=1) or 1
    return pydeck.Layer(
        "ColumnLayer",
        id="columns",
        data=_counted(counts, placed, lang),
        get_position="[x, y]",
        get_elevation="v",
        elevation_scale=_TALLEST_M / most,
        radius=_COLUMN_M,
        get_fill_color=rgb(ink.accent, 210),
        extruded=True,
        pickable=True,
        auto_highlight=False,
    )


def _counted(
    counts: Mapping[str, int], placed: Mapping[str, AreaPoint], lang: Lang
) -> list[dict[str, Any]]:
    most = max(counts.values(), default=1)
    words = t("unit_value.volunteers.many", lang, value="{value}")
    return [
        {
            **place(placed[code], lang),
            "t": words.replace("{value}", numbers.count(count, lang)),
            "p": "",
            "v": count,
            "s": radius(count, most),
        }
        for code, count in counts.items()
        if code in placed
    ]


def sites(
    names: Mapping[str, Sequence[str]], placed: Mapping[str, AreaPoint], lang: Lang, ink: Theme
) -> pydeck.Layer:
    """Give a dot for each area with sites; the hover card lists their names."""
    most = max(map(len, names.values()), default=1)
    data = [
        {
            **place(placed[code], lang),
            "t": "<br>".join(map(escape, listed)),
            "p": "",
            "s": radius(len(listed), most),
        }
        for code, listed in sorted(names.items())
        if code in placed
    ]
    return circles("sites", data, get_fill_color=rgb(ink.accent), get_line_color=rgb(ink.text))


def circles(name: str, data: Sequence[Any], **style: Any) -> pydeck.Layer:
    """Give a layer of circles, each row with place, radius and words for its hover card."""
    width, least = style.pop("line_width", 1), style.pop("least", 4)
    usual = {"get_position": "[x, y]", "get_radius": "s", "pickable": True}
    return pydeck.Layer(
        "ScatterplotLayer",
        id=name,
        data=data,
        radius_min_pixels=least,
        radius_max_pixels=30,
        stroked=True,
        line_width_min_pixels=width,
        auto_highlight=False,
        **{**usual, **style},
    )


def place(point: AreaPoint, lang: Lang, places: int = FINE) -> dict[str, Any]:
    """Give what every row has: code, name with province, and place."""
    return {"c": point.code, "n": name_with_province(point.code, lang), **spot(point, places)}


def spot(point: AreaPoint, places: int = FINE) -> dict[str, float]:
    """Give a place alone, in degrees with so many decimals."""
    return {"x": round(point.lon, places), "y": round(point.lat, places)}


def radius(size: float, most: float, step: int = 100) -> int:
    """Give the radius in metres, in whole steps: the circle's area stands for the number."""
    least, largest = _RADIUS_M
    exact = max(least, largest * sqrt(size / most)) if most > 0 else least
    return step * round(exact / step)


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """Give a colour as the engine wants it."""
    return [*(int(colour[at : at + 2], 16) for at in (1, 3, 5)), alpha]
