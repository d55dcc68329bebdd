"""How late the overdue follow-ups are: one bar per age band, the oldest in a warning colour."""

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from ui.charts import base_spec
from ui.charts.distribution import first_of
from ui.charts.indicator_frame import HIDDEN, SHOWN, Drawable, absent, cells, each, unit_name

# Overdue for more days than this needs someone today (proposed threshold of the catalogue).
LATE_AFTER_DAYS = 30
NOT_OVERDUE = "due_today"
_ROW, _FRAME = 44, 40


def bands(
    frame: pd.DataFrame,
    *,
    indicator: Drawable,
    lang: Lang,
    theme: str = "light",
    late_after: int = LATE_AFTER_DAYS,
) -> base_spec.Spec:
    """Give one horizontal bar per age band with its count and its share of all overdue.

    `frame` is an indicator frame broken down by "age_band"; the numerator is drawn. What is due
    today is due, not overdue, and has no bar. A hidden band says so in words; shares are left out
    then, since they would give the hidden number away.
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
    return base_spec.drawn(
        _chart(rows, indicator, lang, theme),
        data={"rows": rows},
        height=_ROW * len(rows) + _FRAME,
        description=said,
        theme=theme,
        lang=lang,
    )


def _rows(found: pd.DataFrame, lang: Lang, late_after: int, total: float) -> pd.DataFrame:
    whole = not (found["status"] == HIDDEN).any()
    rows = []
    for place, row in enumerate(each(found)):
        band, hidden = str(row.group), row.status == HIDDEN
        # A band without any row of a register that has others holds nothing: that is zero.
        count = None if hidden else float(row.numerator) if row.status == SHOWN else 0.0
        tag = numbers.count(int(count), lang) if count is not None else ""
        share = numbers.percent(100 * count / total) if count is not None and total else None
        if count is None:
            tag = absent(row.status, row.reason, lang)
        rows.append(
            {
                "at": place,
                "label": band_words(band, lang),
                "count": count or 0,
                "kind": "late" if first_of(band) > late_after else "recent",
                "tag": tag,
                "share": t("chart.share", lang, value=share) if share and whole else "",
                "words": t("chart.count_share", lang, n=tag, share=share)
                if share and whole
                else tag,
            }
        )
    return pd.DataFrame(rows)


def band_words(band: str, lang: Lang) -> str:
    """Give an age band in words: "8–30 วัน", "เกิน 365 วัน"."""
    if band.endswith("+"):
        return t("chart.ageing.oldest", lang, days=first_of(band) - 1)
    return t("chart.ageing.band", lang, band=band.replace("-", "–"))


def _chart(rows: pd.DataFrame, indicator: Drawable, lang: Lang, theme: str) -> base_spec.Spec:
    ink = base_spec.colours(theme)
    data = alt.Chart(alt.NamedData("rows"))
    labels = base_spec.lookup({str(row.at): row.label for row in each(rows)})
    y = alt.Y(
        "at:O",
        title=None,
        sort=None,
        scale=alt.Scale(paddingInner=0.35, paddingOuter=0.15),
        axis=alt.Axis(labelExpr=labels, labelColor=ink.text),
    )
    x = alt.X("count:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False))
    colour = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=["recent", "late"], range=[ink.accent, ink.diverging[5]]),
    )
    hover = [
        alt.Tooltip("label:N", title="title"),
        alt.Tooltip("tag:N", title=_unit(indicator, lang)),
        alt.Tooltip("share:N", title=t("column.share", lang)),
    ]
    bars = data.mark_bar(cornerRadiusEnd=2).encode(x=x, y=y, color=colour, tooltip=hover)
    tags = data.mark_text(align="left", dx=8).encode(
        x=x, y=y, text=alt.Text("words:N"), tooltip=hover
    )
    return base_spec.layered(bars, tags)


def _unit(indicator: Drawable, lang: Lang) -> str:
    """The unit of the numbers drawn: what is counted, where the value is a share."""
    counted = getattr(indicator, "counted", "")
    return t(f"unit.{counted}", lang) if counted else unit_name(indicator, lang)
