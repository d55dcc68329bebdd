"""The tool that measures many people at once still speaks the server's language."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks import many_people
from tests.benchmarks.many_people import Plan
from tests.benchmarks.sessions import Session, run, stream
from tests.browser.support import Server, running
from tests.support import world

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "snapshots").mkdir()
    families = world.drawn("""
        family_id household_id district_code
        F1 H1 5001
    """)
    info = world.make(home / "snapshots", {"families": families})
    (home / "current").write_text(info.path.stem, encoding="utf-8")
    return home


def test_two_people_change_filters_and_nobody_notices_a_new_snapshot(home: Path) -> None:
    plan = Plan(sessions=2, every=1.5, seconds=12, ahead=False)
    outcome = many_people.measure(home, plan)
    assert outcome.errors == []
    assert len(outcome.changes) >= 4
    assert outcome.at_new_snapshot == 2
    text = many_people.report(plan, outcome)
    assert "errors: 0" in text
    assert "shown to 2 of 2" in text


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    with running(home, prepare=False, OVERSIGHT_SIGN_IN="off") as started:
        yield started


def test_a_filter_is_really_changed(server: Server) -> None:
    async def visit() -> tuple[str, list[str]]:
        async with stream(server.url) as socket:
            session = Session(socket, "caseload", "")
            await session.open()
            label = next(o for o in session.selects["province"].options if o.startswith("เชียงใหม่"))
            changed = await session.choose("province", label)
            return session.query, changed.errors

    query, errors = run(visit())
    assert "province=50" in query
    assert errors == []


def test_an_error_on_a_page_is_counted(home: Path) -> None:
    with running(home / "nowhere", prepare=False, OVERSIGHT_SIGN_IN="off") as started:

        async def visit() -> list[str]:
            async with stream(started.url) as socket:
                return (await Session(socket, "caseload", "").open()).errors

        assert run(visit()) == ["a page without filters"]
