"""Servers to measure: on the demo snapshot, of this tree or of another commit."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from tests.browser.support import Server
from tests.support.commands import ROOT, environment

WARM_WITHIN_SECONDS = 180


def server_work(server: Server) -> float:
    """Milliseconds of processor time that the server has used; 0 where the system does not tell.

    Unlike the clock it does not grow when the machine is busy with something else.
    """
    status = Path(f"/proc/{server.process.pid}/stat")
    if not status.exists():
        return 0.0
    user, system = status.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def demo(home: Path) -> Path:
    """A data directory with the demo snapshot, made on the first run."""
    if not (home / "current").exists():
        for arguments in (
            ["sample_data", "--out", str(home / "sample")],
            ["data_access", "import", str(home / "sample")],
        ):
            command = [sys.executable, "-m", *arguments]
            subprocess.run(command, cwd=ROOT, env=environment(home), check=True)
    return home


def wait_until_warm(server: Server) -> None:
    """Returns when the server has worked out what nobody should wait for, or after a while."""
    give_up = time.monotonic() + WARM_WITHIN_SECONDS
    while time.monotonic() < give_up:
        with urlopen(f"{server.url}ready") as answer:
            if json.load(answer).get("warm"):
                return
        time.sleep(1)


@contextmanager
def checkout(ref: str | None) -> Iterator[Path | None]:
    """The source tree of another commit in a folder of its own; None for none."""
    if ref is None:
        yield None
        return
    with TemporaryDirectory() as folder:
        tree = Path(folder) / "before"
        subprocess.run(
            ["git", "worktree", "add", "-q", "--detach", str(tree), ref], cwd=ROOT, check=True
        )
        try:
            yield tree
        finally:
            subprocess.run(
                ["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True
            )
