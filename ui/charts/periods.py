"""Where a series puts its ticks and how it names its months, quarters and fiscal years.

Periods are drawn by their position (0, 1, 2 …), never as dates: a browser's time zone can move a
date to the day before. Names come from config.thai_calendar.
"""

from collections.abc import Sequence
from datetime import date

from config.i18n import Lang
from config.thai_calendar import (
    fiscal_year_of,
    format_fiscal_year,
    format_month,
    format_quarter,
    quarter_of,
    year_number,
)

# A label of two lines needs about this many pixels; a phone has 300 for all of them.
MOST_LABELS = 8
_MONTHS = {"month": 1, "quarter": 3, "fiscal_year": 12}


def kind(starts: Sequence[date]) -> str:
    """Give "month", "quarter" or "fiscal_year" from the gap between the first two periods."""
    if len(starts) < 2:
        return "month"
    gap = (starts[1].year - starts[0].year) * 12 + starts[1].month - starts[0].month
    return next((name for name, months in _MONTHS.items() if gap <= months), "fiscal_year")


def name(start: date, kind_: str, lang: Lang) -> str:
    """Give a period's full name, as a tooltip says it."""
    if kind_ == "fiscal_year":
        return format_fiscal_year(fiscal_year_of(start), lang)
    if kind_ == "quarter":
        year = format_fiscal_year(fiscal_year_of(start), lang)
        return f"{format_quarter(quarter_of(start), lang)} {year}"
    return format_month(start, lang, "long")


def ticks(starts: Sequence[date], lang: Lang) -> tuple[list[int], list[str]]:
    """Give the positions that carry a label, and a label for every position ("" for the rest).

    Labelled are quarters' first months, or fiscal years' first months in a long series; the year
    stands on a second line under the first label and wherever it changes.
    """
    if not starts:
        return [], []
    kind_ = kind(starts)
    places = _places(starts, kind_)
    labels = [""] * len(starts)
    before: int | None = None
    for place in places:
        first, year = _lines(starts[place], kind_, lang)
        labels[place] = f"{first}\n{year}" if year != before and year is not None else first
        before = year
    return places, labels


def _lines(start: date, kind_: str, lang: Lang) -> tuple[str, int | None]:
    if kind_ == "fiscal_year":
        return format_fiscal_year(fiscal_year_of(start), lang, "short"), None
    if kind_ == "quarter":
        be = fiscal_year_of(start)
        return format_quarter(quarter_of(start), lang, "short"), year_number(be.end, lang)
    return format_month(start, lang, "short", year=False), year_number(start, lang)


def _places(starts: Sequence[date], kind_: str) -> list[int]:
    every = list(range(len(starts)))
    if kind_ != "month" or len(starts) <= MOST_LABELS:
        step = -(-len(every) // MOST_LABELS)
        return every[:: max(step, 1)]
    for months in ((1, 4, 7, 10), (4, 10), (10,)):
        found = [i for i in every if starts[i].month in months]
        if found and len(found) <= MOST_LABELS:
            return found
    return every[:: -(-len(every) // MOST_LABELS)]
