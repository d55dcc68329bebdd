"""Ladders of bands: what a file may say, and that ours joins neighbours of the code list."""

import pytest

from config.bands import ALONE, BandProblem, ladder, ladders, parts_of_joined, read
from data_access.schema.codes import CODES


def test_a_breakdown_without_a_ladder_has_its_bands_alone() -> None:
    assert ladder("target_group") == (ALONE,)
    assert ladder(None) == (ALONE,)
    assert parts_of_joined("target_group") == {}


def test_a_ladder_is_read_from_the_finest_step_on() -> None:
    found = read({"size": [{"3+": ["3-4", "5+"]}, {"1-2": ["1", "2"], "3+": ["3-4", "5+"]}]})
    assert [dict(one) for one in found["size"]] == [
        {},
        {"3-4": "3+", "5+": "3+"},
        {"1": "1-2", "2": "1-2", "3-4": "3+", "5+": "3+"},
    ]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([{"3+": ["3-4"]}], "steps are tables"),
        ("3+", "steps are tables"),
        ([{"3+": ["3-4", "5+"], "2-4": ["2", "3-4"]}], "in two joined bands"),
        ([{"3+": ["3-4", "5+"]}, {"1-2": ["1", "2"]}], "3+ is joined in an earlier step"),
        ([{"3+": ["3-4", "5+"]}, {"3+": ["2", "3-4", "5+"]}], "other bands than in an earlier"),
        ([{"3+": ["3-4", "5+"]}, {"3+": ["3-4", "5+"]}], "joins no more than the step before"),
    ],
)
def test_a_mistake_is_named_with_its_breakdown(steps: object, said: str) -> None:
    with pytest.raises(BandProblem, match=rf"size: .*{said.replace('+', '[+]')}"):
        read({"size": steps})


@pytest.mark.parametrize("breakdown", sorted(ladders()))
def test_joined_bands_are_neighbours_of_the_code_list(breakdown: str) -> None:
    codes = CODES[breakdown]
    for whole, parts in parts_of_joined(breakdown).items():
        first = codes.index(parts[0])
        assert codes[first : first + len(parts)] == parts
        assert whole not in codes
