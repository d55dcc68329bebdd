"""How late the overdue follow-ups are: one bar per age band, deeper in colour where it is late."""

from typing import Any

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from ui.charts import base_spec
from ui.charts.distribution import first_of
from ui.charts.indicator_frame import HIDDEN, SHOWN, absent, cells, each
from ui.charts.look import Look

# Overdue for more days than this needs someone today. Only proposed, so it is no verdict: the
# colour is a deeper one of the same hue.
LATE_AFTER_DAYS = 30
NOT_OVERDUE = "due_today"
UNIT = "items"
_ROW, _FRAME = 44, 40
_FIELD = 46  # pixels


def bands(
    frame: pd.DataFrame,
    *,
    lang: Lang,
    theme: str = "light",
    late_after: int = LATE_AFTER_DAYS,
) -> base_spec.Spec:
    """Give one horizontal bar per age band with its count and its share of all overdue.

    `frame` is an indicator frame broken down by "age_band"; the numerator is drawn. What is due
    today is due, not overdue, and has no bar. A hidden band is a striped field and says so; shares
    are left out then, since they would give the hidden number away. A band with nothing in it is 0.
    """
    found = cells(frame, ("group",))
    found = found[found["group"] != NOT_OVERDUE]
    found = found.sort_values("group", key=lambda groups: groups.map(first_of))
    total = found["numerator"].sum()
    if found.empty or (not total and not (found["status"] == HIDDEN).any()):
        return base_spec.nothing(lang=lang, theme=theme)
    rows = _rows(found, lang, late_after, float(total))
    said = t(
        "chart.ageing.description",
        lang,
        bands="; ".join(f"{row.label}: {row.tag}" for row in each(rows)),
    )
    return base_spec.chart_spec(
        _chart(rows, lang, theme),
        Look(lang, theme),
        base_spec.Canvas(_ROW * len(rows) + _FRAME, said),
        data={"rows": rows, "hidden": rows[rows["status"] == HIDDEN]},
    )


def _rows(frame: pd.DataFrame, lang: Lang, late_after: int, total: float) -> pd.DataFrame:
    whole = not (frame["status"] == HIDDEN).any()
    rows = []
    for place, row in enumerate(each(frame)):
        band = str(row.group)
        count = _count(row)
        share = numbers.percent(100 * count / total) if count is not None and total else None
        if count is None:
            tag = absent(row.status, row.reason, lang)
        else:
            tag = numbers.value(count, UNIT, lang, "words")
        rows.append(
            {
                "at": place,
                "label": band_words(band, lang),
                "count": count,
                "status": row.status if count is None else SHOWN,
                "kind": "late" if first_of(band) > late_after else "recent",
                "tag": tag,
                "share": t("chart.share", lang, value=share) if share and whole else "",
                "words": t("chart.count_share", lang, n=tag, share=share)
                if share and whole
                else tag,
            }
        )
    return pd.DataFrame(rows).astype({"count": "Float64"})


def band_words(band: str, lang: Lang) -> str:
    """Give an age band in words: "8–30 วัน", "เกิน 365 วัน"."""
    if band.endswith("+"):
        return t("chart.ageing.oldest", lang, days=first_of(band) - 1)
    return t("chart.ageing.band", lang, band=band.replace("-", "–"))


def _count(row: Any) -> int | None:
    """The follow-ups of a band; None where they may not be shown.

    A band without any row of a register that has others holds nothing: that is zero.
    """
    if row.status == SHOWN:
        return int(row.numerator)
    return None if row.status == HIDDEN else 0


def _chart(rows: pd.DataFrame, lang: Lang, theme: str) -> base_spec.Spec:
    ink = base_spec.colours(theme)
    data = alt.Chart(alt.NamedData("rows"))
    labels = base_spec.lookup({str(row.at): row.label for row in each(rows)})
    y = alt.Y(
        "at:O",
        title=None,
        sort=None,
        scale=alt.Scale(domain=rows["at"].tolist(), paddingInner=0.35, paddingOuter=0.15),
        axis=alt.Axis(labelExpr=labels, labelColor=ink.text),
    )
    most = float(rows["count"].fillna(0).max())
    x = alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, most or 1.0], nice=False))
    colour = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=["recent", "late"], range=[ink.sequential[3], ink.accent_strong]),
    )
    hover = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("tag:N", title=t("chart.ageing.overdue", lang)),
        *([alt.Tooltip("share:N", title=t("column.share", lang))] if rows["share"].any() else []),
    ]
    bars = data.mark_bar(cornerRadiusEnd=2).encode(x=x, y=y, color=colour, tooltip=hover)
    shown = data.transform_filter("isValid(datum.count)")
    tags = shown.mark_text(align="left", dx=8).encode(
        x=x, y=y, text=alt.Text("words:N"), tooltip=hover
    )
    unknown = data.transform_filter("!isValid(datum.count)")
    said = unknown.mark_text(
        align="left", dx=_FIELD + 8, color=ink.muted, limit=alt.ExprRef(f"width - {_FIELD + 8}")
    ).encode(x=alt.XValue(0), y=y, text=alt.Text("words:N"), tooltip=hover[:2])
    return base_spec.layer(bars, tags, said, _field(y, hover[:2], ink))


def _field(y: alt.Y, hover: list[alt.Tooltip], ink: Theme) -> alt.Chart:
    """What stands for a hidden number: stripes of a fixed length, which says nothing of it.

    No picture for a screen reader, which hears the words beside it; without a hidden band it would
    be a picture without a name.
    """
    hidden = alt.Chart(alt.NamedData("hidden"))
    mark = hidden.mark_bar(stroke=ink.hidden_hatch, strokeWidth=0.6, aria=False)
    stripes = alt.ExprRef(base_spec.stripes(ink.hidden, ink.hidden_hatch)["expr"])
    return mark.encode(
        x=alt.XValue(0), x2=alt.X2Value(_FIELD), y=y, color=alt.ColorValue(stripes), tooltip=hover
    )
