"""What the rows that break a data-quality rule do to the indicators: with and without them."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select, text

from data_access.disclosure import tables_permitted
from data_access.indicators import registry
from data_access.indicators.kernel import frame
from data_access.indicators.kernel.engine import IndicatorEngine
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.render_sql import sql_text
from data_access.pushdown.fetching import rows_stayed
from data_access.schema.derived import CLIENT_TABLES, SNAPSHOT, quality_results
from data_access.scope import Scope

COLUMNS = ["rule", "table_name", "indicator", "now", "without", "difference"]


def permitted_effects(connection: Connection, query: Query, scope: Scope) -> pd.DataFrame:
    """The rows of `effects`, of client figures and of rows about clients with the values that this
    reader may see.

    Those are of the whole country or of the reader's own area. Elsewhere they are empty: a share
    with and without a row tells of a single client.
    """
    found = effects(connection, query, scope)
    if tables_permitted(query, scope):
        return found
    about_clients = [bool(registry.get(name).client_counts) for name in found["indicator"]]
    of_clients = found["table_name"].isin(CLIENT_TABLES) | pd.Series(
        about_clients, found.index, dtype="bool"
    )
    values = ["now", "without", "difference"]
    found[values] = found[values].astype("float64").mask(of_clients, axis=0)
    return found


def effects(connection: Connection, query: Query, scope: Scope) -> pd.DataFrame:
    """One row per broken rule and indicator it can move: rule, table_name, rows, indicator, now,
    without, difference.

    `without` is the country's value (of what the scope sees) when the rows that break the rule are
    left out, `difference` is without − now in the indicator's own unit. Nothing is hidden here.
    No rows where those of clients stayed in the source.
    """
    if rows_stayed(connection):
        return pd.DataFrame(columns=COLUMNS)  # a table without some rows is made here, not there
    broken = connection.execute(
        select(quality_results.c.rule, quality_results.c.table_name).distinct()
    ).all()
    found = [
        row
        for rule, table in sorted((r.rule, r.table_name) for r in broken)
        for row in _effects(connection, rule, table, query, scope)
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def _effects(
    connection: Connection, rule: str, table: str, query: Query, scope: Scope
) -> Iterator[tuple[Any, ...]]:
    names = [name for name, item in registry.INDICATORS.items() if table in item.moved_by]
    now = {name: _value(connection, name, query, scope) for name in names}
    # A temporary copy of the same name stands before the table, for this connection only.
    connection.execute(text(f"CREATE TEMP TABLE {table} AS {_rows_without_breaks(rule, table)}"))
    try:
        for name in names:
            without = _value(connection, name, query, scope)
            before = now[name]
            moved = None if without is None or before is None else without - before
            yield rule, table, name, before, without, moved
    finally:
        connection.execute(text(f"DROP TABLE temp.{table}"))


def _rows_without_breaks(rule: str, table: str) -> str:
    """The rows of the table that do not break the rule, as SQL."""
    rows = SNAPSHOT[table]
    faulty = select(quality_results.c.row_number).where(
        quality_results.c.rule == rule, quality_results.c.table_name == table
    )
    return sql_text(select(rows).where(rows.c.source_row.not_in(faulty)))


def _value(connection: Connection, name: str, query: Query, scope: Scope) -> float | None:
    item = registry.get(name)
    counted = IndicatorEngine(connection, scope, anew=True).raw(item, query)
    value = frame.complete(counted, item, query, scope)["value"].iloc[0]
    return None if pd.isna(value) else float(value)
