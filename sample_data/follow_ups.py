"""Planned follow-ups: due while a case is open; done, late, missed, rescheduled or cancelled.

Visits in time differ by region, province, district, case manager and season, and drift apart over
the years: up in the North, down in the South. Nothing is due or done after a case has closed. A
missed visit is called off some weeks later, at the latest when its case closes; few are forgotten.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sample_data.assignments import SeatAssignment
from sample_data.cases import Block
from sample_data.chance import Flags, Floats, Ints, logistic, ordinal, pick, stream
from sample_data.columns import NO_DAY, Days, batch, choose, code_column, days, identifiers, take
from sample_data.seats import FAR

BASE = 1.0  # log-odds that a due follow-up gets done
ON_TIME = 1.3  # log-odds that a done one is done by its first date
INTERVALS = (21, 28, 35, 56)
INTERVAL_SHARES = (0.25, 0.40, 0.25, 0.10)
FORGETFUL, NOT_SCHEDULED = 0.40, 0.25  # districts without a habit of it; their cases with no next
METHODS = (0.42, 0.28, 0.14, 0.09, 0.04, 0.03)
OUTCOMES = (0.40, 0.40, 0.08, 0.03, 0.04, 0.03, 0.02)
CANCEL_REASONS = ("hospital", "travelling", "flood", "family_request", "duplicate")
SOON = 0.75  # share of missed visits that are called off in the weeks after they were due
DAYS_SOON, DAYS_SLOW = 16.0, 90.0  # days, on average, until they are, and until the others are
FORGOTTEN_SHARE = 0.06  # closed cases whose last missed visit, where there is one, nobody calls off
BY_ASSISTANT = 0.16  # share of home visits that an assistant makes
HOME_VISIT = 0


@dataclass(frozen=True)
class Schedule:
    """Follow-ups in order of case: when each was first due and is due now."""

    case: Ints
    first_due: Days
    due: Days


def schedule(block: Block, rng: np.random.Generator, target: int) -> Schedule:
    """About `target` follow-ups: the common interval is stretched until the number fits."""
    urgent = block.urgent == 1
    gap = np.where(urgent, rng.integers(3, 9, block.size), rng.integers(12, 34, block.size))
    usual = np.array(INTERVALS, dtype=np.float64)[pick(rng, INTERVAL_SHARES, block.size)]
    usual = np.where(urgent, usual / 2, usual)
    span = (block.end - block.opened_on).astype(np.float64)
    unscheduled = np.where(block.habit("scheduling") < FORGETFUL, NOT_SCHEDULED, 0.0)
    coming = np.where(block.is_open & (rng.random(block.size) >= unscheduled), 1, 0)
    coming += np.where((coming > 0) & (rng.random(block.size) < 0.25), 1, 0)
    stretch = _stretch(span, gap, usual, target - int(coming.sum()))
    interval = usual * stretch
    past = _count(span, gap, interval)
    case, nth = ordinal(past + coming)
    due = (
        block.opened_on[case].astype(np.int64)
        + gap[case]
        + np.round(nth * interval[case]).astype(np.int64)
    )
    due += rng.integers(-2, 3, len(case))
    ahead = nth >= past[case]
    due = np.where(ahead, np.maximum(due, block.today + 1), due)
    due = np.where(ahead, due, np.minimum(due, block.end[case]))
    due = _off_weekend(np.maximum(due, block.opened_on[case] + 1), ahead)
    due = np.maximum(due, block.opened_on[case])
    limit = np.where(block.is_open, FAR, block.closed_on)[case]
    later = due + rng.integers(5, 26, len(case))
    moved = (rng.random(len(case)) < 0.07) & (later <= limit) & ~ahead
    return Schedule(case, due.astype(np.int32), np.where(moved, later, due).astype(np.int32))


def _count(span: Floats, gap: Ints, interval: Floats) -> Ints:
    """How many due dates fit between opening and the end."""
    return np.where(span >= gap, np.floor((span - gap) / interval) + 1, 0).astype(np.int64)


def _stretch(span: Floats, gap: Ints, usual: Floats, target: int) -> float:
    low, high = 0.1, 20.0
    for _ in range(24):
        middle = (low * high) ** 0.5
        more = int(_count(span, gap, usual * middle).sum()) > target
        low, high = (middle, high) if more else (low, middle)
    return (low * high) ** 0.5


def _off_weekend(due: Ints, ahead: Flags) -> Ints:
    """Due dates on weekdays: the Friday before, or the Monday after where the date lies ahead."""
    weekday = (due + 3) % 7  # 1 January 1970 was a Thursday; Monday is 0
    back = np.maximum(weekday - 4, 0)
    forward = np.where(weekday > 4, 7 - weekday, 0)
    return due + np.where(ahead, forward, -back)


@dataclass(frozen=True)
class Outcome:
    """What became of each follow-up: `NO_DAY` where it was not done or not cancelled."""

    done_on: Days
    cancelled_on: Days


def carry_out(
    block: Block, plan: Schedule, seats: SeatAssignment, rng: np.random.Generator
) -> Outcome:
    """Which follow-ups were cancelled, done on time, done late or missed by the as-of date."""
    size = len(plan.case)
    today, opened, end = block.today, block.opened_on[plan.case], block.end[plan.case]
    cancelled = np.minimum(plan.due - rng.integers(0, 9, size), end)
    cancelled = np.maximum(cancelled, opened)
    is_cancelled = (rng.random(size) < 0.045) & (plan.due <= today)
    odds = _odds(block, plan, seats)
    attempted = rng.random(size) < logistic(odds)
    punctual = rng.random(size) < logistic(ON_TIME + 0.35 * (odds - BASE))
    early = np.minimum(rng.geometric(0.45, size) - 1, 6)
    late = 1 + np.minimum(np.floor(rng.exponential(14.0, size)), 160)
    done = np.where(punctual, np.maximum(plan.due - early, opened), plan.due + late)
    closing_visit = rng.random(size) < 0.7
    beyond = done > end
    done = np.where(beyond & ~block.is_open[plan.case] & closing_visit, end, done)
    happened = attempted & ~is_cancelled & (plan.due <= today) & (done <= end)
    # Missed visits are called off by how long they have waited, not only when their case closes:
    # old months would otherwise look better than new ones for no other reason.
    waiting = ~happened & ~is_cancelled & (plan.due <= today)
    pace = stream(block.plan.seed, "follow_up backlog", block.province.place.code).normal(0.0, 0.5)
    usual = np.where(rng.random(size) < SOON, DAYS_SOON, DAYS_SLOW)
    wait = rng.exponential(usual * np.exp(pace))
    off = plan.due + 1 + np.floor(wait)
    off = np.where(block.is_open[plan.case], off, np.minimum(off, end))
    called_off = waiting & (off <= end) & ~_forgotten(block, plan, waiting, rng)
    cancelled = np.where(called_off, np.maximum(off, opened), cancelled)
    is_cancelled = is_cancelled | called_off
    return Outcome(
        done_on=np.where(happened, done, NO_DAY).astype(np.int32),
        cancelled_on=np.where(is_cancelled, cancelled, NO_DAY).astype(np.int32),
    )


def _forgotten(block: Block, plan: Schedule, waiting: Flags, rng: np.random.Generator) -> Flags:
    """The follow-ups that stay undone when their case closes: the last missed one of few cases."""
    careless = FORGOTTEN_SHARE * np.exp(-3.0 * block.province.place.habits.completion_trend)
    leaves = ~block.is_open & (rng.random(block.size) < careless)
    missed = np.flatnonzero(waiting & leaves[plan.case])
    last = np.ones(len(missed), dtype=np.bool_)
    last[:-1] = plan.case[missed][1:] != plan.case[missed][:-1]
    forgotten = np.zeros(len(plan.case), dtype=np.bool_)
    forgotten[missed[last]] = True
    return forgotten


def _odds(block: Block, plan: Schedule, assignment: SeatAssignment) -> Floats:
    """Log-odds of being done, from where, when and by whom."""
    code, habits = block.province.place.code, block.province.place.habits
    traits = stream(block.plan.seed, "follow_up habits", code)
    here = traits.normal(0.0, 0.30)
    districts = traits.normal(0.0, 0.20, len(block.province.place.districts))
    seats = np.append(traits.normal(0.0, 0.30, len(assignment.seats.weight)), -0.5)
    age = block.age[plan.case] + (plan.due - block.opened_on[plan.case]) / 365.25
    odds = BASE + here + habits.completion + habits.completion_trend * age
    odds = odds + districts[block.district[block.family[plan.case]]]
    odds = odds + seats[assignment.seat[plan.case]]  # without a case manager: the last, lower one
    month = plan.due.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    odds = odds + np.where(month == 8, 0.25, 0.0) - np.where(month == 3, 0.35, 0.0)
    result: Floats = odds + np.where(block.urgent[plan.case] == 1, 0.3, 0.0)
    return result


def follow_up_rows(
    block: Block, seats: SeatAssignment, names: pa.Array, assistants: Ints, target: int, first: int
) -> pa.Table:
    """The rows of `follow_ups`, numbered on from `first`; `names` are worker ids.

    `assistants` are numbers of assistants in post throughout. A home visit by an assistant names
    the experienced colleague who came along, more often in later years.
    """
    rng = block.rng("follow_ups")
    plan = schedule(block, rng, target)
    outcome = carry_out(block, plan, seats, rng)
    size = len(plan.case)
    is_done = outcome.done_on != NO_DAY
    method = pick(rng, METHODS, size)
    manager = seats.manager(plan.case, np.where(is_done, outcome.done_on, plan.due))
    by_assistant = is_done & (method == HOME_VISIT) & (rng.random(size) < BY_ASSISTANT)
    by_assistant &= len(assistants) > 0
    assistant = assistants[rng.integers(0, max(1, len(assistants)), size)] if len(assistants) else 0
    along = rng.random(size) < 0.42 + 0.05 * block.age[plan.case]
    improving = np.where(rng.random(size) < 0.08, 0, pick(rng, OUTCOMES, size))
    reason = np.where(
        outcome.cancelled_on != NO_DAY, rng.integers(0, len(CANCEL_REASONS), size), -1
    )
    return batch(
        "follow_ups",
        follow_up_id=identifiers(
            "U", block.province.place.code, np.arange(first + 1, first + size + 1)
        ),
        case_id=take(block.ids, plan.case),
        first_due_on=days(plan.first_due),
        due_on=days(plan.due),
        done_on=days(outcome.done_on),
        cancelled_on=days(outcome.cancelled_on),
        cancel_reason=choose(CANCEL_REASONS, reason),
        method=code_column("method", np.where(is_done, method, -1)),
        outcome=code_column("outcome", np.where(is_done, improving, -1)),
        worker_id=take(names, np.where(is_done, np.where(by_assistant, assistant, manager), 0) - 1),
        accompanied_by_worker_id=take(names, np.where(by_assistant & along, manager, 0) - 1),
    )
