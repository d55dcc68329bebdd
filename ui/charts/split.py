"""Women, men and unspecified as parts of a whole: who is not known is never drawn as nobody."""

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, t
from config.theme import Theme
from ui.charts import base_spec
from ui.charts.indicator_frame import ChartProblem, need
from ui.charts.look import Look
from ui.charts.titles import attendance, cohort_title, origin, two_lines
from ui.text.area_names import short_name

PARTS = ("F", "M", "U")
Row = tuple[str, str, dict[str, int], str]  # name, total in words, count of each part, source
_ROW, _TALL_ROW, _FRAME, _LINE = 56, 76, 62, 17
# Narrower parts than this keep their number for the hover card and the table.
_ROOM_FOR_COUNT, _ROOM_FOR_SHARE = 0.05, 0.27


def sex(frame: pd.DataFrame, *, lang: Lang, theme: str = "light") -> base_spec.Spec:
    """Give one 100 % bar per row: women, men, unspecified, with the total beside its name.

    `frame` is the list of cohorts (columns female, male, unspecified) or an indicator frame broken
    down by sex (`group` F, M, U; one bar per area). A source without a split is all unspecified.
    """
    counted = _from_groups(frame, lang) if "group" in frame.columns else _from_cohorts(frame, lang)
    counted = [row for row in counted if sum(row[2].values())]
    if not counted:
        return base_spec.nothing(lang=lang, theme=theme)
    rows = pd.DataFrame(
        [
            part
            for place, (label, _, split, source) in enumerate(counted)
            for part in _parts(place, label, split, lang, source)
        ]
    )
    names = [two_lines(label) for label, *_ in counted]
    height = _TALL_ROW if any("\n" in name for name in names) else _ROW
    heads = pd.DataFrame(
        [
            {
                "at": place + 0.3 - (_LINE / height if "\n" in name else 0),
                "beside": place + 0.3,
                "label": name,
                "total": total,
            }
            for place, (name, (_, total, *_)) in enumerate(zip(names, counted, strict=True))
        ]
    )
    said = t(
        "chart.split.description",
        lang,
        rows="; ".join(
            f"{label}: " + ", ".join(f"{t(f'code.sex.{p}', lang)} {split[p]}" for p in PARTS)
            for label, _, split, _ in counted
        ),
    )
    return base_spec.chart_spec(
        _chart(len(counted), lang, theme, sources=any(source for *_, source in counted)),
        Look(lang, theme),
        base_spec.Canvas(height * len(counted) + _FRAME, said),
        data={"rows": rows, "heads": heads},
    )


def _from_cohorts(frame: pd.DataFrame, lang: Lang) -> list[Row]:
    need(frame, ("female", "male", "unspecified", "attendances", "qualifier", "name_th", "number"))
    columns = dict(zip(PARTS, ("female", "male", "unspecified"), strict=True))
    rows = []
    for _, row in frame.iterrows():
        split = {p: 0 if numbers.is_missing(row[c]) else int(row[c]) for p, c in columns.items()}
        source = origin(row, lang) if "provenance" in row else ""
        rows.append((cohort_title(row, lang), attendance(row, lang), split, source))
    return rows


def _from_groups(frame: pd.DataFrame, lang: Lang) -> list[Row]:
    need(frame, ("area_code", "group", "numerator"))
    rows = []
    for code, part in frame.groupby("area_code", sort=False):
        known = {"unknown": "U", **{p: p for p in PARTS}}
        strange = sorted(set(part["group"]) - set(known))
        if strange:
            raise ChartProblem(f"groups are F, M, U or unknown; got: {strange}")
        split = dict.fromkeys(PARTS, 0)
        for group, count in zip(part["group"], part["numerator"], strict=True):
            split[known[str(group)]] += 0 if numbers.is_missing(count) else int(count)
        total = t("chart.people", lang, n=numbers.count(sum(split.values()), lang))
        rows.append((short_name(str(code), lang), total, split, ""))
    return rows


def _parts(
    place: int, label: str, split: dict[str, int], lang: Lang, source: str
) -> list[dict[str, object]]:
    total, left, parts = sum(split.values()), 0.0, []
    for part in PARTS:
        share = split[part] / total
        said = t("chart.share", lang, value=numbers.percent(100 * share))
        count = numbers.count(split[part], lang)
        tag = f"{count} ({said})" if share >= _ROOM_FOR_SHARE else count
        parts.append(
            {
                "left": left,
                "right": left + share,
                "middle": left + share / 2,
                "top": place + 0.46,
                "bottom": place + 0.9,
                "centre": place + 0.68,
                "part": part,
                "name": t(f"code.sex.{part}", lang),
                "row": label,
                **({"origin": source} if source else {}),
                "count": t("chart.people", lang, n=count),
                "share": said,
                "tag": tag if share >= _ROOM_FOR_COUNT else "",
            }
        )
        left += share
    return [part for part in parts if part["right"] != part["left"]]


def _chart(rows: int, lang: Lang, theme: str, *, sources: bool) -> base_spec.Spec:
    ink = base_spec.colours(theme)
    data, heads = alt.Chart(alt.NamedData("rows")), alt.Chart(alt.NamedData("heads"))
    y_scale = alt.Scale(domain=[rows, 0], nice=False)
    x = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y("top:Q", axis=None, scale=y_scale)
    fills = dict(zip(PARTS, (ink.female, ink.male, ink.no_data), strict=True))
    names = base_spec.lookup({p: t(f"code.sex.{p}", lang) for p in PARTS}, "datum.label")
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=list(PARTS), range=list(fills.values())),
        legend=alt.Legend(title=None, orient="top", direction="horizontal", labelExpr=names),
    )
    hover = [
        alt.Tooltip("row:N", title="title"),
        alt.Tooltip("name:N", title=t("column.sex", lang)),
        alt.Tooltip("count:N", title=t("chart.word.people", lang)),
        alt.Tooltip("share:N", title=t("column.share", lang)),
        *([alt.Tooltip("origin:N", title=t("column.origin", lang))] if sources else []),
    ]
    bars = data.mark_bar(stroke=ink.background, strokeWidth=1.5).encode(
        x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("bottom:Q"), color=colour, tooltip=hover
    )
    shades = base_spec.lookup(
        {p: base_spec.words_on(f, theme) for p, f in fills.items()}, "datum.part"
    )
    tags = data.mark_text().encode(
        x=alt.X("middle:Q"),
        y=alt.Y("centre:Q"),
        text=alt.Text("tag:N"),
        color=alt.ColorValue(alt.ExprRef(shades)),
    )
    return base_spec.layer(bars, tags, *_heads(heads, ink))


def _heads(heads: alt.Chart, ink: Theme) -> tuple[alt.Chart, alt.Chart]:
    """The name of each bar, in one line or two, and its total."""
    # The first of two lines has the width to itself; the total stands beside the last.
    room = alt.ExprRef("indexof(datum.label, '\\n') < 0 ? width - 96 : width")
    name = heads.mark_text(
        align="left", baseline="middle", lineBreak="\n", lineHeight=_LINE, limit=room
    ).encode(x=alt.XValue(0), y=alt.Y("at:Q"), text=alt.Text("label:N"))
    total = heads.mark_text(align="right", baseline="middle", color=ink.muted).encode(
        x=alt.XValue("width"), y=alt.Y("beside:Q"), text=alt.Text("total:N")
    )
    return name, total
