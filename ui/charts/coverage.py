"""Provinces a cohort drew from: a dot for each it was meant for, filled where someone came."""

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from ui.charts import base_spec
from ui.charts.indicator_frame import need
from ui.charts.look import Look
from ui.charts.titles import cohort_title, coverage

_ROW, _FRAME = 62, 44
_DOT = 11  # pixels from one dot to the next
_LINES = 3  # keep 77 provinces inside the width of a phone


def dots(frame: pd.DataFrame, *, lang: Lang, theme: str = "light") -> base_spec.Spec:
    """Give one block of dots per cohort that names its provinces: filled is reached, hollow is not.

    `frame` is the list of cohorts. A cohort without a list of provinces, or whose participants have
    no province on record, has nothing to compare and is left out; it stays in the table.
    """
    need(frame, ("provinces_reached", "provinces_targeted", "number", "name_th"))
    known = frame.dropna(subset=["provinces_reached", "provinces_targeted"])
    known = known[known["provinces_targeted"].astype(float) > 0]
    if known.empty:
        return base_spec.nothing(lang=lang, theme=theme)
    heads, points = [], []
    for place, (_, row) in enumerate(known.iterrows()):
        title, told = cohort_title(row, lang), coverage(row, lang)
        heads.append({"at": place, "label": title, "told": told})
        points.extend(_points(place, row, title, told))
    said = t(
        "chart.coverage.description",
        lang,
        rows="; ".join(f"{head['label']}: {head['told']}" for head in heads),
    )
    return base_spec.chart_spec(
        _chart(theme, lang),
        Look(lang, theme),
        base_spec.Canvas(_ROW * len(heads) + _FRAME, said),
        data={"heads": pd.DataFrame(heads), "points": pd.DataFrame(points)},
    )


def _points(place: int, row: pd.Series, title: str, words: str) -> list[dict[str, object]]:
    reached, targeted = int(row["provinces_reached"]), int(row["provinces_targeted"])
    return [
        {
            "x": 6 + (i // _LINES) * _DOT,
            "y": place * _ROW + 30 + (i % _LINES) * _DOT,
            "kind": "reached" if i < reached else "missed",
            "label": title,
            "told": words,
        }
        for i in range(targeted)
    ]


def _chart(theme: str, lang: Lang) -> base_spec.Spec:
    ink = base_spec.colours(theme)
    kinds = ["reached", "missed"]
    words = base_spec.lookup({k: t(f"chart.coverage.{k}", lang) for k in kinds}, "datum.label")
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=kinds, range=[ink.accent, ink.background]),
        legend=alt.Legend(
            title=None,
            orient="top",
            labelExpr=words,
            symbolType="circle",
            symbolSize=70,
            symbolStrokeColor=ink.accent,
            symbolStrokeWidth=1.2,
        ),
    )
    hover = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("told:N", title=t("chart.word.coverage", lang)),
    ]
    marks = alt.Chart(alt.NamedData("points")).mark_circle(
        size=70, opacity=1, stroke=ink.accent, strokeWidth=1.2
    )
    placed = marks.encode(
        x=alt.XValue(alt.ExprRef("datum.x")),
        y=alt.YValue(alt.ExprRef("datum.y")),
        color=colour,
        tooltip=hover,
    )
    heads = alt.Chart(alt.NamedData("heads"))
    y = alt.YValue(alt.ExprRef(f"datum.at * {_ROW} + 12"))
    name = heads.mark_text(align="left", limit=alt.ExprRef("width - 150")).encode(
        x=alt.XValue(0), y=y, text=alt.Text("label:N")
    )
    told = heads.mark_text(align="right", color=ink.muted).encode(
        x=alt.XValue("width"), y=y, text=alt.Text("told:N")
    )
    return base_spec.layer(placed, name, told)
