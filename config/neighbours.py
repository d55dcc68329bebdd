"""By what provinces are like each other, read from `config/neighbours.toml` and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any, Literal

from config.i18n import Lang

TOML_PATH = Path(__file__).with_name("neighbours.toml")
FROM_THE_DATA = ("households", "population", "districts")
FEWEST, MOST = 5, 10
_WORDS = {"title_th", "title_en", "source_th", "source_en"}
_RULES = {"count", "least_shown", "far"}


class NeighbourProblem(Exception):
    """A file of variables that cannot be used: every mistake in it, one a line."""


@dataclass(frozen=True)
class Variable:
    """One number by which provinces are alike, and where it comes from.

    Its numbers are those of the data (`of`, divided by `per` where there is one), or `values` by
    province code, which then have a day, `as_of`.
    """

    name: str
    scale: Literal["plain", "log"]
    title_th: str
    title_en: str
    source_th: str
    source_en: str
    of: str = ""
    per: str = ""
    values: Mapping[str, float] | None = None
    as_of: date | None = None

    def title(self, lang: Lang) -> str:
        """Give what it measures, with its unit."""
        return self.title_th if lang == "th" else self.title_en

    def source(self, lang: Lang) -> str:
        """Give who published it."""
        return self.source_th if lang == "th" else self.source_en


@dataclass(frozen=True)
class NeighbourRules:
    """How many neighbours a province has, how many of them make a median, when two are far apart
    (in standard deviations), and the variables."""

    count: int
    least_shown: int
    far: float
    variables: tuple[Variable, ...]


@lru_cache(maxsize=1)
def neighbour_rules() -> NeighbourRules:
    """Give the rules of the file, read once per process; raises NeighbourProblem."""
    return read(tomllib.loads(TOML_PATH.read_text(encoding="utf-8")))


def read(table: Mapping[str, Any]) -> NeighbourRules:
    """Give the rules of a parsed file; raises NeighbourProblem with every mistake in it."""
    rules, variables = table.get("rules", {}), table.get("variables", {})
    wrong = [f"{key} is not known" for key in sorted(table.keys() - {"rules", "variables"})]
    wrong += _mistakes_of_rules(rules)
    if not variables:
        wrong.append("variables: at least one is wanted; got: none")
    wrong += [one for name, entry in variables.items() for one in _mistakes(name, entry)]
    if wrong:
        raise NeighbourProblem("\n".join(wrong))
    listed = tuple(Variable(name=name, **entry) for name, entry in variables.items())
    return NeighbourRules(**rules, variables=listed)


def _mistakes_of_rules(rules: Mapping[str, Any]) -> list[str]:
    wrong = [f"rules: {key} is missing" for key in sorted(_RULES - rules.keys())]
    wrong += [f"rules: {key} is not known" for key in sorted(rules.keys() - _RULES)]
    count, shown, far = (rules.get(key, usual) for key, usual in zip(
        ("count", "least_shown", "far"), (FEWEST, 1, 1.0), strict=True
    ))  # fmt: skip
    if not _is_whole(count) or not FEWEST <= count <= MOST:
        wrong.append(f"rules: count is a whole number from {FEWEST} to {MOST}; got: {count!r}")
    elif not _is_whole(shown) or not 1 <= shown <= count:
        wrong.append(f"rules: least_shown is a whole number from 1 to {count}; got: {shown!r}")
    if not _is_number(far) or far <= 0:
        wrong.append(f"rules: far is a number above 0; got: {far!r}")
    return wrong


def _mistakes(name: str, entry: object) -> list[str]:
    if not isinstance(entry, dict):
        return [f"{name}: a table is wanted; got: {entry!r}"]
    own = {"values", "as_of"} if "values" in entry else {"of"}
    wrong = [f"{name}: {key} is missing" for key in sorted((own | _WORDS) - entry.keys())]
    known = own | _WORDS | {"scale"} | ({"per"} if "of" in own else set())
    wrong += [f"{name}: {key} is not known" for key in sorted(entry.keys() - known)]
    if entry.get("scale") not in ("plain", "log"):
        wrong.append(f'{name}: scale is "plain" or "log"; got: {entry.get("scale")!r}')
    for key in sorted({"of", "per"} & entry.keys() & known):
        if entry[key] not in FROM_THE_DATA:
            wrong.append(f"{name}: {key} is one of {FROM_THE_DATA}; got: {entry[key]!r}")
    for key in sorted(_WORDS & entry.keys()):
        if not isinstance(entry[key], str) or not entry[key].strip():
            wrong.append(f"{name}: {key} is a text; got: {entry[key]!r}")
    return wrong + (_mistakes_of_values(name, entry) if "values" in entry else [])


def _mistakes_of_values(name: str, entry: Mapping[str, Any]) -> list[str]:
    wrong = []
    if "as_of" in entry and not isinstance(entry["as_of"], date):
        wrong.append(f"{name}: as_of is a day such as 2025-12-31; got: {entry['as_of']!r}")
    values = entry["values"]
    if not isinstance(values, dict) or not values:
        return [*wrong, f"{name}: values are numbers by province code; got: {values!r}"]
    return wrong + [
        f"{name}: the value of {code} is a number"
        f"{' above 0' if entry.get('scale') == 'log' else ''}; got: {value!r}"
        for code, value in values.items()
        if not _is_number(value) or (entry.get("scale") == "log" and value <= 0)
    ]


def _is_whole(x: object) -> bool:
    return isinstance(x, int) and not isinstance(x, bool)


def _is_number(x: object) -> bool:
    return isinstance(x, (int, float)) and not isinstance(x, bool) and isfinite(x)
