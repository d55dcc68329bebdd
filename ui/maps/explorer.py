"""The zoomable explorer of districts and sites, for screens that can draw it (WebGL).

Same classes, colours and legend as the maps of `ui.maps.choropleth`, which stand beside it for
print, selection and screens without WebGL. There is no base map, so nothing is fetched from
outside; Thai words stand in hover cards only, because the engine breaks Thai marks on its labels.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

import pandas as pd
import pydeck

from config.i18n import Lang, t
from config.theme import Theme
from geo.points import AreaPoint
from ui.charts.indicator_frame import SHOWN, Drawable, absent, cell_text, each, parts
from ui.charts.look import Look
from ui.maps import explorer_layers
from ui.maps.base_map import MapArea
from ui.maps.classes import HIDDEN, NO_DATA, Entry
from ui.maps.explorer_layers import FINE, ROUGH, Show, circles, place, radius, rgb, spot
from ui.maps.explorer_legend import Key
from ui.maps.legend import legend_title
from ui.maps.sheet import Sheet, sheet

# West, south, east and north of the country in degrees.
COUNTRY = (97.3, 5.6, 105.7, 20.5)
HEIGHT = 560
_NARROW = 360  # the view is fitted to a phone's width, so it is inside on every screen
_TILE = 512
_FLIGHT_MS = 900  # how long the view takes to a newly chosen area
_SMALL = "small_number"  # why a district is hidden
_RING: dict[str, Any] = {"get_fill_color": [0, 0, 0, 0], "line_width": 2, "least": 3}


class Deck(pydeck.Deck):
    """A deck whose JSON has no spaces: a fifth of the weight that the usual one sends."""

    def to_json(self) -> str:
        """The deck as compact JSON."""
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True)
class Explorer:
    """The explorer and what stands beside it: legend, words, districts without a place."""

    deck: Deck
    key: Key
    description: str
    without_point: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """What lies below the districts.

    `outlines` of provinces are GeoJSON or its address on this server; `points` the places of
    districts and provinces. `within` is a region or a province, or None for the country; `bounds`
    is what is in view, in degrees: the view flies to new ones.
    """

    outlines: str | Mapping[str, Any]
    points: Iterable[AreaPoint]
    within: str | None = None
    bounds: Sequence[float] = COUNTRY


def explorer(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    look: Look,
    ground: Ground,
    show: Sequence[Show] = ("districts",),
    sites: Mapping[str, Sequence[str]] | None = None,
) -> Explorer:
    """Give district points in the colour of their class over province outlines, to zoom and pan.

    `frame` has one row per district of the ground; `sites` are names of sites by district, or by
    province where no district is told.
    """
    content = sheet(frame, indicator, look, MapArea("district", ground.within))
    lang, ink = look.lang, look.ink
    places = {point.code: point for point in ground.points}
    layers = [_outlines(ground.outlines, ink)]
    if "districts" in show:
        layers += _districts(content, places, indicator, whole=ground.within is None)
    if "sites" in show:
        layers.append(explorer_layers.sites(sites or {}, places, lang, ink))
    deck = Deck(
        layers=layers,
        # No provider, and the style left alone: Streamlit takes an empty style for "no choice" and
        # fetches a base map from outside.
        map_provider=None,
        initial_view_state=_view(ground.bounds, HEIGHT),
        tooltip=_tooltip(ink),
    )
    without = tuple(str(code) for code in content.cells["area_code"] if code not in places)
    key = Key(legend_title(indicator, lang).replace("\n", " "), content.legend)
    return Explorer(deck, key, description(content.legend, len(without), lang), without)


def description(legend: Sequence[Entry], without_point: int, lang: Lang) -> str:
    """Give the legend as one plain sentence, for screen readers and for print."""
    classes = "; ".join(entry.label(lang) for entry in legend)
    return t("chart.explorer.description", lang, classes=classes, missing=without_point)


def _outlines(outlines: str | Mapping[str, Any], ink: Theme) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        id="outlines",
        data=outlines if isinstance(outlines, str) else dict(outlines),
        filled=True,
        get_fill_color=rgb(ink.surface),
        stroked=True,
        get_line_color=rgb(ink.muted, 140),
        line_width_min_pixels=1,
        pickable=False,
        auto_highlight=False,
    )


def _districts(
    content: Sheet, places: Mapping[str, AreaPoint], indicator: Drawable, *, whole: bool
) -> list[pydeck.Layer]:
    """Filled circles for what has a class; hollow ones, darker where hidden, for the others.

    The lowest layer has every district as if it were hidden, and what is known lies on it: these
    rows are the same whatever is chosen, so a browser fetches them once. Most of the weight is
    names and places. Of the whole country a district without data is only a ring above that layer,
    whose hover card then speaks of both kinds of ring; the table tells them apart.
    """
    ink, lang = content.look.ink, content.look.lang
    weight = content.cells["denominator"].fillna(content.cells["value"]).astype(float)
    most = float(weight.max()) if weight.notna().any() else 1.0
    here = [places[code] for code in content.cells["area_code"] if code in places]
    below = _below(here, radius(0, most), lang, whole=whole)
    solid, hollow = _with_class(content, places, weight.fillna(0), indicator, whole=whole)
    # The engine's expressions know no place in a list, but they choose.
    *choices, last = (str(rgb(entry.fill)[:3]) for entry in content.legend)
    fills = "".join(f"f=={i}?{fill}:" for i, fill in enumerate(choices)) + last
    # Of the whole country most districts are too small for a value: they stay in the background.
    edge_of_none = rgb(ink.no_data) if whole else rgb(ink.muted)
    thin = {"get_fill_color": rgb(ink.surface), "get_line_color": edge_of_none}
    # Pairs of numbers instead of rows with names: "-" is a row itself.
    alone = {"get_position": "-", "get_radius": radius(0, most), "pickable": False}
    edge = rgb(ink.background)
    return [
        circles("hidden", below, get_line_color=rgb(ink.text), **_RING),
        circles("no_data", hollow, **thin, **(alone if whole else {})),
        circles("districts", solid, get_fill_color=fills, get_line_color=edge),
    ]


def _with_class(
    content: Sheet,
    places: Mapping[str, AreaPoint],
    weight: pd.Series,
    indicator: Drawable,
    *,
    whole: bool,
) -> tuple[list[dict[str, Any]], list[Any]]:
    """The districts that have a class, and those without data; of the whole country bare places.

    A row has the place of its colour in the legend as `f`: that is shorter than the colour.
    """
    lang, most = content.look.lang, float(weight.max()) or 1.0
    decimals, step = (ROUGH, 1_000) if whole else (FINE, 100)
    at = {entry.code: i for i, entry in enumerate(content.legend)}
    solid: list[dict[str, Any]] = []
    hollow: list[Any] = []
    for row, code, size in zip(each(content.cells), content.rows["k"], weight, strict=True):
        point = places.get(str(row.area_code))
        if point is None or row.status == HIDDEN:
            continue
        if whole and code == NO_DATA:
            hollow.append(list(spot(point, decimals).values()))
            continue
        about = {
            **place(point, lang, decimals),
            "t": cell_text(row, indicator, lang),
            "p": parts(row, lang) if row.status == SHOWN else "",
            "s": radius(size, most, step),
        }
        if code == NO_DATA:
            hollow.append(about)
        else:  # also what has a class without a number: no case manager
            solid.append(about | {"f": at[code]})
    return solid, hollow


def _below(
    here: Sequence[AreaPoint], size: int, lang: Lang, *, whole: bool
) -> list[dict[str, Any]]:
    """The rows of the lowest layer: every district without a value."""
    words = t("chart.explorer.no_value", lang) if whole else absent(HIDDEN, _SMALL, lang)
    # Smaller than what may lie on it, so that no ring looks out from below.
    nothing = {"t": words, "p": "", "s": round(0.8 * size)}
    return [place(point, lang, ROUGH if whole else FINE) | nothing for point in here]


def _view(bounds: Sequence[float], height: int) -> pydeck.ViewState:
    west, south, east, north = bounds
    across = log2(_NARROW * 360 / (_TILE * max(east - west, 0.01)))
    down = log2(height * 360 / (_TILE * max(north - south, 0.01)))
    return pydeck.ViewState(
        longitude=(west + east) / 2,
        latitude=(south + north) / 2,
        zoom=round(min(across, down) - 0.1, 2),
        transition_duration=_FLIGHT_MS,
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
