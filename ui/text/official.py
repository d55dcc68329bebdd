"""How a file writes numbers and days: as the screen does, or as a memorandum of an office does.

Thai digits and long months are put into finished words, last of all: nothing that is kept for other
visitors depends on them. What a machine reads (addresses, codes, cells of numbers) stays.
"""

import re
from dataclasses import dataclass
from functools import cache

from config.i18n import Lang
from config.thai_calendar import month_names

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
# A word with Latin letters in it is a code, an address or English: 2026-W40, S4, SYN50C0000356.
_NUMBER_OR_CODE = re.compile(r"[^\s()“”]*[A-Za-z_][^\s()“”]*|\d+")


@dataclass(frozen=True)
class Writing:
    """The two switches; `plain` is the writing of the screen."""

    thai_digits: bool = False
    long_dates: bool = False

    @property
    def plain(self) -> bool:
        """Whether words stay as they are."""
        return not (self.thai_digits or self.long_dates)

    def words(self, text: str, lang: Lang) -> str:
        """Give a text in this writing. English has no Thai digits."""
        if self.long_dates:
            text = _short_month(lang).sub(lambda match: _long(lang)[match[0]], text)
        if self.thai_digits and lang == "th":
            text = _NUMBER_OR_CODE.sub(_thai_number, text)
        return text


def _thai_number(match: re.Match[str]) -> str:
    return match[0].translate(_THAI) if match[0].isdecimal() else match[0]


@cache
def _long(lang: Lang) -> dict[str, str]:
    return dict(zip(month_names(lang), month_names(lang, "long"), strict=True))


@cache
def _short_month(lang: Lang) -> re.Pattern[str]:
    """A short month beside a day or a year; by itself, as on an axis, it has no room to be long."""
    months = "|".join(re.escape(name) for name in month_names(lang))
    end = r"(?!\w)" if lang == "en" else ""
    space = "[ \N{NO-BREAK SPACE}]"
    return re.compile(rf"(?<=\d{space})(?:{months}){end}|(?:{months})(?={space}\d{{4}})")
