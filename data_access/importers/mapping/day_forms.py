"""Days written in a form that a map names, such as "dd/mm/yyyy" or "yyyymmdd" in Buddhist years."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from config.numbers import to_arabic
from config.thai_calendar import FIRST_BUDDHIST_YEAR, DateProblem, ce_year, parse_date
from data_access.importers.mapping.definition import DateForm
from data_access.importers.values import bare

_TOKEN = re.compile(r"yyyy|yy|mmm|mm|dd")
_PART = {"yyyy": "year", "yy": "year", "mmm": "word", "mm": "month", "dd": "day"}
_TIME_BEHIND = r"(?:[ T]+\d{1,2}[:.]\d{2}.*)?"
_CENTURY = {"be": 2500, "ce": 2000}
_DECEMBER = 12


def problem_with(form: DateForm) -> str | None:
    """Give the rule that a form itself breaks, or None: see importing.problem.map_date_*."""
    tokens = _TOKEN.findall(form.pattern)
    parts = [_PART[token] for token in tokens]
    rest = _TOKEN.sub("", form.pattern)
    months = [part for part in parts if part in ("month", "word")]
    if parts.count("year") != 1 or len(months) > 1 or parts.count("day") > 1:
        return "map_date_parts"
    if re.search("[A-Za-z]", rest) or ("day" in parts and not months):
        return "map_date_parts"
    if "yy" in tokens and form.era is None:
        return "map_date_era"
    return "map_date_take" if ("day" in parts) == (form.take is not None) else None


@lru_cache(maxsize=65_536)
def read_written_day(text: str, form: DateForm) -> date:
    """Give the day that a text means in a form; raises DateProblem where it is not of the form.

    A time of day behind it is left out. A year from 2400 on is Buddhist unless the form says "ce".
    """
    plain = bare(to_arabic(text))
    match = _regex(form.pattern).fullmatch(plain)
    if match is None:
        raise DateProblem(text, "shape")
    parts = match.groupdict()
    year = _year(parts["year"], form, text)
    if parts.get("word"):
        return parse_date(f"{parts.get('day') or 1} {parts['word']} {year}")
    last = form.take == "last"
    month = int(parts.get("month") or (_DECEMBER if last else 1))
    if not 1 <= month <= _DECEMBER:
        raise DateProblem(text, "impossible")
    day = int(parts.get("day") or (monthrange(year, month)[1] if last else 1))
    return parse_date(f"{year:04d}-{month:02d}-{day:02d}")


def _year(digits: str, form: DateForm, text: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        year += _CENTURY[str(form.era)]
    buddhist = year >= FIRST_BUDDHIST_YEAR
    if (form.era == "ce" and buddhist) or (form.era == "be" and not buddhist):
        raise DateProblem(text, "year")
    return ce_year(year) if buddhist else year


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    """A form as a pattern; parts that touch each other have a fixed number of digits."""
    pieces: list[str] = []
    position = 0
    touching = _TOKEN.sub("", pattern) == ""
    for token in _TOKEN.finditer(pattern):
        pieces.append(_separator(pattern[position : token.start()]))
        pieces.append(_token(token[0], touching))
        position = token.end()
    pieces.append(_separator(pattern[position:]))
    return re.compile("".join(pieces) + _TIME_BEHIND, re.ASCII)


def _separator(text: str) -> str:
    return r"\s*".join(re.escape(piece) for piece in re.split(r"\s+", text))


def _token(token: str, touching: bool) -> str:
    digits = {"yyyy": r"\d{4}", "yy": r"\d{2}", "mmm": r"[^\d]+?"}.get(token)
    digits = digits or (r"\d{2}" if touching else r"\d{1,2}")
    return f"(?P<{_PART[token]}>{digits})"
