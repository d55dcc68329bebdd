"""What the attack leaves out: a count that is all of a shown sum, and nothing else."""

from datetime import date

import pytest

from tests.disclosure.attacker import Answers, Cell, System
from tests.disclosure.solver import only_parts

FIRST, LAST = date(2025, 10, 1), date(2026, 9, 30)
SENSITIVE = "violence"


def cell(area: str, one: str = "") -> Cell:
    return ("follow_up_completion", area, one, FIRST, LAST)


def found(shown: dict[str, int], one: str = "") -> set[str]:
    """Which districts of province 46 with districts 4601 and 4602 are public, by what is shown."""
    areas = {"46": cell("46"), "4601": cell("4601", one), "4602": cell("4602", one)}
    whole, other = shown.get("46", 24), shown.get("4602", 0)
    true = {"46": whole, "4601": whole - other, "4602": other}
    parts = {(areas[area], "top"): number for area, number in true.items()}
    answers = Answers(
        seen={(areas[area], "top"): number for area, number in shown.items()}, true=parts
    )
    total, *rest = parts
    system = System(list(parts), [[(total, -1), *[(one, 1) for one in rest]]])
    return {part[0][1] for part in only_parts(system, answers)}


def test_the_one_filled_part_of_a_shown_sum_is_that_sum() -> None:
    assert found({"46": 24, "4602": 0}) == {"4601"}


@pytest.mark.parametrize(
    "shown",
    [
        {"46": 24},  # the other district is not known to be empty
        {"4602": 0},  # the sum is not shown
        {"46": 24, "4602": 20},  # a difference is no sum of its own: 4 would be told
    ],
)
def test_a_difference_and_a_hidden_sum_make_nothing_public(shown: dict[str, int]) -> None:
    assert found(shown) == set()


def test_a_sum_too_small_for_a_sensitive_group_does_not_excuse_it() -> None:
    few = {"46": 9, "4602": 0}
    assert found(few) == {"4601"}
    assert found(few, SENSITIVE) == set()


def test_parts_of_an_empty_sum_are_empty() -> None:
    assert found({"46": 0}) == set()


def test_a_chain_of_single_parts_is_followed_down_and_up() -> None:
    district, other, group, province = cell("4601"), cell("4602"), cell("46-1"), cell("46")
    true = {(one, "top"): 24 for one in (province, group, district)} | {(other, "top"): 0}
    rows = [
        [((province, "top"), -1), ((group, "top"), 1)],
        [((group, "top"), -1), ((district, "top"), 1), ((other, "top"), 1)],
    ]
    shown = {(province, "top"): 24, (other, "top"): 0}
    answers = Answers(seen=shown, true=true)
    public = only_parts(System(list(true), rows), answers)
    assert {part[0][1] for part in public} == {"46-1", "4601"}
