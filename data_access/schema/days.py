"""Which days a record can mean, seen from the day a load stands for."""

from datetime import date

from config.thai_calendar import Span
from config.thresholds import threshold

# Excel reads a Buddhist year of two digits, such as 69 for 2569 (2026), as 1969; and 62 for 2562
# (2019), typed by hand behind a "20", becomes 2062.
EXCEL_YEARS = 57
CENTURY_YEARS = -43
_LEAP_DAY = (2, 29)


def believable(as_of: date) -> Span:
    """Give the days that are near enough to the load's day: both limits are thresholds."""
    back, ahead = threshold("far_past_years").value, threshold("far_future_years").value
    return Span(same_day(as_of, -int(back)), same_day(as_of, int(ahead)))


def same_day(day: date, years: int) -> date:
    """Give the same day in another year; 29 February becomes the 28th where there is none."""
    year = day.year + years
    try:
        return day.replace(year=year)
    except ValueError:
        if (day.month, day.day) != _LEAP_DAY:
            raise
        return day.replace(year=year, day=28)
