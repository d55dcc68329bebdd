"""Lines over time: the last value named, gaps where there is no number, the target as a line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.theme import Theme
from ui.charts import base_spec, periods
from ui.charts.indicator_frame import (
    HIDDEN,
    NO_DATA,
    ChartProblem,
    Drawable,
    area_word,
    bare,
    cell_text,
    cells,
    day,
    each,
    parts,
    parts_title,
    unit_name,
    value_title,
)
from ui.charts.look import Look
from ui.charts.scales import Domain, apart, domain_of

MOST_LINES = 6
DOTS_UP_TO = 26
_TOP, _BOTTOM = 34, 44
_PALE = 0.55  # bands stand behind lines


class _Points(NamedTuple):
    """The points of the lines: the size of a usual one, and whether some are hollow."""

    size: int
    hollow: bool


def line(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    look: Look,
    target: float | None = None,
    names: Mapping[str, str] | None = None,
    height: int = 300,
) -> base_spec.Spec:
    """Give the monthly, quarterly or yearly line of one indicator, one line per area or group.

    `frame` is an indicator frame asked `over` a period; at most six lines. `names` gives the words
    of group codes. Where a column `provisional` has words, the point is hollow and says them. A
    period without a shown number breaks the line and is a band behind it: plain grey for no data,
    stripes for hidden. Names of lines and of the target stand right of the lines.
    """
    lang = look.lang
    cell_rows = cells(frame, ("area_code", "group", "period_start"))
    if cell_rows.empty:
        return base_spec.nothing(lang=lang, theme=look.theme, height=height)
    starts = sorted({day(x) for x in cell_rows["period_start"]})
    rows = _rows(cell_rows, starts, indicator, lang, names or {})
    lines = list(dict.fromkeys(rows["line"]))
    if len(lines) > MOST_LINES:
        raise ChartProblem(f"at most {MOST_LINES} lines can be told apart; got: {len(lines)}")
    reach = domain_of(rows["value"], target, unit=str(indicator.unit))
    last = _last(rows, height - _TOP - _BOTTOM, reach, target, several=len(lines) > 1)
    gaps = _gaps(rows)
    present = [status for status in (NO_DATA, HIDDEN) if status in set(gaps["status"])]
    behind = [
        *_bands(present, lang, look.ink, _hover(lines, indicator, lang)[:3]),
        *_target(target, reach, last, indicator, look),
    ]
    hollow = "provisional" in rows and bool((rows["provisional"] != "").any())
    points = _Points(34 if len(starts) <= DOTS_UP_TO else 0, hollow)
    axes = _axes(starts, reach, indicator, lang)
    hover = _hover(lines, indicator, lang)
    return base_spec.chart_spec(
        _chart(lines, axes, points, hover, look, behind),
        look,
        base_spec.Canvas(height, _description(rows, last, indicator, lang), _TOP),
        data={"rows": rows, "last": last, "gaps": gaps},
    )


def _description(rows: pd.DataFrame, last: pd.DataFrame, indicator: Drawable, lang: Lang) -> str:
    """What the picture shows, for who does not see it."""
    values = "; ".join(f"{row.line} {row.told}" for row in each(last))
    said = {
        "unit": unit_name(indicator, lang),
        "first": rows["when"].iloc[0],
        "last": rows["when"].iloc[-1],
    }
    if not values:
        return t("chart.trend.empty", lang, **said)
    return t("chart.trend.description", lang, **said, values=values)


def _rows(
    cell_rows: pd.DataFrame,
    starts: Sequence[date],
    indicator: Drawable,
    lang: Lang,
    names: Mapping[str, str],
) -> pd.DataFrame:
    """One row per line and period, in order of period: position, value or nothing, and words."""
    kind = periods.kind(starts)
    place = {start: i for i, start in enumerate(starts)}
    several = cell_rows["area_code"].nunique() > 1
    rows = []
    for row in each(cell_rows):
        group = names.get(str(row.group), str(row.group))
        words = [area_word(str(row.area_code), lang)] if several or not group else []
        start = day(row.period_start)
        rows.append(
            {
                "at": place[start],
                "value": row.value,
                "line": " · ".join([*words, group] if group else words),
                "when": periods.name(start, kind, lang),
                "told": cell_text(row, indicator, lang),
                "tag": bare(row.value, str(indicator.unit), lang),
                "n": parts(row, lang),
                "status": row.status,
            }
        )
    table = pd.DataFrame(rows)
    if "provisional" in cell_rows:
        table["provisional"] = cell_rows["provisional"].fillna("").tolist()
    return table.astype({"value": "Float64"}).sort_values("at", kind="stable")


def _last(
    rows: pd.DataFrame, pixels: int, reach: Domain, target: float | None, *, several: bool
) -> pd.DataFrame:
    """The last shown point of each line, with its label and the height the label stands at.

    The words of the target stand among these labels, at `goal_at`: none lies on another.
    """
    last = rows.dropna(subset=["value"]).groupby("line", sort=False).tail(1).copy()
    if several:
        last["tag"] = last["tag"] + "  " + last["line"]
    values = last["value"].astype(float).tolist()
    *places, goal = apart([*values, target if target is not None else reach[0]], reach, pixels)
    if target is None:
        places = apart(values, reach, pixels)
    return last.assign(label_at=places, goal_at=goal)


def _gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """The periods without a number, each with its band; what is hidden of several lines wins."""
    gaps = rows[rows["value"].isna()].sort_values("status", kind="stable")
    gaps = gaps.drop_duplicates("at").sort_values("at", kind="stable")
    return gaps.assign(left=gaps["at"] - 0.5, right=gaps["at"] + 0.5)


def _chart(
    lines: list[str],
    axes: tuple[alt.X, alt.Y],
    points: _Points,
    hover: list[alt.Tooltip],
    look: Look,
    behind: list[alt.Chart],
) -> base_spec.Spec:
    """The lines with their points and words, over what lies `behind` them."""
    ink = look.ink
    if points.hollow:
        hover = [*hover, alt.Tooltip("provisional:N", title=t("tables.note", look.lang))]
    palette = [ink.accent] if len(lines) == 1 else list(ink.lines[: len(lines)])
    colour = alt.Color("line:N", legend=None, scale=alt.Scale(domain=lines, range=palette))
    x, y = axes
    rows = alt.Chart(alt.NamedData("rows"))
    last = alt.Chart(alt.NamedData("last"))
    stroke = rows.mark_line(strokeWidth=2.4, strokeCap="round", strokeJoin="round")
    tag = last.mark_text(align="left", dx=10, fontWeight=600, fontSize=base_spec.LABEL + 1)
    # A wide invisible ring round every point, so that a finger finds it.
    touch = rows.mark_point(filled=True, size=500, opacity=0)
    provisional = rows.transform_filter("datum.provisional !== ''").mark_point(
        filled=False, fill=ink.background, strokeWidth=2, size=100, opacity=1
    )
    return base_spec.layer(
        *behind,
        stroke.encode(x=x, y=y, color=colour),
        rows.mark_point(filled=True, size=points.size, opacity=1).encode(x=x, y=y, color=colour),
        last.mark_point(filled=True, size=90, opacity=1).encode(x=x, y=y, color=colour),
        *([provisional.encode(x=x, y=y, color=colour)] if points.hollow else []),
        tag.encode(x=x, y=alt.Y("label_at:Q"), text=alt.Text("tag:N"), color=colour),
        touch.encode(x=x, y=y, tooltip=hover),
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
            values=places,
            labelExpr=base_spec.label_by_position(labels),
            grid=False,
            labelFlush=False,
        ),
    )
    y = alt.Y(
        "value:Q",
        title=unit_name(indicator, lang),
        scale=alt.Scale(domain=list(reach), nice=False, zero=False),
        axis=alt.Axis(tickCount=5, labelExpr=base_spec.number_axis(str(indicator.unit))),
    )
    return x, y


def _hover(lines: list[str], indicator: Drawable, lang: Lang) -> list[alt.Tooltip]:
    several = len(lines) > 1
    named = [alt.Tooltip("line:N", title=t("chart.word.line", lang))] if several else []
    # Lines may be of several indicators, which count different things.
    counted = t("chart.word.n", lang) if several else parts_title(indicator, lang)
    return [
        alt.Tooltip("when:N", title="title"),
        *named,
        alt.Tooltip("told:N", title=value_title(indicator, lang)),
        alt.Tooltip("n:N", title=counted),
    ]


def _target(
    target: float | None, reach: Domain, last: pd.DataFrame, indicator: Drawable, look: Look
) -> list[alt.Chart]:
    """The target as a line, its words right of it where no line of the chart comes."""
    if target is None or last.empty:
        return []
    ink, lang = look.ink, look.lang
    words = t("chart.target", lang, value=bare(target, str(indicator.unit), lang))
    # One row is enough to draw the line once.
    one = alt.Chart(alt.NamedData("last")).transform_window(i="row_number()")
    one = one.transform_filter("datum.i === 1")
    scale = alt.Scale(domain=list(reach), nice=False, zero=False)
    rule = one.mark_rule(color=ink.norm, strokeDash=[5, 4], strokeWidth=1.3)
    label = one.mark_text(align="left", dx=10, color=ink.text)
    return [
        rule.encode(y=alt.YDatum(target)),
        label.encode(
            x=alt.XValue("width"), y=alt.Y("goal_at:Q", scale=scale), text=alt.TextValue(words)
        ),
    ]


def _bands(present: list[str], lang: Lang, ink: Theme, hover: list[alt.Tooltip]) -> list[alt.Chart]:
    """Bands behind the lines for periods without a number, and their legend where there are any."""
    if not present:
        return []
    stripes = alt.ExprRef(base_spec.stripes(ink.hidden, ink.hidden_hatch)["expr"])
    fills: dict[str, Any] = {NO_DATA: ink.no_data, HIDDEN: stripes}
    words = {status: t(f"legend.{status}", lang) for status in present}
    colour = alt.Fill(
        "status:N",
        scale=alt.Scale(domain=present, range=[fills[status] for status in present]),
        legend=alt.Legend(
            title=None,
            orient="bottom",
            labelExpr=base_spec.lookup(words, "datum.label"),
            symbolStrokeColor=ink.muted,
            symbolStrokeWidth=0.6,
        ),
    )
    mark = alt.Chart(alt.NamedData("gaps")).mark_rect(opacity=_PALE, clip=True, aria=False)
    where = {
        "x": alt.X("left:Q", title=None),
        "x2": alt.X2("right:Q"),
        "y": alt.YValue(0),
        "y2": alt.Y2Value("height"),
    }
    return [mark.encode(**where, fill=colour, tooltip=hover)]
