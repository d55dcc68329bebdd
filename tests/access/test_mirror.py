"""Copies of published snapshots for other servers: whole or not there, nothing kept too long."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from config.settings import PREFIX
from data_access import mirror as mirror_module
from data_access import snapshot
from data_access.command_line import main
from data_access.mirror import mirror
from data_access.snapshot import NoSnapshot, RefreshRunning, SnapshotBroken
from tests.support import world
from tests.support.commands import ROOT, environment

FAMILIES = """
    family_id household_id district_code
    F1 H1 5001
"""


def publish(home: Path, name: str, families: str = FAMILIES) -> str:
    """A snapshot of a few families under a name of its own, published; the id."""
    (home / "snapshots").mkdir(parents=True, exist_ok=True)
    made = world.make(home / "snapshots", {"families": world.drawn(families)})
    with duckdb.connect(str(made.path)) as con:
        con.execute("UPDATE load_info SET snapshot_id = ?", [name])
    os.replace(made.path, home / "snapshots" / f"{name}.duckdb")
    (home / "current").write_text(name, encoding="utf-8")
    return name


@pytest.fixture
def source(tmp_path: Path) -> Path:
    home = tmp_path / "first"
    publish(home, "20260901T000000-aaaaaa")
    publish(home, "20260902T000000-bbbbbb")
    return home


def names(home: Path) -> set[str]:
    return {path.name for path in (home / "snapshots").iterdir()}


def test_a_copy_has_every_snapshot_that_is_kept_and_the_same_one_is_live(
    source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "second"
    done = mirror(source, target)
    assert done.snapshot_id == snapshot.current(target).snapshot_id == "20260902T000000-bbbbbb"
    assert done.copies == ("20260902T000000-bbbbbb", "20260901T000000-aaaaaa")
    assert done.removals == ()
    for path in (source / "snapshots").glob("*.duckdb"):
        copy = target / "snapshots" / path.name
        assert copy.read_bytes() == path.read_bytes()
        subprocess.run(
            ["sha256sum", "--check", "--quiet", f"{path.stem}.sha256"],
            cwd=copy.parent,
            check=True,
        )
    assert mirror(source, target).copies == (), "what is there is not copied again"


def test_what_was_taken_out_at_the_source_goes_from_the_copy(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "second"
    mirror(source, target)
    (source / "snapshots" / "20260901T000000-aaaaaa.duckdb").unlink()
    assert mirror(source, target).removals == ("20260901T000000-aaaaaa",)
    assert names(target) == {"20260902T000000-bbbbbb.duckdb", "20260902T000000-bbbbbb.sha256"}


def test_a_file_that_arrived_damaged_is_not_published(source: Path, tmp_path: Path) -> None:
    between, target = tmp_path / "between", tmp_path / "second"
    mirror(source, target)
    publish(source, "20260903T000000-cccccc", FAMILIES + "    F2 H2 5001\n")
    mirror(source, between)
    on_the_way = between / "snapshots" / "20260903T000000-cccccc.duckdb"
    damaged = bytearray(on_the_way.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    on_the_way.write_bytes(damaged)
    with pytest.raises(SnapshotBroken, match="SHA-256"):
        mirror(between, target)
    assert snapshot.current(target).snapshot_id == "20260902T000000-bbbbbb"
    assert on_the_way.name not in names(target)


def test_a_file_cut_short_or_under_another_name_is_not_published(
    source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "second"
    live = source / "snapshots" / "20260902T000000-bbbbbb.duckdb"
    whole = live.read_bytes()
    live.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(SnapshotBroken):
        mirror(source, target)
    other = source / "snapshots" / "20260901T000000-aaaaaa.duckdb"
    live.write_bytes(other.read_bytes())
    with pytest.raises(SnapshotBroken, match="aaaaaa"):
        mirror(source, target)
    with pytest.raises(NoSnapshot):
        snapshot.current(target)


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6, 7, 8])
def test_a_copy_killed_at_any_step_leaves_a_whole_live_snapshot(
    source: Path, tmp_path: Path, step: int
) -> None:
    target = tmp_path / "second"
    mirror(source, target)
    publish(source, "20260903T000000-cccccc")
    # Dies before the n-th flush or renaming of the copy.
    program = f"""
import os, signal
from pathlib import Path
from data_access.mirror import mirror
left = [{step}]
def dying(do):
    def call(*arguments):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return do(*arguments)
    return call
os.fsync, os.replace = dying(os.fsync), dying(os.replace)
mirror(Path({str(source)!r}), Path({str(target)!r}))
"""
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert snapshot.current(target).snapshot_id in (
        "20260902T000000-bbbbbb",
        "20260903T000000-cccccc",
    )
    assert mirror(source, target).snapshot_id == "20260903T000000-cccccc"
    assert not list(target.rglob("*.part"))


def test_nothing_published_and_a_load_at_work_are_said(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(NoSnapshot):
        mirror(tmp_path / "nothing", tmp_path / "second")
    busy, free = tmp_path / "busy", tmp_path / "free"
    busy.mkdir()
    for name, value in environment(source, **{f"{PREFIX}LANGUAGE": "en"}).items():
        monkeypatch.setenv(name, value)
    with mirror_module.FileLock(busy / "refresh.lock"):
        with pytest.raises(RefreshRunning):
            mirror(source, busy)
        assert main(["mirror", "--to", str(busy), str(free)]) == 5
    said = capsys.readouterr()
    assert "nothing was published there: " in said.err
    assert "20260902T000000-bbbbbb is live; copied: 2" in said.out
    assert snapshot.current(free).snapshot_id == "20260902T000000-bbbbbb", "the others go on"


def test_a_server_fetches_for_itself(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    own = tmp_path / "own"
    for name, value in environment(own, **{f"{PREFIX}LANGUAGE": "th"}).items():
        monkeypatch.setenv(name, value)
    assert main(["mirror", "--from", str(source)]) == 0
    assert "เผยแพร่ชุดข้อมูล 20260902T000000-bbbbbb แล้ว" in capsys.readouterr().out
    assert main(["mirror", "--from", str(source)]) == 0
    assert "อยู่แล้ว" in capsys.readouterr().out
