"""Parts of a whole over time: one stacked column per period, its total on top."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from ui.charts import base_spec
from ui.charts.look import Look
from ui.charts.stacked_bars import HIDDEN, Bar, Part, description, part_card, part_colour


def stacked_columns(
    bars: Sequence[Bar],
    parts: Sequence[Part],
    *,
    lang: Lang,
    theme: str = "light",
    height: int = 280,
    unit: str = "items",
) -> base_spec.Spec:
    """Give one stacked column per bar with its total on top; what is hidden of it is striped.

    A bar without a whole has what is `said` of it in place of a total, over the parts that may be
    shown: what is hidden has no size there.
    """
    if not any(bar.whole or bar.reason for bar in bars):
        return base_spec.nothing(lang=lang, theme=theme, height=height)
    rows = pd.DataFrame(
        [row for place, bar in enumerate(bars) for row in _storeys(place, bar, parts, unit, lang)]
    )
    said = [bar.reason if bar.whole is None else numbers.count(bar.whole, lang) for bar in bars]
    sums = [_height(bar) for bar in bars]
    tops = pd.DataFrame({"at": range(len(bars)), "sum": sums, "tag": said})
    hidden = [Part(HIDDEN, t("status.hidden", lang), "rest")]
    present = [*parts, *(hidden if len(rows) and (rows["part"] == HIDDEN).any() else [])]
    return base_spec.chart_spec(
        _stacks(bars, present, base_spec.colours(theme), lang),
        Look(lang, theme),
        base_spec.Canvas(height, description(bars, parts, lang)),
        data={"rows": rows, "tops": tops},
    )


def _height(bar: Bar) -> int:
    """How high a column is: its whole, or the parts that may be shown."""
    return bar.whole or sum(count or 0 for count in bar.parts.values())


def _storeys(
    place: int, bar: Bar, parts: Sequence[Part], unit: str, lang: Lang
) -> list[dict[str, object]]:
    """The storeys of one column; what the shown ones leave of the whole is hidden."""
    below, storeys = 0, []
    counts: list[tuple[Part, int]] = [(p, n) for p in parts if (n := bar.parts.get(p.code))]
    rest = (bar.whole or 0) - sum(count for _, count in counts)
    if rest > 0 and any(bar.parts.get(part.code) is None for part in parts):
        counts.append((Part(HIDDEN, t("status.hidden", lang), "rest"), rest))
    for part, count in counts:
        hidden = part.code == HIDDEN
        share = numbers.percent(100 * count / bar.whole) if bar.whole and not hidden else ""
        told = t("status.hidden", lang) if hidden else numbers.value(count, unit, lang, "words")
        storeys.append(
            {
                "left": place - 0.36,
                "right": place + 0.36,
                "bottom": below,
                "top": below + count,
                "part": part.code,
                "name": part.word,
                "row": bar.label.replace("\n", " "),
                "count": told,
                "share": t("chart.share", lang, value=share) if share else numbers.MISSING,
            }
        )
        below += count
    return storeys


def _stacks(bars: Sequence[Bar], parts: Sequence[Part], ink: Theme, lang: Lang) -> base_spec.Layers:
    data, tops = alt.Chart(alt.NamedData("rows")), alt.Chart(alt.NamedData("tops"))
    most = max(_height(bar) for bar in bars)
    x = alt.X(
        "left:Q",
        title=None,
        scale=alt.Scale(domain=[-0.5, len(bars) - 0.5], nice=False),
        axis=alt.Axis(
            values=list(range(len(bars))),
            labelExpr=base_spec.label_by_position([bar.label for bar in bars]),
            labelColor=ink.text,
            grid=False,
        ),
    )
    y = alt.Y("bottom:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.12], nice=False))
    stacks = data.mark_bar(stroke=ink.background, strokeWidth=1).encode(
        x=x,
        x2=alt.X2("right:Q"),
        y=y,
        y2=alt.Y2("top:Q"),
        # One part alone is what the heading says.
        color=part_colour(parts, ink, len(parts) > 1),
        tooltip=part_card(lang),
    )
    totals = tops.mark_text(dy=-9, fontWeight=600).encode(
        x=alt.X("at:Q"), y=alt.Y("sum:Q"), text=alt.Text("tag:N")
    )
    return alt.layer(stacks, totals)
