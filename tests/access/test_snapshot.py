"""Snapshots are published whole or not at all, and readers never wait or fail."""

import json
import random
import signal
import time
from dataclasses import replace
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from filelock import FileLock

from config.settings import PREFIX, Settings
from data_access import queries, snapshot
from data_access.command_line import main
from data_access.importers import BadData
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from tests.support.commands import environment
from tests.support.folder import SMALL, write
from tests.support.killed import loading

pytestmark = pytest.mark.slow

DAY = date(2026, 9, 30)
NATION = Scope(nation=True, reveal=True)


def completion(settings: Settings) -> int:
    """Follow-ups due, as a page of the live snapshot would show them."""
    live = snapshot.current(settings.data_dir)
    frame = queries.indicator("follow_up_completion", Query(as_of=DAY), scope=NATION, snapshot=live)
    return int(frame.iloc[0]["denominator"])


def answers(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[str, str]:
    """The snapshot that `status` names, and the follow-ups due that `show` writes."""
    for name, value in environment(settings.data_dir).items():
        monkeypatch.setenv(name, value)
    assert main(["status", "--format", "json"]) == 0
    live = json.loads(capsys.readouterr().out)["snapshot"]
    monkeypatch.setenv(f"{PREFIX}HIDE_BELOW", "1")
    assert main(["show", "follow_up_completion", "--format", "json"]) == 0
    (cell,) = json.loads(capsys.readouterr().out)
    return live, str(cell["denominator"])


def test_without_a_load_there_is_no_snapshot_and_a_load_publishes_one(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(snapshot.NoSnapshot):
        snapshot.current(settings.data_dir)
    made = snapshot.build(settings, str(write(tmp_path / "in")), as_of=DAY)
    assert snapshot.current(settings.data_dir) == made
    assert made.as_of == DAY
    assert completion(settings) == 2


def test_a_refused_load_leaves_the_last_good_snapshot_live(
    settings: Settings, tmp_path: Path
) -> None:
    good = snapshot.build(settings, str(write(tmp_path / "good")), as_of=DAY)
    bad_rows = dict(
        SMALL, families=[{"family_id": "F1", "household_id": "H", "district_code": "9999"}]
    )
    with pytest.raises(BadData):
        snapshot.build(settings, str(write(tmp_path / "bad", bad_rows)), as_of=DAY)
    assert snapshot.current(settings.data_dir) == good
    assert not (settings.data_dir / "building").exists()


def test_the_last_five_snapshots_are_kept(settings: Settings, tmp_path: Path) -> None:
    source = str(write(tmp_path / "in"))
    ids = [snapshot.build(settings, source, as_of=DAY).snapshot_id for _ in range(7)]
    kept = {p.stem for p in (settings.data_dir / "snapshots").glob("*.duckdb")}
    assert len(kept) == snapshot.SNAPSHOTS_TO_KEEP
    assert ids[-1] in kept


def test_two_data_directories_never_see_each_other(settings: Settings, tmp_path: Path) -> None:
    other = replace(settings, data_dir=tmp_path / "other")
    snapshot.build(settings, str(write(tmp_path / "in")), as_of=DAY)
    with pytest.raises(snapshot.NoSnapshot):
        snapshot.current(other.data_dir)


def test_a_second_refresh_at_the_same_time_is_refused(settings: Settings, tmp_path: Path) -> None:
    settings.data_dir.mkdir(parents=True)
    with FileLock(settings.data_dir / "refresh.lock"), pytest.raises(snapshot.RefreshRunning):
        snapshot.build(settings, str(write(tmp_path / "in")), as_of=DAY)


def test_a_reader_keeps_its_snapshot_while_another_is_published(
    settings: Settings, tmp_path: Path
) -> None:
    first = snapshot.build(settings, str(write(tmp_path / "one")), as_of=DAY)
    fewer = dict(SMALL, follow_ups=SMALL["follow_ups"][:1])
    snapshot.build(settings, str(write(tmp_path / "two", fewer)), as_of=DAY)
    old = queries.indicator("follow_up_completion", Query(as_of=DAY), scope=NATION, snapshot=first)
    assert old.iloc[0]["denominator"] == 2
    assert completion(settings) == 1


FEWER = dict(SMALL, follow_ups=SMALL["follow_ups"][:1])


def no_traces(settings: Settings) -> bool:
    """Nothing is left of a load that died: only whole snapshots, no more than are kept."""
    files = list((settings.data_dir / "snapshots").iterdir())
    whole = (
        all(file.suffix == ".duckdb" for file in files) and len(files) <= snapshot.SNAPSHOTS_TO_KEEP
    )
    return whole and not (settings.data_dir / "building").exists()


def caught(refresh: BaseProcess, work: Path, after: float) -> bool:
    """Kills a refresh some seconds after its work began; True where it was still at it."""
    while refresh.is_alive() and not work.exists():
        time.sleep(0.002)
    refresh.join(after)
    refresh.kill()
    refresh.join(60)
    return refresh.exitcode == -signal.SIGKILL


def test_a_refresh_killed_at_any_moment_leaves_the_last_good_snapshot(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fewer = write(tmp_path / "fewer", FEWER)
    began = time.monotonic()
    good = snapshot.build(settings, str(write(tmp_path / "in")), as_of=DAY).snapshot_id
    lasts = time.monotonic() - began
    moments = random.Random(20260930)  # the same moments every time
    work, killed = settings.data_dir / "building", 0
    for _ in range(6):
        refresh = loading(fewer, settings.data_dir)
        killed += caught(refresh, work, moments.uniform(0, 0.8) * lasts)
        live = snapshot.current(settings.data_dir).snapshot_id
        due = "2" if live == good else "1"  # a load that was finished before is a good one
        assert answers(settings, monkeypatch, capsys) == (live, due)
    assert killed >= 3, "few refreshes were caught in the middle"
    next_one = snapshot.build(settings, str(fewer), as_of=DAY).snapshot_id
    assert answers(settings, monkeypatch, capsys) == (next_one, "1")
    assert no_traces(settings)


def test_a_refresh_killed_while_it_publishes_has_published_or_not(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Killed with the file built, moved in, its pointer written: the old one. Moved: the new."""
    fewer = write(tmp_path / "fewer", FEWER)
    good = snapshot.build(settings, str(write(tmp_path / "in")), as_of=DAY).snapshot_id
    for flush, due in ((1, "2"), (2, "2"), (3, "2"), (4, "1")):
        refresh = loading(fewer, settings.data_dir, until_flush=flush)  # the dead hold no lock
        refresh.join(60)
        assert refresh.exitcode == -signal.SIGKILL
        assert (settings.data_dir / "building").exists()
        live, shown = answers(settings, monkeypatch, capsys)
        assert (live == good, shown) == (due == "2", due), flush
    next_one = snapshot.build(settings, str(fewer), as_of=DAY).snapshot_id
    assert answers(settings, monkeypatch, capsys) == (next_one, "1")
    assert no_traces(settings)
