"""Maps of provinces and districts: rates as coloured areas, counts as circles, tiles, series.

A map starts from the register: every area is drawn, with or without a number, and a code that no
register knows raises. Legends name the unit and count the areas of every class; "no data",
"hidden" and "out of date" are told apart without colour. The words beside a map and its table are
the page's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

import altair as alt
import pandas as pd

from config.i18n import Lang, has, t
from geo import registers
from geo.classify import Classes, Mode
from geo.points import AreaPoint, web_mercator
from ui.charts import look
from ui.charts.classes import Entry, classes_of, entries
from ui.charts.frames import SHOWN, Drawable, onto_areas, unit_name
from ui.charts.intervals import ranks
from ui.charts.map_layers import (
    COUNTRY,
    FITTED,
    VICINITY,
    Geometry,
    areas,
    country_projection,
    country_size,
    inset_frame,
    inset_projection,
    labels,
    over_rows,
    placed,
    ring,
    selection,
    with_points,
)
from ui.charts.map_legend import colour, stale_fill
from ui.charts.map_rows import as_csv, hover, rows

Level = Literal["province", "district"]
HEIGHT = 640


def choropleth(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    geometry: Geometry,
    lang: Lang,
    theme: str = "light",
    mode: Mode = "readable",
    selected: str | None = None,
    level: Level = "province",
    within: str | None = None,
    classes: Classes | None = None,
    target: float | None = None,
    base: int | None = None,
    stale: Collection[str] = (),
    trends: Mapping[str, str] | None = None,
    points: Iterable[AreaPoint] = (),
    bounds: Sequence[float] | None = None,
    height: int = HEIGHT,
) -> look.Spec:
    """Give the map of a rate or ratio: every area of the register in the colour of its class.

    `frame` has one row per area; `geometry` is the `data` part of a spec (url or values, and
    format). `within` limits the map to a region or a province. `classes` holds the classes fixed
    over time. `trends` are sparkline points by area, `points` the places of names; a map that is
    not the whole country needs `bounds` (west, south, east, north in degrees) to place them. A
    click selects {"code": area code} under the name "area".
    """
    found = onto_areas(frame, area_codes(level, within))
    held = classes or classes_of(found["value"], indicator, mode)
    made = rows(found, indicator, held, ranks(found, indicator), lang, stale=stale, lines=trends)
    if points:
        made = with_points(made, points)
    fields, card = hover(made, indicator, lang, base=base, target=target, theme=theme)
    ink = look.colours(theme)
    lines = entries(made["k"], held, str(indicator.unit), lang, ink, len(set(stale)))
    whole = level == "province" and within is None
    shade = colour(lines, legend_title(indicator, lang), lang, ink, inside=whole)
    old = stale_fill(ink) if stale else None
    flat = country_projection() if whole else FITTED
    parts = [areas(shade, card, ink, flat, stale=old).add_params(selection(selected))]
    if points and (whole or bounds):
        parts.append(labels(ink, _words_on(lines, theme), flat, _scale(None if whole else bounds)))
    parts.append(ring(ink, flat))
    if whole:
        near = inset_projection()
        parts.append(areas(shade, card, ink, near, stale=old, only=VICINITY, name="inset"))
        parts += [ring(ink, near, VICINITY), *inset_frame(lang, ink)]
    chart = over_rows(parts, as_csv(made), fields)
    chart = chart.add_params(*country_size()) if whole else chart
    return finished(chart, found, lines, indicator, geometry, lang, theme, height, level)


def area_codes(level: Level, within: str | None) -> list[str]:
    """Give the codes of all areas of a level, in the country, a region or a province."""
    if within is None or within == registers.COUNTRY:
        listed = registers.provinces() if level == "province" else registers.districts()
        return [area.code for area in listed]
    if within in registers.REGIONS:
        inside = [p.code for p in registers.provinces_of(within)]
        if level == "province":
            return inside
        return [d.code for d in registers.districts() if d.province_code in set(inside)]
    if level == "province":
        return [registers.province(within).code]
    return [d.code for d in registers.districts_of(within)]


def finished(
    chart: alt.LayerChart,
    found: pd.DataFrame,
    lines: Sequence[Entry],
    indicator: Drawable,
    geometry: Geometry,
    lang: Lang,
    theme: str,
    height: int,
    level: Level,
) -> look.Spec:
    """Give the finished spec of a map, with what a screen reader says of it."""
    said = t(
        "chart.map.description",
        lang,
        what=t(f"chart.map.{level}s", lang),
        unit=unit_name(indicator, lang).replace("\n", " "),
        shown=int((found["status"] == SHOWN).sum()),
        total=len(found),
        classes="; ".join(entry.label(lang) for entry in lines),
    )
    spec = look.drawn(chart, data={}, height=height, description=said, theme=theme, lang=lang)
    return placed(spec, geometry)


def legend_title(indicator: Drawable, lang: Lang) -> str:
    """Give the unit as a legend writes it: over two lines where it is long."""
    key = f"chart.unit_lines.{indicator.name}"
    return t(key, lang) if has(key) else unit_name(indicator, lang)


def _scale(bounds: Sequence[float] | None) -> str:
    """Pixels per metre as an expression: of the country, or of a map that fills its space."""
    if bounds is None:
        return f"land / {COUNTRY[2] - COUNTRY[0]}"
    west, south, east, north = bounds
    low, high = web_mercator(west, south), web_mercator(east, north)
    return f"min(width / {high[0] - low[0]:.0f}, height / {high[1] - low[1]:.0f})"


def _words_on(lines: Sequence[Entry], theme: str) -> dict[str, str]:
    return {line.code: look.words_on(line.fill, theme) for line in lines}
