"""What is asked for all target groups is answered for each of them before somebody chooses one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data_access.indicators.kernel.query import Query
from data_access.schema.codes import CODES
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.support import world
from ui.prefetch import queue, worker
from ui.queries import query_cache

AS_OF = date(2026, 9, 30)
SCOPE = Scope(nation=True, hide_below=5)


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SnapshotInfo]:
    monkeypatch.setattr(queue, "_last_run", 0.0)
    monkeypatch.setattr(queue, "_pending", {})  # pages opened before left what they wait for
    queue.forget()
    yield world.make(tmp_path, {})
    queue.forget()


def test_a_question_for_all_groups_brings_one_for_each(
    snapshot: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    query_cache.indicator("follow_up_completion", Query(as_of=AS_OF), SCOPE, snapshot)
    asked: list[str | None] = []
    monkeypatch.setattr(
        query_cache.queries, "indicator", lambda _, q, **__: asked.append(q.target_group)
    )
    while worker.work_ahead():
        pass
    assert asked == list(CODES["target_group"])


def test_a_question_for_one_group_brings_none(snapshot: SnapshotInfo) -> None:
    one = Query(as_of=AS_OF, target_group="elder")
    query_cache.indicator("follow_up_completion", one, SCOPE, snapshot)
    assert not queue.waiting()


def test_an_answer_that_is_kept_is_not_asked_for_again(
    snapshot: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(as_of=AS_OF)
    query_cache.indicator("follow_up_completion", query, SCOPE, snapshot)
    while worker.work_ahead():
        pass

    def never(*args: object, **more: object) -> None:
        raise AssertionError("the store was asked again")

    monkeypatch.setattr(query_cache.queries, "indicator", never)
    for group in CODES["target_group"]:
        answer = query.but(target_group=group)
        query_cache.indicator("follow_up_completion", answer, SCOPE, snapshot)


def test_whoever_is_looking_comes_first(
    snapshot: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    query_cache.indicator("follow_up_completion", Query(as_of=AS_OF), SCOPE, snapshot)
    with queue.visit():
        monkeypatch.setattr(queue, "REST_SECONDS", 0.0)
        assert not worker.work_ahead(), "a page that takes long is still being drawn"
    assert queue.waiting()
    assert worker.work_ahead(), "nobody is there any more"


def test_after_a_page_was_drawn_there_is_a_rest(snapshot: SnapshotInfo) -> None:
    query_cache.indicator("follow_up_completion", Query(as_of=AS_OF), SCOPE, snapshot)
    with queue.visit():
        pass
    assert not worker.work_ahead()
    assert queue.waiting()
