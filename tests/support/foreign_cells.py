"""The same data as others keep them: three systems with tables, codes and days of their own.

Each takes the tables of an exchange folder apart into what such a system holds, with columns and
rows that must not come through: names and numbers of clients, rows marked as deleted.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    MetaData,
    Table,
    Text,
    create_engine,
    insert,
)

from data_access.schema.tables import EXCHANGE_TABLES

Row = dict[str, str]
Tables = dict[str, list[Row]]
# Column of a system: its type, and how it is made of a row of the exchange format.
Made = tuple[Any, Callable[[Row], Any]]

SECRET_NAME, SECRET_NUMBER = "ทองคำ", "1101700230708"


def read_folder(folder: Path) -> Tables:
    """Every CSV file of an exchange folder, as rows of text."""
    return {path.stem: _rows(path) for path in sorted(folder.glob("*.csv"))}


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def codes(mapping: Mapping[str, Any], name: str, key: str) -> Callable[[Row], Any]:
    """A cell that holds their code for ours, by the map that is being tested."""
    (how,) = {id(p): p for p in _parts(mapping, name) if key in p["columns"]}.values()
    theirs = {ours: text for text, ours in how["columns"][key]["codes"].items() if ours}
    return lambda row: theirs[row[key]] if row[key] else None


def _parts(mapping: Mapping[str, Any], name: str) -> list[Any]:
    parts = mapping["tables"][name]
    return (parts if isinstance(parts, list) else [parts])[:1]


def day_of(key: str) -> Callable[[Row], date | None]:
    return lambda row: date.fromisoformat(row[key]) if row.get(key) else None


def text_of(key: str) -> Callable[[Row], str | None]:
    return lambda row: row.get(key) or None


def yes_of(key: str) -> Callable[[Row], bool | None]:
    return lambda row: {"true": True, "false": False}.get(row[key])


def letter_of(key: str, yes: str, no: str) -> Callable[[Row], str]:
    return lambda row: {"true": yes, "false": no}.get(row[key], "")


def number_of(key: str) -> Callable[[Row], int | None]:
    return lambda row: int(row[key]) if row.get(key) else None


def always(value: Any) -> Callable[[Row], Any]:
    return lambda row: value


def write(
    url: str, schema: str | None, tables: Mapping[str, tuple[Mapping[str, Made], Iterable[Row]]]
) -> None:
    engine = create_engine(url)
    metadata = MetaData(schema=schema)
    with engine.begin() as connection:
        for name, (columns, rows) in tables.items():
            table = Table(name, metadata, *[Column(c, kind) for c, (kind, _) in columns.items()])
            table.create(connection)
            made = [{c: make(row) for c, (_, make) in columns.items()} for row in rows]
            if made:
                connection.execute(insert(table), made)
    engine.dispose()


def as_they_are(
    names: Iterable[str], tables: Tables
) -> dict[str, tuple[dict[str, Made], list[Row]]]:
    """Tables under the names of the exchange format, every column being text."""
    return {
        name: (
            {key: (Text(), text_of(key)) for key in list(EXCHANGE_TABLES[name].c.keys())},
            tables[name],
        )
        for name in names
    }


def exchange_tables(url: str, tables: Tables) -> None:
    """A database whose tables have the names of the exchange format, every column being text."""
    write(url, None, as_they_are(tables, tables))
