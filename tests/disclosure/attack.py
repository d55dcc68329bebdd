"""`make attack`: the long attack on random countries and the demo; prints counts, 1 on a leak.

python -m tests.disclosure.attack [--countries 6] [--cells 300] [--data-dir DIR]
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from data_access import snapshot
from data_access.snapshot import SnapshotInfo
from tests.disclosure.attacker import collect
from tests.disclosure.countries import country
from tests.disclosure.coverage import report
from tests.disclosure.optimum import compare
from tests.disclosure.solver import weak
from tests.disclosure.test_attack import LINKED


def main() -> int:
    """Attack; 0 where no hidden count was bounded to fewer than three numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--countries", type=int, default=6)
    parser.add_argument("--cells", type=int, default=300, help="hidden counts tried per family")
    parser.add_argument("--data-dir", type=Path, help="attack this published snapshot too")
    options = parser.parse_args()
    leaks = 0
    with TemporaryDirectory() as folder:
        for seed in range(options.countries):
            leaks += _attack(f"country {seed}", country(Path(folder), seed), options.cells)
    if options.data_dir is not None:
        info = snapshot.current(options.data_dir)
        for line in report(info):
            _say(line)
        leaks += _attack("snapshot", info, options.cells)
    _say(compare(blocks=200, seed=0))
    _say(f"leaks: {leaks}")
    return 1 if leaks else 0


def _attack(what: str, info: SnapshotInfo, cells: int) -> int:
    leaks = 0
    for family, names in LINKED.items():
        answers = collect(names, info)
        found, tried = weak(answers, most=cells)
        leaks += len(found)
        _say(
            f"{what}, {family}: {answers.asked} cells asked for, {len(answers.hidden)} hidden, "
            f"{tried} counts tried, {len(found)} with fewer than three values"
        )
        for one in found:
            _say(f"  {one.part} {one.low}–{one.high}")
    return leaks


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
