"""Commitments: for an area one indicator, a target, a last day, up to three actions, an owner.

Every change is a new revision, and so is a withdrawal; those that have ended stay. Who may see the
area reads the numbers; texts are for those whom `rights.may_read_texts` names.
"""

from dataclasses import asdict, dataclass
from datetime import date
from math import isfinite
from typing import Any, Literal

from data_access.indicators import registry
from data_access.indicators.kernel.definition import Unit
from data_access.journal import course
from data_access.journal.course import Ask
from data_access.journal.pen import DraftProblem, DraftRefusal, Pen, text_problems
from data_access.journal.plain_text import tidy
from data_access.journal.rights import NotEntitled, may_write
from data_access.journal.store import Journal
from data_access.journal.tables import COMMITMENTS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from data_access.targets import reaches

MOST_ACTIONS = 3
LONGEST_TEXT = 200
LARGEST_TARGET = 1e9


@dataclass(frozen=True)
class Draft:
    """What a form holds: the target is None where it is no number."""

    area_code: str
    indicator: str
    target: float | None
    due_on: date
    actions: tuple[str, ...]
    owner: str

    def without_gaps(self) -> "Draft":
        """Give the draft with tidy texts, actions without gaps between them."""
        actions = tuple(filter(None, map(tidy, self.actions)))
        fields = (self.area_code, self.indicator, self.target, self.due_on)
        return Draft(*fields, actions, tidy(self.owner))


@dataclass(frozen=True)
class Commitment:
    """One revision as it lies in the journal."""

    entry_id: str
    revision: int
    area_code: str
    indicator: str
    target: float
    due_on: date
    action_1: str
    action_2: str
    action_3: str
    owner: str
    base_value: float
    base_on: date
    base_snapshot: str
    base_version: str
    state: Literal["running", "withdrawn"]
    author: str
    written_at: str

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that were typed, at most three."""
        return tuple(filter(None, (self.action_1, self.action_2, self.action_3)))

    def is_open(self, as_of: date) -> bool:
        """Tell whether it still runs on the day of the data; only then it may be changed."""
        return self.state == "running" and as_of < self.due_on


def commitments(journal: Journal, scope: Scope) -> tuple[Commitment, ...]:
    """Give the newest revision of each commitment of areas that may be seen, in order of area."""
    return tuple(one for one in _entries(journal.newest(COMMITMENTS)) if scope.sees(one.area_code))


def history(journal: Journal, scope: Scope, entry_id: str) -> tuple[Commitment, ...]:
    """Give all revisions of one commitment, the first one first."""
    rows = journal.revisions(COMMITMENTS)
    mine = _entries(rows[rows["entry_id"] == entry_id])
    return tuple(one for one in mine if scope.sees(one.area_code))


def sign(draft: Draft, pen: Pen, snapshot: SnapshotInfo, ask: Ask) -> None:
    """Write a new commitment; its base is the number of the day, as everybody may see it.

    Raises NotEntitled, DraftRefusal with everything that is wrong, or OldRevision where somebody
    else has agreed upon the same indicator of the same area a moment before.
    """
    if not may_write(pen.visitor, draft.area_code):
        raise NotEntitled(draft.area_code)
    draft = draft.without_gaps()
    if draft.indicator not in course.offered_indicators():
        raise DraftRefusal([DraftProblem("indicator", "indicator")])
    same = [
        one
        for one in _entries(pen.journal.newest(COMMITMENTS))
        if (one.area_code, one.indicator) == (draft.area_code, draft.indicator)
    ]
    as_of = snapshot.as_of
    base = course.cell_on(draft.indicator, draft.area_code, as_of, as_of, ask).comparable
    problems = _problems(draft, base, as_of)
    if any(one.is_open(as_of) for one in same):
        problems.insert(0, DraftProblem("already", "indicator"))
    if problems:
        raise DraftRefusal(problems)
    pen.write(COMMITMENTS, {
        "entry_id": f"{draft.area_code}.{draft.indicator}.{len(same) + 1}",
        "revision": 1,
        "area_code": draft.area_code,
        "indicator": draft.indicator,
        "base_value": base,
        "base_on": as_of,
        "base_snapshot": snapshot.snapshot_id,
        "base_version": registry.get(draft.indicator).version,
        "state": "running",
        **_fields_of(draft),
    })  # fmt: skip


def revise(before: Commitment, draft: Draft, pen: Pen, as_of: date) -> None:
    """Write the next revision of a commitment as `before` was read; area, indicator and base stay.

    Raises NotEntitled, DraftRefusal, or OldRevision where it was changed since it was read.
    """
    _must_be_open(before, pen, as_of)
    draft = draft.without_gaps()
    problems = _problems(draft, before.base_value, as_of)
    if problems:
        raise DraftRefusal(problems)
    pen.write(COMMITMENTS, _next(before) | _fields_of(draft))


def withdraw(before: Commitment, pen: Pen, as_of: date) -> None:
    """Write that a commitment is withdrawn; it stays in the list. Raises as `revise` does."""
    _must_be_open(before, pen, as_of)
    pen.write(COMMITMENTS, _next(before) | {"state": "withdrawn"})


def _must_be_open(before: Commitment, pen: Pen, as_of: date) -> None:
    if not may_write(pen.visitor, before.area_code):
        raise NotEntitled(before.area_code)
    if not before.is_open(as_of):
        raise DraftRefusal([DraftProblem("over", "due_on")])


def _next(before: Commitment) -> dict[str, Any]:
    row = asdict(before) | {"revision": before.revision + 1}
    return {name: value for name, value in row.items() if name not in ("author", "written_at")}


def _fields_of(draft: Draft) -> dict[str, Any]:
    actions = [*draft.actions, *[""] * MOST_ACTIONS][:MOST_ACTIONS]
    named = {f"action_{n}": text for n, text in enumerate(actions, start=1)}
    return {**named, "target": draft.target, "due_on": draft.due_on, "owner": draft.owner}


def _problems(draft: Draft, base: float | None, as_of: date) -> list[DraftProblem]:
    item = registry.get(draft.indicator)
    problems = []
    if draft.due_on not in course.last_days(item, as_of):
        problems.append(DraftProblem("due_on", "due_on"))
    if base is None:
        problems.append(DraftProblem("no_base", "indicator"))
    whole = course.counts_whole(item)
    most = 100 if item.unit is Unit.PERCENT and not whole else LARGEST_TARGET
    if draft.target is None or not isfinite(draft.target) or not 0 <= draft.target <= most:
        problems.append(DraftProblem("target", "target", {"most": f"{most:,.0f}"}))
    elif whole and not draft.target.is_integer():
        problems.append(DraftProblem("whole", "target"))
    elif base is not None and reaches(base, draft.target, item.direction):
        problems.append(DraftProblem(f"reached_{item.direction}", "target"))
    if not draft.actions:
        problems.append(DraftProblem("empty", "action_1"))
    if len(draft.actions) > MOST_ACTIONS:
        problems.append(DraftProblem("too_many", "action_1"))
    if not draft.owner:
        problems.append(DraftProblem("empty", "owner"))
    texts = {f"action_{n}": text for n, text in enumerate(draft.actions[:MOST_ACTIONS], start=1)}
    return problems + text_problems({**texts, "owner": draft.owner}, LONGEST_TEXT)


def _entries(rows: Any) -> tuple[Commitment, ...]:
    return tuple(Commitment(**row) for row in rows.to_dict("records"))
