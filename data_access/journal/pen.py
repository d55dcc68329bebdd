"""Who writes, when, and how it is noted: every write passes through a pen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table

from config.i18n import Lang, t
from data_access.journal.plain_text import rule_against
from data_access.journal.store import Journal
from data_access.roles import Visitor


@dataclass(frozen=True)
class DraftProblem:
    """One thing that is wrong with what was typed: the rule, the field, and the rule's numbers."""

    rule: str
    field: str = ""
    values: Mapping[str, object] | None = None

    def text(self, lang: Lang) -> str:
        """Give one sentence: what is wrong, and what to write instead."""
        name = t(f"journal.field.{self.field}", lang) if self.field else ""
        return t(f"journal.problem.{self.rule}", lang, field=name, **(self.values or {}))


class DraftRefusal(Exception):
    """Everything that is wrong with a draft; nothing was written."""

    def __init__(self, problems: list[DraftProblem]) -> None:
        super().__init__(", ".join(one.rule for one in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Pen:
    """Somebody who writes at a moment. `note` puts a code into the audit trail; where it cannot,
    it raises and nothing is written."""

    journal: Journal
    visitor: Visitor
    at: datetime
    note: Callable[[str], None]

    def write(self, table: Table, row: Mapping[str, Any]) -> None:
        """Append one revision in the author's name; OldRevision where somebody was quicker."""
        whole = {
            **row,
            "author": self.visitor.user,
            "written_at": self.at.isoformat(timespec="seconds"),
        }
        code = f"{table.name}:{row['entry_id']}:{row['revision']}"
        self.journal.append(table, whole, lambda: self.note(code))


def text_problems(texts: Mapping[str, str], longest: int) -> list[DraftProblem]:
    """Give what is wrong with texts by the names of their fields."""
    rules = {name: rule_against(text, longest) for name, text in texts.items()}
    return [
        DraftProblem(rule, name, {"longest": longest, "length": len(texts[name])})
        for name, rule in rules.items()
        if rule
    ]
