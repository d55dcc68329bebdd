"""Planted faults that must refuse a load: one or more of each kind, listed beside the data.

The list, expected_problems.json, names table, row (as Excel shows it), column, what stands there
and the rule, as the importer reports them.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from stdnum.th import pin

from sample_data.columns import schema_of
from sample_data.faults import DISTRICT, Planter
from sample_data.plan import Plan
from sample_data.sinks import Sink

EXPECTED = "expected_problems.json"
CUT_TABLE, CUT_COLUMN = "awards", "fiscal_year"
CITIZEN_TABLE, CITIZEN_COLUMN = "workers", "citizen_id"
Expected = dict[str, str | int | None]


def citizen_number(n: int) -> str:
    """A number whose check digit is right but that nobody can have: its province code is 00."""
    digits = f"10000{n:07d}"
    return digits + str(pin.calc_check_digit(digits))


class FaultySink:
    """A sink that leaves out a required column of one table and adds citizen numbers to another."""

    def __init__(self, sink: Sink) -> None:
        self.rows = sink.rows
        self._sink = sink

    def write(self, table: str, rows: pa.Table) -> None:
        """Add rows, tampered with where the table is one of the two."""
        if table == CUT_TABLE:
            rows = rows.drop_columns([CUT_COLUMN])
        if table == CITIZEN_TABLE:
            first = self.rows[table]
            numbers = [citizen_number(first + n) for n in range(rows.num_rows)]
            rows = rows.append_column(CITIZEN_COLUMN, pa.array(numbers, type=pa.string()))
        self._sink.write(table, rows)

    def write_texts(self, table: str, rows: Sequence[dict[str, str]]) -> None:
        """Add rows of texts exactly as they stand."""
        self._sink.write_texts(table, rows)

    def close(self) -> None:
        """Finish the sink behind; a table without rows still lacks its column."""
        if not self.rows[CUT_TABLE]:
            self.write(CUT_TABLE, schema_of(CUT_TABLE).empty_table())
        self._sink.close()


def plant_stops(plan: Plan, sink: Sink, folder: Path) -> list[Expected]:
    """Add a fault of every kind that refuses a load, and give the problems to expect."""
    planter = Planter(plan)
    faults: list[tuple[str, str, str, str]] = []
    _plant_places(planter, faults)
    _plant_references(planter, faults)
    _plant_dates(planter, faults)
    before = {table: sink.rows[table] for table in planter.rows}
    expected: list[Expected] = [
        {
            "table": table,
            "row": before[table] + 2 + _row_of(planter, table, mark),
            "column": column,
            "seen": _broken_value(planter, table, column, mark),
            "rule": rule,
        }
        for table, column, rule, mark in faults
    ]
    whole = (
        (CUT_TABLE, CUT_COLUMN, "missing_column"),
        (CITIZEN_TABLE, CITIZEN_COLUMN, "citizen_numbers"),
    )
    expected += [
        {"table": table, "row": None, "column": column, "seen": None, "rule": rule}
        for table, column, rule in whole
    ]
    for table, rows in planter.rows.items():
        sink.write_texts(table, rows)
    text = json.dumps(expected, indent=2, ensure_ascii=False)
    (folder / EXPECTED).write_text(text + "\n", encoding="utf-8")
    return expected


def _row_of(planter: Planter, table: str, mark: str) -> int:
    """Where the last row that carries a mark (its id) stands among a table's planted rows."""
    places = [n for n, row in enumerate(planter.rows[table]) if mark in row.values()]
    return int(np.max(places))


def _broken_value(planter: Planter, table: str, column: str, mark: str) -> str:
    return planter.rows[table][_row_of(planter, table, mark)][column]


def _plant_places(planter: Planter, faults: list[tuple[str, str, str, str]]) -> None:
    """Codes that no register knows, and a district of another province."""
    worker = planter.worker(province_code="99")
    faults.append(("worker_posts", "province_code", "unknown_area", worker))
    family = planter.new_id("F")
    planter.add("families", family_id=family, household_id=family, district_code="5099")
    faults.append(("families", "district_code", "unknown_area", family))
    volunteer = planter.volunteer(district_code="5101")
    faults.append(("volunteers", "district_code", "district_outside_province", volunteer))


def _plant_references(planter: Planter, faults: list[tuple[str, str, str, str]]) -> None:
    """An id that stands twice, and references to rows that are not there."""
    for _ in range(2):
        planter.add(
            "families", family_id="SYN50FTWICE", household_id="SYN50HTWICE", district_code=DISTRICT
        )
    faults.append(("families", "family_id", "duplicate_id", "SYN50FTWICE"))
    case = planter.case(family_id="SYN50FNOWHERE")
    faults.append(("cases", "family_id", "missing_row", case))
    other = planter.case()
    planter.add(
        "case_assignments", case_id=other, worker_id="SYN50WNOBODY", start_on=planter.day(-90)
    )
    faults.append(("case_assignments", "worker_id", "missing_row", other))


def _plant_dates(planter: Planter, faults: list[tuple[str, str, str, str]]) -> None:
    """An end before its start, a follow-up before the case, and a day that never was."""
    worker = planter.worker(end_on=planter.day(-901))
    faults.append(("worker_posts", "end_on", "end_before_start", worker))
    case = planter.case()
    planter.follow_up(case, due=-290, completion=-310)
    faults.append(("follow_ups", "done_on", "done_before_opened", case))
    volunteer = planter.volunteer(registered_on="31/02/2569")
    faults.append(("volunteers", "registered_on", "date_impossible", volunteer))
