"""The notebook of one load: every problem counted, the first thousand of each kind listed."""

from collections.abc import Sequence

from data_access.importers.problems import (
    SHOWN_PER_KIND,
    BadData,
    Bilingual,
    Kind,
    Message,
    Note,
    Problem,
    cut,
)
from data_access.schema.tables import EXCHANGE_TABLES


class ProblemLog:
    """Collects what is wrong with a load, and what is merely worth knowing."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.ignored_columns: dict[str, tuple[str, ...]] = {}
        self._problems: dict[Kind, list[Problem]] = {}
        self._counts: dict[Kind, int] = {}
        self._secret: set[tuple[str | None, str | None]] = set()

    def __bool__(self) -> bool:
        return bool(self._counts)

    def keep_secret(self, table: str, column: str) -> None:
        """Never repeat a value of this column: it is no longer checked cell by cell."""
        self._secret.add((table, column))

    def is_secret(self, table: str | None, column: str | None) -> bool:
        """Tell whether the values of a column must not be repeated in a message."""
        return (table, column) in self._secret

    def add(
        self,
        rule: str,
        table: str | None = None,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        **values: object,
    ) -> None:
        """Take down one problem whose words are `importing.problem.<rule>`."""
        place = {"table": table, "column": column, "seen": cut(value)}
        message = Message(f"importing.problem.{rule}", place | values)
        self.add_rows([Problem(table, row, column, cut(value), rule, message)], 1)

    def add_worded(
        self, rule: str, table: str, row: int, column: str, value: str, cause: Bilingual
    ) -> None:
        """Take down one problem that brings its own words."""
        self.add_rows([Problem(table, row, column, cut(value), rule, cause)], 1)

    def add_rows(self, problems: Sequence[Problem], total: int) -> None:
        """Take down the first problems of one kind, of which there are `total` in all."""
        kind = problems[0].kind
        if self.is_secret(kind[0], kind[1]) and kind[2] != "citizen_numbers":
            return
        listed = self._problems.setdefault(kind, [])
        listed.extend(problems[: SHOWN_PER_KIND - len(listed)])
        self._counts[kind] = self._counts.get(kind, 0) + total

    def note(
        self,
        rule: str,
        table: str | None = None,
        column: str | None = None,
        count: int | None = None,
        **values: object,
    ) -> None:
        """Take down one note whose words are `importing.note.<rule>`."""
        self.notes.append(Note(rule, table, column, count, values))

    def refusal(self) -> BadData:
        """Give the exception that lists everything, in order of table, row and column."""
        order = {name: place for place, name in enumerate(EXCHANGE_TABLES)}

        def place(problem: Problem) -> tuple[int, int, str]:
            return (order.get(problem.table or "", -1), problem.row or 0, problem.column or "")

        problems = sorted((p for listed in self._problems.values() for p in listed), key=place)
        return BadData(problems, self._counts)
