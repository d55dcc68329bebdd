"""The pen of whoever is signed in: writes go to the journal and, in the same step, to the audit
trail."""

from datetime import datetime

from config.settings import BANGKOK
from data_access.journal.pen import Pen
from data_access.journal.rights import NotEntitled
from data_access.journal.store import Journal
from ui.state import audit_log, session


def pen(journal: Journal) -> Pen:
    """Give the pen of the person signed in at this moment; NotEntitled in somebody else's view."""
    if session.viewed_user():
        raise NotEntitled("view_as")
    return Pen(journal, session.account(), datetime.now(BANGKOK), _note)


def _note(code: str) -> None:
    audit_log.record("wrote", detail=code)
