"""What is known of bands that are joined: they add up, and why they were joined is known too."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from config import bands
from geo import registers

if TYPE_CHECKING:
    from tests.disclosure.attacker import Answers, Bounded, Cell, Part

CHOICE = "choice "
IN = ": "
EACH = " each"  # behind the name of a breakdown: its bands before any were joined
MANY = 10_000
LEAST = 5


def numbers_as_shown(
    public: pd.DataFrame, real: pd.DataFrame, by: str | None
) -> Iterator[tuple[object, object]]:
    """The true numerator and denominator of each public row, of joined bands their sum."""
    keys = ["area_code", "group", "period_start", "period_end"]
    seen = set(public["group"])
    whole = real.assign(group=[whole_of(by, group, seen) for group in real["group"]])
    summed = whole.groupby(keys)[["numerator", "denominator"]].sum(min_count=1)
    for key in public[keys].itertuples(index=False, name=None):
        yield summed.loc[key, "numerator"], summed.loc[key, "denominator"]


def whole_of(by: str | None, band: str, seen: set[str]) -> str:
    """The joined band among those that were seen which a band is a part of; else itself."""
    wholes = (whole for whole, parts in bands.parts_of_joined(by).items() if band in parts)
    return next((whole for whole in wholes if whole in seen), band)


def sums_of_bands(answers: "Answers") -> "list[list[tuple[Part, int]]]":
    """A joined band is the sum of its bands; one that stands alone is what is published of it."""
    sums: dict[Part, list[Part]] = {}
    for band, whole in answers.published.items():
        for part in ("top", "rest", "whole"):
            if (band, part) in answers.true:
                sums.setdefault((whole, part), []).append((band, part))
    return [[(whole, -1), *[(one, 1) for one in parts]] for whole, parts in sums.items()]


def why_joined(answers: "Answers") -> "list[Bounded]":
    """What joining tells of the country and of regions with a shown total: with the step before,
    one band at least would have a count from 1 to 4; with the step that was taken none has, unless
    it is the coarsest."""
    found: list[Bounded] = []
    small: dict[tuple[object, ...], list[tuple[Part, int]]] = {}
    truly: set[tuple[object, ...]] = set()
    for cell, parts in _wide_bands(answers, before=1).items():
        choice = (parts[0][0], f"{CHOICE}small")
        count = [(part, 1) for part in parts]
        found.append(([*count, (choice, -1)], 0, np.inf))
        found.append(([*count, (choice, MANY)], -np.inf, LEAST - 1 + MANY))
        table = cell[0], *cell[3:]
        small.setdefault(table, []).append((choice, 1))
        if 1 <= sum(answers.true[part] for part in parts) < LEAST:
            truly.add(table)
    for parts in _wide_bands(answers, before=0).values():
        choice = (parts[0][0], f"{CHOICE}large")
        count = [(part, 1) for part in parts]
        if not 1 <= sum(answers.true[part] for part in parts) < LEAST:
            found.append(([*count, (choice, -LEAST)], 0, np.inf))
            found.append(([*count, (choice, -MANY)], -np.inf, 0))
    # A step that was taken over from a snapshot before says nothing of today's counts.
    return found + [(small[table], 1, np.inf) for table in truly]


def _wide_bands(answers: "Answers", *, before: int) -> "dict[Cell, list[Part]]":
    """The joinable bands of the country and of regions with a shown total: as published by any
    division but the coarsest, or by the division before; with the bands that each is made of."""
    sums: dict[Cell, list[Part]] = {}
    for band in answers.published:
        name, area, one, start, end = band
        by, _, code = one.partition(f"{EACH}{IN}")
        ladder, step = bands.ladder(by), answers.steps[name, start, end] - before
        if area not in ("TH", *registers.REGIONS) or not 0 <= step < len(ladder) - 1:
            continue
        if code in ladder[-1] and (name, area, "", start, end) not in answers.hidden:
            cell = name, area, ladder[step].get(code, code), start, end
            sums.setdefault(cell, []).append((band, "top"))
    return sums
