"""Commitments: whose they are, what is refused, how they are going, worked by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from data_access.journal import commitments, course
from data_access.journal.commitments import Draft
from data_access.journal.course import Line
from data_access.journal.pen import DraftRefusal, Pen
from data_access.journal.rights import NotEntitled, may_read_texts, may_write
from data_access.journal.store import OldRevision
from data_access.roles import Visitor
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from tests.journal.pens import OWNER, MakePen

AS_OF, YEAR_END = date(2026, 9, 30), date(2027, 9, 30)
DRAFT = Draft("50", "follow_up_completion", 80.0, YEAR_END, ("ลงพื้นที่", "", "นิเทศ"), "หัวหน้ากลุ่ม")
EXECUTIVE = Visitor("e@sample.invalid", "executive", Scope(nation=True), False)
PRESENTER = Visitor("p@sample.invalid", "presenter", Scope(nation=True), False)
ADMINISTRATOR = Visitor("a@sample.invalid", "administrator", Scope(nation=True), True)
FANG = Visitor("f@sample.invalid", "provincial_coordinator",
               Scope(nation=True, own_districts=frozenset({"5009"})), False)  # fmt: skip


def snapshot(as_of: date = AS_OF) -> SnapshotInfo:
    return SnapshotInfo("s1", Path("/nowhere"), as_of, None, "test", True, None)  # type: ignore[arg-type] # only its id and day are read


class Numbers:
    """Answers in the place of the door: one value for each last day of a period asked for."""

    def __init__(self, **values: float | None) -> None:
        self.values, self.asked = values, [Query(AS_OF)][:0]

    def __call__(self, name: str, query: Query) -> pd.DataFrame:
        self.asked.append(query)
        value = self.values[f"on_{query.period.end:%Y_%m_%d}"]
        shown = value is not None
        return pd.DataFrame([{
            "area_code": query.district or query.province or "50", "group": "",
            "period_start": query.period.start, "period_end": query.period.end,
            "numerator": 50, "denominator": 100, "value": value,
            "status": "shown" if shown else "hidden",
            "reason": "" if shown else "public_level", "qualifier": "exact",
        }])  # fmt: skip


def sign(pen: Pen, draft: Draft = DRAFT, value: float | None = 60.0) -> None:
    commitments.sign(draft, pen, snapshot(), Numbers(on_2026_09_30=value))


def only(pen: Pen) -> commitments.Commitment:
    (one,) = commitments.commitments(pen.journal, Scope(nation=True))
    return one


def test_a_commitment_keeps_what_was_typed_and_the_number_at_signing(pen_of: MakePen) -> None:
    notes: list[str] = []
    pen = pen_of(notes=notes)
    sign(pen)
    one = only(pen)
    assert (one.entry_id, one.revision, one.base_value, one.base_on) == (
        "50.follow_up_completion.1", 1, 60.0, AS_OF,
    )  # fmt: skip
    assert one.actions == ("ลงพื้นที่", "นิเทศ")
    assert (one.author, one.written_at) == (OWNER.user, "2026-10-01T09:00:00+07:00")
    assert notes == ["commitments:50.follow_up_completion.1:1"]


@pytest.mark.parametrize(
    ("visitor", "area", "writes", "reads"),
    [
        (OWNER, "50", True, True),
        (OWNER, "5009", True, True),
        (OWNER, "57", False, False),
        (OWNER, "TH", False, False),
        (FANG, "5009", True, True),
        (FANG, "50", False, False),
        (EXECUTIVE, "50", False, True),
        (PRESENTER, "50", False, False),
        (ADMINISTRATOR, "57", True, True),
        (replace(EXECUTIVE, scope=Scope(provinces=frozenset({"57"}))), "50", False, False),
        (None, "50", False, False),
    ],
)
def test_who_may_write_and_who_may_read_texts(
    visitor: Visitor | None, area: str, writes: bool, reads: bool
) -> None:
    assert may_write(visitor, area) is writes
    assert may_read_texts(visitor, area) is reads


def test_nobody_writes_of_an_area_that_is_not_theirs(pen_of: MakePen) -> None:
    notes: list[str] = []
    for visitor in (EXECUTIVE, PRESENTER, FANG):
        with pytest.raises(NotEntitled):
            sign(pen_of(visitor, notes))
    sign(pen_of())
    for visitor in (EXECUTIVE, FANG):
        pen = pen_of(visitor, notes)
        with pytest.raises(NotEntitled):
            commitments.revise(only(pen), DRAFT, pen, AS_OF)
        with pytest.raises(NotEntitled):
            commitments.withdraw(only(pen), pen, AS_OF)
    assert notes == []
    assert only(pen_of()).revision == 1


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"indicator": "families_in_care"}, ["indicator"]),  # neither more nor less is better
        ({"indicator": "training_attendances"}, ["indicator"]),  # a count that starts every October
        ({"due_on": date(2027, 9, 29)}, ["due_on"]),
        ({"due_on": AS_OF}, ["due_on"]),
        ({"due_on": date(2026, 12, 31)}, ["due_on"]),  # a flow ends with a fiscal year
        ({"target": None}, ["target"]),
        ({"target": 100.5}, ["target"]),
        ({"indicator": "follow_up_overdue", "target": 12.5}, ["whole"]),
        ({"target": float("nan")}, ["target"]),
        ({"target": 60.0}, ["reached_higher_is_better"]),
        ({"actions": ("", " ", "")}, ["empty"]),
        ({"actions": ("ก", "ข", "ค", "ง")}, ["too_many"]),
        ({"owner": ""}, ["empty"]),
        ({"owner": "โทร 0812345678", "target": -1.0}, ["target", "telephone"]),
    ],
)
def test_a_draft_with_mistakes_is_refused_with_all_of_them(
    pen_of: MakePen, changes: dict[str, Any], rules: list[str]
) -> None:
    pen = pen_of()
    with pytest.raises(DraftRefusal) as refusal:
        sign(pen, replace(DRAFT, **changes))
    assert [one.rule for one in refusal.value.problems] == rules
    assert all(one.text("th") and one.text("en") for one in refusal.value.problems)
    assert commitments.commitments(pen.journal, Scope(nation=True)) == ()


def test_without_a_public_number_there_is_no_beginning_of_a_line(pen_of: MakePen) -> None:
    with pytest.raises(DraftRefusal) as refusal:
        sign(pen_of(), value=None)
    assert [one.rule for one in refusal.value.problems] == ["no_base"]


def test_one_indicator_of_an_area_has_one_running_commitment(pen_of: MakePen) -> None:
    pen = pen_of()
    sign(pen)
    with pytest.raises(DraftRefusal) as refusal:
        sign(pen)
    assert [one.rule for one in refusal.value.problems] == ["already"]
    commitments.withdraw(only(pen), pen, AS_OF)
    sign(pen)
    listed = commitments.commitments(pen.journal, Scope(nation=True))
    assert [(one.entry_id[-1], one.state) for one in listed] == [
        ("1", "withdrawn"),
        ("2", "running"),
    ]


def test_an_edit_of_an_old_revision_is_refused_and_loses_nothing(pen_of: MakePen) -> None:
    pen = pen_of()
    sign(pen)
    as_read = only(pen)
    commitments.revise(as_read, replace(DRAFT, target=85.0), pen, AS_OF)
    with pytest.raises(OldRevision) as old:
        commitments.revise(as_read, replace(DRAFT, target=90.0), pen_of(ADMINISTRATOR), AS_OF)
    assert old.value.newest == 2
    every = commitments.history(pen.journal, Scope(nation=True), as_read.entry_id)
    assert [(one.revision, one.target, one.base_value) for one in every] == [
        (1, 80, 60),
        (2, 85, 60),
    ]


def test_a_commitment_that_is_over_stays_and_is_not_changed(pen_of: MakePen) -> None:
    pen = pen_of()
    sign(pen)
    for act in (
        lambda: commitments.revise(only(pen), DRAFT, pen, YEAR_END),
        lambda: commitments.withdraw(only(pen), pen, YEAR_END),
    ):
        with pytest.raises(DraftRefusal) as refusal:
            act()
        assert [one.rule for one in refusal.value.problems] == ["over"]
    assert only(pen).revision == 1


def test_a_reader_sees_commitments_of_areas_within_the_scope_alone(pen_of: MakePen) -> None:
    pen = pen_of()
    sign(pen)
    assert commitments.commitments(pen.journal, Scope(provinces=frozenset({"57"}))) == ()
    assert commitments.history(pen.journal, Scope(), only(pen).entry_id) == ()


def test_the_line_is_straight_from_signing_to_the_last_day() -> None:
    line = Line(date(2026, 9, 30), 60.0, date(2027, 9, 30), 80.0)
    # 92 of 365 days: 60 + 20 * 92 / 365
    assert line.on(date(2026, 12, 31)) == pytest.approx(60 + 20 * 92 / 365)
    assert (line.on(date(2026, 1, 1)), line.on(date(2028, 1, 1))) == (60, 80)


@pytest.mark.parametrize(
    ("as_of", "value", "state"),
    [
        # On 31 December the line is at 65.04, on 30 June at 74.96.
        (date(2026, 12, 31), 65.1, "on_course"),
        (date(2026, 12, 31), 65.0, "behind"),
        (date(2027, 6, 30), 74.9, "behind"),
        (date(2027, 6, 30), 80.0, "reached"),
        (date(2027, 6, 30), None, "unknown"),
        (date(2027, 9, 30), 80.0, "met"),
        (date(2027, 9, 30), 79.9, "not_met"),
        (date(2027, 9, 30), None, "unknown"),
        (date(2026, 9, 29), 60.0, "unknown"),
    ],
)
def test_a_commitment_is_judged_by_its_line(
    pen_of: MakePen, as_of: date, value: float | None, state: str
) -> None:
    pen = pen_of()
    sign(pen)
    numbers = Numbers(**{f"on_{as_of:%Y_%m_%d}": value})
    assert course.progress_of(only(pen), as_of, numbers).state == state


def test_after_the_last_day_the_number_of_that_day_counts(pen_of: MakePen) -> None:
    pen = pen_of()
    sign(pen)
    numbers = Numbers(on_2027_09_30=81.0)
    assert course.progress_of(only(pen), date(2028, 3, 31), numbers).state == "met"
    (asked,) = numbers.asked
    assert (asked.span.start, asked.span.end) == (date(2026, 10, 1), YEAR_END)  # type: ignore[union-attr] # it has a span


def test_a_stock_of_which_less_is_better_is_read_at_the_end_of_a_quarter(pen_of: MakePen) -> None:
    pen = pen_of()
    draft = replace(DRAFT, indicator="families_per_case_manager", target=10.0,
                    due_on=date(2026, 12, 31))  # fmt: skip
    commitments.sign(draft, pen, snapshot(), Numbers(on_2026_09_30=14.0))
    one = only(pen)
    # 46 of 92 days: the line is at 12.
    half = date(2026, 11, 15)
    for value, state in ((12.0, "on_course"), (12.1, "behind"), (10.0, "reached")):
        assert course.progress_of(one, half, Numbers(on_2026_11_15=value)).state == state
    numbers = Numbers(on_2026_12_31=9.9)
    assert course.progress_of(one, date(2027, 2, 28), numbers).state == "met"
    assert numbers.asked[0].span.start == date(2026, 10, 1)  # type: ignore[union-attr] # it has a span


def test_another_definition_of_the_indicator_leaves_nothing_to_compare(pen_of: MakePen) -> None:
    pen = pen_of()
    sign(pen)
    for changed in (replace(only(pen), base_version="0"), replace(only(pen), indicator="gone")):
        said = course.progress_of(changed, AS_OF, Numbers())
        assert (said.state, said.why, said.value) == ("unknown", "definition", None)


def test_only_indicators_with_a_better_way_and_a_line_are_offered() -> None:
    offered = set(course.offered_indicators())
    assert {"follow_up_completion", "families_per_case_manager", "plan_coverage"} <= offered
    assert not offered & {"families_in_care", "provinces_over_norm", "training_attendances"}
    for name in offered:
        assert str(registry.get(name).direction) != "neutral"


def test_progress_is_asked_at_the_public_level_whoever_reads() -> None:
    own = Scope(nation=True, own_provinces=frozenset({"50"}), own_districts=frozenset({"5701"}))
    assert course.public(own) == Scope(nation=True)
