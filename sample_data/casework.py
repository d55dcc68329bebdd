"""The case-management cycle of one block: assessments, plans, goals, and the stage reached.

A plan follows an assessment in five dimensions; a repeated one comes months later and shows what
changed. The stage of an open case agrees with how far its casework has got.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from sample_data.cases import Block
from sample_data.chance import Flags, Ints, logistic, ordinal, pick
from sample_data.columns import (
    NO_DAY,
    Days,
    batch,
    choose,
    code_column,
    code_index,
    days,
    take,
    whole,
    yes_no,
)

DIMENSIONS = 5
MOST_ROUNDS = 4
LEVEL_SHARES = np.array(
    [
        (0.10, 0.28, 0.40, 0.22),  # income
        (0.30, 0.36, 0.25, 0.09),  # housing
        (0.22, 0.34, 0.30, 0.14),  # health
        (0.40, 0.33, 0.20, 0.07),  # education
        (0.25, 0.40, 0.27, 0.08),  # access
    ]
)
MEASURES = (
    "รายได้ต่อเดือนเพิ่มขึ้น",
    "ที่อยู่อาศัยปลอดภัยและมั่นคง",
    "เข้ารับการรักษาตามนัด",
    "กลับเข้าเรียนหรือฝึกอาชีพ",
    "ได้รับสิทธิสวัสดิการที่พึงได้",
)
REVISIONS = ("no_improvement", "family_request", "situation_changed", "goal_reached")


@dataclass(frozen=True)
class Rounds:
    """Assessment rounds or plan versions: which case, which number (from 0), on which day."""

    case: Ints
    number: Ints
    day: Days


@dataclass(frozen=True)
class Casework:
    """First assessment and first plan of each case (`NO_DAY`: none), and all rows about them."""

    assessed_on: Days
    planned_on: Days
    tables: dict[str, pa.Table]

    def stage(self, block: Block, rng: np.random.Generator) -> Ints:
        """The stage that each case has reached, read from its casework and its age."""
        waited = block.today - block.opened_on
        since_plan = block.today - self.planned_on
        u = rng.random(block.size)
        unplanned = np.where(u < 0.30, _stage("assessment"), _stage("planning"))
        unplanned = np.where((u > 0.90) & (waited > 30), _stage("implementation"), unplanned)
        begun = np.where((waited < 10) | (u < 0.5), _stage("intake"), _stage("assessment"))
        working = (since_plan < 25) | (u < 0.25)
        planned = np.where(working, _stage("implementation"), _stage("follow_up"))
        stage = np.where(self.assessed_on == NO_DAY, begun, unplanned)
        return np.where(self.planned_on == NO_DAY, stage, planned)


def _stage(code: str) -> int:
    return code_index("stage", code)


def make_casework(block: Block) -> Casework:
    """Assessments, plans and goals of one block."""
    rng = block.rng("assessments")
    rounds = _assessments(rng, block)
    assessed = _first(block, rounds)
    rng_plans = block.rng("plans")
    versions = _plans(rng_plans, block, assessed)
    target = versions.day + rng_plans.integers(75, 200, len(versions.day))
    tables = {
        "assessments": _assessment_rows(rng, block, rounds),
        "plans": _plan_rows(rng_plans, block, versions, target),
        "plan_goals": _goal_rows(block, versions, target),
    }
    return Casework(assessed, _first(block, versions), tables)


def _first(block: Block, rounds: Rounds) -> Days:
    day = np.full(block.size, NO_DAY, dtype=np.int32)
    day[rounds.case[rounds.number == 0]] = rounds.day[rounds.number == 0]
    return day


class Rhythm(NamedTuple):
    """How likely a further round is after each, and the fewest and most days between two."""

    again: float
    gaps: tuple[int, int]


def _rounds(
    block: Block, first: Days, has: Flags, rhythm: Rhythm, rng: np.random.Generator
) -> Rounds:
    """A first day and repeats in this rhythm, as long as the case was open."""
    day, alive = first.astype(np.int64), has & (first <= block.end)
    cases, numbers, when = [], [], []
    for turn in range(MOST_ROUNDS):
        rows = np.flatnonzero(alive)
        cases.append(rows)
        numbers.append(np.full(len(rows), turn, dtype=np.int64))
        when.append(day[rows])
        day = day + rng.integers(*rhythm.gaps, block.size)
        alive = alive & (rng.random(block.size) < rhythm.again) & (day <= block.end)
    case, number, on = (np.concatenate(parts) for parts in (cases, numbers, when))
    order = np.lexsort((number, case))
    return Rounds(case[order], number[order], on[order].astype(np.int32))


def _assessments(rng: np.random.Generator, block: Block) -> Rounds:
    wait = 1 + np.floor(rng.gamma(1.6, 5.0, block.size)).astype(np.int32)
    has = rng.random(block.size) < 0.86
    return _rounds(block, block.opened_on + wait, has, Rhythm(0.62, (80, 140)), rng)


def _plans(rng: np.random.Generator, block: Block, assessment: Days) -> Rounds:
    wait = 2 + np.floor(rng.gamma(1.5, 6.0, block.size)).astype(np.int32)
    has = (assessment != NO_DAY) & (rng.random(block.size) < 0.92)
    return _rounds(block, assessment + wait, has, Rhythm(0.30, (55, 130)), rng)


def _assessment_rows(rng: np.random.Generator, block: Block, rounds: Rounds) -> pa.Table:
    """Five rows a round: levels start from each dimension's own mix and drift down with time."""
    base = np.stack([pick(rng, LEVEL_SHARES[d], block.size) for d in range(DIMENSIONS)], axis=1)
    size = len(rounds.case)
    odds = -0.25 + 0.5 * block.province.place.habits.self_reliance + 0.07 * block.age[rounds.case]
    better = rng.random((size, DIMENSIONS)) < logistic(odds)[:, None]
    worse = ~better & (rng.random((size, DIMENSIONS)) < 0.13)
    change = np.where(rounds.number[:, None] == 0, 0, worse.astype(np.int64) - better)
    # Changes add up over a case's rounds: a running sum that starts afresh at each first round.
    total = np.cumsum(change, axis=0)
    start = np.maximum.accumulate(np.where(rounds.number == 0, np.arange(size), 0))
    drift = total - total[start] if size else total
    level = np.clip(base[rounds.case] + drift, 0, 3)
    kept = rng.random((size, DIMENSIONS)) >= 0.03
    row, dimension = np.nonzero(kept)
    return batch(
        "assessments",
        case_id=take(block.ids, rounds.case[row]),
        assessed_on=days(rounds.day[row]),
        dimension=code_column("dimension", dimension),
        level=whole(level[row, dimension]),
    )


def _plan_rows(rng: np.random.Generator, block: Block, versions: Rounds, target: Ints) -> pa.Table:
    size = len(versions.case)
    reason = np.where(versions.number == 0, -1, pick(rng, (0.45, 0.2, 0.25, 0.1), size))
    agreed = rng.random(size)
    return batch(
        "plans",
        case_id=take(block.ids, versions.case),
        version=whole(versions.number + 1),
        made_on=days(versions.day),
        target_on=days(np.where(rng.random(size) < 0.05, NO_DAY, target)),
        family_agreed=yes_no(agreed < 0.84, agreed > 0.93),
        revision_reason=choose(REVISIONS, reason),
    )


def _goal_rows(block: Block, versions: Rounds, target: Ints) -> pa.Table:
    """One to three goals a plan; achieved ones are dated within the case's life."""
    rng = block.rng("plan_goals")
    number = pick(rng, (0.45, 0.38, 0.17), len(versions.case)) + 1
    plan, nth = ordinal(number)
    case, made = versions.case[plan], versions.day[plan].astype(np.int64)
    short = rng.random(len(plan)) < 0.66
    due = np.where(short, made + rng.integers(25, 75, len(plan)), target[plan])
    dimension = pick(rng, (0.30, 0.18, 0.22, 0.13, 0.17), len(plan))
    achieved = np.maximum(due + rng.integers(-25, 15, len(plan)), made + 1)
    odds = 0.55 + block.province.place.habits.self_reliance + 0.06 * block.age[case]
    reached = (rng.random(len(plan)) < logistic(odds)) & (achieved <= block.end[case])
    unmeasured = rng.random(len(plan)) < 0.14
    return batch(
        "plan_goals",
        case_id=take(block.ids, case),
        version=whole(versions.number[plan] + 1),
        goal_no=whole(nth + 1),
        dimension=code_column("dimension", dimension),
        term=code_column("term", np.where(short, 0, 1)),
        measure=choose(MEASURES, np.where(unmeasured, -1, dimension)),
        target_on=days(np.where(rng.random(len(plan)) < 0.06, NO_DAY, due)),
        achieved_on=days(np.where(reached, achieved, NO_DAY)),
    )
