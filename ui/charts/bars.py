"""Ranked bars: every area once, the norm as a line, and words where there is no number."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.theme import Theme
from data_access.statistics.funnel import dispersion
from data_access.statistics.intervals import has_chance
from geo import registers
from ui.charts import base_spec
from ui.charts.indicator_frame import (
    HIDDEN,
    SHOWN,
    Drawable,
    bare,
    cells,
    each,
    parts,
    parts_title,
    told,
    unit_name,
    value_title,
    written,
)
from ui.text.area_names import name_with_province, short_name

ROW = 26
_FRAME = 56
_TAG = 58
ON_TARGET, OFF_TARGET, NO_TARGET = "on", "off", "plain"
_FEW = 3  # areas without a number that have a row each; more of a kind share one


def ranked(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    lang: Lang,
    theme: str = "light",
    target: float | None = None,
    proposed: bool = False,
    limit: int | None = None,
    selected: str | None = None,
    names: Mapping[str, str] | None = None,
    ordered: bool = False,
) -> base_spec.Spec:
    """Give horizontal bars, those that need attention first, areas without a number last in words.

    `frame` is an indicator frame with one row per area, or per group where `names` gives the words
    of group codes. With `limit` only so many bars are drawn. `selected` is set in bold. Which side
    of `target` is good comes from the indicator's direction; a neutral one has no side, nor has a
    target that is only `proposed`. `ordered` rows are drawn in the order of the frame; other areas
    that cannot be put in order are words in place of bars.
    """
    found = cells(frame, ("area_code", "group"))
    if found.empty:
        return base_spec.nothing(lang=lang, theme=theme)
    if not (names or ordered) and (words := no_order(found, indicator, lang, target)):
        return base_spec.nothing(lang=lang, theme=theme, words=words)
    in_order = found if ordered else _in_order(found, indicator)
    rows = _rows(in_order, indicator, lang, None if proposed else target, names)
    rows = rows.head(len(rows) if limit is None else limit)
    rows = rows if names else _together(rows, lang)
    shown = rows[rows["status"] == SHOWN]
    said = t(
        "chart.bars.description",
        lang,
        unit=unit_name(indicator, lang),
        shown=len(shown),
        total=len(rows),
        first="; ".join(f"{row.label} {row.told}" for row in each(shown.head(3))),
    )
    return base_spec.drawn(
        _chart(rows, indicator, lang, theme, target, selected),
        data={"rows": rows, "absent": rows[rows["status"] != SHOWN], "shown": shown},
        height=ROW * len(rows) + _FRAME,
        description=said,
        theme=theme,
        lang=lang,
        padding={**base_spec.PADDING, "top": 30},
    )


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
    said = {written(value, indicator, lang) for value in shown["value"]}
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
    return pd.concat(parts_, ignore_index=True).assign(at=lambda held: range(len(held)))


def _in_order(found: pd.DataFrame, indicator: Drawable) -> pd.DataFrame:
    """Worst first by the indicator's direction (largest first where it has none).

    Of equal values the one with more behind it comes first.
    """
    upward = str(indicator.direction) == "higher_is_better"
    last = found["status"].map({SHOWN: 0, "no_data": 1, HIDDEN: 2})
    key = found["value"].astype(float) * (1 if upward else -1)
    size = -found["denominator"].astype("Float64").fillna(0).astype(float)
    order = pd.DataFrame({"last": last, "key": key, "size": size, "code": found["area_code"]})
    return found.loc[order.sort_values(["last", "key", "size", "code"], kind="stable").index]


def _rows(
    found: pd.DataFrame,
    indicator: Drawable,
    lang: Lang,
    target: float | None,
    names: Mapping[str, str] | None,
) -> pd.DataFrame:
    rows = []
    one_home = found["area_code"].str[:2].nunique() == 1
    for place, row in enumerate(each(found)):
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
                "told": told(row, indicator, lang),
                "n": parts(row, lang),
            }
        )
    return pd.DataFrame(rows).astype({"value": "Float64"})


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
    rows: pd.DataFrame,
    indicator: Drawable,
    lang: Lang,
    theme: str,
    target: float | None,
    selected: str | None,
) -> base_spec.Spec:
    ink = base_spec.colours(theme)
    y = _names_axis(rows, selected, ink)
    most = max([float(x) for x in rows["value"].dropna()] + [target or 0.0], default=1.0)
    x = alt.X(
        "value:Q",
        title=None,
        axis=None,
        scale=alt.Scale(domain=[0, most or 1.0], nice=False),
    )
    sides = [ON_TARGET, OFF_TARGET, NO_TARGET]
    fills = [ink.accent, ink.worse, ink.accent]
    colour = alt.Color("side:N", legend=None, scale=alt.Scale(domain=sides, range=fills))
    hover = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("told:N", title=value_title(indicator, lang)),
        *([alt.Tooltip("n:N", title=parts_title(indicator, lang))] if _of_two(rows) else []),
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
    goal = _norm(target, int((rows["status"] == SHOWN).sum()), indicator, lang, theme)
    return base_spec.layered(bars, *zeros, tags, words, *goal)


def _of_two(rows: pd.DataFrame) -> bool:
    """Tell whether values are made of two counts: one count alone is the value itself."""
    return bool(rows["n"].str.contains("/", regex=False).any())


def _zeros(shown: alt.Chart, y: alt.Y, ink: Theme) -> list[alt.Chart]:
    """A bar of no length looks like a missing one: what it is made of stands in its place."""
    none = shown.transform_filter("datum.value === 0")
    mark = none.mark_text(align="left", dx=2, color=ink.muted)
    return [mark.encode(x=alt.XValue(0), y=y, text=alt.Text("n:N"))]


def _names_axis(rows: pd.DataFrame, selected: str | None, ink: Theme) -> alt.Y:
    """Rows by position with the areas' names, the selected one in bold."""
    labels = base_spec.lookup({str(row.at): row.label for row in each(rows)})
    bold = rows.loc[rows["code"] == selected, "at"].tolist()
    weight: Any = 400
    if bold:
        weight = alt.condition(f"datum.value == {bold[0]}", alt.value(700), alt.value(400))
    return alt.Y(
        "at:O",
        title=None,
        sort=None,
        scale=alt.Scale(domain=rows["at"].tolist(), paddingInner=0.32, paddingOuter=0.1),
        axis=alt.Axis(labelExpr=labels, labelColor=ink.text, labelFontWeight=weight),
    )


def _norm(
    target: float | None, bars: int, indicator: Drawable, lang: Lang, theme: str
) -> list[alt.Chart]:
    """The target as a line over so many bars, its words above: it crosses no words."""
    if target is None or not bars:
        return []
    ink = base_spec.colours(theme)
    one = alt.Chart(alt.NamedData("rows")).transform_filter("datum.at === 0")
    one = one.encode(x=alt.XDatum(target))
    words = t("chart.target", lang, value=bare(target, str(indicator.unit), lang))
    rule = one.mark_rule(color=ink.norm, strokeDash=[5, 4], strokeWidth=1.3).encode(
        y=alt.YValue(-2), y2=alt.Y2Value(bars * ROW)
    )
    label = one.mark_text(baseline="bottom", color=ink.text).encode(
        y=alt.YValue(-5), text=alt.TextValue(words)
    )
    return [rule, label]
