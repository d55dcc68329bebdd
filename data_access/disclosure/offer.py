"""What the public level offers at all: which periods and slices, at which levels of area.

Whatever is not offered is hidden with the reason `public_level`, also where it would be harmless:
an answer that depended on the numbers would itself tell something.
"""

from datetime import date, timedelta
from typing import Literal

from config.thai_calendar import Span, fiscal_year_of
from data_access.disclosure.families import RARE, YEARS_ONLY
from data_access.indicators.kernel.definition import Indicator, Kind
from data_access.indicators.kernel.query import Query
from geo import registers

PeriodType = Literal["year", "year_to_date", "quarter", "day", "other"]
Level = Literal["country", "region", "province", "district"]

# Levels at which a period is offered: whole, and by group or another breakdown.
WHOLE: dict[PeriodType, tuple[Level, ...]] = {
    "day": ("country", "region", "province", "district"),
    "year": ("country", "region", "province", "district"),
    "year_to_date": ("country", "region", "province"),
    "quarter": ("country", "region", "province"),
    "other": (),
}
LEVELS_OF_PERIOD: dict[PeriodType, tuple[Level, ...]] = {
    "day": ("country", "region", "province"),
    "year": ("country", "region", "province"),
    "year_to_date": ("country", "region"),
    "quarter": (),
    "other": (),
}
QUARTERS_OF_RARE: tuple[Level, ...] = ("country", "region")


def level_of(code: str) -> Level:
    """The level of an area code: "TH", a region, two digits or four."""
    if code == "TH":
        return "country"
    if code in registers.REGIONS:
        return "region"
    return "province" if len(code) == 2 else "district"


def period_type(definition: Indicator, span: Span, query: Query, as_of: date) -> PeriodType:
    """What kind of period a row covers, for the snapshot's as-of date; a stock is of a day."""
    if definition.name in YEARS_ONLY or definition.kind is Kind.FLOW:
        if query.as_of != as_of:
            return "other"  # the same period, counted as somebody knew it on another day
        return _flow_type(span, as_of)
    month_end = (span.end + timedelta(days=1)).day == 1
    return "day" if span.end <= as_of and (month_end or span.end == as_of) else "other"


def _flow_type(span: Span, as_of: date) -> PeriodType:
    year = fiscal_year_of(span.start)
    if span.start == year.start:
        if span.end == year.end and year.end <= as_of:
            return "year"
        if span.end == min(as_of, year.end):
            return "year_to_date"
    for number in (1, 2, 3, 4):
        quarter = year.quarter(number)
        if span.start == quarter.start and span.end == min(quarter.end, as_of):
            return "quarter"
    return "other"


def cross_table(definition: Indicator, query: Query) -> bool:
    """True for a table of two slices at once: a group's cases by another breakdown."""
    if query.target_group is None:
        return False
    return query.breakdown not in (None, "target_group") or definition.always_by is not None


def offered(definition: Indicator, query: Query, code: str, span: Span, as_of: date) -> bool:
    """True where the public level has a table that holds this cell."""
    if cross_table(definition, query):
        return False
    sliced = query.breakdown is not None or query.target_group is not None
    levels = LEVELS_OF_PERIOD if sliced else WHOLE
    period, level = period_type(definition, span, query, as_of), level_of(code)
    if definition.name in RARE and period == "quarter" and level not in QUARTERS_OF_RARE:
        return False
    return level in levels[period]
