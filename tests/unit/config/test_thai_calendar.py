"""Fiscal years, quarters and dates, on their edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.thai_calendar import (
    CalendarProblem,
    DateProblem,
    FiscalYear,
    Span,
    be_year,
    ce_year,
    fiscal_year_of,
    fiscal_years,
    format_date,
    format_fiscal_year,
    format_month,
    format_quarter,
    format_span,
    month_names,
    month_of,
    month_spans,
    parse_date,
    quarter_of,
)
from tests.support.thai_digits import to_thai_digits

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2025, 9, 30), 2568, 4),
        (date(2025, 10, 1), 2569, 1),
        (date(2025, 12, 31), 2569, 1),
        (date(2026, 1, 1), 2569, 2),
        (date(2026, 3, 31), 2569, 2),
        (date(2026, 4, 1), 2569, 3),
        (date(2026, 6, 30), 2569, 3),
        (date(2026, 7, 1), 2569, 4),
        (date(2026, 9, 30), 2569, 4),
        (date(2026, 10, 1), 2570, 1),
    ],
)
def test_a_day_on_the_edge_falls_in_its_own_year_and_quarter(
    day: date, year: int, quarter: int
) -> None:
    assert fiscal_year_of(day) == FiscalYear(year)
    assert quarter_of(day) == quarter
    assert day in FiscalYear(year).quarter(quarter)


def test_fiscal_year_2569_runs_from_october_2025_to_september_2026() -> None:
    assert FiscalYear(2569).span == Span(date(2025, 10, 1), date(2026, 9, 30))
    assert FiscalYear(2569).previous().end == date(2025, 9, 30)
    assert FiscalYear(2569).next().start == date(2026, 10, 1)


def test_the_second_quarter_of_a_leap_year_holds_29_february() -> None:
    assert FiscalYear(2567).quarter(2) == Span(date(2024, 1, 1), date(2024, 3, 31))
    assert FiscalYear(2567).quarter(2).days == 91
    assert FiscalYear(2569).quarter(2).days == 90


@given(DAYS)
def test_the_four_quarters_fill_a_fiscal_year_without_gap_or_overlap(day: date) -> None:
    year = fiscal_year_of(day)
    quarters = [year.quarter(n) for n in (1, 2, 3, 4)]
    assert quarters[0].start == year.start
    assert quarters[3].end == year.end
    assert all(
        after.start - before.end == timedelta(days=1)
        for before, after in zip(quarters, quarters[1:], strict=False)
    )
    assert [n for n in (1, 2, 3, 4) if day in year.quarter(n)] == [quarter_of(day)]


@pytest.mark.parametrize("wrong", [0, 5, -1])
def test_a_quarter_outside_one_to_four_is_refused(wrong: int) -> None:
    with pytest.raises(CalendarProblem, match="got: "):
        FiscalYear(2569).quarter(wrong)
    with pytest.raises(CalendarProblem, match="got: "):
        format_quarter(wrong, "th")


def test_a_christian_year_is_not_taken_for_a_fiscal_year() -> None:
    with pytest.raises(CalendarProblem, match="got: 2026"):
        FiscalYear(2026)


def test_the_last_quarter_of_the_last_year_still_has_a_fiscal_year() -> None:
    assert fiscal_year_of(date(2100, 12, 31)).be == 2644


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(CalendarProblem, match="2026-10-01 to 2026-09-30"):
        Span(date(2026, 10, 1), date(2026, 9, 30))


def test_a_span_is_cut_at_the_as_of_date_and_vanishes_when_it_lies_ahead() -> None:
    year = FiscalYear(2569).span
    assert year.until(date(2026, 3, 31)) == Span(date(2025, 10, 1), date(2026, 3, 31))
    assert year.until(date(2030, 1, 1)) == year
    assert year.until(date(2025, 9, 30)) is None


def test_months_are_whole_and_in_order() -> None:
    assert month_spans(date(2023, 12, 15), date(2024, 2, 1)) == [
        Span(date(2023, 12, 1), date(2023, 12, 31)),
        Span(date(2024, 1, 1), date(2024, 1, 31)),
        Span(date(2024, 2, 1), date(2024, 2, 29)),
    ]
    assert month_of(date(2026, 2, 28)).end == date(2026, 2, 28)


def test_fiscal_years_between_two_days_include_both() -> None:
    years = fiscal_years(date(2025, 9, 30), date(2026, 10, 1))
    assert [year.be for year in years] == [2568, 2569, 2570]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("31/03/2569", date(2026, 3, 31)),
        ("31/3/2569", date(2026, 3, 31)),
        ("๓๑/๐๓/๒๕๖๙", date(2026, 3, 31)),
        ("๒๕๖๙-๐๓-๓๑", date(2026, 3, 31)),
        ("2569-03-31", date(2026, 3, 31)),
        ("31/03/2026", date(2026, 3, 31)),
        ("  31/03/2569 ", date(2026, 3, 31)),
        ("2026-03-31 00:00:00", date(2026, 3, 31)),
        ("2026-03-31T00:00:00.000", date(2026, 3, 31)),
        ("31/03/2569 0:00", date(2026, 3, 31)),
        ("01/01/1950", date(1950, 1, 1)),
        ("31/12/2100", date(2100, 12, 31)),
        ("01/01/2493", date(1950, 1, 1)),
        ("31/12/2643", date(2100, 12, 31)),
        ("29/02/2567", date(2024, 2, 29)),  # 2567 is no leap number, but 2024 is
        ("29/02/2000", date(2000, 2, 29)),
        ("30 ก.ย. 2569", date(2026, 9, 30)),
        ("๓๐ กย ๒๕๖๙", date(2026, 9, 30)),
        ("5 มกราคม 2569", date(2026, 1, 5)),
        ("วันที่ 5 มกราคม พ.ศ. 2569", date(2026, 1, 5)),
        ("5 มกราคม ค.ศ. 2026", date(2026, 1, 5)),
        ("5มกราคม2569", date(2026, 1, 5)),
        ("30-Sep-2026", date(2026, 9, 30)),
        ("30 September 2026", date(2026, 9, 30)),
        ("30-09-2569", date(2026, 9, 30)),
        ("30.9.2569", date(2026, 9, 30)),
        ("2569/09/30", date(2026, 9, 30)),
        ("2026.9.30", date(2026, 9, 30)),
    ],
)
def test_every_accepted_form_is_read(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("31/02/2569", "impossible"),
        ("29/02/2568", "impossible"),  # 2568 is a leap number, but 2025 is not
        ("29/02/2100", "impossible"),
        ("00/01/2569", "impossible"),
        ("01/13/2569", "impossible"),
        ("2026-02-30", "impossible"),
        ("31/12/1949", "year"),
        ("01/01/2101", "year"),
        ("31/12/2492", "year"),
        ("01/01/2644", "year"),
        ("31/03/2399", "year"),  # read as Christian: too far ahead
        ("31/03/2400", "year"),  # read as Buddhist: 1857
        ("31/03/3112", "year"),  # the Buddhist offset added twice
        ("", "shape"),
        ("31/03/69", "shape"),
        ("31-03/2569", "shape"),
        ("31 มี.ค. 69", "shape"),
        ("31 มีค 2569 เวลา", "shape"),
        ("5 มกรา 2569", "shape"),
        ("31 มี.ค. พ.ศ. 2026", "year"),  # the era named is not that of the number
        ("31 มี.ค. ค.ศ. 2569", "year"),
        ("31 ก.พ. 2569", "impossible"),
        ("20260331", "shape"),
        ("2026-03-31 13:30:00", "shape"),
        ("45382", "shape"),
        ("3١/03/2569", "shape"),
    ],
)
def test_what_is_not_a_usable_date_is_refused_with_its_reason(text: str, rule: str) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_date(text)
    assert caught.value.rule == rule
    assert caught.value.seen == text


def test_a_refused_date_says_what_was_seen_and_how_to_write_one_in_both_languages() -> None:
    with pytest.raises(DateProblem) as caught:
        parse_date("31/02/2569")
    assert "“31/02/2569” ไม่มีในปฏิทิน" in caught.value.text("th")
    assert "“31/02/2569” is not in the calendar" in str(caught.value)
    for rule in ("shape", "impossible", "year"):
        for lang in ("th", "en"):
            assert "05/10/2568" in DateProblem("x", rule).text(lang)


@given(DAYS)
def test_a_day_written_in_any_form_is_read_back(day: date) -> None:
    thai = f"{day.day:02}/{day.month:02}/{be_year(day.year)}"
    for text in (day.isoformat(), thai, to_thai_digits(thai)):
        assert parse_date(text) == day


@given(st.integers(min_value=-10_000, max_value=10_000))
def test_the_two_year_counts_are_each_others_inverse(year: int) -> None:
    assert ce_year(be_year(year)) == year


@given(st.dates(min_value=date(1951, 1, 1), max_value=date(2099, 12, 31)))
def test_each_fiscal_year_holds_its_days_and_no_others(day: date) -> None:
    year = fiscal_year_of(day)
    assert year.start <= day <= year.end
    assert fiscal_year_of(year.end) == year
    assert fiscal_year_of(year.end + timedelta(days=1)) == FiscalYear(year.be + 1)


def test_dates_are_written_as_each_language_counts_years() -> None:
    day = date(2024, 1, 8)
    assert format_date(day, "th") == "8 ม.ค. 2567"
    assert format_date(day, "th", "long") == "8 มกราคม 2567"
    assert format_date(day, "en") == "8 Jan 2024"
    assert format_date(day, "en", "long") == "8 January 2024"


@pytest.mark.parametrize(
    ("start", "end", "thai", "english"),
    [
        (date(2022, 9, 27), date(2022, 9, 27), "27 ก.ย. 2565", "27 Sep 2022"),
        (date(2022, 9, 27), date(2022, 9, 28), "27–28 ก.ย. 2565", "27–28 Sep 2022"),
        (date(2019, 2, 27), date(2019, 3, 1), "27 ก.พ. – 1 มี.ค. 2562", "27 Feb – 1 Mar 2019"),
        (
            date(2025, 10, 1),
            date(2026, 9, 30),
            "1 ต.ค. 2568 – 30 ก.ย. 2569",
            "1 Oct 2025 – 30 Sep 2026",
        ),
        (
            date(2025, 9, 1),
            date(2026, 9, 30),
            "1 ก.ย. 2568 – 30 ก.ย. 2569",
            "1 Sep 2025 – 30 Sep 2026",
        ),
    ],
)
def test_a_period_names_month_and_year_once_where_its_ends_share_them(
    start: date, end: date, thai: str, english: str
) -> None:
    assert format_span(Span(start, end), "th") == thai
    assert format_span(Span(start, end), "en") == english


def test_months_quarters_and_fiscal_years_have_labels() -> None:
    day = date(2025, 10, 1)
    assert format_month(day, "th") == "ต.ค. 2568"
    assert format_month(day, "en", "long", year=False) == "October"
    assert month_names("th", "long")[0] == "มกราคม"
    assert month_names("en")[11] == "Dec"
    assert format_quarter(1, "th") == "ไตรมาสที่ 1 (ต.ค.–ธ.ค.)"
    assert format_quarter(4, "en", "short") == "Q4"
    assert format_fiscal_year(FiscalYear(2569), "th") == "ปีงบประมาณ พ.ศ. 2569"
    assert format_fiscal_year(FiscalYear(2569), "en") == "Fiscal year 2026 (B.E. 2569)"
    assert format_fiscal_year(FiscalYear(2569), "th", "short") == "ปีงบฯ 2569"
