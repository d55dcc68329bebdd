"""The levels of area as one table, widest first: code pattern, parent, column of rows, words.

Everything that depends on a level follows from here: what `--by` offers, which column a filter
compares, which areas one total sums. A further level (a tambon, another scheme of regions) is a
row of `LEVELS` beside its register.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from geo import registers
from geo.errors import UnknownArea
from geo.registers import COUNTRY


@dataclass(frozen=True, slots=True)
class Level:
    """One level of area.

    `pattern` matches its codes and no other level's. `parent` is the next wider level, `parent_of`
    gives the code of the area that one of this level lies in; both are None for the country.
    `column` holds the codes in rows of data; None where rows are placed by a narrower level's.
    `codes` gives every code in the register's order. `words` is the text key of the level's name.
    """

    name: str
    pattern: re.Pattern[str]
    parent: str | None
    parent_of: Callable[[str], str] | None
    column: str | None
    codes: Callable[[], tuple[str, ...]]

    @property
    def words(self) -> str:
        return f"area.{self.name}"


def _country() -> tuple[str, ...]:
    return (COUNTRY,)


def _regions() -> tuple[str, ...]:
    return registers.REGIONS


def _provinces() -> tuple[str, ...]:
    return tuple(registers.provinces_by_code())


def _districts() -> tuple[str, ...]:
    return tuple(registers.districts_by_code())


def _to_country(code: str) -> str:
    del code  # every region lies in it
    return COUNTRY


def _to_province(code: str) -> str:
    return code[:2]


LEVELS: tuple[Level, ...] = (
    Level("country", re.compile(COUNTRY), None, None, None, _country),
    Level("region", re.compile(r"[a-z]+"), "country", _to_country, None, _regions),
    Level(
        "province",
        re.compile(r"\d{2}"),
        "region",
        registers.region_of,
        "province_code",
        _provinces,
    ),
    Level("district", re.compile(r"\d{4}"), "province", _to_province, "district_code", _districts),
)
BY_NAME: dict[str, Level] = {level.name: level for level in LEVELS}
NAMES: tuple[str, ...] = tuple(BY_NAME)


@cache
def level_of(code: str) -> Level:
    """The level that a code is on, by its pattern; raises UnknownArea where it fits none."""
    for level in LEVELS:
        if level.pattern.fullmatch(code):
            return level
    raise UnknownArea(code, "area")


def is_code(code: str) -> bool:
    """True for the code of an area that a register holds."""
    return any(code in _codes_of(level.name) for level in LEVELS)


def parent_of(code: str) -> str | None:
    """The code of the next wider area; None for the country."""
    up = level_of(code).parent_of
    return None if up is None else up(code)


@cache
def path_of(code: str) -> tuple[str, ...]:
    """Codes from the country down to the area itself: ("TH", "north", "50", "5001")."""
    parent = parent_of(code)
    return (code,) if parent is None else (*path_of(parent), code)


def area_at(code: str, level: str) -> str | None:
    """The area of that level in which an area lies, or itself; None where the level is narrower."""
    return next((step for step in path_of(code) if level_of(step).name == level), None)


def lies_in(code: str, other: str) -> bool:
    """True where the first area is the second one or a part of it."""
    return other in path_of(code)


def members(code: str, level: str) -> tuple[str, ...]:
    """Codes of the areas of a level that make up an area, in the register's order."""
    return tuple(one for one in BY_NAME[level].codes() if lies_in(one, code))


@cache
def _codes_of(level: str) -> frozenset[str]:
    return frozenset(BY_NAME[level].codes())
