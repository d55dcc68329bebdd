"""What may be typed: no citizen number, telephone number or mail address, however written."""

import pytest

from data_access.journal.plain_text import rule_against, tidy


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("ประชุมทีมทุกวันจันทร์ ปีงบประมาณ 2570 เป้าหมาย 1,200 ราย", None),
        ("หนังสือที่ พม 0305/12345 ลงวันที่ 01/10/2569", None),
        ("1101700203450", "citizen_number"),
        ("๑-๑๐๑๗-๐๐๒๐๓-๔๕-๐", "citizen_number"),
        ("เลข 1 1017 00203 45 1", "citizen_number"),
        ("11017002034501", None),  # fourteen digits are another number
        ("โทร 081-234-5678", "telephone"),
        ("โทร ๐๘๑๒๓๔๕๖๗๘", "telephone"),
        ("02 123 4567", "telephone"),
        ("+66 81 234 5678", "telephone"),
        ("somchai@example.go.th", "mail_address"),
        ("ก" * 201, "too_long"),
        ("ก" * 200, None),
    ],
)
def test_texts_that_name_somebody_are_refused(text: str, rule: str | None) -> None:
    assert rule_against(text, 200) == rule


def test_a_text_is_one_line_without_what_cannot_be_seen() -> None:
    assert tidy("  ลงพื้นที่\u200b\n\tทุก  เดือน\x07 ") == "ลงพื้นที่ ทุก เดือน"
