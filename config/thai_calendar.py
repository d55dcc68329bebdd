"""Thai years, fiscal years and dates: the one module that knows the Buddhist era.

Inside the product a date is a `datetime.date` in the Gregorian calendar and every period includes
both its ends. Thai readers see Buddhist years, English readers Christian ones. Fiscal year 2569
runs from 1 October 2025 to 30 September 2026 and is named by the Buddhist year in which it ends.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from config.i18n import LANGS, Lang, t
from config.numbers import to_arabic

Style = Literal["short", "long"]
DateRule = Literal["shape", "impossible", "year"]

BUDDHIST_OFFSET = 543
FIRST_BUDDHIST_YEAR = 2400  # a written year from here on is read as Buddhist
FIRST_YEAR, LAST_YEAR = 1950, 2100  # Christian years that a record may hold
QUARTERS = (1, 2, 3, 4)
_FISCAL_START_MONTH = 10

_YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"(?:[T ]00:00(?::00(?:\.0+)?)?)?",
    re.ASCII,
)
_DAY_FIRST = re.compile(
    r"(?P<d>\d{1,2})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4})(?: 00?:00(?::00)?)?",
    re.ASCII,
)
# "30 ก.ย. 2569", "วันที่ 5 มกราคม พ.ศ. 2569", "30-Sep-2026"; the year is written in full.
_IN_WORDS = re.compile(
    r"(?:วันที่\s*)?(?P<d>\d{1,2})[\s-]*(?P<m>[^\W\d_][^\d]*?)[\s,-]*"
    r"(?P<era>[พค]\.?\s?ศ\.?\s*)?(?P<y>[0-9]{4})"
)


class CalendarProblem(ValueError):
    """A date, year or period that cannot be; the base of this module's errors."""


class DateProblem(CalendarProblem):
    """A text that is not a usable date; `text(lang)` says why and how to write one."""

    def __init__(self, value: str, rule: DateRule) -> None:
        self.seen = value
        self.rule = rule
        super().__init__(self.text("en"))

    def text(self, lang: Lang) -> str:
        """Give one sentence: what is wrong, what was seen, and a right example."""
        return t(
            f"date_problem.{self.rule}",
            lang,
            seen=self.seen,
            first=FIRST_YEAR,
            last=LAST_YEAR,
            first_be=be_year(FIRST_YEAR),
            last_be=be_year(LAST_YEAR),
        )


@dataclass(frozen=True, order=True)
class Span:
    """A period from its first to its last day, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise CalendarProblem(
                f"a span ends on or after its start; got: {self.start} to {self.end}"
            )

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """Number of calendar days, both ends counted."""
        return (self.end - self.start).days + 1

    def until(self, as_of: date) -> "Span | None":
        """Give the part that is not after `as_of`, or None when all of it lies ahead."""
        return Span(self.start, min(self.end, as_of)) if self.start <= as_of else None


@dataclass(frozen=True, order=True)
class FiscalYear:
    """A Thai fiscal year, named by its Buddhist year: 1 October to 30 September."""

    be: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= ce_year(self.be) <= LAST_YEAR + 1:
            raise CalendarProblem(
                f"a fiscal year is a Buddhist year such as 2569; got: {self.be!r}"
            )

    @property
    def ce(self) -> int:
        """Christian year in which it ends."""
        return ce_year(self.be)

    @property
    def start(self) -> date:
        """Its first day, 1 October."""
        return date(self.ce - 1, _FISCAL_START_MONTH, 1)

    @property
    def end(self) -> date:
        """Its last day, 30 September."""
        return date(self.ce, 9, 30)

    @property
    def span(self) -> Span:
        """The whole year as a span."""
        return Span(self.start, self.end)

    def quarter(self, n: int) -> Span:
        """Give quarter 1 (Oct–Dec), 2 (Jan–Mar), 3 (Apr–Jun) or 4 (Jul–Sep) as a span."""
        if n not in QUARTERS:
            raise CalendarProblem(f"a quarter is 1, 2, 3 or 4; got: {n!r}")
        return _quarter(self.be, n)

    def previous(self) -> "FiscalYear":
        """Give the fiscal year before this one."""
        return FiscalYear(self.be - 1)

    def next(self) -> "FiscalYear":
        """Give the fiscal year after this one."""
        return FiscalYear(self.be + 1)


def be_year(ce: int) -> int:
    """Give the Buddhist year of a Christian year."""
    return ce + BUDDHIST_OFFSET


def ce_year(be: int) -> int:
    """Give the Christian year of a Buddhist year."""
    return be - BUDDHIST_OFFSET


def fiscal_year_of(day: date) -> FiscalYear:
    """Give the fiscal year a day falls in: 30 September is the last day of one."""
    return FiscalYear(be_year(day.year + (day.month >= _FISCAL_START_MONTH)))


def quarter_of(day: date) -> int:
    """Give the fiscal quarter (1–4) a day falls in; October begins quarter 1."""
    return (day.month - _FISCAL_START_MONTH) % 12 // 3 + 1


@lru_cache(maxsize=8_192)
def month_of(day: date) -> Span:
    """Give the calendar month a day falls in."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Span(day.replace(day=1), day.replace(day=last))


def month_spans(start: date, end: date) -> list[Span]:
    """Give whole calendar months in order, from the month of `start` to that of `end`."""
    return list(_months(start, end))


def fiscal_years(start: date, end: date) -> list[FiscalYear]:
    """Give the fiscal years in order, from that of `start` to that of `end`."""
    first, last = fiscal_year_of(start), fiscal_year_of(end)
    return [FiscalYear(be) for be in range(first.be, last.be + 1)]


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> date:
    """Give the day written as yyyy-mm-dd, d/m/yyyy or "30 ก.ย. 2569", Thai digits allowed.

    Parts may be divided by - / or a full stop; a year of four digits stands first or last, so that
    day and month are never in doubt. A year from 2400 on is Buddhist, in any form. The day is
    checked in the Gregorian calendar after conversion, because leap years differ: 29/02/2567
    exists, 29/02/2568 does not. Midnight written behind the date, as spreadsheets do, is accepted.
    Anything else raises DateProblem.
    """
    plain = to_arabic(text).strip()
    match = _YEAR_FIRST.fullmatch(plain) or _DAY_FIRST.fullmatch(plain)
    if match is None:
        year, month, day = _parts_in_words(plain, text)
    else:
        year, month, day = (int(match[part]) for part in "ymd")
    if year >= FIRST_BUDDHIST_YEAR:
        year = ce_year(year)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateProblem(text, "year")
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise DateProblem(text, "impossible") from problem


def _parts_in_words(plain: str, text: str) -> tuple[int, int, int]:
    """Give year, month and day where the month is a word; DateProblem where it is none."""
    match = _IN_WORDS.fullmatch(plain)
    month = None if match is None else _month_words().get(_month_key(match["m"]))
    if match is None or month is None:
        raise DateProblem(text, "shape")
    year, era = int(match["y"]), (match["era"] or "")[:1]
    if era and (era == "พ") != (year >= FIRST_BUDDHIST_YEAR):
        raise DateProblem(text, "year")
    return year, month, int(match["d"])


def _month_key(word: str) -> str:
    return re.sub(r"[\s.]", "", word).casefold()


@lru_cache(maxsize=1)
def _month_words() -> dict[str, int]:
    """Give the month's number by its Thai or English name, long or short, dots left out."""
    styles: tuple[Style, ...] = ("short", "long")
    return {
        _month_key(name): number
        for lang in LANGS
        for style in styles
        for number, name in enumerate(month_names(lang, style), 1)
    } | {"sept": 9}


def month_names(lang: Lang, style: Style = "short") -> tuple[str, ...]:
    """Give the twelve month names, January first."""
    return tuple(t(f"calendar.month_{style}.m{month:02}", lang) for month in range(1, 13))


def year_number(day: date, lang: Lang) -> int:
    """Give a day's year as a reader of the language counts it."""
    return be_year(day.year) if lang == "th" else day.year


def format_date(day: date, lang: Lang, style: Style = "short") -> str:
    """Give a day in words, such as "8 ม.ค. 2567" or "8 January 2024"."""
    return t("calendar.date", lang, day=day.day, **_month_and_year(day, lang, style))


def format_month(day: date, lang: Lang, style: Style = "short", year: bool = True) -> str:
    """Give the month of a day in words, with or without its year."""
    words = _month_and_year(day, lang, style)
    return t("calendar.month", lang, **words) if year else words["month"]


def format_span(span: Span, lang: Lang, style: Style = "short") -> str:
    """Give a period in words, with month and year written once where both ends share them."""
    if span.start == span.end:
        return format_date(span.start, lang, style)
    end_words = _month_and_year(span.end, lang, style)
    if (span.start.year, span.start.month) == (span.end.year, span.end.month):
        days = {"first": span.start.day, "last": span.end.day}
        return t("calendar.span_one_month", lang, **days, **end_words)
    last = format_date(span.end, lang, style)
    if span.start.year == span.end.year:
        month = format_month(span.start, lang, style, year=False)
        return t("calendar.span_one_year", lang, day=span.start.day, month=month, last=last)
    return t("calendar.span", lang, first=format_date(span.start, lang, style), last=last)


def format_fiscal_year(year: FiscalYear, lang: Lang, style: Style = "long") -> str:
    """Give a fiscal year's label: "ปีงบประมาณ พ.ศ. 2569", short "ปีงบฯ 2569"."""
    return t(f"calendar.fiscal_year_{style}", lang, be=year.be, ce=year.ce)


def format_quarter(n: int, lang: Lang, style: Style = "long") -> str:
    """Give a fiscal quarter's label; the long one names its months."""
    if n not in QUARTERS:
        raise CalendarProblem(f"a quarter is 1, 2, 3 or 4; got: {n!r}")
    return t(f"calendar.quarter_{style}.q{n}", lang)


def _month_and_year(day: date, lang: Lang, style: Style) -> dict[str, str]:
    month = t(f"calendar.month_{style}.m{day.month:02}", lang)
    return {"month": month, "year": str(year_number(day, lang))}


@lru_cache(maxsize=1_024)
def _quarter(be: int, n: int) -> Span:
    year = FiscalYear(be)
    months = month_spans(year.start, year.end)[3 * n - 3 : 3 * n]
    return Span(months[0].start, months[-1].end)


def _months(start: date, end: date) -> Iterator[Span]:
    first = start.replace(day=1)
    while first <= end:
        month = month_of(first)
        yield month
        first = month.end + timedelta(days=1)
