"""Finished files of pages on the demo, made without a browser and read back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.i18n import Lang
from config.settings import PREFIX
from data_access.scope import Scope
from data_access.snapshot import current
from tests.support.commands import TODAY
from ui.blocks import Page
from ui.render.documents import page_of
from ui.render.media import renderer
from ui.render.pages import spec
from ui.state.filter_state import everything
from ui.state.page_context import View


@dataclass(frozen=True)
class Made:
    """A page as a document, the view it was made for, and what makes files of it."""

    page: Page
    view: View

    def file(self, medium: str) -> bytes:
        """The finished file."""
        content = renderer(medium)(self.page, self.view)
        assert content is not None
        return content


Make = Callable[..., Made]


@pytest.fixture
def made(small_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes the document of a page for an area, in a language."""
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(small_data_dir))
    monkeypatch.setenv(f"{PREFIX}TODAY", TODAY.isoformat())

    def make(key: str, area: str = "TH", lang: Lang = "th", hide_below: int = 5) -> Made:
        info = current(small_data_dir)
        view = View(
            filters=everything(info.as_of).at(area),
            lang=lang,
            theme="light",
            scope=Scope(nation=True, hide_below=hide_below),
            snapshot=info,
            today=TODAY,
        )
        return Made(page_of(spec(key), view), view)

    return make
