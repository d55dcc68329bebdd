"""Exchange folders for tests: rows by hand in, a folder of CSV files out."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data_access.schema.tables import EXCHANGE_TABLES, REQUIRED_TABLES
from tests.support.world import drawn

SMALL: dict[str, list[dict[str, Any]]] = {
    "families": drawn("""
        family_id household_id district_code
        F1 H1 5001
        F2 H1 5002
    """),
    "cases": drawn("""
        case_id family_id target_group opened_on stage closed_on
        C1 F1 elder 2025-01-01 follow_up .
        C2 F2 child 2025-01-01 closed 2026-01-31
    """),
    "workers": [{"worker_id": "W1", "sex": "F"}],
    "worker_posts": drawn("""
        worker_id role province_code district_code fte start_on end_on
        W1 case_manager 50 5001 1 2020-01-01 .
    """),
    "case_assignments": [{"case_id": "C1", "worker_id": "W1", "start_on": "2025-01-01"}],
    "follow_ups": drawn("""
        follow_up_id case_id first_due_on due_on done_on
        U1 C1 2026-05-01 2026-05-01 2026-05-01
        U2 C1 2026-06-01 2026-06-01 .
    """),
}


def write(folder: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]] = SMALL) -> Path:
    """The folder, holding one CSV per table named and an empty one per required table not named."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in {*tables, *REQUIRED_TABLES}:
        columns = [c.name for c in EXCHANGE_TABLES[name].c]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            for row in tables.get(name, ()):
                writer.writerow({key: "" if cell is None else cell for key, cell in row.items()})
    return folder
