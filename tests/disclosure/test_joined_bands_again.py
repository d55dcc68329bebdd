"""Bands in two snapshots: a closed day keeps its division, and what was hidden stays hidden."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from config.bands import ladder
from config.thai_calendar import FiscalYear
from data_access.disclosure import bands, decisions, prepare, store
from data_access.disclosure.bands import STEP, joined_cells
from data_access.disclosure.decisions import BESIDE, EITHER, SMALL
from data_access.indicators.registry import INDICATORS
from data_access.snapshot import SnapshotInfo
from tests.disclosure.attacker import collect
from tests.disclosure.countries import DISTRICTS, LATER
from tests.disclosure.late_visits import BANDS, Late, country, random_late
from tests.disclosure.second_snapshot import both, shown_again, shown_before
from tests.disclosure.solver import Known, weak_of

LATE = "follow_up_overdue"
CASE = decisions.case_of(LATE, FiscalYear(2569).span, "age_band", 5, 10)
NAMES = ("20261001T080000-aaaaaa", "20261116T080000-bbbbbb", "20261117T080000-cccccc")
EACH_NINE = {(district, band): 9 for district in DISTRICTS for band in BANDS}
ONE_SMALL = {**{c: n for c, n in EACH_NINE.items() if c[1] != "366+"}, (DISTRICTS[0], "366+"): 1}


def snapshots(folder: Path, *data: Late) -> list[SnapshotInfo]:
    """Snapshots of one data directory about 30 September, one after the other."""
    kept = folder / "snapshots"
    kept.mkdir()
    days = (date(2026, 9, 30), LATER, LATER)
    return [
        country(kept, late, today=2, name=name, as_of=day)
        for late, name, day in zip(data, NAMES, days, strict=False)
    ]


def steps(infos: list[SnapshotInfo]) -> list[int]:
    return [bands.step(CASE, info) for info in infos]


def test_a_table_of_a_closed_day_keeps_its_division(tmp_path: Path) -> None:
    for name, data, found in (
        ("finer", (ONE_SMALL, EACH_NINE), [1, 1]),
        ("coarser", (EACH_NINE, ONE_SMALL, EACH_NINE), [0, 0, 0]),
    ):
        folder = tmp_path / name
        folder.mkdir()
        assert steps(snapshots(folder, *data)) == found


def test_what_was_hidden_of_a_band_stays_hidden_where_nobody_is_left(tmp_path: Path) -> None:
    none = {cell: n for cell, n in EACH_NINE.items() if cell[1] != "366+"}
    few = {**none, (DISTRICTS[0], "366+"): 3, (DISTRICTS[4], "366+"): 9}
    infos = snapshots(tmp_path, few, none)
    before, now = (decisions.wide(CASE, info) for info in infos)
    assert ("50", "366+") in before
    assert before.keys() <= now.keys()


def test_another_day_is_another_table(tmp_path: Path) -> None:
    earlier, later = snapshots(tmp_path, ONE_SMALL, EACH_NINE)
    now = decisions.case_of(LATE, FiscalYear(2570).quarter(1), "age_band", 5, 10)
    now = replace(now, span=replace(now.span, end=LATER))
    assert bands.step(CASE, earlier) == 1
    assert bands.step(now, later) == 0


def test_a_joined_band_is_hidden_where_a_part_of_it_was() -> None:
    before = {
        ("50", "181-365"): SMALL,
        ("50", "8-30"): BESIDE,
        ("51", "91+"): SMALL,  # joined by a ladder of then
        ("52", ""): EITHER,
        STEP: "1",
    }
    whole = ladder("age_band")[1]
    assert joined_cells(before, CASE, whole) == {
        ("50", "181+"): EITHER,
        ("50", "8-30"): BESIDE,
        ("51", "91-180"): EITHER,
        ("51", "181+"): EITHER,
        ("52", ""): EITHER,
        STEP: "1",
    }
    assert joined_cells(before, replace(CASE, breakdown="target_group"), {}) == before


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param(5, 12, id="apart, then would be joined"),
        pytest.param(7, 0, id="joined, then would be apart", marks=pytest.mark.slow),
        pytest.param(6, 19, id="joined, then would be more", marks=pytest.mark.slow),
    ],
)
def test_a_solver_gets_nothing_from_bands_in_two_snapshots(
    tmp_path: Path, one: int, two: int
) -> None:
    before = random_late(one)
    # A few late entries and corrections, and what would make another division.
    moved = {c: n for c, n in random_late(two).items() if c[1] in ("181-365", "366+", "91-180")}
    after = {**before, **moved, (DISTRICTS[1], "8-30"): before[DISTRICTS[1], "8-30"] + 1}
    infos = snapshots(tmp_path, before, after)
    first, second = (collect([LATE], info) for info in infos)
    assert not shown_again(first, second)
    answers, system, same = both(first, second)
    told = frozenset(shown_before(first, second))
    found, tried = weak_of(Known(answers, system, same, told), most=15)
    assert tried
    assert found == []


def test_the_written_step_is_carried_when_the_snapshot_before_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules["data_access.disclosure.prepare"]
    monkeypatch.setattr(module, "WORTH_IT", 0)
    monkeypatch.setattr(module, "INDICATORS", {LATE: INDICATORS[LATE]})
    monkeypatch.setattr(module, "BREAKDOWNS", {})
    infos = snapshots(tmp_path, ONE_SMALL, EACH_NINE, EACH_NINE)
    first, second, third = map(_real, infos)
    assert bands.step(CASE, second) == 1
    prepare(second, 5)
    for case in (CASE, CASE.bases()):
        assert store.read(decisions.WIDE, case, second) == {STEP: "1"}
    first.path.unlink()
    bands._step.cache_clear()
    decisions.wide.cache_clear()
    assert bands.step(CASE, second) == 1
    assert bands.step(CASE, third) == 1


def test_a_step_by_another_rule_or_of_rows_that_are_gone_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = country(tmp_path, EACH_NINE, today=2)
    with monkeypatch.context() as patch:
        patch.setattr(store, "RULE", f"{store.OUTDATED} 4")
        store.write(info, {(decisions.WIDE, CASE.bases()): {STEP: "3"}})
    assert bands.step(CASE, info) == 3


def _real(info: SnapshotInfo) -> SnapshotInfo:
    """The snapshot as one of real data."""
    with duckdb.connect(str(info.path)) as file:
        file.execute("UPDATE load_info SET synthetic = false")
    return replace(info, synthetic=False)
