"""Forgetting: a person's rows leave every snapshot and its file; everybody else's stay."""

from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import select

from data_access import audit, forget, snapshot
from data_access.schema.derived import SNAPSHOT, load_tables, quality_results
from data_access.snapshot import RefreshRunning
from tests.support.commands import run_module
from tests.support.world import drawn, make

pytestmark = pytest.mark.slow

ROWS = {
    "families": drawn("""
        family_id household_id district_code
        F-FORGET H1 5001
        F2 H2 5002
    """),
    "cases": drawn("""
        case_id family_id target_group opened_on stage closed_on
        C-FORGET F-FORGET elder 2025-01-01 follow_up .
        C2 F2 child 2025-01-01 follow_up .
    """),
    "workers": [{"worker_id": "W-FORGET", "sex": "F"}, {"worker_id": "W2", "sex": "F"}],
    "worker_posts": drawn("""
        worker_id role province_code district_code fte start_on end_on supervisor_id
        W-FORGET case_manager 50 5001 1 2020-01-01 . .
        W2 case_manager 50 5002 1 2020-01-01 . W-FORGET
    """),
    "case_assignments": drawn("""
        case_id worker_id start_on end_on
        C-FORGET W2 2025-01-01 .
        C2 W-FORGET 2025-01-01 .
        C2 W2 2025-02-01 .
    """),
    "follow_ups": drawn("""
        follow_up_id case_id first_due_on due_on done_on cancelled_on worker_id
        U1 C-FORGET 2026-05-01 2026-05-01 2026-05-01 . W2
        U2 C2 2026-05-01 2026-05-01 2026-05-01 . W-FORGET
    """),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "snapshots"
    folder.mkdir()
    for name in ("20260101T000000-aaaaaa", "20260201T000000-bbbbbb"):
        make(folder, ROWS, name=name)
    (tmp_path / "current").write_text("20260201T000000-bbbbbb", encoding="utf-8")
    return tmp_path


def rows(home: Path, table: str) -> list[tuple[object, ...]]:
    known = {**SNAPSHOT, "load_tables": load_tables, "quality_results": quality_results}
    with snapshot.engine(snapshot.current(home)).connect() as connection:
        return [tuple(row) for row in connection.execute(select(known[table]))]


def cells(home: Path) -> str:
    return "".join(str(rows(home, name)) for name in (*SNAPSHOT, "quality_results"))


def test_a_family_goes_with_its_cases_and_all_that_hangs_on_them(home: Path) -> None:
    before = snapshot.current(home)
    done = forget.forget(home, "family", "F-FORGET")
    assert set(done) == {"20260101T000000-aaaaaa.duckdb", "20260201T000000-bbbbbb.duckdb"}
    assert done["20260201T000000-bbbbbb.duckdb"] == {
        "families": 1,
        "cases": 1,
        "case_assignments": 1,
        "follow_ups": 1,
    }
    assert len(rows(home, "families")) == 2 - 1
    assert len(rows(home, "cases")) == 2 - 1
    assert len(rows(home, "case_assignments")) == 3 - 1
    assert len(rows(home, "follow_ups")) == 2 - 1
    now = snapshot.current(home)
    assert now.path != before.path, "caches know a snapshot by its file"
    assert now.path.stem == now.snapshot_id
    assert not before.path.exists()


def test_a_worker_goes_and_a_mere_mention_becomes_empty(home: Path) -> None:
    forget.forget(home, "worker", "W-FORGET")
    assert "W-FORGET" not in cells(home)
    assert len(rows(home, "worker_posts")) == 2 - 1
    assert len(rows(home, "follow_ups")) == 2, "the visit took place all the same"
    assert len(rows(home, "cases")) == 2


@pytest.mark.parametrize(("kind", "key"), [("family", "F-FORGET"), ("worker", "W-FORGET")])
def test_no_byte_of_any_file_names_what_was_forgotten(
    home: Path, kind: forget.Kind, key: str
) -> None:
    before = list((home / "snapshots").iterdir())
    assert all(key.encode() in path.read_bytes() for path in before)
    forget.forget(home, kind, key)
    after = list((home / "snapshots").iterdir())
    assert len(after) == len(before)
    assert not any(key.encode() in path.read_bytes() for path in after)


def test_the_number_of_rows_that_the_load_tells_follows(home: Path) -> None:
    forget.forget(home, "case", "C-FORGET")
    counted = {name: number for name, number, _ in rows(home, "load_tables")}
    assert (counted["cases"], counted["families"], counted["follow_ups"]) == (1, 2, 1)


def test_backups_are_done_in_place_and_the_live_snapshot_stays(home: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    backup.mkdir()
    make(backup, ROWS, name="20250101T000000-cccccc")
    live = snapshot.current(home).path
    forget.forget(home, "case", "C-FORGET", folder=backup)
    assert snapshot.current(home).path == live
    assert not any(b"C-FORGET" in path.read_bytes() for path in backup.iterdir())


def test_whoever_is_not_there_changes_nothing(home: Path) -> None:
    before = {path: path.read_bytes() for path in (home / "snapshots").iterdir()}
    assert forget.forget(home, "volunteer", "x' OR 1=1 --") == {}
    assert {path: path.read_bytes() for path in (home / "snapshots").iterdir()} == before


def test_nothing_is_forgotten_while_a_refresh_runs(home: Path) -> None:
    with FileLock(home / "refresh.lock"), pytest.raises(RefreshRunning):
        forget.forget(home, "case", "C-FORGET")


def test_the_command_only_counts_until_it_is_told_to_go_on(home: Path) -> None:
    before = snapshot.current(home).path
    said = run_module("data_access", "forget", "case", "C-FORGET", data_dir=home)
    assert "--yes" in said
    assert snapshot.current(home).path == before
    run_module("data_access", "forget", "case", "C-FORGET", "--yes", data_dir=home)
    assert "C-FORGET" not in cells(home)
    events = audit.read(home, audit.months(home)[0])
    assert list(events["what"]) == ["forgot"]
    assert "C-FORGET" not in events.to_string()
