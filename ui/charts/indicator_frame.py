"""What every chart reads from a frame: its cells, its words for a cell, and one row per area.

Charts take indicator frames as `data_access.queries.indicator` gives them. "No data", "hidden" and
zero stay three different things here: only a `shown` cell ever yields a number.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Protocol

import pandas as pd

from config import numbers
from config.i18n import Lang, has, t
from geo import registers
from ui.text.area_names import short_name

SHOWN, HIDDEN, NO_DATA = "shown", "hidden", "no_data"
STATUSES = (SHOWN, HIDDEN, NO_DATA)
CELLS = ("numerator", "denominator", "value", "status", "reason", "qualifier")
NO_CASE_MANAGER = "no_case_manager"
# Units whose values are written without a word of their own.
_WITHOUT_UNIT = ("ratio", "index", "count")


class ChartProblem(ValueError):
    """A frame or an argument that a chart cannot draw: what was wanted, and what was given."""


class Drawable(Protocol):
    """The part of an indicator's definition that a chart needs."""

    @property
    def name(self) -> str:
        """Its name in the registry."""

    @property
    def unit(self) -> str:
        """A unit of config.numbers, such as "percent"."""

    @property
    def direction(self) -> str:
        """ "higher_is_better", "lower_is_better" or "neutral"."""


def need(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Raise ChartProblem when the frame lacks a column that the chart reads."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ChartProblem(f"a frame with columns {missing} is wanted; got: {list(frame.columns)}")


def cells(frame: pd.DataFrame, keys: Iterable[str]) -> pd.DataFrame:
    """Give a copy of an indicator frame, checked, with `value` empty wherever it is not shown."""
    need(frame, (*keys, *CELLS))
    unknown = sorted(set(frame["status"]) - set(STATUSES))
    if unknown:
        raise ChartProblem(f"a status is one of {STATUSES}; got: {unknown}")
    found = frame.reset_index(drop=True).copy()
    shown = found["status"] == SHOWN
    found["value"] = pd.to_numeric(found["value"], errors="coerce").astype("Float64").where(shown)
    # Families without a case manager have no ratio, but they are there; hidden counts are not.
    known = found["status"] != HIDDEN
    for column in ("numerator", "denominator"):
        found[column] = pd.to_numeric(found[column], errors="coerce").where(known)
    for column in ("reason", "qualifier"):
        found[column] = found[column].fillna("").astype(str)
    return found


def onto_areas(frame: pd.DataFrame, codes: Iterable[str]) -> pd.DataFrame:
    """Give one row per area code, in the order given; areas the frame lacks become "no data".

    A code that no register knows raises UnknownArea, two rows for one area raise ChartProblem: a
    lost row would be a wrong map. Known areas outside `codes` are another level or place and raise
    too.
    """
    found = cells(frame, ("area_code",))
    wanted = list(codes)
    for code in found["area_code"]:
        registers.level_of(str(code))
    outside = sorted(set(found["area_code"]) - set(wanted))
    if outside:
        raise ChartProblem(f"areas of this map are wanted; got also: {outside[:5]}")
    twice = sorted(found.loc[found["area_code"].duplicated(), "area_code"])
    if twice:
        raise ChartProblem(f"one row per area is wanted; got several for: {twice[:5]}")
    full = found.set_index("area_code").reindex(wanted).rename_axis("area_code").reset_index()
    full["status"] = full["status"].fillna(NO_DATA)
    for column in ("reason", "qualifier"):
        full[column] = full[column].fillna("")
    return full


def area_word(code: str, lang: Lang) -> str:
    """Give an area's name for a place with little room: regions by their short names."""
    if code == registers.COUNTRY or code in registers.REGIONS:
        return t(f"region_short.{code}", lang)
    return short_name(code, lang)


def unit_name(indicator: Drawable, lang: Lang) -> str:
    """Give the unit as an axis or a legend names it."""
    key = f"chart.unit.{indicator.name}"
    return t(key if has(key) else f"unit.{indicator.unit}", lang)


def value_title(indicator: Drawable, lang: Lang) -> str:
    """Give what a tooltip writes before a value: the unit where the value itself has none."""
    if str(indicator.unit) in _WITHOUT_UNIT:
        return unit_name(indicator, lang)
    return t("chart.word.value", lang)


def parts_title(indicator: Drawable, lang: Lang) -> str:
    """Give what a tooltip writes before numerator and denominator: what is counted in each."""
    words = [f"part.{indicator.name}.{part}" for part in ("numerator", "denominator")]
    if all(has(key) for key in words):
        return " / ".join(t(key, lang) for key in words)
    return t("chart.word.n", lang)


def value_text(x: Any, indicator: Drawable, lang: Lang) -> str:
    """Give a value with its unit ("ร้อยละ 87.5", "1 : 11.4"), "—" when empty."""
    if numbers.is_missing(x):
        return numbers.MISSING
    return numbers.value(_whole(float(x)), str(indicator.unit), lang, "words")


def bare(x: Any, unit: str, lang: Lang) -> str:
    """Give a value without its unit word, for places that already name the unit."""
    if numbers.is_missing(x):
        return numbers.MISSING
    return numbers.value(_whole(float(x)), unit, lang)


def cell_text(row: Any, indicator: Drawable, lang: Lang) -> str:
    """Give what a cell says: its value with unit and qualifier, or why there is none."""
    if row.status == SHOWN:
        said = value_text(row.value, indicator, lang)
        key = {"more_than": "note.lower_bound", "about": "note.about"}.get(row.qualifier)
        return t(key, lang, value=said) if key else said
    return absent(row.status, row.reason, lang)


def absent(status: str, reason: str, lang: Lang) -> str:
    """Give the words for a cell without a number: its status and, where known, the reason."""
    word = t(f"status.{status}", lang)
    if reason and has(f"reason.{reason}"):
        return t("chart.absent", lang, status=word, reason=t(f"reason.{reason}", lang))
    return word


def parts(row: Any, lang: Lang) -> str:
    """Give "1,234 / 108" for numerator and denominator, one number for a plain count."""
    top = numbers.count(_whole(row.numerator), lang)
    if numbers.is_missing(row.denominator):
        return top
    return f"{top} / {numbers.count(_whole(row.denominator), lang)}"


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """Give the rows one by one, columns as attributes."""
    return iter(frame.itertuples())


def day(x: Any) -> date:
    """Give the calendar day of a cell that holds a date, a timestamp or ISO text."""
    if isinstance(x, datetime):
        return x.date()
    if isinstance(x, date):
        return x
    return date.fromisoformat(str(x)[:10])


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows as plain dicts, with None for every empty cell."""
    columns = {name: [_plain(x) for x in frame[name]] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(x: Any) -> Any:
    if numbers.is_missing(x):
        return None
    return x.item() if hasattr(x, "item") else x


def _whole(x: Any) -> Any:
    if numbers.is_missing(x):
        return x
    return int(x) if float(x).is_integer() else float(x)
