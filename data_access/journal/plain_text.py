"""What may be typed: plain text of a limited length that names no client.

Thirteen digits in a row are taken for a citizen number whether or not the check digit is right: a
mistyped one is still somebody's. Ten digits that begin as a Thai telephone number does and mail
addresses are refused too, in Thai digits and with spaces or dashes between them as well.
"""

import re
import unicodedata
from typing import Literal

from config.numbers import to_arabic

TextRule = Literal["too_long", "citizen_number", "telephone", "mail_address"]
_BETWEEN = r"[ \-.]?"
_CITIZEN = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{12}}(?!\d)")
_TELEPHONE = re.compile(
    rf"(?<!\d)(?:\+?66{_BETWEEN}|0{_BETWEEN})[2-9](?:{_BETWEEN}\d){{7,8}}(?!\d)"
)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def tidy(text: str) -> str:
    """Give a text on one line, without characters that cannot be seen, with single spaces."""
    visible = (c for c in text if unicodedata.category(c) != "Cf")
    return " ".join("".join(c if c.isprintable() else " " for c in visible).split())


def rule_against(text: str, longest: int) -> TextRule | None:
    """Give which rule a text breaks; None where it may be kept."""
    digits = to_arabic(text)
    if len(text) > longest:
        return "too_long"
    if _CITIZEN.search(digits):
        return "citizen_number"
    if _TELEPHONE.search(digits):
        return "telephone"
    return "mail_address" if _MAIL.search(digits) else None
