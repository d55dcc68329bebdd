"""Small random countries: three provinces in each of two regions, four districts, few clients."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from data_access.snapshot import SnapshotInfo
from geo import district_groups
from tests.support.world import make

AS_OF = date(2026, 9, 30)
PROVINCES = ("50", "51", "52", "80", "81", "82")
# Two districts in each of two groups of neighbours.
DISTRICTS = [
    district
    for province in PROVINCES
    for group in district_groups.groups_of(province)[:2]
    for district in district_groups.members()[group][:2]
]
GROUPS = ["elder", "child", "disabled", "violence"]
Rows = list[dict[str, Any]]


def country(folder: Path, seed: int, mean: float = 9.0) -> SnapshotInfo:
    """A snapshot of random families, cases, follow-ups, screenings and plans."""
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
    return make(folder, tables, as_of=AS_OF, name=f"country{seed}")


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
            "target_group": str(rng.choice(GROUPS, p=[0.5, 0.3, 0.15, 0.05])),
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
