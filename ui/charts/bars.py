"""Ranked bars: every area once, the norm as a line, and words where there is no number."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from config.i18n import Lang, t
from config.theme import Theme
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
    told,
    unit_name,
)
from ui.text.area_names import name_with_province, short_name

ROW = 26
_FRAME = 56
_TAG = 58
ON_TARGET, OFF_TARGET, NO_TARGET = "on", "off", "plain"


def ranked(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    lang: Lang,
    theme: str = "light",
    target: float | None = None,
    limit: int | None = None,
    selected: str | None = None,
    names: Mapping[str, str] | None = None,
    ordered: bool = False,
) -> base_spec.Spec:
    """Give horizontal bars, those that need attention first, areas without a number last in words.

    `frame` is an indicator frame with one row per area, or per group where `names` gives the words
    of group codes. With `limit` only so many bars are drawn. `selected` is set in bold. Which side
    of `target` is good comes from the indicator's direction; a neutral one has no side. `ordered`
    rows are drawn in the order of the frame.
    """
    found = cells(frame, ("area_code", "group"))
    if found.empty:
        return base_spec.nothing(lang=lang, theme=theme)
    in_order = found if ordered else _in_order(found, indicator)
    rows = _rows(in_order, indicator, lang, target, names)
    if limit is not None:
        rows = rows.head(limit)
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
    for place, row in enumerate(each(found)):
        code = str(row.area_code)
        rows.append(
            {
                "at": place,
                "code": str(row.group) if names else code,
                "label": names[str(row.group)] if names else _label(code, lang),
                "value": row.value,
                "status": row.status,
                "side": side(row.value, indicator, target),
                "tag": bare(row.value, str(indicator.unit), lang),
                "told": told(row, indicator, lang),
                "n": parts(row, lang),
            }
        )
    return pd.DataFrame(rows).astype({"value": "Float64"})


def _label(code: str, lang: Lang) -> str:
    if registers.level_of(code) == "district":
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
    fills = [ink.accent, ink.diverging[5], ink.accent]
    colour = alt.Color("side:N", legend=None, scale=alt.Scale(domain=sides, range=fills))
    hover = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("told:N", title=t("chart.word.value", lang)),
        alt.Tooltip("n:N", title=t("chart.word.n", lang)),
    ]
    shown, absent = alt.Chart(alt.NamedData("shown")), alt.Chart(alt.NamedData("absent"))
    bars = shown.mark_bar(cornerRadiusEnd=2).encode(x=x, y=y, color=colour, tooltip=hover)
    # Numbers stand in a column of their own at the right, aligned, clear of bars and norm.
    tags = shown.mark_text(align="right", dx=_TAG, fontWeight=600).encode(
        x=alt.XValue("width"), y=y, text=alt.Text("tag:N")
    )
    words = absent.mark_text(align="left", dx=2, color=ink.muted).encode(
        x=alt.XValue(0), y=y, text=alt.Text("told:N"), tooltip=hover
    )
    zeros = _zeros(shown, y, ink) if (rows["value"] == 0).any() else []
    return base_spec.layered(bars, *zeros, tags, words, *_norm(target, indicator, lang, theme))


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


def _norm(target: float | None, indicator: Drawable, lang: Lang, theme: str) -> list[alt.Chart]:
    if target is None:
        return []
    ink = base_spec.colours(theme)
    one = alt.Chart(alt.NamedData("rows")).transform_filter("datum.at === 0")
    one = one.encode(x=alt.XDatum(target))
    words = t("chart.target", lang, value=bare(target, str(indicator.unit), lang))
    rule = one.mark_rule(color=ink.norm, strokeDash=[5, 4], strokeWidth=1.3)
    label = one.mark_text(baseline="bottom", color=ink.text).encode(
        y=alt.YValue(-5), text=alt.TextValue(words)
    )
    return [rule, label]
