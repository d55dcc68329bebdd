"""The journal loses nothing: two at once, a crash before the audit trail, a copy put back."""

import multiprocessing
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, delete, update
from sqlalchemy.exc import DBAPIError

from data_access.journal.store import Journal, JournalUnreachable, OldRevision
from data_access.journal.tables import COMMITMENTS, METADATA, NOTES, SUBSCRIPTIONS
from tests.journal.pens import AT
from tests.support import database_servers


def row(entry_id: str = "50.plan_coverage.1", revision: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "entry_id": entry_id, "revision": revision, "area_code": "50",
        "indicator": "plan_coverage", "target": 90.0, "due_on": date(2026, 12, 31),
        "action_1": "ประชุมทีมทุกสัปดาห์", "action_2": "", "action_3": "", "owner": "หัวหน้ากลุ่ม",
        "base_value": 70.5, "base_on": date(2026, 9, 30), "base_snapshot": "s1",
        "base_version": "1", "state": "running", "author": "a@sample.invalid",
        "written_at": "2026-10-01T09:00:00+07:00", **more,
    }  # fmt: skip


def nothing() -> None:
    """Nothing is noted."""


def write_once(url: str, author: str, outcome: Callable[[str], object]) -> None:
    """Write revision 2 of the one entry; tells whether it was kept."""
    try:
        Journal(url).append(COMMITMENTS, row(revision=2, author=author), nothing)
        outcome("kept")
    except OldRevision:
        outcome("refused")


def many_of_one(url: str, author: str) -> None:
    for number in range(20):
        Journal(url).append(COMMITMENTS, row(f"50.{author}.{number}"), nothing)


def test_what_is_written_comes_back_as_it_was(url: str) -> None:
    Journal(url).append(COMMITMENTS, row(), nothing)
    (read,) = Journal(url).revisions(COMMITMENTS).to_dict("records")
    assert read == row()


def test_reading_makes_no_file(url: str, tmp_path: Path) -> None:
    assert Journal(url).revisions(COMMITMENTS).empty
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("number", [1, 3])
def test_a_revision_is_the_next_one_or_refused(url: str, number: int) -> None:
    journal = Journal(url)
    journal.append(COMMITMENTS, row(), nothing)
    with pytest.raises(OldRevision) as old:
        journal.append(COMMITMENTS, row(revision=number), nothing)
    assert old.value.newest == 1
    assert len(journal.revisions(COMMITMENTS)) == 1


def test_of_two_threads_with_the_same_revision_one_is_kept_and_one_is_told(url: str) -> None:
    Journal(url).append(COMMITMENTS, row(), nothing)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def write(author: str) -> None:
        start.wait()
        write_once(url, author, outcomes.append)

    with ThreadPoolExecutor(2) as both:
        list(both.map(write, ("a@sample.invalid", "b@sample.invalid")))
    assert sorted(outcomes) == ["kept", "refused"]
    assert Journal(url).revisions(COMMITMENTS)["revision"].tolist() == [1, 2]


def test_of_two_processes_that_write_at_once_nothing_is_lost(url: str) -> None:
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=many_of_one, args=(url, author)) for author in ("a", "b")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [one.exitcode for one in both] == [0, 0]
    ids = set(Journal(url).revisions(COMMITMENTS)["entry_id"])
    assert ids == {f"50.{author}.{number}" for author in "ab" for number in range(20)}


def test_what_cannot_be_noted_in_the_audit_trail_is_not_written(url: str) -> None:
    def full_disk() -> None:
        raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        Journal(url).append(COMMITMENTS, row(), full_disk)
    assert Journal(url).revisions(COMMITMENTS).empty


def test_no_row_is_changed_or_taken_away_even_by_hand(url: str) -> None:
    Journal(url).append(COMMITMENTS, row(), nothing)
    engine = create_engine(url)
    for statement in (update(COMMITMENTS).values(target=0), delete(COMMITMENTS)):
        with pytest.raises(DBAPIError, match="only appended"), engine.begin() as connection:
            connection.execute(statement)
    engine.dispose()
    assert Journal(url).revisions(COMMITMENTS)["target"].tolist() == [90.0]


def test_a_copy_put_back_holds_all_that_was_written_before_it(url: str, tmp_path: Path) -> None:
    journal, file, copy = Journal(url), tmp_path / "journal.sqlite3", tmp_path / "copy"
    journal.append(COMMITMENTS, row(), nothing)
    source, target = sqlite3.connect(file), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    journal.append(COMMITMENTS, row(revision=2, target=95.0), nothing)
    file.unlink()
    assert journal.revisions(COMMITMENTS).empty
    shutil.copy(copy, file)
    assert journal.revisions(COMMITMENTS)["target"].tolist() == [90.0]
    journal.append(COMMITMENTS, row(revision=2, target=96.0), nothing)
    assert journal.newest(COMMITMENTS)["target"].tolist() == [96.0]


def test_a_database_that_does_not_answer_is_said_without_its_address() -> None:
    away = Journal("postgresql+psycopg://me:s3cret@127.0.0.1:1/journal")
    for act in (
        lambda: away.revisions(COMMITMENTS),
        lambda: away.append(COMMITMENTS, row(), nothing),
    ):
        with pytest.raises(JournalUnreachable) as problem:
            act()
        assert "s3cret" not in str(problem.value)


# A database of MariaDB may have been made for Latin letters only: the tables must not follow it.
MAKE_DATABASE = {
    "postgresql": "CREATE DATABASE journal",
    "mariadb": "CREATE DATABASE journal CHARACTER SET latin1",
}
MAKE_WRITER = {
    "postgresql": (
        "CREATE ROLE writer LOGIN PASSWORD 'w'",
        f"GRANT SELECT, INSERT ON {', '.join(METADATA.tables)} TO writer",
    ),
    "mariadb": (
        "CREATE USER writer@'127.0.0.1' IDENTIFIED BY 'w'",
        *(
            f"GRANT SELECT, INSERT ON journal.{table} TO writer@'127.0.0.1'"
            for table in METADATA.tables
        ),
    ),
}
REFUSAL = {"postgresql": "permission denied", "mariadb": "command denied"}


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest) -> Iterator[database_servers.Server]:
    """A server of each kind, with an empty database for the journal."""
    start = {"postgresql": database_servers.postgresql, "mariadb": database_servers.mariadb}
    with start[request.param]() as running:
        running.run("postgres" if request.param == "postgresql" else "mysql",
                    MAKE_DATABASE[request.param])  # fmt: skip
        yield running


def kind_of(server: database_servers.Server) -> str:
    return server.scheme.partition("+")[0]


def test_a_server_keeps_revisions_as_a_file_does(server: database_servers.Server) -> None:
    journal = Journal(server.url("journal"))
    assert journal.revisions(COMMITMENTS).empty
    journal.append(COMMITMENTS, row(), nothing)
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def write(author: str) -> None:
        start.wait()
        write_once(server.url("journal"), author, outcomes.append)

    with ThreadPoolExecutor(4) as all_at_once:
        list(all_at_once.map(write, "abcd"))
    assert sorted(outcomes) == ["kept", "refused", "refused", "refused"]
    assert journal.revisions(COMMITMENTS)["revision"].tolist() == [1, 2]
    assert journal.revisions(COMMITMENTS).to_dict("records")[0] == row()
    # The rights that the manual names are enough.
    server.run("journal", *MAKE_WRITER[kind_of(server)])
    mine = Journal(server.url("journal", "writer:w"))
    mine.append(COMMITMENTS, row(revision=3), nothing)
    engine = create_engine(server.url("journal", "writer:w"))
    with pytest.raises(DBAPIError, match=REFUSAL[kind_of(server)]), engine.begin() as connection:
        connection.execute(delete(COMMITMENTS))
    engine.dispose()


def test_a_server_keeps_numbers_and_letters_exactly(server: database_servers.Server) -> None:
    journal = Journal(server.url("journal"))
    # Neither number is one of single precision; the last letter lies beyond two bytes.
    wide = row("50.exact.1", target=64.7, base_value=61.234567890123, action_1="ทีม “ก” ๕๐ % 😀")
    journal.append(COMMITMENTS, wide, nothing)
    read = journal.revisions(COMMITMENTS).set_index("entry_id").loc["50.exact.1"]
    assert {**read.to_dict(), "entry_id": "50.exact.1"} == wide
    note = {
        "entry_id": "50.plan_coverage.1", "revision": 1, "area_code": "50",
        "indicator": "plan_coverage", "on_day": date(2026, 9, 30), "text": "ย้ายฐานข้อมูลเดือนสิงหาคม",
        "state": "running", "author": "a@sample.invalid", "written_at": AT.isoformat(),
    }  # fmt: skip
    journal.append(NOTES, note, nothing)
    assert journal.newest(NOTES).to_dict("records") == [note]
    wish = {
        "entry_id": "50.plan_coverage.0a", "revision": 1, "subscriber": "a@sample.invalid",
        "area_code": "50", "indicator": "plan_coverage", "kind": "signal", "threshold": None,
        "state": "running", "author": "a@sample.invalid", "written_at": AT.isoformat(),
    }  # fmt: skip
    journal.append(SUBSCRIPTIONS, wish, nothing)
    assert journal.newest(SUBSCRIPTIONS).to_dict("records") == [wish]


def test_writers_of_a_server_who_could_not_be_noted_leave_room_for_the_next(
    server: database_servers.Server,
) -> None:
    def full_disk() -> None:
        time.sleep(0.3)  # the others wait for this row by now
        raise OSError(28, "no space")

    def write(author: str) -> str:
        note = full_disk if author == "a" else nothing
        entry = row("50.noted.1", author=author)
        try:
            Journal(server.url("journal")).append(COMMITMENTS, entry, note)
        except OSError:
            return "not noted"
        except OldRevision:
            return "refused"
        return "kept"

    with ThreadPoolExecutor(4) as all_at_once:
        first = all_at_once.submit(write, "a")
        time.sleep(0.1)
        others = [all_at_once.submit(write, author) for author in "bcd"]
        outcomes = sorted(one.result() for one in (first, *others))
    assert outcomes == ["kept", "not noted", "refused", "refused"]
    rows = Journal(server.url("journal")).revisions(COMMITMENTS)
    assert rows["entry_id"].tolist().count("50.noted.1") == 1
