"""What an import has to say: problems that refuse a load, notes that do not, in two languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from config.i18n import Lang, t
from config.numbers import count as number

SHOWN_PER_KIND = 1_000
_LONGEST_SEEN = 60
# Characters that show nothing: zero widths, joiners, soft hyphen, directions, marks of byte order,
# variants, and control characters that are no blanks. Two ids that differ in one look the same.
INVISIBLE_RANGES = (
    (0x00, 0x08),
    (0x0E, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),
    (0x61C, 0x61C),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
)
_CODES = [code for first, last in INVISIBLE_RANGES for code in range(first, last + 1)]
INVISIBLE = dict.fromkeys(_CODES)
_VISIBLE = {code: f"[U+{code:04X}]" for code in (*_CODES, 0xA0)}

# Table, column and rule: the kind of problem that is counted as one.
Kind = tuple[str | None, str | None, str]


class Bilingual(Protocol):
    """Anything that can say one sentence in either language."""

    def text(self, lang: Lang) -> str: ...


@dataclass(frozen=True, slots=True)
class Message:
    """A text key with the values for its placeholders; values may be worded themselves."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: Lang) -> str:
        """Give the sentence in one language."""
        return t(self.key, lang, **{name: _word(v, lang) for name, v in self.values.items()})


class ImportProblem(Exception):
    """Base of what this package raises; `text(lang)` gives the message for a reader."""

    def text(self, lang: Lang) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return f"{self.text('th')} / {self.text('en')}"


class ValueProblem(ImportProblem):
    """A cell that cannot be read; `rule` names why."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.message = Message(f"importing.problem.{rule}", values)

    def text(self, lang: Lang) -> str:
        """Give one sentence: what is wrong, what was seen, and a right example."""
        return self.message.text(lang)


class Unreachable(ImportProblem):
    """A source that cannot be opened. `source` never holds a password.

    `passing` says that asking again may help.
    """

    def __init__(self, source: str, why: str, **values: object) -> None:
        super().__init__(source, why)
        self.source = source
        self.why = why
        self.values = values
        self.passing = False
        self.message = Message(f"importing.unreachable.{why}", {"source": source, **values})

    def again(self, attempts: int) -> "Unreachable":
        """Give the same, said after so many attempts."""
        return Unreachable(self.source, "no_answer_again", **self.values, attempts=attempts)

    def text(self, lang: Lang) -> str:
        """Give what could not be opened, why, and what to do."""
        return self.message.text(lang)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that refuses the load. `row` is as Excel shows it, the header being row 1.

    `value` is what stood there (masked where it may identify a person), `record` the key of the row
    for sources whose rows have no visible number, `cause` the sentence that explains it.
    """

    table: str | None
    row: int | None
    column: str | None
    value: str | None
    rule: str
    cause: Bilingual
    record: str | None = None

    @property
    def kind(self) -> Kind:
        """Table, column and rule, by which problems are counted."""
        return (self.table, self.column, self.rule)

    def sentence(self, lang: Lang) -> str:
        """Give what is wrong and what to do, without the place."""
        return self.cause.text(lang)

    def text(self, lang: Lang) -> str:
        """Give the whole message: table, row, column, what is wrong, what to do."""
        return t(
            f"importing.where.{self._place()}",
            lang,
            table=self.table,
            row=self.row,
            column=self.column,
            record=self.record,
            what=self.sentence(lang),
        )

    def _place(self) -> str:
        if self.table is None:
            return "load"
        if self.row is None:
            return "table" if self.column is None else "column"
        if self.column is None:
            return "row"
        return "cell" if self.record is None else "cell_record"


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of a load should know, which did not refuse it."""

    rule: str
    table: str | None = None
    column: str | None = None
    count: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: Lang) -> str:
        """Give the note as one sentence."""
        values = {name: _word(value, lang) for name, value in self.values.items()}
        number_text = "" if self.count is None else number(self.count, lang)
        key = f"importing.note.{self.rule}"
        return t(key, lang, table=self.table, column=self.column, count=number_text, **values)


class BadData(ImportProblem):
    """A load that was refused as a whole.

    `problems` holds up to `SHOWN_PER_KIND` per table, column and rule, in order of table and row;
    `counts` holds the exact number of each kind.
    """

    def __init__(
        self, problems: Sequence[Problem], counts: Mapping[Kind, int] | None = None
    ) -> None:
        super().__init__(len(problems))
        self.problems = tuple(problems)
        self.counts: dict[Kind, int] = dict(counts) if counts is not None else _tally(problems)

    @property
    def total(self) -> int:
        """Number of problems, those not listed included."""
        return sum(self.counts.values())

    def heading(self, lang: Lang) -> str:
        """Give one sentence: how many problems, and that nothing was loaded."""
        return t("importing.refused", lang, count=number(self.total, lang))

    def lines(self, lang: Lang, per_kind: int = SHOWN_PER_KIND) -> list[str]:
        """Give the heading, at most `per_kind` problems of each kind, and what was left out."""
        lines = [self.heading(lang)]
        listed: dict[Kind, int] = {}
        for problem in self.problems:
            listed[problem.kind] = listed.get(problem.kind, 0) + 1
            if listed[problem.kind] <= per_kind:
                lines.append(problem.text(lang))
        for kind, count in self.counts.items():
            left = count - min(listed.get(kind, 0), per_kind)
            if left > 0:
                lines.append(_more(kind, left, lang))
        return lines

    def text(self, lang: Lang) -> str:
        """Give the whole message, one line per problem."""
        return "\n".join(self.lines(lang))

    def __str__(self) -> str:
        return f"{self.heading('th')} / {self.heading('en')}"


def cut(value: str | None) -> str | None:
    """Give a cell short enough for a message, on one line, what is invisible written out."""
    if value is None:
        return None
    line = " ".join(str(value).translate(_VISIBLE).split())
    return line if len(line) <= _LONGEST_SEEN else f"{line[: _LONGEST_SEEN - 1]}…"


def _word(value: object, lang: Lang) -> object:
    say = getattr(value, "text", None)
    return say(lang) if callable(say) else value


def _tally(problems: Sequence[Problem]) -> dict[Kind, int]:
    counts: dict[Kind, int] = {}
    for problem in problems:
        counts[problem.kind] = counts.get(problem.kind, 0) + 1
    return counts


def _more(kind: Kind, remaining: int, lang: Lang) -> str:
    table, column, _ = kind
    key = "importing.more" if column is None else "importing.more_in_column"
    return t(key, lang, table=table, column=column, count=number(remaining, lang))
