"""Notes on the page of an area: beside the figure, for whom, and from a form."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from config.i18n import t
from data_access import snapshot
from data_access.journal import notes as journal_notes
from data_access.journal.pen import Pen
from data_access.journal.store import Journal
from data_access.journal.subscriptions import Wish, subscribe
from data_access.roles import Visitor
from data_access.scope import Scope
from tests.journal.pens import AT, OWNER
from tests.support.commands import TODAY
from ui.blocks import Details, Form, Group, GroupedTable, Table, Text
from ui.sections.area import alerts, notes, profile, two_pages
from ui.state.filter_state import everything
from ui.state.page_context import View

EXECUTIVE = Visitor("e@sample.invalid", "executive", Scope(nation=True), False)
PRESENTER = Visitor("p@sample.invalid", "presenter", Scope(nation=True), False)
TEXT = "น้ำท่วมห้าอำเภอ"


@pytest.fixture
def home(small_data_dir: Path, tmp_path: Path) -> Path:
    made = copytree(small_data_dir, tmp_path / "home", ignore=lambda *_: ["sample", "audit"])
    pen = Pen(Journal(f"sqlite:///{made}/journal-sample.sqlite3"), OWNER, AT, lambda _code: None)
    journal_notes.write_note("50", "plan_coverage", TEXT, pen, date(2026, 9, 30))
    return made


def view_of(home: Path, who: Visitor | None, area: str = "50") -> View:
    info = snapshot.current(home)
    scope = who.scope if who else Scope(nation=True)
    filters = everything(info.as_of).at(area)
    return View(filters, "th", "light", scope, info, today=TODAY, reader=who, author=who)


def titles(view: View) -> dict[str, str]:
    """The quiet line under each indicator's name, before any number is asked for."""
    (sheet,) = profile.body(view, 0)
    assert isinstance(sheet, Group)
    (table,) = [one for one in sheet.blocks if isinstance(one, GroupedTable)]
    return {row["title"].text: row["title"].quiet for rows in table.parts.values() for row in rows}


@pytest.mark.parametrize(
    ("who", "area", "reads"),
    [
        (OWNER, "50", True), (EXECUTIVE, "50", True),
        (PRESENTER, "50", False), (None, "50", False), (OWNER, "57", False), (OWNER, "TH", False),
    ],
)  # fmt: skip
def test_a_note_stands_beside_its_figure_for_those_entitled(
    home: Path, who: Visitor | None, area: str, reads: bool
) -> None:
    view = view_of(home, who, area)
    said = titles(view)
    title = t("indicator.plan_coverage.title", "th")
    assert (TEXT in next(quiet for name, quiet in said.items() if name == title)) is reads
    assert sum(TEXT in quiet for quiet in said.values()) == reads
    listed = [one for one in notes.blocks(view) if isinstance(one, Table)]
    assert bool(listed) is reads


@pytest.mark.parametrize(("who", "reads"), [(OWNER, True), (EXECUTIVE, True), (None, False)])
def test_the_printed_profile_has_the_notes_of_whoever_may_read_them(
    home: Path, who: Visitor | None, reads: bool
) -> None:
    blocks = two_pages.newest_notes(view_of(home, who))
    said = [block.text for block in blocks if isinstance(block, Text)]
    assert any(TEXT in text and "30 ก.ย. 2569" in text for text in said) is reads


def test_alerts_are_offered_for_ones_own_area_to_whoever_gets_a_letter(home: Path) -> None:
    def inside(who: Visitor | None, area: str = "50") -> list[type]:
        folds = alerts.blocks(view_of(home, who, area))
        return [type(one) for fold in folds if isinstance(fold, Details) for one in fold.blocks()]

    assert inside(OWNER) == [Form]
    assert inside(replace(OWNER, user="local")) == [Text]
    # An executive is told of what is published of the country or a region.
    assert inside(EXECUTIVE, "TH") == inside(EXECUTIVE, "north") == [Form]
    assert inside(PRESENTER, "TH") == []
    for who, area in ((OWNER, "57"), (OWNER, "TH"), (EXECUTIVE, "50"), (None, "50")):
        assert inside(who, area) == []
    pen = Pen(Journal(f"sqlite:///{home}/journal-sample.sqlite3"), OWNER, AT, lambda _code: None)
    subscribe(Wish("50", "plan_coverage", "below", 50.0), pen)
    (fold,) = alerts.blocks(view_of(home, OWNER))
    assert isinstance(fold, Details)
    new, leave = fold.blocks()
    assert isinstance(leave, Form)
    (label,) = leave.fields[0].options.values()
    assert "50.0" in label


def test_only_whoever_answers_for_the_area_finds_the_form_and_it_says_what_is_wrong(
    home: Path,
) -> None:
    for who in (EXECUTIVE, PRESENTER):
        assert not [b for b in notes.blocks(view_of(home, who)) if isinstance(b, Details)]
    previewed = replace(view_of(home, OWNER), author=None)
    assert not [b for b in notes.blocks(previewed) if isinstance(b, Details)]
    write, withdraw = [b for b in notes.blocks(view_of(home, OWNER)) if isinstance(b, Details)]
    for fold in (write, withdraw):
        (form,) = fold.blocks()
        assert isinstance(form, Form)
        assert form.fields
