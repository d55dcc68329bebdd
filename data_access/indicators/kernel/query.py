"""What is asked of an indicator: level, series, breakdown, day, period and filters."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from config.thai_calendar import FiscalYear, Span, fiscal_year_of, month_spans
from geo import levels, registers

Area = Literal["country", "region", "province", "district"]
Over = Literal["month", "quarter", "fiscal_year"]

AREAS = cast(tuple[Area, ...], levels.NAMES)  # a level of the table is a field of the query
SERIES: tuple[Over, ...] = ("month", "quarter", "fiscal_year")


@dataclass(frozen=True)
class Query:
    """One query to an indicator; hashable, so that it can be a cache key.

    `span` is the period (both ends inclusive); without one it is the fiscal year to date of
    `as_of`. Nothing after `as_of` is ever counted. `base` 76 leaves out Bangkok.
    """

    as_of: date
    area: Area = "country"
    over: Over | None = None
    breakdown: str | None = None
    span: Span | None = None
    region: str | None = None
    province: str | None = None
    district: str | None = None
    target_group: str | None = None
    role: str | None = None
    base: Literal[76, 77] = 77

    @property
    def period(self) -> Span:
        """The period asked for, cut off at `as_of`; a period not yet begun is left whole."""
        span = self.span or Span(fiscal_year_of(self.as_of).start, self.as_of)
        if span.start > self.as_of:
            return span
        return Span(span.start, min(span.end, self.as_of))

    @property
    def not_begun(self) -> bool:
        """True where the whole period lies after the as-of date."""
        return self.period.start > self.as_of

    @property
    def narrowest(self) -> str:
        """Code of the smallest area the filters name; "TH" where they name none."""
        codes = (getattr(self, level) for level in reversed(AREAS[1:]))
        return next((code for code in codes if code), registers.COUNTRY)

    def periods(self) -> list[Span]:
        """The periods of the answer, in order: one, or those of the series asked for."""
        whole = self.period
        if self.over is None:
            return [whole]
        if self.over == "month":
            return [_cut(s, whole) for s in month_spans(whole.start, whole.end)]
        first, last = fiscal_year_of(whole.start).be, fiscal_year_of(whole.end).be
        years = [FiscalYear(be) for be in range(first, last + 1)]
        if self.over == "fiscal_year":
            spans = [Span(y.start, y.end) for y in years]
        else:
            spans = [y.quarter(n) for y in years for n in (1, 2, 3, 4)]
        return [_cut(s, whole) for s in spans if s.start <= whole.end and s.end >= whole.start]

    def but(self, **changes: object) -> "Query":
        """The same query with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names are checked by replace


def _cut(span: Span, whole: Span) -> Span:
    return Span(max(span.start, whole.start), min(span.end, whole.end))
