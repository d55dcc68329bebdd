"""The rows of a snapshot in a database server, in the tables of the exchange format."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from adbc_driver_postgresql import dbapi
from sqlalchemy import Column, MetaData, String, Table, create_engine
from sqlalchemy.schema import CreateTable

from data_access.schema.derived import CLIENT_TABLES
from data_access.schema.tables import EXCHANGE_TABLES
from tests.support.database_servers import Server

SHARD = "shard_code"
BORDER = "45"  # provinces before it are on the first shard, the others on the second
SHARDS = (
    (f"< '{BORDER}'", f"(MINVALUE) TO ('{BORDER}')"),
    (f">= '{BORDER}'", f"('{BORDER}') TO (MAXVALUE)"),
)
READER = "reader:only-reads"


def fill_postgresql(server: Server, database: str, snapshot: Path) -> str:
    """Create a database with the exchange tables and a snapshot's rows; gives the address of an
    account that may only read it."""
    _create(server, database)
    _fill(server.url(database), snapshot, dict.fromkeys(EXCHANGE_TABLES, "true"))
    _let_read(server, database)
    return server.url(database, READER)


def fill_shards(server: Server, database: str, snapshot: Path) -> str:
    """The same with the tables of clients on two shards by province, which `database` reads
    through foreign tables; gives the address of an account that may only read."""
    _create(server, database)
    others = {name: "true" for name in EXCHANGE_TABLES if name not in CLIENT_TABLES}
    _fill(server.url(database), snapshot, others)
    setup = ["CREATE EXTENSION postgres_fdw"]
    name, password = READER.split(":")
    for number, (sign, bounds) in enumerate(SHARDS):
        shard = f"{database}_{number}"
        _create(server, shard)
        place = f"coalesce(province_code, '') {sign}"
        _fill(server.url(shard), snapshot, dict.fromkeys(CLIENT_TABLES, place), sharded=True)
        setup += [
            f"CREATE SERVER {shard} FOREIGN DATA WRAPPER postgres_fdw OPTIONS"
            f" (host '127.0.0.1', port '{server.port}', dbname '{shard}',"
            " fetch_size '50000', use_remote_estimate 'true')",
            f"CREATE USER MAPPING FOR PUBLIC SERVER {shard} OPTIONS (user '{name}',"
            f" password '{password}')",
        ]
        _let_read(server, shard)
        for table in CLIENT_TABLES:
            if number == 0:
                created = str(CreateTable(_table(table, sharded=True))).strip()
                setup.append(f"{created} PARTITION BY RANGE ({SHARD})")
            setup.append(
                f"CREATE FOREIGN TABLE {table}_{number} PARTITION OF {table}"
                f" FOR VALUES FROM {bounds} SERVER {shard} OPTIONS (table_name '{table}')"
            )
    server.run(database, *setup)
    _let_read(server, database)
    server.run(database, *(f"ANALYZE {name}" for name in CLIENT_TABLES))
    return server.url(database, READER)


def _create(server: Server, database: str) -> None:
    server.run("postgres", f"DROP DATABASE IF EXISTS {database}", f"CREATE DATABASE {database}")


def _let_read(server: Server, database: str) -> None:
    name, password = READER.split(":")
    server.run(
        database,
        f"DO $$ BEGIN CREATE ROLE {name} LOGIN PASSWORD '{password}';"
        " EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}",
    )


def _table(name: str, *, sharded: bool) -> Table:
    columns = [Column(c.name, c.type) for c in EXCHANGE_TABLES[name].c]
    return Table(name, MetaData(), *columns, *([Column(SHARD, String)] if sharded else []))


def _fill(url: str, snapshot: Path, chosen: dict[str, str], *, sharded: bool = False) -> None:
    """Copy the rows that a condition holds for, of each of the tables that are named."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for name in chosen:
            connection.execute(CreateTable(_table(name, sharded=sharded)))
    engine.dispose()
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    with (
        TemporaryDirectory() as folder,
        # The file may be open already, in a way that plain DuckDB does not share.
        duckdb.connect(shutil.copy(snapshot, folder)) as file,
        dbapi.connect(plain) as connection,
        connection.cursor() as cursor,
    ):
        for name, condition in chosen.items():
            columns = list(EXCHANGE_TABLES[name].columns.keys())
            if sharded:
                columns.append(f"coalesce(province_code, '') AS {SHARD}")
            rows = f"SELECT {', '.join(columns)} FROM {name} WHERE {condition}"
            cursor.adbc_ingest(name, file.execute(rows).to_arrow_table(), mode="append")
            cursor.execute(f"ANALYZE {name}")
        connection.commit()
