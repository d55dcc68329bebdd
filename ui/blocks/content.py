"""Blocks that show something: words, figures, charts, maps and tables."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from ui.blocks.table_columns import Column
from ui.maps.explorer import Explorer
from ui.text.figures import Figure
from ui.text.provenance import Lines

Spec = Mapping[str, Any]
MakeRows = Callable[[], pd.DataFrame]
Histories = Callable[[], Mapping[str, Figure]]
# chapter: of a report of several pages · heading: of a part · quiet: a line under a picture ·
# notice: stands out · bullets, steps: one entry a line · code, sql: as it is written · spoken: for
# whoever presents, in notes of slides · link: the address that a slide's numbers are looked up at.
TextForm = Literal[
    "chapter", "heading", "quiet", "notice", "bullets", "steps", "code", "sql", "spoken", "link"
]


@dataclass(frozen=True, eq=False)
class Block:
    """One part of a page."""


Blocks = tuple[Block, ...]


@dataclass(frozen=True, eq=False)
class Text(Block):
    """Words; several lines where the form is a list. `key` names those that a slide may show."""

    text: str
    form: TextForm = "quiet"
    key: str = ""


@dataclass(frozen=True, eq=False)
class Facts(Block):
    """Labels, each with its text: the entry of a register."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Content(Block):
    """What blocks with numbers have in common.

    `key` names the block on its page and in file names. `note` says what is left out, `caveat` how
    to read it, `not_followed` which chosen filters it does not follow. `indicator` is what it is
    about: its definition is linked.
    """

    key: str
    title: str = ""
    provenance: Lines = field(default_factory=Lines)
    note: str = ""
    caveat: str = ""
    not_followed: str = ""
    indicator: str | None = None

    @property
    def about(self) -> str | None:
        """The indicator whose definition is linked: its own, else that of its source lines."""
        return self.indicator or self.provenance.about


@dataclass(frozen=True, eq=False, kw_only=True)
class Tabular(Content):
    """A block that has rows; `size` is their number where a function makes them."""

    frame: pd.DataFrame | MakeRows | None = None
    columns: Sequence[Column] = ()
    size: int | None = None

    def rows(self) -> pd.DataFrame:
        """Give the rows, made now where a function makes them; empty where there is no table."""
        made = self.frame() if callable(self.frame) else self.frame
        return pd.DataFrame(columns=[c.name for c in self.columns]) if made is None else made

    @property
    def count(self) -> int:
        """The number of rows."""
        return self.size if self.size is not None else len(self.rows())


@dataclass(frozen=True, eq=False, kw_only=True)
class Table(Tabular):
    """Rows to sort and take along; `reading` where they are sentences to be read whole.

    `empty` is said in the place of a table without rows.
    """

    reading: bool = False
    empty: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class List(Table):
    """The rows behind a figure, those that need attention first."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Tallies(Table):
    """Counts as cards, each with the list it is the length of; one list is open.

    Rows have code, label, count, unit and line (a quiet line below the count); codes go to the
    address bar under `param`, `now` is the open one. Files have the rows as a table.
    """

    param: str
    now: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart(Tabular):
    """A Vega-Lite spec, as a function, with the same numbers as rows.

    `also` says in a saved picture what the filters do not, such as a month; `credit` whose shapes
    it shows.
    """

    spec: Callable[[], Spec]
    also: str = ""
    credit: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Map(Chart):
    """A map; where it has `choose`, a click on an area calls that with the area's code.

    `state` tells one picture from another in the same place: a click belongs to one of them.
    """

    choose: Callable[[str], None] | None = None
    state: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class PointMap(Tabular):
    """The zoomable map of points, with its legend where colours are classes."""

    explorer: Callable[[], Explorer]
    height: int
    legend: bool = False
    state: str = ""
    without_webgl: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Figures(Block):
    """Figures as a row of cards; `lists` gives the blocks behind each, `open_list` the open one.

    `not_followed` says by figure which chosen filters it does not follow. `histories` gives the
    same figures by name with their changes; while `waits` it takes long, and a screen shows the
    numbers first. `causes_of` names the figures whose change the page of the area explains.
    """

    figures: Sequence[Figure]
    lists: Mapping[str, Callable[[], Blocks]] = field(default_factory=dict)
    open_list: str = ""
    not_followed: Mapping[str, str] = field(default_factory=dict)
    histories: Histories | None = None
    waits: bool = False
    causes_of: Collection[str] = ()

    def complete(self) -> Sequence[Figure]:
        """Give the figures with their changes, where they have any."""
        filled = self.histories() if self.histories else {}
        return [filled.get(figure.name, figure) for figure in self.figures]


@dataclass(frozen=True, eq=False, kw_only=True)
class FigureTable(Content):
    """Figures as the rows of a table, in parts with a heading each ("" for none).

    `histories`, `waits`, `causes_of` and, by figure, `not_followed_by` are as in `Figures`. `full`
    adds changes, trend and base to value, target, mark and period.
    """

    parts: Mapping[str, Sequence[Figure]]
    histories: Histories | None = None
    waits: bool = False
    full: bool = False
    caption: str = ""
    not_followed_by: Mapping[str, str] = field(default_factory=dict)
    causes_of: Collection[str] = ()

    def complete(self) -> Mapping[str, Sequence[Figure]]:
        """Give the parts with the changes of their figures, where they have any."""
        filled = self.histories() if self.histories else {}
        return {
            title: [filled.get(figure.name, figure) for figure in figures]
            for title, figures in self.parts.items()
        }


@dataclass(frozen=True)
class Cell:
    """One cell of a grouped table: its words and a quiet line below them.

    `mark` is a verdict with its words in `mark_text`, `icon` a name of
    `config.theme.READING_ICONS`. `strong` marks the number that matters in its row.
    """

    text: str
    quiet: str = ""
    mark: str = ""
    mark_text: str = ""
    icon: str = ""
    strong: bool = False

    @property
    def words(self) -> str:
        """Everything that the cell says, in one line."""
        return " · ".join(part for part in (self.text, self.mark_text, self.quiet) if part)


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupedTable(Content):
    """Rows of cells, in parts with a heading each, under the same columns.

    The first column names the row. Equal cells below each other in a column of `merged_columns` are
    written once. `caption` says how the table is read.
    """

    columns: Sequence[Column]
    parts: Mapping[str, Sequence[Mapping[str, Cell]]]
    merged_columns: frozenset[str] = frozenset()
    caption: str = ""
