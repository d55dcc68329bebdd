"""Colour scale and legend of a map: unit, classes with their number of areas, special classes."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, has, t
from config.theme import Theme
from ui.charts import look
from ui.charts.classes import HIDDEN, NO_DATA, Entry
from ui.charts.frames import Drawable, unit_name

_LINE = 20
_STRIP = 165  # pixels for one entry of a legend beside another engine
# Right of the peninsula, in the Gulf, on every width; 160 pixels hold the longest class.
IN_THE_GULF = ("min(land_left + land * 0.67, width - 160)", "height")


def colour(
    entries: Sequence[Entry],
    title: str,
    lang: Lang,
    ink: Theme,
    *,
    at: tuple[str, str] | None = None,
    field: str = "k",
    counted: bool = True,
) -> alt.Color:
    """Give the colour channel of the field that holds the class, its legend included.

    Special classes stand in the same scale as stripes, so that the legend shows what the map does.
    `at` places the legend inside the map: left and bottom as expressions. Else it stands below.
    """
    fills = [_fill(entry) for entry in entries]
    return alt.Color(
        f"{field}:N",
        scale=alt.Scale(domain=[e.code for e in entries], range=fills),
        legend=_legend(entries, title, lang, ink, at, counted),
    )


def same_colour() -> alt.Color:
    """Give the colour channel of a further view of the same map: scale and legend are there."""
    return alt.Color("k:N")


def _fill(entry: Entry) -> Any:
    if entry.code == HIDDEN:
        return alt.ExprRef(look.HIDDEN_FILL)
    if entry.stripe is not None:
        return alt.ExprRef(look.striped(entry.fill, entry.stripe)["expr"])
    return entry.fill


def stale_fill(ink: Theme) -> alt.ExprRef:
    """Give the fill of an area whose data is out of date: its class colour under stripes."""
    stops = look.striped("@", ink.stale)["expr"].replace("'@'", "scale('color', datum.k)")
    return alt.ExprRef(stops)


def legend_title(indicator: Drawable, lang: Lang) -> str:
    """Give the unit as a legend writes it: over two lines where it is long."""
    key = f"chart.unit_lines.{indicator.name}"
    return t(key, lang) if has(key) else unit_name(indicator, lang)


def _legend(
    entries: Sequence[Entry],
    title: str,
    lang: Lang,
    ink: Theme,
    at: tuple[str, str] | None,
    counted: bool,
) -> alt.Legend:
    lines = title.split("\n")
    words = {e.code: e.label(lang) if counted else e.words for e in entries}
    common: dict[str, Any] = {
        "title": lines if len(lines) > 1 else title,
        "labelExpr": look.lookup(words, "datum.label"),
        "values": [e.code for e in entries],
        "symbolStrokeColor": ink.muted,
        "symbolStrokeWidth": 0.6,
        "symbolSize": 230,
        "rowPadding": 3,
        "labelColor": ink.text,
    }
    if at is None:
        return alt.Legend(
            orient="bottom",
            # Row by row: with vertical the engine mixes up an order that does not fill its columns.
            direction="horizontal",
            columns=alt.ExprRef("width > 560 ? 4 : 2"),
            **common,
        )
    tall = _LINE * (len(entries) + len(lines)) + 6
    return alt.Legend(
        orient="none",
        legendX=alt.ExprRef(at[0]),
        legendY=alt.ExprRef(f"{at[1]} - {tall}"),
        **common,
    )


def legend_strip(
    entries: Sequence[Entry], title: str, said: str, *, lang: Lang, theme: str
) -> look.Spec:
    """Give a legend of its own, in columns as wide as the screen allows, for other map engines."""
    ink = look.colours(theme)
    rows = pd.DataFrame(
        [
            {"at": at, "code": entry.code, "words": entry.label(lang)}
            for at, entry in enumerate(entries)
        ]
    )
    base = alt.Chart(alt.NamedData("rows"))
    scale = colour(entries, title, lang, ink)["scale"]
    one = base.transform_filter("datum.at === 0")
    head = one.mark_text(align="left", baseline="top", color=ink.muted).encode(
        x=alt.XValue(0), y=alt.YValue(0), text=alt.TextValue(title.replace("\n", " "))
    )
    return look.drawn(
        look.layered(*_strip(base, scale, ink), head),
        data={"rows": rows},
        height=24 * -(-len(rows) // 2) + 56,
        description=said,
        theme=theme,
        lang=lang,
        padding={"left": 2, "top": 8, "right": 2, "bottom": 2},
        sizes={
            "columns": f"max(floor(width / {_STRIP}), 1)",
            **look.hidden_fill(theme),
        },
    )


def _strip(base: alt.Chart, scale: Any, ink: Theme) -> list[alt.Chart]:
    """A circle and its words per entry, in columns of one width.

    Circles as the other engine draws them: hollow without a value, darker and thicker where hidden.
    """
    left, top = f"(datum.at % columns) * {_STRIP}", "floor(datum.at / columns) * 24"
    place = {
        "x": alt.XValue(alt.ExprRef(f"{left} + 8")),
        "y": alt.YValue(alt.ExprRef(f"{top} + 29.5")),
    }
    empty = f"indexof(['{HIDDEN}', '{NO_DATA}'], datum.code) >= 0"
    filled = base.transform_filter(f"!({empty})").mark_point(
        filled=True, shape="circle", size=170, opacity=1, stroke=ink.muted, strokeWidth=0.6
    )
    hollow = base.transform_filter(empty).mark_point(
        filled=False,
        shape="circle",
        size=150,
        opacity=1,
        stroke=alt.ExprRef(f"datum.code === '{HIDDEN}' ? '{ink.text}' : '{ink.muted}'"),
        strokeWidth=alt.ExprRef(f"datum.code === '{HIDDEN}' ? 2.2 : 1.2"),
    )
    circles = [
        filled.encode(**place, color=alt.Color("code:N", scale=scale, legend=None)),
        hollow.encode(**place),
    ]
    words = base.mark_text(align="left").encode(
        x=alt.XValue(alt.ExprRef(f"{left} + 21")),
        y=alt.YValue(alt.ExprRef(f"{top} + 29.5")),
        text=alt.Text("words:N"),
    )
    return [*circles, words]
