"""Whether pages say the same where the rows stayed in PostgreSQL: part of `make distributed`."""

from dataclasses import replace
from tempfile import TemporaryDirectory

from config.settings import load
from data_access import preparation, snapshot
from data_access.importers import Origin
from data_access.snapshot import SnapshotInfo
from tests.support.same_numbers import NATION
from ui.render.documents import page_of
from ui.render.media import renderer
from ui.render.pages import PAGES
from ui.state.filter_state import everything
from ui.state.page_context import View

PLACES = ({}, {"province": "50"})
OWN = ("present",)  # lists snapshots by the minute in which they were built


def different_pages(here: SnapshotInfo, address: str) -> tuple[int, list[str]]:
    """How many texts of pages were compared, and the pages that differ between a snapshot with the
    rows and a push-down from a database with the same ones."""
    with TemporaryDirectory() as folder:
        there = snapshot.build(
            load({"OVERSIGHT_DATA_DIR": folder, "OVERSIGHT_TODAY": here.as_of.isoformat()}),
            Origin(address, rows_stay=True),
            prepare=preparation.steps(rollups=None),
        )
        asked = [(entry, place) for entry in PAGES if entry.key not in OWN for place in PLACES]
        differ = [
            f"{entry.key} {place}"
            for entry, place in asked
            if len({_text(entry, place, one) for one in (here, there)}) > 1
        ]
        return len(asked), differ


def _text(entry: object, place: dict[str, str], one: SnapshotInfo) -> str:
    view = View(replace(everything(one.as_of), **place), "en", "light", NATION, one)
    return str(renderer("text")(page_of(entry, view), view)).replace(one.snapshot_id, "")
