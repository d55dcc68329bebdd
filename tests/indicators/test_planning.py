"""What if, and the fewest families to move: worked by hand, and against every possibility."""

import random
from collections import deque
from pathlib import Path

import pandas as pd
import pytest

from data_access import queries, snapshot
from data_access.indicators.kernel.query import Query
from data_access.planning import moves
from data_access.planning.moves import Load, propose
from data_access.planning.what_if import what_if
from data_access.scope import Scope
from geo import neighbours, registers
from geo.points import district_points

BESIDE = {"A": frozenset({"B"}), "B": frozenset({"A", "C"}), "C": frozenset({"B"})}


def frame(*rows: tuple[str, int | None, int | None, str]) -> pd.DataFrame:
    listed = pd.DataFrame(rows, columns=["area_code", "numerator", "denominator", "status"])
    nobody = (listed["denominator"] == 0) & (listed["numerator"] > 0)
    reasons = nobody.map({True: "no_case_manager", False: ""})
    return listed.astype({"numerator": "Int64", "denominator": "Int64"}).assign(reason=reasons)


def column(rows: pd.DataFrame, name: str) -> list[object]:
    return [None if pd.isna(x) else x for x in rows[name]]


WORLD = frame(
    ("10", 100, 10, "shown"),  # exactly at the norm
    ("11", 101, 10, "shown"),
    ("12", 30, 0, "no_data"),  # families and nobody for them
    ("13", 0, 0, "no_data"),
    ("14", None, None, "hidden"),
    ("15", 5, 2, "shown"),
)


def test_as_it_is_nothing_changes() -> None:
    rows = what_if(WORLD, norm=10, people=0, norm_now=10)
    assert column(rows, "gap_now") == column(rows, "gap_then") == [0, 1, 3, None, None, 0]
    assert column(rows, "over_then") == [False, True, True, None, None, False]


def test_another_norm_flips_provinces_and_moves_the_gap() -> None:
    low = what_if(WORLD, norm=8, people=0, norm_now=10)
    assert column(low, "gap_then") == [3, 3, 4, None, None, 0]  # 100/8 = 12.5, 101/8 = 12.6, 30/8
    assert column(low, "over_then") == [True, True, True, None, None, False]
    high = what_if(WORLD, norm=12, people=0, norm_now=10)
    assert column(high, "gap_then") == [0, 0, 3, None, None, 0]
    assert column(high, "over_now") == [False, True, True, None, None, False]


def test_more_people_go_where_most_are_missing_and_then_stay_unplaced() -> None:
    three = what_if(WORLD, norm=10, people=3, norm_now=10)
    # 12 lacks 3, then 2, then 1 like 11; of these two 12 has most families for each (15).
    assert column(three, "managers_then") == [10, 10, 3, None, None, 2]
    nine = what_if(WORLD, norm=10, people=9, norm_now=10)
    assert column(nine, "managers_then") == [10, 11, 3, None, None, 2]
    assert sum(nine["gap_then"].fillna(0)) == 0


def test_fewer_people_go_from_where_most_room_is_and_never_the_last() -> None:
    rows = what_if(WORLD, norm=10, people=-2, norm_now=10)
    # 15 would have 5 families for the one left, 10 has 100 ÷ 9 = 11.1, 11 has 101 ÷ 9.
    assert column(rows, "managers_then") == [9, 10, 0, None, None, 1]
    assert column(rows, "gap_then") == [1, 1, 3, None, None, 0]
    all_gone = what_if(WORLD, norm=10, people=-100, norm_now=10)
    assert column(all_gone, "managers_then") == [1, 1, 0, None, None, 1]


def test_the_sum_of_gaps_is_the_staffing_gap_of_the_registry(small_data_dir: Path) -> None:
    info = snapshot.current(small_data_dir)
    scope = Scope(nation=True, reveal=True)
    query = Query(info.as_of, area="province")
    cells = queries.indicator("families_per_case_manager", query, scope=scope, snapshot=info)
    rows = what_if(cells, norm=10, people=0, norm_now=10)
    whole = queries.indicator("staffing_gap", Query(info.as_of), scope=scope, snapshot=info)
    assert rows["gap_now"].sum() == whole["numerator"].iloc[0] > 0
    over = queries.indicator("provinces_over_norm", Query(info.as_of), scope=scope, snapshot=info)
    assert rows["over_now"].sum() == over["numerator"].iloc[0]


def brute(loads: list[Load], norm: int) -> tuple[int, int, int, int]:
    """What stays above the norm, families moved, moved to another province, moved to another
    district: every way, one by one."""
    near = [
        [i != j and moves._are_near(one, other, BESIDE)
         for j, other in enumerate(loads)]
        for i, one in enumerate(loads)
    ]  # fmt: skip
    start = tuple(load.families for load in loads)
    best = {start: (0, 0, 0)}
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        moved, abroad, across = best[state]
        for i, one in enumerate(loads):
            for j, other in enumerate(loads):
                if not near[i][j] or not state[i]:
                    continue
                after = list(state)
                after[i], after[j] = after[i] - 1, after[j] + 1
                over = one.province != other.province
                apart = not over and one.district != other.district
                cost = (moved + 1, abroad + over, across + apart)
                key = tuple(after)
                if key not in best or cost < best[key]:
                    best[key] = cost
                    waiting.append(key)
    return min((sum(max(0, x - norm) for x in state), *cost) for state, cost in best.items())


def check(loads: list[Load], norm: int) -> None:
    found = propose(loads, norm, BESIDE)
    abroad = sum(move.families for move in found.moves if move.abroad)
    across = sum(move.families for move in found.moves if move.across and not move.abroad)
    assert found.solved
    assert (found.above, found.families, abroad, across) == brute(loads, norm), loads
    after = {load.code: load.families for load in loads}
    for move in found.moves:
        after[move.giver] -= move.families
        after[move.taker] += move.families
    assert min(after.values()) >= 0
    assert sum(max(0, count - norm) for count in after.values()) == found.above


def test_the_fewest_families_in_tiny_worlds_against_every_possibility() -> None:
    rng = random.Random(2569)
    for _ in range(60):
        loads = [
            Load(f"W{n}", rng.choice(["A", "B", "C", ""]), rng.randint(0, 4))
            for n in range(rng.randint(2, 4))
        ]
        check(loads, rng.randint(1, 3))


def test_the_fewest_families_over_a_border_against_every_possibility() -> None:
    rng = random.Random(2570)
    province = {"A": "1", "B": "1", "C": "2"}  # B and C are beside each other over the border
    for _ in range(60):
        places = [rng.choice(["A", "B", "C", ""]) for _ in range(rng.randint(2, 4))]
        loads = [
            Load(f"W{n}", place, rng.randint(0, 4), province.get(place) or rng.choice("12"))
            for n, place in enumerate(places)
        ]
        check(loads, rng.randint(1, 3))


def test_a_province_of_its_own_comes_before_one_over_the_border() -> None:
    loads = [Load("b", "B", 3, "1"), Load("c", "C", 0, "2"), Load("a", "A", 0, "1")]
    (move,) = propose(loads, 2, BESIDE).moves
    assert (move.taker, move.across, move.abroad) == ("a", True, False)
    (move,) = propose(loads[:2], 2, BESIDE).moves
    assert (move.taker, move.across, move.abroad) == ("c", True, True)
    nowhere = [Load("b", "", 3, "1"), Load("c", "C", 0, "2")]
    assert propose(nowhere, 2, BESIDE).above == 1  # a post without a district stays in its province


def test_families_move_on_by_way_of_a_full_neighbour() -> None:
    # A has one too many, B is full, C has room: one from B to C, one from A to B.
    loads = [Load("a", "A", 3), Load("b", "B", 2), Load("c", "C", 0)]
    check(loads, 2)
    assert {(m.giver, m.taker) for m in propose(loads, 2, BESIDE).moves} == {("a", "b"), ("b", "c")}


def test_a_move_inside_the_district_comes_before_one_to_the_neighbour() -> None:
    loads = [Load("a", "A", 3), Load("b", "B", 0), Load("c", "A", 0)]
    (move,) = propose(loads, 2, BESIDE).moves
    assert (move.taker, move.families, move.across) == ("c", 1, False)


def test_where_there_is_no_room_it_says_how_much_stays_above() -> None:
    assert (
        propose([Load("a", "A", 5), Load("b", "C", 0)], 2, BESIDE).above == 3
    )  # C is not beside A
    full = propose([Load("a", "A", 5), Load("b", "B", 1)], 2, BESIDE)
    assert (full.above, full.families) == (2, 1)
    assert propose([], 10, BESIDE) == propose([Load("a", "A", 2)], 2, BESIDE)


def test_neighbours_over_a_border_are_mutual_near_and_of_another_province() -> None:
    points = {point.code: point for point in district_points()}
    beside = neighbours.over_borders()
    assert "3013" in beside["4012"]  # Prathai and Phon: the border lies between them
    for code, others in beside.items():
        for other in others:
            assert code in beside[other]
            assert code[:2] != other[:2]
            apart = neighbours.km_between(points[code], points[other])
            assert 0 < apart <= neighbours.MOST_KM
    # Few enough to look at: the nearest of each, by every point of the country one by one.
    for code in ("4012", "5009", "8301"):
        mine = points[code]
        for other in points.values():
            if (
                other.code[:2] == code[:2]
                or neighbours.km_between(mine, other) > neighbours.MOST_KM
            ):
                continue
            free = not any(neighbours._inside(third, mine, other) for third in points.values())
            assert free == (other.code in beside.get(code, ()))


def test_several_provinces_hold_the_neighbours_of_each_and_those_between_them() -> None:
    both = neighbours.of_provinces(frozenset({"30", "40"}))
    assert {code[:2] for code in both} == {"30", "40"}
    assert {other[:2] for others in both.values() for other in others} == {"30", "40"}
    for province in ("30", "40"):
        alone = neighbours.of_provinces(frozenset({province}))
        assert alone == neighbours.of_province(province)
        for code, near in alone.items():
            assert near <= both[code]


@pytest.mark.parametrize("province", ["10", "30", "50", "83"])
def test_neighbours_are_mutual_inside_the_province_and_reach_everywhere(province: str) -> None:
    beside = neighbours.of_province(province)
    districts = {d.code for d in registers.districts() if d.province_code == province}
    assert set(beside) <= districts
    assert all(code in beside[other] for code, others in beside.items() for other in others)
    reached, waiting = set(), [min(beside)]
    while waiting:
        code = waiting.pop()
        if code not in reached:
            reached.add(code)
            waiting += beside[code]
    assert reached == set(beside)
