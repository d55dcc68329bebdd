"""Hidden once, hidden in the next snapshot: decisions about closed periods, and both together."""

import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from sqlalchemy.exc import OperationalError

from config.thai_calendar import FiscalYear, Span
from data_access import snapshot
from data_access.disclosure import decisions, prepare, store
from data_access.disclosure.earlier import cells_before, one_reason
from data_access.indicators.registry import INDICATORS
from data_access.snapshot import SnapshotInfo
from tests.disclosure.attacker import collect
from tests.disclosure.countries import country, two_snapshots
from tests.disclosure.second_snapshot import both, shown_again, shown_before
from tests.disclosure.solver import Known, weak_of
from tests.disclosure.test_attack import LINKED

YEAR = FiscalYear(2569)
CASE = decisions.case_of("follow_up_completion", YEAR.span, None, 5, 10)
TABLES = [
    (decide, case)
    for case in (CASE, CASE.bases(), replace(CASE, span=YEAR.quarter(2)))
    for decide in (decisions.wide, decisions.narrow)
    if decide is decisions.wide or case.span == YEAR.span
]


def again(earlier: SnapshotInfo, folder: Path) -> SnapshotInfo:
    """The same file once more, as the snapshot of the next day."""
    name = "20261002T080000-cccccc"
    path = folder / f"{name}.duckdb"
    path.write_bytes(earlier.path.read_bytes())
    return replace(earlier, snapshot_id=name, path=path)


@pytest.mark.slow
@pytest.mark.parametrize("family", ["overdue", "visits"])
def test_the_solver_gets_nothing_from_two_snapshots(tmp_path: Path, family: str) -> None:
    first, second = (collect(LINKED[family], info) for info in two_snapshots(tmp_path, seed=2))
    answers, system, same = both(first, second)
    assert second.hidden != first.hidden, "nothing came in between: the country is no test"
    assert not shown_again(first, second)
    told = frozenset(shown_before(first, second))
    found, tried = weak_of(Known(answers, system, same, told), most=20)
    assert tried
    assert found == []


def test_what_was_hidden_stays_hidden_in_a_closed_period(tmp_path: Path) -> None:
    earlier, later = two_snapshots(tmp_path, seed=3, share=0.1)
    assert snapshot.before(later) == earlier
    hidden: set[tuple[str, str]] = set()
    for decide, case in TABLES:
        before, now = decide(case, earlier), decide(case, later)
        hidden |= before.keys()
        assert before.keys() <= now.keys()
        level = "district" if decide is decisions.narrow else "province"
        small = decisions.counts(case, level, later).members[0].small(np.array([5]))[:, 0, 0]
        areas = decisions.counts(case, level, later).areas
        assert {(a, "") for a, few in zip(areas, small, strict=True) if few} <= now.keys()
    assert hidden, "nothing is hidden: the country is no test"


def test_the_same_data_once_more_hide_the_same_for_the_same_reasons(tmp_path: Path) -> None:
    first, _ = two_snapshots(tmp_path, seed=2)
    second = again(first, first.path.parent)
    for decide, case in TABLES:
        assert decide(case, second) == decide(case, first)


@pytest.mark.parametrize("when", ["before it is opened", "after it was named", "while it decides"])
def test_a_snapshot_that_a_refresh_takes_away_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    earlier, later = two_snapshots(tmp_path, seed=5)
    forget_open_files(earlier)
    named = snapshot.before(later)
    assert named == earlier
    forget_open_files(earlier)

    def gone(*_: object) -> None:
        earlier.path.unlink(missing_ok=True)

    if when == "before it is opened":
        listed = type(tmp_path).glob

        def prunes(folder: Path, pattern: str) -> list[Path]:
            found = list(listed(folder, pattern))
            gone()
            return found

        monkeypatch.setattr(type(tmp_path), "glob", prunes)
    else:
        kept = snapshot.before

        def names(info: SnapshotInfo) -> SnapshotInfo | None:
            found = kept(info)
            if when == "after it was named":
                gone()
                forget_open_files(earlier)
            return found

        monkeypatch.setattr(snapshot, "before", names)
    if when == "while it decides":
        read = store.read

        def reads(level: str, case: decisions.Case, info: SnapshotInfo) -> store.Cells | None:
            found = read(level, case, info)
            if info == earlier:
                gone()
                forget_open_files(earlier)
            return found

        monkeypatch.setattr(store, "read", reads)
    assert cells_before(decisions.WIDE, CASE, later) == {}
    assert not earlier.path.exists()


def test_a_kept_snapshot_that_cannot_be_read_is_no_snapshot_that_is_gone(tmp_path: Path) -> None:
    earlier, later = two_snapshots(tmp_path, seed=5)
    forget_open_files(earlier)
    earlier.path.write_bytes(b"no database")
    with pytest.raises(OperationalError):
        cells_before(decisions.WIDE, CASE, later)


def forget_open_files(info: SnapshotInfo) -> None:
    """Forget which files are open, as a process does that has just started."""
    snapshot.engine(info).dispose()
    snapshot._engine.cache_clear()
    snapshot._info.cache_clear()
    store.forget()
    decisions.wide.cache_clear()
    decisions.narrow.cache_clear()
    decisions.counts.cache_clear()
    decisions._series.cache_clear()


def test_a_period_that_was_open_is_another_table(tmp_path: Path) -> None:
    earlier, later = two_snapshots(tmp_path, seed=4)
    now = replace(CASE, span=FiscalYear(2570).quarter(1))
    assert cells_before(decisions.WIDE, now, later) == {}
    assert cells_before(decisions.WIDE, CASE, later) == decisions.wide(CASE, earlier)
    assert cells_before(decisions.WIDE, CASE, earlier) == {}


def test_decisions_by_another_rule_and_of_rows_that_are_gone_count_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = country(tmp_path, seed=5)
    with monkeypatch.context() as patch:
        patch.setattr(store, "RULE", "outdated 3")
        store.write(info, {(decisions.WIDE, CASE): {("50", ""): decisions.BESIDE}})
    assert store.read(decisions.WIDE, CASE, info) is None
    assert cells_before(decisions.WIDE, CASE, info) == {("50", ""): decisions.BESIDE}
    other = replace(CASE, span=YEAR.quarter(1))
    assert cells_before(decisions.WIDE, other, info) == {}
    assert ("50", "") in decisions.wide(CASE, info)


@pytest.mark.parametrize(
    ("reason", "small", "under", "one"),
    [
        (decisions.SMALL, True, False, False),
        (decisions.BESIDE, False, False, False),
        (decisions.SMALL, False, False, True),
        (decisions.BESIDE, True, False, True),
        (decisions.EITHER, True, False, True),
        (decisions.EITHER, True, True, False),  # the part of a hidden sum has one reason anyway
    ],
)
def test_one_reason_for_all_where_two_would_tell(
    reason: str, small: bool, under: bool, one: bool
) -> None:
    mask = np.array([[small], [False]])
    found = one_reason({("50", ""): reason}, mask, (("50", "51"), ("",)), np.array([under]))
    assert found is one


def test_written_decisions_are_carried_when_the_next_snapshot_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules["data_access.disclosure.prepare"]
    monkeypatch.setattr(module, "WORTH_IT", 0)
    monkeypatch.setattr(module, "INDICATORS", {"plan_coverage": INDICATORS["plan_coverage"]})
    monkeypatch.setattr(module, "BREAKDOWNS", {})
    earlier, later = (_real(info) for info in two_snapshots(tmp_path, seed=6, share=0.1))
    prepare(earlier, 5)
    day = Span(YEAR.start, YEAR.end)
    case = decisions.case_of("plan_coverage", day, None, 5, 10)
    written = store.read(decisions.WIDE, case, earlier)
    assert written
    assert cells_before(decisions.WIDE, case, later) == written
    building = tmp_path / "building"
    building.mkdir()
    in_the_making = replace(later, path=later.path.rename(building / "snapshot.duckdb"))
    prepare(in_the_making, 5)
    now = store.read(decisions.WIDE, case, in_the_making)
    assert now is not None
    assert written.keys() <= now.keys()


def _real(info: SnapshotInfo) -> SnapshotInfo:
    """The snapshot as one of real data."""
    with duckdb.connect(str(info.path)) as file:
        file.execute("UPDATE load_info SET synthetic = false")
    return replace(info, synthetic=False)
