"""The same data as another case-management system exports them, as CSV files."""

import csv
import itertools
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from data_access.schema.tables import EXCHANGE_TABLES
from tests.support.foreign_cells import (
    SECRET_NAME,
    SECRET_NUMBER,
    Row,
    Tables,
    codes,
    letter_of,
)

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def case_system_export(folder: Path, tables: Tables, mapping: Mapping[str, Any]) -> None:
    """A folder of CSV files as another system writes them, beside files of the exchange format."""
    folder.mkdir()
    families = {row["family_id"]: row for row in tables["families"]}
    number = {row["case_id"]: f"{n:024x}" for n, row in enumerate(tables["cases"])}
    case = {
        name: codes(mapping, "cases", name)
        for name in ("target_group", "intake_channel", "stage", "closure_reason")
    }
    method, outcome = (codes(mapping, "follow_ups", name) for name in ("method", "outcome"))
    cases = [
        {
            "_id": number[row["case_id"]],
            "case_id_display": row["case_id"],
            "name": SECRET_NAME,
            "national_id_no": SECRET_NUMBER,
            "family_id_display": row["family_id"],
            "household_number": families[row["family_id"]]["household_id"],
            "location_current": families[row["family_id"]]["district_code"],
            "risk_level": families[row["family_id"]]["vulnerability_level"],
            "protection_concerns": case["target_group"](row),
            "identified_by": case["intake_channel"](row),
            "urgent_protection_concern": letter_of("urgent", "Yes", "No")(row),
            "registration_date": _english_day("opened_on")(row),
            "workflow": case["stage"](row),
            "date_closure": _english_day("closed_on")(row),
            "closure_reason": case["closure_reason"](row),
            "camp": row["site_id"],
        }
        for row in tables["cases"]
    ]
    owners = [
        {
            "case_id_display": row["case_id"],
            "owned_by": row["worker_id"],
            "owned_from": _english_day("start_on")(row),
            "owned_until": _english_day("end_on")(row),
        }
        for row in tables["case_assignments"]
    ]
    forms = [
        {
            "formid": row["follow_up_id"],
            "indices.parent": number[row["case_id"]],
            "form.original_due": _english_day("first_due_on")(row),
            "form.due": _english_day("due_on")(row),
            "form.followup_date": _english_day("done_on")(row),
            "form.cancelled": _english_day("cancelled_on")(row),
            "form.cancel_reason": row["cancel_reason"],
            "form.type": method(row),
            "form.progress": outcome(row),
            "username": row["worker_id"],
            "form.accompanied_by": row["accompanied_by_worker_id"],
        }
        for row in tables["follow_ups"]
    ]
    files = {"primero_case": cases, "case_ownership": owners, "form_followup": forms}
    rest = {name: rows for name, rows in tables.items() if name not in mapping["tables"]}
    for name, rows in itertools.chain(files.items(), rest.items()):
        columns = list(rows[0]) if rows else EXCHANGE_TABLES[name].c.keys()
        _csv(folder / f"{name}.csv", columns, rows)


def _english_day(key: str) -> Callable[[Row], str]:
    def made(row: Row) -> str:
        if not row[key]:
            return ""
        day = date.fromisoformat(row[key])
        return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"

    return made


def _csv(path: Path, columns: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
