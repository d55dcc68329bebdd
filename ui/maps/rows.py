"""The rows of a map: one per area, codes and plain numbers only.

Words that repeat (units, reasons, "rank 3 of 75") are put together in the browser from one
expression, so that 928 districts stay under the weight allowed for a filter change.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from config import numbers
from config.i18n import Lang, has, t
from data_access import merged_figures
from data_access.statistics.intervals import Rank
from geo.classify import Classes
from ui.charts import base_spec
from ui.charts.base_spec import literal
from ui.charts.indicator_frame import (
    SHOWN,
    Drawable,
    bare,
    each,
    parts,
    parts_title,
    value_title,
)
from ui.charts.spark import box_of, path_of
from ui.maps.base_map import Annotations
from ui.maps.classes import class_code
from ui.text.area_names import name_with_province, short_name

_CLOSE = "'/></svg>"
# What is a number in the rows of any map; everything else is a word.
NUMBERS = (
    "rank",
    "low",
    "high",
    "px",
    "py",
    "wide",
    "room",
    "named",
    "own",
    "size",
    "dx",
    "dy",
    "col",
    "row",
)
# `m` and `mx`: the group of districts or the province around a hidden district, and its figure.
COLUMNS = (
    *("code", "name", "k", "x", "n", "rank", "low", "high", "why", "q", "m", "mx", "stale", "line"),
)


def rows(
    cells: pd.DataFrame,
    indicator: Drawable,
    classes: Classes,
    ranks: Mapping[str, Rank],
    lang: Lang,
    notes: Annotations,
) -> pd.DataFrame:
    """Give one row per area, drawn in this order: class, written value, n, rank, reason."""
    area_rows = []
    one_home = cells["area_code"].str[:2].nunique() == 1
    for row in each(cells):
        code = str(row.area_code)
        rank = ranks.get(code)
        shown = row.status == SHOWN
        area_rows.append(
            {
                "code": code,
                "name": short_name(code, lang) if one_home else name_with_province(code, lang),
                "k": class_code(row, classes),
                "x": bare(row.value, str(indicator.unit), lang) if shown else "",
                "n": parts(row, lang) if shown else "",
                "rank": rank.place if rank else "",
                "low": rank.low if rank else "",
                "high": rank.high if rank else "",
                "why": "" if shown else row.reason,
                "q": row.qualifier if row.qualifier not in ("", "exact") else "",
                "m": (around := str(getattr(row, "merged_area", "") or "")),
                "mx": merged_figures.figure(row, str(indicator.unit), lang) if around else "",
                "stale": 1 if code in notes.stale else "",
                "line": (notes.trends or {}).get(code, ""),
            }
        )
    return pd.DataFrame(area_rows, columns=list(COLUMNS))


def as_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows as objects for JSON, columns that are empty throughout left out.

    A number that is not there is left out of its row. Words stay: what is not there is no empty
    word.
    """
    kept = [c for c in frame.columns if c in ("code", "k") or (frame[c].astype(str) != "").any()]
    return [
        {
            name: _plain(cell)
            for name, cell in zip(kept, row, strict=True)
            if name not in NUMBERS or not (cell == "" or numbers.is_missing(cell))
        }
        for row in frame[kept].itertuples(index=False, name=None)
    ]


def _plain(cell: Any) -> Any:
    """A cell as JSON has it: a whole number without a point, a word as it is."""
    if numbers.is_missing(cell):
        return ""
    if isinstance(cell, str | int):
        return cell
    number = float(cell)
    return int(number) if number.is_integer() else number


def hover(
    frame: pd.DataFrame,
    indicator: Drawable,
    lang: Lang,
    *,
    base: int | None,
    target: float | None,
    theme: str,
) -> tuple[dict[str, str], list[alt.Tooltip]]:
    """Give the calculated fields and the lines of the hover card."""
    has_columns = {c for c in COLUMNS if (frame[c].astype(str) != "").any()}
    fields = {"told": _value_expression(frame, indicator, lang, "q" in has_columns)}
    if "stale" in has_columns:
        old = literal(" · " + t("note.stale", lang))
        fields["told"] = f"({fields['told']}) + (datum.stale ? {old} : '')"
    lines = [alt.Tooltip("name:N", title="title")]
    if "line" in has_columns:
        fields["image"] = _image(theme, int(frame["line"].str.len().max()))
        lines.append(alt.Tooltip("image:N", title="image"))
    lines.append(alt.Tooltip("told:N", title=value_title(indicator, lang)))
    # One count alone is the value itself.
    if frame["n"].str.contains("/", regex=False).any():
        lines.append(_or_missing("n", parts_title(indicator, lang), fields))
    if target is not None:
        fields["target"] = literal(_target(target, indicator, lang))
        lines.append(alt.Tooltip("target:N", title=t("chart.hover.target", lang)))
    if "rank" in has_columns:
        fields["place"] = _place(frame, lang)
        lines.append(alt.Tooltip("place:N", title=t("chart.hover.rank", lang)))
    if base is not None:
        fields["base"] = literal(t("chart.hover.base_provinces", lang, n=base))
        lines.append(alt.Tooltip("base:N", title=t("chart.hover.base", lang)))
    return fields, lines


def join_expressions(template: str, parts_: Mapping[str, str]) -> str:
    """Give a Vega expression for a text with `{name}` replaced by expressions."""
    pieces: list[str] = []
    rest = template
    for name, expression in sorted(parts_.items(), key=lambda p: template.find(f"{{{p[0]}}}")):
        before, found, after = rest.partition(f"{{{name}}}")
        if not found:
            continue
        pieces += [literal(before), expression] if before else [expression]
        rest = after
    pieces += [literal(rest)] if rest else []
    return " + ".join(pieces)


def _value_expression(frame: pd.DataFrame, indicator: Drawable, lang: Lang, qualified: bool) -> str:
    """Value with its unit; for a cell without one its status and the reason."""
    words = t(f"unit_value.{indicator.unit}.many", lang, value="{value}")
    value = join_expressions(words, {"value": "datum.x"})
    if qualified:
        bound = join_expressions(
            t("note.lower_bound", lang, value="{value}"), {"value": f"({value})"}
        )
        about = join_expressions(t("note.about", lang, value="{value}"), {"value": f"({value})"})
        value = f"datum.q === 'more_than' ? {bound} : datum.q === 'about' ? {about} : {value}"
    reasons = {r: t(f"reason.{r}", lang) for r in _distinct(frame["why"]) if has(f"reason.{r}")}
    hidden, missing = literal(t("status.hidden", lang)), literal(t("status.no_data", lang))
    status = f"(datum.k === 'hidden' ? {hidden} : {missing})"
    if reasons:
        why = base_spec.lookup(reasons, "datum.why")
        status = f"{status} + (datum.why ? ': ' + {why} : '')"
    if around := _distinct(frame["m"]):
        status = f"{status} + (datum.m ? ' · ' + {_merged_text(around, lang)} : '')"
    return f"datum.x ? {value} : {status}"


def _merged_text(codes: Sequence[str], lang: Lang) -> str:
    """The figure of the group or province around a hidden district, put together in the browser."""
    ends = {code: merged_figures.sentence(code, "", lang) for code in codes}
    return f"{base_spec.lookup(ends, 'datum.m')} + datum.mx"


def _place(frame: pd.DataFrame, lang: Lang) -> str:
    of = int((frame["rank"].astype(str) != "").sum())
    fields = {"rank": "datum.rank", "low": "datum.low", "high": "datum.high"}
    wide = t("chart.map.rank_range", lang, rank="{rank}", low="{low}", high="{high}", of=of)
    sure = t("chart.map.rank", lang, rank="{rank}", of=of)
    missing = literal(numbers.MISSING)
    one, several = join_expressions(sure, fields), join_expressions(wide, fields)
    return f"datum.rank ? (datum.low === datum.high ? {one} : {several}) : {missing}"


def _or_missing(field: str, title: str, fields: dict[str, str]) -> alt.Tooltip:
    fields[f"{field}_told"] = f"datum.{field} || {literal(numbers.MISSING)}"
    return alt.Tooltip(f"{field}_told:N", title=title)


def _target(target: float, indicator: Drawable, lang: Lang) -> str:
    sign = {"lower_is_better": "≤ ", "higher_is_better": "≥ "}.get(str(indicator.direction), "")
    return sign + numbers.value(target, str(indicator.unit), lang, "words")


def _image(theme: str, periods: int) -> str:
    """A sparkline drawn in the browser from the code in `line`; vega-tooltip shows it."""
    stroke = base_spec.colours(theme).accent.replace("#", "%23")
    box = f"width='120' height='32' preserveAspectRatio='none' viewBox='{box_of(periods)}'"
    head = f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' {box}>"
    style = f"stroke='{stroke}' stroke-width='1.8' vector-effect='non-scaling-stroke'"
    path = f"<path fill='none' {style} d='"
    drawn = path_of("datum.line", periods)
    return f"datum.line ? {literal(head + path)} + {drawn} + {literal(_CLOSE)} : ''"


def _distinct(reasons: Iterable[str]) -> Sequence[str]:
    return sorted({reason for reason in reasons if reason})
