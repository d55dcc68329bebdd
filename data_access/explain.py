"""Why a figure moved: the change between two ends, split into causes that add up exactly.

An end is a question to one snapshot. From the earlier end to the later one lead three steps, each
of which changes one thing only, so that what they change sums to the whole:

1. what is known: the earlier question, asked of the later snapshot on the later day — late entries,
   corrections, and units that the later snapshot has in another area;
2. time: the later question — new, closed, moved, and units whose state changed within the base;
3. the definition, where the later end has another one.

The units are those that the definition itself counts, through scope, and only counts leave.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data_access import queries
from data_access.explain_definitions import DefinitionThen, definition_then, with_reason
from data_access.explain_evidence import corrections, has_ids
from data_access.explain_hiding import why_hidden
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.kernel.engine import IndicatorEngine
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of
from data_access.indicators.kernel.units import Side, sides, units
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, engine
from data_access.status import Status

CAUSES = ("late", "corrections", "new", "closed", "moved", "state", "definition")
COLUMNS = ["part", "cause", "added", "removed", "change", "status", "reason"]
KNOWN, TIME, DEFINITION = "known", "time", "definition"


@dataclass(frozen=True)
class End:
    """One end of a comparison: an indicator as `show` gives it, for one area and period."""

    name: str
    query: Query
    snapshot: SnapshotInfo

    @property
    def definition(self) -> Indicator:
        """The definition that counts this end."""
        return queries.definition_of(self.name)


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
    for the whole country only, between two periods of one snapshot, and only where every part is
    nothing or large enough; inside own areas always.
    """
    _check(start, end)
    cells = _cell(start, scope), _cell(end, scope)
    with ExitStack() as stack:
        files = {
            one.snapshot.path: stack.enter_context(engine(one.snapshot).connect())
            for one in (start, end)
        }
        reader, way = _Reader(scope, files), _way(start, end)
        told = [_part(part, way, reader) for part in sides(end.definition)]
        both = () if start.snapshot == end.snapshot else (start, end)
        then = [
            definition_then(one.definition, one.snapshot, files[one.snapshot.path]) for one in both
        ]
    frame = pd.concat(told, ignore_index=True)
    _verify(frame, *cells)
    definitions = tuple(one for one in then if one.then != one.now)
    frame = with_reason(_hide(frame, start, end, scope, cells), definitions)
    return Explanation(*cells, frame, definitions)


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


@dataclass(frozen=True)
class _UnitSet:
    """The units of one part at one point of the way: in the area, and anywhere."""

    rows: pd.DataFrame
    anywhere: pd.Index


def _way(start: End, end: End) -> tuple[End, ...]:
    """The points from one end to the other; between two of them one thing changes."""
    then = start.query.but(span=start.query.period)  # whatever day it is asked on
    now = end.query.but(span=end.query.period)
    return (
        End(start.name, then, start.snapshot),
        End(start.name, then.but(as_of=now.as_of), end.snapshot),
        End(start.name, now, end.snapshot),
        End(end.name, now, end.snapshot),
    )


class _Reader:
    """Reads the units of the points of a way over open files, those of a share once."""

    def __init__(self, scope: Scope, files: Mapping[Path, Connection]) -> None:
        self.scope, self.files = scope, files
        self._read: dict[tuple[End, Side], _UnitSet] = {}

    def unit_set(self, part: str, at: End) -> _UnitSet:
        """The units of a part at one point; nobody where there can be no number."""
        two = sides(at.definition)
        nobody = pd.DataFrame({"client": [], "weight": []}, index=pd.Index([], name="unit"))
        whole = two["numerator"].rows == two[part].rows
        side = two["numerator"] if whole else two[part]
        if (at, side) not in self._read:
            self._read[at, side] = self._units(side, at, nobody)
        whole_set = self._read[at, side]
        if side == two[part]:
            return whole_set
        return _UnitSet(whole_set.rows.assign(weight=1), whole_set.anywhere)

    def _units(self, side: Side, at: End, nobody: pd.DataFrame) -> _UnitSet:
        definition, connection = at.definition, self.files[at.snapshot.path]
        counter = IndicatorEngine(connection, self.scope)
        if counter.why_not(definition, at.query):
            return _UnitSet(nobody, nobody.index)
        rows = units(counter, side, definition.kind, at.query)
        wide = at.query.but(region=None, province=None, district=None, base=77)
        if wide == at.query and self.scope.nation:
            return _UnitSet(rows, rows.index)
        # Whether a unit is in another area decides about a word; nothing of that area is told.
        nation = IndicatorEngine(connection, Scope(nation=True))
        return _UnitSet(rows, units(nation, side, definition.kind, wide).index)


def _part(part: str, way: Sequence[End], reader: _Reader) -> pd.DataFrame:
    """The rows of one part, a row per cause, with the clients behind added and removed units."""
    changes: list[pd.DataFrame] = []
    for step, (earlier, later) in zip((KNOWN, TIME, DEFINITION), pairwise(way), strict=True):
        if earlier == later:
            continue
        moves = _moves(reader.unit_set(part, earlier), reader.unit_set(part, later))
        moves["cause"] = _causes(step, moves)
        if earlier.snapshot != later.snapshot:
            _correct(moves, sides(earlier.definition)[part], earlier, later, reader.files)
        changes.append(moves)
    return _sums(part, changes)


def _moves(before: _UnitSet, after: _UnitSet) -> pd.DataFrame:
    """A row per unit that adds something else than before: change, client, in_base (at both
    points), elsewhere (it is counted at both, in another area at one)."""
    every = before.rows.index.union(after.rows.index)
    weights = [one.rows["weight"].reindex(every, fill_value=0) for one in (before, after)]
    change = weights[1] - weights[0]
    clients = before.rows["client"].reindex(every).fillna(after.rows["client"].reindex(every))
    moves = pd.DataFrame({"change": change, "client": clients})[change != 0]
    inside = [moves.index.isin(one.rows.index) for one in (before, after)]
    anywhere = [moves.index.isin(one.anywhere) for one in (before, after)]
    moves["in_base"] = inside[0] & inside[1]
    moves["elsewhere"] = ~moves["in_base"] & anywhere[0] & anywhere[1]
    return moves


def _causes(step: str, moves: pd.DataFrame) -> pd.Series:
    if step == DEFINITION:
        return pd.Series("definition", index=moves.index)
    if step == KNOWN:
        return pd.Series("late", index=moves.index).mask(moves["elsewhere"], "moved")
    signs = pd.Series("new", index=moves.index).mask(moves["change"] < 0, "closed")
    return signs.mask(moves["in_base"], "state").mask(moves["elsewhere"], "moved")


def _correct(
    moves: pd.DataFrame, side: Side, earlier: End, later: End, files: Mapping[Path, Connection]
) -> None:
    """Calls corrections what the later snapshot does not only add to."""
    late = moves[moves["cause"] == "late"]
    rows = side.rows(periods_of(earlier.query, earlier.definition.kind)).subquery("counted")
    keys = dict(zip(late.index, late["client"], strict=True))
    before, after = (files[one.snapshot.path] for one in (earlier, later))
    against = corrections(rows, keys, before, after)
    moves.loc[moves.index.isin(against) & (moves["cause"] == "late"), "cause"] = "corrections"


def _sums(part: str, changes: list[pd.DataFrame]) -> pd.DataFrame:
    moves = pd.concat([one.reset_index() for one in changes]) if changes else None
    rows = []
    for cause in CAUSES:
        mine = moves[moves["cause"] == cause] if moves is not None else pd.DataFrame()
        row: dict[str, Any] = {"part": part, "cause": cause}
        for name, sign in (("added", 1), ("removed", -1)):
            these = mine[mine["change"] * sign > 0] if len(mine) else mine
            row[name] = int(these["change"].abs().sum()) if len(these) else 0
            row[f"{name}_clients"] = int(these["client"].nunique()) if len(these) else 0
        rows.append(row | {"change": row["added"] - row["removed"]})
    return pd.DataFrame(rows)


def _verify(frame: pd.DataFrame, start: Cell, end: Cell) -> None:
    for part, rows in frame.groupby("part"):
        ends = [getattr(one, str(part)) for one in (start, end)]
        if None not in ends and int(rows["change"].sum()) != ends[1] - ends[0]:
            raise DoesNotAddUp(f"{part}: {rows['change'].sum()} between {ends[0]} and {ends[1]}")


def _hide(
    frame: pd.DataFrame, start: End, end: End, scope: Scope, cells: tuple[Cell, ...]
) -> pd.DataFrame:
    """The frame without client counts where the reader may not be told them."""
    about_clients = frame["part"].isin(
        start.definition.client_counts | end.definition.client_counts
    )
    frame = frame.assign(status=Status.SHOWN.value, reason="")
    refused = {Status.HIDDEN, Status.NOT_PERMITTED}
    reason = next((one.reason for one in cells if one.status in refused), "")
    hidden = pd.Series(bool(reason), index=frame.index)
    if not reason and about_clients.any():
        same = start.snapshot == end.snapshot
        asked = (start.query, end.query)
        reason = why_hidden(frame[about_clients], asked, scope, same_snapshot=same)
        hidden = about_clients if reason else hidden
    for column in ("added", "removed", "change"):
        frame[column] = frame[column].astype("Int64").mask(hidden)
    frame.loc[hidden, "status"] = Status.HIDDEN.value
    frame.loc[hidden, "reason"] = reason
    return frame[COLUMNS]
