"""Numbers as readers see them: exact half-up rounding, thousands, a real minus sign, units.

A value is rounded from the shortest decimal that names it (what Python prints), half away from
zero, so 0.25 becomes 0.3 and 2.675 becomes 2.68: never to even, never by the binary tail.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from config.i18n import Lang, has, t

MISSING = "—"
MINUS = "\N{MINUS SIGN}"
Form = Literal["bare", "words"]

_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(_THAI_DIGITS, "0123456789")

# Digits behind the point for units that are not whole counts.
PLACES: dict[str, int] = {
    "percent": 1,
    "points": 1,
    "ratio": 1,
    "per_1000": 2,
    "months": 1,
    "days": 0,
    "index": 2,
}
MOST_RATIO_PLACES = 3


class NotANumber(ValueError):
    """A value that cannot be written as the number asked for."""


def is_missing(x: Any) -> bool:
    """Tell whether a cell is empty: None, NaN, NaT or pandas' NA."""
    # pandas.NA refuses to be compared, and this floor does not import pandas to ask it.
    return x is None or type(x).__name__ in ("NAType", "NaTType") or bool(x != x)


def round_half_up(x: Any, places: int = 0) -> Decimal:
    """Give a number rounded half away from zero to so many places; never negative zero."""
    exact = _exact(x)
    step = Fraction(1, 10**places)
    whole, rest = divmod(abs(exact), step)
    steps = whole + (2 * rest >= step)
    sign = -1 if exact < 0 and steps else 1
    return Decimal(sign * steps).scaleb(-places)


def decimal(x: Any, places: int = 1) -> str:
    """Give a number with thousands commas and exactly so many places, "—" when empty."""
    if is_missing(x):
        return MISSING
    return f"{round_half_up(x, places):,.{places}f}".replace("-", MINUS)


def count(n: Any, lang: Lang = "th") -> str:
    """Give a whole number with thousands commas ("133,253" in both languages), "—" when empty."""
    if is_missing(n):
        return MISSING
    if _exact(n).denominator != 1:
        raise NotANumber(f"a count is a whole number; got: {n!r}")
    return decimal(n, 0)


def percent(x: Any) -> str:
    """Give a percentage (0–100) with one decimal and no sign: the unit word goes beside it."""
    return decimal(x, PLACES["percent"])


def ratio(x: Any) -> str:
    """Give "1 : 11.4" for 11.4 things per one; below one it has two digits that say something.

    "1 : 0.11" and "1 : 0.043", for "1 : 0.0" would read as nobody; below 0.001 it says so.
    """
    if is_missing(x):
        return MISSING
    places = ratio_places(x)
    if _exact(x) > 0 and not round_half_up(x, places):
        return f"1 : <{Decimal(1).scaleb(-places)}"
    return f"1 : {decimal(x, places)}"


def ratio_places(x: Any) -> int:
    """Give the digits behind the point that a ratio needs: one, below one two, or three at most."""
    size = 0 if is_missing(x) else abs(_exact(x))
    places = PLACES["ratio"]
    while size and places < MOST_RATIO_PLACES and round_half_up(size, places) * 10**places < 10:
        places += 1
    return places


def change(x: Any, places: int = 1) -> str:
    """Give a difference with its sign: "+1.5", "−0.3", and "0.0" without one."""
    if is_missing(x):
        return MISSING
    return f"+{decimal(x, places)}" if round_half_up(x, places) > 0 else decimal(x, places)


def value(x: Any, unit: str, lang: Lang, form: Form = "bare", places: int | None = None) -> str:
    """Give an indicator value written for its unit.

    `bare` is for a column or axis that already names the unit ("87.5", "1 : 11.4", "133,253");
    `words` carries the unit ("ร้อยละ 87.5", "133,253 คน"). Empty is "—" in both forms.
    `places` replaces the unit's own digits behind the point, as for a target of 80 percent.
    Raises NotANumber for a unit without a text `unit.<unit>`.
    """
    if not has(f"unit.{unit}"):
        raise NotANumber(f"a unit has a text key unit.<name>; got: {unit!r}")
    if is_missing(x):
        return MISSING
    if unit == "ratio":
        bare = ratio(x)
    elif places is not None:
        bare = decimal(x, places)
    elif unit in PLACES:
        bare = decimal(x, PLACES[unit])
    else:
        bare = count(x, lang)
    if form == "bare":
        return bare
    number = "one" if bare == "1" else "many"
    return t(f"unit_value.{unit}.{number}", lang, value=bare)


def to_arabic(text: str) -> str:
    """Give a text with Thai digits turned into 0–9, everything else as it was."""
    return text.translate(_TO_ARABIC)


def _exact(x: Any) -> Fraction:
    """Give the number that Python prints for `x`, exactly."""
    try:
        if isinstance(x, (int, Decimal, Fraction)):
            return Fraction(x)
        if isinstance(x, (str, bytes)):
            raise TypeError("text is not a number")
        return Fraction(repr(float(x)))
    except (TypeError, ValueError, OverflowError) as problem:
        raise NotANumber(f"a finite number is wanted; got: {x!r}") from problem
