"""The journal of an installation as pages ask it: beside the snapshots unless a setting says."""

from config.settings import load
from data_access.journal.store import Journal
from ui.state.page_context import View


def journal(view: View) -> Journal:
    """Give the journal that belongs to a view's data."""
    return Journal(load().journal_at(view.data_dir, synthetic=view.snapshot.synthetic))
