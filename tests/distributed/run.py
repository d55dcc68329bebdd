"""Counts every roll-up in each engine over the same rows: `make distributed`.

DuckDB counts the statements of a snapshot's roll-ups first. PostgreSQL, PostgreSQL over two shards
by province, and Spark SQL count them again; every cell is compared, and the text of every page of
a push-down from PostgreSQL. `--engines` names some of them. Exit code 1 where anything differs.
"""

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pyarrow as pa
from sqlalchemy import Connection

from data_access import rollups_ahead
from data_access.importers.address import address_of
from data_access.importers.connection import OpenDatabase
from data_access.importers.limits import Limits
from data_access.importers.problems import Unreachable
from data_access.indicators.kernel.cube_statement import as_cells
from data_access.indicators.kernel.rollups import Cells
from data_access.pushdown.source_tables import SourceTables
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.snapshot import SnapshotInfo, current
from tests.support import database_servers
from tests.support.commands import run_module
from tests.support.exchange_tables import fill_postgresql, fill_shards
from tests.support.same_cells import cells
from tests.support.spark_server import fill_spark, spark

DATABASE = "exchange"


@dataclass(frozen=True)
class Counted:
    """A statement, and the cells that DuckDB gives."""

    statement: Any
    table: pa.Table


@contextmanager
def one_postgresql(snapshot: Path) -> Iterator[tuple[str, str]]:
    """PostgreSQL with all rows: its address, and the schema of the tables."""
    with database_servers.postgresql() as server:
        yield fill_postgresql(server, DATABASE, snapshot), "public"


@contextmanager
def sharded_postgresql(snapshot: Path) -> Iterator[tuple[str, str]]:
    """PostgreSQL that reads the tables of clients from two shards by province."""
    with database_servers.postgresql() as server:
        yield fill_shards(server, DATABASE, snapshot), "public"


@contextmanager
def spark_sql(snapshot: Path) -> Iterator[tuple[str, str]]:
    """Spark SQL behind its Thrift server."""
    with TemporaryDirectory() as folder, spark() as url:
        yield fill_spark(url, DATABASE, snapshot, Path(folder)), DATABASE


ENGINES: dict[str, Callable[[Path], Any]] = {
    "postgresql": one_postgresql,
    "shards": sharded_postgresql,
    "spark": spark_sql,
}


def main() -> int:
    """Compares the engines; one line each on stdout, and one for each statement that differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="0.002", help="share of the nation, or demo")
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES))
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        home = Path(folder)
        run_module(
            "sample_data", "--out", f"{home}/sample", "--scale", options.scale, data_dir=home
        )
        run_module("data_access", "import", f"{home}/sample", "--no-rollups", data_dir=home)
        snapshot = current(home)
        started = time.perf_counter()
        counted = _counted_here(snapshot)
        total = sum(one.table.num_rows for one in counted)
        seconds = time.perf_counter() - started
        _say(f"duckdb: {len(counted)} statements, {total:,} cells, {seconds:.0f} s")
        same = [_is_same(name, snapshot, counted) for name in options.engines]
        if "postgresql" in options.engines:
            same.append(_are_pages_same(snapshot))
    return int(not all(same))


def _counted_here(snapshot: SnapshotInfo) -> list[Counted]:
    """Every statement of the roll-ups of a snapshot, as DuckDB counts it."""
    counted: list[Counted] = []

    def count_cells(connection: Connection, statement: Any) -> Cells:
        table = connection.execute(statement).cursor.to_arrow_table()
        counted.append(Counted(statement, table))
        return as_cells(table)

    with (
        patch.object(rollups_ahead, "count_cells", count_cells),
        patch.object(rollups_ahead.rollups, "write", lambda *_: None),
    ):
        rollups_ahead.write(snapshot)
    return counted


def _is_same(name: str, snapshot: SnapshotInfo, counted: list[Counted]) -> bool:
    """Whether an engine gives the same cells for every statement."""
    found: Counter[str] = Counter()
    seconds, fetched = 0.0, 0
    columns = {table: frozenset(one.columns.keys()) for table, one in EXCHANGE_TABLES.items()}
    with ENGINES[name](snapshot.path) as (url, schema):
        tables = SourceTables(schema, columns)
        with OpenDatabase(address_of(url), Limits()) as source:
            for one in counted:
                started = time.perf_counter()
                try:
                    answer = source.answer(tables.before(one.statement))
                except Unreachable as refused:
                    _say(f"{name}: {refused.text('en')}\n{one.statement}")
                    found["statements refused"] += 1
                    continue
                seconds += time.perf_counter() - started
                fetched += answer.nbytes
                same = cells(answer) == cells(one.table)
                found["statements equal" if same else "statements that differ"] += 1
                found["cells compared"] += one.table.num_rows
                if not same:
                    _say(f"{name} differs:\n{one.statement}")
    counts = ", ".join(f"{what} {number:,}" for what, number in sorted(found.items()))
    _say(f"{name}: {counts}; {seconds:.0f} s, {fetched / 1e6:.1f} MB fetched")
    return found["statements equal"] == len(counted)


def _are_pages_same(snapshot: SnapshotInfo) -> bool:
    """Whether every page says of a push-down from PostgreSQL what it says of the rows."""
    # Streamlit, which pages load, warns of having no server: not before figures are printed.
    logging.disable(logging.WARNING)
    from tests.distributed.pages import different_pages

    with one_postgresql(snapshot.path) as (url, _):
        number, differ = different_pages(snapshot, url)
    _say(f"pages: {number - len(differ)} of {number} texts equal")
    for page in differ:
        _say(f"differs: {page}")
    return not differ


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
