"""What a source map says, as frozen values: which table, which columns, and how cells are read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from data_access.importers.limits import Limits

Take = Literal["first", "last"]
BASE = ""  # the name of the table that a part starts from; joined tables have one of their own


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column of the source: the alias of its table (empty where the part starts), its name."""

    alias: str
    name: str

    def __str__(self) -> str:
        return f"{self.alias}.{self.name}" if self.alias else self.name


@dataclass(frozen=True, slots=True)
class DateForm:
    """How days are written, like "dd/mm/yyyy"; `era` where the year does not tell it by itself.

    `take` says which day a form without a day or a month stands for.
    """

    pattern: str
    era: Literal["be", "ce"] | None = None
    take: Take | None = None


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How one column of the exchange format is filled.

    From `columns`, joined by `between`, or from `value` alone. Texts in `empty` mean not known;
    `first` keeps that many characters; then `codes`, `yes` and `no`, or the date form are applied;
    `before` is set in front of what is not empty.
    """

    columns: tuple[SourceColumn, ...] = ()
    value: str | None = None
    between: str = ""
    empty: frozenset[str] = frozenset()
    first: int | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    date: DateForm | None = None
    before: str = ""

    @property
    def is_translated(self) -> bool:
        """Whether different texts are read one by one, and some may be unreadable."""
        return bool(self.codes or self.yes or self.no or self.date)


Only = tuple[tuple[SourceColumn, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Join:
    """A further table of which at most one row belongs to each row; `on` pairs earlier and own.

    `only` keeps the rows of it with one of these texts.
    """

    table: str
    schema: str | None
    alias: str
    on: tuple[tuple[SourceColumn, str], ...]
    only: Only = ()


@dataclass(frozen=True, slots=True)
class TableMap:
    """One source of rows of an exchange table; a table may have several, one below the other.

    `only` and `without` keep and drop rows by the text of a column; `distinct` drops repetitions.
    """

    exchange: str
    table: str
    schema: str | None
    columns: Mapping[str, ColumnMap]
    joins: tuple[Join, ...] = ()
    only: Only = ()
    without: Only = ()
    distinct: bool = False

    def places(self) -> dict[str, tuple[str, str | None]]:
        """Give the table and schema of each alias."""
        joined = {join.alias: (join.table, join.schema) for join in self.joins}
        return {BASE: (self.table, self.schema), **joined}

    def source_columns(self) -> Iterator[SourceColumn]:
        """Give every column of the source that is used, some more than once."""
        for one in self.columns.values():
            yield from one.columns
        for join in self.joins:
            for left, right in join.on:
                yield from (left, SourceColumn(join.alias, right))
            yield from (column for column, _ in join.only)
        yield from (column for column, _ in (*self.only, *self.without))


@dataclass(frozen=True, slots=True)
class SourceMap:
    """A whole map: the tables it fills, and the limits of its source."""

    tables: Mapping[str, tuple[TableMap, ...]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
