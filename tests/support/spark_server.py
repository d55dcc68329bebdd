"""Spark SQL for tests: a master, a worker and a Thrift server of our own, on the loopback address.

PyPI's pyspark has no start scripts for them: each is started by its class and ended by its id.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
from sqlalchemy import create_engine, text

from data_access.schema.tables import EXCHANGE_TABLES
from tests.support.database_servers import free_port

_DEPLOY = "org.apache.spark.deploy"
_THRIFT = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"
_PATIENCE = 180.0


@contextmanager
def spark() -> Iterator[str]:
    """Two cores of Spark SQL; gives the address of its default database."""
    found = importlib.util.find_spec("pyspark")
    assert found is not None, "pyspark is not installed: see requirements-distributed.in"
    assert found.origin is not None
    home = Path(found.origin).parent
    with tempfile.TemporaryDirectory(prefix="spark") as folder, ExitStack() as running:
        work = Path(folder)
        master, thrift = free_port(), free_port()
        local = ["--host", "127.0.0.1", "--webui-port", str(free_port())]
        cluster = f"spark://127.0.0.1:{master}"

        def start(name: str, *arguments: str) -> None:
            running.enter_context(_program(home, work, name, arguments))

        start(f"{_DEPLOY}.master.Master", *local, "--port", str(master))
        _await_port(master)
        local[-1] = str(free_port())
        size = ["--cores", "2", "--memory", "3g", "-d", str(work / "worker")]
        start(f"{_DEPLOY}.worker.Worker", *local, *size, cluster)
        settings = {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": "2g",
            "spark.executor.memory": "2g",
            "spark.sql.shuffle.partitions": "2",
            # Small data: making a program for each statement takes longer than to run it.
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.warehouse.dir": str(work / "warehouse"),
            "spark.hadoop.javax.jdo.option.ConnectionURL": (
                f"jdbc:derby:;databaseName={work / 'metastore'};create=true"
            ),
        }
        chosen = [
            word for name, value in settings.items() for word in ("--conf", f"{name}={value}")
        ]
        server = {
            "hive.server2.thrift.port": str(thrift),
            "hive.server2.thrift.bind.host": "127.0.0.1",
            "hive.server2.authentication": "NOSASL",
        }
        options = [w for name, value in server.items() for w in ("--hiveconf", f"{name}={value}")]
        submit = ["--class", _THRIFT, "--master", cluster, *chosen, "spark-internal", *options]
        start(f"{_DEPLOY}.SparkSubmit", *submit)
        _await_port(thrift)
        yield f"hive://127.0.0.1:{thrift}/default?auth=NOSASL"


def fill_spark(url: str, database: str, snapshot: Path, folder: Path) -> str:
    """Create a database with the exchange tables and a snapshot's rows, by way of Parquet files in
    a folder; gives its address."""
    engine = create_engine(url)
    # The file may be open already, in a way that plain DuckDB does not share.
    copy = shutil.copy(snapshot, folder)
    with duckdb.connect(copy) as file, engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {database}"))
        for name, table in EXCHANGE_TABLES.items():
            columns, path = ", ".join(table.columns.keys()), folder / f"{name}.parquet"
            file.execute(f"COPY (SELECT {columns} FROM {name}) TO '{path}' (FORMAT parquet)")
            rows = f"SELECT * FROM parquet.`{path}`"
            connection.execute(text(f"CREATE TABLE {database}.{name} USING parquet AS {rows}"))
    engine.dispose()
    return url.replace("/default?", f"/{database}?")


@contextmanager
def _program(home: Path, work: Path, name: str, arguments: tuple[str, ...]) -> Iterator[None]:
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(work / "local"),
    }
    with (work / f"{name.rpartition('.')[2]}.log").open("wb") as log:
        process = subprocess.Popen(
            [str(home / "bin" / "spark-class"), name, *arguments],
            env=environment, cwd=work, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def _await_port(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(f"nothing answers on port {port}")
