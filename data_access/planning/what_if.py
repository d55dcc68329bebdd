"""What if the norm were another, or there were more or fewer case managers. Pure.

The numbers are those of `families_per_case_manager`; a cell that is hidden or empty stays so.
"""

from fractions import Fraction
from heapq import heapify, heapreplace
from typing import Any

import pandas as pd

from data_access.disclosure import SHOWN

COLUMNS = [
    "area_code", "status", "reason", "families", "managers", "managers_then",
    "over_now", "over_then", "gap_now", "gap_then",
]  # fmt: skip


def what_if(frame: pd.DataFrame, *, norm: int, people: int, norm_now: int) -> pd.DataFrame:
    """Give one row per area as it is (at `norm_now`) and as it would be: columns `COLUMNS`.

    `frame` is that of `families_per_case_manager`. `people` more case managers go one by one to
    the area that lacks most at `norm` (of several the one with most families for each); where
    nobody is lacking the rest stay unplaced. With fewer, each goes from the area with fewest
    families for each of them, the last one of an area never. `gap` is the number of case managers
    missing, as `staffing_gap` counts it; families without any case manager are over every norm.
    """
    known = (frame["status"] == SHOWN) | (frame["reason"] == "no_case_manager")
    rows = frame.assign(
        families=frame["numerator"].where(known), managers=frame["denominator"].where(known)
    ).reset_index(drop=True)
    then = _placed_people(rows, norm, people)
    pairs = zip(rows["families"], rows["managers"], then, strict=True)
    counted = [
        (
            _is_over(families, managers, norm_now),
            _is_over(families, later, norm),
            _gap(families, managers, norm_now),
            _gap(families, later, norm),
        )
        for families, managers, later in pairs
    ]
    names = ["over_now", "over_then", "gap_now", "gap_then"]
    result = pd.DataFrame(counted, columns=names, index=rows.index).astype({
        "over_now": "boolean", "over_then": "boolean", "gap_now": "Int64", "gap_then": "Int64",
    })  # fmt: skip
    later_people = pd.Series(then, index=rows.index, dtype="Int64")
    return pd.concat([rows.assign(managers_then=later_people), result], axis=1)[COLUMNS]


def _placed_people(rows: pd.DataFrame, norm: int, people: int) -> list[Any]:
    """The case managers of each area after so many came or went."""
    then = [None if pd.isna(x) else int(x) for x in rows["managers"]]
    families = [None if pd.isna(x) else int(x) for x in rows["families"]]
    known = [n for n, pair in enumerate(zip(families, then, strict=True)) if None not in pair]
    urgency = _lacking if people > 0 else _spare
    queue = [(*urgency(families[n], then[n], norm), n) for n in known]
    heapify(queue)
    step = 1 if people > 0 else -1
    for _ in range(abs(people)):
        if not queue or not queue[0][0]:
            break  # nobody lacks anybody, or nobody can go
        n = queue[0][-1]
        then[n] = (then[n] or 0) + step
        heapreplace(queue, (*urgency(families[n], then[n], norm), n))
    return then


def _lacking(families: Any, managers: Any, norm: int) -> tuple[int, Fraction]:
    """Negative, so that the smallest is first: how many are missing, and families for each."""
    return -(_gap(families, managers, norm) or 0), -Fraction(families, managers or 1)


def _spare(families: Any, managers: Any, norm: int) -> tuple[int, Fraction]:
    """1 where somebody can go, in the order of families for each that would be left."""
    del norm
    return (-1, Fraction(families, managers - 1)) if managers > 1 else (0, Fraction(0))


def _gap(families: Any, managers: Any, norm: int) -> int | None:
    """Case managers missing; None where nothing is known, or there is neither."""
    if pd.isna(families) or pd.isna(managers) or not (families or managers):
        return None
    return max(0, -(-int(families) // norm) - int(managers))


def _is_over(families: Any, managers: Any, norm: int) -> bool | None:
    if pd.isna(families) or pd.isna(managers) or not (families or managers):
        return None
    return bool(families > managers * norm)
