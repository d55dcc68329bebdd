"""From staged text to typed tables: each different text is read once, rows are made by DuckDB.

A column's different texts go through its Python reader (see `cell_cache`), and the readings are
joined to the staged rows. Where every text already is what its value looks like (ISO
days, exact codes), the join is left out and DuckDB casts the column.
"""

from dataclasses import dataclass
from functools import partial

import duckdb
import pyarrow as pa
from duckdb_sqlalchemy import Dialect
from sqlalchemy import Column, Integer, MetaData, Table
from sqlalchemy.schema import CreateTable

from data_access.importers import invisible
from data_access.importers.cell_cache import CellCache, PairReader, read_cells
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import SHOWN_PER_KIND, Message, Problem
from data_access.importers.readers import (
    Kind,
    Reader,
    kind_of,
    read_district_in,
    read_without_comma,
)
from data_access.importers.staging import ROW_NUMBER, StagedTable, drop, literal, quote
from data_access.importers.values import BLANKS, Reading

_PROVINCE, _DISTRICT = "province_code", "district_code"


@dataclass(frozen=True, slots=True)
class Plan:
    """How one column is taken from the staging table `s`.

    `text` is the cell without blanks around it, `value` its typed value, `join` the readings it
    needs, if any.
    """

    column: str
    text: str
    value: str
    join: str = ""


def create(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make one empty typed table: the columns of the exchange format and `source_row`."""
    columns = [Column(column.name, column.type) for column in table.c]
    typed = Table(table.name, MetaData(), *columns, Column("source_row", Integer))
    con.execute(str(CreateTable(typed).compile(dialect=Dialect())))


def fill(
    con: duckdb.DuckDBPyConnection, table: Table, staging: StagedTable, log: ProblemLog
) -> int:
    """Fill one typed table from its staging table and give its number of rows.

    A cell that is missing or unreadable is taken down and becomes NULL: the load is refused anyway,
    and the rules between tables can still be tried on the rest. Wholly blank rows are left out.
    """
    caches = _caches(table, staging, log)
    cached = {cache.column: read_cells(con, cache, log) for cache in caches}
    padded = _padded_columns(con, staging)
    plans = [_plan(table.c[name], staging, cached, name in padded, log) for name in staging.columns]
    if not plans:
        return 0
    live = f"coalesce({', '.join(plan.text for plan in plans)}) IS NOT NULL"
    for plan in plans:
        if table.c[plan.column].info.get("required"):
            _report_empty(con, table, plan, staging, live, log)
    joins = " ".join(f"LEFT {cache.join}" for cache in caches if cached[cache.column])
    names = ", ".join(quote(plan.column) for plan in plans)
    values = ", ".join(plan.value for plan in plans)
    rows = _count(
        con,
        f"INSERT INTO {quote(table.name)} ({names}, source_row)"
        f" SELECT {values}, s.{ROW_NUMBER} FROM {quote(staging.relation)} s {joins} WHERE {live}",
    )
    blank = _count(con, f"SELECT count(*) FROM {quote(staging.relation)}") - rows
    if blank:
        log.note("blank_rows", table.name, count=blank)
    rows -= invisible.take_down(con, table, staging, padded, log)
    for cache in caches:
        drop(con, cache.relation)
    return rows


def _caches(table: Table, staging: StagedTable, log: ProblemLog) -> list[CellCache]:
    """Give the columns that a Python reader must read; those kept secret are not read at all."""
    both = _PROVINCE in staging.columns and _DISTRICT in staging.columns
    record = _record_column(table, staging, log)
    caches = []
    for name in staging.columns:
        kind = kind_of(table.c[name])
        if kind.reader is None or log.is_secret(table.name, name):
            continue
        beside = _PROVINCE if both and name == _DISTRICT else None
        reader = _in_province if beside else _alone(_for_separator(kind, staging))
        caches.append(CellCache(table.name, staging, name, reader, kind.arrow, beside, record))
    return caches


def _for_separator(kind: Kind, staging: StagedTable) -> Reader:
    """Give a column's reader; where a comma may be a decimal point, a number may hold none."""
    if kind.reader is None:
        raise TypeError(f"a column with a reader is wanted; got: {kind!r}")
    number = pa.types.is_integer(kind.arrow) or pa.types.is_decimal(kind.arrow)
    return (
        partial(read_without_comma, kind.reader)
        if staging.decimal_comma and number
        else kind.reader
    )


def _alone(reader: Reader) -> PairReader:
    def read(text: str, beside: str | None) -> tuple[Reading, str | None]:
        return reader(text), None

    return read


def _in_province(text: str, beside: str | None) -> tuple[Reading, str | None]:
    return read_district_in(beside, text)


def _record_column(table: Table, staging: StagedTable, log: ProblemLog) -> str | None:
    """Give the column that names a row where the source shows no row numbers."""
    if staging.numbered:
        return None
    keys = [name for name in (*table.info["key"], *table.c.keys()) if name in staging.columns]
    return next((name for name in keys if not log.is_secret(table.name, name)), None)


def _padded_columns(con: duckdb.DuckDBPyConnection, staging: StagedTable) -> set[str]:
    """Give the columns in which some cell may have blanks around it.

    Trimming every cell of a large load takes longer than reading it; looking at the first and last
    byte does not. Letters beyond ASCII may be blanks too (no-break space), so they count as well.
    """
    if not staging.columns:
        return set()
    tests = ", ".join(
        f"coalesce(bool_or({quote(c)} < '!' OR suffix({quote(c)}, ' ')"
        f" OR strlen({quote(c)}) <> length({quote(c)}) OR suffix({quote(c)}, chr(9))"
        f" OR suffix({quote(c)}, chr(10)) OR suffix({quote(c)}, chr(13))), false)"
        for c in staging.columns
    )
    row = con.execute(f"SELECT {tests} FROM {quote(staging.relation)}").fetchone()
    return {name for name, padded in zip(staging.columns, row or (), strict=True) if padded}


def _plan(
    column: "Column[object]",
    staging: StagedTable,
    caches: dict[str, bool],
    padded: bool,
    log: ProblemLog,
) -> Plan:
    name = column.name
    cell = f"s.{quote(name)}"
    text = cell
    if padded:
        text = f"nullif(trim({invisible.without(cell)}, {literal(BLANKS)}), '')"
    kind = kind_of(column)
    if kind.reader is None:
        return Plan(name, text, text)
    if name not in caches:
        return Plan(name, text, "NULL")
    value = f'"cells_{name}".value' if caches[name] else f"CAST({cell} AS {_sql_type(kind)})"
    if name == _PROVINCE and caches.get(_DISTRICT) and _DISTRICT in staging.columns:
        # A row that names the province its district belonged to before it moved.
        value = f'coalesce("cells_{_DISTRICT}".corrected, {value})'
    return Plan(name, text, value)


def _sql_type(kind: Kind) -> str:
    return "DATE" if str(kind.arrow).startswith("date") else "VARCHAR"


def _report_empty(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    plan: Plan,
    staging: StagedTable,
    live: str,
    log: ProblemLog,
) -> None:
    """Take down the rows in which a required cell is empty."""
    rows = f"FROM {quote(staging.relation)} s WHERE {plan.text} IS NULL AND {live}"
    total = _count(con, f"SELECT count(*) {rows}")
    if not total:
        return
    record = _record_column(table, staging, log)
    key = "NULL" if record is None or record == plan.column else f"s.{quote(record)}"
    rows_shown = con.execute(
        f"SELECT s.{ROW_NUMBER}, {key} {rows} ORDER BY s.rowid LIMIT {SHOWN_PER_KIND}"
    ).fetchall()
    message = Message(
        "importing.problem.required_empty", {"example": table.c[plan.column].info["example"]}
    )
    problems = [
        Problem(
            table.name,
            row,
            plan.column,
            None,
            "required_empty",
            message,
            None if name is None else f"{record} {name}",
        )
        for row, name in rows_shown
    ]
    log.add_rows(problems, total)


def _count(con: duckdb.DuckDBPyConnection, statement: str) -> int:
    row = con.execute(statement).fetchone()
    return int(row[0]) if row else 0
