"""Whether two snapshots give the same answers: every row, and every indicator by area and group."""

import shutil
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from data_access import queries
from data_access.indicators.kernel.query import AREAS, Area, Query
from data_access.indicators.registry import INDICATORS
from data_access.schema.derived import SNAPSHOT
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo

NATION = Scope(nation=True, reveal=True)
# Says of the source itself, or of the row's place in it.
OWN = {"source_row"}
TOLD = {"manifest"}
# Every indicator for the country, by region and by province, and each of its breakdowns by region.
QUESTIONS = [
    (name, area, breakdown)
    for name, indicator in INDICATORS.items()
    for area, breakdown in [
        *[(area, None) for area in AREAS if area != "district"],
        *[("region", breakdown) for breakdown in indicator.breakdowns],
    ]
]


def different_tables(one: SnapshotInfo, other: SnapshotInfo) -> list[str]:
    """The tables whose rows differ, whatever their order."""
    left, right = rows(one), rows(other)
    return [name for name in left if left[name] != right[name]]


def rows(snapshot: SnapshotInfo) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in one order."""
    # The file may be open already, in a way that plain DuckDB does not share: a copy is read.
    with TemporaryDirectory() as folder, duckdb.connect(_copy(snapshot, folder)) as con:
        found = {}
        for name in SNAPSHOT.keys() - TOLD:
            columns = ", ".join(f'"{c.name}"' for c in SNAPSHOT[name].c if c.name not in OWN)
            found[name] = con.execute(f"SELECT {columns} FROM {name} ORDER BY ALL").fetchall()
        return found


def _copy(snapshot: SnapshotInfo, folder: str) -> str:
    return shutil.copy(snapshot.path, folder)


def answers(snapshot: SnapshotInfo) -> Iterator[tuple[tuple[str, Area, str | None], str]]:
    """Every question with its whole answer as text."""
    for name, area, breakdown in QUESTIONS:
        query = Query(as_of=snapshot.as_of, area=area, breakdown=breakdown)
        if INDICATORS[name].always_by and breakdown is None:
            query = query.but(breakdown=INDICATORS[name].always_by)
        answer = queries.indicator(name, query, scope=NATION, snapshot=snapshot)
        yield (name, area, breakdown), answer.to_csv()
