"""The statement that one part of a map asks of its source, in SQLAlchemy Core for any database.

The source joins, filters and casts to text; what texts mean is read here (see `cells`), so that
neither collations nor casts of one kind of database decide which code a row has.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    NVARCHAR,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    FromClause,
    Integer,
    MetaData,
    Select,
    Table,
    UnicodeText,
    and_,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import mysql

from data_access.importers.mapping.definition import BASE, Join, Only, SourceColumn, TableMap

# SQL Server keeps Thai in NVARCHAR only; Oracle compares no CLOB.
TEXT = UnicodeText().with_variant(NVARCHAR(), "mssql").with_variant(NVARCHAR(1000), "oracle")
# Databases that write a day as text in one way only, whatever their settings.
_ISO_DAYS = frozenset({"postgresql", "mysql", "mariadb", "sqlite", "duckdb"})
# Columns of each table of a part, by alias and name, as the source describes them.
ColumnTypes = Mapping[str, Mapping[str, Any]]


def source_table(name: str, schema: str | None, columns: Sequence[Column[Any]]) -> Table:
    """Give a table of the source as Core knows it."""
    return Table(name, MetaData(), *columns, schema=schema)


def text_of(column: ColumnElement[Any], dialect: Dialect) -> ColumnElement[Any]:
    """Give a column as text, never NULL: one driver takes leading NULLs for a column of numbers."""
    if isinstance(column.type, Date | DateTime) and dialect.name not in _ISO_DAYS:
        return column  # read as a day, written here
    if isinstance(column.type, mysql.BIT):
        column = cast(column, Integer)
    return func.coalesce(cast(column, TEXT), "")


class Statement:
    """The tables of one part, joined; gives its rows, and what its joins may repeat."""

    def __init__(
        self,
        part: TableMap,
        places: Mapping[str, tuple[str, str | None]],
        types: ColumnTypes,
        dialect: Dialect,
    ) -> None:
        self._part = part
        self._dialect = dialect
        self._tables: dict[str, Any] = {}
        for number, (alias, (name, schema)) in enumerate(places.items()):
            columns = [Column(c, kind) for c, kind in types[alias].items()]
            self._tables[alias] = source_table(name, schema, columns).alias(f"t{number}")

    def columns(self) -> list[SourceColumn]:
        """Give the columns of the rows, in their order."""
        used = [one for column in self._part.columns.values() for one in column.columns]
        return list(dict.fromkeys(used))

    def names(self) -> list[str]:
        """Give the tables of the source as they are written in a statement."""
        write = self._dialect.identifier_preparer.format_table
        return [write(one.element) for one in self._tables.values()]

    def rows(self) -> Select[Any]:
        """Give the SELECT of all rows as text; labels are c0, c1 … in the order of `columns`."""
        cells = [self._text(c).label(f"c{n}") for n, c in enumerate(self.columns())]
        statement = self._narrowed_rows(select(*cells))
        return statement.distinct() if self._part.distinct else statement

    def count(self) -> Select[Any]:
        """Give the SELECT of the number of rows, repetitions included."""
        return self._narrowed_rows(select(func.count()))

    def texts(self, columns: Sequence[SourceColumn], most: int) -> Select[Any]:
        """Give the SELECT of the different texts of some columns with their numbers of rows."""
        cells = [self._text(c).label(f"c{n}") for n, c in enumerate(columns)]
        inner = self._narrowed_rows(select(*cells)).subquery()
        number = func.count().label("n")
        counted = select(*inner.c, number).group_by(*inner.c)
        return counted.order_by(number.desc(), *inner.c).limit(most)

    def repeats(self, join: Join) -> Select[Any]:
        """Give the SELECT of how many values a join's columns have in more than one of its rows."""
        table = self._tables[join.alias]
        keys = [table.c[right] for _, right in join.on]
        several = (
            select(*keys)
            .where(*[key.is_not(None) for key in keys], *self._conditions(join.only))
            .group_by(*keys)
            .having(func.count() > 1)
        )
        return select(func.count()).select_from(several.subquery())

    def _narrowed_rows(self, statement: Select[Any]) -> Select[Any]:
        part = self._part
        dropped = [self._text(c).not_in(texts) for c, texts in part.without]
        return statement.select_from(self._join()).where(*self._conditions(part.only), *dropped)

    def _join(self) -> FromClause:
        joined: FromClause = self._tables[BASE]
        for join in self._part.joins:
            table = self._tables[join.alias]
            pairs = [self._equal(left, table.c[right]) for left, right in join.on]
            joined = joined.outerjoin(table, and_(*pairs, *self._conditions(join.only)))
        return joined

    def _equal(self, left: SourceColumn, right: Column[Any]) -> ColumnElement[bool]:
        """Equality by the index where both have one kind of type, else as texts."""
        column = self._tables[left.alias].c[left.name]
        if column.type._type_affinity is right.type._type_affinity:
            return column == right
        return cast(column, TEXT) == cast(right, TEXT)

    def _conditions(self, only: Only) -> list[ColumnElement[bool]]:
        return [self._text(column).in_(texts) for column, texts in only]

    def _text(self, column: SourceColumn) -> ColumnElement[Any]:
        return text_of(self._tables[column.alias].c[column.name], self._dialect)
