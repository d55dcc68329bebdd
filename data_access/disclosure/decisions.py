"""Decides, once per snapshot and whatever is asked, which cells the public level hides.

A decision is a function of the snapshot, the indicator, the period and the slice. Queries only
read it: asking for one area alone finds the same cells hidden as asking for all. The denominator
that several indicators share (the base) is decided first; a numerator is decided with the base
taken as known, so that what another indicator shows does no harm.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from config.thai_calendar import Span, fiscal_year_of
from data_access.disclosure import store
from data_access.disclosure.blocks import Hidden
from data_access.disclosure.counts import (
    DISTRICTS,
    PROVINCES,
    Table,
    series_with,
    table,
)
from data_access.disclosure.families import (
    DENOMINATOR_IS_NUMERATOR_OF,
    base_of,
    definition_of,
    unit_of,
)
from data_access.disclosure.moves import Mask
from data_access.indicators.kernel.definition import Kind
from data_access.indicators.kernel.query import Area, Query
from data_access.snapshot import SnapshotInfo
from geo import registers

SMALL, BESIDE, EITHER = "small_number", "protects_another", "small_or_protects"
Cells = Mapping[tuple[str, str], str]  # (area code, slice) of a hidden cell -> its reason

REGIONS = tuple(registers.REGIONS)
REGION_OF = {p: registers.region_of(p) for p in PROVINCES}
INSIDE = {r: tuple(p for p in PROVINCES if REGION_OF[p] == r) for r in REGIONS}
# How many districts an area has: so many cells more are hidden where its empty parts are.
DISTRICTS_IN = Counter(a for d in DISTRICTS for a in (d[:2], REGION_OF[d[:2]], "TH"))
CACHE_SIZE = 8_192
SERIES_KEPT = 64
WIDE, NARROW = "wide", "narrow"


@dataclass(frozen=True)
class Case:
    """One table to decide on: indicators decided together, period, slices and thresholds.

    With `base` it is the count behind them; `least` is the smallest count that is shown,
    `least_sensitive` that of sensitive groups.
    """

    names: tuple[str, ...]
    span: Span
    breakdown: str | None
    least: int
    least_sensitive: int
    base: bool = False

    @property
    def flow(self) -> bool:
        """True where the first indicator counts what happened in a period."""
        return definition_of(self.names[0]).kind is Kind.FLOW

    def of(self, names: tuple[str, ...], *, base: bool = False) -> "Case":
        """The same table of other indicators; a stock is of the period's last day."""
        other = replace(self, names=names, base=base)
        return other if other.flow else replace(other, span=_year_until(self.span))

    def bases(self) -> "Case":
        """The table of the counts behind these indicators."""
        return self.of(base_of(self.names[0], self.breakdown), base=True)

    def totals(self) -> "Case":
        """The same without slices."""
        names = base_of(self.names[0], None) if self.base else self.names
        return replace(self, names=names, breakdown=None)


def case_of(name: str, span: Span, breakdown: str | None, least: int, sensitive: int) -> Case:
    """The table that a cell of an indicator is decided in."""
    case = Case((name,), span, breakdown, least, max(least, sensitive))
    if definition_of(name).client_counts == {"numerator"}:
        return case.bases()
    return case.of(unit_of(name))


def _year_until(span: Span) -> Span:
    # Whatever period a stock was asked for with, it is of the last day: one table, one decision.
    return Span(fiscal_year_of(span.end).start, span.end)


def linked_cases(case: Case) -> list[tuple[Case, bool]]:
    """Tables whose hidden cells are hidden here too; True where the denominator is hidden there."""
    if case.base:
        return []
    first = definition_of(case.names[0])
    before = DENOMINATOR_IS_NUMERATOR_OF.get(first.name)
    tables = []
    if first.always_by is None or case.breakdown != first.always_by:
        tables.append((case.bases(), True))
    if before is not None and (
        case.breakdown is None or case.breakdown in definition_of(before).breakdowns
    ):
        tables.append((case.of(unit_of(before)), True))
    return tables


@lru_cache(maxsize=CACHE_SIZE)
def wide(case: Case, snapshot: SnapshotInfo) -> Cells:
    """The hidden cells of the country, the regions and the provinces."""
    # Imported here, as below: how a table is decided reads what is said of tables here.
    from data_access.disclosure.broad import decide

    cells = store.read(WIDE, case, snapshot)
    return decide(case, snapshot) if cells is None else cells


@lru_cache(maxsize=CACHE_SIZE)
def narrow(case: Case, snapshot: SnapshotInfo) -> Cells:
    """The hidden cells of the districts and of the groups that they form; totals only."""
    # Imported here: districts are decided under provinces, which are decided here.
    from data_access.disclosure.narrow import decide

    cells = store.read(NARROW, case, snapshot)
    return decide(case, snapshot) if cells is None else cells


@lru_cache(maxsize=CACHE_SIZE)
def counts(case: Case, level: Area, snapshot: SnapshotInfo) -> Table:
    """The true counts of a table by province or district, of one period."""
    query = Query(snapshot.as_of, level, span=case.span, breakdown=case.breakdown)
    series = series_with(case.names, case.flow, query)
    if series is None:
        return table(case.names, query, snapshot, case.least, base=case.base)
    # Periods that are asked for one after the other are counted by one statement.
    moment = [span.end for span in series.periods()].index(query.period.end)
    return _series(replace(case, span=series.period), series, snapshot).one(moment)


@lru_cache(maxsize=SERIES_KEPT)
def _series(case: Case, query: Query, snapshot: SnapshotInfo) -> Table:
    return table(case.names, query, snapshot, case.least, base=case.base)


def wider_tables(provinces: Table) -> dict[str, Table]:
    """The same counts of provinces, regions and the country."""
    regions = provinces.sum_to(REGION_OF, REGIONS)
    country = regions.sum_to(dict.fromkeys(REGIONS, "TH"), ("TH",))
    return {"province": provinces, "region": regions, "country": country}


def note(
    cells: dict[tuple[str, str], str],
    hidden_cells: Hidden,
    codes: tuple[str, ...],
    slices: tuple[str, ...],
    above: Mask | None,
) -> None:
    """Write hidden cells down with their reasons; `above` says which slices' sum is hidden too.

    The parts of a hidden sum carry one reason: a sum known to be small, and a part known not to
    be, would say that the part is 0.
    """
    for row, column in zip(*hidden_cells.cells.nonzero(), strict=True):
        if row < len(codes):
            reason = SMALL if hidden_cells.small[row, column] else BESIDE
            under = above is not None and bool(above[column])
            cells[codes[row], slices[column]] = EITHER if hidden_cells.together or under else reason
