"""What is wanted of a figure, and whether it is so: the only place where anything is judged.

Red and green (`fails`, `watch`, `meets`) are said only against a target that a document sets. A
proposed target has verdicts of its own, `reaches_proposed` and `below_proposed`, drawn neutral.
Where there is no verdict the reason says why: a mark and a sentence read the same `Verdict`, so
they cannot disagree.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal

import pandas as pd

from config import numbers
from config.thresholds import thresholds
from data_access.disclosure import HIDDEN, SHOWN
from data_access.indicators.kernel.definition import Direction, Indicator, Unit
from data_access.small_base import is_small
from data_access.statistics.change import Movers, Streak
from geo.registers import COUNTRY

Mark = Literal["meets", "watch", "fails", "reaches_proposed", "below_proposed", "reference", "none"]
# Why there is no verdict, or what a verdict stands on besides the number.
Reason = Literal["", "no_target", "no_data", "hidden", "small_base", "neutral", "no_case_manager"]
NOT_REACHED: tuple[Mark, ...] = ("fails", "below_proposed")
NO_CASE_MANAGER: Literal["no_case_manager"] = "no_case_manager"
_PLAIN_COUNTS = frozenset({Unit.PEOPLE, Unit.ATTENDANCES, Unit.FAMILIES, Unit.CASES})
_PROPOSAL_WORDS = ("ข้อเสนอ", "ค่าที่เสนอ", "ค่าเสนอ", "proposed")


@dataclass(frozen=True)
class Target:
    """What is wanted: the value, whether a document sets it, and where it comes from.

    `watch` is the last value that is only "watch". `counts` is true where the wanted value is a
    count, to be compared with the numerator.
    """

    value: float
    source: str
    proposed: bool
    watch: float | None = None
    counts: bool = False


@dataclass(frozen=True)
class Verdict:
    """The mark of a figure; with "none" and "reference" the reason says why there is no other."""

    mark: Mark
    reason: Reason = ""


@dataclass(frozen=True)
class Result:
    """What a judge looks at: one cell of an indicator frame, hidden and empty without numbers."""

    value: float | None
    numerator: int | None
    denominator: int | None
    status: str
    reason: str = ""


def target_of(
    indicator: Indicator, *, area: str, fiscal_year: int, targets: pd.DataFrame
) -> Target | None:
    """Give the target of an area and a fiscal year (Buddhist): its own, else the nation's, else
    the norm.

    `targets` has the columns indicator, scope_code, fiscal_year, value, source. The nation's target
    is used for a part of it only where it is no plain count: a count does not hold for a part. But
    nobody is nobody everywhere: a count of 0 does.
    """
    # Plain lists: a page asks for a hundred targets, and a mask of pandas takes a hundred times
    # as long as looking at the few rows.
    columns = ("indicator", "fiscal_year", "scope_code", "value", "source")
    rows = zip(*(targets[name].tolist() for name in columns), strict=True)
    mine = [row[2:] for row in rows if row[:2] == (indicator.name, fiscal_year)]
    for code in (area, COUNTRY):
        only_none = code != area and indicator.unit in _PLAIN_COUNTS
        for scope_code, wanted, origin in mine:
            if scope_code == code and (not only_none or float(wanted) == 0):
                value, source = float(wanted), str(origin or "")
                return Target(value, source, _is_proposed(source), counts=_counts(indicator, value))
    return norm_of(indicator)


def norm_of(indicator: Indicator) -> Target | None:
    """Give the norm of thresholds.toml that an indicator is judged by, None where it has none."""
    norm = thresholds().get(indicator.threshold_name)
    if norm is None:
        return None
    counts = norm.unit == Unit.PROVINCES or _counts(indicator, norm.value)
    return Target(norm.value, norm.name, norm.proposed, norm.watch, counts)


def judge(indicator: Indicator, result: Result, target: Target | None) -> Verdict:
    """Give the verdict on one number; unrounded, and a number exactly at the target meets it.

    Families without any case manager are over the norm, though they have no ratio. Where neither
    more nor less is better, a target is there to compare with, not to judge by.
    """
    if _nobody_in_charge(result) and target is not None:
        return Verdict(_mark(False, False, target.proposed), NO_CASE_MANAGER)
    if result.status != SHOWN:
        return Verdict("none", "hidden" if result.status == HIDDEN else "no_data")
    if is_small(result.denominator, indicator):
        return Verdict("none", "small_base")
    if target is None:
        return Verdict("none", "no_target")
    measured = measured_by(result, target)
    if measured is None:
        return Verdict("none", "no_data")
    if indicator.direction is Direction.NEUTRAL:
        return Verdict("reference", "neutral")
    meets = reaches(measured, target.value, indicator.direction)
    watch = target.watch is not None and reaches(measured, target.watch, indicator.direction)
    return Verdict(_mark(meets, watch, target.proposed))


def measured_by(result: Result, target: Target | None) -> float | None:
    """Give the number that is compared with the target, unrounded: the value, or the count."""
    if target is not None and target.counts:
        return None if result.numerator is None else float(result.numerator)
    return result.value


def reaches(value: float, line: float, direction: Direction) -> bool:
    """Tell whether a number lies on the good side of a line, or on it."""
    return value <= line if direction is Direction.LOWER_IS_BETTER else value >= line


def missing(indicator: Indicator, result: Result, target: Target | None) -> int | None:
    """Give how many are missing to reach the target: people, visits, cases; 0 where it is reached.

    Per the norm of 1 to 10, 95 families need 10 case managers: with 8 in post 2 are missing. Of
    200 follow-ups due, 80 % are 160: with 150 done 10 are missing. None where it cannot be said.
    """
    if target is None or result.numerator is None or indicator.direction is Direction.NEUTRAL:
        return None
    top, wanted = result.numerator, Fraction(repr(float(target.value)))
    lower = indicator.direction is Direction.LOWER_IS_BETTER
    if target.counts or result.denominator is None:
        short = floor(top - wanted) if lower else ceil(wanted - top)
    elif indicator.unit is Unit.RATIO:
        if not lower or wanted <= 0:
            return None
        short = ceil(top / wanted) - result.denominator
    elif indicator.unit is Unit.PERCENT:
        line = wanted * result.denominator / 100
        short = top - floor(line) if lower else ceil(line) - top
    else:
        return None
    return max(short, 0)


@dataclass(frozen=True)
class FirstToLook:
    """Areas that do not reach their target, worst first, and out of how many that could be said.

    `rows` is the indicator frame of those areas with `missing` (people, visits or cases short of
    the target) and `verdict`; `could_be_judged` counts the areas whose value may be shown and
    judged, or that have families and no case manager; `areas` counts all of them.
    """

    rows: pd.DataFrame
    could_be_judged: int
    areas: int


def first_to_look(
    frame: pd.DataFrame,
    indicator: Indicator,
    target: Target | None,
    *,
    by: Literal["value", "missing"] = "value",
    limit: int | None = None,
) -> FirstToLook:
    """Give the areas of a frame (one row each) that do not reach the target, the worst first.

    By "value" those are first that are farthest from the target in the indicator's unit (areas
    with families and no case manager before all), by "missing" those that lack most. Areas with
    nothing in them, hidden ones and those on a small base are never listed.
    """
    results = [result_of(row) for row in frame.itertuples()]
    verdicts = [judge(indicator, result, target) for result in results]
    marks = [verdict.mark for verdict in verdicts]
    rows = frame.assign(
        verdict=pd.Series(marks, index=frame.index, dtype="str"),
        missing=pd.Series(
            [missing(indicator, result, target) for result in results],
            index=frame.index,
            dtype="Int64",
        ),
    )
    rows = rows[rows["verdict"].isin(NOT_REACHED)]
    sign = -1 if indicator.direction is Direction.LOWER_IS_BETTER else 1
    far = (sign * rows["value"].astype("Float64")).fillna(float("-inf"))
    short = -rows["missing"].fillna(0)
    order = rows.assign(far=far, short=short).sort_values(
        ["far", "short", "area_code"] if by == "value" else ["short", "far", "area_code"]
    )
    listed = order.drop(columns=["far", "short"]).reset_index(drop=True)
    known = sum(v.reason in ("", "neutral", NO_CASE_MANAGER) for v in verdicts)
    return FirstToLook(listed if limit is None else listed.head(limit), known, len(frame))


@dataclass(frozen=True)
class News:
    """What leads the overview: how long a ratio has been rising or falling month by month, which
    provinces lack most case managers, and which moved most since the quarter before."""

    streak: Streak | None
    lacking: FirstToLook
    movers: Movers


def result_of(row: Any) -> Result:
    """Give what is judged of one row of an indicator frame, from `itertuples` or `iloc`."""
    return Result(
        value=None if numbers.is_missing(row.value) else float(row.value),
        numerator=None if numbers.is_missing(row.numerator) else int(row.numerator),
        denominator=None if numbers.is_missing(row.denominator) else int(row.denominator),
        status=str(row.status),
        reason=str(row.reason or ""),
    )


def _nobody_in_charge(result: Result) -> bool:
    return result.reason == NO_CASE_MANAGER and bool(result.numerator) and not result.denominator


def _mark(meets: bool, watch: bool, proposed: bool) -> Mark:
    if proposed:
        return "reaches_proposed" if meets else "below_proposed"
    return "meets" if meets else "watch" if watch else "fails"


def _is_proposed(source: str) -> bool:
    """A target's source says so itself where nobody has decided on it yet; without a source
    nobody has."""
    return not source.strip() or source.strip().casefold().startswith(_PROPOSAL_WORDS)


def _counts(indicator: Indicator, value: float) -> bool:
    """Nobody is nobody, as a share and as a count: then the count shown is what is compared."""
    return indicator.headline == "count" and value == 0
