"""Why a figure moved: the change between two ends, split into causes that add up exactly.

An end is a question to one snapshot. From the earlier end to the later one lead three steps, each
of which changes one thing only, so that what they change sums to the whole:

1. what is known: the earlier question, asked of the later snapshot on the later day — late entries,
   corrections, and units that the later snapshot has in another area;
2. time: the later question — new, closed, moved, and units whose state changed within the base;
3. the definition, where the later end has another one.

The units are those that the definition itself counts, through scope, and only counts leave.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from data_access import queries
from data_access import snapshot as snapshots
from data_access.disclosure.families import DENOMINATOR_IS_NUMERATOR_OF, unit_of
from data_access.explain_causes import (
    CAUSES,
    End,
    UnitReader,
    rows_of_part,
    way_between,
)
from data_access.explain_definitions import DefinitionThen, definition_then, with_reason
from data_access.explain_evidence import has_ids
from data_access.explain_hiding import Change, owns, why_hidden
from data_access.indicators import registry
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of
from data_access.indicators.kernel.units import sides
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine
from data_access.snapshot_files import unless_gone
from data_access.status import Status

__all__ = [
    "CAUSES",
    "COLUMNS",
    "Cell",
    "DoesNotAddUp",
    "End",
    "Explanation",
    "NotExplained",
    "explain",
]

COLUMNS = ["part", "cause", "added", "removed", "change", "status", "reason"]


@dataclass(frozen=True)
class Cell:
    """What `show` gives at one end: whole numbers and a value (0–100 for percent), None where it
    gives none; `status` and `reason` as in its frame."""

    numerator: int | None
    denominator: int | None
    value: float | None
    status: str
    reason: str


@dataclass(frozen=True)
class Explanation:
    """Both ends as shown, and a row per part and cause: `COLUMNS`.

    `change` is `added` less `removed`; over all causes of a part it sums to the change of that part
    between the ends. Where `status` is hidden a row has no numbers, but the reason.

    All of it is counted by today's definitions. Between two snapshots, `definitions` are those ends
    that were published under another one, or may have been: the rows of the cause `definition` say
    so in `reason`, and have no numbers for it, for an earlier definition cannot be counted by.
    """

    start: Cell
    end: Cell
    frame: pd.DataFrame
    definitions: tuple[DefinitionThen, ...] = ()


class NotExplained(ValueError):
    """The change cannot be split; `reason` is the key `explain.not.<reason>` of what to say."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class DoesNotAddUp(ValueError):
    """The causes do not sum to the change that `show` gives: a fault of this program."""


def explain(start: End, end: End, *, scope: Scope) -> Explanation:
    """The change from one end to the other, split; raises `NotExplained`.

    Both ends are totals of the area their queries name. At the public level client counts are told
    for the whole country only, between a quarter of one snapshot and the one before it, and only
    where every part is nothing or large enough; inside own areas always.
    """
    _check(start, end)
    with unless_gone(start.snapshot.path), unless_gone(end.snapshot.path):
        frame, cells = _count(start, end, scope)
        reason = _why_hidden(start, end, scope)
        definitions = _definitions_then(start, end)
        frame = with_reason(_hide(frame, (start, end), cells, reason), definitions)
        return Explanation(*cells, frame, definitions)
    raise NotExplained("snapshot_gone")


def _definitions_then(start: End, end: End) -> tuple[DefinitionThen, ...]:
    """The ends of two snapshots that were published under another definition, or may have been."""
    found = []
    for one in () if start.snapshot == end.snapshot else (start, end):
        with engine(one.snapshot).connect() as connection:
            found.append(definition_then(one.definition, one.snapshot, connection))
    return tuple(one for one in found if one.then != one.now)


@lru_cache(maxsize=16)
def _count(start: End, end: End, scope: Scope) -> tuple[pd.DataFrame, tuple[Cell, Cell]]:
    """All causes with the clients behind them, and both ends as shown. Kept for a moment: what is
    told may depend on other indicators, whose turn comes next."""
    cells = _cell(start, scope), _cell(end, scope)
    with ExitStack() as stack:
        files = {
            one.snapshot.path: stack.enter_context(engine(one.snapshot).connect())
            for one in (start, end)
        }
        reader, way = UnitReader(scope, files), way_between(start, end)
        told = [rows_of_part(part, way, reader) for part in sides(end.definition)]
    frame = pd.concat(told, ignore_index=True)
    _verify(frame, *cells)
    return frame, cells


def _check(start: End, end: End) -> None:
    for one in (start, end):
        if not sides(one.definition):
            raise NotExplained("no_units")
        if one.definition.always_by:
            raise NotExplained("by_group")
    if set(sides(start.definition)) != set(sides(end.definition)):
        raise NotExplained("no_units")
    later, earlier = end.query, start.query
    if later.period.end < earlier.period.end or later.as_of < earlier.as_of:
        raise NotExplained("backwards")
    if start.snapshot != end.snapshot:
        for side in sides(start.definition).values():
            rows = side.rows(periods_of(start.query, start.definition.kind)).subquery()
            if not has_ids(rows):
                raise NotExplained("no_ids")


def _cell(end: End, scope: Scope) -> Cell:
    answer = queries.answer(end.name, end.query, scope=scope, snapshot=end.snapshot)
    row: Any = next(answer.frame.itertuples())
    numbers = [None if pd.isna(n) else int(n) for n in (row.numerator, row.denominator)]
    value = None if pd.isna(row.value) else float(row.value)
    return Cell(numbers[0], numbers[1], value, str(row.status), str(row.reason))


def _verify(frame: pd.DataFrame, start: Cell, end: Cell) -> None:
    for part, rows in frame.groupby("part"):
        ends = [getattr(one, str(part)) for one in (start, end)]
        if None not in ends and int(rows["change"].sum()) != ends[1] - ends[0]:
            raise DoesNotAddUp(f"{part}: {rows['change'].sum()} between {ends[0]} and {ends[1]}")


def _why_hidden(start: End, end: End, scope: Scope) -> str:
    """The reason why this reader is not told the causes of client counts; empty where they are.

    Not told either is what others give away by adding up with it, and what a snapshot before hid.
    """
    reason = _why_hidden_alone(start, end, scope)
    if reason or owns((start.query, end.query), scope):
        return reason
    small = any(_why_hidden_alone(*others, scope) for others in _beside(start, end))
    return "explain_small" if small else ""


def _why_hidden_alone(start: End, end: End, scope: Scope) -> str:
    frame, cells = _count(start, end, scope)
    about_clients = _about_clients(frame, start, end)
    if not about_clients.any():
        return ""
    if refusal := _refusal(cells):
        return refusal
    mine = frame[about_clients]
    before = {part: getattr(cells[0], str(part)) for part in mine["part"].unique()}
    alike = (start.name, start.snapshot) == (end.name, end.snapshot)
    counts = {part: count for part, count in before.items() if count is not None}
    both, kind = (start.query, end.query), end.definition.kind
    return why_hidden(Change(mine, both, kind, alike, end.snapshot.as_of, counts), scope)


def _beside(start: End, end: End) -> Iterator[tuple[End, End]]:
    """The same change of the indicators that add up with this one, and of all of them in the
    snapshots before, where both periods were over by then."""
    names = [end.name, *unit_of(end.name), DENOMINATOR_IS_NUMERATOR_OF.get(end.name, end.name)]
    info: SnapshotInfo | None = end.snapshot
    while info is not None and end.query.period.end <= info.as_of:
        for name in dict.fromkeys(names):
            if name in registry.INDICATORS and (name, info) != (end.name, end.snapshot):
                yield _then(name, start.query, info), _then(name, end.query, info)
        info = snapshots.before(info)


def _then(name: str, query: Query, info: SnapshotInfo) -> End:
    return End(name, query.but(as_of=info.as_of, span=query.period), info)


def _about_clients(frame: pd.DataFrame, start: End, end: End) -> pd.Series:
    return frame["part"].isin(start.definition.client_counts | end.definition.client_counts)


def _refusal(cells: tuple[Cell, Cell]) -> str:
    """Why one of the ends is not shown; empty where both are."""
    refused = {Status.HIDDEN, Status.NOT_PERMITTED}
    return next((one.reason for one in cells if one.status in refused), "")


def _hide(
    frame: pd.DataFrame, ends: tuple[End, End], cells: tuple[Cell, Cell], reason: str
) -> pd.DataFrame:
    """The frame without client counts where there is a `reason`, and without any number where an
    end has none."""
    frame = frame.assign(status=Status.SHOWN.value, reason="")
    refusal = _refusal(cells)
    hidden = pd.Series(bool(refusal), index=frame.index)
    if not refusal and reason:
        hidden = _about_clients(frame, *ends)
    reason = refusal or reason
    for column in ("added", "removed", "change"):
        frame[column] = frame[column].astype("Int64").mask(hidden)
    frame.loc[hidden, "status"] = Status.HIDDEN.value
    frame.loc[hidden, "reason"] = reason
    return frame[COLUMNS]
