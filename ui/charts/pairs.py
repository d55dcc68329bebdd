"""Two counts side by side for each of several things, such as skills gained and skills wanted.

Never one less the other: who gained a skill may still want more of it.
"""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from ui.charts import base_spec
from ui.charts.indicator_frame import each
from ui.charts.look import Look
from ui.charts.titles import width_of

_ROW, _FRAME = 46, 84
# Longer names than this stand above their bars: beside them they would leave no room for either.
_LONGEST_BESIDE, _TALL_ROW = 34, 68


def side_by_side(
    frame: pd.DataFrame,
    *,
    series: Sequence[tuple[str, str]],
    lang: Lang,
    theme: str = "light",
    limit: int = 12,
    units: Mapping[str, str] | None = None,
) -> base_spec.Spec:
    """Give two thin bars per row, those with most first; the number stands at each bar's end.

    Both series count people unless `units` says otherwise for a column.

    `frame` has a column `label` and one column of counts per series; `series` are pairs of column
    and name in words, two at most. An empty count is no bar and a dash, not zero.
    """
    found = frame.copy()
    names, counted = [column for column, _ in series], units or {}
    found["most"] = found[names].fillna(0).max(axis=1)
    found = found.sort_values("most", ascending=False, kind="stable").head(limit)
    if found.empty:
        return base_spec.nothing(lang=lang, theme=theme)
    rows = pd.DataFrame(
        {
            "at": place,
            "label": str(row.label),
            "series": name,
            "count": _number(getattr(row, column)),
            "tag": _tag(getattr(row, column), lang),
            "told": _value_text(getattr(row, column), counted.get(column, "people"), lang),
        }
        for place, row in enumerate(each(found))
        for column, name in series
    )
    said = "; ".join(f"{row.label} {row.series} {row.tag}" for row in each(rows))
    rows = rows.astype({"count": "Float64"})
    return base_spec.chart_spec(
        _chart(rows, [name for _, name in series], theme, lang),
        Look(lang, theme),
        base_spec.Canvas((_TALL_ROW if _above(rows) else _ROW) * len(found) + _FRAME, said),
        data={"rows": rows},
    )


def _above(rows: pd.DataFrame) -> bool:
    return max(map(width_of, rows["label"]), default=0) > _LONGEST_BESIDE


def _chart(rows: pd.DataFrame, names: list[str], theme: str, lang: Lang) -> base_spec.Layers:
    ink = base_spec.colours(theme)
    data = alt.Chart(alt.NamedData("rows"))
    labels = base_spec.lookup({str(row.at): row.label for row in each(rows)})
    above = _above(rows)
    scale = alt.Scale(
        domain=rows["at"].drop_duplicates().tolist(),
        paddingInner=0.45 if above else 0.3,
        paddingOuter=0.4 if above else 0.1,
    )
    axis = None if above else alt.Axis(labelExpr=labels, labelColor=ink.text)
    y = alt.Y("at:O", title=None, sort=None, scale=scale, axis=axis)
    offset = alt.YOffset("series:N", sort=names)
    x = alt.X("count:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False))
    colour = alt.Color(
        "series:N",
        title=None,
        sort=names,
        scale=alt.Scale(domain=names, range=[ink.accent, ink.parts[2]][: len(names)]),
        legend=alt.Legend(orient="top", direction="vertical") if len(names) > 1 else None,
    )
    hover = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("series:N", title=t("chart.word.series", lang)),
        alt.Tooltip("told:N", title=t("chart.word.number", lang)),
    ]
    bars = data.mark_bar(cornerRadiusEnd=2).encode(
        x=x, y=y, yOffset=offset, color=colour, tooltip=hover
    )
    shown = data.transform_filter("isValid(datum.count)")
    tags = shown.mark_text(align="left", dx=6).encode(
        x=x, y=y, yOffset=offset, text=alt.Text("tag:N")
    )
    unknown = data.transform_filter("!isValid(datum.count)")
    dashes = unknown.mark_text(align="left", dx=6, color=ink.muted).encode(
        x=alt.value(0), y=y, yOffset=offset, text=alt.Text("tag:N")
    )
    return alt.layer(bars, tags, dashes, *([_heads(data, names[0], scale)] if above else []))


def _heads(data: alt.Chart, first: str, scale: alt.Scale) -> alt.Chart:
    """The names above their bars, each once."""
    y = alt.Y("at:O", title=None, sort=None, scale=scale, axis=None, bandPosition=0)
    above = data.transform_filter(alt.datum.series == first).mark_text(
        align="left", baseline="bottom", dy=-4, limit=alt.ExprRef("width")
    )
    return above.encode(x=alt.value(0), y=y, text=alt.Text("label:N"))


def _number(cell: object) -> float | None:
    return None if numbers.is_missing(cell) else float(str(cell))


def _tag(cell: object, lang: Lang) -> str:
    found = _number(cell)
    return t("answer.unknown", lang) if found is None else numbers.count(int(found), lang)


def _value_text(cell: object, unit: str, lang: Lang) -> str:
    found = _number(cell)
    if found is None:
        return t("answer.unknown", lang)
    return numbers.value(int(found), unit, lang, "words")
