"""Rules between rows and tables, tried on the typed tables: what breaks one refuses the load.

Unique keys, rows that are referred to, periods that end before they start, and follow-ups done
before their case was opened. Rules within one cell are the readers' (see `readers`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import duckdb
from sqlalchemy import Table

from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import SHOWN_PER_KIND, Message, Problem, cut
from data_access.importers.staging import quote
from data_access.schema.tables import EXCHANGE_TABLES

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Two dates of one row of which the later may not come before the earlier."""

    table: str
    later: str
    earlier: str


ORDERS = (
    Order("worker_posts", "end_on", "start_on"),
    Order("volunteers", "ended_on", "registered_on"),
    Order("cases", "closed_on", "opened_on"),
    Order("case_assignments", "end_on", "start_on"),
    Order("case_team", "end_on", "start_on"),
    Order("cohorts", "end_on", "start_on"),
)
# Whose register an enrolled person must be in.
PEOPLE = (("worker", "workers", "worker_id"), ("volunteer", "volunteers", "volunteer_id"))


@dataclass(frozen=True, slots=True)
class Check:
    """One rule on one column: SQL for (row, seen, further…) of the rows that break it.

    `words` gives the values of the rule's text from the further columns.
    """

    rule: str
    table: str
    column: str
    condition: str
    words: Callable[[Row], dict[str, object]]


@dataclass(frozen=True, slots=True)
class LoadedTables:
    """What a load holds: the tables its source has, and the columns of those read to the end.

    A table that is there but could not be read, or lacks its key, is already a problem; that
    nothing can be found in it is not another one.
    """

    present: frozenset[str]
    columns: Mapping[str, frozenset[str]]

    def rule_for(self, parent: str, key: str) -> str | None:
        """Give the rule that a row missing in `parent` breaks, or None where it proves nothing."""
        if parent in self.present:
            return "missing_row" if key in self.columns.get(parent, ()) else None
        return None if EXCHANGE_TABLES[parent].info["required"] else "missing_row_no_table"


def check(con: duckdb.DuckDBPyConnection, tables: LoadedTables, log: ProblemLog) -> None:
    """Take down every row that breaks a rule between rows or tables."""
    for rule in checks(tables):
        _run(con, rule, log)


def checks(tables: LoadedTables) -> Iterator[Check]:
    """Give the rules that apply to what a load holds."""
    for name in EXCHANGE_TABLES:
        if name in tables.present:
            yield from _unique(EXCHANGE_TABLES[name])
            yield from _references(EXCHANGE_TABLES[name], tables)
    if "enrolments" in tables.present:
        yield from _people(tables)
    if "plan_goals" in tables.present and {"case_id", "version"} <= tables.columns.get(
        "plans", set()
    ):
        yield _goals_of_plans()
    yield from (_order(order) for order in ORDERS if order.table in tables.present)
    if {"follow_ups", "cases"} <= tables.present:
        yield _done_before_opened()


def _run(con: duckdb.DuckDBPyConnection, check: Check, log: ProblemLog) -> None:
    counted = con.execute(f"SELECT count(*) FROM ({check.condition})").fetchone()
    total = int(counted[0]) if counted else 0
    if not total or log.is_secret(check.table, check.column):
        return
    rows = con.execute(
        f"SELECT * FROM ({check.condition}) ORDER BY 1 LIMIT {SHOWN_PER_KIND}"
    ).fetchall()
    problems = []
    for row in rows:
        seen = cut(str(row[1]))
        message = Message(f"importing.problem.{check.rule}", {"seen": seen, **check.words(row)})
        problems.append(Problem(check.table, int(row[0]), check.column, seen, check.rule, message))
    log.add_rows(problems, total)


def _unique(table: Table) -> Iterator[Check]:
    """The key of a table stands once: every row but the first with a key is a problem."""
    key = [quote(name) for name in table.info["key"]]
    if not key:
        return
    name, columns = quote(table.name), ", ".join(key)
    seen = key[0] if len(key) == 1 else f"concat_ws(' + ', {columns})"
    whole = " AND ".join(f"{column} IS NOT NULL" for column in key)
    # Grouping first: on clean data no window over all rows is needed.
    broken = (
        f"SELECT t.source_row, {seen} AS seen, firsts.first_row FROM {name} t JOIN"
        f" (SELECT {columns}, min(source_row) AS first_row FROM {name} WHERE {whole}"
        f" GROUP BY {columns} HAVING count(*) > 1) firsts USING ({columns})"
        " WHERE t.source_row > firsts.first_row"
    )
    rule = "duplicate_id" if len(key) == 1 else "duplicate_key"
    yield Check(rule, table.name, ", ".join(table.info["key"]), broken, _first_row)


def _first_row(row: Row) -> dict[str, object]:
    return {"first": row[2]}


def _references(table: Table, tables: LoadedTables) -> Iterator[Check]:
    for column in table.c:
        if target := column.info.get("references"):
            parent, key = target.split(".")
            rule = tables.rule_for(parent, key)
            if rule is not None:
                yield _missing(rule, table.name, column.name, parent, key)


def _missing(
    rule: str, table: str, column: str, parent: str, key: str, only: str = "true"
) -> Check:
    name, cell = quote(table), f"t.{quote(column)}"
    broken = (
        f"SELECT t.source_row, {cell} AS seen FROM {name} t ANTI JOIN {quote(parent)} p"
        f" ON p.{quote(key)} = {cell} WHERE {cell} IS NOT NULL AND {only}"
    )

    def words(row: Row) -> dict[str, object]:
        return {"parent": parent, "parent_column": key}

    return Check(rule, table, column, broken, words)


def _people(tables: LoadedTables) -> Iterator[Check]:
    """An enrolled worker is in `workers`, an enrolled volunteer in `volunteers`."""
    for kind, parent, key in PEOPLE:
        rule = tables.rule_for(parent, key)
        if rule is not None:
            only = f"t.person_type = '{kind}'"
            yield _missing(rule, "enrolments", "person_id", parent, key, only)


def _goals_of_plans() -> Check:
    broken = (
        "SELECT g.source_row, concat_ws(' + ', g.case_id, g.version) AS seen FROM plan_goals g"
        " ANTI JOIN plans p ON p.case_id = g.case_id AND p.version = g.version"
        " WHERE g.case_id IS NOT NULL AND g.version IS NOT NULL"
        # A case that is not there at all is already a problem of its own.
        " AND g.case_id IN (SELECT case_id FROM cases)"
    )

    def words(row: Row) -> dict[str, object]:
        return {"parent": "plans", "parent_column": "case_id + version"}

    return Check("missing_row", "plan_goals", "version", broken, words)


def _order(order: Order) -> Check:
    later, earlier = quote(order.later), quote(order.earlier)
    broken = (
        f"SELECT source_row, {later} AS seen, {earlier} FROM {quote(order.table)}"
        f" WHERE {later} < {earlier}"
    )

    def words(row: Row) -> dict[str, object]:
        return {"start": row[2], "start_column": order.earlier}

    return Check("end_before_start", order.table, order.later, broken, words)


def _done_before_opened() -> Check:
    broken = (
        "SELECT f.source_row, f.done_on AS seen, c.opened_on, f.case_id FROM follow_ups f JOIN"
        " (SELECT case_id, min(opened_on) AS opened_on FROM cases GROUP BY case_id) c"
        " USING (case_id) WHERE f.done_on < c.opened_on"
    )

    def words(row: Row) -> dict[str, object]:
        return {"opened": row[2], "case": row[3]}

    return Check("done_before_opened", "follow_ups", "done_on", broken, words)
