"""Two rates on one map: nine colours, and a key that is read like a small chart.

Each axis of the key runs from good to bad, so that what is bad at both stands out most. An
indicator that is neither good nor bad runs from little to much.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.theme import Theme
from geo.classify import Classes, breaks
from ui.charts import base_spec
from ui.charts.base_spec import words_on
from ui.charts.indicator_frame import HIDDEN, NO_DATA, SHOWN, Drawable, each, onto_areas, told
from ui.maps.bivariate_key import KEY_PLACE, STEPS, TILE_KEY_PLACE, key_of
from ui.maps.classes import fixed_edges, norm_between
from ui.maps.layers import (
    VICINITY,
    Geometry,
    areas,
    country_projection,
    country_size,
    inset_frame,
    inset_projection,
    placed,
    region_lines,
    ring,
    row_layer,
    selectable,
)
from ui.maps.legend import same_colour
from ui.maps.sheet import area_codes
from ui.maps.tiles import WHOLE, grid_size, on_tiles, tile_borders, tile_names, tile_ring, tiles
from ui.text.area_names import short_name

HEIGHT = 640


def bivariate(
    first: pd.DataFrame,
    second: pd.DataFrame,
    *,
    indicators: tuple[Drawable, Drawable],
    names: tuple[str, str],
    geometry: Geometry | None,
    lang: Lang,
    theme: str = "light",
    classes: tuple[Classes, Classes] | None = None,
    selected: str | None = None,
    borders: Mapping[str, Any] | None = None,
    height: int = HEIGHT,
) -> base_spec.Spec:
    """Give the province map of two indicators, three classes each, with its 3 × 3 key.

    `names` are the short words for the key's two axes. An indicator with a norm has it as an edge;
    the others are cut into thirds of the provinces. A province without one of the two is grey.
    Without `geometry` the provinces are equal tiles. `borders` are lines between regions.
    """
    codes = area_codes("province")
    found = onto_areas(first, codes), onto_areas(second, codes)
    one, other = (thirds(f["value"], item) for f, item in zip(found, indicators, strict=True))
    held = classes or (one, other)
    rows = _rows(found, held, indicators, lang)
    ink = base_spec.colours(theme)
    shades = nine(ink)
    colours = _colour(rows, shades, lang, ink)
    if geometry:
        layers, sizes = _map(colours, names, lang, ink)
    else:
        layers, sizes = _tiles(colours, names, shades, ink)
    made = rows if geometry else on_tiles(rows, lang)
    chart = row_layer(layers, made, {}, shapes=geometry is not None)
    words = _words(names, indicators, lang)
    lines = [region_lines(ink, country_projection())] if geometry and borders else []
    spec = base_spec.drawn(
        base_spec.layered(chart, *lines, *key_of(rows["k"], shades, words, ink)),
        data={},
        height=height,
        description=_said(rows, names, lang),
        theme=theme,
        lang=lang,
        sizes=sizes,
    )
    return placed(selectable(spec, selected), geometry, borders)


def _map(
    colours: alt.Color, names: tuple[str, str], lang: Lang, ink: Theme
) -> tuple[list[alt.Chart], dict[str, str]]:
    """Layers and sizes of the map that is true to shape, with its inset of Bangkok."""
    flat, near, card = country_projection(), inset_projection(), _card(names)
    layers = [
        areas(colours, card, ink, flat),
        ring(ink, flat),
        areas(same_colour(), card, ink, near, only=VICINITY, name="inset"),
        ring(ink, near, VICINITY),
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
        return breaks(known, "threshold", at=(norm, norm * 1.5), closed="right")
    fixed = fixed_edges(indicator)
    if fixed and len(fixed) > 2 and known:
        middle = (fixed[len(fixed) // 2 - 1], fixed[len(fixed) // 2])
        return breaks(known, "threshold", at=middle, closed="left" if higher else "right")
    return breaks(known, "quantile", classes=STEPS, closed="left" if higher else "right")


def nine(ink: Theme) -> dict[str, str]:
    """Give nine colours mixed from two of the theme's groups: the first grows one way, the second
    the other.

    On a light ground the two are multiplied, on a dark one added, so "both bad" stands out most;
    the pair is chosen so that no mixture comes near the grey of "no data".
    """
    ground = ink.diverging[3]
    dark = ink.name == "dark"
    first, second = ink.worse, ink.sequential[3]
    mixed = {}
    for i in range(STEPS):
        for j in range(STEPS):
            one, other = (_tint(full, ground, k, dark) for full, k in ((first, i), (second, j)))
            mixed[f"m{i}{j}"] = _mixed(one, other, ground, dark=dark)
    return mixed


def _tint(full: str, ground: str, step: int, dark: bool) -> str:
    # More than half way in the middle: no eye may take that step for "no data".
    share = (0.0, 0.7 if dark else 0.6, 1.0)[step]
    pairs = zip(_parts(full), _parts(ground), strict=True)
    return _hex([f * share + g * (1 - share) for f, g in pairs])


def _mixed(one: str, other: str, ground: str, *, dark: bool) -> str:
    parts = zip(_parts(one), _parts(other), _parts(ground), strict=True)
    return _hex([a + b - g if dark else a * b / g for a, b, g in parts])


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _hex(parts: Sequence[float]) -> str:
    return "#" + "".join(f"{max(0, min(255, round(part))):02X}" for part in parts)


def _rows(
    found: tuple[pd.DataFrame, pd.DataFrame],
    held: tuple[Classes, Classes],
    indicators: tuple[Drawable, Drawable],
    lang: Lang,
) -> pd.DataFrame:
    rows = []
    for a, b in zip(each(found[0]), each(found[1]), strict=True):
        statuses = {a.status, b.status}
        if statuses == {SHOWN}:
            steps = (
                step(row.value, classes, item)
                for row, classes, item in zip((a, b), held, indicators, strict=True)
            )
            code = "m" + "".join(map(str, steps))
        else:
            code = HIDDEN if HIDDEN in statuses else NO_DATA
        rows.append(
            {
                "code": str(a.area_code),
                "name": short_name(str(a.area_code), lang),
                "k": code,
                "a": told(a, indicators[0], lang),
                "b": told(b, indicators[1], lang),
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


def _words(names: tuple[str, str], indicators: tuple[Drawable, Drawable], lang: Lang) -> list[str]:
    """What the axes of the key are: their indicator, and which way it grows."""
    return [
        t(f"chart.bivariate.axis_{'falls' if good_is_high(item) else 'grows'}", lang, name=name)
        for name, item in zip(names, indicators, strict=True)
    ]


def _colour(rows: pd.DataFrame, shades: dict[str, str], lang: Lang, ink: Theme) -> alt.Color:
    striped = alt.ExprRef(base_spec.striped(ink.hidden, ink.hidden_hatch)["expr"])
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


def _said(rows: pd.DataFrame, names: Sequence[str], lang: Lang) -> str:
    counts = rows["k"].value_counts()
    both = int(counts.get("m22", 0))
    return t("chart.bivariate.description", lang, first=names[0], second=names[1], both=both)
