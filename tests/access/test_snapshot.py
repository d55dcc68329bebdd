"""Snapshots are published whole or not at all, and readers never wait or fail."""

import random
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from config.settings import Settings
from data_access import queries, snapshot
from data_access.importers import BadData
from data_access.indicators.question import Question
from data_access.scope import Scope
from tests.support.commands import ROOT, environment
from tests.support.folder import SMALL, write

DAY = date(2026, 9, 30)
NATION = Scope(nation=True, reveal=True)


def completion(settings: Settings) -> int:
    """Follow-ups due, as a page of the live snapshot would show them."""
    live = snapshot.current(settings.data_dir)
    frame = queries.indicator(
        "follow_up_completion", Question(as_of=DAY), scope=NATION, snapshot=live
    )
    return int(frame.iloc[0]["denominator"])


def importing(settings: Settings, source: Path) -> "subprocess.Popen[bytes]":
    """A refresh running in a process of its own, as an operator or a scheduler starts it."""
    command = [sys.executable, "-m", "data_access", "import", str(source), "--as-of", "2026-09-30"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(settings.data_dir),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


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
    assert len(kept) == snapshot.KEPT
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
    old = queries.indicator(
        "follow_up_completion", Question(as_of=DAY), scope=NATION, snapshot=first
    )
    assert old.iloc[0]["denominator"] == 2
    assert completion(settings) == 1


@pytest.mark.slow
def test_killing_a_refresh_at_any_moment_leaves_a_working_app(
    settings: Settings, tmp_path: Path
) -> None:
    source = write(tmp_path / "in")
    snapshot.build(settings, str(source), as_of=DAY)
    began = time.monotonic()
    assert importing(settings, source).wait(timeout=120) == 0
    lasts = time.monotonic() - began
    moments = random.Random(20260930)  # the same moments every time
    killed = 0
    for _ in range(12):
        refresh = importing(settings, source)
        try:
            refresh.wait(timeout=moments.uniform(0.3, 1.0) * lasts)
        except subprocess.TimeoutExpired:
            refresh.kill()
            refresh.wait(timeout=30)
            killed += 1
        assert completion(settings) == 2
    assert killed >= 3, "no refresh was caught in the middle"
    snapshot.build(settings, str(source), as_of=DAY)  # what a kill left behind is cleaned up
    assert not (settings.data_dir / "building").exists()
    assert completion(settings) == 2
