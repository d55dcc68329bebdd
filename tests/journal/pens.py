"""Whose commitments tests write, and when."""

from collections.abc import Callable
from datetime import datetime

from config.settings import BANGKOK
from data_access.journal.pen import Pen
from data_access.roles import Visitor
from data_access.scope import Scope

AT = datetime(2026, 10, 1, 9, 0, tzinfo=BANGKOK)
OWNER = Visitor(
    "chiangmai@sample.invalid",
    "provincial_coordinator",
    Scope(nation=True, own_provinces=frozenset({"50"})),
    administers=False,
)
MakePen = Callable[..., Pen]
