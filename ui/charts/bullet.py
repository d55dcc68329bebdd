"""Bullet rows: result against target for several measures, without a gauge.

Each row has its own scale from zero, so a ratio, a percentage and a count can stand in one list.
"""

from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from ui.charts import base_spec
from ui.charts.indicator_frame import ChartProblem, each, need
from ui.charts.look import Look

COLUMNS = ("label", "value", "target", "most", "told", "target_told", "verdict")
VERDICTS = ("meets", "watch", "fails", "reaches_proposed", "below_proposed", "none")
_ROW, _FRAME = 56, 30


def rows(frame: pd.DataFrame, *, lang: Lang, theme: str = "light") -> base_spec.Spec:
    """Give one bar per measure with its target as a tick, its result in words beside its name.

    `frame` has a row per measure: `label`, `value` and `target` (empty where there is none), `most`
    (end of the row's scale, empty for the larger of both), `told` and `target_told` (the words),
    `verdict` (a mark of `data_access.targets`). A measure without a value keeps its row and words.
    """
    need(frame, COLUMNS)
    strange = sorted(set(frame["verdict"]) - set(VERDICTS))
    if strange:
        raise ChartProblem(f"a verdict is one of {VERDICTS}; got: {strange}")
    if frame.empty:
        return base_spec.nothing(lang=lang, theme=theme)
    made = pd.DataFrame([_row(place, row) for place, row in enumerate(each(frame))])
    ink = base_spec.colours(theme)
    made["fill"] = [ink.mark(verdict).colour for verdict in frame["verdict"]]
    made["head"] = [
        f"{ink.mark(verdict).symbol} {label}"
        for verdict, label in zip(frame["verdict"], frame["label"], strict=True)
    ]
    said = "; ".join(
        f"{row.label}: {row.told} ({t(f'mark.{row.verdict}', lang)})" for row in each(frame)
    )
    return base_spec.chart_spec(
        _chart(len(made), theme, lang),
        Look(lang, theme),
        base_spec.Canvas(_ROW * len(made) + _FRAME, said),
        data={"rows": made},
    )


def _row(place: int, row: Any) -> dict[str, object]:
    value, target, most = (row.value, row.target, row.most)
    known = [float(x) for x in (value, target, most) if not pd.isna(x)]
    end = float(most) if not pd.isna(most) else max(known, default=1.0) * 1.1 or 1.0
    return {
        "at": place,
        "bar": min(float(value) / end, 1.0) if not pd.isna(value) else None,
        "tick": min(float(target) / end, 1.0) if not pd.isna(target) else None,
        "told": row.told,
        "goal": row.target_told,
        "top": place + 0.5,
        "middle": place + 0.64,
        "bottom": place + 0.78,
        "name_at": place + 0.26,
    }


def _chart(count: int, theme: str, lang: Lang) -> base_spec.Spec:
    ink = base_spec.colours(theme)
    data = alt.Chart(alt.NamedData("rows"))
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[count, 0], nice=False))
    x_scale = alt.Scale(domain=[0, 1], nice=False)
    hover = [
        alt.Tooltip("head:N", title="title"),
        alt.Tooltip("told:N", title=t("column.result", lang)),
        alt.Tooltip("goal:N", title=t("column.target", lang)),
    ]
    groove = data.mark_bar(color=ink.grid).encode(
        x=alt.XValue(0), x2=alt.X2Value("width"), y=y, y2=alt.Y2("bottom:Q"), tooltip=hover
    )
    bar = data.transform_filter("isValid(datum.bar)").mark_bar(cornerRadiusEnd=2)
    bar = bar.transform_calculate(zero="0").encode(
        x=alt.X("zero:Q", axis=None, scale=x_scale),
        x2=alt.X2("bar:Q"),
        y=y,
        y2=alt.Y2("bottom:Q"),
        color=alt.ColorValue(alt.ExprRef("datum.fill")),
        tooltip=hover,
    )
    tick = data.transform_filter("isValid(datum.tick)").mark_tick(
        orient="vertical", color=ink.norm, thickness=2.5, size=24
    )
    name = data.mark_text(align="left", limit=alt.ExprRef("width - 130")).encode(
        x=alt.XValue(0), y=alt.Y("name_at:Q"), text=alt.Text("head:N")
    )
    told = data.mark_text(align="right", fontWeight=600).encode(
        x=alt.XValue("width"), y=alt.Y("name_at:Q"), text=alt.Text("told:N")
    )
    target = tick.encode(x=alt.X("tick:Q", scale=x_scale), y=alt.Y("middle:Q"), tooltip=hover)
    return base_spec.layer(groove, bar, target, name, told)
