"""Similar provinces and the median of what they publish, against a search tree and pandas."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import KDTree
from scipy.stats import zscore

from config.neighbours import NeighbourRules, Variable, neighbour_rules
from data_access import neighbours
from data_access.indicators import registry
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import registers
from tests.support import world

NOBODY = Scope()
WORDS = {"title_th": "", "title_en": "", "source_th": "", "source_en": ""}
PLAIN = Variable(name="a", scale="plain", of="households", **WORDS)
RULES = NeighbourRules(count=5, least_shown=3, far=2.0, variables=(PLAIN,))
CODES = [p.code for p in registers.provinces()]


def line(*values: float) -> pd.DataFrame:
    """One plain variable over the first provinces."""
    return pd.DataFrame({"a": values}, index=CODES[: len(values)])


def of(found: pd.DataFrame, code: str) -> list[tuple[str, float]]:
    mine = found[found["province_code"] == code]
    return list(zip(mine["neighbour_code"], mine["distance"], strict=True))


def test_distances_are_in_standard_deviations_over_all_provinces() -> None:
    # Mean 4, deviations -4 -3 -2 -1 0 10; their squares sum to 130, over 6: sd = 4.6547.
    found = neighbours.nearest(line(0, 1, 2, 3, 4, 14), RULES)
    sd = (130 / 6) ** 0.5
    expected = [(code, round(n / sd, 9)) for n, code in enumerate(["11", "12", "13", "14"], 1)]
    assert of(found, "10") == [*expected, ("15", round(14 / sd, 9))]
    assert found["place"].tolist() == [1, 2, 3, 4, 5] * 6
    # 14/4.65 = 3.0 and 10/4.65 = 2.1 are further than 2.0; nobody else is.
    assert found.loc[found["far"], "province_code"].value_counts()["15"] == 5


def test_equal_distances_come_in_order_of_codes_and_rows_in_any_order() -> None:
    values = line(5, 5, 5, 5, 5, 9, 9)
    found = neighbours.nearest(values, RULES)
    assert [code for code, _ in of(found, "12")] == ["10", "11", "13", "14", "15"]
    mixed = neighbours.nearest(values.sample(frac=1, random_state=3), RULES)
    pd.testing.assert_frame_equal(mixed, found)


def test_a_distance_is_the_same_both_ways() -> None:
    rng = np.random.default_rng(1)
    values = pd.DataFrame(rng.normal(size=(77, 2)), index=CODES, columns=["a", "b"])
    rules = replace(RULES, count=10, variables=(PLAIN, replace(PLAIN, name="b")))
    found = neighbours.nearest(values, rules).set_index(["province_code", "neighbour_code"])
    apart = found["distance"].to_dict()
    both = [(apart[pair], apart[pair[::-1]]) for pair in apart if pair[::-1] in apart]
    assert len(both) > 100
    assert all(one == other for one, other in both)


def test_a_province_without_a_number_is_nobodys_neighbour() -> None:
    found = neighbours.nearest(line(1, 2, 3, float("nan"), 4, 5, 6), RULES)
    assert "13" not in set(found["province_code"]) | set(found["neighbour_code"])
    assert neighbours.nearest(line(1, 2, 3, 4, float("nan")), RULES).empty
    log = replace(RULES, variables=(replace(PLAIN, scale="log"),))
    assert "10" not in set(neighbours.nearest(line(0, 1, 2, 3, 4, 5, 6), log)["province_code"])


def test_what_is_the_same_everywhere_tells_nobody_apart() -> None:
    rules = replace(RULES, variables=(PLAIN, replace(PLAIN, name="b")))
    alone = neighbours.nearest(line(1, 2, 4, 8, 16, 32), RULES)
    with_constant = line(1, 2, 4, 8, 16, 32).assign(b=7.0)
    pd.testing.assert_frame_equal(neighbours.nearest(with_constant, rules), alone)


@pytest.fixture(scope="module")
def statistics() -> list[dict[str, object]]:
    rng = np.random.default_rng(2)
    return [
        {
            "province_code": code,
            "year": 2021,
            "households": int(rng.integers(60_000, 3_000_000)),
            "population": int(rng.integers(3_000_000, 6_000_000)),
            "basis": "สสช. 2564",
        }
        for code in CODES
    ]


@pytest.fixture(scope="module")
def country(
    tmp_path_factory: pytest.TempPathFactory, statistics: list[dict[str, object]]
) -> SnapshotInfo:
    more = [
        {**statistics[0], "year": 2020, "households": 1},  # older: not taken
        {**statistics[0], "year": 2030, "households": 2},  # after the day: not taken
    ]
    folder: Path = tmp_path_factory.mktemp("neighbours")
    return world.make(folder, {"province_statistics": [*more, *statistics]})


def test_the_neighbours_of_the_file_are_those_of_a_search_tree(
    country: SnapshotInfo, statistics: list[dict[str, object]]
) -> None:
    facts = pd.DataFrame(statistics).set_index("province_code").sort_index()
    districts = [len(registers.districts_of(code)) for code in facts.index]
    wide = np.column_stack([
        np.log(facts["households"]),
        facts["population"] / facts["households"],
        np.log(facts["households"] / districts),
    ])  # fmt: skip
    scores = zscore(wide)
    count = neighbour_rules().count
    apart, near = KDTree(scores).query(scores, k=count + 1)
    found = neighbours.similar_provinces(scope=NOBODY, snapshot=country)
    for at, code in enumerate(facts.index):
        assert [other for other, _ in of(found, code)] == [facts.index[n] for n in near[at][1:]]
        assert [away for _, away in of(found, code)] == pytest.approx(apart[at][1:], abs=1e-6)
    assert len(found) == 77 * count


def test_the_numbers_compared_are_those_of_the_latest_year_by_then(
    country: SnapshotInfo, statistics: list[dict[str, object]]
) -> None:
    found = neighbours.neighbour_variables(scope=NOBODY, snapshot=country)
    mine = found[found["province_code"] == "10"].set_index("variable")
    assert mine.loc["households", "value"] == statistics[0]["households"]
    assert set(mine["year"]) == {2021}
    assert set(mine["basis"]) == {"สสช. 2564"}
    assert mine.loc["households_per_district", "value"] == pytest.approx(
        statistics[0]["households"] / 50  # Bangkok has fifty districts
    )


def test_numbers_of_a_data_manager_take_the_place_of_the_datas(
    country: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(PLAIN, of="", values={code: n for n, code in enumerate(CODES[:7])})
    monkeypatch.setattr(neighbours, "neighbour_rules", lambda: replace(RULES, variables=(own,)))
    found = neighbours.similar_provinces(scope=NOBODY, snapshot=country)
    assert set(found["province_code"]) == set(CODES[:7])
    wrong = replace(own, values={"99": 1.0})
    monkeypatch.setattr(neighbours, "neighbour_rules", lambda: replace(RULES, variables=(wrong,)))
    with pytest.raises(registers.UnknownArea):
        neighbours.similar_provinces(scope=NOBODY, snapshot=country)


def test_data_without_statistics_have_no_neighbours(tmp_path: Path) -> None:
    empty = world.make(tmp_path, {})
    assert neighbours.similar_provinces(scope=NOBODY, snapshot=empty).empty


SHARE = registry.get("follow_up_completion")


def published(*cells: tuple[str, str, float | None, int | None]) -> pd.DataFrame:
    return pd.DataFrame(cells, columns=["area_code", "status", "value", "denominator"])


def test_a_median_is_of_published_values_and_says_how_many_are_not() -> None:
    similar = pd.DataFrame({
        "province_code": ["10"] * 5 + ["11"] * 5,
        "neighbour_code": ["11", "12", "13", "14", "15", "10", "12", "13", "16", "17"],
    })  # fmt: skip
    frame = published(
        ("11", "shown", 90.0, 100),
        ("12", "shown", 40.0, 100),
        ("13", "shown", 60.0, 100),
        ("14", "hidden", None, None),
        ("15", "shown", 100.0, 3),  # three of three say nothing
        ("16", "no_data", None, 0),
    )
    found = neighbours.medians(frame, SHARE, similar).set_index("province_code")
    assert found.loc["10"].tolist() == [60.0, 3, 2]  # of 40, 60, 90
    assert pd.isna(found.loc["11", "median"])  # of two of five: too few
    assert found.loc["11", ["shown", "left_out"]].tolist() == [2, 3]


def test_a_hidden_value_moves_no_median() -> None:
    similar = pd.DataFrame(
        {"province_code": ["10"] * 4, "neighbour_code": ["11", "12", "13", "14"]}
    )
    rest = [(code, "shown", value, 50) for code, value in (("11", 1.0), ("12", 2.0), ("13", 9.0))]
    answers = {
        neighbours.medians(published(*rest, ("14", "hidden", x, None)), SHARE, similar)["median"][0]
        for x in (None, 0.0, 100.0)
    }
    assert answers == {2.0}
