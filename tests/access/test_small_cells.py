"""Small client counts are hidden, and enough beside them that no hidden count is certain."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.disclosure.blocks import plain, protect, safe
from data_access.disclosure.moves import Margins, Mask, Member

LEAST = 5


def block_of(tops: list[list[int]], rests: list[list[int]] | None = None) -> tuple[Member, Mask]:
    """A member and its hidden cells; one column is the parts of one published sum."""
    top = np.array(tops, dtype=np.int64)
    rest = None if rests is None else np.array(rests, dtype=np.int64)
    member = Member(top, rest, np.zeros(top.shape, dtype=bool))
    rows, columns = top.shape
    margins = Margins(np.zeros(columns, dtype=bool), np.full(rows, columns == 1))
    found = protect(plain((member,), np.full(columns, LEAST, dtype=np.int64), margins))
    return member, found.cells


def hidden(counts: list[int], rests: list[int] | None = None) -> list[bool]:
    """Which parts of one sum are hidden."""
    column = None if rests is None else [[n] for n in rests]
    flags: list[bool] = block_of([[n] for n in counts], column)[1][:, 0].tolist()
    return flags


def test_a_count_under_five_is_hidden_with_another_that_can_take_up_its_clients() -> None:
    assert hidden([3, 20, 30, 50]) == [True, False, False, True]


def test_the_other_one_is_chosen_by_its_place_and_not_by_its_count() -> None:
    assert hidden([3, 50, 30, 20]) == [True, False, False, True]


def test_a_neighbour_without_room_is_not_enough() -> None:
    # 5 + 1 clients: with 5 known to be no small count, the other would be 1.
    assert hidden([1, 30, 5]) == [True, True, False]


def test_zero_and_five_are_shown_and_nothing_else_is_hidden() -> None:
    assert hidden([0, 5, 20]) == [False, False, False]


def test_an_empty_cell_is_never_hidden_beside_a_small_one() -> None:
    assert hidden([2, 20, 0]) == [True, True, False]


def test_35_of_36_tells_one_and_is_hidden() -> None:
    assert hidden([35, 40, 60], [1, 40, 60]) == [True, False, True]


def test_three_small_ones_hide_each_other() -> None:
    assert hidden([3, 2, 3, 40]) == [True, True, True, False]


def test_a_small_cell_of_a_table_hides_a_rectangle() -> None:
    _, cells = block_of([[3, 40, 40], [40, 40, 40], [40, 40, 40]])
    assert cells.sum() == 2 * 2
    assert cells[0, 0]
    assert cells.sum(axis=0).tolist() == [2, 0, 2]
    assert cells.sum(axis=1).tolist() == [2, 0, 2]


def test_a_small_number_that_is_all_there_is_hides_everything_with_it() -> None:
    # The sum of 5 is shown; 4 and 1 could each be other numbers, and neither says which is small.
    assert hidden([4, 1]) == [True, True]


@settings(max_examples=60)
@given(
    st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.sampled_from([0, 1, 2, 4, 5, 6, 9, 15, 40]), min_size=columns,
                     max_size=columns),
            min_size=2,
            max_size=6,
        )
    )
)  # fmt: skip
def test_no_small_count_is_shown_and_no_hidden_one_is_certain(counts: list[list[int]]) -> None:
    member, cells = block_of(counts)
    assert not (member.small(np.array([LEAST])) & ~cells).any()
    rows, columns = cells.shape
    margins = Margins(np.zeros(columns, dtype=bool), np.full(rows, columns == 1))
    block = plain((member,), np.full(columns, LEAST, dtype=np.int64), margins)
    if not cells.all():
        assert safe(block, cells, labelled=False)[cells].all()
