"""A source map read from its TOML file: every mistake in it at once, or the map.

The file is content by people; what it may say stands in docs/sources.md.
"""

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Date, Table

from data_access.importers.limits import Limits
from data_access.importers.mapping.day_forms import problem_with
from data_access.importers.mapping.definition import (
    BASE,
    ColumnMap,
    DateForm,
    Join,
    Only,
    SourceColumn,
    SourceMap,
    TableMap,
)
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import Unreachable
from data_access.schema.codes import CODES
from data_access.schema.tables import EXCHANGE_TABLES

_TOP = ("source", "tables")
_SOURCE = {"schema": str, "statement_seconds": int, "attempts": int}
_TABLE = ("from", "schema", "join", "only", "without", "distinct", "columns")
_JOIN = ("table", "schema", "as", "on", "only")
_COLUMN = (
    "column", "columns", "value", "between", "empty", "first", "codes", "yes", "no", "date", "era",
    "take", "before",
)  # fmt: skip
_MOST = {"statement_seconds": 86_400, "attempts": 20}


def read_map(path: Path) -> SourceMap:
    """Give the map of a file; raises BadData with every mistake, or Unreachable without a file."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise Unreachable(str(path), "no_file", file=str(path)) from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        log = ProblemLog()
        log.add("map_toml", file=path.name, why=problem)
        raise log.refusal() from problem
    reader = _Reader(path)
    source_map = reader.map(content)
    if reader.log:
        raise reader.log.refusal()
    return source_map


class _Reader:
    """Reads one file, taking down what is wrong and going on."""

    def __init__(self, path: Path) -> None:
        self.log = ProblemLog()
        self._file = path.name

    def map(self, content: Mapping[str, Any]) -> SourceMap:
        """Give the whole map; what could not be read is left out of it."""
        self._names(content, _TOP, None)
        tables: dict[str, tuple[TableMap, ...]] = {}
        listed_tables = content.get("tables", {})
        if not isinstance(listed_tables, dict):
            self._wrong(None, "tables", "[tables.cases]")
            listed_tables = {}
        for name, parts in listed_tables.items():
            if name not in EXCHANGE_TABLES:
                self._report_name("map_unknown_table", name, EXCHANGE_TABLES, None)
                continue
            listed = parts if isinstance(parts, list) else [parts]
            if not listed or not all(isinstance(part, dict) for part in listed):
                self._wrong(name, name, f"[tables.{name}]")
                continue
            tables[name] = tuple(self._table(EXCHANGE_TABLES[name], part) for part in listed)
        return SourceMap(tables, self._limits(content.get("source", {})))

    def _limits(self, content: Any) -> Limits:
        if not isinstance(content, dict):
            self._wrong(None, "source", "[source]")
            return Limits()
        self._names(content, _SOURCE, None)
        values: dict[str, Any] = {}
        for name, kind in _SOURCE.items():
            if name not in content:
                continue
            value = content[name]
            if (
                kind is str
                and isinstance(value, str)
                and value
                or type(value) is int
                and 1 <= value <= _MOST.get(name, 0)
            ):
                values[name] = value
            else:
                self._wrong(None, name, f"{name} = 5" if kind is int else f'{name} = "dsdw"')
        return Limits(**values)

    def _table(self, table: Table, part: Mapping[str, Any]) -> TableMap:
        name = table.name
        self._names(part, _TABLE, name)
        source = self._text(name, part, "from", 'from = "tbl_case"', wanted=True)
        joins = self._joins(name, part.get("join", []))
        aliases = {join.alias for join in joins}
        columns: dict[str, ColumnMap] = {}
        content = part.get("columns", {})
        if not isinstance(content, dict):
            self._wrong(name, "columns", f"[tables.{name}.columns]")
            content = {}
        for key, how in content.items():
            if key not in table.c:
                self._report_name("map_unknown_column", key, table.c.keys(), name)
                continue
            if (read := self._column(table.c[key], how, aliases)) is not None:
                columns[key] = read
        for column in table.c:
            if column.info.get("required") and column.name not in content:
                self.log.add("map_required", name, column=column.name, file=self._file)
        if columns and not any(how.columns for how in columns.values()):
            self.log.add("map_constant", name)
        return TableMap(
            exchange=name,
            table=source,
            schema=self._text(name, part, "schema", 'schema = "dsdw"') or None,
            columns=columns,
            joins=joins,
            only=self._only(name, part, "only", aliases),
            without=self._only(name, part, "without", aliases),
            distinct=part.get("distinct") is True,
        )

    def _joins(self, name: str, content: Any) -> tuple[Join, ...]:
        joins: list[Join] = []
        if not isinstance(content, list):
            self._wrong(name, "join", f"[[tables.{name}.join]]")
            return ()
        for one in content:
            if not isinstance(one, dict):
                self._wrong(name, "join", f"[[tables.{name}.join]]")
                continue
            self._names(one, _JOIN, name)
            table = self._text(name, one, "table", 'table = "tbl_family"', wanted=True)
            alias = self._text(name, one, "as", 'as = "family"') or table
            earlier = {join.alias for join in joins}
            on = one.get("on")
            if not isinstance(on, dict) or not on or alias in earlier:
                self._wrong(name, "join", 'as = "family", on = { family_no = "no" }')
                continue
            pairs = tuple((_source_column(left, earlier), str(r)) for left, r in on.items())
            schema = self._text(name, one, "schema", 'schema = "dsdw"') or None
            own = [(SourceColumn(alias, c.name), t) for c, t in self._only(name, one, "only", ())]
            joins.append(Join(table, schema, alias, pairs, tuple(own)))
        return tuple(joins)

    def _only(self, name: str, part: Mapping[str, Any], key: str, aliases: Iterable[str]) -> Only:
        content = part.get(key, {})
        if not isinstance(content, dict):
            self._wrong(name, key, f'{key} = {{ status = ["1", "2"] }}')
            return ()
        return tuple(
            (_source_column(column, aliases), _texts(texts)) for column, texts in content.items()
        )

    def _column(self, column: Column[Any], how: Any, aliases: Iterable[str]) -> ColumnMap | None:
        table, name = column.table.name, column.name
        if isinstance(how, str) and how:
            return ColumnMap((_source_column(how, aliases),))
        if not isinstance(how, dict):
            self._wrong(table, name, f'{name} = "case_no"')
            return None
        self._names(how, _COLUMN, table, name)
        columns = _texts(how.get("columns", how.get("column", [])))
        value = how.get("value")
        codes = how.get("codes", {})
        first = how.get("first")
        wrong = (
            bool(columns) == (value is not None)
            or not all(columns)
            or not isinstance(codes, dict)
            or not (first is None or (type(first) is int and first > 0))
        )
        if wrong:
            self._wrong(table, name, f'{name} = {{ column = "case_no" }}')
            return None
        date = self._date(column, how)
        self._check_kind(column, how)
        return ColumnMap(
            columns=tuple(_source_column(c, aliases) for c in columns),
            value=None if value is None else str(value),
            between=str(how.get("between", " " if date else "")),
            empty=frozenset(_texts(how.get("empty", []))),
            first=first,
            codes={str(text): str(code) for text, code in codes.items()},
            yes=frozenset(_texts(how.get("yes", []))),
            no=frozenset(_texts(how.get("no", []))),
            date=date,
            before=str(how.get("before", "")),
        )

    def _date(self, column: Column[Any], how: Mapping[str, Any]) -> DateForm | None:
        if not {"date", "era", "take"} & how.keys():
            return None
        era, take = how.get("era"), how.get("take")
        form = DateForm(str(how.get("date", "")), era, take)
        rule = problem_with(form)
        if rule or era not in (None, "be", "ce") or take not in (None, "first", "last"):
            table, seen = column.table.name, form.pattern
            self.log.add(rule or "map_date_parts", table, column=column.name, form=seen)
        return form

    def _check_kind(self, column: Column[Any], how: Mapping[str, Any]) -> None:
        """What is said of a column must fit what the exchange format holds in it."""
        table, name = column.table.name, column.name
        misplaced = [
            key
            for key, kind in (("yes", Boolean), ("no", Boolean), ("date", Date))
            if key in how and not isinstance(column.type, kind)
        ]
        for key in misplaced:
            self.log.add("map_misplaced", table, column=name, word=key)
        if listed := CODES.get(str(column.info.get("codes"))):
            codes = how.get("codes", {})
            wrong = sorted({str(c) for c in codes.values()} - {*listed, ""})
            if wrong:
                known = ", ".join(listed)
                self.log.add("map_bad_code", table, column=name, bad=", ".join(wrong), codes=known)

    def _names(
        self, content: Mapping[str, Any], names: Iterable[str], table: str | None, column: str = ""
    ) -> None:
        for key in content:
            if key not in names:
                self._report_name("map_unknown_key", key, names, table, column or None)

    def _report_name(
        self,
        rule: str,
        name: str,
        names: Iterable[str],
        table: str | None,
        column: str | None = None,
    ) -> None:
        listed = list(names)
        near = get_close_matches(name, listed, n=1, cutoff=0.5)
        offers = near[0] if near else ", ".join(listed)
        self.log.add(rule, table, column=column, word=name, offers=offers, file=self._file)

    def _text(
        self, table: str, part: Mapping[str, Any], key: str, example: str, *, wanted: bool = False
    ) -> str:
        value = part.get(key, "")
        if not isinstance(value, str) or (wanted and not value):
            self._wrong(table, key, example)
            return ""
        return value

    def _wrong(self, table: str | None, key: str, example: str) -> None:
        self.log.add("map_shape", table, word=key, example=example, file=self._file)


def _source_column(text: str, aliases: Iterable[str]) -> SourceColumn:
    """A name of a column; what stands before its first full stop is a join where there is one."""
    alias, dot, name = text.partition(".")
    return SourceColumn(alias, name) if dot and alias in aliases else SourceColumn(BASE, text)


def _texts(content: Any) -> tuple[str, ...]:
    listed = content if isinstance(content, list) else [content]
    return tuple(str(one) for one in listed)
