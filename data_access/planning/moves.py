"""The fewest families that would have to move so that no case manager is over the norm.

A whole number program solved by `scipy.optimize.milp` (HiGHS). Families move between case managers
of one district or of neighbouring ones, also by way of a third. First as little as possible stays
over the norm, then as few families as possible move, then as few as possible to another province,
then as few as possible to another district.

What it does not know: which family, distance and language, target groups, who knows whom, leave and
part time. It is advice for a talk between supervisor and case managers, and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # it loads its parts when they are first used: commands start a third quicker

TIME_LIMIT_SECONDS = 10.0
# A move costs far more than where it leads, and another province more than another district.
INSIDE, ACROSS, ABROAD = 1_000_000, 1_000_001, 1_001_000


@dataclass(frozen=True)
class Load:
    """One case manager: pseudonym, district ("" where the post names none), families, province."""

    code: str
    district: str
    families: int
    province: str = ""


@dataclass(frozen=True)
class Move:
    """So many families from one case manager to another."""

    giver: str
    taker: str
    families: int
    across: bool  # to a neighbouring district
    abroad: bool = False  # which lies in another province


@dataclass(frozen=True)
class Proposal:
    """The moves, how many families stay above the norm, and whether it was solved to the end."""

    moves: tuple[Move, ...]
    above: int
    solved: bool

    @property
    def families(self) -> int:
        """How many families would move."""
        return sum(move.families for move in self.moves)


Neighbours = Mapping[str, frozenset[str]]
Pair = tuple[int, int]


def propose(loads: Sequence[Load], norm: int, neighbours: Neighbours) -> Proposal:
    """Give the proposal for the case managers of one or more provinces; no moves where nobody is
    over.

    `neighbours` are the districts beside each. A post without a district is beside all of those of
    its province, and beside none of another.
    """
    above = sum(max(0, load.families - norm) for load in loads)
    pairs = [
        (i, j)
        for i, giver in enumerate(loads)
        for j, taker in enumerate(loads)
        if i != j and _are_near(giver, taker, neighbours)
    ]
    if not above or not pairs:
        return Proposal((), above, True)
    first = _solve(loads, norm, pairs, np.r_[np.zeros(len(pairs)), np.ones(len(loads))], above)
    if first is None:
        return Proposal((), above, False)
    least = round(float(first[len(pairs) :].sum()))
    costs = [_cost(loads[i], loads[j]) for i, j in pairs]
    best = _solve(loads, norm, pairs, np.r_[costs, np.zeros(len(loads))], least)
    counts = (first if best is None else best)[: len(pairs)]
    moves = tuple(
        _move(loads[i], loads[j], round(count))
        for (i, j), count in zip(pairs, counts, strict=True)
        if round(count)
    )
    return Proposal(moves, least, best is not None)


def _solve(
    loads: Sequence[Load], norm: int, pairs: Sequence[Pair], costs: np.ndarray, most_above: int
) -> np.ndarray | None:
    """The cheapest families per pair, then what stays above the norm per case manager; None where
    the time did not do. Together at most `most_above` stay above."""
    people, count = len(loads), len(pairs)
    giver, taker = np.array(pairs).T
    columns = np.arange(count)
    flows = scipy.sparse.coo_array(
        (
            np.r_[-np.ones(count), np.ones(count), -np.ones(people)],
            (
                np.r_[giver, taker, np.arange(people)],
                np.r_[columns, columns, count + np.arange(people)],
            ),
        ),
        shape=(people, count + people),
    )
    every = scipy.sparse.coo_array(np.r_[np.zeros(count), np.ones(people)][np.newaxis])
    room = np.array([norm - load.families for load in loads])
    answer = scipy.optimize.milp(
        costs,
        constraints=scipy.optimize.LinearConstraint(
            scipy.sparse.vstack([flows, every]).tocsr(), ub=np.r_[room, most_above].astype(float)
        ),
        integrality=np.ones(count + people),
        bounds=scipy.optimize.Bounds(0, max(load.families for load in loads)),
        options={"mip_rel_gap": 0.0, "time_limit": TIME_LIMIT_SECONDS},
    )
    return np.asarray(answer.x) if answer.status == 0 else None


def _are_near(one: Load, other: Load, neighbours: Neighbours) -> bool:
    if one.province == other.province:
        anywhere = not one.district or not other.district
        if anywhere or one.district == other.district:
            return True
    return other.district in neighbours.get(one.district, frozenset())


def _cost(giver: Load, taker: Load) -> int:
    if giver.province != taker.province:
        return ABROAD
    return INSIDE if giver.district == taker.district else ACROSS


def _move(giver: Load, taker: Load, families: int) -> Move:
    across, abroad = giver.district != taker.district, giver.province != taker.province
    return Move(giver.code, taker.code, families, across, abroad)
