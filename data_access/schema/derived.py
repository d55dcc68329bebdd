"""What a snapshot holds beyond the exchange tables: place columns on case rows, and load tables.

The columns are filled once, when the snapshot is built (see `data_access.snapshot`), so that no
page joins five tables to learn where a follow-up was:

* `families.province_code`: from the district.
* On `cases` and on every table with a `case_id`: `province_code`, `district_code` (empty where the
  case's site is sensitive: such a case counts for its province, never for a district) and
  `target_group`, all taken from the case and its family.
* On `volunteer_activities`: `province_code`, `district_code` of the volunteer (no target group).
* On every table: `source_row`, the row of the source as Excel shows it, the header being row 1.
* On `enrolments`: `from_province_code` (the row's own province, else the volunteer's, else that of
  the worker's post on the cohort's first day), `course_id`, `held_on` (the cohort's last day).
"""

from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, MetaData, String, Table

from data_access.schema import tables as exchange

snapshot_metadata = MetaData()

# Tables whose rows inherit place and target group from the case they belong to.
CASE_TABLES = tuple(
    name
    for name, table in exchange.EXCHANGE_TABLES.items()
    if "case_id" in table.c and name not in ("cases", "volunteer_activities")
)
# Tables whose rows are about clients: families, cases, and what names one of them.
CLIENT_TABLES = tuple(
    name
    for name, table in exchange.EXCHANGE_TABLES.items()
    if "case_id" in table.c or "family_id" in table.c
)


def _derived(name: str) -> list[Column[Any]]:
    if name == "families":
        return [Column("province_code", String)]
    if name == "cases" or name in CASE_TABLES:
        place: list[Column[Any]] = [
            Column("province_code", String),
            Column("district_code", String),
        ]
        return place if name == "cases" else [*place, Column("target_group", String)]
    if name == "volunteer_activities":
        return [Column("province_code", String), Column("district_code", String)]
    if name == "enrolments":
        return [
            Column("from_province_code", String),
            Column("course_id", String),
            Column("held_on", Date),
        ]
    return []


def _snapshot_table(name: str) -> Table:
    source = exchange.EXCHANGE_TABLES[name]
    columns = [Column(c.name, c.type) for c in source.columns]
    row = Column("source_row", Integer)
    return Table(name, snapshot_metadata, *columns, row, *_derived(name), info=source.info)


SNAPSHOT: dict[str, Table] = {name: _snapshot_table(name) for name in exchange.EXCHANGE_TABLES}

load_info = Table(
    "load_info",
    snapshot_metadata,
    Column("snapshot_id", String),
    Column("as_of", Date),
    Column("built_at", DateTime),
    Column("source", String),
    Column("synthetic", Boolean),
    Column("title", String),
    info={"grain": "snapshot (always exactly one row)"},
)
load_tables = Table(
    "load_tables",
    snapshot_metadata,
    Column("table_name", String),
    Column("rows", Integer),
    Column("present", Boolean),
    info={"grain": "exchange table; present = the source held it, even if empty"},
)
quality_results = Table(
    "quality_results",
    snapshot_metadata,
    Column("rule", String),
    Column("severity", String),
    Column("table_name", String),
    Column("row_number", Integer),
    Column("column_name", String),
    Column("seen", String),
    Column("province_code", String),
    info={"grain": "row that breaks a rule; row_number as Excel shows it, the header being row 1"},
)
indicator_definitions = Table(
    "indicator_definitions",
    snapshot_metadata,
    Column("indicator", String),
    Column("version", String),
    Column("fingerprint", String),
    Column("norm", Float),
    Column("norm_better", String),
    Column("norm_watch", Float),
    info={"grain": "indicator, as it was defined when the snapshot was built"},
)
# Written when the snapshot is built, so that no first question has to decide.
disclosure_tables = Table(
    "disclosure_tables",
    snapshot_metadata,
    Column("about", String),
    Column("decided_for", String),
    info={"grain": "table of client counts whose hidden cells are written in disclosure_cells"},
)
disclosure_cells = Table(
    "disclosure_cells",
    snapshot_metadata,
    Column("about", String),
    Column("decided_for", String),
    Column("area_code", String),
    Column("slice", String),
    Column("reason", String),
    info={"grain": "cell hidden at the public level"},
)
# Counted when the snapshot is built, so that no page has to count rows.
rollup_statements = Table(
    "rollup_statements",
    snapshot_metadata,
    Column("rollup", Integer),
    Column("statement", String),
    Column("adds_up", String),
    Column("columns", String),
    info={"grain": "statement whose cells are written in rollup_cells, by its SHA-256"},
)
rollup_cells = Table(
    "rollup_cells",
    snapshot_metadata,
    Column("rollup", Integer),
    *[Column(name, String) for name in ("province_code", "district_code", "target_group", "slice")],
    *[
        Column(name, Integer)
        for name in ("moment", "days", "reached", "units", "hits", "clients", "hit_clients")
    ],
    *[Column(name, Integer) for name in ("weight", "weighted", "bound", "known")],
    info={"grain": "place, target group, slice and period of a statement, and its counts"},
)
# Where rows of a snapshot are that has only counts of them; it has this table only then.
source_tables = Table(
    "source_tables",
    snapshot_metadata,
    Column("table_name", String),
    Column("columns", String),
    Column("rows_stay", Boolean),
    info={"grain": "exchange table of the source; rows_stay = its rows are not in the snapshot"},
)
# Worked out from the rows when the snapshot is built; a snapshot may be without them.
WRITTEN_AHEAD = (disclosure_tables, disclosure_cells, rollup_statements, rollup_cells)
