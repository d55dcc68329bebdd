"""The page of the audit trail: every event in words, found by search, taken along as CSV."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from config.i18n import t
from config.settings import BANGKOK
from data_access import audit
from data_access.scope import Scope
from tests.support import world
from ui.blocks import Table
from ui.render.csv_file import csv_bytes
from ui.render.streamlit.tables import matching
from ui.sections.audit_trail import section
from ui.state.filter_state import everything
from ui.state.page_context import View

EVENTS = (
    audit.Event("a@example.org", "executive", "opened", "caseload", "fy=2569 province=50"),
    audit.Event("b@example.org", "presenter", "exported", "training", "", "training.csv"),
    audit.Event("=cmd@example.org", "", "refused", "", "", "unknown_user"),
)


def test_events_are_found_by_search_and_taken_along(tmp_path: Path) -> None:
    (tmp_path / "snapshots").mkdir()
    info = world.make(tmp_path / "snapshots", {})
    for event in EVENTS:
        at = datetime(2026, 11, 29, 10, tzinfo=BANGKOK)
        audit.record(tmp_path, event, at=at, keep_months=24)
    view = View(everything(info.as_of), "th", "light", Scope(nation=True), info)
    (table,) = [block for block in section.page(view).blocks if isinstance(block, Table)]
    labels = {column.name: column.label for column in table.columns}
    rows = table.rows()[list(labels)]
    assert list(rows["what"]) == [t(f"audit.what.{event.what}", "th") for event in EVENTS[::-1]]
    for words, user in (("PROVINCE=50", "a@example.org"), ("training.csv", "b@example.org")):
        assert list(matching(rows, words)["user"]) == [user]
    content = csv_bytes(rows, labels, table.provenance).decode("utf-8-sig")
    assert "a@example.org" in content
    assert "'=cmd@example.org" in content
    only = section.page(replace(view, options={section.KIND: "refused"}))
    (few,) = [block for block in only.blocks if isinstance(block, Table)]
    assert list(few.rows()["user"]) == ["=cmd@example.org"]
