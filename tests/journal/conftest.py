"""A journal of a test's own, and pens for it."""

from datetime import datetime
from pathlib import Path

import pytest

from data_access.journal.pen import Pen
from data_access.journal.store import Journal
from data_access.roles import Visitor
from tests.journal.pens import AT, OWNER, MakePen


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/journal.sqlite3"


@pytest.fixture
def pen_of(url: str) -> MakePen:
    """Makes a pen; what it notes is appended to `notes`."""

    def make(visitor: Visitor = OWNER, notes: list[str] | None = None, at: datetime = AT) -> Pen:
        return Pen(Journal(url), visitor, at, (notes if notes is not None else []).append)

    return make
