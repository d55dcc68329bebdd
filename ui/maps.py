"""The zoomable explorer of districts and volunteers, for screens that can draw it (WebGL).

Same classes, colours and legend as the maps of `ui.charts.maps`, which stand beside it for print,
selection and screens without WebGL. There is no base map, so nothing is fetched from outside; Thai
words stand in hover cards only, because the engine breaks Thai marks on its labels.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log2, sqrt
from typing import Any, Literal

import pandas as pd
import pydeck

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from geo.classify import Classes
from geo.points import AreaPoint
from ui.areas import name_with_province
from ui.charts import look
from ui.charts.classes import HIDDEN, NO_DATA, Entry
from ui.charts.frames import SHOWN, Drawable, each, parts, told
from ui.charts.map_legend import legend_strip, legend_title
from ui.charts.map_sheet import Sheet, sheet

Show = Literal["districts", "volunteers", "columns", "sites"]
# West, south, east and north of the country in degrees.
COUNTRY = (97.3, 5.6, 105.7, 20.5)
HEIGHT = 560
_NARROW = 360  # the view is fitted to a phone's width, so it is inside on every screen
_TILE = 512
_FLIGHT_MS = 900  # how long the view takes to a newly chosen area
_RADIUS_M = (2_500, 9_000)
_COLUMN_M = 4_000
_TALLEST_M = 220_000


class Deck(pydeck.Deck):
    """A deck whose JSON has no spaces: a fifth of the weight that the usual one sends."""

    def to_json(self) -> str:
        """The deck as compact JSON."""
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True)
class Explorer:
    """The explorer and what must stand beside it: legend, words, districts it cannot place."""

    deck: Deck
    legend: look.Spec
    said: str
    without_point: tuple[str, ...]


def explorer(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    points: Iterable[AreaPoint],
    outlines: str | Mapping[str, Any],
    lang: Lang,
    theme: str = "light",
    within: str | None = None,
    volunteers: Mapping[str, int] | None = None,
    sites: Mapping[str, Sequence[str]] | None = None,
    show: Sequence[Show] = ("districts",),
    classes: Classes | None = None,
    bounds: Sequence[float] = COUNTRY,
    height: int = HEIGHT,
) -> Explorer:
    """Give district points in the colour of their class over province outlines, to zoom and pan.

    `frame` has one row per district of `within` (a region, a province, or the country); `outlines`
    is GeoJSON or its address on this server; `volunteers` are counts by district, drawn as rings or
    columns where `show` asks for them; `sites` are names of sites by district, or by province where
    no district is told. `bounds` is what is in view, in degrees; the view flies to new ones.
    """
    held = sheet(frame, indicator, lang, theme, level="district", within=within, classes=classes)
    ink = look.colours(theme)
    placed = {point.code: point for point in points}
    layers = [_outlines(outlines, ink)]
    if "districts" in show:
        layers += _districts(held, placed, indicator, lang, ink)
    layers += _volunteers(volunteers or {}, placed, show, lang, ink)
    if "sites" in show:
        layers.append(_sites(sites or {}, placed, lang, ink))
    deck = Deck(
        layers=layers,
        # No provider, and the style left alone: Streamlit takes an empty style for "no choice" and
        # fetches a base map from outside.
        map_provider=None,
        initial_view_state=_view(bounds, height, tilted="columns" in show),
        tooltip=_tooltip(ink),
    )
    without = tuple(str(code) for code in held.found["area_code"] if code not in placed)
    strip = legend_strip(
        held.legend, legend_title(indicator, lang), held.said, lang=lang, theme=theme
    )
    return Explorer(deck, strip, said(held.legend, len(without), lang), without)


def _volunteers(
    counts: Mapping[str, int],
    placed: Mapping[str, AreaPoint],
    show: Sequence[Show],
    lang: Lang,
    ink: Theme,
) -> list[pydeck.Layer]:
    """Rings round the districts, discs where they stand alone, columns only where asked for."""
    layers = []
    if "volunteers" in show:
        draw = _rings if "districts" in show else _dots
        layers.append(draw(counts, placed, lang, ink))
    if "columns" in show:
        layers.append(_columns(counts, placed, lang, ink))
    return layers


def said(legend: Sequence[Entry], without_point: int, lang: Lang) -> str:
    """Give the legend as one plain sentence, for screen readers and for print."""
    classes = "; ".join(entry.label(lang) for entry in legend)
    return t("chart.explorer.description", lang, classes=classes, missing=without_point)


def _outlines(outlines: str | Mapping[str, Any], ink: Theme) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        id="outlines",
        data=outlines if isinstance(outlines, str) else dict(outlines),
        filled=True,
        get_fill_color=_rgb(ink.surface),
        stroked=True,
        get_line_color=_rgb(ink.muted, 140),
        line_width_min_pixels=1,
        pickable=False,
        auto_highlight=False,
    )


def _districts(
    held: Sheet, placed: Mapping[str, AreaPoint], indicator: Drawable, lang: Lang, ink: Theme
) -> list[pydeck.Layer]:
    """Filled circles for values; hollow ones, darker where hidden, for districts without one."""
    fills = {entry.code: entry.fill for entry in held.legend}
    weight = held.found["denominator"].fillna(held.found["value"]).astype(float)
    most = float(weight.max()) if weight.notna().any() else 1.0
    rows: dict[str, list[dict[str, Any]]] = {SHOWN: [], NO_DATA: [], HIDDEN: []}
    for row, code, size in zip(each(held.found), held.made["k"], weight.fillna(0), strict=True):
        point = placed.get(str(row.area_code))
        if point is None:
            continue
        about = {**_place(point, lang), "t": told(row, indicator, lang), "s": _radius(size, most)}
        if row.status == SHOWN:
            about |= {"p": parts(row, lang), "f": _rgb(fills[code])[:3]}
        rows[row.status].append(about | {"p": about.get("p", "")})
    return [
        _circles("districts", rows[SHOWN], get_fill_color="f", get_line_color=_rgb(ink.background)),
        _circles("no_data", rows[NO_DATA], filled=False, get_line_color=_rgb(ink.muted)),
        _circles("hidden", rows[HIDDEN], filled=False, get_line_color=_rgb(ink.text), line_width=2),
    ]


def _rings(
    counts: Mapping[str, int], placed: Mapping[str, AreaPoint], lang: Lang, ink: Theme
) -> pydeck.Layer:
    data = _counted(counts, placed, lang)
    return _circles(
        "volunteers", data, filled=False, get_line_color=_rgb(ink.diverging[5]), line_width=2
    )


def _dots(
    counts: Mapping[str, int], placed: Mapping[str, AreaPoint], lang: Lang, ink: Theme
) -> pydeck.Layer:
    """The same counts as see-through discs: with no colours below them they need no hole."""
    data = _counted(counts, placed, lang)
    fill, edge = _rgb(ink.accent, 120), _rgb(ink.accent, 190)
    return _circles("volunteers", data, get_fill_color=fill, get_line_color=edge, least=2)


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
        get_fill_color=_rgb(ink.accent, 210),
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
            **_place(placed[code], lang),
            "t": words.replace("{value}", numbers.count(count, lang)),
            "p": "",
            "v": count,
            "s": _radius(count, most),
        }
        for code, count in counts.items()
        if code in placed
    ]


def _sites(
    names: Mapping[str, Sequence[str]], placed: Mapping[str, AreaPoint], lang: Lang, ink: Theme
) -> pydeck.Layer:
    """A dot for each area with sites; the hover card lists their names."""
    most = max(map(len, names.values()), default=1)
    data = [
        {
            **_place(placed[code], lang),
            "t": "<br>".join(map(escape, listed)),
            "p": "",
            "s": _radius(len(listed), most),
        }
        for code, listed in sorted(names.items())
        if code in placed
    ]
    return _circles("sites", data, get_fill_color=_rgb(ink.accent), get_line_color=_rgb(ink.text))


def _circles(name: str, data: list[dict[str, Any]], **style: Any) -> pydeck.Layer:
    width, least = style.pop("line_width", 1), style.pop("least", 4)
    return pydeck.Layer(
        "ScatterplotLayer",
        id=name,
        data=data,
        get_position="[x, y]",
        get_radius="s",
        radius_min_pixels=least,
        radius_max_pixels=30,
        stroked=True,
        line_width_min_pixels=width,
        pickable=True,
        auto_highlight=False,
        **style,
    )


def _place(point: AreaPoint, lang: Lang) -> dict[str, Any]:
    name = name_with_province(point.code, lang)
    # Three decimals are a hundred metres, less than a pixel at the closest view.
    return {"c": point.code, "n": name, "x": round(point.lon, 3), "y": round(point.lat, 3)}


def _radius(size: float, most: float) -> int:
    """Radius in metres: the circle's area stands for the number."""
    least, largest = _RADIUS_M
    return int(round(max(least, largest * sqrt(size / most)), -2)) if most > 0 else least


def _view(bounds: Sequence[float], height: int, *, tilted: bool) -> pydeck.ViewState:
    west, south, east, north = bounds
    across = log2(_NARROW * 360 / (_TILE * max(east - west, 0.01)))
    down = log2(height * 360 / (_TILE * max(north - south, 0.01)))
    return pydeck.ViewState(
        longitude=(west + east) / 2,
        latitude=(south + north) / 2,
        zoom=round(min(across, down) - 0.1, 2),
        transition_duration=_FLIGHT_MS,
        pitch=40 if tilted else 0,
    )


def _tooltip(ink: Theme) -> dict[str, Any]:
    return {
        "html": "<b>{n}</b><br>{t}<br>{p}",
        "style": {
            "backgroundColor": ink.background,
            "color": ink.text,
            "border": f"1px solid {ink.border}",
            "fontFamily": "Sarabun, sans-serif",
            "fontSize": "14px",
            "lineHeight": "1.6",
        },
    }


def _rgb(colour: str, alpha: int = 255) -> list[int]:
    return [*(int(colour[at : at + 2], 16) for at in (1, 3, 5)), alpha]
