"""Days that trends are marked with, read from `config/events.toml` and checked."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from config.i18n import Lang

TOML_PATH = Path(__file__).with_name("events.toml")
KINDS = ("policy", "register")
_TEXTS = ("text_th", "text_en", "source")
_MUST = {"on", "kind", *_TEXTS}
_OPTIONAL = {"indicators", "break"}


class EventProblem(Exception):
    """A file of events that cannot be used: every mistake in it, one a line."""


@dataclass(frozen=True)
class Event:
    """One day: what happened, where that can be read, on which trends it is marked (all where
    `indicators` is empty), and whether values before and after it cannot be compared."""

    name: str
    on: date
    kind: str
    text_th: str
    text_en: str
    source: str
    indicators: tuple[str, ...] = ()
    breaks_series: bool = False

    def text(self, lang: Lang) -> str:
        """Give what happened."""
        return self.text_th if lang == "th" else self.text_en


@lru_cache(maxsize=1)
def events() -> tuple[Event, ...]:
    """Give all events in the order of their days; raises EventProblem."""
    return read(tomllib.loads(TOML_PATH.read_text(encoding="utf-8")))


def events_between(first: date, last: date, names: Iterable[str]) -> tuple[Event, ...]:
    """Give the events of a period (both ends inclusive) that concern one of the indicators."""
    asked = set(names)
    return tuple(
        one
        for one in events()
        if first <= one.on <= last and (not one.indicators or asked & set(one.indicators))
    )


def last_break(name: str, until: date) -> date:
    """Give the last day from which values of an indicator cannot be compared with those before it:
    the day of a break up to `until`, else the beginning of time."""
    listed = events_between(date.min, until, (name,))
    return max((one.on for one in listed if one.breaks_series), default=date.min)


def read(table: Mapping[str, Any]) -> tuple[Event, ...]:
    """Give the events of a parsed file; raises EventProblem with every mistake in it."""
    mistakes = [mistake for name, entry in table.items() for mistake in _mistakes(name, entry)]
    if mistakes:
        raise EventProblem("\n".join(mistakes))
    made = [
        Event(
            name,
            **{key: entry[key] for key in _MUST},
            indicators=tuple(entry.get("indicators", ())),
            breaks_series=entry.get("break", False),
        )
        for name, entry in table.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.on, one.name)))


def _mistakes(name: str, entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return [f"{name}: must be a table; got: {entry!r}"]
    wrong = [f"{name}: {key} is missing" for key in sorted(_MUST - entry.keys())]
    wrong += [f"{name}: {key} is not known" for key in sorted(entry.keys() - _MUST - _OPTIONAL)]
    if type(entry.get("on")) is not date:
        wrong.append(f"{name}: on must be a day, like 2025-10-29; got: {entry.get('on')!r}")
    if entry.get("kind") not in KINDS:
        wrong.append(f"{name}: kind is one of {', '.join(KINDS)}; got: {entry.get('kind')!r}")
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            wrong.append(f"{name}: {key} must be a text that is not empty")
    listed = entry.get("indicators", [])
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        wrong.append(f"{name}: indicators is a list of names; got: {listed!r}")
    if type(entry.get("break", False)) is not bool:
        wrong.append(f"{name}: break must be true or false; got: {entry['break']!r}")
    return wrong
