"""Small countries of late follow-ups alone: how many of each district are how late, by hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from data_access.snapshot import SnapshotInfo
from tests.disclosure.countries import DISTRICTS
from tests.support.world import make

AS_OF = date(2026, 9, 30)
# A number of days within each band of late follow-ups.
DAYS = {"1-7": 3, "8-30": 20, "31-90": 60, "91-180": 120, "181-365": 200, "366+": 400}
BANDS = tuple(DAYS)
# One of 1,155 is late by more than a year: counts of the sample by region, in a district of each.
OF_THE_SAMPLE = {
    "5001": (31, 75, 47, 10, 4, 1),
    "3001": (81, 117, 82, 21, 4, 0),
    "1001": (83, 123, 98, 33, 7, 0),
    "8001": (103, 122, 91, 18, 4, 0),
}
Today = int | dict[str, int]
Late = Mapping[tuple[str, str], int]  # district and band -> follow-ups, each of a family of its own


def by_band(counts: Mapping[str, tuple[int, ...]]) -> dict[tuple[str, str], int]:
    """Rows of a table, each of a district with its counts by band, as cells."""
    return {(d, b): n for d, row in counts.items() for b, n in zip(BANDS, row, strict=True)}


def country(
    folder: Path, late: Late, *, today: Today = 0, name: str = "late", as_of: date = AS_OF
) -> SnapshotInfo:
    """A snapshot with these follow-ups, late on 30 September 2026, and `today` due that day: in
    every district that has a late one, or in those named."""
    due = today if isinstance(today, dict) else dict.fromkeys({d for d, _ in late}, today)
    rows = [(d, AS_OF - timedelta(DAYS[band])) for (d, band), n in late.items() for _ in range(n)]
    rows += [(district, AS_OF) for district, n in due.items() for _ in range(n)]
    return make(folder, _tables(rows), as_of=as_of, name=name)


def _tables(rows: list[tuple[str, date]]) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {"families": [], "cases": [], "follow_ups": []}
    for number, (district, due) in enumerate(rows):
        tables["families"].append({"family_id": f"F{number}", "district_code": district})
        tables["cases"].append(
            {
                "case_id": f"C{number}",
                "family_id": f"F{number}",
                "target_group": "elder",
                "urgent": False,
                "opened_on": date(2024, 10, 1),
                "stage": "follow_up",
            }
        )
        tables["follow_ups"].append(
            {"follow_up_id": f"U{number}", "case_id": f"C{number}", "due_on": due}
            | {"first_due_on": due, "method": "home_visit"}
        )
    return tables


def random_late(seed: int) -> dict[tuple[str, str], int]:
    """Many late by days and few by months: the first seeds give the steps 0 to 4 of the ladder."""
    rng = np.random.default_rng(seed)
    days, rest = ((2, 2), (2, 0.3), (2, 0.1), (2, 0.015), (0.15, 0.6))[seed % 5]
    means = dict(zip(BANDS, (days, 3, 2 * min(days, 1), 2 * rest, rest, rest / 2), strict=True))
    size = {district: float(rng.choice([0.3, 1, 3])) for district in DISTRICTS}
    return {(d, band): int(rng.poisson(means[band] * size[d])) for d in DISTRICTS for band in BANDS}
