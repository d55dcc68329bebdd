"""Notes of areas: whose they are, who reads them, what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data_access.journal import notes
from data_access.journal.pen import DraftRefusal
from data_access.journal.rights import NotEntitled
from data_access.journal.tables import NOTES
from data_access.roles import Visitor
from data_access.scope import Scope
from tests.journal.pens import AT, OWNER, MakePen

DAY = date(2026, 9, 30)
EXECUTIVE = Visitor("e@sample.invalid", "executive", Scope(nation=True), False)
PRESENTER = Visitor("p@sample.invalid", "presenter", Scope(nation=True), False)
TEXT = "น้ำท่วม 5 อำเภอ จึงเลื่อนการเยี่ยมบ้านไปเดือนตุลาคม"


def test_a_note_is_read_by_the_area_and_executives_alone(pen_of: MakePen) -> None:
    codes: list[str] = []
    pen = pen_of(notes=codes)
    notes.write_note("50", "plan_coverage", f" {TEXT}\u200b ", pen, DAY)
    for reader in (OWNER, EXECUTIVE):
        (one,) = notes.notes(pen.journal, "50", reader)
        assert (one.text, one.on_day, one.author) == (TEXT, DAY, OWNER.user)
    for reader in (PRESENTER, None, replace(OWNER, scope=Scope(nation=True))):
        assert notes.notes(pen.journal, "50", reader) == ()
    assert notes.notes(pen.journal, "5009", OWNER) == ()
    assert codes == ["notes:50.plan_coverage.1:1"]


def test_notes_stand_newest_first_and_one_withdrawn_stays_in_the_database(pen_of: MakePen) -> None:
    for hours, text in enumerate(("แรก", "ที่สอง")):
        pen = pen_of(at=AT + timedelta(hours=hours))
        notes.write_note("50", "plan_coverage", text, pen, DAY)
    second, first = notes.notes(pen.journal, "50", OWNER)
    assert (second.text, first.text) == ("ที่สอง", "แรก")
    notes.withdraw_note(second, pen)
    assert notes.notes(pen.journal, "50", OWNER) == (first,)
    assert len(pen.journal.revisions(NOTES)) == 3


@pytest.mark.parametrize(
    ("text", "indicator", "rules"),
    [
        (" \n ", "plan_coverage", ["empty"]),
        ("ก" * 301, "plan_coverage", ["too_long"]),
        ("ครอบครัวของ 1-1017-00203-45-0", "plan_coverage", ["citizen_number"]),
        ("โทร 089 123 4567", "gone", ["telephone", "figure"]),
    ],
)
def test_what_may_not_be_kept_is_refused(
    pen_of: MakePen, text: str, indicator: str, rules: list[str]
) -> None:
    pen = pen_of()
    with pytest.raises(DraftRefusal) as refusal:
        notes.write_note("50", indicator, text, pen, DAY)
    assert [one.rule for one in refusal.value.problems] == rules
    assert notes.notes(pen.journal, "50", OWNER) == ()


def test_nobody_writes_or_withdraws_a_note_of_an_area_that_is_not_theirs(pen_of: MakePen) -> None:
    with pytest.raises(NotEntitled):
        notes.write_note("57", "plan_coverage", TEXT, pen_of(), DAY)
    notes.write_note("50", "plan_coverage", TEXT, pen_of(), DAY)
    (one,) = notes.notes(pen_of().journal, "50", OWNER)
    with pytest.raises(NotEntitled):
        notes.withdraw_note(one, pen_of(EXECUTIVE))
