"""Decides on the cells of the country, the regions and the provinces, from the top down."""

from dataclasses import dataclass, replace

import numpy as np

from data_access.disclosure import bands, decisions
from data_access.disclosure.blocks import Block, Hidden, protect
from data_access.disclosure.counts import Table
from data_access.disclosure.decisions import DISTRICTS_IN, EITHER, INSIDE, REGIONS, Case, Cells
from data_access.disclosure.earlier import cells_before, one_reason
from data_access.disclosure.families import SENSITIVE_GROUPS, definition_of
from data_access.disclosure.moves import Counts, Margins, Mask
from data_access.snapshot import SnapshotInfo

PARTS_OF = "parts of "


def decide(case: Case, snapshot: SnapshotInfo) -> Cells:
    """The hidden cells of the country, the regions and the provinces, with their reasons."""
    # Imported here: floors are worked out from parts, which are counted here.
    from data_access.disclosure.floors import with_true_floors

    whole = decisions.counts(case, "province", snapshot)
    provinces = bands.join(whole, bands.division(case, snapshot))
    # A slice that nobody is in any more is decided too: what was hidden of it stays hidden.
    provinces = provinces.with_slices({one for _, one in _hidden_before(case, snapshot)})

    def settle(table: Table) -> Cells:
        return _settle_all(case, table, snapshot)

    without = settle(provinces)
    if without:  # else nothing is hidden: there is nothing to hold up
        without = with_true_floors(provinces, case, snapshot, settle, without)
    return {**without, **bands.note(case, snapshot)}


def _settle_all(case: Case, provinces: Table, snapshot: SnapshotInfo) -> Cells:
    """The hidden cells of the country, then of the regions, then of the provinces."""
    levels = decisions.wider_tables(provinces)
    step = _Steps.of(case, provinces, snapshot)
    nation = step.settle(levels["country"], ("TH",), "", np.ones(len(provinces.slices), dtype=bool))
    of_region = step.settle(levels["region"], REGIONS, "TH", nation[0])
    for n, region in enumerate(REGIONS):
        step.settle(provinces, INSIDE[region], region, of_region[n])
    return step.cells


@dataclass(frozen=True)
class _Steps:
    """The steps from the country to the provinces, with what is known of them beforehand.

    `rows` are areas whose total is hidden, `elsewhere` those hidden for another period, `base` the
    cells whose denominator is hidden; `totals` are the hidden cells of the table without slices,
    `before` those of this table in the snapshot before.
    """

    case: Case
    least: Counts
    rows: frozenset[str]
    elsewhere: frozenset[str]
    base: frozenset[tuple[str, str]]
    totals: Cells
    by_quarter: bool
    sides_known: bool
    before: Cells
    cells: dict[tuple[str, str], str]

    @classmethod
    def of(cls, case: Case, provinces: Table, snapshot: SnapshotInfo) -> "_Steps":
        """The steps of a table."""
        # Imported here: hidden years are worked out from hidden quarters, which are decided here.
        from data_access.disclosure.years import excused_areas, hidden_before, quarter_of

        totals = hidden_totals(case, snapshot)
        before = _hidden_before(case, snapshot)
        linked = [decisions.wide(one, snapshot) for one, _ in decisions.linked_cases(case)]
        return cls(
            case,
            np.array([_least(case, s) for s in provinces.slices], dtype=np.int64),
            frozenset(code for code, _ in totals) | hidden_before(case, snapshot),
            excused_areas(case, snapshot),
            frozenset[tuple[str, str]]().union(*linked),
            totals,
            by_quarter=quarter_of(case) is not None,
            sides_known=bands.sides_known(case, snapshot),
            before=before,
            cells={key: why for key, why in before.items() if _is_of_parts(key)},
        )

    def settle(self, level: Table, codes: tuple[str, ...], whole: str, above: Mask) -> Mask:
        """Decide on the parts of a whole; `above` says in which slices it is hidden itself."""
        block = self._block(level, codes, whole, above)
        under = above if whole else np.zeros_like(above)
        one = one_reason(self.before, block.small, (codes, level.slices), under)
        wide = whole in ("", "TH")
        block = replace(block, as_one=one, sides_known=wide and self.sides_known)
        found = protect(block)
        if block.empty_too.all():
            everything = block.empty_too
            rows = np.ones(len(codes), dtype=bool)
            found = Hidden(everything, found.small, rows, together=True)
        for n in found.parts_too.nonzero()[0]:
            self.cells[_parts_of(codes[n])] = EITHER
        if self.by_quarter:
            found = replace(found, together=True)
        decisions.note(self.cells, found, codes, level.slices, above if whole else None)
        return found.cells

    def _block(self, level: Table, codes: tuple[str, ...], whole: str, above: Mask) -> Block:
        row = np.array([code in self.rows for code in codes])
        loose = np.array([[(code, s) in self.base for s in level.slices] for code in codes])
        forced = loose | row[:, None]
        if whole:
            forced = forced | above[None, :]
        nothing = np.zeros_like(forced)
        before = np.array([[(code, s) in self.before for s in level.slices] for code in codes])
        empty_too = np.array([parts_hidden(self.totals, code) for code in codes])[:, None] | nothing
        return Block(
            level.at(0, [level.areas.index(code) for code in codes]),
            self.least,
            Margins(above, row | (self.case.breakdown is None)),
            forced,
            np.array([code in self.elsewhere for code in codes])[:, None] | nothing,
            loose,
            nothing,
            empty_too | parts_hidden(self.cells, whole),
            np.array([0 if self.case.breakdown else DISTRICTS_IN[code] for code in codes]),
            before,
            base_labelled=not self.by_quarter,
        )


def _hidden_before(case: Case, snapshot: SnapshotInfo) -> Cells:
    cells = cells_before(decisions.WIDE, case, snapshot)
    return bands.joined_cells(cells, case, bands.division(case, snapshot))


def parts_hidden(cells: Cells, whole: str) -> bool:
    """True where all parts of an area are hidden, empty or not, and with them all of theirs."""
    return _parts_of(whole) in cells


def _parts_of(whole: str) -> tuple[str, str]:
    # A cell that nobody asks for: readers look areas up by their code.
    return f"{PARTS_OF}{whole}", ""


def _is_of_parts(cell: tuple[str, str]) -> bool:
    return cell[0].startswith(PARTS_OF)


def _least(case: Case, one: str) -> int:
    sensitive = case.breakdown == "target_group" and one in SENSITIVE_GROUPS
    return case.least_sensitive if sensitive else case.least


def hidden_totals(case: Case, snapshot: SnapshotInfo) -> Cells:
    """The hidden cells of the same table without slices: where one is hidden so are its slices."""
    if case.breakdown is None:
        return {}
    totals = case.totals()
    if definition_of(case.names[0]).always_by is not None:
        totals = totals.bases()
    return decisions.wide(totals, snapshot)
