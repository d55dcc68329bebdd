"""A PostgreSQL source, on a throwaway server of the test's own where PostgreSQL is installed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from data_access.importers import arrow_rows
from tests.importers import sets

pwd = pytest.importorskip("pwd", reason="the throwaway server needs users as Unix has them")

# Debian keeps the server's programs out of the search path.
DEBIAN = map(str, Path("/usr/lib/postgresql").glob("*/bin"))
PLACES = os.pathsep.join([os.environ.get("PATH", ""), *DEBIAN])
INITDB, PG_CTL = shutil.which("initdb", path=PLACES), shutil.which("pg_ctl", path=PLACES)

pytestmark = pytest.mark.skipif(
    INITDB is None or PG_CTL is None, reason="no PostgreSQL server is installed here"
)


def owner() -> str | None:
    """The user to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return str(pwd.getpwnam("postgres").pw_name)
    except KeyError:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an empty database, reached by a socket file only."""
    user = owner()
    # A short path: the name of a socket may not be longer than about a hundred bytes.
    with tempfile.TemporaryDirectory(prefix="pg") as home:
        if user:
            shutil.chown(home, user)
        control = [str(PG_CTL), "-D", f"{home}/data", "-w", "-l", f"{home}/log"]
        quiet = {"check": True, "capture_output": True, "user": user, "cwd": home}
        made = [str(INITDB), "-D", f"{home}/data", "-A", "trust", "-U", "reader", "-E", "UTF8"]
        subprocess.run(made, **quiet)
        listen = f"-k {home} -c listen_addresses= -c fsync=off"
        subprocess.run([*control, "-o", listen, "start"], **quiet)
        try:
            yield f"postgresql+psycopg://reader@/postgres?host={home}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


@pytest.fixture
def url(server: str) -> Iterator[str]:
    """The right load in that database, typed as a database would type it."""
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        connection.execute(text("ALTER DATABASE postgres SET DateStyle TO 'SQL, MDY'"))
        connection.execute(text("ALTER DATABASE postgres SET TimeZone TO 'UTC'"))
    sets.database(server, sets.right())
    with engine.begin() as connection:
        for change in (
            "ALTER TABLE cases ALTER opened_on TYPE date USING opened_on::date",
            "ALTER TABLE cases ALTER urgent TYPE boolean USING urgent::boolean",
            "ALTER TABLE worker_posts ALTER fte TYPE numeric USING fte::numeric",
            "ALTER TABLE follow_ups ALTER done_on TYPE timestamptz"
            " USING (done_on || ' 20:00:00+00')::timestamptz",
        ):
            connection.execute(text(change))
    yield server
    engine.dispose()


@pytest.mark.parametrize("with_driver", [True, False])
def test_dates_are_read_in_one_order_whatever_the_server_writes(
    with_driver: bool, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not with_driver:
        monkeypatch.setattr(arrow_rows, "reader", lambda url, connection, stack: None)

    con, report = sets.load(url)

    opened = con.execute("SELECT case_id, opened_on, urgent FROM cases ORDER BY 1").fetchall()
    assert opened == [("C1", date(2025, 10, 1), True), ("C2", date(2025, 11, 5), None)]
    # 20:00 in London is the next day in Bangkok.
    done = con.execute("SELECT done_on FROM follow_ups WHERE done_on IS NOT NULL").fetchall()
    assert done == [(date(2025, 11, 8),)]
    assert con.execute("SELECT sum(fte)::VARCHAR FROM worker_posts").fetchone() == ("1.5000",)
    assert [note.rule for note in report.notes] == ["time_dropped"]


def test_an_address_without_a_driver_name_is_read_as_well(url: str) -> None:
    _, report = sets.load(url.replace("postgresql+psycopg://", "postgresql://"))

    assert sum(report.rows.values()) == sum(map(len, sets.right().values()))


def test_a_view_stands_in_for_a_table(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE workers RENAME TO people"))
        connection.execute(text("CREATE VIEW workers AS SELECT worker_id, sex FROM people"))
    engine.dispose()

    con, _ = sets.load(url)

    assert con.execute("SELECT count(*) FROM workers").fetchone() == (2,)
