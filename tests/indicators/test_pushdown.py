"""Roll-ups that PostgreSQL counts are those that DuckDB counts over the same rows."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Select, func, select

from config.settings import Settings, load
from data_access import preparation, queries, rollups_ahead, snapshot
from data_access.importers import BadData, Origin, Unreachable
from data_access.importers.address import address_of
from data_access.importers.connection import OpenDatabase
from data_access.importers.limits import Limits
from data_access.indicators.definitions import follow_up
from data_access.indicators.kernel import cube, rollups
from data_access.indicators.kernel.cube_statement import cells_of
from data_access.indicators.kernel.definition import Rows
from data_access.indicators.kernel.query import Query
from data_access.lists_follow_up import overdue
from data_access.pushdown import fetching
from data_access.pushdown.source_tables import SourceTables
from data_access.schema.derived import CLIENT_TABLES, SNAPSHOT
from data_access.schema.tables import EXCHANGE_TABLES
from data_access.snapshot import SnapshotInfo, current, engine, read_frame
from tests.indicators.test_cube import ALL, NATION
from tests.support import database_servers
from tests.support.database_servers import Server
from tests.support.exchange_tables import fill_postgresql
from tests.support.same_cells import cells

pytestmark = pytest.mark.slow

WHOLE = SourceTables("public", {n: frozenset(t.c.keys()) for n, t in EXCHANGE_TABLES.items()})


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with database_servers.postgresql() as server:
        yield server


@pytest.fixture(scope="module")
def here(small_data_dir: Path) -> SnapshotInfo:
    """A snapshot that has the rows."""
    return current(small_data_dir)


@pytest.fixture(scope="module")
def address(server: Server, here: SnapshotInfo) -> str:
    """The address of the same rows in PostgreSQL, for an account that may only read."""
    return fill_postgresql(server, "exchange", here.path)


@pytest.fixture(scope="module")
def source(address: str) -> Iterator[OpenDatabase]:
    with OpenDatabase(address_of(address), Limits()) as database:
        yield database


def settings_of(home: Path) -> Settings:
    return load({"OVERSIGHT_DATA_DIR": str(home), "OVERSIGHT_TODAY": "2026-10-01"})


@pytest.fixture(scope="module")
def there(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SnapshotInfo]:
    """A snapshot whose rows stayed in PostgreSQL, with the cubes of one indicator."""
    with pytest.MonkeyPatch.context() as patch:
        one = follow_up.FOLLOW_UP_COMPLETION
        patch.setattr(rollups_ahead, "INDICATORS", {one.name: one})
        patch.setattr(rollups_ahead, "BREAKDOWNS", {})
        yield snapshot.build(
            settings_of(tmp_path_factory.mktemp("there")),
            Origin(address, rows_stay=True),
            prepare=preparation.steps(rollups=None),
        )


@pytest.mark.parametrize("rows", ALL, ids=lambda rows: rows.__name__)
def test_every_measure_has_the_same_cells(
    rows: Rows, here: SnapshotInfo, source: OpenDatabase
) -> None:
    one = ALL[rows]
    now = Query(here.as_of, area="province", breakdown=one.always_by)
    asked = [now, random.Random(rows.__name__).choice(rollups.record(here.as_of))]
    with engine(here).connect() as connection:
        for query in (query.but(breakdown=one.always_by) for query in asked):
            statement = cells_of(rows, one.kind, query)
            counted = connection.execute(statement).cursor.to_arrow_table()
            assert cells(source.answer(WHOLE.before(statement))) == cells(counted)


def test_no_row_of_a_client_is_fetched(here: SnapshotInfo, there: SnapshotInfo) -> None:
    def loads(one: SnapshotInfo) -> dict[str, int]:
        frame = queries.load_rows(scope=NATION, snapshot=one)
        return dict(zip(frame["table_name"], frame["rows"], strict=True))

    assert loads(there) == loads(here)
    with engine(there).connect() as connection:
        for name in CLIENT_TABLES:
            # Asked past the watch: what the file itself holds.
            found = connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            assert found == 0, name
        assert connection.execute(select(func.count()).select_from(SNAPSHOT["cases"])).scalar_one()


def test_what_was_counted_ahead_needs_no_source(
    here: SnapshotInfo, there: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(here.as_of, area="province", target_group="child")
    wanted = queries.indicator("follow_up_completion", query, scope=NATION, snapshot=here)
    monkeypatch.setattr(fetching._Watch, "_of_source", _nobody_asks)

    found = queries.indicator("follow_up_completion", query, scope=NATION, snapshot=there)

    assert found.to_csv() == wanted.to_csv()


def _nobody_asks(*_: object) -> Select[tuple[int]]:
    raise AssertionError("the source was asked")


def test_what_nobody_foresaw_is_answered_by_the_source(
    here: SnapshotInfo, there: SnapshotInfo
) -> None:
    query = Query(here.as_of, province="50")
    for name in ("families_in_care", "days_to_plan", "unassigned_families"):
        answers = [
            queries.indicator(name, query, scope=NATION, snapshot=one).to_csv()
            for one in (here, there)
        ]
        assert answers[0] == answers[1]
    lists = [read_frame(overdue(query, NATION), one).sort_values("unit") for one in (here, there)]
    assert len(lists[0])
    assert lists[0].to_csv(index=False) == lists[1].to_csv(index=False)


def test_a_source_that_is_not_that_of_the_settings_is_not_asked(
    there: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    cube._cube.cache_clear()
    monkeypatch.setattr(fetching, "_sources", {})
    monkeypatch.setattr(fetching.settings, "load", lambda: settings_of(there.path.parent))
    statement = select(func.max(SNAPSHOT["cases"].c.opened_on))
    with engine(there).connect() as connection, pytest.raises(Unreachable) as away:
        connection.execute(statement)
    assert "OVERSIGHT_SOURCE" in away.value.text("en")
    assert "only-reads" not in str(away.value)


def test_rows_stay_in_databases_only(tmp_path: Path) -> None:
    with pytest.raises(Unreachable) as refused:
        snapshot.build(settings_of(tmp_path), Origin(str(tmp_path), rows_stay=True))
    assert refused.value.why == "rows_cannot_stay"


def test_columns_of_another_type_are_told_before_anything_is_counted(
    server: Server, here: SnapshotInfo, tmp_path: Path
) -> None:
    address = fill_postgresql(server, "texts", here.path)
    server.run(
        "texts",
        "ALTER TABLE cases ALTER opened_on TYPE text",
        'ALTER TABLE follow_ups RENAME due_on TO "Due_On"',
    )
    with pytest.raises(BadData) as bad:
        snapshot.build(
            settings_of(tmp_path), Origin(address, rows_stay=True), as_of=date(2026, 9, 30)
        )
    told = {(p.table, p.rule) for p in bad.value.problems}
    assert told == {("cases", "stays_other_type"), ("follow_ups", "stays_other_name")}
