"""A waterfall: from one total to another, a row for each cause that adds or takes away."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from ui.charts import base_spec
from ui.charts.look import Look

_ROW, _FRAME = 34, 30


@dataclass(frozen=True)
class Step:
    """A cause in words with what it added and took away, both whole numbers of 0 or more."""

    label: str
    more: int
    fewer: int


def waterfall(
    start: tuple[str, int], end: tuple[str, int], steps: Sequence[Step], look: Look
) -> base_spec.Spec:
    """Give both totals as bars from zero, and between them each cause where the last one ended.

    `start` and `end` are labels and totals. What a cause adds is drawn darker than what it takes
    away, and neither in a colour of better or worse: that depends on the figure.
    """
    rows = [_bar(start[0], 0, start[1], numbers.count(start[1], look.lang), "total")]
    level = start[1]
    for step in steps:
        for change, sign in ((step.more, 1), (-step.fewer, -1)):
            if change:
                kind = "added" if sign > 0 else "removed"
                rows.append(
                    _bar(step.label, level, level + change, numbers.change(change, 0), kind)
                )
                level += change
    rows.append(_bar(end[0], 0, end[1], numbers.count(end[1], look.lang), "total"))
    frame = pd.DataFrame(rows).assign(at=range(len(rows)))
    said = "; ".join(f"{row['label']} {row['told']}" for row in rows)
    canvas = base_spec.Canvas(_ROW * len(rows) + _FRAME, said)
    return base_spec.chart_spec(_layers(frame, look), look, canvas, data={"rows": frame})


def _bar(label: str, first: int, last: int, words: str, kind: str) -> dict[str, object]:
    low, high = min(first, last), max(first, last)
    return {"label": label, "low": low, "high": high, "told": words, "kind": kind}


def _layers(frame: pd.DataFrame, look: Look) -> base_spec.Spec:
    ink, lang = look.ink, look.lang
    most = max(int(frame["high"].max()), 1)
    data = alt.Chart(alt.NamedData("rows"))
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[len(frame), 0], nice=False))
    x = alt.X("low:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.9], nice=False))
    colours = alt.Scale(
        domain=["total", "added", "removed"], range=[ink.muted, ink.accent, ink.sequential[2]]
    )
    bars = (
        data.transform_calculate(top="datum.at + 0.12", bottom="datum.at + 0.88")
        .mark_bar()
        .encode(
            x=x,
            x2=alt.X2("high:Q"),
            y=y,
            y2=alt.Y2("bottom:Q"),
            color=alt.Color("kind:N", scale=colours, legend=None),
            tooltip=_card(lang),
        )
    )
    words = (
        data.transform_calculate(top="datum.at + 0.5", words="datum.told + ' · ' + datum.label")
        .mark_text(align="left", dx=6)
        .encode(x=alt.X("high:Q"), y=alt.Y("top:Q"), text=alt.Text("words:N"))
    )
    return base_spec.layer(bars, words)


def _card(lang: Lang) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("told:N", title=t("explain.column.change", lang)),
    ]
