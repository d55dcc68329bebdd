"""The published events as exchange rows: what their sources say, and nothing else.

Facts stand in data/published; here are the provinces that two of them speak of. No source names a
participant, so no published event has a row of a person: who came is in its reported numbers.
"""

import csv

import pyarrow as pa

from sample_data.columns import batch, from_texts, whole
from sample_data.places import DATA, places
from sample_data.plan import Plan

TABLES = ("organisations", "sites", "courses", "cohorts", "recommendations", "published_figures")
CM_PROJECT = "CM-2565"  # of five cohorts: numbers are published of all of them together only
WORKSHOP = "VOL-2561-2"
WORKSHOP_REGIONS = ("north", "northeast")


def published_tables() -> dict[str, pa.Table]:
    """Everything published, whatever the scale and the seed."""
    tables = {name: from_texts(name, _read(name)) for name in TABLES}
    tables["cohort_provinces"] = _cohort_provinces()
    return tables


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / "published" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cohort_provinces() -> pa.Table:
    """The provinces a source speaks of: 76 of the case managers' project, 37 of the workshop."""
    pairs = [(CM_PROJECT, p.code) for p in places() if p.has_programme]
    pairs += [(WORKSHOP, p.code) for p in places() if p.region in WORKSHOP_REGIONS]
    cohorts, codes = zip(*pairs, strict=True)
    return batch("cohort_provinces", cohort_id=pa.array(cohorts), province_code=pa.array(codes))


def statistics_rows() -> pa.Table:
    """The rows of `province_statistics`, one for each province."""
    everywhere = places()
    return batch(
        "province_statistics",
        province_code=pa.array([p.code for p in everywhere]),
        year=whole([p.year for p in everywhere]),
        households=whole([p.households for p in everywhere]),
        population=whole([p.population for p in everywhere]),
        basis=pa.array([p.basis for p in everywhere]),
    )


def target_rows(plan: Plan) -> pa.Table:
    """The rows of `targets` for each fiscal year of the history."""
    with (DATA / "targets.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    rows = [
        {
            "indicator": row["indicator"],
            "scope_code": row["scope_code"],
            "fiscal_year": str(year.be),
            "value": str(float(row["value"]) + float(row["step"]) * index),
            "source": row["source"],
        }
        for row in listed
        for index, year in enumerate(plan.fiscal_years)
    ]
    return from_texts("targets", rows)
