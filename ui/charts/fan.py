"""What was and what may come: a line up to the last month, then an estimate in a fan of intervals.

The fan has one colour in two depths; the estimate is a broken line, so that nobody takes it for
records.
"""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from ui.charts import base_spec, periods
from ui.charts.indicator_frame import day, each, need, value_text
from ui.charts.look import Look
from ui.charts.scales import Domain, domain_of

COLUMNS = ("month_end", "ahead", "open_cases", "low_95", "low_80", "high_80", "high_95")
HEIGHT = 320
_TOP = 8
DEPTHS = {"95": 0.16, "80": 0.32}  # how deep the colour of each interval is


@dataclass(frozen=True)
class _Counting:
    """What the fan counts, for words of its values."""

    unit: str
    name: str = "open_cases"
    direction: str = "neutral"


_CASES, _BARE = _Counting("cases"), _Counting("count")


def fan(frame: pd.DataFrame, *, look: Look, height: int = HEIGHT) -> base_spec.Spec:
    """Give the past and the coming months of one area.

    `frame` has `COLUMNS`, a row per month-end; `ahead` is 0 for the last whole month, and rows
    after it have the edges of their intervals. Without any row after it the past stands alone.
    """
    need(frame, COLUMNS)
    if frame.empty:
        return base_spec.nothing(lang=look.lang, theme=look.theme, height=height)
    rows = _rows(frame.sort_values("ahead"), look.lang)
    past, coming = rows[rows["ahead"] <= 0], rows[rows["ahead"] >= 0]
    coming = coming if (rows["ahead"] > 0).any() else coming.head(0)
    reach = domain_of(
        pd.concat([rows["value"], rows["high_95"], rows["low_95"]]), None, unit="cases"
    )
    ends = pd.concat([past.tail(1), coming.tail(1)]).drop_duplicates("at")
    return base_spec.chart_spec(
        _chart(frame, reach, look, estimate=not coming.empty),
        look,
        base_spec.Canvas(height, _description(past, coming, look.lang), _TOP),
        data={"past": past, "coming": coming, "ends": ends},
    )


def _rows(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """One row per month: its place, its value and edges, and its words.

    The last whole month has edges of its own value, so that the fan opens there.
    """
    known = frame.reset_index(drop=True)
    values = known["open_cases"].astype("Float64")
    edges = {
        name: known[name].astype("Float64").where(known["ahead"] > 0, values)
        for name in COLUMNS[3:]
    }
    words = [value_text(round(float(value)), _CASES, lang) for value in values]
    between = [
        t("ahead.between", lang, low=_whole(row.low_80, lang), high=_whole(row.high_80, lang))
        if row.ahead > 0
        else numbers.MISSING
        for row in each(known)
    ]
    return pd.DataFrame({
        "at": range(len(known)),
        "ahead": known["ahead"].astype("Int64"),
        "value": values,
        **edges,
        "when": [periods.name(day(x).replace(day=1), "month", lang) for x in known["month_end"]],
        "told": words,
        "between": between,
    })  # fmt: skip


def _whole(x: Any, lang: Lang) -> str:
    return value_text(round(float(x)), _BARE, lang)


def _chart(frame: pd.DataFrame, reach: Domain, look: Look, *, estimate: bool) -> base_spec.Layers:
    ink, lang = look.ink, look.lang
    starts = [day(x).replace(day=1) for x in frame.sort_values("ahead")["month_end"]]
    places, labels = periods.ticks(starts, lang)
    x = alt.X(
        "at:Q",
        title=None,
        scale=alt.Scale(domain=[0, max(len(starts) - 1, 1)], nice=False, padding=8),
        axis=alt.Axis(
            values=places,
            labelExpr=base_spec.label_by_position(labels),
            grid=False,
            labelFlush=False,
        ),
    )
    scale = alt.Scale(domain=list(reach), nice=False, zero=False)
    # Above the value of the last month, which may stand at the top.
    axis = alt.Axis(tickCount=5, titleY=-26, labelExpr=base_spec.number_axis("cases"))
    y = alt.Y("value:Q", title=t("ahead.axis", lang), scale=scale, axis=axis)
    hover = [
        alt.Tooltip("when:N", title="title"),
        alt.Tooltip("told:N", title=t("chart.word.value", lang)),
    ]
    past, coming, ends = (alt.Chart(alt.NamedData(n)) for n in ("past", "coming", "ends"))
    more = [*hover, alt.Tooltip("between:N", title=t("ahead.interval_80", lang))]
    layers = [_band(coming, level, ink.accent).encode(x=x) for level in DEPTHS if estimate]
    line: dict[str, Any] = {"strokeWidth": 2.4, "strokeCap": "round", "color": ink.accent}
    if estimate:
        layers.append(coming.mark_line(**{**line, "strokeDash": [5, 4]}).encode(x=x, y=y))
        layers += _key(coming, look)
    layers += [
        past.mark_line(**line).encode(x=x, y=y),
        past.mark_point(filled=True, size=500, opacity=0).encode(x=x, y=y, tooltip=hover),
        ends.mark_point(filled=True, size=80, opacity=1, color=ink.accent).encode(x=x, y=y),
        ends.mark_text(dy=-14, fontWeight=600, align="right", color=ink.text).encode(
            x=x, y=y, text=alt.Text("told:N")
        ),
        coming.mark_point(filled=True, size=500, opacity=0).encode(x=x, y=y, tooltip=more),
    ]
    return base_spec.layer(*layers)


def _band(coming: alt.Chart, level: str, colour: str) -> alt.Chart:
    mark = coming.mark_area(color=colour, opacity=DEPTHS[level], aria=False)
    return mark.encode(y=alt.Y(f"low_{level}:Q"), y2=alt.Y2(f"high_{level}:Q"))


def _key(coming: alt.Chart, look: Look) -> list[alt.Chart]:
    """What line and bands are, above the picture."""
    one = coming.transform_filter("datum.ahead === 0")
    words = t("ahead.key", look.lang)
    return [
        one.mark_text(align="right", baseline="bottom", color=look.ink.text).encode(
            x=alt.XValue("width"), y=alt.YValue(-46), text=alt.TextValue(words)
        )
    ]


def _description(past: pd.DataFrame, coming: pd.DataFrame, lang: Lang) -> str:
    """What the picture shows, for who does not see it."""
    last = past.iloc[-1]
    said = {"first": past.iloc[0]["when"], "last": last["when"], "now": last["told"]}
    if coming.empty:
        return t("ahead.description_past", lang, **said)
    then = coming.iloc[-1]
    ahead = {"then": then["when"], "value": then["told"], "between": then["between"]}
    return t("ahead.description", lang, **said, **ahead)
