"""Small random countries: three provinces in each of two regions, four districts, few clients."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from data_access.snapshot import SnapshotInfo
from geo import district_groups
from tests.support.world import make

AS_OF, LATER = date(2026, 9, 30), date(2026, 11, 15)
PROVINCES = ("50", "51", "52", "80", "81", "82")
# Two districts in each of two groups of neighbours.
DISTRICTS = [
    district
    for province in PROVINCES
    for group in district_groups.groups_of(province)[:2]
    for district in district_groups.members()[group][:2]
]
GROUPS = ["elder", "child", "disabled", "violence"]
CHANCES = [0.5, 0.3, 0.15, 0.05]
Rows = list[dict[str, Any]]


def country(folder: Path, seed: int, mean: float = 9.0) -> SnapshotInfo:
    """A snapshot of random families, cases, follow-ups, screenings and plans."""
    return make(folder, _random_tables(seed, mean), as_of=AS_OF, name=f"country{seed}")


def two_snapshots(
    folder: Path, seed: int, share: float = 0.03
) -> tuple[SnapshotInfo, SnapshotInfo]:
    """The country on the last day of a fiscal year, and weeks later as its data are by then.

    Of the rows of the closed year a `share` came late, was corrected, moved or was taken out.
    Both are snapshots of one data directory: the later one follows the earlier.
    """
    kept = folder / "snapshots"
    kept.mkdir()
    tables = _random_tables(seed, 9.0)
    first = make(kept, tables, as_of=AS_OF, name="20261001T080000-aaaaaa")
    _change(tables, np.random.default_rng(seed + 1000), share)
    return first, make(kept, tables, as_of=LATER, name="20261116T080000-bbbbbb")


def _change(tables: dict[str, Rows], rng: np.random.Generator, share: float) -> None:
    """Late entries, corrections, moves to another district and rows that are gone."""

    def some(rows: Rows) -> Rows:
        return [row for row in rows if rng.random() < share]

    for family in some(tables["families"]):
        family["district_code"] = str(rng.choice(DISTRICTS))
    for case in some(tables["cases"]):
        case["target_group"] = str(rng.choice(GROUPS, p=CHANCES))
    for case in some(tables["cases"]):
        case["urgent"] = not case["urgent"]
    for case in some(tables["cases"]):
        case["closed_on"] = None if case["closed_on"] else case["opened_on"] + timedelta(days=200)
    for row in some(tables["follow_ups"]):
        row["done_on"] = None if row["done_on"] else row["due_on"] + timedelta(days=1)
    for row in some(tables["screenings"]):
        row["decided_on"] = None if row["decided_on"] else row["run_on"]
    for name in ("follow_ups", "screenings", "plans"):
        out = some(tables[name])
        tables[name] = [row for row in tables[name] if row not in out]
    late = [
        dict(row, follow_up_id=f"late {row['follow_up_id']}") for row in some(tables["follow_ups"])
    ]
    tables["follow_ups"] += late


def _random_tables(seed: int, mean: float) -> dict[str, Rows]:
    rng = np.random.default_rng(seed)
    tables: dict[str, Rows] = {
        name: [] for name in ("families", "cases", "follow_ups", "screenings", "plans")
    }
    for district in DISTRICTS:
        # Some districts hold a handful, some many: a threshold must matter and not rule.
        many = int(rng.poisson(mean * float(rng.choice([0.3, 1, 4]))))
        for _ in range(many):
            _family(tables, district, rng)
    tables["case_assignments"] = [
        {"case_id": c["case_id"], "worker_id": "W1", "start_on": c["opened_on"]}
        for c in tables["cases"]
        if rng.random() < 0.8
    ]
    tables["workers"] = [{"worker_id": "W1"}]
    tables["worker_posts"] = []
    return tables


def _family(tables: dict[str, Rows], district: str, rng: np.random.Generator) -> None:
    number = len(tables["families"])
    tables["families"].append({"family_id": f"F{number}", "district_code": district})
    opened = date(2024, 10, 1) + timedelta(days=int(rng.integers(0, 700)))
    closed = opened + timedelta(days=int(rng.integers(30, 600)))
    case = f"C{number}"
    tables["cases"].append(
        {
            "case_id": case,
            "family_id": f"F{number}",
            "target_group": str(rng.choice(GROUPS, p=CHANCES)),
            "urgent": bool(rng.random() < 0.3),
            "opened_on": opened,
            "closed_on": closed if rng.random() < 0.4 and closed <= AS_OF else None,
            "stage": "follow_up",
        }
    )
    for n in range(int(rng.integers(0, 3))):
        due = date(2025, 10, 1) + timedelta(days=int(rng.integers(0, 365)))
        done = due + timedelta(days=int(rng.integers(-3, 20)))
        tables["follow_ups"].append(
            {
                "follow_up_id": f"{case}-{n}",
                "case_id": case,
                "first_due_on": due,
                "due_on": due,
                "done_on": done if rng.random() < 0.8 and done <= AS_OF else None,
                "method": "home_visit",
            }
        )
    if rng.random() < 0.6:
        run = max(opened, date(2025, 10, 1))
        tables["screenings"].append(
            {
                "case_id": case,
                "tool": "triage",
                "version": "1",
                "run_on": run,
                "flag": "high",
                "decided_on": run if rng.random() < 0.7 else None,
                "decision": str(rng.choice(["high", "low"])),
            }
        )
    if rng.random() < 0.7:
        tables["plans"].append(
            {"case_id": case, "version": 1, "made_on": opened, "family_agreed": True}
        )
