"""Lines over time: the last value named, gaps where there is no number, the target as a line."""

from collections.abc import Mapping, Sequence
from datetime import date

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from ui.charts import base_spec, periods
from ui.charts.indicator_frame import (
    HIDDEN,
    NO_DATA,
    ChartProblem,
    Drawable,
    area_word,
    bare,
    cells,
    day,
    each,
    parts,
    told,
    unit_name,
)
from ui.charts.scales import Domain, apart, domain_of

MOST_LINES = 6
DOTS_UP_TO = 26
_TOP, _BOTTOM = 34, 44
_WORDS_REACH = 0.3  # share of the axis that the words of the target line may take


def line(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    lang: Lang,
    theme: str = "light",
    target: float | None = None,
    names: Mapping[str, str] | None = None,
    height: int = 300,
) -> base_spec.Spec:
    """Give the monthly, quarterly or yearly line of one indicator, one line per area or group.

    `frame` is an indicator frame asked `over` a period; at most six lines. `names` gives the words
    of group codes. A period without a shown number breaks the line and is marked under it: a hollow
    dot for no data, a square for hidden.
    """
    found = cells(frame, ("area_code", "group", "period_start"))
    if found.empty:
        return base_spec.nothing(lang=lang, theme=theme, height=height)
    starts = sorted({day(x) for x in found["period_start"]})
    rows = _rows(found, starts, indicator, lang, names or {})
    lines = list(dict.fromkeys(rows["line"]))
    if len(lines) > MOST_LINES:
        raise ChartProblem(f"at most {MOST_LINES} lines can be told apart; got: {len(lines)}")
    reach = domain_of(rows["value"], target, unit=str(indicator.unit))
    place = _clear_place(rows, target)
    last = _last(rows, reach, height - _TOP - _BOTTOM, named=len(lines) > 1)
    values = "; ".join(f"{row.line} {row.told}" for row in each(last))
    first, end = rows["when"].iloc[0], rows["when"].iloc[-1]
    unit = unit_name(indicator, lang)
    said = t("chart.trend.description", lang, unit=unit, first=first, last=end, values=values)
    gaps = rows[rows["value"].isna()].assign(floor=reach[0])
    present = [status for status in (NO_DATA, HIDDEN) if status in set(gaps["status"])]
    goal = _target(target, indicator, lang, theme, place)
    return base_spec.drawn(
        _chart(lines, starts, reach, indicator, lang, theme, goal, present),
        data={"rows": rows, "last": last, "gaps": gaps},
        height=height,
        description=said,
        theme=theme,
        lang=lang,
        padding={**base_spec.PADDING, "top": _TOP},
    )


def _rows(
    found: pd.DataFrame,
    starts: Sequence[date],
    indicator: Drawable,
    lang: Lang,
    names: Mapping[str, str],
) -> pd.DataFrame:
    """One row per line and period, in order of period: position, value or nothing, and words."""
    kind = periods.kind(starts)
    place = {start: i for i, start in enumerate(starts)}
    several = found["area_code"].nunique() > 1
    rows = []
    for row in each(found):
        group = names.get(str(row.group), str(row.group))
        words = [area_word(str(row.area_code), lang)] if several or not group else []
        start = day(row.period_start)
        rows.append(
            {
                "at": place[start],
                "value": row.value,
                "line": " · ".join([*words, group] if group else words),
                "when": periods.name(start, kind, lang),
                "told": told(row, indicator, lang),
                "tag": bare(row.value, str(indicator.unit), lang),
                "n": parts(row, lang),
                "status": row.status,
            }
        )
    return pd.DataFrame(rows).astype({"value": "Float64"}).sort_values("at", kind="stable")


def _last(rows: pd.DataFrame, reach: Domain, pixels: int, *, named: bool) -> pd.DataFrame:
    """The last shown point of each line, with its label and the height the label stands at."""
    last = rows.dropna(subset=["value"]).groupby("line", sort=False).tail(1).copy()
    if named:
        last["tag"] = last["tag"] + "  " + last["line"]
    last["label_at"] = apart(last["value"].astype(float).tolist(), reach, pixels)
    return last


def _chart(
    lines: list[str],
    starts: Sequence[date],
    reach: Domain,
    indicator: Drawable,
    lang: Lang,
    theme: str,
    target: list[alt.Chart],
    present: list[str],
) -> base_spec.Spec:
    ink = base_spec.colours(theme)
    palette = [ink.accent] if len(lines) == 1 else list(ink.categorical[: len(lines)])
    colour = alt.Color("line:N", legend=None, scale=alt.Scale(domain=lines, range=palette))
    x, y = _axes(starts, reach, indicator, lang)
    rows = alt.Chart(alt.NamedData("rows"))
    last = alt.Chart(alt.NamedData("last"))
    dots = 34 if len(starts) <= DOTS_UP_TO else 0
    stroke = rows.mark_line(strokeWidth=2.4, strokeCap="round", strokeJoin="round")
    tag = last.mark_text(align="left", dx=10, fontWeight=600, fontSize=base_spec.LABEL + 1)
    # A wide invisible ring round every point, so that a finger finds it.
    touch = rows.mark_point(filled=True, size=500, opacity=0)
    return base_spec.layered(
        *target,
        stroke.encode(x=x, y=y, color=colour),
        rows.mark_point(filled=True, size=dots, opacity=1).encode(x=x, y=y, color=colour),
        *_gaps(present, lang, theme, x),
        last.mark_point(filled=True, size=90, opacity=1).encode(x=x, y=y, color=colour),
        tag.encode(x=x, y=alt.Y("label_at:Q"), text=alt.Text("tag:N"), color=colour),
        touch.encode(x=x, y=y, tooltip=_hover(lang)),
    )


def _axes(
    starts: Sequence[date], reach: Domain, indicator: Drawable, lang: Lang
) -> tuple[alt.X, alt.Y]:
    places, labels = periods.ticks(starts, lang)
    x = alt.X(
        "at:Q",
        title=None,
        scale=alt.Scale(domain=[0, max(len(starts) - 1, 1)], nice=False, padding=8),
        axis=alt.Axis(
            values=places, labelExpr=base_spec.listed(labels), grid=False, labelFlush=False
        ),
    )
    y = alt.Y(
        "value:Q",
        title=unit_name(indicator, lang),
        scale=alt.Scale(domain=list(reach), nice=False, zero=False),
        axis=alt.Axis(tickCount=5, labelExpr=base_spec.number_axis(str(indicator.unit))),
    )
    return x, y


def _hover(lang: Lang) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("when:N", title="title"),
        alt.Tooltip("line:N", title=t("chart.word.area", lang)),
        alt.Tooltip("told:N", title=t("chart.word.value", lang)),
        alt.Tooltip("n:N", title=t("chart.word.n", lang)),
    ]


def _clear_place(rows: pd.DataFrame, target: float | None) -> tuple[bool, bool]:
    """Where the words of the target line are clearest of the lines: at its left end, above it."""
    known = rows.dropna(subset=["value"])
    if target is None or known.empty:
        return True, True
    first, last = known["at"].min(), known["at"].max()
    reach = (last - first) * _WORDS_REACH
    away = known["value"].astype(float) - target
    room: dict[tuple[bool, bool], float] = {}
    for left in (True, False):
        near = away[known["at"] <= first + reach] if left else away[known["at"] >= last - reach]
        room[left, True] = float(near[near >= 0].min()) if (near >= 0).any() else float("inf")
        room[left, False] = float(-near[near <= 0].max()) if (near <= 0).any() else float("inf")
    return max(room, key=lambda place: room[place])


def _target(
    target: float | None, indicator: Drawable, lang: Lang, theme: str, place: tuple[bool, bool]
) -> list[alt.Chart]:
    if target is None:
        return []
    left, above = place
    ink = base_spec.colours(theme)
    words = t("chart.target", lang, value=bare(target, str(indicator.unit), lang))
    # One row is enough to draw the line once.
    one = alt.Chart(alt.NamedData("last")).transform_window(i="row_number()")
    one = one.transform_filter("datum.i === 1").encode(y=alt.YDatum(target))
    rule = one.mark_rule(color=ink.norm, strokeDash=[5, 4], strokeWidth=1.3)
    label = one.mark_text(align="left" if left else "right", dy=-9 if above else 11, color=ink.text)
    at = alt.XValue(4) if left else alt.XValue("width")
    return [rule, label.encode(x=at, text=alt.TextValue(words))]


def _gaps(present: list[str], lang: Lang, theme: str, x: alt.X) -> list[alt.Chart]:
    """Marks under the line for periods without a number, and their legend where there are any."""
    if not present:
        return []
    ink = base_spec.colours(theme)
    shapes = {NO_DATA: "circle", HIDDEN: "square"}
    words = {status: t(f"legend.{status}", lang) for status in present}
    shape = alt.Shape(
        "status:N",
        legend=alt.Legend(
            title=None,
            orient="bottom",
            labelExpr=base_spec.lookup(words, "datum.label"),
            symbolFillColor=ink.no_data,
            symbolStrokeColor=ink.muted,
            symbolStrokeWidth=1.4,
            symbolSize=80,
        ),
        scale=alt.Scale(domain=present, range=[shapes[status] for status in present]),
    )
    hover = [
        alt.Tooltip("when:N", title="title"),
        alt.Tooltip("told:N", title=t("chart.word.value", lang)),
    ]
    mark = alt.Chart(alt.NamedData("gaps")).mark_point(size=70, strokeWidth=1.4, opacity=1)
    # The legend takes over stroke and fill only from channels.
    mark = mark.encode(
        stroke=alt.StrokeValue(ink.muted), fill=alt.FillValue(base_spec.absent_fill(ink, "status"))
    )
    return [mark.encode(x=x, y=alt.Y("floor:Q"), shape=shape, tooltip=hover)]
