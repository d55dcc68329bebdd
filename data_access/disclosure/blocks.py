"""Chooses the hidden cells of one block: the small ones, and others until no count is certain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from data_access.disclosure.moves import Counts, Margins, Mask, Member, Pattern, roomy, uncertain

MOST_TRIES = 6  # partners tried for one cell before all of a block is hidden without labels


@dataclass(frozen=True)
class Block:
    """Counts over the same rows and columns, with what is known of them.

    `must_hide` cells are hidden because a sum above, a row or a denominator is; `may_show` ones are
    hidden for another table, where their uncertainty was shown. `loose` cells have a hidden
    denominator. `always` cells are on no page (the clients without a district); `empty_too` ones
    are hidden whether anybody is there or not. `parts` is how many published parts a row has.
    `base_labelled` says whether the table of denominators tells small from large. `before` cells
    are hidden in the snapshot before; `as_one` where one reason is to be given for all. With
    `sides_known` it is known of each cell whether it is small, whatever its reason says.
    """

    members: tuple[Member, ...]
    least: Counts
    margins: Margins
    must_hide: Mask
    may_show: Mask
    loose: Mask
    always: Mask
    empty_too: Mask
    parts: Counts
    before: Mask
    as_one: bool = False
    base_labelled: bool = True
    sides_known: bool = False

    def rows(self, place: list[int], *, free: bool) -> "Block":
        """Some rows of one column of counts as a block whose sum is published, or `free`."""
        return Block(
            tuple(one.at(place) for one in self.members),
            self.least,
            Margins(np.array([free]), self.margins.free_rows[place]),
            self.must_hide[place],
            self.may_show[place],
            self.loose[place],
            self.always[place],
            self.empty_too[place],
            self.parts[place],
            self.before[place],
            self.as_one,
        )

    @property
    def small(self) -> Mask:
        """True where a count of any member is small."""
        return np.logical_or.reduce([one.small(self.least) for one in self.members])

    @property
    def with_counts(self) -> Mask:
        """True where any member counts anybody; the other cells are shown as empty."""
        return np.logical_or.reduce([one.whole > 0 for one in self.members])


def plain(members: tuple[Member, ...], least: Counts, margins: Margins) -> Block:
    """A block of which nothing else is known."""
    no = np.zeros(members[0].top.shape, dtype=bool)
    return Block(members, least, margins, no, no, no, no, no, no_parts(no), no)


def no_parts(cells: Mask) -> Counts:
    """The number of parts of the rows of cells that have none."""
    return np.zeros(len(cells), dtype=np.int64)


@dataclass(frozen=True)
class Hidden:
    """The hidden cells of a block; `small` tells them apart unless `together`, where telling
    would make one of them certain: then all carry the same reason. The parts of `parts_too` rows
    are hidden as well, empty or not: told apart, they would make a sum certain."""

    cells: Mask
    small: Mask
    parts_too: Mask
    together: bool = False


def protect(block: Block) -> Hidden:
    """The cells to hide so that no hidden count of the block is certain.

    The reason tells small cells from those beside them where that can be; else all filled cells
    that are needed are hidden for one reason. Where parts that are shown as empty leave too little
    room, those of a few rows are hidden too: of rows with few parts first. At last all cells are
    hidden, empty ones too, with all of their parts.
    """
    small, filled = block.small, block.with_counts
    none = np.zeros(len(filled), dtype=bool)
    # A denominator that is hidden as another's numerator is hidden where it is 0 too.
    # What the snapshot before hid stays hidden, also where nobody is left.
    first = small | block.loose | block.empty_too | block.before
    first |= (block.must_hide | block.may_show | block.always) & filled
    if not (first & filled & ~block.may_show).any():
        return Hidden(first, small, none)
    sides = block.sides_known
    for labelled in (False,) if block.as_one else (True, False):
        hidden = _grow(block, first, labelled=labelled or sides)
        if hidden is not None:
            return Hidden(hidden, small, none, together=not labelled)
    for parts_too in _rows_without_parts(block, first | filled):
        less_known = _without_parts(block, parts_too)
        hidden = _grow(less_known, first | (parts_too[:, None] & filled), labelled=sides)
        if hidden is None and not _certain(less_known, first | filled, labelled=sides).any():
            hidden = first | filled
        if hidden is not None:
            return Hidden(hidden, small, parts_too, together=True)
    return Hidden(np.ones_like(first), small, ~none, together=True)


def _rows_without_parts(block: Block, hidden: Mask) -> Iterator[Mask]:
    """Which rows' parts to hide: none, then more and more, those with the fewest parts first.

    Rows that would have room to give two clients and take two; how many parts an area has, and its
    place in the register, are known to everybody.
    """
    rows = np.zeros(len(hidden), dtype=bool)
    yield rows
    bare = _without_parts(block, ~rows)
    room = [roomy(one, block.least, labelled=False) for one in bare.members]
    can = (np.logical_and.reduce(room) & hidden).any(axis=1) & (block.parts > 0)
    for row in sorted(can.nonzero()[0], key=lambda n: (block.parts[n], -n)):
        rows = rows.copy()
        rows[row] = True
        yield rows


def _without_parts(block: Block, rows: Mask) -> Block:
    return replace(block, members=tuple(one.without_parts(rows) for one in block.members))


def _grow(block: Block, hidden: Mask, *, labelled: bool) -> Mask | None:
    """The hidden cells with as many more as make all of them uncertain; None where none do."""
    looks = [roomy(one, block.least, labelled=labelled) for one in block.members]
    room = np.logical_and.reduce(looks) & block.with_counts
    tries: dict[tuple[int, int], int] = {}
    while True:
        certain = _certain(block, hidden, labelled=labelled)
        if not certain.any():
            return hidden
        cell = (int(certain.nonzero()[0][0]), int(certain.nonzero()[1][0]))
        tries[cell] = tries.get(cell, 0) + 1
        more = _partners(block, hidden, room, cell)
        if more is None or tries[cell] > MOST_TRIES:
            return None
        hidden = hidden | more


def _certain(block: Block, hidden: Mask, *, labelled: bool) -> Mask:
    safe_cells = safe(block, hidden, labelled=labelled)
    return hidden & block.with_counts & ~safe_cells & ~block.may_show


def safe(
    block: Block,
    hidden: Mask,
    *,
    labelled: bool = True,
    no_doubt: Sequence[tuple[Mask, Mask]] | None = None,
) -> Mask:
    """True for the hidden cells whose counts are uncertain for every member.

    `no_doubt` says for each member where its counts need none (see `uncertain`).
    """
    pattern = Pattern(hidden, block.loose, labelled, block.base_labelled)
    excused = no_doubt or (None,) * len(block.members)
    found = [
        uncertain(one, pattern, block.least, block.margins, no_doubt=none)
        for one, none in zip(block.members, excused, strict=True)
    ]
    return np.logical_and.reduce(found)


def _partners(block: Block, hidden: Mask, room: Mask, cell: tuple[int, int]) -> Mask | None:
    """The fewest cells to hide besides so that the cell can move; None where there are none.

    Among equals the last in the register's order: which one it is says nothing of its count.
    """
    row, column = cell
    cost = (~hidden).astype(np.int64)
    usable = room | hidden
    ways: list[tuple[tuple[int, int], ...]] = []
    rows = [r for r in range(hidden.shape[0]) if r != row]
    columns = [c for c in range(hidden.shape[1]) if c != column]
    if block.margins.free_rows[row]:
        ways += [((r, column),) for r in rows if block.margins.free_rows[r]]
    if block.margins.free_columns[column]:
        ways += [((row, c),) for c in columns if block.margins.free_columns[c]]
    ways += [((r, column), (row, c), (r, c)) for r in rows for c in columns]
    priced = [
        (sum(int(cost[at]) for at in way), way)
        for way in ways
        if all(usable[at] for at in way) and not all(hidden[at] for at in way)
    ]
    if not priced:
        return None
    cheapest = min(price for price, _ in priced)
    way = [way for price, way in priced if price == cheapest][-1]
    mask = np.zeros(hidden.shape, dtype=bool)
    for at in way:
        mask[at] = True
    return mask
