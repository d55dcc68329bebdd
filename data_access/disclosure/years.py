"""Periods beside periods: a year may be shown only where it gives no hidden quarter away.

Quarters are decided first and each by itself, so that a snapshot taken in summer and one taken in
autumn agree about spring. The year to date is the sum of its quarters: it is hidden where a hidden
quarter of the area could not be otherwise once the sum is known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

import numpy as np

from config.thai_calendar import Span, fiscal_year_of
from data_access.disclosure import decisions
from data_access.disclosure.blocks import Block, no_parts, safe
from data_access.disclosure.counts import Table
from data_access.disclosure.families import RARE, STOCK_OF_FLOW
from data_access.disclosure.floors import with_true_floors
from data_access.disclosure.moves import Margins, Mask, Member
from data_access.snapshot import SnapshotInfo

Decide = Callable[["decisions.Case", SnapshotInfo], Mapping[tuple[str, str], str]]


@lru_cache(maxsize=decisions.CACHE_SIZE)
def excused_areas(case: "decisions.Case", snapshot: SnapshotInfo) -> frozenset[str]:
    """Areas hidden for the sake of a quarter or a stock, where they are shown to be uncertain."""
    if case.breakdown is not None or not case.flow:
        return frozenset()
    areas = {code for code, _ in stock_cells(case, snapshot, decisions.wide)}
    year = fiscal_year_of(case.span.start)
    if case.span == Span(year.start, min(year.end, snapshot.as_of)):
        areas |= _for_quarters(case, snapshot)
    return frozenset(areas)


def quarter_of(case: "decisions.Case") -> int | None:
    """Which quarter of its fiscal year a flow's table is of; None for a longer period or a stock.

    Quarters carry one reason for all hidden cells: told apart, they could not be shown beside the
    year.
    """
    if case.breakdown is not None or not case.flow:
        return None
    year = fiscal_year_of(case.span.start)
    for number in (1, 2, 3, 4):
        quarter = year.quarter(number)
        if case.span.start == quarter.start and case.span.end <= quarter.end:
            return number
    return None


def hidden_before(case: "decisions.Case", snapshot: SnapshotInfo) -> frozenset[str]:
    """Areas hidden in the quarter before, of the same year: once hidden they stay so to its end.

    Two hidden quarters of one area can differ while their sum is known; a lone one cannot.
    """
    number = quarter_of(case)
    if number is None or number == 1:
        return frozenset()
    before = fiscal_year_of(case.span.start).quarter(number - 1)
    return frozenset(code for code, _ in decisions.wide(replace(case, span=before), snapshot))


def stock_cells(
    case: "decisions.Case", snapshot: SnapshotInfo, decide: Decide
) -> set[tuple[str, str]]:
    """Cells of a flow between two stocks of which one is hidden: the other three give it away."""
    stock = STOCK_OF_FLOW.get(case.names[0]) if case.base else None
    if stock is None or case.breakdown is not None:
        return set()
    cells: set[tuple[str, str]] = set()
    for end in (case.span.start - timedelta(days=1), case.span.end):
        span = Span(fiscal_year_of(end).start, end)
        cells |= set(decide(replace(case, span=span).of((stock,), base=True), snapshot))
    return cells


def _for_quarters(case: "decisions.Case", snapshot: SnapshotInfo) -> set[str]:
    """Areas whose year is hidden because of its hidden quarters."""
    quarters = _quarters(case, snapshot)
    tables = [decisions.wider_tables(decisions.counts(q, "province", snapshot)) for q in quarters]
    year = decisions.counts(case, "province", snapshot)
    hidden = [decisions.wide(one, snapshot) for one in quarters]
    if not any(hidden):
        return set()
    loose = [_hidden_bases(one, snapshot) for one in quarters]
    beside = _Quarters(case, tables, hidden, loose)
    settle = beside.years_to_hide
    return with_true_floors(year, case, snapshot, settle, settle(year))


@dataclass(frozen=True)
class _Quarters:
    """The quarters of a year: their counts by level, hidden cells, and hidden denominators."""

    case: "decisions.Case"
    tables: list[dict[str, Table]]
    hidden: list["decisions.Cells"]
    loose: list[set[tuple[str, str]]]

    def years_to_hide(self, year: Table) -> set[str]:
        """The areas whose year gives a hidden quarter away, with those that protect them."""
        whole = decisions.wider_tables(year)
        areas: set[str] = set()
        while True:
            stuck: set[str] = set()
            for level, codes, above in _families(self.case):
                place = [whole[level].areas.index(code) for code in codes]
                members = _side_by_side([one[level].at(0, place) for one in self.tables])
                year_members = whole[level].at(0, place)
                if not _adds_up(members, year_members):
                    continue  # the year counts each client once: it is no sum of quarters
                members = tuple(map(_above_the_floor_of, members, year_members))
                rows = np.array([[(code, "") in cells for cells in self.hidden] for code in codes])
                # A column without a published sum helps only where the year above has none either.
                open_above = above is None or above in areas
                free = [
                    above is None or (open_above and (above, "") in cells) for cells in self.hidden
                ]
                block = _block(members, self.case.least, np.array(free))
                block = replace(
                    block,
                    loose=np.array(
                        [[(code, "") in cells for cells in self.loose] for code in codes]
                    ),
                )
                small = [one.small(np.array([self.case.least]))[:, 0] for one in year_members]
                first = np.logical_or.reduce(small) | np.array([code in areas for code in codes])
                found, enough = _rows_to_hide(block, rows, first)
                areas |= {codes[n] for n in found.nonzero()[0]}
                if not enough and above is not None:
                    stuck.add(above)
            if stuck <= areas:
                return areas
            areas |= stuck


def _hidden_bases(case: "decisions.Case", snapshot: SnapshotInfo) -> set[tuple[str, str]]:
    tables = [decisions.wide(one, snapshot) for one, _ in decisions.linked_cases(case)]
    return {cell for cells in tables for cell in cells}


def _quarters(case: "decisions.Case", snapshot: SnapshotInfo) -> list["decisions.Case"]:
    year = fiscal_year_of(case.span.start)
    spans = [year.quarter(n) for n in (1, 2, 3, 4)]
    begun = [s for s in spans if s.start <= snapshot.as_of]
    return [replace(case, span=Span(s.start, min(s.end, snapshot.as_of))) for s in begun]


def _families(case: "decisions.Case") -> list[tuple[str, tuple[str, ...], str | None]]:
    """Level, areas whose quarters are offered, and the area they are the parts of."""
    families: list[tuple[str, tuple[str, ...], str | None]]
    families = [("country", ("TH",), None), ("region", decisions.REGIONS, "TH")]
    if RARE.issuperset(case.names):
        return families
    families += [("province", decisions.INSIDE[r], r) for r in decisions.REGIONS]
    return families


def _block(members: tuple[Member, ...], least: int, free: Mask) -> Block:
    no = np.zeros(members[0].top.shape, dtype=bool)
    margins = Margins(free, no[:, 0])
    smallest = np.full(margins.free_columns.size, least, dtype=np.int64)
    block = Block(members, smallest, margins, no, no, no, no, no, no_parts(no), no)
    return replace(block, base_labelled=False)  # quarters carry one reason


def _side_by_side(quarters: list[tuple[Member, ...]]) -> tuple[Member, ...]:
    return tuple(
        Member(
            np.hstack([one.top for one in same]),
            None
            if any(one.rest is None for one in same)
            else np.hstack([one.rest for one in same if one.rest is not None]),
            np.hstack([one.extra for one in same]),
        )
        for same in zip(*quarters, strict=True)
    )


def _above_the_floor_of(quarters: Member, year: Member) -> Member:
    """The quarters with floors such that none can take its year below the year's own floor."""
    room = year.whole - year.least_whole
    return replace(quarters, floor=np.maximum(quarters.least_whole, quarters.whole - room))


def _adds_up(quarters: tuple[Member, ...], year: tuple[Member, ...]) -> bool:
    for parts, whole in zip(quarters, year, strict=True):
        if (parts.top.sum(axis=1) != whole.top[:, 0]).any():
            return False
    return True


def _rows_to_hide(block: Block, hidden: Mask, rows: Mask) -> tuple[Mask, bool]:
    """The rows whose sum must be hidden, `rows` and others, so that nothing hidden is certain.

    False where even all of them are not enough: then the sum above must be hidden too.
    """
    while True:
        margins = Margins(block.margins.free_columns, rows)
        trial = replace(block, margins=margins)
        certain = hidden & ~safe(trial, hidden, labelled=False)
        lone = rows & ~_sums_uncertain(trial, hidden, rows)
        more = certain.any(axis=1) & ~rows
        if not more.any():
            # Their partners: one row with a hidden cell in the column of what is still certain.
            columns = certain.any(axis=0) | hidden[lone].any(axis=0)
            partners = (hidden[:, columns].any(axis=1) & ~rows).nonzero()[0]
            more = np.isin(np.arange(len(rows)), partners[-1:])
        if not more.any():
            return rows, not (certain.any() or lone.any())
        rows = rows | more


def _sums_uncertain(block: Block, hidden: Mask, rows: Mask) -> Mask:
    """True for hidden sums that can differ: clients of one column move to another hidden sum."""
    found = np.zeros(len(rows), dtype=bool)
    here = rows.nonzero()[0]
    if not here.size:
        return found
    for column in range(hidden.shape[1]):
        pick = np.ix_(here, np.array([column]))
        part = Block(
            tuple(one.at(pick) for one in block.members),
            block.least[[column]],
            Margins(block.margins.free_columns[[column]], np.ones(len(here), dtype=bool)),
            block.must_hide[pick],
            block.may_show[pick],
            block.loose[pick],
            block.always[pick],
            block.empty_too[pick],
            no_parts(pick[0]),
            block.before[pick],
            base_labelled=False,
        )
        # A quarter without anybody lends its sum no doubt; a year without anybody needs none.
        none = [_nobody(one, part.loose) for one in block.members]
        can_move = safe(part, hidden[pick], labelled=False, no_doubt=none)
        found[here] |= (can_move & hidden[pick])[:, 0]
    return found


def _nobody(member: Member, loose: Mask) -> tuple[Mask, Mask]:
    """Where numerators and differences count nobody at all, or are the shown denominator."""
    no_top = np.full(loose.shape, not member.top.any())
    no_rest = np.full(loose.shape, member.rest is not None and not member.rest.any())
    return no_top | (no_rest & ~loose), no_rest | (no_top & ~loose)
