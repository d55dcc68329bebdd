"""What a load brought: the figures and remarks that a snapshot keeps and an operator reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from config.i18n import Lang
from data_access.importers.problems import Note


@dataclass(frozen=True, slots=True)
class LoadReport:
    """A load that went in whole.

    `rows` has every exchange table, absent ones with 0; `present` those that the source held, even
    if empty. `ignored_columns` names, per table, the columns that are not of the format, `columns`
    those that are, in each table that was read whole. Rows of the tables in `left_there` were
    counted and not loaded.
    """

    as_of: date
    synthetic: bool
    title: str | None
    rows: Mapping[str, int]
    present: frozenset[str]
    ignored_columns: Mapping[str, tuple[str, ...]]
    notes: tuple[Note, ...]
    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    left_there: frozenset[str] = frozenset()

    def lines(self, lang: Lang) -> list[str]:
        """Give the notes, one sentence each."""
        return [note.text(lang) for note in self.notes]
