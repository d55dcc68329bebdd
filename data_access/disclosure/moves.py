"""Where a count could be otherwise: the moves of clients that leave everything published as it is.

A block is a table of counts, rows by columns, whose margins are published: the provinces of a
region by target group, or the districts of a province as one column. A *move* takes clients out of
one hidden cell and puts them into others so that every published sum stays. A hidden count for
which moves give two other values can be three different numbers, and nobody can tell which.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]

LEAST_VALUES = 3  # a hidden count may be at least so many numbers


@dataclass(frozen=True)
class Member:
    """One indicator's counts in a block: `top` in the numerator, `rest` in the denominator besides.

    `rest` is empty where the denominator counts no clients. `extra` marks cells that are small for
    another reason: few clients behind many units. `floor` is the least that a count can be for all
    that its parts tell: empty parts are shown, so each hidden one holds somebody; `bare` is what is
    left of it where empty parts are hidden too. Without them, a cell has no parts.
    """

    top: Counts
    rest: Counts | None
    extra: Mask
    floor: Counts | None = None
    bare: Counts | None = None

    @property
    def whole(self) -> Counts:
        """All clients that are counted: the denominator where it counts clients."""
        return self.top if self.rest is None else self.top + self.rest

    @property
    def least_whole(self) -> Counts:
        """The fewest clients that a cell can have: those of its parts, 1 where anybody is."""
        filled = (self.whole > 0).astype(np.int64)
        return filled if self.floor is None else np.maximum(filled, self.floor)

    def at(self, place: Any) -> "Member":
        """The counts at a place of the arrays, whatever indexes one."""
        return Member(
            self.top[place],
            None if self.rest is None else self.rest[place],
            self.extra[place],
            None if self.floor is None else self.floor[place],
            None if self.bare is None else self.bare[place],
        )

    def without_parts(self, rows: Mask) -> "Member":
        """The same with the parts of some rows hidden, empty or not: they tell no more."""
        if self.floor is None:
            return self
        bare = np.zeros_like(self.floor) if self.bare is None else self.bare
        return replace(self, floor=np.where(rows[:, None], bare, self.floor))

    def small(self, least: Counts) -> Mask:
        """True where a count is from 1 to `least - 1`: numerator, denominator or difference."""
        return _small(self.top, self.rest, least) | self.extra


@dataclass(frozen=True)
class Margins:
    """Which sums of a block are not published: those of whole columns, those of whole rows."""

    free_columns: Mask
    free_rows: Mask


def _between(counts: Counts, least: Counts) -> Mask:
    return (counts >= 1) & (counts < least)


def _small(top: Counts, rest: Counts | None, least: Counts) -> Mask:
    small = _between(top, least)
    if rest is not None:
        small = small | _between(rest, least) | _between(top + rest, least)
    return small


@dataclass(frozen=True)
class Pattern:
    """What a reader sees of a block: the hidden cells, and those whose denominator is hidden too.

    With `labelled` the reader knows which cells are small and which are hidden beside them: then a
    move leaves every cell on its side; with `base_labelled` the table of denominators tells it of
    them. Empty cells are shown as empty, so a hidden one stays
    filled, unless every cell is hidden.
    """

    hidden: Mask
    loose: Mask
    labelled: bool = True
    base_labelled: bool = True


def uncertain(
    member: Member,
    pattern: Pattern,
    least: Counts,
    margins: Margins,
    *,
    no_doubt: tuple[Mask, Mask] | None = None,
) -> Mask:
    """True for the hidden cells each of whose counts can be three numbers or more.

    Where the denominator is known clients move between numerator and difference; where it is
    hidden too they may come and go. Where there is `no_doubt` of a numerator and of a difference
    they need none: by default where they are 0 below or beside a published 0.
    """
    no_doubt = no_doubt or _without_doubt(member, pattern)
    certain = pattern.hidden & ~(no_doubt[0] & no_doubt[1])
    values = np.ones((2, *pattern.hidden.shape), dtype=np.int64)
    # Steps of one and two clients are nearly always enough: the others are looked at after them.
    for steps in _steps(least):
        if not certain.any():
            break
        values += _Changes(member, least, pattern, steps).other_values(margins)
        few = (values[0] < LEAST_VALUES) & ~no_doubt[0]
        if member.rest is not None:
            few |= (values[1] < LEAST_VALUES) & ~no_doubt[1]
        certain = few & pattern.hidden
    return pattern.hidden & ~certain


def roomy(member: Member, least: Counts, *, labelled: bool = True) -> Mask:
    """True for cells that can give or take two clients and still look as they do."""
    room = np.ones(member.top.shape, dtype=bool)
    pattern = Pattern(~room, ~room, labelled)
    return _Changes(member, least, pattern, (1, -1, 2, -2)).can[ACROSS].all(axis=0)


def _without_doubt(member: Member, pattern: Pattern) -> tuple[Mask, Mask]:
    """Where numerator and difference need no doubt: nobody is there, or nobody is in the other one
    and both are the denominator, which is shown."""
    none = _none(member.top)
    if member.rest is None:
        return none, none
    others = _none(member.rest)
    return none | (others & ~pattern.loose), others | (none & ~pattern.loose)


def _none(counts: Counts) -> Mask:
    sums = (counts.sum(axis=0, keepdims=True) == 0) | (counts.sum(axis=1, keepdims=True) == 0)
    return np.asarray(sums & (counts == 0), dtype=bool)


def _steps(least: Counts) -> Iterator[tuple[int, ...]]:
    """Steps of one and two clients, then as many as lift an empty cell over the threshold."""
    most = int(least.max())
    yield 1, -1, 2, -2
    yield tuple(sign * step for step in (most, most + 1) if step > 2 for sign in (1, -1))


# What changes: clients move between numerator and difference, or one of the two alone does.
ACROSS, TOP, REST = 0, 1, 2


class _Changes:
    """Which cells of a member can change by so many clients and still look as they do.

    All steps are looked at in one array: blocks are small, and a call costs more than its sums.
    `steps` are pairs, each number beside its opposite. `can` is True by kind of change, step, row
    and column; there is one kind, of the numerator alone, where no denominator counts clients.
    """

    def __init__(
        self, member: Member, least: Counts, pattern: Pattern, steps: tuple[int, ...]
    ) -> None:
        self.one_way = member.rest is None
        self.pattern = pattern
        self.comes_and_goes = not self.one_way and bool((pattern.loose & pattern.hidden).any())
        self.opposite = np.arange(len(steps)) ^ 1
        step = np.array(steps, dtype=np.int64)
        top = np.array([step, step, np.zeros_like(step)])
        rest = np.array([-step, np.zeros_like(step), step])
        kinds = slice(1, 2) if self.one_way else slice(0, 3 if self.comes_and_goes else 1)
        self.can = _can(member, least, pattern, (top[kinds], rest[kinds]))

    def other_values(self, margins: Margins) -> Counts:
        """How many other values, of these steps, numerator (first) and difference can have."""
        hidden, loose = self.pattern.hidden, self.pattern.loose
        up, down = self.can & hidden, self.can[:, self.opposite] & hidden
        if self.comes_and_goes:
            up[TOP:] &= loose
            down[TOP:] &= loose
        moves = _moves(up, down, margins)
        if self.comes_and_goes:
            free = hidden & margins.free_rows[:, None]
            both = free & loose
            # Another cell gives what this one takes; or it gives of the other kind, and a third
            # changes one kind for the other.
            gives = down[[REST, TOP]] & both
            changes = np.stack([down[ACROSS], up[ACROSS]]) & free
            moves[TOP:] |= up[TOP:] & both & _two_others(gives, changes)
            moves[TOP:] |= moves[ACROSS]
        counted = moves.sum(axis=1)
        if self.comes_and_goes:
            return np.asarray(counted[TOP:], dtype=np.int64)
        return np.asarray(counted, dtype=np.int64)  # of both: they change together, or there is one


def _can(member: Member, least: Counts, pattern: Pattern, change: tuple[Counts, Counts]) -> Mask:
    """True by kind and step where the counts of a cell can be so many more or fewer."""
    top, rest = (one[:, :, None, None] for one in change)
    new_top = member.top + top
    new_rest = None if member.rest is None else member.rest + rest
    new_whole = new_top if new_rest is None else new_top + new_rest
    possible = new_top >= 0
    if new_rest is not None:
        possible &= new_rest >= 0
    if not pattern.hidden.all():
        possible &= new_whole >= 1
    if member.floor is not None:
        possible &= new_whole >= member.floor
    if member.rest is not None and len(top) > 1:
        # The denominator stands in a table of its own, which says on which side it is.
        whole = member.whole
        if pattern.base_labelled:
            possible &= _between(new_whole, least) == _between(whole, least)
        possible &= (new_whole == 0) == (whole == 0)
    if pattern.labelled:
        possible &= _small(new_top, new_rest, least) == _small(member.top, member.rest, least)
    return np.asarray(possible, dtype=bool)


def _moves(up: Mask, down: Mask, margins: Margins) -> Mask:
    """True where a cell can go up while others go down (and up) so that published sums stay."""
    columns, rows = margins.free_columns[None, :], margins.free_rows[:, None]
    moves = up & (columns & rows)
    if margins.free_columns.any():
        moves |= up & columns & _beside(down & columns, axis=-1)
    if margins.free_rows.any():
        moves |= up & rows & _beside(down & rows, axis=-2)
    if 1 in up.shape[-2:]:
        return moves  # a single row or column has no rectangle
    return moves | (up & _rectangle(up, down))


def _two_others(one: Mask, other: Mask) -> Mask:
    """True where two different cells of the same column, not the cell itself, are in the masks."""
    a, b, both = (
        m.sum(axis=-2, keepdims=True) - m.astype(np.int64) for m in (one, other, one & other)
    )
    return np.asarray((a > 0) & (b > 0) & ~((a == 1) & (b == 1) & (both == 1)), dtype=bool)


def _beside(mask: Mask, axis: int) -> Mask:
    """True where another cell of the same row (axis -1) or column (axis -2) is in the mask."""
    return np.asarray(mask.sum(axis=axis, keepdims=True) > mask, dtype=bool)


def _rectangle(up: Mask, down: Mask) -> Mask:
    """True where two others of its row and column go down and the opposite corner goes up."""
    a, b = down.astype(np.int64), up.astype(np.int64)
    every = a @ b.swapaxes(-1, -2) @ a
    # Corners in the cell's own row or column are no rectangle.
    row = (a * b).sum(axis=-1, keepdims=True) * a
    column = a * (a * b).sum(axis=-2, keepdims=True)
    return np.asarray(every - row - column + a * b * a > 0, dtype=bool)
