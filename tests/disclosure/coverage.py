"""How much of a snapshot's districts a reader without an area of their own is shown.

For each client indicator in the last fiscal year: of the districts that count anybody, how many
are shown, how many by their group or their province, and how many not at all.
"""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from config.thai_calendar import fiscal_year_of
from data_access import queries
from data_access.indicators.kernel.definition import Derived
from data_access.indicators.kernel.query import Query
from data_access.indicators.registry import INDICATORS
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo
from geo import district_groups, registers


@dataclass(frozen=True)
class Line:
    """The districts of one indicator: shown by themselves, by group, by province, or not at all."""

    name: str
    own: int
    group: int
    province: int
    hidden: int

    @property
    def counted(self) -> int:
        """The districts that count anybody."""
        return self.own + self.group + self.province + self.hidden


def lines(snapshot: SnapshotInfo) -> list[Line]:
    """A line for each client indicator that the public level offers by district."""
    span = fiscal_year_of(snapshot.as_of).span
    found = []
    for name, definition in INDICATORS.items():
        if not definition.client_counts or isinstance(definition.measure, Derived):
            continue
        if definition.always_by is not None or not definition.by_district:
            continue
        query = Query(snapshot.as_of, area="district", span=span)
        frames = [
            queries.indicator(name, query, scope=Scope(nation=True, reveal=all_), snapshot=snapshot)
            for all_ in (False, True)
        ]
        line = _line(name, *frames)
        if line.counted:
            found.append(line)
    return found


def _line(name: str, public: pd.DataFrame, true: pd.DataFrame) -> Line:
    counted = (true[["numerator", "denominator"]].fillna(0) > 0).any(axis=1)
    kinds: Counter[str] = Counter()
    for row in public[list(counted)].itertuples():
        merged = str(row.merged_area)
        if row.status != "hidden":
            kinds["own"] += 1
        elif district_groups.is_group(merged):
            kinds["group"] += 1
        else:
            kinds["province" if merged else "hidden"] += 1
    return Line(name, *(kinds[kind] for kind in ("own", "group", "province", "hidden")))


def report(snapshot: SnapshotInfo) -> list[str]:
    """The lines in words, and the largest share of districts without any number."""
    found = lines(snapshot)
    every = len(registers.districts())
    said = [
        f"{one.name}: {one.counted} districts count somebody; {one.own} shown, {one.group} by "
        f"group, {one.province} by province, {one.hidden} hidden ({one.hidden / every:.0%} of "
        f"{every}, {one.hidden / one.counted:.0%} of those)"
        for one in found
    ]
    most = max(found, key=lambda one: one.hidden)
    own = sum(one.own for one in found) / sum(one.counted for one in found)
    none = sum(one.hidden for one in found) / sum(one.counted for one in found)
    return [
        *said,
        f"all together: {own:.0%} shown by themselves, {none:.0%} not at all; most hidden: "
        f"{most.name}, {most.hidden} of {every} ({most.hidden / every:.0%})",
    ]
