"""Ladders of bands: which neighbours the public level joins, read from `config/bands.toml`."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

TOML_PATH = Path(__file__).with_name("bands.toml")

Division = Mapping[str, str]  # band -> the joined band that it is a part of; others stand alone
ALONE: Division = MappingProxyType({})


class BandProblem(Exception):
    """A file of ladders that cannot be used: every mistake in it, one a line."""


def ladder(breakdown: str | None) -> tuple[Division, ...]:
    """Give the divisions of a breakdown, the finest first; only `ALONE` where none are joined."""
    return ladders().get(breakdown or "", (ALONE,))


def parts_of_joined(breakdown: str | None) -> dict[str, tuple[str, ...]]:
    """Give the bands that stand for several, each with its parts in order; empty without any."""
    found: dict[str, tuple[str, ...]] = {}
    for division in ladder(breakdown):
        for band, whole in division.items():
            found[whole] = tuple(dict.fromkeys((*found.get(whole, ()), band)))
    return found


@lru_cache(maxsize=1)
def ladders() -> Mapping[str, tuple[Division, ...]]:
    """Give the ladder of every breakdown that has one; raises BandProblem."""
    return MappingProxyType(read(tomllib.loads(TOML_PATH.read_text(encoding="utf-8"))))


def read(table: Mapping[str, Any]) -> dict[str, tuple[Division, ...]]:
    """Give the ladders of a parsed file; raises BandProblem with every mistake in it."""
    mistakes = [
        f"{breakdown}: {mistake}" for breakdown, steps in table.items() for mistake in _odd(steps)
    ]
    if mistakes:
        raise BandProblem("\n".join(mistakes))
    return {
        breakdown: (ALONE, *(MappingProxyType(_division(step)) for step in steps))
        for breakdown, steps in table.items()
    }


def _division(step: Mapping[str, list[str]]) -> dict[str, str]:
    return {band: whole for whole, bands in step.items() for band in bands}


def _odd(steps: Any) -> list[str]:
    """What is wrong with the steps of one ladder."""
    if not _are_lists_of_bands(steps):
        return ["steps are tables: joined band = [its bands, two or more]"]
    found = []
    parts: dict[str, list[str]] = {}
    before: dict[str, str] = {}
    for number, step in enumerate(steps, start=1):
        bands = [band for joined_bands in step.values() for band in joined_bands]
        if len(set(bands)) < len(bands):
            found.append(f"step {number}: a band is in two joined bands")
        for whole, joined_bands in step.items():
            if parts.setdefault(whole, joined_bands) != joined_bands:
                found.append(f"step {number}: {whole} has other bands than in an earlier step")
        now = _division(step)
        for whole in dict.fromkeys(before.values()):
            if len({now.get(band, band) for band, one in before.items() if one == whole}) > 1:
                found.append(f"step {number}: {whole} is joined in an earlier step, and parted")
        if now == before:
            found.append(f"step {number}: joins no more than the step before")
        before = now
    return found


def _are_lists_of_bands(steps: Any) -> bool:
    return isinstance(steps, list) and all(
        isinstance(step, dict)
        and all(
            isinstance(bands, list) and len(bands) > 1 and all(isinstance(b, str) for b in bands)
            for bands in step.values()
        )
        for step in steps
    )
