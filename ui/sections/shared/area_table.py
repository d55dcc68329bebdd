"""The table twin of an indicator: one row per area, numbers as numbers, reasons in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from config.i18n import Lang, has, t
from config.thai_calendar import Span, format_month, format_span
from data_access import merged_figures
from data_access.indicators import registry
from data_access.small_base import large_enough
from ui.blocks import Column
from ui.charts.indicator_frame import day
from ui.text import area_names

FORMS = {
    "percent": "percent",
    "ratio": "ratio",
    "per_1000": "per_1000",
    "days": "decimal",
    "months": "decimal",
}


def rows(
    frame: pd.DataFrame,
    lang: Lang,
    name: str = "",
    marks: Mapping[str, str] | None = None,
    *,
    of: str = "",
) -> pd.DataFrame:
    """Give one row per area of an indicator frame: code, name, value, its parts, and its state.

    Worst state last: areas with a number first. `state` is empty where a number is shown. Where the
    indicator is named, a share on a small base is left to the counts behind it, and says so. Areas
    that have `marks`, words by code, bear them there too.
    """
    out = pd.DataFrame(
        {
            "area_code": frame["area_code"],
            "area": [area_names.name_with_province(code, lang) for code in frame["area_code"]],
            "value": frame["value"].astype("Float64"),
            "numerator": frame["numerator"].astype("Int64"),
            "denominator": frame["denominator"].astype("Int64"),
            "state": [
                state(status, reason, lang)
                for status, reason in zip(frame["status"], frame["reason"], strict=True)
            ],
        }
    )
    if name and registry.get(name).unit == "percent":
        small = ~large_enough(frame, registry.get(name)) & (frame["status"] == "shown")
        out.loc[small, "value"] = pd.NA
        out.loc[small, "state"] = t("mark.why.small_base", lang)
    noted = [(marks or {}).get(str(code), "") for code in frame["area_code"]]
    joint = t("tables.joint", lang)
    unit = str(registry.get(name or of).unit) if name or of else ""
    around = merged_figures.sentences(frame, unit, lang)
    out["state"] = [
        joint.join(one for one in said if one)
        for said in zip(out["state"], around, noted, strict=True)
    ]
    return out.reset_index(drop=True)


def columns(name: str, lang: Lang, *, codes: bool = True) -> list[Column]:
    """Give the columns of `rows` for one indicator, with its own words for its parts."""
    indicator = registry.get(name)
    form = FORMS.get(indicator.unit, "count")
    shown = [
        Column("area", t("column.area", lang)),
        Column("value", t(f"unit.{indicator.unit}", lang), form, help=_text(name, "title", lang)),
    ]
    if form != "count":
        shown += [
            Column("numerator", _part(name, "numerator", lang), "count"),
            Column("denominator", _part(name, "denominator", lang), "count"),
        ]
    shown.append(Column("state", t("tables.note", lang)))
    return [Column("area_code", t("column.code", lang)), *shown] if codes else shown


def state(status: str, reason: str, lang: Lang) -> str:
    """Give why a cell has no number; empty where it has one."""
    if status == "shown":
        return ""
    if status == "hidden":
        return t("status.hidden", lang)
    return t(f"reason.{reason}", lang) if has(f"reason.{reason}") else t("status.no_data", lang)


def _part(name: str, part: str, lang: Lang) -> str:
    key = f"part.{name}.{part}"
    return t(key if has(key) else f"column.{part}", lang)


def _text(name: str, part: str, lang: Lang) -> str:
    return t(f"indicator.{name}.{part}", lang)


def by_period(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Give one row per period of a series: its name, value, its parts, and its state.

    Where `group` holds names of indicators, each row also says which one it is of.
    """
    periods = [_period(row, lang) for row in frame.itertuples()]
    series = [_text(name, "title", lang) if name else "" for name in frame["group"]]
    found = rows(frame, lang).assign(period=periods, series=series)
    if "provisional" not in frame:
        return found
    late = pd.Series(list(frame["provisional"].fillna("")), index=found.index)
    return found.assign(state=found["state"].where(late == "", late))


def period_columns(names: tuple[str, ...], lang: Lang) -> list[Column]:
    """Give the columns of `by_period` for one indicator, or for several in the same unit."""
    first = [Column("period", t("column.period", lang))]
    if len(names) > 1:
        first.append(Column("series", t("column.indicator", lang)))
    return [*first, *[c for c in columns(names[0], lang, codes=False) if c.name != "area"]]


def _period(row: Any, lang: Lang) -> str:
    start, end = day(row.period_start), day(row.period_end)
    if (start.year, start.month) == (end.year, end.month):
        return format_month(end, lang)
    return format_span(Span(start, end), lang)
