"""Which case manager had a case when: rows without overlap, transfers, and families nobody has."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sample_data.cases import Block
from sample_data.chance import Ints
from sample_data.columns import NO_DAY, Days, batch, days, take
from sample_data.seats import FAR, HOLDERS, Seats

# Where new cases wait for a case manager, and where some never get one: shares of the districts,
# and of their new cases and their cases.
WAITING, WAIT = 0.20, 0.65
LOSING, NEVER = 0.06, 0.13
TRANSFERS = 0.05  # cases of two months or more that move to another case manager


@dataclass(frozen=True)
class SeatAssignment:
    """The seat each case of a block belongs to: `seat` from `begin`, `after` from `moved_on` on."""

    block: Block
    seats: Seats
    seat: Ints
    after: Ints
    begin: Days
    moved_on: Days

    def manager(self, case: Ints, day: Days) -> Ints:
        """The worker number of the case's case manager on a day, 0 where it had none."""
        seat = np.where(day >= self.moved_on[case], self.after[case], self.seat[case])
        holder = self.seats.holder(seat, day)
        return np.where(day >= self.begin[case], holder, 0)


def assign(block: Block, seats: Seats) -> SeatAssignment:
    """Every case to a seat that serves its family's district, as far as there is one."""
    rng = block.rng("case_assignments")
    span = block.end - block.opened_on
    of_family = seats.choose(rng, block.district)
    seat = seats.begin_by(of_family[block.family], block.opened_on)
    waits = np.where(block.habit("waiting") < WAITING, WAIT, 0.0)
    never = np.where(block.habit("losing") < LOSING, NEVER, 0.0)
    fresh = block.is_open & (span < 30) & (rng.random(block.size) < waits)
    seat = np.where(fresh | (rng.random(block.size) < never), -1, seat)
    wait = np.minimum(np.floor(rng.exponential(2.5, block.size)), span).astype(np.int32)
    begin = block.opened_on + wait
    other = seats.choose(rng, block.district[block.family])
    moves = (span >= 60) & (seat >= 0) & (other >= 0) & (rng.random(block.size) < TRANSFERS)
    moved = (block.opened_on + rng.uniform(0.35, 0.8, block.size) * span).astype(np.int32)
    after = seats.begin_by(other, moved)
    moves &= after != seat
    return SeatAssignment(
        block=block,
        seats=seats,
        seat=seat,
        after=np.where(moves, after, seat),
        begin=begin,
        moved_on=np.where(moves, moved, FAR).astype(np.int32),
    )


def assignment_rows(seats: SeatAssignment, names: pa.Array) -> pa.Table:
    """The rows of `case_assignments`, a case's in order of time. `names` are the worker ids."""
    block = seats.block
    everyone = np.arange(block.size)
    moved = np.flatnonzero(seats.moved_on < FAR)
    finish = np.where(block.is_open, FAR, block.closed_on)
    case = np.concatenate([everyone, moved])
    seat = np.concatenate([seats.seat, seats.after[moved]])
    first = np.concatenate([seats.begin, seats.moved_on[moved]])
    until_move = np.minimum(finish, seats.moved_on - 1)
    stayed = np.where(seats.moved_on < FAR, until_move, finish)
    last = np.concatenate([stayed, finish[moved]])
    parts = [_overlap(seats.seats, k, case, seat, first, last) for k in range(HOLDERS)]
    case, worker, start, end = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((start, case))
    return batch(
        "case_assignments",
        case_id=take(block.ids, case[order]),
        worker_id=take(names, worker[order] - 1),
        start_on=days(start[order]),
        end_on=days(end[order]),
    )


def _overlap(
    seats: Seats, k: int, case: Ints, seat: Ints, first: Ints, last: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """The time each case spent with the k-th holder of its seat; no row where there was none."""
    rows = np.flatnonzero(seat >= 0)
    rows = rows[seats.worker[seat[rows], k] > 0]
    start = np.maximum(first[rows], seats.start[seat[rows], k])
    end = np.minimum(last[rows], seats.last_day()[seat[rows], k])
    held = start <= end
    rows, start, end = rows[held], start[held], end[held]
    worker = seats.worker[seat[rows], k]
    return case[rows], worker, start, np.where(end == FAR, NO_DAY, end)
