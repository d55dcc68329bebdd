"""Ranked bars: every area once, the norm as a line, and words where there is no number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.theme import Theme
from data_access.statistics.funnel import dispersion
from data_access.statistics.intervals import has_chance
from geo import registers
from ui.charts import bar_lines, base_spec
from ui.charts.indicator_frame import (
    HIDDEN,
    SHOWN,
    Drawable,
    bare,
    cell_text,
    cells,
    each,
    parts,
    parts_title,
    unit_name,
    value_text,
    value_title,
)
from ui.charts.look import Look
from ui.text.area_names import name_with_province, short_name

ROW = bar_lines.ROW
_FRAME, _TOP = 34, 8
_TAG = 58
ON_TARGET, OFF_TARGET, NO_TARGET = "on", "off", "plain"
_FEW = 3  # areas without a number that have a row each; more of a kind share one


@dataclass(frozen=True)
class TargetLine:
    """The target as a line over the bars; one that is only proposed gives no bar a side."""

    value: float
    proposed: bool = False


@dataclass(frozen=True)
class Labels:
    """The words beside the bars: of group codes where bars are groups; one code may be in bold.

    `against` says what the marks in the bars are, where the frame has a column `against`: what
    each area is set against.
    """

    names: Mapping[str, str] | None = None
    bold: str | None = None
    against: str = ""


@dataclass(frozen=True)
class Ranking:
    """How bars come in order: as the frame has them, or worst first; and how many at most."""

    as_given: bool = False
    limit: int | None = None


AREAS, WORST_FIRST = Labels(), Ranking()


def bar_ranking(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    look: Look,
    target: TargetLine | None = None,
    labels: Labels = AREAS,
    ranking: Ranking = WORST_FIRST,
) -> base_spec.Spec:
    """Give horizontal bars, those that need attention first, areas without a number last in words.

    `frame` is an indicator frame with one row per area, or per group where `labels` name groups.
    Which side of `target` is good comes from the indicator's direction; a neutral one has no side.
    Areas that cannot be put in order are words in place of bars.
    """
    lang, norm = look.lang, target.value if target else None
    cell_rows = cells(frame, ("area_code", "group"))
    if cell_rows.empty:
        return base_spec.nothing(lang=lang, theme=look.theme)
    if labels.names and not (cell_rows["group"] != "").any():
        # No group at all: one row says why.
        words = cell_text(cell_rows.iloc[0], indicator, lang)
        return base_spec.nothing(lang=lang, theme=look.theme, words=words)
    to_sort = not (labels.names or ranking.as_given)
    if to_sort and (words := no_order(cell_rows, indicator, lang, norm)):
        return base_spec.nothing(lang=lang, theme=look.theme, words=words)
    in_order = cell_rows if ranking.as_given else _in_order(cell_rows, indicator)
    side_of = None if target is None or target.proposed else target.value
    rows = _rows(in_order, indicator, lang, side_of, labels.names)
    rows = rows.head(len(rows) if ranking.limit is None else ranking.limit)
    rows = rows if labels.names else _together(rows, lang)
    shown = rows[rows["status"] == SHOWN]
    room = bar_lines.KEY if labels.against else 0
    return base_spec.chart_spec(
        _chart(rows, indicator, look, norm, labels),
        look,
        base_spec.Canvas(
            ROW * len(rows) + _FRAME + room,
            _description(rows, indicator, lang, labels),
            _TOP + room,
        ),
        data={"rows": rows, "absent": rows[rows["status"] != SHOWN], "shown": shown},
    )


def _description(rows: pd.DataFrame, indicator: Drawable, lang: Lang, labels: Labels) -> str:
    shown = rows[rows["status"] == SHOWN]
    said = t(
        "chart.bars.description",
        lang,
        unit=unit_name(indicator, lang),
        shown=len(shown),
        total=len(rows),
        first="; ".join(f"{row.label} {row.told}" for row in each(shown.head(3))),
    )
    if not labels.against:
        return said
    marks = "; ".join(f"{row.label} {row.mark_told}" for row in each(shown.head(3)))
    return t("chart.bars.marks", lang, description=said, mark=labels.against, first=marks)


def no_order(
    frame: pd.DataFrame, indicator: Drawable, lang: Lang, target: float | None = None
) -> str:
    """Give why areas cannot be put in order, in words; "" where they can.

    Values that are written alike have no order. Values that differ by no more than chance have none
    either; only where some reach the target and some do not, there is something to see.
    """
    shown = cells(frame, ("area_code",))
    shown = shown[shown["status"] == SHOWN]
    if len(shown) < 2:
        return ""
    said = {value_text(value, indicator, lang) for value in shown["value"]}
    if len(said) == 1:
        return t("chart.bars.equal", lang, value=said.pop(), n=len(shown))
    sides = {side(value, indicator, target) for value in shown["value"]}
    if len(sides) > 1 or not differs_by_chance_only(shown, indicator):
        return ""
    return t("chart.bars.chance", lang, n=len(shown))


def differs_by_chance_only(frame: pd.DataFrame, indicator: Drawable) -> bool:
    """Tell whether areas are enough to say so, and differ by no more than chance explains."""
    if not has_chance(indicator):
        return False
    more = dispersion(frame, indicator)
    return more.phi is not None and more.variance == 0


def _together(rows: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """The rows, many without a number for the same reason as one row that says how many."""
    parts_: list[pd.DataFrame] = [rows[rows["status"] == SHOWN]]
    for _, same in rows[rows["status"] != SHOWN].groupby("told", sort=False):
        if len(same) > _FEW:
            label = t("chart.bars.areas", lang, n=len(same))
            same = same.head(1).assign(label=label, code="")
        parts_.append(same)
    return pd.concat(parts_, ignore_index=True).assign(at=lambda frame: range(len(frame)))


def _in_order(frame: pd.DataFrame, indicator: Drawable) -> pd.DataFrame:
    """Worst first by the indicator's direction (largest first where it has none).

    Of equal values the one with more behind it comes first.
    """
    upward = str(indicator.direction) == "higher_is_better"
    last = frame["status"].map({SHOWN: 0, "no_data": 1, HIDDEN: 2})
    key = frame["value"].astype(float) * (1 if upward else -1)
    size = -frame["denominator"].astype("Float64").fillna(0).astype(float)
    order = pd.DataFrame({"last": last, "key": key, "size": size, "code": frame["area_code"]})
    return frame.loc[order.sort_values(["last", "key", "size", "code"], kind="stable").index]


def _rows(
    frame: pd.DataFrame,
    indicator: Drawable,
    lang: Lang,
    target: float | None,
    names: Mapping[str, str] | None,
) -> pd.DataFrame:
    rows = []
    one_home = frame["area_code"].str[:2].nunique() == 1
    for place, row in enumerate(each(frame)):
        code = str(row.area_code)
        rows.append(
            {
                "at": place,
                "code": str(row.group) if names else code,
                "label": names[str(row.group)] if names else _label(code, lang, one_home),
                "value": row.value,
                "status": row.status,
                "side": side(row.value, indicator, target),
                "tag": bare(row.value, str(indicator.unit), lang),
                "told": cell_text(row, indicator, lang),
                "n": parts(row, lang),
                "mark": getattr(row, "against", None),
                "mark_told": value_text(getattr(row, "against", None), indicator, lang),
            }
        )
    return pd.DataFrame(rows).astype({"value": "Float64", "mark": "Float64"})


def _label(code: str, lang: Lang, one_home: bool) -> str:
    """The name of an area; districts of one province do without its name."""
    if registers.level_of(code) == "district" and not one_home:
        return name_with_province(code, lang)
    return short_name(code, lang)


def side(value: object, indicator: Drawable, target: float | None) -> str:
    """Give "on" or "off" target by the indicator's direction, "plain" where there is no side."""
    direction = str(indicator.direction)
    if target is None or direction == "neutral" or pd.isna(value):
        return NO_TARGET
    good = float(value) <= target if direction == "lower_is_better" else float(value) >= target  # type: ignore[arg-type]  # a number
    return ON_TARGET if good else OFF_TARGET


def _chart(
    rows: pd.DataFrame, indicator: Drawable, look: Look, target: float | None, labels: Labels
) -> base_spec.Spec:
    ink, lang = look.ink, look.lang
    y = _names_axis(rows, labels.bold, ink)
    held = [float(x) for column in ("value", "mark") for x in rows[column].dropna()]
    most = max([*held, target or 0.0], default=1.0)
    scale = alt.Scale(domain=[0, most or 1.0], nice=False)
    x = alt.X("value:Q", title=None, axis=None, scale=scale)
    # The axis is left out once: twice is too much for Vega-Lite.
    place = alt.X("mark:Q", title=None, scale=scale)
    sides = [ON_TARGET, OFF_TARGET, NO_TARGET]
    fills = [ink.accent, ink.worse, ink.accent]
    colour = alt.Color("side:N", legend=None, scale=alt.Scale(domain=sides, range=fills))
    hover = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("told:N", title=value_title(indicator, lang)),
        *([alt.Tooltip("n:N", title=parts_title(indicator, lang))] if _of_two(rows) else []),
        *([alt.Tooltip("mark_told:N", title=labels.against)] if labels.against else []),
    ]
    shown, absent = alt.Chart(alt.NamedData("shown")), alt.Chart(alt.NamedData("absent"))
    bars = shown.mark_bar(cornerRadiusEnd=2).encode(x=x, y=y, color=colour, tooltip=hover)
    # Numbers stand in a column of their own at the right, aligned, clear of bars and norm.
    tags = shown.mark_text(align="right", dx=_TAG, fontWeight=600).encode(
        x=alt.XValue("width"), y=y, text=alt.Text("tag:N")
    )
    words = absent.mark_text(align="left", dx=2, color=ink.muted).encode(
        x=alt.XValue(0), y=y, text=alt.Text("told:N"), tooltip=hover[:2]
    )
    zeros = _zeros(shown, y, ink) if (rows["value"] == 0).any() else []
    goal = bar_lines.norm(target, int((rows["status"] == SHOWN).sum()), indicator, look)
    marks = bar_lines.marks(shown, place, y, labels.against, ink) if labels.against else []
    return base_spec.layer(bars, *zeros, tags, words, *goal, *marks)


def _of_two(rows: pd.DataFrame) -> bool:
    """Tell whether values are made of two counts: one count alone is the value itself."""
    return bool(rows["n"].str.contains("/", regex=False).any())


def _zeros(bars: alt.Chart, y: alt.Y, ink: Theme) -> list[alt.Chart]:
    """A bar of no length looks like a missing one: what it is made of stands in its place."""
    none = bars.transform_filter("datum.value === 0")
    mark = none.mark_text(align="left", dx=2, color=ink.muted)
    return [mark.encode(x=alt.XValue(0), y=y, text=alt.Text("n:N"))]


def _names_axis(rows: pd.DataFrame, bold: str | None, ink: Theme) -> alt.Y:
    """Rows by position with the areas' names, one of them in bold."""
    labels = base_spec.lookup({str(row.at): row.label for row in each(rows)})
    heavy = rows.loc[rows["code"] == bold, "at"].tolist()
    weight: Any = 400
    if heavy:
        weight = alt.condition(f"datum.value == {heavy[0]}", alt.value(700), alt.value(400))
    return alt.Y(
        "at:O",
        title=None,
        sort=None,
        scale=alt.Scale(domain=rows["at"].tolist(), paddingInner=0.32, paddingOuter=0.1),
        axis=alt.Axis(labelExpr=labels, labelColor=ink.text, labelFontWeight=weight),
    )
