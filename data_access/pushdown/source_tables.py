"""The tables of a snapshot as a source's engine makes them: common table expressions.

A statement that was written for a snapshot runs in the source as it is: tables of the snapshot's
names, made of the source's own by the definitions of `derive`, stand before it. Nothing is created
there, so an account that may only read, and a replica, are enough.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    CTE,
    Column,
    FromClause,
    Integer,
    MetaData,
    SelectBase,
    Table,
    cast,
    null,
    select,
)
from sqlalchemy.sql import visitors

from data_access import derive
from data_access.indicators.kernel.sql import number_of_row
from data_access.schema.derived import CASE_TABLES, SNAPSHOT
from data_access.schema.tables import EXCHANGE_TABLES

_PLACE = derive.PLACES.name
ROW = "source_row"


class SourceTables:
    """Exchange tables of a source: `columns` names those that each table there has.

    `schema` must name where they are, for the expressions have the same names.
    """

    def __init__(self, schema: str, columns: Mapping[str, frozenset[str]]) -> None:
        self._schema = schema
        self._columns = columns
        self._metadata = MetaData()
        self._made: dict[tuple[str, bool], CTE] = {}

    def before(self, statement: Any) -> Any:
        """The statement with every table of the snapshot that it reads defined before it."""
        read, numbered = tables_read(statement)
        made = [self._expression(name, name in numbered) for name in read]
        if any(name == "cases" or name in CASE_TABLES for name in read):
            made.insert(0, self._expression(_PLACE, False))
        return statement.add_cte(*made)

    def _expression(self, name: str, numbered: bool) -> CTE:
        """A table of the snapshot; the number of its rows only where it is asked for, as counting
        rows keeps an engine from reading only those that it needs."""
        key = (name, numbered)
        if key not in self._made:

            def table_of(table: str) -> FromClause:
                return self._of_source(table, numbered and table == name)

            rows = (
                derive.case_places(table_of)
                if name == _PLACE
                else derive.snapshot_rows(name, table_of)
            )
            self._made[key] = rows.cte(name)
        return self._made[key]

    def _of_source(self, name: str, numbered: bool) -> FromClause:
        """An exchange table as the importer leaves it; columns that the source lacks are empty."""
        there = self._columns.get(name, frozenset())
        format_columns = EXCHANGE_TABLES[name].columns
        row = number_of_row() if numbered else cast(null(), Integer)
        empty = {c.name: cast(null(), c.type).label(c.name) for c in format_columns}
        if not there:  # an optional table that the source does not have
            return select(*empty.values(), row.label(ROW)).where(null().is_not(null())).subquery()
        table = Table(
            name,
            self._metadata,
            *[Column(c.name, c.type) for c in format_columns if c.name in there],
            schema=self._schema,
            extend_existing=True,
        )
        cells = [table.c[n] if n in there else cell for n, cell in empty.items()]
        return select(*cells, row.label(ROW)).subquery(f"source_{name}")


def tables_read(statement: SelectBase) -> tuple[list[str], set[str]]:
    """The tables of the snapshot that a statement reads, and those whose row numbers it reads."""
    read: dict[str, None] = {}
    numbered: set[str] = set()
    for name, row in _references(statement):
        read[name] = None
        if row:
            numbered.add(name)
    return list(read), numbered


def _references(statement: SelectBase) -> Iterator[tuple[str, bool]]:
    for element in visitors.iterate(statement):
        if isinstance(element, Table) and SNAPSHOT.get(element.name) is element:
            yield element.name, False
        elif isinstance(element, Column):
            table = element.table
            if isinstance(table, Table) and SNAPSHOT.get(table.name) is table:
                yield table.name, element.name == ROW
