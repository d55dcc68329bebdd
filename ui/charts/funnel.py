"""Funnel plot: each area's rate against its size, with the limits that chance alone would give.

A small province jumps about; inside the funnel it cannot be told from the reference. Limits and
verdicts are those of `data_access.statistics.funnel`.
"""

import altair as alt
import numpy as np
import pandas as pd

from config import numbers
from config.i18n import Lang, has, t
from config.theme import Theme
from data_access.statistics.funnel import (
    ALIKE,
    BETTER,
    MAYBE_BETTER,
    MAYBE_WORSE,
    WORSE,
    dispersion,
    limits,
    sizes_of,
    verdicts,
)
from data_access.statistics.intervals import is_share
from ui.charts import base_spec
from ui.charts.indicator_frame import (
    Drawable,
    bare,
    cells,
    each,
    parts,
    parts_title,
    unit_name,
    value_text,
    value_title,
)
from ui.charts.look import Look
from ui.charts.scales import clear
from ui.text.area_names import short_name

HEIGHT = 420
ACROSS = 560  # pixels that names may take: a laptop's picture as wide as the page
_FEW = 2  # marks on the axis that are too few to read sizes by


def plot(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    look: Look,
    across: int = ACROSS,
) -> base_spec.Spec:
    """Give the funnel plot of one rate by area; the reference is the mean of all.

    `frame` has one row per area with numerator and denominator. Areas beyond the 99.8 % limits are
    named, where their names have room on `across` pixels.
    """
    lang = look.lang
    areas = verdicts(cells(frame, ("area_code",)), indicator=indicator)
    if areas.empty:
        return base_spec.nothing(lang=lang, theme=look.theme, height=HEIGHT)
    centre = float(areas["reference"].iloc[0])
    rows = _rows(areas, indicator, lang)
    labels = _labels(rows, areas, across)
    counts = areas["verdict"].value_counts()
    description = t(
        "chart.funnel.description",
        lang,
        n=len(rows),
        reference=value_text(centre, indicator, lang),
        worse=int(counts.get(WORSE, 0)),
        better=int(counts.get(BETTER, 0)),
        alike=int(counts.get(ALIKE, 0)),
    )
    return base_spec.chart_spec(
        _chart(areas, centre, indicator, look),
        look,
        base_spec.Canvas(HEIGHT, description, 34),
        data={"rows": rows, "limits": limits(areas, indicator, centre), "named": labels},
    )


def dispersion_text(frame: pd.DataFrame, indicator: Drawable, lang: Lang) -> str:
    """Give how much the areas differ beyond chance, and so how the limits are drawn."""
    more = dispersion(cells(frame, ("area_code",)), indicator)
    key = "few" if more.phi is None else "wide" if more.variance else "exact"
    phi = numbers.decimal(more.phi, 1)
    return t(f"chart.funnel.{key}", lang, areas=more.areas, phi=phi)


def _rows(areas: pd.DataFrame, indicator: Drawable, lang: Lang) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "code": str(row.area_code),
                "name": short_name(str(row.area_code), lang),
                "n": float(row.denominator),
                "value": float(row.value),
                "verdict": row.verdict,
                "told": value_text(row.value, indicator, lang),
                "parts": parts(row, lang),
                "word": t(f"chart.funnel.{row.verdict}", lang),
            }
            for row in each(areas)
        ]
    )


def _labels(rows: pd.DataFrame, areas: pd.DataFrame, across_px: int) -> pd.DataFrame:
    """The areas beyond the outer limits whose names fit on a laptop's picture, largest first."""
    far = rows[rows["verdict"].isin([BETTER, WORSE])].sort_values("n", ascending=False)
    if far.empty:
        return far
    low, high = (np.log(x) for x in sizes_of(areas))
    across = (np.log(far["n"]) - low) / (high - low) * across_px
    span = float(rows["value"].max() - rows["value"].min()) or 1.0
    down = (rows["value"].max() - far["value"]) / span * (HEIGHT - 150)
    places = list(zip(across, down, strict=True))
    far = far.assign(side=np.where(across > across_px * 0.89, "left", "right"))
    return far[clear(places, far["name"].tolist())]


def _ticks(areas: pd.DataFrame) -> list[float]:
    low, high = sizes_of(areas)
    powers = range(int(np.log10(low)), int(np.log10(high)) + 1)
    for parts_of_ten in ((1, 2, 5), (1, 2, 3, 4, 6, 8)):
        steps = [step * 10.0**power for power in powers for step in parts_of_ten]
        ticks = [x for x in steps if low <= x <= high]
        if len(ticks) > _FEW:
            break
    return ticks


def _chart(areas: pd.DataFrame, centre: float, indicator: Drawable, look: Look) -> base_spec.Spec:
    ink, lang = look.ink, look.lang
    ends = list(_reach(areas, centre, indicator))
    reach = alt.Scale(domain=ends, nice=False, zero=False, clamp=True)
    x = alt.X(
        "n:Q",
        title=_size_title(indicator, lang),
        scale=alt.Scale(type="log", nice=False, domain=list(sizes_of(areas))),
        axis=alt.Axis(grid=False, values=_ticks(areas), labelExpr=base_spec.number_axis("count")),
    )
    y = alt.Y(
        "value:Q",
        title=unit_name(indicator, lang),
        scale=reach,
        axis=alt.Axis(tickCount=5, labelExpr=base_spec.number_axis(str(indicator.unit))),
    )
    lines = alt.Chart(alt.NamedData("limits"))
    bands = [
        lines.mark_area(color=ink.accent, opacity=shade, clip=True, aria=False).encode(
            x=x, y=alt.Y(f"low_{name}:Q", scale=reach), y2=alt.Y2(f"high_{name}:Q")
        )
        for name, shade in (("99_8", 0.10), ("95", 0.12))
    ]
    one = lines.transform_window(i="row_number()").transform_filter("datum.i === 1")
    rule = one.mark_rule(color=ink.norm, strokeWidth=1.3).encode(y=alt.YDatum(centre))
    words = t("chart.funnel.reference", lang, value=bare(centre, str(indicator.unit), lang))
    # Right of the picture, where no point comes.
    label = one.mark_text(align="left", dx=6, color=ink.text, lineBreak="\n").encode(
        x=alt.XValue("width"), y=alt.YDatum(centre), text=alt.TextValue(words)
    )
    return base_spec.layer(*bands, rule, *_points(x, y, indicator, lang, ink), label)


def _size_title(indicator: Drawable, lang: Lang) -> str:
    """What the size of an area is: the cases counted, or case managers, or households."""
    part = f"part.{indicator.name}.denominator"
    if is_share(indicator) or not has(part):
        return t(f"chart.funnel.{'share' if is_share(indicator) else 'ratio'}_axis", lang)
    return t(part, lang)


def _points(x: alt.X, y: alt.Y, indicator: Drawable, lang: Lang, ink: Theme) -> list[alt.Chart]:
    order = [WORSE, MAYBE_WORSE, ALIKE, MAYBE_BETTER, BETTER]
    words = base_spec.lookup({v: t(f"chart.funnel.{v}", lang) for v in order}, "datum.label")
    fills = [ink.worse, ink.diverging[4], ink.muted, ink.diverging[2], ink.better]
    legend = alt.Legend(
        title=None, orient="bottom", direction="vertical",
        columns=alt.ExprRef("width > 700 ? 3 : width > 480 ? 2 : 1"),
        labelExpr=words,
        labelLimit=320, symbolStrokeWidth=0,
    )  # fmt: skip
    colour = alt.Color("verdict:N", scale=alt.Scale(domain=order, range=fills), legend=legend)
    forms = ["square", "square", "circle", "triangle-up", "triangle-up"]
    shape = alt.Shape("verdict:N", scale=alt.Scale(domain=order, range=forms), legend=legend)
    hover = [
        alt.Tooltip("name:N", title="title"),
        alt.Tooltip("told:N", title=value_title(indicator, lang)),
        alt.Tooltip("parts:N", title=parts_title(indicator, lang)),
        alt.Tooltip("word:N", title=t("chart.funnel.verdict", lang)),
    ]
    dots = alt.Chart(alt.NamedData("rows")).mark_point(
        filled=True, size=80, opacity=1, stroke=ink.background, strokeWidth=0.8, cursor="pointer"
    )
    # A phone has no room for names; its hover card has them.
    names = alt.Chart(alt.NamedData("named")).transform_filter("width > 480")
    after = names.transform_filter("datum.side === 'right'").mark_text(align="left", dx=8)
    before = names.transform_filter("datum.side === 'left'").mark_text(align="right", dx=-8)
    return [
        dots.encode(
            x=x,
            y=y,
            color=colour,
            shape=shape,
            tooltip=hover,
            description=alt.Description("name:N"),
        ),
        after.encode(x=x, y=y, text=alt.Text("name:N")),
        before.encode(x=x, y=y, text=alt.Text("name:N")),
    ]


def _reach(areas: pd.DataFrame, centre: float, indicator: Drawable) -> tuple[float, float]:
    values = [*areas["value"].astype(float), centre]
    room = (max(values) - min(values)) * 0.08 or abs(centre) * 0.1 or 1.0
    high = max(values) + room
    if is_share(indicator):
        high = min(high, 100.0)
    return max(min(values) - room, 0.0), high
