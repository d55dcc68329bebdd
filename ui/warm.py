"""What the server does before the first visitor, so that nobody waits for first answers."""

import importlib
import logging
from collections.abc import Iterable

from config.i18n import LANGS, texts
from config.settings import Settings, SettingsError, load
from data_access.scope import Scope
from data_access.snapshot import NoSnapshot, SnapshotInfo, current
from ui import ask, cached, filters
from ui.chosen import everything
from ui.sections import overview
from ui.view import View

# Imported by the first page that draws, unless it has been done before.
DRAWING = ("pydeck", "ui.sections.caseload", "ui.sections.training", "ui.sections.follow_up",
           "ui.sections.province_map")  # fmt: skip

log = logging.getLogger(__name__)


def up() -> None:
    """Import what pages draw with, read all words, and ask what the first page asks."""
    for module in DRAWING:
        importlib.import_module(module)
    for lang in LANGS:
        texts(lang)
        filters.district_names(lang, None)
    try:
        settings = load()
        snapshot = current(settings.data_dir)
    except (SettingsError, NoSnapshot):
        return  # Home.py tells every visitor what is missing
    first_page(settings, snapshot)


def first_page(settings: Settings, snapshot: SnapshotInfo) -> None:
    """Ask every question of the executive page once, as an ordinary visitor would."""
    seen = _view(settings, snapshot)
    for name in overview.figures(seen):
        ask.trend(seen, name)


def _view(settings: Settings, snapshot: SnapshotInfo) -> View:
    scope = Scope(nation=True, hide_below=settings.hide_below)
    return View(everything(snapshot.as_of), settings.language, "light", scope, snapshot)


def _names() -> Iterable[str]:
    return (name for names in overview.PARTS.values() for name in names)


__all__ = ["cached", "first_page", "up"]
