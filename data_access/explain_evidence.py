"""Why a unit of one snapshot is counted otherwise in another: a late entry, or a correction.

Only the columns that the definition itself reads are compared, so that a case's stage, which moves
on by itself, corrects nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Select, String, Subquery, Table, cast, select
from sqlalchemy.sql import visitors

from data_access.schema.derived import SNAPSHOT

CHUNK = 1000
cases = SNAPSHOT["cases"]
Rows = dict[str, list[tuple[Any, ...]]]


def has_ids(rows: Subquery) -> bool:
    """False where a unit is a row without an id of its own: another load numbers it anew."""
    found = (one for base in rows.c.unit.base_columns for one in visitors.iterate(base))
    return not any(isinstance(one, Column) and one.name == "source_row" for one in found)


def corrections(
    rows: Subquery, keys: dict[str, str], earlier: Connection, later: Connection
) -> frozenset[str]:
    """The units of which a row of the earlier snapshot is gone or says something else in the later.

    `keys` are the clients behind the units by unit. Units whose rows were only added to, or had an
    empty cell filled in, are late entries and not given.
    """
    key = _key(rows.c.unit)
    ids = {unit: unit for unit in keys} if key is not None else keys
    key = key if key is not None else _key(rows.c["client"]) if "client" in rows.c else None
    if key is None:
        return frozenset()
    units: dict[str, list[str]] = defaultdict(list)
    for unit, one in ids.items():
        units[one].append(unit)
    against: set[str] = set()
    for statement, column in _statements(rows, key):
        for some in _chunks(sorted(units)):
            chosen = statement.where(column.in_(some))
            before, after = _read(chosen, earlier), _read(chosen, later)
            against |= {one for one, was in before.items() if _differs(was, after.get(one, []))}
    return frozenset(unit for one in against for unit in units[one])


def _key(column: Any) -> Column[Any] | None:
    """The column of a table that a column of the rows is."""
    bases = (one for one in column.base_columns if isinstance(one, Column))
    return next((one for one in bases if isinstance(one.table, Table)), None)


def _statements(rows: Subquery, key: Column[Any]) -> Iterator[tuple[Select[Any], Any]]:
    """A SELECT for each table that the rows read and that knows the key: the key, then the columns
    that are read; and the key, to narrow it by."""
    read: dict[Table, dict[str, Column[Any]]] = defaultdict(dict)
    for one in visitors.iterate(rows):
        if isinstance(one, Column) and isinstance(one.table, Table):
            read[one.table][one.name] = one
    home = key.table
    for table, columns in read.items():
        own = [columns[name] for name in sorted(columns) if name != "source_row"]
        if key.name in table.c:
            ident = table.c[key.name]
            chosen = select(cast(ident, String), *own)
        elif key.name == "family_id" and "case_id" in table.c:
            ident = cases.c.family_id
            chosen = select(cast(ident, String), *own).join(
                cases, cases.c.case_id == table.c.case_id
            )
        elif "case_id" in home.c and "case_id" in table.c:
            ident = key
            chosen = select(cast(key, String), *own).join(home, home.c.case_id == table.c.case_id)
        else:
            continue
        yield chosen, ident


def _read(statement: Select[Any], connection: Connection) -> Rows:
    rows: Rows = defaultdict(list)
    for ident, *cells in connection.execute(statement):
        rows[ident].append(tuple(cells))
    return rows


def _differs(before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> bool:
    """True where a row of before stands in no row of after, empty cells being open."""
    return any(not any(_holds(row, other) for other in after) for row in before)


def _holds(row: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return all(cell is None or cell == now for cell, now in zip(row, other, strict=True))


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
