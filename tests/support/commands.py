"""Our own commands, run the way an operator runs them, with settings of the test's own."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from config.settings import PREFIX

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 9, 30)  # the last day of fiscal year 2569


def run_module(module: str, *arguments: str, data_dir: Path) -> str:
    """What one of our commands writes to standard output; fails the test when it exits non-zero."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment(data_dir),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{module} {arguments}: {done.stdout}\n{done.stderr}"
    return done.stdout


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """The environment of a child process: this machine's, with settings of the test's own."""
    return {
        **os.environ,
        "PYTHONIOENCODING": "utf-8",
        f"{PREFIX}DATA_DIR": str(data_dir),
        f"{PREFIX}TODAY": TODAY.isoformat(),
        **more,
    }
