"""Readers of single cells against plain oracles: every spelling of a value is that value."""

import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.numbers import to_arabic
from config.thai_calendar import DateProblem, be_year
from data_access.importers import values
from data_access.importers.problems import ValueProblem
from data_access.importers.values import Reading
from tests.support.thai_digits import to_thai_digits

BLANK = st.text(alphabet=values.BLANKS, max_size=3)
WHOLE = st.integers(-values.LARGEST_WHOLE, values.LARGEST_WHOLE)
EXACT = st.integers(-(10**14) + 1, 10**14 - 1).map(lambda n: Decimal(n).scaleb(-4))
DAY = st.dates(date(1950, 1, 1), date(2100, 12, 31))
# What people type into cells, mostly near misses of numbers and dates.
TYPED = st.text(alphabet="0123456789๐๑๒๙.,-+/:eE% ก\u00a0", max_size=12)


@st.composite
def spelt(draw: st.DrawFn, text: str) -> str:
    """The text in Thai or Arabic digits with blanks around it."""
    digits = to_thai_digits(text) if draw(st.booleans()) else text
    return draw(BLANK) + digits + draw(BLANK)


@given(data=st.data(), number=WHOLE)
def test_a_whole_number_is_read_from_all_its_spellings(data: st.DataObject, number: int) -> None:
    plain = data.draw(st.sampled_from([f"{number}", f"{number:,}", f"{number}.0", f"{number}."]))

    assert values.read_whole(data.draw(spelt(plain))) == Reading(number)


@given(data=st.data(), number=EXACT)
def test_a_decimal_is_read_exactly_as_written(data: st.DataObject, number: Decimal) -> None:
    plain = data.draw(st.sampled_from([f"{number:f}", f"{number:,f}", f"{number:f}000"]))

    assert values.read_decimal(data.draw(spelt(plain))) == Reading(number)


@given(data=st.data(), day=DAY)
def test_a_day_is_read_from_all_its_spellings(data: st.DataObject, day: date) -> None:
    year = data.draw(st.sampled_from([day.year, be_year(day.year)]))
    plain = data.draw(
        st.sampled_from(
            [
                f"{year:04}-{day.month:02}-{day.day:02}",
                f"{year}-{day.month}-{day.day} 00:00:00",
                f"{day.day:02}/{day.month:02}/{year}",
                f"{day.day}/{day.month}/{year} 0:00",
            ]
        )
    )

    assert values.read_day(data.draw(spelt(plain))) == Reading(day)


@given(
    moment=st.datetimes(datetime(1951, 1, 1), datetime(2099, 12, 31)),
    hours=st.integers(-12, 14),
    colon=st.booleans(),
)
def test_a_moment_with_a_zone_is_the_day_it_was_in_bangkok(
    moment: datetime, hours: int, colon: bool
) -> None:
    sign = "+" if hours >= 0 else "-"
    zone = f"{sign}{abs(hours):02}{':' if colon else ''}00"
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    expected = (aware.astimezone(timezone(timedelta(hours=7)))).date()

    reading = values.read_day(f"{moment.isoformat(sep=' ', timespec='seconds')}{zone}")

    assert reading == Reading(expected, "time_dropped")


@given(text=TYPED)
def test_whatever_is_typed_a_whole_number_is_read_or_refused_as_an_oracle_says(text: str) -> None:
    def oracle() -> int | None:
        plain = to_arabic(text).strip(values.BLANKS)
        if not plain:
            return None
        sign = -1 if plain[0] == "-" else 1
        whole, _, places = plain.lstrip("+-" if plain[0] in "+-" else "").partition(".")
        groups = whole.split(",")
        grouped = len(groups) == 1 or (
            1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        )
        digits = "".join(groups)
        right = re.fullmatch("[0-9]+", digits) and set(places) <= {"0"} and grouped
        if not right or plain[1:2] in ("+", "-") or int(digits) > values.LARGEST_WHOLE:
            raise ValueProblem("not_whole", seen=text, example="5")
        return sign * int(digits)

    try:
        expected = oracle()
    except ValueProblem:
        with pytest.raises(ValueProblem):
            values.read_whole(text)
    else:
        assert values.read_whole(text) == Reading(expected)


@given(text=TYPED)
def test_whatever_is_typed_a_decimal_is_what_python_reads_or_is_refused(text: str) -> None:
    try:
        reading = values.read_decimal(text)
    except ValueProblem:
        return
    plain = to_arabic(text).strip(values.BLANKS).replace(",", "")
    assert reading.value == (Decimal(plain) if plain else None)


@given(text=TYPED)
def test_whatever_is_typed_a_day_is_read_or_refused_with_words_in_both_languages(text: str) -> None:
    said = None
    try:
        day = values.read_day(text).value
    except DateProblem as problem:
        day, said = None, (problem.text("th"), problem.text("en"))
    if said is not None:
        assert said[0] != said[1]
    else:
        assert isinstance(day, date) or not text.strip(values.BLANKS)


@pytest.mark.parametrize(
    "text",
    ["1.33253E+05", "1e5", "1,23", "12,34,567", "--1", "0x10", "½", "５", "1_000", "2147483648"],
)
def test_what_only_looks_like_a_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem):
        values.read_whole(text)


@pytest.mark.parametrize("text", ["nan", "inf", "1e-3", "12345678901", "0.00001", "1,5", "."])
def test_what_cannot_be_kept_exactly_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem):
        values.read_decimal(text)
