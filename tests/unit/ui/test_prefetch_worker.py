"""What the server works out beside its visitors, and that it stops when it is told to."""

import threading
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

import pytest

from config import access
from config.settings import Settings, SignIn
from data_access import roles
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.support import world
from ui.prefetch import decks, queue, worker
from ui.queries import changes
from ui.sections.overview import section as overview
from ui.seminar import deck, wall_documents
from ui.seminar.slide_content import shown_to_a_room
from ui.state.filter_state import everything
from ui.state.page_context import View
from ui.text.figures import Figure

pytestmark = pytest.mark.slow

GROUPS = ("elder", "child")  # two stand for all: each asks thirteen figures and their trends


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SnapshotInfo:
    monkeypatch.setattr(worker, "GROUPS_AFTER_SECONDS", 0)
    monkeypatch.setattr(worker.time, "sleep", lambda _: None)
    monkeypatch.setattr(worker, "_complete", set())
    monkeypatch.setattr(worker, "LEVELS", ("TH",))
    monkeypatch.setattr(worker, "CODES", {"target_group": GROUPS})
    return world.make(tmp_path, {})


def _known(view: View) -> bool:
    return changes.known(view, overview.figures(view).values())


def test_the_executive_page_is_worked_out_for_every_target_group(
    settings: Settings, snapshot: SnapshotInfo
) -> None:
    worker.fill(settings, snapshot, threading.Event())
    assert not worker.finished(snapshot.snapshot_id), "what other pages ask still waits"
    queue.forget()
    assert worker.finished(snapshot.snapshot_id)
    for group in (None, *GROUPS):
        assert _known(worker._view(settings, snapshot, "TH", group)), group


def test_a_small_machine_may_do_without(settings: Settings, snapshot: SnapshotInfo) -> None:
    worker.fill(replace(settings, ahead=False), snapshot, threading.Event())
    assert worker.finished(snapshot.snapshot_id)
    assert not _known(worker._view(settings, snapshot, "TH", GROUPS[0]))


def test_a_server_that_ends_does_not_go_on_working(
    settings: Settings, snapshot: SnapshotInfo
) -> None:
    stop = threading.Event()
    stop.set()
    worker.fill(settings, snapshot, stop)
    assert not worker.finished(snapshot.snapshot_id)


@pytest.mark.parametrize("sign_in", ["off", "sample", "required"])
def test_answers_are_worked_out_for_the_eyes_that_will_look(
    settings: Settings, snapshot: SnapshotInfo, sign_in: SignIn
) -> None:
    settings, sample = replace(settings, sign_in=sign_in), replace(snapshot, synthetic=True)
    scope = worker._view(settings, sample, "TH").scope
    granted = access.load(settings.access)
    visitor = roles.local_visitor(granted, hide_below=settings.hide_below, synthetic=True)
    assert (scope == visitor.scope) is (sign_in != "required")
    assert scope.own_provinces or sign_in == "required"


def test_a_visitor_who_waits_is_served_before_what_is_worked_out_ahead(
    settings: Settings, snapshot: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    ahead = changes.with_changes

    def worked_out(view: View, figures: list[Figure]) -> dict[str, Figure]:
        order.append("ahead")
        if len(order) == 1:
            queue.ask("page", lambda: order.append("visitor"))
            queue.ask("broken", lambda: 1 / 0)
            queue.ask("next", lambda: order.append("next visitor"))
        return ahead(view, figures)

    monkeypatch.setattr(worker.changes, "with_changes", worked_out)
    worker.fill(settings, snapshot, threading.Event())
    assert order[:4] == ["ahead", "visitor", "next visitor", "ahead"]


def test_ready_decks_are_made_ahead_as_a_visitor_would_open_them(
    settings: Settings, snapshot: SnapshotInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(iter(deck.ready()))
    monkeypatch.setattr(wall_documents, "_jobs", OrderedDict())
    one = replace(deck.ready()[name], slides=deck.ready()[name].slides[:1])
    monkeypatch.setattr(deck, "ready", lambda: {name: one})
    view = replace(worker._view(settings, snapshot, "TH"), today=settings.today)
    slides: list[str] = []
    queue.forget()
    decks.add(view, lambda: slides.append("made"))
    while work := queue.take():
        work()
    assert slides == ["made"]
    opened = View(
        everything(snapshot.as_of),
        settings.language,
        "light",
        Scope(nation=True, hide_below=settings.hide_below),
        snapshot,
        today=settings.today,
    )
    fail = pytest.fail
    job = wall_documents.ask(one, shown_to_a_room(opened), lambda _: fail("made again"), wait=0)
    assert job.state == "ready"
