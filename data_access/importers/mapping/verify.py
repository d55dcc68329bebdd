"""A map held against the live schema: every table and column that is not there, at once."""

from difflib import get_close_matches
from typing import Any

from sqlalchemy import LargeBinary, String

from data_access.importers import headers
from data_access.importers.connection import OpenDatabase
from data_access.importers.mapping.definition import SourceColumn, TableMap
from data_access.importers.mapping.statements import ColumnTypes, Statement
from data_access.importers.problem_log import ProblemLog
from data_access.schema.tables import EXCHANGE_TABLES

# Columns of the exchange format that hold names of things, never of people.
_NAMES_OF_THINGS = frozenset({"name_th", "name_en", "venue", "owner", "text_th", "source"})


class Schema:
    """What a source's schema holds, asked once per table."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database
        self._names: dict[str | None, list[str]] = {}
        self._columns: dict[tuple[str | None, str], dict[str, Any]] = {}

    def names(self, schema: str | None) -> list[str]:
        """Give the tables and views of a schema."""
        place = schema or self._database.limits.schema
        if place not in self._names:
            self._names[place] = self._database.names(place)
        return self._names[place]

    def columns(self, name: str, schema: str | None) -> dict[str, Any]:
        """Give the types of a table's columns by name."""
        if (schema, name) not in self._columns:
            self._columns[(schema, name)] = self._database.columns(name, schema)
        return self._columns[(schema, name)]

    def statement(self, part: TableMap, log: ProblemLog) -> Statement | None:
        """Give a part's statement, or None after taking down what the schema lacks for it."""
        types: dict[str, dict[str, Any]] = {}
        for alias, (name, schema) in part.places().items():
            if name in self.names(schema):
                types[alias] = self.columns(name, schema)
            else:
                near = get_close_matches(name, self.names(schema), n=1, cutoff=0.5)
                rule = "map_no_table_near" if near else "map_no_table"
                log.add(rule, part.exchange, source=name, near=near[0] if near else "")
        missing = self._report_columns(part, types, log)
        if missing or len(types) < len(part.places()):
            return None
        places = {
            alias: place if place[1] else (place[0], self._database.limits.schema)
            for alias, place in part.places().items()
        }
        return Statement(part, places, types, self._database.connection.dialect)

    def _report_columns(self, part: TableMap, types: ColumnTypes, log: ProblemLog) -> bool:
        wrong = False
        for source in dict.fromkeys(part.source_columns()):
            columns = types.get(source.alias)
            if columns is None:
                continue
            table = part.places()[source.alias][0]
            if source.name not in columns:
                near = get_close_matches(source.name, columns, n=1, cutoff=0.5)
                rule = "map_no_column_near" if near else "map_no_column"
                values: dict[str, Any] = {"source": source.name, "source_table": table}
                offers = near[0] if near else ", ".join(columns)
                log.add(rule, part.exchange, column=_target(part, source), near=offers, **values)
                wrong = True
            elif isinstance(columns[source.name], LargeBinary):
                log.add("map_binary", part.exchange, column=_target(part, source), source=source)
                wrong = True
        return wrong


def _target(part: TableMap, source: SourceColumn) -> str | None:
    """The first exchange column that a source column fills; None where it only joins or filters."""
    return next((name for name, how in part.columns.items() if source in how.columns), None)


def report_repeats(
    database: OpenDatabase, part: TableMap, statement: Statement, log: ProblemLog
) -> None:
    """Take down joins whose table has several rows for one value: they would repeat rows."""
    for join in part.joins:
        if several := database.scalar(statement.repeats(join)):
            by = ", ".join(right for _, right in join.on)
            log.add("map_join_repeats", part.exchange, joined=join.table, by=by, count=several)


def note_personal(part: TableMap, log: ProblemLog) -> None:
    """Note columns whose names speak of personal data, for a person to look at."""
    for name, how in part.columns.items():
        column = EXCHANGE_TABLES[part.exchange].c[name]
        checked = not isinstance(column.type, String) or {"codes", "area"} & column.info.keys()
        if checked or how.codes or name in _NAMES_OF_THINGS:
            continue
        for source in how.columns:
            if headers.is_personal(source.name):
                log.note("map_personal", part.exchange, name, source=source)
