"""The least that the clients of a province can be, for all that its published parts tell.

Empty districts, slices and quarters are shown as empty. So each hidden one holds somebody, and a
hidden sum has at least as many clients as it has filled parts. A sum that can be no smaller for
that reason must be uncertain all the same: its floor limits the moves that are counted on.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from config.thai_calendar import fiscal_year_of
from data_access.disclosure import decisions
from data_access.disclosure.counts import PROVINCES, Table, districts_in
from data_access.disclosure.families import BASES, RARE, base_of, definition_of
from data_access.disclosure.moves import Counts
from data_access.disclosure.offer import LEVELS_OF_PERIOD, WHOLE, period_type
from data_access.indicators.kernel.query import Query
from data_access.schema.codes import UNKNOWN, codes_of
from data_access.snapshot import SnapshotInfo

QUARTERS = 4
MANY = 10**9  # more than anything is counted
T = TypeVar("T")


def with_floors(provinces: Table, case: "decisions.Case", snapshot: SnapshotInfo) -> Table:
    """The table of provinces with the floors of its cells, for one period; slices have none.

    The number of filled districts, of filled slices of any breakdown, or of filled quarters of a
    year, whichever is the largest and as far as the public level offers them. Someone who is
    counted in two parts is one client: a floor is never above the count.
    """
    if case.breakdown is not None:
        return provinces
    parts, quarters = _filled_parts(case, snapshot), _filled_quarters(case, snapshot)
    members = tuple(
        replace(
            one,
            floor=np.minimum(one.whole, np.maximum(inside, within)[:, None, None]),
            bare=np.minimum(one.whole, within[:, None, None]),
        )
        for one, inside, within in zip(provinces.members, parts, quarters, strict=True)
    )
    return replace(provinces, members=members)


def with_true_floors(
    provinces: Table,
    case: "decisions.Case",
    snapshot: SnapshotInfo,
    settle: Callable[[Table], T],
    without: T,
) -> T:
    """What `settle` makes of the table with its floors; `without` is what it makes of it as it is.

    Counting parts takes longer than deciding. So it is settled with the highest floors that there
    could be first. Where that hides the same as without floors, it is safe under the highest, and
    so under any lower ones.
    """
    highest = with_highest_floors(provinces, case, snapshot)
    if highest is provinces or settle(highest) == without:
        return without
    return settle(with_floors(provinces, case, snapshot))


def with_highest_floors(provinces: Table, case: "decisions.Case", snapshot: SnapshotInfo) -> Table:
    """The table with floors as if every part that is offered were filled."""
    if case.breakdown is not None:
        return provinces
    sliced, whole = _levels(case, snapshot)
    most = np.full(len(PROVINCES), QUARTERS if case.flow else 0)
    if "district" in whole:
        most = np.maximum(most, [decisions.DISTRICTS_IN[code] for code in PROVINCES])
    if "province" in sliced:
        most = np.maximum(most, max(map(_most_slices, _breakdowns(case)), default=0))
    if not most.any():
        return provinces
    members = tuple(
        replace(
            one,
            floor=np.minimum(one.whole, most[:, None, None]),
            bare=np.minimum(one.whole, QUARTERS if case.flow else 0),
        )
        for one in provinces.members
    )
    return replace(provinces, members=members)


def _most_slices(breakdown: str) -> int:
    """How many slices a breakdown can have: any number where there is no list of codes."""
    codes = codes_of(breakdown)
    return len(codes) + len((UNKNOWN,)) if codes else MANY


def _filled_parts(case: "decisions.Case", snapshot: SnapshotInfo) -> list[Counts]:
    """For each member of the table: the filled districts or slices of each province."""
    most: list[Counts] = [np.zeros(len(PROVINCES), dtype=np.int64) for _ in case.names]
    sliced, whole = _levels(case, snapshot)
    if "district" in whole and all(definition_of(name).by_district for name in case.names):
        districts = decisions.counts(case, "district", snapshot)
        for n, one in enumerate(districts.members):
            most[n] = np.maximum(most[n], districts_in(one.whole[:, 0, 0] > 0))
    if "province" in sliced:
        for breakdown in _breakdowns(case):
            names = base_of(case.names[0], breakdown) if case.base else case.names
            slices = decisions.counts(
                replace(case, names=names, breakdown=breakdown), "province", snapshot
            )
            for name, one in zip(names, slices.members, strict=True):
                if name in case.names:
                    n = case.names.index(name)
                    most[n] = np.maximum(most[n], (one.whole[:, :, 0] > 0).sum(axis=1))
    return most


def _levels(
    case: "decisions.Case", snapshot: SnapshotInfo
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The levels at which the public level offers the case's period: by slice, and whole."""
    query = Query(snapshot.as_of, span=case.span)
    kind = period_type(definition_of(case.names[0]), case.span, query, snapshot.as_of)
    return LEVELS_OF_PERIOD[kind], WHOLE[kind]


def _breakdowns(case: "decisions.Case") -> list[str]:
    """The breakdowns in which the counts of a table are shown."""
    names = set(case.names)
    if case.base:
        for _, shown_by in BASES:
            names |= shown_by if case.names[0] in shown_by else set()
    offered = {b for name in names for b in definition_of(name).breakdowns}
    if case.base:
        return sorted(offered)
    return sorted(b for b in offered if all(b in definition_of(n).breakdowns for n in case.names))


def _filled_quarters(case: "decisions.Case", snapshot: SnapshotInfo) -> list[Counts]:
    """The number of filled quarters of each province where the case is a year of a flow."""
    year = fiscal_year_of(case.span.start)
    quarters = [year.quarter(n) for n in (1, 2, 3, 4)]
    inside = [one for one in quarters if one.end <= case.span.end]
    offered = case.flow and case.span.start == year.start and not RARE.issuperset(case.names)
    by_quarter = all("quarter" in definition_of(n).series for n in case.names)
    if not offered or not by_quarter or len(inside) < 2:  # a quarter is no sum of quarters
        return [np.zeros(len(PROVINCES), dtype=np.int64) for _ in case.names]
    tables = [decisions.counts(replace(case, span=q), "province", snapshot) for q in inside]
    return [
        np.sum([table.members[n].whole[:, 0, 0] > 0 for table in tables], axis=0)
        for n in range(len(case.names))
    ]
