"""The one look of every chart: font, sizes, colours, spacing, and how a spec is put together.

Charts carry no title of their own (the page has a heading), no rotated words and no colour that
config.theme does not name. Vega cuts tone marks at the edge of a chart, so padding is generous.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.theme import DESK, FONT_STACK, Theme, TypeSizes
from config.theme import theme as theme_of
from ui.charts.indicator_frame import records
from ui.charts.look import Look

Spec = dict[str, Any]
Layers = Any  # layers as Altair or as a spec: both are drawn
LABEL = DESK.chart_label
PADDING = {"left": 6, "top": 18, "right": 14, "bottom": 8}
STRIPES = 10
HIDDEN_FILL = "hidden_fill"  # name of the stripes in specs that draw them more than once


def colours(theme: str) -> Theme:
    """Give the colours of the light or dark theme."""
    return theme_of(theme)


def config(ink: Theme, sizes: TypeSizes = DESK) -> Spec:
    """Give the Vega-Lite `config` of the house."""
    label = {"labelFontSize": sizes.chart_label, "labelColor": ink.muted, "labelFontWeight": 400}
    title = {"titleFontSize": sizes.chart_label, "titleColor": ink.muted, "titleFontWeight": 400}
    return {
        "font": FONT_STACK,
        "background": "transparent",
        "view": {"stroke": None},
        "text": {"font": FONT_STACK, "fontSize": sizes.chart_label, "color": ink.text},
        # Lines of targets and whiskers repeat what the marks say; unnamed they would be noise.
        "rule": {"aria": False},
        "axis": {
            **label,
            **title,
            "labelPadding": 6,
            "labelLimit": 260,
            "domain": False,
            "ticks": False,
            "gridColor": ink.grid,
            "labelAngle": 0,
        },
        # Words stand upright: the unit sits above the axis, never along it.
        "axisY": {
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleX": 0,
            "titleY": -12,
        },
        "legend": {**label, **title, "symbolType": "square", "symbolSize": 200, "labelLimit": 340},
    }


@dataclass(frozen=True)
class Canvas:
    """The picture as a whole.

    The width follows the place it is put in; `height` is all of it, labels included, and `top` what
    of it stays empty above the marks. `description` is what a screen reader says.
    """

    height: int
    description: str
    top: int = PADDING["top"]


def chart_spec(
    chart: Any,
    look: Look,
    canvas: Canvas,
    *,
    data: Mapping[str, pd.DataFrame],
    sizes: Mapping[str, str] | None = None,
) -> Spec:
    """Give the finished spec of an Altair chart that names its data instead of holding it.

    Rows go under `datasets`, so a spec without that key is the drawing alone. `sizes` are named
    expressions of width and height that marks use.
    """
    view = layer(chart)
    if "values" in view.get("data", {}):
        # Streamlit takes data at the top of a spec for a table of its own.
        view = {"layer": [view]}
    spec: Spec = {"$schema": alt.SCHEMA_URL, **silent(view)}
    if sizes:
        named = [{"name": name, "expr": expr} for name, expr in sizes.items()]
        spec["params"] = [*named, *spec.get("params", [])]
    if data:
        rows = {name: records(frame) for name, frame in data.items()}
        spec["datasets"] = {**spec.get("datasets", {}), **rows}
        _hush_empty(spec, {name for name, listed in rows.items() if not listed})
    spec["config"] = config(look.ink)
    spec["width"] = "container"
    spec["height"] = canvas.height
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    spec["padding"] = {**PADDING, "top": canvas.top}
    spec["description"] = canvas.description
    spec["usermeta"] = {"lang": look.lang}
    return spec


def _hush_empty(part: Spec, empty: set[str], name: str = "") -> None:
    """Hide marks without a single row from screen readers: to them each is a picture of no name."""
    name = part.get("data", {}).get("name", name)
    for inside in part.get("layer", ()):
        _hush_empty(inside, empty, name)
    mark = part.get("mark")
    if name in empty and isinstance(mark, dict) and mark["type"] != "text":
        mark["aria"] = False


def silent(view: Spec) -> Spec:
    """Give the view with its marks answering the pointer only where they have a tooltip.

    Streamlit's own settings would show the fields of any other mark, internal names and all.
    """
    if "layer" in view:
        return view | {"layer": [silent(part) for part in view["layer"]]}
    mark = view.get("mark")
    if mark is None or "tooltip" in view.get("encoding", {}):
        return view
    return view | {"mark": (mark if isinstance(mark, dict) else {"type": mark}) | {"tooltip": None}}


def layer(*parts: Any) -> Spec:
    """Give the parts drawn over each other; a part is an Altair chart or a spec made here.

    Altair's own layering copies every part many times, renames nested views, and lifts data to the
    top, where Streamlit reads it as a table. It would also check the whole against its schema,
    which takes as long as drawing; the tests hand every chart to the drawing engine instead.
    """
    views = [part if isinstance(part, dict) else _unit(part) for part in parts]
    return views[0] if len(views) == 1 else {"layer": views}


def _unit(chart: Any) -> Spec:
    """One view without what Altair adds for a chart that stands alone."""
    unit: Spec = chart.to_dict(validate=False)
    if unit.get("data") == {"name": "empty"}:
        del unit["data"]
    if unit.get("datasets") == {"empty": [{}]}:
        del unit["datasets"]
    return {key: unit[key] for key in unit if key not in ("$schema", "config")}


def nothing(*, lang: Lang, theme: str, height: int = 120, words: str = "") -> Spec:
    """Give a spec that says in words why there is nothing to draw; in two lines where `words` has
    them."""
    words = words or t("chart.nothing", lang)
    chart = (
        alt.Chart(alt.NamedData("rows"))
        .mark_text(
            color=colours(theme).muted, fontSize=DESK.chart_title, lineHeight=26, lineBreak="\n"
        )
        .encode(text=alt.Text("words:N"))
    )
    rows = pd.DataFrame({"words": [words]})
    canvas = Canvas(height, words.replace("\n", " "))
    return chart_spec(chart, Look(lang, theme), canvas, data={"rows": rows})


def stripes(ground: str, stripe: str) -> Spec:
    """Give a fill of diagonal stripes, as an expression: it survives print and colour blindness."""
    stops = []
    for step in range(STRIPES):
        shade = stripe if step % 2 else ground
        for edge in (step, step + 1):
            stops.append(f"{{offset:{edge / STRIPES:.4g},color:'{shade}'}}")
    return {
        "expr": "{gradient:'linear',x1:0,y1:0,x2:1,y2:1,stops:[" + ",".join(stops) + "]}",
    }


def hidden_fill(theme: str) -> dict[str, str]:
    """Give the stripes of hidden areas under their name, for `sizes` of `chart_spec`."""
    ink = colours(theme)
    return {HIDDEN_FILL: stripes(ink.hidden, ink.hidden_hatch)["expr"]}


def absent_fill(ink: Theme, *fields: str) -> alt.ExprRef:
    """Give the fill of a mark that stands for no number: grey, or stripes where it is hidden.

    The first of the fields that there is says which: a legend has the class in `value`.
    """
    hatch = stripes(ink.hidden, ink.hidden_hatch)["expr"]
    known = " || ".join(f"datum.{field}" for field in fields)
    return alt.ExprRef(f"({known}) === 'hidden' ? {hatch} : '{ink.no_data}'")


def lookup(words: Mapping[str, str], of: str = "datum.value") -> str:
    """Give a Vega expression that turns codes into words, for axis and legend labels."""
    pairs = ",".join(f"{literal(code)}:{_lines(word)}" for code, word in words.items())
    return f"{{{pairs}}}[{of}]"


def literal(text: str) -> str:
    """Give a text as a Vega expression literal."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def label_by_position(words: list[str], of: str = "datum.value") -> str:
    """Give a Vega expression that picks a label by position: axes by index know no time zone."""
    return "[" + ",".join(_lines(word) for word in words) + f"][{of}]"


def _lines(word: str) -> str:
    lines = word.split("\n")
    if len(lines) == 1:
        return literal(word)
    return "[" + ",".join(literal(line) for line in lines) + "]"


def number_axis(unit: str) -> str:
    """Give the label expression of an axis in this unit: the sign % is for axes only."""
    if unit == "percent":
        return "format(datum.value, ',.4~g') + '%'"
    if unit == "ratio":
        return "'1 : ' + format(datum.value, ',.4~g')"
    return "format(datum.value, ',.12~g')"


def words_on(fill: str, theme: str) -> str:
    """Give the colour of words on a fill: the one of the theme's two that stands out more."""
    ink = colours(theme)
    return max((ink.text, ink.background), key=lambda words: _contrast(words, fill))


def _contrast(one: str, other: str) -> float:
    bright, dark = sorted((_light(one), _light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _light(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
