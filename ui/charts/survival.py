"""How fast cases get to each stage: steps that rise, those still waiting counted as waiting."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from ui.charts import base_spec
from ui.charts.indicator_frame import ChartProblem, each, need
from ui.charts.look import Look
from ui.charts.scales import apart

MOST_LINES = 6
TICKS = (0, 30, 60, 90, 180, 270, 365)
_TOP, _BOTTOM = 30, 44


def curves(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    lang: Lang,
    theme: str = "light",
    height: int = 340,
) -> base_spec.Spec:
    """Give one rising step line per stage, its 95 % interval as a band, its name at its end.

    `frame` has the columns stage, day, share, low, high (0–100), days in order; `names` the words
    of the stages in the order in which they are coloured. A dashed line marks half of all cases.
    """
    need(frame, ("stage", "day", "share", "low", "high"))
    lines = [code for code in names if code in set(frame["stage"])]
    if not lines:
        return base_spec.nothing(lang=lang, theme=theme, height=height)
    if len(lines) > MOST_LINES:
        raise ChartProblem(f"at most {MOST_LINES} lines can be told apart; got: {len(lines)}")
    rows = _rows(frame[frame["stage"].isin(lines)], names, lang)
    last = rows.groupby("line", sort=False).tail(1).copy()
    values = last["share"].astype(float).tolist()
    last["label_at"] = apart(values, (0.0, 100.0), height - _TOP - _BOTTOM)
    last["tag"] = [f"{row.bare}  {row.line}" for row in each(last)]
    said = t(
        "chart.survival.description",
        lang,
        rows="; ".join(f"{row.line} {row.told} ({row.when})" for row in each(last)),
    )
    return base_spec.chart_spec(
        _chart(
            [names[code] for code in lines], int(rows["day"].max()), lang, base_spec.colours(theme)
        ),
        Look(lang, theme),
        base_spec.Canvas(height, said, _TOP),
        data={"rows": rows, "last": last},
    )


def _rows(frame: pd.DataFrame, names: Mapping[str, str], lang: Lang) -> pd.DataFrame:
    parts = []
    for code, found in frame.groupby("stage", sort=False):
        start = {"stage": code, "day": 0, "share": 0.0, "low": 0.0, "high": 0.0}
        first = [] if (found["day"] == 0).any() else [pd.DataFrame([start])]
        parts.append(pd.concat([*first, found], ignore_index=True))
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(
        line=[names[code] for code in rows["stage"]],
        bare=[t("chart.share", lang, value=numbers.percent(x)) for x in rows["share"]],
        told=[
            t("chart.survival.between", lang, value=numbers.percent(row.share),
              low=numbers.percent(row.low), high=numbers.percent(row.high))
            for row in each(rows)
        ],
        when=[t("chart.survival.within", lang, days=int(day)) for day in rows["day"]],
    )  # fmt: skip


def _chart(lines: Sequence[str], until: int, lang: Lang, ink: Theme) -> base_spec.Layers:
    data, last = alt.Chart(alt.NamedData("rows")), alt.Chart(alt.NamedData("last"))
    colour = alt.Color(
        "line:N",
        legend=None,
        scale=alt.Scale(domain=list(lines), range=list(ink.lines[: len(lines)])),
    )
    until = TICKS[-1] if until > TICKS[-2] else max(until, TICKS[1])
    x = alt.X(
        "day:Q",
        title=t("chart.survival.axis", lang),
        scale=alt.Scale(domain=[0, until], nice=False),
        axis=alt.Axis(values=[tick for tick in TICKS if tick <= until], grid=False),
    )
    y = alt.Y(
        "share:Q",
        title=t("chart.survival.share", lang),
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(values=[0, 25, 50, 75, 100], labelExpr=base_spec.number_axis("percent")),
    )
    band = data.mark_area(interpolate="step-after", opacity=0.14).encode(
        x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), color=colour
    )
    steps = data.mark_line(interpolate="step-after", strokeWidth=2.4).encode(x=x, y=y, color=colour)
    half = _half(last, ink)
    dots = last.mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, color=colour)
    tags = last.mark_text(align="left", dx=10, fontWeight=600).encode(
        x=x, y=alt.Y("label_at:Q"), text=alt.Text("tag:N"), color=colour
    )
    hover = [
        alt.Tooltip("line:N", title="title"),
        alt.Tooltip("when:N", title=t("column.period", lang)),
        alt.Tooltip("told:N", title=t("chart.word.value", lang)),
    ]
    finger = data.mark_point(filled=True, size=160, opacity=0).encode(x=x, y=y, tooltip=hover)
    return alt.layer(half, band, steps, dots, tags, finger)


def _half(last: alt.Chart, ink: Theme) -> alt.Chart:
    # One row is enough to draw the line once.
    one = last.transform_window(i="row_number()").transform_filter("datum.i === 1")
    rule = one.mark_rule(color=ink.norm, strokeDash=[5, 4], strokeWidth=1.2)
    return rule.encode(y=alt.YDatum(50))
