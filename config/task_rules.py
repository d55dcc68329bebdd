"""Rules by which the desk raises tasks, read from `config/task_rules.toml` and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from config.i18n import Lang

TOML_PATH = Path(__file__).with_name("task_rules.toml")
Kind = Literal["silence", "decline", "over_norm", "unanswered"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_ALWAYS = {"kind", "at_least", "source_th", "source_en"}
_MORE: dict[str, set[str]] = {
    "silence": set(),
    "decline": {"indicators", "window", "settle"},
    "over_norm": {"window"},
    "unanswered": set(),
}


class TaskRuleProblem(Exception):
    """A file of rules that cannot be used: every mistake in it, one a line."""


@dataclass(frozen=True)
class TaskRule:
    """One rule: what it looks at, from which number on it raises a task, and who says so.

    `at_least` is in days for silence and unanswered, in month-ends in a row for over_norm.
    """

    name: str
    kind: Kind
    at_least: int
    source_th: str
    source_en: str
    indicators: tuple[str, ...] = ()
    window: int = 0
    settle: int = 0

    def source(self, lang: Lang) -> str:
        """Give where the rule comes from, or that it is a proposal."""
        return self.source_th if lang == "th" else self.source_en


@lru_cache(maxsize=1)
def task_rules() -> Mapping[str, TaskRule]:
    """Give the rules by name, in the order of the file; raises TaskRuleProblem."""
    return read(tomllib.loads(TOML_PATH.read_text(encoding="utf-8")))


def of_kind(kind: Kind) -> TaskRule | None:
    """Give the first rule of a kind; None where the file has none."""
    return next((rule for rule in task_rules().values() if rule.kind == kind), None)


def read(table: Mapping[str, Any]) -> Mapping[str, TaskRule]:
    """Give the rules of a parsed file; raises TaskRuleProblem with every mistake in it."""
    mistakes = [mistake for name, entry in table.items() for mistake in _mistakes(name, entry)]
    if mistakes:
        raise TaskRuleProblem("\n".join(mistakes))
    return MappingProxyType({
        name: TaskRule(name, **{**entry, "indicators": tuple(entry.get("indicators", ()))})
        for name, entry in table.items()
    })  # fmt: skip


def _mistakes(name: str, entry: object) -> list[str]:
    if not isinstance(entry, dict) or entry.get("kind") not in KINDS:
        return [f"{name}: kind is one of {', '.join(KINDS)}; got: {entry!r}"]
    wanted = _ALWAYS | _MORE[entry["kind"]]
    wrong = [f"{name}: {key} is missing" for key in sorted(wanted - entry.keys())]
    wrong += [f"{name}: {key} is not known" for key in sorted(entry.keys() - wanted)]
    for key, least in (("at_least", 1), ("window", 1), ("settle", 0)):
        number = entry.get(key, least)
        if isinstance(number, bool) or not isinstance(number, int) or number < least:
            wrong.append(f"{name}: {key} is a whole number from {least} on; got: {number!r}")
    listed = entry.get("indicators", ["-"])
    if not isinstance(listed, list) or not listed or not all(isinstance(x, str) for x in listed):
        wrong.append(f"{name}: indicators is a list of names; got: {listed!r}")
    return wrong
