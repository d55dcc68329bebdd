"""The file by which provinces are alike: what it may say, and that every mistake is named."""

import copy
import tomllib
from datetime import date
from typing import Any

import pytest

from config import neighbours

WORDS = {"title_th": "ก", "title_en": "a", "source_th": "ข", "source_en": "b"}
GOOD: dict[str, Any] = {
    "rules": {"count": 5, "least_shown": 3, "far": 2.0},
    "variables": {
        "size": {"of": "population", "per": "households", "scale": "plain", **WORDS},
        "older": {
            "values": {"10": 20.5, "11": 18},
            "as_of": date(2025, 12, 31),
            "scale": "plain",
            **WORDS,
        },
    },
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The good file with one entry changed, or taken out where `value` is `...`."""
    table = copy.deepcopy(GOOD)
    *above, last = path.split("/")
    inside = table
    for step in above:
        inside = inside[step]
    if value is ...:
        del inside[last]
    else:
        inside[last] = value
    return table


def test_the_file_of_the_product_has_five_to_ten_neighbours_and_dated_sources() -> None:
    rules = neighbours.read(tomllib.loads(neighbours.TOML_PATH.read_text(encoding="utf-8")))
    assert 5 <= rules.count <= 10
    assert {one.name for one in rules.variables} == {
        "households",
        "household_size",
        "households_per_district",
    }
    for one in rules.variables:
        assert one.source("th") != one.source("en")
        assert one.title("th") != one.title("en")


def test_numbers_of_a_data_manager_are_read_with_their_day() -> None:
    older = neighbours.read(GOOD).variables[1]
    assert older.values == {"10": 20.5, "11": 18}
    assert (older.as_of, older.of, older.per) == (date(2025, 12, 31), "", "")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("rules/count", 4, "count is a whole number from 5 to 10; got: 4"),
        ("rules/count", 11, "count is a whole number from 5 to 10; got: 11"),
        ("rules/count", True, "got: True"),
        ("rules/least_shown", 6, "least_shown is a whole number from 1 to 5; got: 6"),
        ("rules/far", 0, "far is a number above 0; got: 0"),
        ("rules/far", ..., "rules: far is missing"),
        ("rules/near", 1, "rules: near is not known"),
        ("variables", {}, "at least one is wanted"),
        ("more", {}, "more is not known"),
        ("variables/size/of", "poverty", "size: of is one of"),
        ("variables/size/per", "area", "size: per is one of"),
        ("variables/size/scale", "square", 'size: scale is "plain" or "log"'),
        ("variables/size/source_th", " ", "size: source_th is a text"),
        ("variables/size/title_en", ..., "size: title_en is missing"),
        ("variables/size/as_of", date(2025, 1, 1), "size: as_of is not known"),
        ("variables/size", 3, "size: a table is wanted; got: 3"),
        ("variables/older/as_of", ..., "older: as_of is missing"),
        ("variables/older/as_of", "2025", "older: as_of is a day"),
        ("variables/older/values", {}, "older: values are numbers by province code"),
        ("variables/older/values/10", "20", "older: the value of 10 is a number; got: '20'"),
        ("variables/older/values/10", float("nan"), "older: the value of 10 is a number"),
    ],
)
def test_a_mistake_is_named_with_what_was_seen(path: str, value: object, said: str) -> None:
    with pytest.raises(neighbours.NeighbourProblem) as problem:
        neighbours.read(changed(path, value))
    assert said in str(problem.value)


def test_a_logarithm_needs_numbers_above_zero_and_all_mistakes_are_named_at_once() -> None:
    table = changed("variables/older/scale", "log")
    table["variables"]["older"]["values"]["10"] = 0
    table["rules"]["count"] = 99
    with pytest.raises(neighbours.NeighbourProblem) as problem:
        neighbours.read(table)
    assert "above 0; got: 0" in str(problem.value)
    assert "got: 99" in str(problem.value)
