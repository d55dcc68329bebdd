"""Layers of points for the zoomable explorer: districts and sites.

Thai words stand in hover cards only, because the engine breaks Thai marks on its labels.
"""

from collections.abc import Mapping, Sequence
from html import escape
from math import sqrt
from typing import Any, Literal

import pydeck

from config.i18n import Lang
from config.theme import Theme
from geo.points import AreaPoint
from ui.text.area_names import name_with_province

Show = Literal["districts", "sites"]
# Decimals of a degree: a hundred metres, and a kilometre where the whole country is in view.
FINE, ROUGH = 3, 2
_RADIUS_M = (2_500, 9_000)


def sites(
    names: Mapping[str, Sequence[str]], places: Mapping[str, AreaPoint], lang: Lang, ink: Theme
) -> pydeck.Layer:
    """Give a dot for each area with sites; the hover card lists their names."""
    most = max(map(len, names.values()), default=1)
    data = [
        {
            **place(places[code], lang),
            "t": "<br>".join(map(escape, listed)),
            "p": "",
            "s": radius(len(listed), most),
        }
        for code, listed in sorted(names.items())
        if code in places
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
