"""`make attack`: the long attack on random countries and the demo; prints counts, 1 on a leak.

Of each country also its next snapshot, with late entries and corrections, and what is told of why
figures moved.

python -m tests.disclosure.attack [--countries 6] [--cells 300] [--data-dir DIR]
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from config.thai_calendar import fiscal_year_of
from data_access import snapshot
from data_access.snapshot import SnapshotInfo
from tests.disclosure.attacker import collect
from tests.disclosure.countries import country, two_snapshots
from tests.disclosure.coverage import report
from tests.disclosure.explanations import told, weak_ways
from tests.disclosure.optimum import compare
from tests.disclosure.second_snapshot import both, shown_again, shown_before
from tests.disclosure.solver import Known, weak, weak_of
from tests.disclosure.test_attack import LINKED

EXPLAINED = ("families_in_care", "urgent_cases", "unassigned_families", "plan_coverage")


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
            leaks += _two_snapshots(Path(folder) / str(seed), seed, options.cells)
            leaks += _explanations(f"country {seed}", country(Path(folder), seed + 100, 30.0))
    if options.data_dir is not None:
        info = snapshot.current(options.data_dir)
        for line in report(info):
            _say(line)
        leaks += _attack("snapshot", info, options.cells)
        leaks += _explanations("snapshot", info)
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


def _two_snapshots(folder: Path, seed: int, cells: int) -> int:
    folder.mkdir()
    infos = two_snapshots(folder, seed)
    leaks = 0
    for family, names in LINKED.items():
        first, second = (collect(names, info) for info in infos)
        answers, system, same = both(first, second)
        told = frozenset(shown_before(first, second))
        found, tried = weak_of(Known(answers, system, same, told), most=cells)
        shown = len(shown_again(first, second))
        leaks += len(found) + shown
        _say(
            f"country {seed}, two snapshots, {family}: {len(first.hidden)} hidden, then "
            f"{len(second.hidden)}, {shown} of the first shown by the second, {tried} counts "
            f"tried, {len(found)} with fewer than three values"
        )
        for one in found:
            _say(f"  {one.part} {one.low}–{one.high}")
    return leaks


def _explanations(what: str, info: SnapshotInfo) -> int:
    leaks = pairs = 0
    for name in EXPLAINED:
        answers = told(name, info, fiscal_year_of(info.as_of).be)
        pairs += len(answers)
        leaks += len(weak_ways(answers))
    _say(f"{what}, explanations: {pairs} told, {leaks} ways over three ends given away")
    return leaks


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
