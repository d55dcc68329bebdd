"""Bounds every hidden count by an integer program over all that the attacker knows."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from data_access.disclosure.families import SENSITIVE_GROUPS
from tests.disclosure.attacker import (
    Answers,
    Bounded,
    Part,
    System,
    equations,
    same_counts,
)
from tests.disclosure.band_equations import CHOICE

LEAST_VALUES = 3
NEAR = 30
SECONDS, TIME_LIMIT = 10, 1  # the second is what the solver calls it
ENOUGH = (150, 600)  # parts that may change at first


class _Undecided(Exception):
    """The solver took too long."""


@dataclass(frozen=True)
class Weak:
    """A hidden count that can be fewer than three numbers."""

    part: Part
    low: int
    high: int
    true: int


def weak(answers: Answers, *, most: int | None = None, seed: int = 0) -> tuple[list[Weak], int]:
    """The hidden counts that the answers give away, and how many were tried.

    A count of 0 that a shown 0 above or beside gives away is no client and is left out. What the
    solver cannot decide in time is not among those tried.
    """
    known = Known(answers, equations(answers), same_counts(answers))
    return weak_of(known, most=most, seed=seed)


@dataclass(frozen=True)
class Known:
    """What the attacker knows: answers, equations over them, and pairs of counts that are the same.

    `told` are hidden parts that are no secret for another reason.
    """

    answers: Answers
    system: System
    same: list[tuple[Part, Part]]
    told: frozenset[Part] = frozenset()


def weak_of(known: Known, *, most: int | None = None, seed: int = 0) -> tuple[list[Weak], int]:
    """As `weak`, of equations that are written down already."""
    answers, system = known.answers, known.system
    unknown = _reduced(system, answers)
    # A denominator that another indicator shows is no secret: it was decided to be shown.
    shown = set(known.told) | {b for a, b in known.same if a in answers.seen}
    shown |= {a for a, b in known.same if b in answers.seen}
    shown |= {(cell, "whole") for cell in answers.base_shown}
    targets = [p for p in unknown.place if p[0] in answers.hidden and p in answers.true]
    shown |= only_parts(system, answers)
    targets = [p for p in targets if p not in shown]
    if most is not None and len(targets) > most:
        pick = np.random.default_rng(seed).choice(len(targets), most, replace=False)
        targets = [targets[i] for i in sorted(pick)]
    groups = connected_components(unknown.matrix.T @ unknown.matrix, directed=False)[1]
    found: list[Weak] = []
    undecided = 0
    for part in targets:
        try:
            low, high = _bounds(unknown, groups, unknown.place[part])
        except _Undecided:
            undecided += 1
            continue
        true = answers.true[part]
        if not low <= true <= high:
            raise AssertionError(f"the attacker's equations do not hold: {part}")
        if high - low + 1 < LEAST_VALUES and not (true == 0 and high == 0):
            found.append(Weak(part, low, high, true))
    # Parts that the equations alone fix never reach the solver.
    found += [
        Weak(p, answers.true[p], answers.true[p], answers.true[p])
        for p in derived(system, answers)
        if p[0] in answers.hidden and p not in shown and answers.true[p] > 0
    ]
    return found, len(targets) - undecided


def only_parts(system: System, answers: Answers) -> set[Part]:
    """Hidden parts that are all of a shown sum, every other part of which is known to be 0.

    Such a part is that sum: it is as public as the sum, and no smaller than what is shown of it.
    """
    sums = [_as_sum(row) for row in system.rows]
    nothing = {part for part, number in answers.seen.items() if number == 0}
    public = set(answers.seen)  # and what is all of one of them
    grew = -1
    while grew < len(nothing) + len(public):
        grew = len(nothing) + len(public)
        public |= nothing
        for total, parts in sums:
            left = [part for part in parts if part not in nothing]
            if total not in public:
                if not left:
                    nothing.add(total)
                elif len(left) == 1 and left[0] in public:
                    public.add(total)
            elif sum(answers.true[part] for part in left if part in public) == answers.true[total]:
                # What is shown makes all of the sum: no part beside it has anybody.
                nothing.update(part for part in left if part not in public)
            elif len(left) == 1:
                public.add(left[0])
    return {p for p in public - set(answers.seen) if answers.true[p] >= _least_shown(p)}


def _as_sum(row: list[tuple[Part, int]]) -> tuple[Part, list[Part]]:
    """The total of an equation, and the parts that make it."""
    total = next(part for part, factor in row if factor == -1)
    return total, [part for part, factor in row if factor == 1]


def _least_shown(part: Part) -> int:
    return 10 if part[0][2] in SENSITIVE_GROUPS else 5


def derived(system: System, answers: Answers) -> set[Part]:
    """Hidden parts that follow one after the other from equations with a single unknown."""
    known = set(answers.seen)
    found: set[Part] = set()
    again = True
    while again:
        again = False
        for row in system.rows:
            unknown = [p for p, _ in row if p not in known]
            if len(unknown) == 1:
                known.add(unknown[0])
                found.add(unknown[0])
                again = True
    return found


@dataclass(frozen=True)
class _Unknown:
    """Unknown parts with their place, and the sums over them with the least and most they are."""

    place: dict[Part, int]
    matrix: csr_array
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray
    true: np.ndarray  # -1 for a choice


def _reduced(system: System, answers: Answers) -> _Unknown:
    seen = answers.seen
    place = {p: n for n, p in enumerate(q for q in system.parts if q not in seen)}
    sums: list[Bounded] = [(row, 0, 0) for row in system.rows]
    data: list[int] = []
    rows: list[int] = []
    columns: list[int] = []
    ends: list[tuple[float, float]] = []
    for row, low, high in [*sums, *system.bounds]:
        if all(p in seen for p, _ in row):
            continue
        for part, factor in row:
            if part in place:
                data.append(factor)
                rows.append(len(ends))
                columns.append(place[part])
        known = sum(factor * seen[p] for p, factor in row if p in seen)
        ends.append((low - known, high - known))
    matrix = csr_array((data, (rows, columns)), shape=(len(ends), len(place)))
    # Worlds far from the true one are left out: what remains is less than anybody would have to
    # think possible, so three values here are three values.
    near = [(0, 1) if p[1].startswith(CHOICE) else _near(answers.true[p]) for p in place]
    true = np.array([-1 if p[1].startswith(CHOICE) else answers.true[p] for p in place], float)
    return _Unknown(place, matrix, *np.array(ends, dtype=float).T, *np.array(near, float).T, true)


def _near(true: int) -> tuple[int, int]:
    return max(0, true - NEAR), true + NEAR


def _bounds(unknown: _Unknown, groups: np.ndarray, target: int) -> tuple[int, int]:
    """The least and the most that a part can be.

    What is far away stays as it truly is at first: fewer worlds, and a small program. Where three
    values are not to be had so, more of it may change, and at last all.
    """
    columns = (groups == groups[target]).nonzero()[0]
    part = unknown.matrix[:, columns]
    rows = np.unique(part.nonzero()[0])
    if not rows.size:
        return int(unknown.least[target]), int(unknown.most[target])
    at = int((columns == target).nonzero()[0][0])
    true = unknown.true[columns]
    low = high = int(unknown.true[target])
    for enough in (*ENOUGH, len(columns)):
        still = ~_around(part, at, enough) & (true >= 0)
        limits = Bounds(
            np.where(still, true, unknown.least[columns]),
            np.where(still, true, unknown.most[columns]),
        )
        sums = LinearConstraint(part[rows], unknown.low[rows], unknown.high[rows])
        low, high = (_end(at, sign, limits, sums) for sign in (1, -1))
        if high - low + 1 >= LEAST_VALUES or not still.any():
            break
    return low, high


def _end(at: int, sign: int, limits: Bounds, sums: LinearConstraint) -> int:
    goal = np.zeros(len(limits.lb))
    goal[at] = sign
    found = milp(
        goal,
        constraints=sums,
        bounds=limits,
        integrality=np.ones(len(goal)),
        options={"time_limit": SECONDS, "mip_rel_gap": 0},
    )
    if found.x is None and found.status == TIME_LIMIT:
        raise _Undecided
    if found.x is None:
        raise AssertionError(f"the solver found no world at all: {found.message}")
    return round(found.x[at])


def _around(matrix: csr_array, target: int, enough: int) -> np.ndarray:
    """True for the columns that are linked with the target by few equations; at least `enough`."""
    linked = np.zeros(matrix.shape[1], dtype=bool)
    linked[target] = True
    uses = abs(matrix)
    while linked.sum() < enough:
        more = linked | (uses.T @ (uses @ linked.astype(float)) > 0)
        if more.sum() == linked.sum():
            break
        linked = more
    return linked
