"""A PostgreSQL source whose tables have the names of the exchange format."""

from datetime import date

import pytest
from sqlalchemy import create_engine, text

from data_access.importers import arrow_rows
from tests.importers import sets
from tests.support.database_servers import Server


@pytest.fixture
def url(postgresql: Server) -> str:
    """The right load in a database of its own, typed as a database would type it."""
    postgresql.run(
        "postgres",
        "DROP DATABASE IF EXISTS exchange",
        "CREATE DATABASE exchange",
        "ALTER DATABASE exchange SET DateStyle TO 'SQL, MDY'",
        "ALTER DATABASE exchange SET TimeZone TO 'UTC'",
    )
    address = sets.database(postgresql.url("exchange"), sets.right())
    engine = create_engine(address)
    with engine.begin() as connection:
        for change in (
            "ALTER TABLE cases ALTER opened_on TYPE date USING opened_on::date",
            "ALTER TABLE cases ALTER urgent TYPE boolean USING urgent::boolean",
            "ALTER TABLE worker_posts ALTER fte TYPE numeric USING fte::numeric",
            "ALTER TABLE follow_ups ALTER done_on TYPE timestamptz"
            " USING (done_on || ' 20:00:00+00')::timestamptz",
        ):
            connection.execute(text(change))
    engine.dispose()
    return address


@pytest.mark.parametrize("with_driver", [True, False])
def test_dates_are_read_in_one_order_whatever_the_server_writes(
    with_driver: bool, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not with_driver:
        monkeypatch.setattr(arrow_rows, "reader", lambda *_: None)

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
