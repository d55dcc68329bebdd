"""Norms and thresholds with their sources, read from `config/thresholds.toml` and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from config.i18n import Lang, fill_text, has
from config.numbers import decimal
from config.numbers import value as written

TOML_PATH = Path(__file__).with_name("thresholds.toml")
_REQUIRED = {"value", "better", "unit", "proposed", "source_th", "source_en"}


class ThresholdProblem(Exception):
    """An entry of thresholds.toml that cannot be used, or a name that has none."""


@dataclass(frozen=True)
class Threshold:
    """One norm: the value wanted, the side that is good, and who says so.

    `value` itself still meets the norm; `watch`, where there is one, is the last value that is
    only "watch". `data_access.targets` judges by it.
    """

    name: str
    value: float
    better: Literal["lower", "higher"]
    unit: str
    proposed: bool
    source_th: str
    source_en: str
    watch: float | None = None

    def source(self, lang: Lang) -> str:
        """Give where the value comes from, or that it is a proposal."""
        return fill_text(self.source_th if lang == "th" else self.source_en, self.name, lang)

    def text(self, lang: Lang) -> str:
        """Give the value with its unit, such as "ร้อยละ 80" or "10 families"."""
        places = 0 if self.value == int(self.value) else None
        return written(self.value, self.unit, lang, form="words", places=places)


def threshold(name: str) -> Threshold:
    """Give one threshold; raises ThresholdProblem for a name without an entry."""
    found = thresholds().get(name)
    if found is None:
        raise ThresholdProblem(f"a threshold is one of {sorted(thresholds())}; got: {name!r}")
    return found


def whole(name: str) -> int:
    """Give a threshold that counts something; raises ThresholdProblem where it is no whole number.

    Half a family or half a month cannot be a norm of what is counted.
    """
    value = threshold(name).value
    if value != int(value):
        raise ThresholdProblem(f"{name} is a whole number in thresholds.toml; got: {value!r}")
    return int(value)


def bare(value: float) -> str:
    """Give a threshold's value without its unit and without decimals that say nothing."""
    return decimal(value, 0) if value == int(value) else decimal(value, 1)


@lru_cache(maxsize=1)
def thresholds() -> Mapping[str, Threshold]:
    """Give all thresholds by name, read once per process."""
    return MappingProxyType(read(TOML_PATH))


def read(path: Path) -> dict[str, Threshold]:
    """Give the thresholds of a file; raises ThresholdProblem with every mistake in it."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    mistakes = [
        f"{name}: {mistake}" for name, entry in table.items() for mistake in _mistakes(entry)
    ]
    if mistakes:
        raise ThresholdProblem(f"{path.name}: " + "; ".join(mistakes))
    return {name: Threshold(name=name, **entry) for name, entry in table.items()}


def _mistakes(entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return [f"a table with value, better, unit, proposed and sources is wanted; got: {entry!r}"]
    found = [f"{field} is missing" for field in sorted(_REQUIRED - set(entry))]
    found += [f"{field} is not known" for field in sorted(set(entry) - _REQUIRED - {"watch"})]
    for field in ("value", "watch"):
        if not _is_number(entry.get(field, 0)):
            found.append(f"{field} must be a number; got: {entry[field]!r}")
    if entry.get("better", "lower") not in ("lower", "higher"):
        found.append(f"better must be lower or higher; got: {entry['better']!r}")
    if not isinstance(entry.get("proposed", True), bool):
        found.append(f"proposed must be true or false; got: {entry['proposed']!r}")
    if not has(f"unit.{entry.get('unit', 'count')}"):
        found.append(f"unit has no text; got: {entry['unit']!r}")
    found += [
        f"{field} must be a text that says where the value comes from"
        for field in ("source_th", "source_en")
        if field in entry and not (isinstance(entry[field], str) and entry[field].strip())
    ]
    if not found and "watch" in entry:
        good_first = (entry["value"] > entry["watch"]) == (entry["better"] == "higher")
        if not good_first or entry["value"] == entry["watch"]:
            found.append("watch must lie on the worse side of value")
    return found


def _is_number(x: object) -> bool:
    return isinstance(x, (int, float)) and not isinstance(x, bool)
