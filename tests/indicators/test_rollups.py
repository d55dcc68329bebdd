"""Cubes that a snapshot holds: the numbers of the rows, for whatever question, without the rows."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import inspect, select

from config.thai_calendar import FiscalYear, Span
from data_access import forget, preparation, rollups_ahead, snapshot
from data_access.arguments import parser
from data_access.indicators.definitions import follow_up
from data_access.indicators.kernel import cube
from data_access.indicators.kernel.definition import Kind, Median, Rows, Share
from data_access.indicators.kernel.engine import IndicatorEngine
from data_access.indicators.kernel.query import Query
from data_access.schema.derived import WRITTEN_AHEAD
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine
from tests.indicators.test_cube import ALL, AS_OF, NATION, PLACES
from ui.render.documents import page_of
from ui.render.media import renderer
from ui.render.pages import PAGES
from ui.state.filter_state import everything
from ui.state.page_context import View

pytestmark = pytest.mark.slow

SPANS = (
    None,
    Span(AS_OF.replace(day=1), AS_OF),
    FiscalYear(2568).span,
    FiscalYear(2569).quarter(2),
    Span(FiscalYear(2567).start, AS_OF),
)
# What pages ask that no cube holds: people and posts by role, of whom there are few at any scale,
# years of registration further back, and figures as they stood on the day of a published one.
FROM_ROWS = {
    "_coverage", "_without_degree", "_attendances_or_unknown", "_attendance", "_provinces",
    "_appreciation", "_recommendations", "_registrations", "_awards", "_duties", "_over_norm",
    "volunteers_on", "since_training", "_opened_cases", "_all_opened",
}  # fmt: skip


@pytest.fixture(scope="module")
def rolled(dense: SnapshotInfo, tmp_path_factory: pytest.TempPathFactory) -> SnapshotInfo:
    """The dense world with its cubes written into it."""
    home = tmp_path_factory.mktemp("rolled")
    (home / "snapshots").mkdir()
    path = home / "snapshots" / dense.path.name
    shutil.copy(dense.path, path)
    (home / "current").write_text(dense.path.stem, encoding="utf-8")
    info = replace(dense, path=path)
    assert rollups_ahead.write(info) > 300
    return info


@pytest.fixture
def asked_of_rows(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Query]]:
    """The questions that the rows were read for, in a process that has kept nothing."""
    cube._cube.cache_clear()
    asked: list[tuple[str, Query]] = []
    of_rows, count_cells = IndicatorEngine._of_rows, cube.count_cells

    def noted(self: IndicatorEngine, rows: Rows, kind: Kind, query: Query, *, hits: bool) -> object:
        if not self.anew:
            asked.append((rows.__name__, query))
        return of_rows(self, rows, kind, query, hits=hits)

    monkeypatch.setattr(IndicatorEngine, "_of_rows", noted)
    monkeypatch.setattr(
        cube, "count_cells", lambda *a: asked.append(("cube", *a[1:])) or count_cells(*a)
    )
    return asked


def numbers(counter: IndicatorEngine, rows: Rows, query: Query) -> pd.DataFrame:
    one = ALL[rows]
    if isinstance(one.measure, Median):
        return counter.medians(one.measure, one.kind, query)
    return counter.count(rows, one.kind, query, hits=isinstance(one.measure, Share))


@pytest.mark.parametrize("rows", ALL, ids=lambda rows: rows.__name__)
def test_what_a_snapshot_holds_is_what_its_rows_give(rolled: SnapshotInfo, rows: Rows) -> None:
    one = ALL[rows]
    luck = random.Random(f"rolled {rows.__name__}")
    with engine(rolled).connect() as connection:
        kept, anew = (IndicatorEngine(connection, NATION, anew=anew) for anew in (False, True))
        for _ in range(2):
            query = Query(
                AS_OF,
                area=luck.choice(("country", "region", "province", "district")),
                over=luck.choice((None, None, *one.series)),
                breakdown=luck.choice((None, *one.breakdowns)),
                span=luck.choice(SPANS),
                base=luck.choice((76, 77)),
                target_group=luck.choice((None, "elder", "child")),
            ).but(**luck.choice(PLACES))
            read, counted = (
                numbers(counter, rows, query).sort_values(
                    ["area_code", "group", "moment"], ignore_index=True
                )
                for counter in (kept, anew)
            )
            pd.testing.assert_frame_equal(read, counted[list(read.columns)], check_dtype=False)


def test_pages_read_cubes_and_not_rows(
    rolled: SnapshotInfo, asked_of_rows: list[tuple[str, Query]]
) -> None:
    for entry in PAGES:
        if entry.group in ("executive", "programmes"):
            view = View(everything(AS_OF), "th", "light", NATION, rolled)
            renderer("text")(page_of(entry, view), view)
    names = {name for name, _ in asked_of_rows if name != "cube"}
    assert names <= FROM_ROWS, names - FROM_ROWS
    cubes = [query for name, query in asked_of_rows if name == "cube"]
    assert len(cubes) < 20


def test_a_definition_that_was_changed_is_counted_from_rows(
    rolled: SnapshotInfo, asked_of_rows: list[tuple[str, Query]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = follow_up.FOLLOW_UP_COMPLETION.measure.rows
    with engine(rolled).connect() as connection:
        counter = IndicatorEngine(connection, Scope(nation=True))
        before = counter.count(rows, Kind.FLOW, Query(AS_OF), hits=True)
        assert not asked_of_rows
        cube._cube.cache_clear()
        monkeypatch.setattr(follow_up, "not_cancelled", lambda _day: follow_up.or_(True))
        after = counter.count(rows, Kind.FLOW, Query(AS_OF), hits=True)
    assert [name for name, _ in asked_of_rows] == ["cube"]
    assert int(after["denominator"].sum()) > int(before["denominator"].sum())
    cube._cube.cache_clear()


def test_a_copy_without_a_person_holds_no_cube_that_counts_them(
    rolled: SnapshotInfo, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(rolled.path.parent.parent, home)
    with engine(rolled).connect() as connection:
        family = connection.execute(select(snapshot.SNAPSHOT["families"].c.family_id)).scalar()
    forget.forget(home, "family", str(family))
    there = inspect(engine(snapshot.current(home))).get_table_names()
    assert not {table.name for table in WRITTEN_AHEAD} & set(there)


@pytest.mark.parametrize(
    ("wanted", "cases", "written"),
    [(None, 99_999, False), (None, 100_000, True), (True, 3, True), (False, 100_000, False)],
)
def test_a_load_writes_cubes_of_many_cases_or_when_told_to(
    rolled: SnapshotInfo, monkeypatch: pytest.MonkeyPatch, wanted: bool | None, cases: int,
    written: bool,
) -> None:  # fmt: skip
    done: list[SnapshotInfo] = []
    monkeypatch.setattr(preparation, "_cases", lambda _info: cases)
    monkeypatch.setattr(rollups_ahead, "write", lambda info, _progress: done.append(info))
    monkeypatch.setattr(preparation.disclosure, "prepare", lambda _info, _least: None)
    flag = {None: [], True: ["--rollups"], False: ["--no-rollups"]}[wanted]
    options = parser().parse_args(["import", "folder", *flag])
    preparation.steps(rollups=options.rollups)(rolled, 5)
    assert bool(done) is written
