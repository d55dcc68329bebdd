"""What the server does before and beside its visitors, so that nobody waits for first answers."""

import importlib
import logging
import pkgutil
import threading
import time
from dataclasses import replace

from altair.utils import schemapi

from config.i18n import LANGS, texts
from config.settings import Settings, SettingsError, load
from data_access import roles
from data_access.indicators import registry
from data_access.schema.codes import CODES
from data_access.scope import Scope
from data_access.snapshot import NoSnapshot, SnapshotInfo, current
from ui import sections
from ui.prefetch import decks, map_sparklines, queue
from ui.queries import area_profile, changes
from ui.sections.caseload import section as caseload
from ui.sections.follow_up import section as follow_up
from ui.sections.overview import section as overview
from ui.sections.shared import map_frames
from ui.sections.training import section as training
from ui.server import static_gzip
from ui.state import filter_bar
from ui.state.filter_state import everything
from ui.state.page_context import View

# One area of each level stands for all of them: answers are for whole levels.
LEVELS = ("TH", "north", "50")
LOOK_EVERY_SECONDS = 1
MOST_RESTS = 30  # on a server that is never left alone the slides come all the same
GROUPS_AFTER_SECONDS = 15  # the first visitors of a server that has just started come before them

log = logging.getLogger(__name__)


def up() -> None:
    """Import what pages draw with, read all words, and ask what the first page asks."""
    static_gzip.pack_ahead()
    # Charts are checked against the schema by tests, not again before every visitor.
    schemapi.disable_debug_mode()
    for module in pkgutil.walk_packages(sections.__path__, f"{sections.__name__}."):
        importlib.import_module(module.name)
    for lang in LANGS:
        texts(lang)
        filter_bar.district_names(lang, None)
    try:
        settings = load()
        snapshot = current(settings.data_dir)
    except (SettingsError, NoSnapshot):
        return  # Home.py tells every visitor what is missing
    overview.figures(_view(settings, snapshot, LEVELS[0]))


def watch(stop: threading.Event) -> None:
    """Work out the trends of every snapshot that is published, until told to stop."""
    done = ""
    settings: Settings | None = None
    stop.wait(0.1)
    while not stop.is_set():
        try:
            settings = settings or load()
            asked = map_sparklines.next_wanted(_patience()) if done else None
            if asked is not None:
                map_sparklines.work_out(*asked)
                continue
            if visitors_first():
                continue
            if not settings.ahead:
                queue.forget()  # nobody works it off: it would only grow
            elif work_ahead():
                continue
            settings = load()
            snapshot = current(settings.data_dir)
            if snapshot.snapshot_id != done:
                done = snapshot.snapshot_id
                queue.forget()
                fill(settings, snapshot, stop)
        except (SettingsError, NoSnapshot):
            done = "none"
        except Exception:  # a visitor who asks the same reads the reason; the watch goes on
            log.exception("working out trends failed")


def visitors_first() -> bool:
    """Do what visitors are waiting for, before anything that somebody may ask for one day; whether
    there was any."""
    waited = False
    while work := queue.next_asked():
        waited = True
        try:
            work()
        except Exception:  # whoever waits reads the reason on the page; the others are served
            log.exception("working out what a visitor waits for failed")
    return waited


def work_ahead() -> bool:
    """Do the next thing that somebody may ask for soon; whether there was one to do."""
    work = queue.take()
    if work is None:
        return False
    work()
    return True


def _patience() -> float:
    """How long to wait for the courses of a map: hardly where there is other work."""
    return 0.02 if queue.waiting() else LOOK_EVERY_SECONDS


def fill(settings: Settings, snapshot: SnapshotInfo, stop: threading.Event) -> None:
    """Ask for figures and trends of the executive page, level by level, without haste."""
    for area in LEVELS:
        if not _executive_page(_view(settings, snapshot, area), stop):
            return
    for name in map_frames.INDICATORS:
        if stop.is_set():
            return
        map_sparklines.work_out(_view(settings, snapshot, LEVELS[0]), name)
        _rest()
    seen = _view(settings, snapshot, LEVELS[0])
    for section in (caseload, training, follow_up):
        section.figures(seen)
        _rest()
    map_frames.provinces(seen, map_frames.USUAL)
    map_frames.districts(seen, map_frames.USUAL)
    # Other classes than the readable ones want this library, which takes seconds to load.
    importlib.import_module("mapclassify")
    if not settings.ahead:
        queue.forget()
        _complete.add(snapshot.snapshot_id)
        return
    later = time.monotonic() + GROUPS_AFTER_SECONDS
    while time.monotonic() < later:
        visitors_first()
        if stop.wait(0.1):
            return
    for group in CODES["target_group"]:
        _let_visitors()
        if not _executive_page(_view(settings, snapshot, LEVELS[0], group), stop):
            return
    # The last level: provinces. Answers for one of them are answers for all.
    area_profile.warm(_view(settings, snapshot, LEVELS[-1]), registry.INDICATORS)
    decks.add(replace(_view(settings, snapshot, LEVELS[0]), today=settings.today), _let_visitors)
    _complete.add(snapshot.snapshot_id)


def finished(snapshot_id: str) -> bool:
    """Tell whether everything that is worked out beside visitors is there for a snapshot."""
    return snapshot_id in _complete and not queue.waiting()


_complete: set[str] = set()


def _executive_page(view: View, stop: threading.Event) -> bool:
    """Ask for its figures and trends, unless told to stop: whether all of it was asked."""
    for figure in overview.figures(view).values():
        if stop.is_set():
            return False
        changes.with_changes(view, [figure])
        _rest()
    overview.news(view, overview.figures(view))
    return True


def _let_visitors() -> None:
    """Serve those who wait, and let the page of a visitor be drawn before going on."""
    visitors_first()
    for _ in range(MOST_RESTS):
        if not queue.visitor_now():
            return
        time.sleep(queue.REST_SECONDS)


def _rest() -> None:
    """Let go of the processor for a moment, and serve those who wait."""
    time.sleep(0.05)
    visitors_first()


def _view(settings: Settings, snapshot: SnapshotInfo, area: str, group: str | None = None) -> View:
    # Answers are kept by scope: other eyes than the visitors' would work out what nobody asks.
    synthetic = snapshot.synthetic
    scope = Scope(nation=True, hide_below=settings.hide_below)
    if settings.is_local(synthetic=synthetic):
        scope = roles.local_scope(hide_below=settings.hide_below, synthetic=synthetic)
    chosen = replace(everything(snapshot.as_of).at(area), target_group=group)
    return View(chosen, settings.language, "light", scope, snapshot)
