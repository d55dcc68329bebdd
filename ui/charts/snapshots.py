"""Counts published or taken on single days: columns that stand apart, with a break between them.

Two counts from two documents are two facts, not a trend: no line ever joins them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from ui.charts import base_spec
from ui.charts.look import Look


@dataclass(frozen=True)
class Snapshot:
    """One count: when, how many, said how ("exact", "more_than", "about"), and by whom."""

    when: str
    count: int
    qualifier: str
    source: str
    own: bool = False


def columns(
    counts: Sequence[Snapshot], *, lang: Lang, theme: str = "light", height: int = 280
) -> base_spec.Spec:
    """Give one column per snapshot in order of time, with a break mark between each two.

    Columns counted from our own register have the accent colour, published ones another.
    """
    if not counts:
        return base_spec.nothing(lang=lang, theme=theme, height=height)
    rows = pd.DataFrame([_row(place, one, lang) for place, one in enumerate(counts)])
    breaks = pd.DataFrame({"at": [n + 0.5 for n in range(len(counts) - 1)]}, dtype="float64")
    said = t(
        "chart.snapshots.description",
        lang,
        rows="; ".join(f"{one.when} {row['tag']} ({one.source})" for one, (_, row) in
                       zip(counts, rows.iterrows(), strict=True)),
    )  # fmt: skip
    return base_spec.chart_spec(
        _chart(counts, rows, base_spec.colours(theme), lang),
        Look(lang, theme),
        base_spec.Canvas(height, said),
        data={"rows": rows, "breaks": breaks},
    )


def count_text(one: Snapshot, lang: Lang) -> str:
    """Give the count with its word: "133,253", "กว่า 400"."""
    bare = numbers.count(one.count, lang)
    key = {"more_than": "note.more_than", "about": "note.about"}.get(one.qualifier)
    return t(key, lang, value=bare) if key else bare


def _row(place: int, one: Snapshot, lang: Lang) -> dict[str, object]:
    return {
        "at": place,
        "left": place - 0.3,
        "right": place + 0.3,
        "zero": 0,
        "count": one.count,
        "tag": count_text(one, lang),
        "told": t("chart.people", lang, n=count_text(one, lang)),
        "when": one.when,
        "source": one.source,
        "kind": "own" if one.own else "published",
    }


def _chart(
    counts: Sequence[Snapshot], rows: pd.DataFrame, ink: Theme, lang: Lang
) -> base_spec.Layers:
    data = alt.Chart(alt.NamedData("rows"))
    labels = [f"{one.when}\n{t(_kind(one), lang)}" for one in counts]
    x = alt.X(
        "left:Q",
        title=None,
        scale=alt.Scale(domain=[-0.5, len(counts) - 0.5], nice=False),
        axis=alt.Axis(
            values=rows["at"].tolist(),
            labelExpr=base_spec.label_by_position(labels),
            labelColor=ink.text,
            grid=False,
        ),
    )
    most = float(rows["count"].max())
    y = alt.Y("count:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.2], nice=False))
    bars = data.mark_bar(cornerRadiusEnd=2).encode(
        x=x,
        x2=alt.X2("right:Q"),
        y=y,
        y2=alt.Y2("zero:Q"),
        color=alt.Color(
            "kind:N",
            legend=None,
            scale=alt.Scale(domain=["published", "own"], range=[ink.muted, ink.accent]),
        ),
        tooltip=[
            alt.Tooltip("when:N", title="title"),
            alt.Tooltip("told:N", title=t("chart.word.people", lang)),
            alt.Tooltip("source:N", title=t("chart.snapshots.source", lang)),
        ],
    )
    tags = data.mark_text(dy=-11, fontWeight=600, fontSize=base_spec.LABEL + 2).encode(
        x=alt.X("at:Q"), y=y, text=alt.Text("tag:N")
    )
    return alt.layer(bars, tags, *_breaks(ink, lang))


def _breaks(ink: Theme, lang: Lang) -> list[alt.Chart]:
    gaps = alt.Chart(alt.NamedData("breaks"))
    rule = gaps.mark_rule(color=ink.muted, strokeDash=[3, 4]).encode(
        x=alt.X("at:Q"), y=alt.value(22), y2=alt.value("height")
    )
    # The sign of a broken axis, on the ground line, where a trend would have to pass.
    sign = gaps.mark_text(
        fontSize=base_spec.LABEL + 5, fontWeight=700, color=ink.text, dy=-1
    ).encode(x=alt.X("at:Q"), y=alt.value("height"), text=alt.value("//"))
    words = gaps.mark_text(baseline="top", color=ink.muted, lineBreak="\n").encode(
        x=alt.X("at:Q"), y=alt.value(0), text=alt.value(t("chart.snapshots.break", lang))
    )
    return [rule, sign, words]


def _kind(one: Snapshot) -> str:
    return "chart.snapshots.own" if one.own else "chart.snapshots.published"
