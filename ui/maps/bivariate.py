"""Two rates on one map: nine colours, and a key that is read like a small chart.

Each axis of the key runs from good to bad, so that what is bad at both stands out most. An
indicator that is neither good nor bad runs from little to much.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.theme import Theme
from geo.classify import Classes, EdgeRule, breaks
from ui.charts import base_spec
from ui.charts.base_spec import words_on
from ui.charts.indicator_frame import HIDDEN, NO_DATA, SHOWN, Drawable, cell_text, each, onto_areas
from ui.charts.look import Look
from ui.maps.base_map import Geometry, area_codes
from ui.maps.bivariate_key import KEY_PLACE, STEPS, TILE_KEY_PLACE, key_of
from ui.maps.classes import fixed_edges, norm_between
from ui.maps.layers import (
    Panel,
    areas,
    country_projection,
    country_size,
    inset,
    inset_frame,
    region_lines,
    ring,
    row_layer,
    selectable,
    with_shapes,
)
from ui.maps.legend import same_colour
from ui.maps.tiles import WHOLE, grid_size, on_tiles, tile_borders, tile_names, tile_ring, tiles
from ui.text.area_names import short_name

HEIGHT = 640


@dataclass(frozen=True)
class Axis:
    """One of the two rates: a row per province, its indicator, and its short name in the key."""

    frame: pd.DataFrame
    indicator: Drawable
    name: str


Axes = tuple[Axis, Axis]


def bivariate(
    first: Axis,
    second: Axis,
    *,
    look: Look,
    geometry: Geometry | None,
    borders: Mapping[str, Any] | None = None,
    selected: str | None = None,
) -> base_spec.Spec:
    """Give the province map of two indicators, three classes each, with its 3 × 3 key.

    An indicator with a norm has it as an edge; the others are cut into thirds of the provinces. A
    province without one of the two is grey.
    Without `geometry` the provinces are equal tiles. `borders` are lines between regions.
    """
    axes, ink, lang = (first, second), look.ink, look.lang
    rows = _rows(axes, lang)
    shades = nine(ink)
    colours = _colour(rows, shades, lang, ink)
    names = (first.name, second.name)
    if geometry:
        layers, sizes = _map(colours, names, lang, ink)
    else:
        layers, sizes = _tiles(colours, names, shades, ink)
    chart = row_layer(
        layers, rows if geometry else on_tiles(rows, lang), {}, shapes=geometry is not None
    )
    lines = [region_lines(ink, country_projection())] if geometry and borders else []
    spec = base_spec.chart_spec(
        base_spec.layer(chart, *lines, *key_of(rows["k"], shades, _words(axes, lang), ink)),
        look,
        base_spec.Canvas(HEIGHT, _description(rows, names, lang)),
        data={},
        sizes=sizes,
    )
    return with_shapes(selectable(spec, selected), geometry, borders)


def _map(
    colours: alt.Color, names: tuple[str, str], lang: Lang, ink: Theme
) -> tuple[list[alt.Chart], dict[str, str]]:
    """Layers and sizes of the map that is true to shape, with its inset of Bangkok."""
    main, near, card = Panel(country_projection()), inset(), _card(names)
    layers = [
        areas(colours, card, ink, main),
        ring(ink, main),
        areas(same_colour(), card, ink, near),
        ring(ink, near),
        *inset_frame(lang, ink),
    ]
    return layers, {**country_size(), **KEY_PLACE}


def _tiles(
    colours: alt.Color, names: tuple[str, str], shades: dict[str, str], ink: Theme
) -> tuple[list[alt.Chart], dict[str, str]]:
    """Layers and sizes of the map of equal tiles."""
    on = {code: words_on(fill, ink.name) for code, fill in shades.items()}
    on |= {NO_DATA: words_on(ink.no_data, ink.name), HIDDEN: ink.text}
    layers = [
        tiles(colours, _card(names), WHOLE),
        tile_names(on, WHOLE),
        tile_borders(ink, WHOLE),
        tile_ring(ink, WHOLE),
    ]
    return layers, {**grid_size(), **TILE_KEY_PLACE}


def _card(names: Sequence[str]) -> list[alt.Tooltip]:
    fields = zip(("a:N", "b:N"), names, strict=True)
    return [alt.Tooltip("name:N", title="title"), *(alt.Tooltip(f, title=n) for f, n in fields)]


def thirds(values: pd.Series, indicator: Drawable) -> Classes:
    """Give three classes: the norm and half as much again where there is one, else thirds."""
    known = [float(x) for x in values.dropna()]
    higher = str(indicator.direction) == "higher_is_better"
    norm = norm_between(indicator)
    if norm is not None and known:
        return breaks(known, "threshold", at=(norm, norm * 1.5))
    rule = EdgeRule(closed="left" if higher else "right")
    fixed = fixed_edges(indicator)
    if fixed and len(fixed) > 2 and known:
        middle = (fixed[len(fixed) // 2 - 1], fixed[len(fixed) // 2])
        return breaks(known, "threshold", at=middle, rule=rule)
    return breaks(known, "quantile", classes=STEPS, rule=rule)


def nine(ink: Theme) -> dict[str, str]:
    """Give nine colours mixed from two of the theme's groups: the first grows one way, the second
    the other.

    On a light ground the two are multiplied, on a dark one added, so "both bad" stands out most;
    the pair is chosen so that no mixture comes near the grey of "no data".
    """
    ground = ink.diverging[3]
    dark = ink.name == "dark"
    first, second = ink.worse, ink.sequential[3]
    colours = {}
    for i in range(STEPS):
        for j in range(STEPS):
            one, other = (_tint(full, ground, k, dark) for full, k in ((first, i), (second, j)))
            colours[f"m{i}{j}"] = _mix(one, other, ground, dark=dark)
    return colours


def _tint(full: str, ground: str, step: int, dark: bool) -> str:
    # More than half way in the middle: no eye may take that step for "no data".
    share = (0.0, 0.7 if dark else 0.6, 1.0)[step]
    pairs = zip(_parts(full), _parts(ground), strict=True)
    return _hex([f * share + g * (1 - share) for f, g in pairs])


def _mix(one: str, other: str, ground: str, *, dark: bool) -> str:
    parts = zip(_parts(one), _parts(other), _parts(ground), strict=True)
    return _hex([a + b - g if dark else a * b / g for a, b, g in parts])


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _hex(parts: Sequence[float]) -> str:
    return "#" + "".join(f"{max(0, min(255, round(part))):02X}" for part in parts)


def _rows(axes: Axes, lang: Lang) -> pd.DataFrame:
    first, second = (axis.indicator for axis in axes)
    cells = [onto_areas(axis.frame, area_codes("province")) for axis in axes]
    scales = [
        thirds(frame["value"], axis.indicator) for frame, axis in zip(cells, axes, strict=True)
    ]
    rows = []
    for a, b in zip(each(cells[0]), each(cells[1]), strict=True):
        statuses = {a.status, b.status}
        if statuses == {SHOWN}:
            code = f"m{step(a.value, scales[0], first)}{step(b.value, scales[1], second)}"
        else:
            code = HIDDEN if HIDDEN in statuses else NO_DATA
        rows.append(
            {
                "code": str(a.area_code),
                "name": short_name(str(a.area_code), lang),
                "k": code,
                "a": cell_text(a, first, lang),
                "b": cell_text(b, second, lang),
            }
        )
    return pd.DataFrame(rows)


def step(value: Any, classes: Classes, indicator: Drawable) -> int:
    """Give how far along its axis a value is: 0 is good, 2 is bad."""
    place = classes.of(float(value))
    if place is None:
        raise ValueError(f"a value of classes that have edges, got: {value!r} in {classes!r}")
    return STEPS - 1 - place if good_is_high(indicator) else place


def good_is_high(indicator: Drawable) -> bool:
    """Tell whether the axis runs from much to little, since much is good."""
    return str(indicator.direction) == "higher_is_better"


def _words(axes: Axes, lang: Lang) -> list[str]:
    """What the axes of the key are: their indicator, and which way it grows."""
    keys = ["falls" if good_is_high(axis.indicator) else "grows" for axis in axes]
    return [
        t(f"chart.bivariate.axis_{key}", lang, name=axis.name)
        for key, axis in zip(keys, axes, strict=True)
    ]


def _colour(rows: pd.DataFrame, shades: dict[str, str], lang: Lang, ink: Theme) -> alt.Color:
    striped = alt.ExprRef(base_spec.stripes(ink.hidden, ink.hidden_hatch)["expr"])
    words = {
        code: t(
            "chart.class.counted",
            lang,
            words=t(f"legend.{code}", lang),
            n=int((rows["k"] == code).sum()),
        )
        for code in (NO_DATA, HIDDEN)
    }
    legend = alt.Legend(
        orient="none",
        title=None,
        values=[NO_DATA, HIDDEN],
        labelExpr=base_spec.lookup(words, "datum.label"),
        legendX=alt.ExprRef("key_left"),
        legendY=alt.ExprRef("height - 44"),
    )
    return alt.Color(
        "k:N",
        scale=alt.Scale(
            domain=[*shades, NO_DATA, HIDDEN], range=[*shades.values(), ink.no_data, striped]
        ),
        legend=legend,
    )


def _description(rows: pd.DataFrame, names: Sequence[str], lang: Lang) -> str:
    counts = rows["k"].value_counts()
    both = int(counts.get("m22", 0))
    return t("chart.bivariate.description", lang, first=names[0], second=names[1], both=both)
