"""Cells read as values: days, whole numbers, decimals, yes and no; pure Python, one cell each.

Every reader takes a text as it stands in the source and gives a `Reading`: the value, or None
where the cell holds only blanks, and the rule of a note where the text was understood but is worth
mentioning. What cannot be read raises ValueProblem or DateProblem.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from config.numbers import to_arabic
from config.thai_calendar import (
    FIRST_BUDDHIST_YEAR,
    CalendarProblem,
    DateProblem,
    FiscalYear,
    be_year,
    ce_year,
    parse_date,
)
from data_access.importers.problems import INVISIBLE, ValueProblem, cut

# What may stand around a value without being part of it.
BLANKS = " \t\r\n\v\f\u00a0"
LARGEST_WHOLE = 2_147_483_647
DECIMAL_PLACES = 4
_WHOLE_DIGITS = 10
BANGKOK = ZoneInfo("Asia/Bangkok")

# Excel counts days from here; its day 60, 29 February 1900, never was, so this holds from day 61.
DAY_ZERO = date(1899, 12, 30)
# From 1927 to 2644: a Buddhist year typed as if it were Christian is stored that far ahead.
SERIALS = range(10_000, 272_000)
# In text, a number is a day only where the day is one that a record may hold.
_SERIAL = re.compile(r"(\d{5,6})(?:\.0+)?", re.ASCII)

_WHOLE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)", re.ASCII)
_CLOCK = re.compile(
    r"(?P<day>\S+)[T ](?P<hour>[01]?\d|2[0-3]):(?P<rest>[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)"
    r" ?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII,
)
_YES = frozenset({"true", "1", "ใช่"})
_NO = frozenset({"false", "0", "ไม่ใช่"})


class Reading(NamedTuple):
    """What a cell says, and the rule of a note about how it was read."""

    value: object
    note: str | None = None


def bare(text: str) -> str:
    """Give a text without invisible characters and without the blanks around it."""
    return text.translate(INVISIBLE).strip(BLANKS)


def read_text(text: str) -> Reading:
    """Give the text without blanks around it, None where nothing is left."""
    return Reading(bare(text) or None)


def read_day(text: str) -> Reading:
    """Give the day of a date; a time of day is dropped, after a move to Bangkok time.

    A number of five or six digits alone is Excel's number of a day, and is noted as one.
    """
    plain = bare(to_arabic(text))
    if serial := _SERIAL.fullmatch(plain):
        return Reading(_day_of_serial(int(serial[1]), text), "serial_day")
    clock = _CLOCK.fullmatch(plain)
    if clock is None:
        return Reading(parse_date(plain) if plain else None)
    day = parse_date(clock["day"])
    midnight = not re.search("[1-9]", clock["hour"] + clock["rest"])
    if midnight and clock["zone"] is None:
        return Reading(day)
    return Reading(_bangkok_day(day, clock), "time_dropped")


def _day_of_serial(serial: int, text: str) -> date:
    if serial not in SERIALS:
        raise DateProblem(text, "shape")
    try:
        return parse_date((DAY_ZERO + timedelta(days=serial)).isoformat())
    except DateProblem:
        raise DateProblem(text, "shape") from None


def _bangkok_day(day: date, clock: re.Match[str]) -> date:
    if clock["zone"] is None:
        return day
    hour, rest, zone = clock["hour"].zfill(2), clock["rest"], clock["zone"]
    zone = zone if zone == "Z" or len(zone) > 3 else f"{zone}:00"
    moment = datetime.fromisoformat(f"{day.isoformat()}T{hour}:{rest.split('.')[0]}{zone}")
    return moment.astimezone(BANGKOK).date()


def read_whole(
    text: str, least: int = -LARGEST_WHOLE, most: int = LARGEST_WHOLE, example: str = "5"
) -> Reading:
    """Give a whole number: "12", "๑๒", "1,234", "5.0"; outside the bounds is a problem."""
    plain = bare(to_arabic(text))
    if not plain:
        return Reading(None)
    if not _WHOLE.fullmatch(plain):
        raise ValueProblem("not_whole", seen=cut(text), example=example)
    number = int(plain.split(".")[0].replace(",", ""))
    if not least <= number <= most:
        raise ValueProblem("out_of_range", seen=cut(text), least=least, most=most, example=example)
    return Reading(number)


def read_decimal(
    text: str,
    least: float = -(10**_WHOLE_DIGITS),
    most: float = 10**_WHOLE_DIGITS,
    example: str = "1.5",
) -> Reading:
    """Give a number exactly as written: at most ten digits before and four behind the point.

    A number outside the bounds is a problem.
    """
    plain = bare(to_arabic(text))
    if not plain:
        return Reading(None)
    if not _DECIMAL.fullmatch(plain):
        raise ValueProblem("not_number", seen=cut(text), example=example)
    number = Decimal(plain.replace(",", ""))
    whole, _, places = plain.lstrip("+-").replace(",", "").partition(".")
    if len(places.rstrip("0")) > DECIMAL_PLACES or len(whole.lstrip("0")) > _WHOLE_DIGITS:
        raise ValueProblem(
            "too_many_digits", seen=cut(text), places=DECIMAL_PLACES, example=example
        )
    if not least <= number <= most:
        raise ValueProblem("out_of_range", seen=cut(text), least=least, most=most, example=example)
    return Reading(number.quantize(Decimal(1).scaleb(-DECIMAL_PLACES)))


def read_yes_no(text: str) -> Reading:
    """Give yes or no from true/false, 1/0, ใช่/ไม่ใช่."""
    plain = bare(to_arabic(text)).lower()
    if not plain:
        return Reading(None)
    plain = plain.removesuffix(".0")
    if plain in _YES or plain in _NO:
        return Reading(plain in _YES)
    raise ValueProblem("not_yes_no", seen=cut(text))


def read_fiscal_year(text: str, example: str = "2569") -> Reading:
    """Give a fiscal year in the Buddhist era; a Christian year is refused, not converted."""
    number = read_whole(text, example=example).value
    if not isinstance(number, int):
        return Reading(None)
    if number < FIRST_BUDDHIST_YEAR:
        likely = be_year(number) if number > 0 else example
        raise ValueProblem("fiscal_year_era", seen=cut(text), likely=likely)
    try:
        FiscalYear(number)
    except CalendarProblem:
        raise ValueProblem("fiscal_year_range", seen=cut(text), example=example) from None
    return Reading(number)


def read_christian_year(text: str, least: int, most: int, example: str = "2021") -> Reading:
    """Give a Christian year; one written in the Buddhist era is converted, with a note."""
    number = read_whole(text, example=example).value
    if not isinstance(number, int):
        return Reading(None)
    if number >= FIRST_BUDDHIST_YEAR:
        return Reading(
            read_whole(str(ce_year(number)), least, most, example).value, "year_converted"
        )
    return read_whole(text, least, most, example)
