"""Notes: what an area says of one of its figures, with the day of the data it is about.

A note is never changed: another one is written, or it is withdrawn. Texts are for those whom
`rights.may_read_texts` names, so whoever asks says who reads.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from data_access.indicators import registry
from data_access.journal.pen import DraftProblem, DraftRefusal, Pen, text_problems
from data_access.journal.plain_text import tidy
from data_access.journal.rights import NotEntitled, may_read_texts, may_write
from data_access.journal.store import Journal
from data_access.journal.tables import NOTES
from data_access.roles import Visitor

LONGEST_NOTE = 300


@dataclass(frozen=True)
class Note:
    """One note in its newest revision."""

    entry_id: str
    revision: int
    area_code: str
    indicator: str
    on_day: date
    text: str
    state: Literal["running", "withdrawn"]
    author: str
    written_at: str


def notes(journal: Journal, area: str, reader: Visitor | None) -> tuple[Note, ...]:
    """Give the notes of an area that still stand, the newest first; none to whoever may not read
    them."""
    if not may_read_texts(reader, area):
        return ()
    rows = journal.newest(NOTES)
    mine = rows[(rows["area_code"] == area) & (rows["state"] == "running")]
    listed = [Note(**row) for row in mine.to_dict("records")]
    return tuple(sorted(listed, key=lambda one: (one.written_at, one.entry_id), reverse=True))


def write_note(area: str, indicator: str, text: str, pen: Pen, on_day: date) -> None:
    """Write a note; raises NotEntitled, DraftRefusal, or OldRevision where somebody else has
    written of the same figure at the same moment."""
    if not may_write(pen.visitor, area):
        raise NotEntitled(area)
    text = tidy(text)
    problems = [] if text else [DraftProblem("empty", "note")]
    problems += text_problems({"note": text}, LONGEST_NOTE)
    if indicator not in registry.INDICATORS:
        problems.append(DraftProblem("figure", "indicator"))
    if problems:
        raise DraftRefusal(problems)
    rows = pen.journal.newest(NOTES)
    before = ((rows["area_code"] == area) & (rows["indicator"] == indicator)).sum()
    pen.write(NOTES, {
        "entry_id": f"{area}.{indicator}.{before + 1}",
        "revision": 1,
        "area_code": area,
        "indicator": indicator,
        "on_day": on_day,
        "text": text,
        "state": "running",
    })  # fmt: skip


def withdraw_note(note: Note, pen: Pen) -> None:
    """Write that a note is withdrawn; raises NotEntitled or OldRevision."""
    if not may_write(pen.visitor, note.area_code):
        raise NotEntitled(note.area_code)
    row = asdict(note) | {"revision": note.revision + 1, "state": "withdrawn"}
    kept = {name: value for name, value in row.items() if name not in ("author", "written_at")}
    pen.write(NOTES, kept)
