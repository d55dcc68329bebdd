"""Runs the sample of mutants and prints the share killed: `make mutants`.

Each mutant changes one line in a copy of the tracked files and runs the tests named beside it; a
mutant whose tests still pass has survived. Exit code 1 where fewer than 90 % are killed.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).with_name("sample.toml")
GOAL = 0.9


def main() -> int:
    """Runs every mutant; one line each on stdout, then the share killed."""
    mutants = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))["mutant"]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy_tracked(copy)
        killed = sum(_is_killed(mutant, copy) for mutant in mutants)
    share = killed / len(mutants)
    _say(f"{killed} of {len(mutants)} mutants killed: {share:.0%} (goal {GOAL:.0%})")
    return 0 if share >= GOAL else 1


def changed(mutant: dict[str, str], root: Path) -> str:
    """The text of the mutant's file with its line changed; raises where the line is not there."""
    text = (root / mutant["file"]).read_text(encoding="utf-8")
    if mutant["old"] not in text:
        raise LookupError(
            f"{mutant['file']} holds no {mutant['old']!r}: bring the sample up to date"
        )
    return text.replace(mutant["old"], mutant["new"], 1)


def _is_killed(mutant: dict[str, str], copy: Path) -> bool:
    path = copy / mutant["file"]
    before = path.read_text(encoding="utf-8")
    path.write_text(changed(mutant, copy), encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-n0", "-q", "-x", "-p", "no:cacheprovider",
             *mutant["tests"]],
            cwd=copy, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        path.write_text(before, encoding="utf-8")
    killed = done.returncode == 1
    _say(f"{'killed  ' if killed else 'SURVIVED'} {mutant['file']}: {mutant['new']!r}")
    return killed


def _copy_tracked(folder: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
