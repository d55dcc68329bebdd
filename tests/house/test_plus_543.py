"""The Buddhist era is one module's business: nobody else adds or takes away its offset."""

import io
import re
import tokenize

import pytest

from tests.house.source import committed, name, python_files

CALENDAR = "config/thai_calendar.py"
OFFSET = 500 + 43
# A fiscal year that begins in October is sometimes worked out with one more.
FORBIDDEN = {str(OFFSET), str(OFFSET + 1)}
IN_TEXT = re.compile(rf"(?<![\d.,#])(?:{'|'.join(sorted(FORBIDDEN))})(?![\d,]|\.\d)")
NUMBERS_ONLY = {"data", "golden"}  # folders of coordinates and of drawn values
OTHER_CODE = {".toml", ".js", ".css", ".html", ".json", ".sql"}


def offsets(source: str) -> list[int]:
    """The lines of a Python text that hold the offset as a number or inside a string."""
    return [
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if (token.type == tokenize.NUMBER and token.string.replace("_", "") in FORBIDDEN)
        or (token.type not in (tokenize.NUMBER, tokenize.COMMENT) and IN_TEXT.search(token.string))
    ]


def test_only_the_calendar_knows_the_offset() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in python_files()
        if name(path) not in (CALENDAR, "tests/house/test_plus_543.py")
        for line in offsets(path.read_text(encoding="utf-8"))
    ]
    assert not found, "use be_year, ce_year or a format_… function of config.thai_calendar"


def test_no_other_kind_of_code_knows_it_either() -> None:
    found = [
        f"{name(path)}:{number}"
        for path in committed()
        if path.suffix in OTHER_CODE and not NUMBERS_ONLY & set(path.parts)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if IN_TEXT.search(line)
    ]
    assert not found, "pass the label in, made by config.thai_calendar"


@pytest.mark.parametrize(
    "line",
    [
        f"year + {OFFSET}",
        f"year-{OFFSET}",
        f"x = {OFFSET + 1}",
        f'"year(datum.d) + {OFFSET}"',
        f'"datum.y-{OFFSET}"',
    ],
)
def test_the_rule_sees_the_offset_in_its_disguises(line: str) -> None:
    assert offsets(line + "\n") == [1]


@pytest.mark.parametrize(
    "line", [f'"21,{OFFSET} ครัวเรือน"', f'"{OFFSET}0"', f"5{OFFSET}", f"# the year + {OFFSET}"]
)
def test_the_rule_leaves_other_numbers_alone(line: str) -> None:
    assert offsets(line + "\n") == []
