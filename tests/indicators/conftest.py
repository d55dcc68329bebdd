"""How tests of indicators ask: a small world in, the answer out."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data_access import queries
from data_access.indicators.kernel.query import Query
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.support.world import drawn, make

DAY = date(2026, 9, 30)  # the last day of fiscal year 2569
NATION = Scope(nation=True, reveal=True)
Ask = Callable[..., pd.DataFrame]
Show = Callable[..., pd.DataFrame]


def _rows(text: str | tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows of one drawing, or of several that stand side by side (a wide table)."""
    parts = [drawn(part) for part in ([text] if isinstance(text, str) else text)]
    return [reduce(lambda row, more: row | more, row) for row in zip(*parts, strict=True)]


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Asks an indicator of tables drawn as text; every table is there but the `absent` ones.

    Nothing is hidden unless a `scope` says so. Further names are parts of the query.
    The same tables are built once: a snapshot is never written to.
    """
    folder = tmp_path_factory.mktemp("asked")
    built: dict[str, SnapshotInfo] = {}

    def ask(
        name: str,
        tables: Mapping[str, str | tuple[str, ...]],
        *,
        as_of: date = DAY,
        absent: tuple[str, ...] = (),
        scope: Scope | None = None,
        **parts: Any,
    ) -> pd.DataFrame:
        rows = {table: [] for table in EXCHANGE_TABLES if table not in absent}
        rows |= {table: _rows(text) for table, text in tables.items()}
        key = repr(rows)
        if key not in built:
            built[key] = make(folder, rows, as_of=DAY, name=f"world{len(built)}")
        query = Query(as_of).but(**parts)
        return queries.indicator(name, query, scope=scope or NATION, snapshot=built[key])

    return ask


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """Asks an indicator of a world of rows, as of 30 September 2026; the answer is revealed."""

    def ask(name: str, tables: dict[str, Any], **asked: Any) -> pd.DataFrame:
        snapshot = make(tmp_path, tables, name=f"w{len(list(tmp_path.iterdir()))}")
        query = Query(as_of=DAY).but(**asked)
        return queries.indicator(name, query, scope=NATION, snapshot=snapshot)

    return ask
