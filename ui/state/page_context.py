"""One visitor's view: what is chosen, in which language and colours, of whose rows, of which file.

Everything that a page shows follows from this one value; its filters, look, scope and snapshot are
also the key under which finished charts are kept. A view can be made without a screen
(`ui.render.__main__`), so a section never asks Streamlit for anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from config.i18n import Lang
from data_access.roles import Visitor
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from ui.charts.look import Look
from ui.state import session, url_state
from ui.state.filter_state import FilterState, IgnoredCode
from ui.text.official import Writing

BARS, ROOM_BARS = 15, 10  # areas in a ranked picture: as many as can be read


@dataclass(frozen=True)
class View:
    """What a page needs to know to draw itself; hashable by `ui.queries.query_cache.KEYS`.

    `options` are the page's own codes in the address bar, `today` the day of the reader; finished
    pictures do not depend on either, except through arguments of their own. `for_room` is true for
    a wall, where fewer bars can be read. `ignored_codes` are those that a page does not offer.
    `writing` is how a file writes digits and days; what is kept for others never depends on it.
    `reader` is who looks, or is looked for by *view as*; `author` who may write: nobody in the view
    of somebody else. Both are None where no person is behind a document.
    """

    filters: FilterState
    lang: Lang
    theme: Literal["light", "dark"]
    scope: Scope
    snapshot: SnapshotInfo
    for_room: bool = False
    options: Mapping[str, str] = field(default_factory=dict, compare=False)
    today: date | None = field(default=None, compare=False)
    ignored_codes: list[IgnoredCode] = field(default_factory=list, compare=False, repr=False)
    writing: Writing = field(default=Writing(), compare=False)
    reader: Visitor | None = field(default=None, compare=False, repr=False)
    author: Visitor | None = field(default=None, compare=False, repr=False)

    @property
    def data_dir(self) -> Path:
        """The data directory that the snapshot lies in, installed layers beside it."""
        return self.snapshot.path.parents[1]

    @property
    def bars(self) -> int:
        """How many areas a ranked picture shows."""
        return ROOM_BARS if self.for_room else BARS

    @property
    def look(self) -> Look:
        """How pictures of this view look."""
        return Look(self.lang, self.theme)

    def option(self, name: str, options: tuple[str, ...], usual: str) -> str:
        """Give a page's own code, such as `indicator`; the usual one where it is not offered.

        A code that is not offered is noted in `ignored_codes`.
        """
        asked = self.options.get(name)
        if asked is None or asked in options:
            return asked or usual
        self.ignored_codes.append(IgnoredCode(name, asked))
        return usual


def current() -> View:
    """Give the view of the visitor whose run this is."""
    reader = session.visitor()
    return View(
        filters=url_state.filters(),
        lang=session.lang(),
        theme=session.theme(),
        scope=reader.scope,
        snapshot=session.snapshot(),
        options=url_state.options(),
        today=session.settings().today,
        reader=reader,
        author=None if session.viewed_user() else reader,
    )
