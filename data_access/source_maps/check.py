"""A map held against its live source: every mismatch at once, and what unnamed columns would add.

Nothing is loaded: the source counts the different texts of each column that must be read as a
code, a day, a number or a place, and each text is read once.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
from sqlalchemy import Column

from data_access.importers.connection import OpenDatabase
from data_access.importers.database import Database
from data_access.importers.mapping import gaps
from data_access.importers.mapping.cells import Cells
from data_access.importers.mapping.definition import ColumnMap, SourceMap, TableMap
from data_access.importers.mapping.mapped_source import MappedSource
from data_access.importers.mapping.statements import Statement
from data_access.importers.mapping.verify import note_personal
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import Bilingual, Note, Problem, cut
from data_access.importers.readers import UNREADABLE, kind_of, message_of
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.source_maps.account import Account, account_of
from data_access.source_maps.uses import indicators_by_column, indicators_by_table
from geo.errors import AmbiguousArea

MOST_TEXTS = 5_000
_MOST_LISTED = 5


@dataclass(frozen=True)
class Gap:
    """A table (then `column` is None) or a column that nothing fills, and what it would add."""

    table: str
    column: str | None
    indicators: tuple[str, ...]


@dataclass
class MapCheck:
    """What a check says. `problems` refuse a load; `gaps` only say what the pages will lack."""

    tables: tuple[str, ...] = ()
    own_tables: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    gaps: list[Gap] = field(default_factory=list)
    account: Account = field(default_factory=Account)


def check(database: OpenDatabase, source_map: SourceMap) -> MapCheck:
    """Give everything that a map and its live source say of each other.

    Raises Unreachable where the source does not answer.
    """
    log = ProblemLog()
    source = MappedSource(Database(database), source_map)
    with source:
        own = source.prepare(log)
        for parts in source.parts.values():
            for part, statement in parts:
                note_personal(part, log)
                for name in part.columns:
                    _check_column(database, part, statement, name, log)
        account = account_of(database, source.parts)
    names = tuple(str(one.table) for one in own)
    return MapCheck(
        tables=tuple(source_map.tables),
        own_tables=names,
        problems=log.refusal().problems,
        notes=tuple(log.notes),
        gaps=[*_gaps(source_map, names)],
        account=account,
    )


def _check_column(
    database: OpenDatabase, part: TableMap, statement: Statement, name: str, log: ProblemLog
) -> None:
    """Take down the texts of one column that its map, or then the format, cannot read."""
    how = part.columns[name]
    column = EXCHANGE_TABLES[part.exchange].c[name]
    if not how.columns or (kind_of(column).reader is None and not how.is_translated):
        return
    rows = database.rows(statement.texts(how.columns, MOST_TEXTS))
    cells = [[str(row[n] or "") for row in rows] for n in range(len(how.columns))]
    batch = pa.RecordBatch.from_arrays(
        [pa.array(texts, pa.string()) for texts in cells],
        [f"c{n}" for n in range(len(cells))],
    )
    alone = replace(part, columns={name: how})
    reading = Cells(alone, how.columns)
    values = reading.table(batch, [name]).column(0).to_pylist()
    counts = [int(row[-1]) for row in rows]
    _check_values(column, part, list(zip(values, counts, strict=True)), log)
    gaps.report(alone, _rows_of(reading.unread, how, cells, counts), log)


def _rows_of(
    unread: gaps.Unread, how: ColumnMap, cells: list[list[str]], counts: list[int]
) -> gaps.Unread:
    """The texts with their numbers of rows; of joined columns the number of different ones."""
    if len(cells) > 1 or how.first is not None:
        return unread
    rows = dict(zip(cells[0], counts, strict=True))
    return {
        key: Counter({text: rows.get(text, 1) for text in texts}) for key, texts in unread.items()
    }


def _check_values(
    column: "Column[Any]", part: TableMap, values: list[tuple[str, int]], log: ProblemLog
) -> None:
    reader = kind_of(column).reader
    if reader is None:
        return
    wrong: dict[str, int] = {}
    reason: Bilingual | None = None
    for text, rows in values:
        try:
            reader(text)
        except AmbiguousArea:
            continue  # the load reads a name of a district beside its province
        except UNREADABLE as problem:
            reason = reason or message_of(problem)
            wrong[text] = wrong.get(text, 0) + rows
    if reason is not None:
        texts = ", ".join(f"“{cut(t)}” ({n:,})" for t, n in list(wrong.items())[:_MOST_LISTED])
        texts += " …" if len(wrong) > _MOST_LISTED else ""
        source = f"{part.table}: {' + '.join(map(str, part.columns[column.name].columns))}"
        log.add(
            "map_not_readable", part.exchange, None, column.name, source=source, texts=texts,
            why=reason,
        )  # fmt: skip


def _gaps(source_map: SourceMap, own: tuple[str, ...]) -> list[Gap]:
    """Every table and optional column that nothing fills and that some indicator reads."""
    missing: list[Gap] = []
    for name, table in EXCHANGE_TABLES.items():
        if name in own:
            continue
        if name not in source_map.tables:
            missing.append(Gap(name, None, indicators_by_table().get(name, ())))
            continue
        filled = {column for part in source_map.tables[name] for column in part.columns}
        missing += [
            Gap(name, column.name, indicators_by_column().get((name, column.name), ()))
            for column in table.c
            if column.name not in filled
        ]
    return missing
