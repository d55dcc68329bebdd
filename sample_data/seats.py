"""Case managers' seats: which districts each covers and who held it when.

A seat is a position that people hold one after another, with gaps in between. A case belongs to a
seat, so its case manager changes when the holder changes, and a vacant seat leaves its families
unassigned. Seats of one group serve the same districts.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from sample_data.chance import Floats, Ints, pick_within, stream
from sample_data.columns import NO_DAY, day_number
from sample_data.plan import PROGRAMME_START, ProvincePlan

HOLDERS = 3  # at most so many people held one seat in the course of the history
FAR = np.int32(2_000_000)  # stands for "no end" where days are compared
Grid = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Seats:
    """The seats of one province.

    `district_group` gives each district's group, -1 where nobody serves it. Seats are sorted by
    group; group g has the seats from `first[g]` up to `first[g + 1]`, the first of which exists
    since the programme began. `start` and `end` have a row per seat and a column per holder; a seat
    never held again ends on a day, a current holder's end and an unused place are `NO_DAY`.
    `worker` numbers the holders of the province from 1, 0 where there is none.
    """

    districts: tuple[str, ...]
    district_weight: Floats
    district_group: Ints
    first: Ints
    weight: Floats
    start: Grid
    end: Grid
    worker: Ints

    @property
    def group(self) -> Ints:
        """The group of each seat."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))

    def last_day(self) -> Grid:
        """The end of each holder's time for comparing: far ahead for a current one."""
        open_ended = (self.end == NO_DAY) & (self.worker > 0)
        return np.where(open_ended, FAR, self.end).astype(np.int32)

    def choose(self, rng: np.random.Generator, district: Ints) -> Ints:
        """A seat for each family by its district; -1 where no case manager serves it.

        Two in three families of a district without a case manager are taken on by a neighbour.
        """
        groups = self.district_group[district]
        lone = groups < 0
        neighbours = rng.integers(0, max(1, len(self.first) - 1), len(district))
        taken_on = rng.random(len(district)) < 2 / 3
        if len(self.first) < 2:
            return np.full(len(district), -1, dtype=np.int64)
        group = np.where(lone, neighbours, groups)
        seat = pick_within(rng, self.weight, self.first[group], self.first[group + 1])
        return np.where(lone & ~taken_on, -1, seat)

    def begin_by(self, seat: Ints, day: Grid) -> Ints:
        """The same seats, or the first of their group where a seat had no holder yet that day."""
        known = np.maximum(seat, 0)
        oldest = self.first[self.group[known]] if len(self.weight) else known
        late = (seat >= 0) & (self._begin()[known] > day) if len(self.weight) else seat >= 0
        return np.where(late, oldest, seat)

    def holder(self, seat: Ints, day: Grid) -> Ints:
        """Who held each seat on a day, 0 where nobody did."""
        found = np.zeros(len(seat), dtype=np.int64)
        if not len(self.weight):
            return found
        known = np.maximum(seat, 0)
        last = self.last_day()
        for k in range(HOLDERS):
            here = (self.start[known, k] <= day) & (day <= last[known, k]) & (seat >= 0)
            found[here] = self.worker[known, k][here]
        return found

    def _begin(self) -> Grid:
        return self.start[:, 0]


def make_seats(plan: ProvincePlan, seed: int, as_of: date) -> Seats:
    """The seats of one province; exactly the planned number is held on the as-of date."""
    rng = stream(seed, "seats", plan.place.code)
    districts = plan.place.districts
    weight = rng.gamma(2.4, 1.0, len(districts)) + 0.15
    weight[0] *= 1.8  # the capital district has the lowest code
    weight[[d in plan.quiet for d in districts]] = 0.0
    outside = np.array([d in plan.outside for d in districts])
    if outside.any():  # few districts are of more even size than many
        weight = np.where(outside, 0.0, weight + weight[~outside].mean())
    total = plan.case_managers + plan.vacancies
    covered = np.array(
        [i for i, d in enumerate(districts) if d not in plan.without_manager | plan.outside],
        dtype=np.int64,
    )
    group, sizes = _groups(weight, covered, total)
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    helper = np.ones(total, dtype=np.bool_)
    helper[first[:-1]] = False
    pull = np.exp(rng.normal(0.0, 0.45, total))
    idle = 0.04 if outside.any() else 0.22  # in post, but with no families of their own
    pull[helper & (rng.random(total) < idle)] = 0.0
    vacant = np.zeros(total, dtype=np.bool_)
    vacant[rng.permutation(total)[: plan.vacancies]] = True
    start, end = _holders(rng, helper, vacant, as_of)
    used = start != NO_DAY
    worker = np.where(used, np.cumsum(used).reshape(used.shape), 0).astype(np.int64)
    return Seats(districts, weight, group, first, pull, start, end, worker)


def _groups(weight: Floats, districts: Ints, seats: int) -> tuple[Ints, Ints]:
    """The group of each district, and how many seats each group has.

    The heaviest districts go first to the lightest group; seats beyond the number of groups go one
    by one to the group with the most weight for each seat.
    """
    group = np.full(len(weight), -1, dtype=np.int64)
    count = min(len(districts), -(-seats * 17 // 20))
    if not count:
        return group, np.zeros(0, dtype=np.int64)
    load = np.zeros(count)
    for district in districts[np.argsort(-weight[districts], kind="stable")]:
        lightest = int(np.argmin(load))
        group[district] = lightest
        load[lightest] += weight[district] + 1e-6
    sizes = np.ones(count, dtype=np.int64)
    for _ in range(seats - count):
        sizes[int(np.argmax(load / sizes))] += 1
    return group, sizes


def _holders(
    rng: np.random.Generator, helper: np.ndarray, vacant: np.ndarray, as_of: date
) -> tuple[Grid, Grid]:
    """First and last days of each seat's holders in turn."""
    seats = len(helper)
    begin, today = day_number(PROGRAMME_START), day_number(as_of)
    late = np.where(rng.random(seats) < 0.7, 0, rng.integers(1, 45, seats))
    joined = rng.integers(0, max(1, int((today - begin) * 0.75)), seats)
    opening = begin + np.where(helper, joined, late)
    closing = np.where(vacant, today - rng.integers(20, 150, seats), today)
    length = np.maximum(closing - opening, 1)
    number = 1 + (rng.random(seats) < 0.42) + (rng.random(seats) < 0.12)
    number = np.where(length < 120, 1, number)
    cut = np.stack([rng.uniform(0.15, 0.45, seats), rng.uniform(0.55, 0.85, seats)], axis=1)
    cut[:, 0] = np.where(number == 2, rng.uniform(0.2, 0.85, seats), cut[:, 0])
    longest_gap = np.maximum(1, (0.08 * length).astype(int))[:, None]
    gap = np.minimum(rng.integers(5, 95, (seats, 2)), longest_gap)
    leaving = opening[:, None] + np.floor(cut * length[:, None]).astype(int)
    start = np.full((seats, HOLDERS), NO_DAY, dtype=np.int32)
    end = np.full((seats, HOLDERS), NO_DAY, dtype=np.int32)
    start[:, 0] = opening
    for k in (1, 2):
        more = number > k
        end[more, k - 1] = leaving[more, k - 1]
        start[more, k] = leaving[more, k - 1] + 1 + gap[more, k - 1]
    rows = np.flatnonzero(vacant)
    end[rows, number[rows] - 1] = np.maximum(closing[rows], start[rows, number[rows] - 1])
    return start, end
