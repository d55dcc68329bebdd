"""Where a count could be otherwise: the moves of clients that leave everything published as it is.

A block is a table of counts, rows by columns, whose margins are published: the provinces of a
region by target group, or the districts of a province as one column. A *move* takes clients out of
one hidden cell and puts them into others so that every published sum stays. A hidden count for
which moves give two other values can be three different numbers, and nobody can tell which.
"""

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
    if not certain.any():
        return pattern.hidden
    one_way = member.rest is None  # no denominator of clients: nothing to move across to
    comes_and_goes = one_way or bool((pattern.loose & pattern.hidden).any())
    can = _Changes(member, least, pattern)
    values = [np.ones(pattern.hidden.shape, dtype=np.int64) for _ in range(2)]
    nowhere = np.zeros(pattern.hidden.shape, dtype=bool)
    for step in _steps(least):
        if not certain.any():
            break
        across = nowhere if one_way else can.moves(step, -step, margins)
        values[0] += across | (can.comes(step, 0, margins) if comes_and_goes else nowhere)
        few = (values[0] < LEAST_VALUES) & ~no_doubt[0]
        if not one_way:
            values[1] += across | (can.comes(0, step, margins) if comes_and_goes else nowhere)
            few |= (values[1] < LEAST_VALUES) & ~no_doubt[1]
        certain = few & pattern.hidden
    return pattern.hidden & ~certain


def roomy(member: Member, least: Counts, *, labelled: bool = True) -> Mask:
    """True for cells that can give or take two clients and still look as they do."""
    room = np.ones(member.top.shape, dtype=bool)
    can = _Changes(member, least, Pattern(~room, ~room, labelled))
    for step in (-2, -1, 1, 2):
        room &= can(step, 0 if member.rest is None else -step)
    return room


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


def _steps(least: Counts) -> list[int]:
    most = int(least.max())
    # One and two clients, and as many as lift an empty cell over the threshold.
    return [sign * step for step in (1, 2, most, most + 1) for sign in (1, -1)]


class _Changes:
    """Which cells of a member can change by so many clients and still look as they do."""

    def __init__(self, member: Member, least: Counts, pattern: Pattern) -> None:
        self.member, self.least, self.pattern = member, least, pattern
        self.all_hidden = bool(pattern.hidden.all())
        self.small = _small(member.top, member.rest, least)
        self.known: dict[tuple[int, int], Mask] = {}

    def moves(self, top: int, rest: int, margins: Margins) -> Mask:
        """True where a cell can change by `top` and `rest` with everything published kept."""
        free = self.pattern.hidden
        if self.member.rest is not None and top + rest:
            free = free & self.pattern.loose
        if not free.any():
            return free
        return _moves(self(top, rest) & free, self(-top, -rest) & free, margins)

    def comes(self, top: int, rest: int, margins: Margins) -> Mask:
        """True where a cell can change so while its denominator does: one of the two is 0.

        Another cell gives what this one takes; or it gives of the other kind, and a third changes
        one kind for the other.
        """
        found = self.moves(top, rest, margins)
        if self.member.rest is None:
            return found
        free = self.pattern.hidden & margins.free_rows[:, None]
        both = free & self.pattern.loose
        gives = self(-rest, -top) & both
        changes = self(rest - top, top - rest) & free
        return found | (self(top, rest) & both & _two_others(gives, changes))

    def __call__(self, top: int, rest: int) -> Mask:
        """True where the counts of a cell can be so many more or fewer."""
        if (top, rest) not in self.known:
            self.known[top, rest] = self._can(top, rest)
        return self.known[top, rest]

    def _can(self, top: int, rest: int) -> Mask:
        member, least = self.member, self.least
        new_top = member.top + top
        new_rest = None if member.rest is None else member.rest + rest
        new_whole = new_top if new_rest is None else new_top + new_rest
        possible = new_top >= 0
        if new_rest is not None:
            possible &= new_rest >= 0
        if not self.all_hidden:
            possible &= new_whole >= 1
        if member.floor is not None:
            possible &= new_whole >= member.floor
        if new_rest is not None and top + rest:
            # The denominator stands in a table of its own, which says on which side it is.
            whole = new_whole - (top + rest)
            if self.pattern.base_labelled:
                possible &= _between(new_whole, least) == _between(whole, least)
            possible &= (new_whole == 0) == (whole == 0)
        if self.pattern.labelled:
            possible &= _small(new_top, new_rest, least) == self.small
        return np.asarray(possible, dtype=bool)


def _moves(up: Mask, down: Mask, margins: Margins) -> Mask:
    """True where a cell can go up while others go down (and up) so that published sums stay."""
    columns, rows = margins.free_columns[None, :], margins.free_rows[:, None]
    moves = up & columns & rows
    moves |= up & columns & _beside(down & columns, axis=1)
    moves |= up & rows & _beside(down & rows, axis=0)
    if 1 in up.shape:
        return moves  # a single row or column has no rectangle
    return moves | (up & _rectangle(up, down))


def _two_others(one: Mask, other: Mask) -> Mask:
    """True where two different cells of the same column, not the cell itself, are in the masks."""
    a, b, both = (
        m.sum(axis=0, keepdims=True) - m.astype(np.int64) for m in (one, other, one & other)
    )
    return np.asarray((a > 0) & (b > 0) & ~((a == 1) & (b == 1) & (both == 1)), dtype=bool)


def _beside(mask: Mask, axis: int) -> Mask:
    """True where another cell of the same row (axis 1) or column (axis 0) is in the mask."""
    return np.asarray(mask.sum(axis=axis, keepdims=True) - mask.astype(np.int64) > 0, dtype=bool)


def _rectangle(up: Mask, down: Mask) -> Mask:
    """True where two others of its row and column go down and the opposite corner goes up."""
    a, b = down.astype(np.int64), up.astype(np.int64)
    every = a @ b.T @ a
    # Corners in the cell's own row or column are no rectangle.
    row = (a * b).sum(axis=1, keepdims=True) * a
    column = a * (a * b).sum(axis=0, keepdims=True)
    return np.asarray(every - row - column + a * b * a > 0, dtype=bool)
