"""Thai digits and long dates: words change, codes and addresses do not."""

import pytest

from config.i18n import Lang
from ui.text.official import Writing

DIGITS, DATES = Writing(thai_digits=True), Writing(long_dates=True)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 : 11.6", "๑ : ๑๑.๖"),
        ("ร้อยละ 97.4 (1,234 คน)", "ร้อยละ ๙๗.๔ (๑,๒๓๔ คน)"),
        ("ข้อมูล ณ วันที่ 30 ก.ย. 2569", "ข้อมูล ณ วันที่ ๓๐ ก.ย. ๒๕๖๙"),
        ("−2.6 จุดร้อยละ", "−๒.๖ จุดร้อยละ"),
        ("รหัส SYN50C0000356 ชุดข้อมูล 20261130T055544-08f933", None),
        ("http://localhost:8501/area?province=50", None),
        ("2026-W40", None),
    ],
)
def test_numbers_are_in_thai_digits_and_codes_stay(text: str, wanted: str | None) -> None:
    assert DIGITS.words(text, "th") == (wanted or text)
    assert DIGITS.words(text, "en") == text


@pytest.mark.parametrize(
    ("text", "lang", "wanted"),
    [
        ("30 ก.ย. 2569", "th", "30 กันยายน 2569"),
        ("1 ต.ค. – 30 พ.ย. 2569", "th", "1 ตุลาคม – 30 พฤศจิกายน 2569"),
        ("ม.ค. 2569", "th", "มกราคม 2569"),
        ("ม.ค.", "th", "ม.ค."),
        ("30\N{NO-BREAK SPACE}ก.ย. 2569", "th", "30\N{NO-BREAK SPACE}กันยายน 2569"),
        ("30 Sep 2026", "en", "30 September 2026"),
        ("3 Marks, May 2026", "en", "3 Marks, May 2026"),
    ],
)
def test_months_beside_a_day_or_a_year_are_written_out(text: str, lang: Lang, wanted: str) -> None:
    assert DATES.words(text, lang) == wanted


def test_the_writing_of_the_screen_changes_nothing() -> None:
    assert Writing().plain
    assert Writing().words("30 ก.ย. 2569", "th") == "30 ก.ย. 2569"
