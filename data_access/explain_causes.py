"""The causes of a change between two ends: units that come, go or count otherwise on each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data_access import queries
from data_access.explain_evidence import corrections
from data_access.indicators.kernel.definition import Indicator
from data_access.indicators.kernel.engine import IndicatorEngine
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.sql_periods import periods_of
from data_access.indicators.kernel.units import Side, sides, units
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo

CAUSES = ("late", "corrections", "new", "closed", "moved", "state", "definition")
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
class _UnitSet:
    """The units of one part at one point of the way: in the area, and anywhere."""

    rows: pd.DataFrame
    anywhere: pd.Index


def way_between(start: End, end: End) -> tuple[End, ...]:
    """The points from one end to the other; between two of them one thing changes."""
    then = start.query.but(span=start.query.period)  # whatever day it is asked on
    now = end.query.but(span=end.query.period)
    return (
        End(start.name, then, start.snapshot),
        End(start.name, then.but(as_of=now.as_of), end.snapshot),
        End(start.name, now, end.snapshot),
        End(end.name, now, end.snapshot),
    )


class UnitReader:
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


def rows_of_part(part: str, way: Sequence[End], reader: UnitReader) -> pd.DataFrame:
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
