"""One visitor's view: what is chosen, in which language and colours, of whose rows, of which file.

Everything that a page draws follows from this one value, so it is also the key under which finished
charts are kept.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from config.i18n import Lang
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from ui.state import session, url_state
from ui.state.filter_state import FilterState


@dataclass(frozen=True)
class View:
    """What a page needs to know to draw itself; hashable by `ui.queries.cached.KEYS`."""

    filters: FilterState
    lang: Lang
    theme: Literal["light", "dark"]
    scope: Scope
    snapshot: SnapshotInfo

    @property
    def data_dir(self) -> Path:
        """The data directory that the snapshot lies in, installed layers beside it."""
        return self.snapshot.path.parents[1]


def current() -> View:
    """Give the view of the visitor whose run this is."""
    return View(
        filters=url_state.filters(),
        lang=session.lang(),
        theme=session.theme(),
        scope=session.scope(),
        snapshot=session.snapshot(),
    )
