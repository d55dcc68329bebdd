"""Cohorts on a timeline: a bar where the days are known, a pale band where only month or year is.

Seminars and other events are no training: they stand below, in rows and a colour of their own.
"""

from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.thai_calendar import (
    Span,
    fiscal_year_of,
    format_fiscal_year,
    format_month,
    format_span,
    month_of,
    year_number,
)
from config.theme import Theme
from data_access.schema.codes import EVENT_MODES
from ui.charts import base_spec
from ui.charts.indicator_frame import day, each, need
from ui.charts.look import Look
from ui.charts.titles import attendance, cohort_title, coverage, origin

_ROW, _FRAME = 54, 70
_LABELS = 5
# A three-day course in five years would be a hair: bars are at least this share of the axis.
_THINNEST = 0.008


def timeline(
    frame: pd.DataFrame,
    *,
    lang: Lang,
    theme: str = "light",
    as_of: date | None = None,
    limit: int | None = None,
) -> base_spec.Spec:
    """Give one line per cohort, oldest first, events last: name, time, who came, provinces.

    `frame` is the list of cohorts. Cohorts after `as_of` are planned and drawn hollow; with `limit`
    only the latest so many are drawn.
    """
    need(frame, ("start_on", "end_on", "date_precision", "attendances", "qualifier"))
    if frame.empty:
        return base_spec.nothing(lang=lang, theme=theme)
    ordered = frame.assign(first=[day(x) for x in frame["start_on"]]).sort_values(
        "first", kind="stable"
    )
    shown = ordered.tail(limit or len(ordered))
    rows = _rows(shown.assign(event=[_is_event(row) for _, row in shown.iterrows()]), lang, as_of)
    said = t(
        "chart.cohorts.description",
        lang,
        n=len(rows),
        rows="; ".join(f"{row.label}: {row.when}, {row.tag}" for row in each(rows)),
    )
    return base_spec.chart_spec(
        _chart(rows, lang, theme),
        Look(lang, theme),
        base_spec.Canvas(_ROW * len(rows) + _FRAME, said),
        data={"rows": rows},
    )


def _is_event(row: "pd.Series[Any]") -> bool:
    return row.get("mode") in EVENT_MODES


def when_held(row: "pd.Series[Any]", lang: Lang) -> str:
    """Give the days of a cohort as far as they are known: days, months, or the year."""
    start, end = day(row["start_on"]), day(row["end_on"])
    if row["date_precision"] == "year":
        return format_fiscal_year(fiscal_year_of(end), lang)
    if row["date_precision"] == "month":
        return " – ".join(dict.fromkeys(format_month(d, lang, "long") for d in (start, end)))
    return format_span(Span(start, end), lang)


def _rows(frame: pd.DataFrame, lang: Lang, as_of: date | None) -> pd.DataFrame:
    rows = []
    frame = frame.sort_values("event", kind="stable")
    for place, (_, row) in enumerate(frame.iterrows()):
        start, end, kind = day(row["start_on"]), day(row["end_on"]), str(row["date_precision"])
        if kind == "month":
            start, end = month_of(start).start, month_of(end).end
        if row["event"] and kind == "day":
            kind = "event"
        planned = as_of is not None and start > as_of
        came = t("chart.planned", lang) if planned else attendance(row, lang)
        rows.append(
            {
                "at": place,
                "left": start.toordinal(),
                "right": (end + timedelta(days=1)).toordinal(),
                "kind": "planned" if planned else kind,
                "label": cohort_title(row, lang),
                "when": when_held(row, lang),
                "came": came,
                "reach": coverage(row, lang),
                "reach_told": coverage(row, lang) or t("status.no_data", lang),
                "origin": origin(row, lang) if "provenance" in row else "",
            }
        )
    found = pd.DataFrame(rows)
    low, high = found["left"].min(), found["right"].max()
    thinnest = max((high - low) * _THINNEST, 1)
    found["right"] = found["right"].clip(lower=found["left"] + thinnest)
    late = (found["left"] + found["right"]) / 2 > low + (high - low) * 0.5
    found["side"] = late.map({True: "before", False: "after"})
    found["tag"] = [
        " · ".join(x for x in pair if x) for pair in zip(found["came"], found["reach"], strict=True)
    ]
    found["name_at"], found["top"] = found["at"] + 0.28, found["at"] + 0.52
    found["centre"], found["bottom"] = found["at"] + 0.68, found["at"] + 0.84
    return found


def _ticks(low: date, high: date, lang: Lang) -> dict[int, str]:
    """Labels by day: quarters' first days in a short span, fiscal years' in a long one."""
    months = [
        date(year, month, 1)
        for year in range(low.year, high.year + 2)
        for month in (1, 4, 7, 10)
        if low <= date(year, month, 1) <= high
    ]
    if len(months) > _LABELS:
        months = [month for month in months if month.month == 10]
    months = months[:: -(-len(months) // _LABELS) or 1]
    return {
        month.toordinal(): f"{format_month(month, lang, year=False)}\n{year_number(month, lang)}"
        for month in months
    }


def _chart(rows: pd.DataFrame, lang: Lang, theme: str) -> base_spec.Spec:
    ink = base_spec.colours(theme)
    data = alt.Chart(alt.NamedData("rows"))
    x = _time_axis(rows, lang)
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[len(rows), 0], nice=False))
    hover = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("when:N", title=t("column.period", lang)),
        alt.Tooltip("came:N", title=t("chart.word.attendances", lang)),
        alt.Tooltip("reach_told:N", title=t("chart.word.coverage", lang)),
        alt.Tooltip("origin:N", title=t("column.origin", lang)),
    ]
    bars = data.mark_bar(stroke=ink.accent, strokeWidth=1).encode(
        x=x,
        x2=alt.X2("right:Q"),
        y=y,
        y2=alt.Y2("bottom:Q"),
        color=_kinds(rows, lang, ink),
        tooltip=hover,
    )
    name = data.mark_text(align="left", limit=alt.ExprRef("width")).encode(
        x=alt.XValue(0), y=alt.Y("name_at:Q"), text=alt.Text("label:N")
    )
    after = data.transform_filter("datum.side === 'after'")
    before = data.transform_filter("datum.side === 'before'")
    return base_spec.layer(
        bars,
        name,
        after.mark_text(align="left", dx=8, color=ink.muted).encode(
            x=alt.X("right:Q"), y=alt.Y("centre:Q"), text=alt.Text("tag:N")
        ),
        before.mark_text(align="right", dx=-8, color=ink.muted).encode(
            x=alt.X("left:Q"), y=alt.Y("centre:Q"), text=alt.Text("tag:N")
        ),
    )


def _time_axis(rows: pd.DataFrame, lang: Lang) -> alt.X:
    low, high = int(rows["left"].min()), int(rows["right"].max())
    room = max(int((high - low) * 0.03), 3)
    ends = (low - room, high + room)
    ticks = _ticks(date.fromordinal(ends[0]), date.fromordinal(ends[1]), lang)
    words = base_spec.lookup({str(at): word for at, word in ticks.items()})
    return alt.X(
        "left:Q",
        title=None,
        scale=alt.Scale(domain=list(ends), nice=False),
        axis=alt.Axis(values=list(ticks), labelExpr=words, orient="bottom"),
    )


def _kinds(rows: pd.DataFrame, lang: Lang, ink: Theme) -> alt.Color:
    """Fill and legend of the kinds that occur: days, month or year only, events, planned."""
    fills = {
        "day": ink.accent,
        "month": ink.sequential[1],
        "year": ink.sequential[0],
        "event": ink.muted,
        "planned": ink.background,
    }
    kinds = [kind for kind in fills if kind in set(rows["kind"])]
    names = base_spec.lookup(
        {kind: t(f"chart.cohorts.{kind}", lang) for kind in kinds}, "datum.label"
    )
    legend = alt.Legend(
        title=None,
        orient="top",
        labelExpr=names,
        symbolStrokeColor=ink.accent,
        symbolStrokeWidth=1,
    )
    scale = alt.Scale(domain=kinds, range=[fills[kind] for kind in kinds])
    # Bars of known days are what anybody expects: alone they need no legend.
    return alt.Color("kind:N", scale=scale, legend=None if kinds == ["day"] else legend)
