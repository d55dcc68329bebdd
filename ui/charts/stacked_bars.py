"""Parts of a whole: 100 % bars with a line of words above each (over time: `ui.charts.columns`).

A part that is hidden is never left out of the picture: what the shown parts leave of the whole is
drawn in the grey of what is hidden. A colour says nothing alone: legend and number name each part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from ui.charts import base_spec
from ui.charts.base_spec import words_on
from ui.charts.look import Look

HIDDEN = "hidden"
_ROW, _FRAME = 56, 58
# Narrower parts than this keep their number for the hover card and the table.
_ROOM_FOR_SHARE, _ROOM_FOR_TAG = 0.05, 42
_LETTER = 6.6  # pixels, about one letter of a note
_SYMBOL = 38  # pixels of a legend entry beside its word


@dataclass(frozen=True)
class Part:
    """One kind of part: its code, its words, and its tone (a key of `tones`)."""

    code: str
    word: str
    tone: str


@dataclass(frozen=True)
class Bar:
    """One whole: its name, a note beside it, and the count of each part; None where hidden.

    `whole` is the sum of all parts, hidden ones included; None where nothing may be shown, and
    `reason` then tells why.
    """

    label: str
    note: str
    whole: int | None
    parts: Mapping[str, int | None]
    reason: str = ""


def tones(ink: Theme) -> dict[str, str]:
    """Give the colours that a part may have, by what it stands for.

    "better", "same" and "worse" are verdicts; "main" and "first" to "fourth" say nothing of that.
    """
    first, second, third, fourth = ink.parts
    return {
        "better": ink.better,
        "same": ink.diverging[3],
        "worse": ink.worse,
        "main": ink.accent,
        "first": first,
        "second": second,
        "third": third,
        "fourth": fourth,
        "rest": ink.grid,
    }


def shares(
    bars: Sequence[Bar],
    parts: Sequence[Part],
    *,
    lang: Lang,
    theme: str = "light",
    legend: bool = True,
    unit: str = "items",
) -> base_spec.Spec:
    """Give one 100 % bar per whole, its name and note above it, and the share inside each part.

    The tone "rest" is what is left over and gets no number. `unit` is what the parts count.
    """
    if not any(bar.whole for bar in bars) and not any(bar.reason for bar in bars):
        return base_spec.nothing(lang=lang, theme=theme)
    rows = pd.DataFrame(
        [row for place, bar in enumerate(bars) for row in _pieces(place, bar, parts, unit, lang)],
        columns=_PIECE,
    )
    heads = pd.DataFrame(
        [
            {"at": n + 0.24, "low": n + 0.7, "label": b.label, "note": b.note, "said": b.reason}
            for n, b in enumerate(bars)
        ]
    )
    ink = base_spec.colours(theme)
    drawn = [*parts, Part(HIDDEN, t("status.hidden", lang), "rest")]
    present = [part for part in drawn if part.code in set(rows["part"])]
    return base_spec.chart_spec(
        _bars(bars, present, ink, legend, lang),
        Look(lang, theme),
        base_spec.Canvas(
            # On a phone a legend of many parts takes a second line.
            _ROW * len(bars) + (24 if not legend else _FRAME + 26 * (len(present) > 3)),
            description(bars, parts, lang),
        ),
        data={"rows": rows, "heads": heads},
    )


_PIECE = [
    "left", "right", "middle", "top", "bottom", "centre", "part", "name", "row", "count", "share",
    "tag",
]  # fmt: skip


def _pieces(
    place: int, bar: Bar, parts: Sequence[Part], unit: str, lang: Lang
) -> list[tuple[float | str, ...]]:
    if not bar.whole:
        return []
    known = [(part, bar.parts.get(part.code)) for part in parts]
    counted = [(part, count) for part, count in known if count]
    rest = bar.whole - sum(count for _, count in counted)
    if rest and any(count is None for _, count in known):
        counted.append((Part(HIDDEN, t("status.hidden", lang), "rest"), rest))
    pieces: list[tuple[float | str, ...]] = []
    left = 0.0
    for part, count in counted:
        share = count / bar.whole
        said = t("chart.share", lang, value=numbers.percent(100 * share))
        hidden = part.code == HIDDEN
        tag = said if share >= _ROOM_FOR_SHARE and part.tone != "rest" else ""
        told = t("status.hidden", lang) if hidden else numbers.value(count, unit, lang, "words")
        middle = left + share / 2
        pieces.append(
            (left, left + share, middle, place + 0.5, place + 0.92, place + 0.71, part.code,
             part.word, bar.label, told, numbers.MISSING if hidden else said, tag)
        )  # fmt: skip
        left += share
    return pieces


def description(bars: Sequence[Bar], parts: Sequence[Part], lang: Lang) -> str:
    """Give what a screen reader says of the bars and their parts."""
    rows = "; ".join(_bar_description(bar, parts, lang) for bar in bars)
    return t("chart.parts.description", lang, rows=rows)


def _bar_description(bar: Bar, parts: Sequence[Part], lang: Lang) -> str:
    if not bar.whole:
        return f"{bar.label}: {bar.reason or t('status.no_data', lang)}"
    known = [(part.word, bar.parts.get(part.code)) for part in parts]
    words = [
        f"{word} {t('status.hidden', lang) if count is None else numbers.count(count, lang)}"
        for word, count in known
    ]
    note = f" ({bar.note})" if bar.note else ""
    return f"{bar.label}{note}: {', '.join(words)}"


def _fills(present: Sequence[Part], ink: Theme) -> dict[str, str]:
    return {p.code: ink.hidden if p.code == HIDDEN else tones(ink)[p.tone] for p in present}


def _part_fills(present: Sequence[Part], ink: Theme) -> list[Any]:
    """The fills of the parts, stripes for what is hidden."""
    stripes = alt.ExprRef(base_spec.stripes(ink.hidden, ink.hidden_hatch)["expr"])
    return [stripes if c == HIDDEN else fill for c, fill in _fills(present, ink).items()]


def part_colour(present: Sequence[Part], ink: Theme, legend: bool) -> alt.Color:
    """Give the colours of the parts with their legend, which takes two columns where it is long."""
    names = base_spec.lookup({part.code: part.word for part in present}, "datum.label")
    one_row = sum(len(part.word) * _LETTER + _SYMBOL for part in present)
    shown = alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        labelExpr=names,
        columns=alt.ExprRef(f"width > {one_row:.0f} ? 0 : 2"),
    )
    return alt.Color(
        "part:N",
        scale=alt.Scale(domain=[part.code for part in present], range=_part_fills(present, ink)),
        legend=shown if legend else None,
    )


def part_card(lang: Lang) -> list[alt.Tooltip]:
    """Give the lines of the hover card of one part."""
    return [
        alt.Tooltip("row:N", title="title"),
        alt.Tooltip("name:N", title=t("chart.word.part", lang)),
        alt.Tooltip("count:N", title=t("chart.word.number", lang)),
        alt.Tooltip("share:N", title=t("column.share", lang)),
    ]


def _bars(
    bars: Sequence[Bar], present: Sequence[Part], ink: Theme, legend: bool, lang: Lang
) -> base_spec.Layers:
    data, heads = alt.Chart(alt.NamedData("rows")), alt.Chart(alt.NamedData("heads"))
    scale = alt.Scale(domain=[len(bars), 0], nice=False)
    x = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    drawn = data.mark_bar(stroke=ink.background, strokeWidth=1.5).encode(
        x=x,
        x2=alt.X2("right:Q"),
        y=alt.Y("top:Q", axis=None, scale=scale),
        y2=alt.Y2("bottom:Q"),
        color=part_colour(present, ink, legend),
        tooltip=part_card(lang),
    )
    shades = {code: words_on(fill, ink.name) for code, fill in _fills(present, ink).items()}
    tags = data.mark_text(fontWeight=600).encode(
        x=alt.X("middle:Q"),
        y=alt.Y("centre:Q"),
        text=alt.Text("tag:N"),
        color=alt.value(alt.ExprRef(base_spec.lookup(shades or {"": ink.text}, "datum.part"))),
        opacity=alt.value(
            alt.ExprRef(f"(datum.right - datum.left) * width > {_ROOM_FOR_TAG} ? 1 : 0")
        ),
    )
    room = round(max((len(bar.note) for bar in bars), default=0) * _LETTER)
    name = heads.mark_text(
        align="left", fontWeight=500, limit=alt.ExprRef(f"max(80, width - {room})")
    ).encode(x=alt.value(0), y=alt.Y("at:Q"), text=alt.Text("label:N"))
    note = heads.mark_text(align="right", color=ink.muted).encode(
        x=alt.value("width"), y=alt.Y("at:Q"), text=alt.Text("note:N")
    )
    why = heads.mark_text(align="left", color=ink.muted).encode(
        x=alt.value(0), y=alt.Y("low:Q"), text=alt.Text("said:N")
    )
    return alt.layer(drawn, tags, name, note, why)
