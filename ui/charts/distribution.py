"""How families are spread over case managers: bands as columns, zero apart, the norm between."""

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.thresholds import whole
from ui.charts import base_spec
from ui.charts.indicator_frame import ChartProblem, each, need
from ui.charts.look import Look

_EMPTY, _WITHIN, _OVER = "empty", "within", "over"


def load_bands(
    frame: pd.DataFrame,
    *,
    lang: Lang,
    theme: str = "light",
    norm: int | None = None,
    height: int = 300,
) -> base_spec.Spec:
    """Give columns of case managers by families held, with the norm drawn where it lies.

    `frame` has one row per band: `band` ("0", "1-5" … "21+"), `case_managers`. A norm must lie on
    the edge of a band, else the colour of that band would be wrong; it is that of thresholds.toml
    unless given.
    """
    norm = whole("caseload_norm") if norm is None else norm
    need(frame, ("band", "case_managers"))
    total = int(frame["case_managers"].sum()) if len(frame) else 0
    if not total:
        return base_spec.nothing(lang=lang, theme=theme, height=height)
    rows = _rows(frame, lang, norm, total)
    over = int(rows.loc[rows["kind"] == _OVER, "count"].sum())
    said = t(
        "chart.load_bands.description",
        lang,
        total=numbers.count(total, lang),
        over=numbers.count(over, lang),
        share=numbers.percent(100 * over / total),
        norm=norm,
        bands="; ".join(f"{row.label}: {row.tag}" for row in each(rows)),
    )
    return base_spec.chart_spec(
        _chart(rows, lang, theme, norm),
        Look(lang, theme),
        base_spec.Canvas(height, said, 20),
        data={"rows": rows},
    )


def first_of(band: str) -> int:
    """Give the least number in a band: 11 for "11-15", 21 for "21+"."""
    digits = band.split("-")[0].rstrip("+")
    if not digits.isdigit():
        raise ChartProblem(f'a band is written like "0", "1-5" or "21+"; got: {band!r}')
    return int(digits)


def _rows(frame: pd.DataFrame, lang: Lang, norm: int, total: int) -> pd.DataFrame:
    rows = []
    ordered = frame.sort_values("band", key=lambda bands: bands.map(first_of))
    for place, row in enumerate(each(ordered)):
        band, held = str(row.band), int(row.case_managers)
        first = first_of(band)
        last = float("inf") if band.endswith("+") else int(band.split("-")[-1])
        if first <= norm < last:
            raise ChartProblem(f"the norm must end a band; got: norm {norm}, band {band!r}")
        kind = _EMPTY if first == 0 else _OVER if first > norm else _WITHIN
        rows.append(
            {
                "at": place,
                "left": place - 0.4,
                "right": place + 0.4,
                "zero": 0,
                "label": band.replace("-", "–"),
                "kind": kind,
                "count": held,
                "tag": numbers.count(held, lang),
                "told": numbers.value(held, "case_managers", lang, "words"),
                "share": t("chart.share", lang, value=numbers.percent(100 * held / total)),
                "whole": t("chart.load_bands.band", lang, band=band.replace("-", "–")),
            }
        )
    return pd.DataFrame(rows)


def _chart(rows: pd.DataFrame, lang: Lang, theme: str, norm: int) -> base_spec.Spec:
    ink = base_spec.colours(theme)
    data = alt.Chart(alt.NamedData("rows"))
    most = float(rows["count"].max())
    x = alt.X(
        "left:Q",
        title=t("chart.load_bands.axis", lang),
        scale=alt.Scale(domain=[-0.5, len(rows) - 0.5], nice=False),
        axis=alt.Axis(
            values=rows["at"].tolist(),
            labelExpr=base_spec.label_by_position(rows["label"].tolist()),
            labelColor=ink.text,
            grid=False,
            titlePadding=10,
        ),
    )
    # Two lines of words stand on the tallest column.
    y = alt.Y("count:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.32], nice=False))
    colour = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=[_EMPTY, _WITHIN, _OVER], range=[ink.muted, ink.accent, ink.worse]),
    )
    hover = [
        alt.Tooltip("whole:N", title="title"),
        alt.Tooltip("told:N", title=t("chart.word.number", lang)),
        alt.Tooltip("share:N", title=t("column.share", lang)),
    ]
    columns = data.mark_bar(cornerRadiusEnd=2).encode(
        x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("zero:Q"), color=colour, tooltip=hover
    )
    middle = alt.X("at:Q")
    counts = data.mark_text(dy=-26, fontWeight=600, fontSize=base_spec.LABEL + 2).encode(
        x=middle, y=y, text=alt.Text("tag:N")
    )
    shares = data.mark_text(dy=-9, color=ink.muted).encode(x=middle, y=y, text=alt.Text("share:N"))
    return base_spec.layer(columns, counts, shares, *_norm(rows, lang, theme, norm))


def _norm(rows: pd.DataFrame, lang: Lang, theme: str, norm: int) -> list[alt.Chart]:
    over = rows.loc[rows["kind"] == _OVER, "at"]
    if over.empty:
        return []
    ink = base_spec.colours(theme)
    one = alt.Chart(alt.NamedData("rows")).transform_filter("datum.at === 0")
    one = one.encode(x=alt.XDatum(float(over.iloc[0]) - 0.5))
    rule = one.mark_rule(color=ink.norm, strokeDash=[5, 4], strokeWidth=1.3)
    label = one.mark_text(align="left", dx=8, baseline="top", color=ink.text).encode(
        y=alt.YValue(0), text=alt.TextValue(t("chart.load_bands.norm", lang, norm=norm))
    )
    return [rule, label]
