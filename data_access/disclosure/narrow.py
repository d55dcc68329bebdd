"""Decides on the districts of a province and on the fixed groups of neighbours that they form.

Groups are the parts of a province, districts the parts of a group: two steps of one hierarchy,
by the same rule. Clients of a province without a district are the last part of its first group.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from data_access.disclosure import decisions
from data_access.disclosure.blocks import Block, Hidden, protect
from data_access.disclosure.broad import parts_hidden
from data_access.disclosure.counts import DISTRICTS, IN_PROVINCE, PROVINCES, Table, any_few
from data_access.disclosure.earlier import cells_before, one_reason
from data_access.disclosure.moves import Counts, Margins, Mask, Member
from data_access.snapshot import SnapshotInfo
from geo import district_groups

Cell = tuple[str, str]
GROUPS = tuple(district_groups.members())
GROUPS_IN = {p: district_groups.groups_of(p) for p in PROVINCES}
# The clients of a province whose district is not known: a part of its first group, on no page.
REST_OF_GROUP = {GROUPS_IN[p][0]: f"{p}-unplaced" for p in PROVINCES}
PARTS = (*DISTRICTS, *REST_OF_GROUP.values())
GROUP_OF = {**district_groups.group_by_district(), **{part: g for g, part in REST_OF_GROUP.items()}}
PARTS_OF = {
    group: (*members, *([REST_OF_GROUP[group]] if group in REST_OF_GROUP else []))
    for group, members in district_groups.members().items()
}


PLACE = {code: n for areas in (GROUPS, PARTS) for n, code in enumerate(areas)}
IS_REST = np.isin(PARTS, tuple(REST_OF_GROUP.values()))


def decide(case: "decisions.Case", snapshot: SnapshotInfo) -> "decisions.Cells":
    """The hidden cells of districts and of their groups, with their reasons; totals only."""
    from data_access.disclosure.years import stock_cells

    above = decisions.wide(case, snapshot)
    tables = [decisions.narrow(one, snapshot) for one, _ in decisions.linked_cases(case)]
    loose = frozenset[Cell]().union(*tables)
    beside = stock_cells(case, snapshot, decisions.narrow)
    parts, adds_up = placed_and_not(
        decisions.counts(case, "district", snapshot), decisions.counts(case, "province", snapshot)
    )
    groups = parts.sum_to(GROUP_OF, GROUPS)
    before = cells_before(decisions.NARROW, case, snapshot)
    steps = [_whole(table, case.least, (loose, beside, before)) for table in (groups, parts)]
    cells: dict[Cell, str] = {}
    for n, province in enumerate(PROVINCES):
        if parts_hidden(above, province):
            areas = [a for g in GROUPS_IN[province] for a in (g, *PARTS_OF[g])]
            cells.update({(area, ""): decisions.EITHER for area in areas})
            continue
        under = (province, "") in above
        hidden = _settle(
            cells,
            _as_before(steps[0], before, GROUPS_IN[province], under=under),
            GROUPS_IN[province],
            under,
            free=under | ~adds_up[n],
        )
        for group, group_hidden, parts_too in zip(
            GROUPS_IN[province], hidden.cells[:, 0], hidden.parts_too, strict=True
        ):
            if parts_too:
                cells.update({(part, ""): decisions.EITHER for part in PARTS_OF[group]})
            else:
                step = _as_before(steps[1], before, PARTS_OF[group], under=group_hidden)
                _settle(cells, step, PARTS_OF[group], group_hidden, free=group_hidden)
    return cells


def placed_and_not(districts: Table, provinces: Table) -> tuple[Table, Mask]:
    """The counts of districts and of each province's clients without one; and where they add up.

    Where districts count more than their province (somebody in two of them) nobody is left over.
    """
    adds_up: Mask = np.ones(len(PROVINCES), dtype=bool)

    def with_left_over(inner: Counts, outer: Counts) -> Counts:
        nonlocal adds_up
        left = outer - np.tensordot(IN_PROVINCE, inner, axes=1)
        adds_up = adds_up & (left >= 0).all(axis=(1, 2))
        return np.concatenate([inner, np.maximum(left, 0)])

    members, few = [], []
    for one, above, inner_few, outer_few in zip(
        districts.members, provinces.members, districts.few, provinces.few, strict=True
    ):
        top = with_left_over(one.top, above.top)
        rest = None
        if one.rest is not None and above.rest is not None:
            rest = with_left_over(one.rest, above.rest)
        counted = adds_up
        cubes = tuple(with_left_over(i, o) for i, o in zip(inner_few, outer_few, strict=True))
        adds_up = counted  # clients behind units are no parts of a published sum
        few.append(cubes)
        members.append(Member(top, rest, any_few(cubes, top.shape, districts.least)))
    whole = Table(tuple(members), PARTS, districts.slices, tuple(few), districts.least)
    return whole, adds_up


def _as_before(
    step: Block, before: "decisions.Cells", codes: tuple[str, ...], *, under: bool
) -> Block:
    """The step with one reason for all parts of a sum where the snapshot before asks for it."""
    small = step.small[[PLACE[code] for code in codes]]
    return replace(step, as_one=one_reason(before, small, (codes, ("",)), np.array([under])))


def _whole(
    table: Table, least: int, sets: tuple[Collection[Cell], Collection[Cell], Collection[Cell]]
) -> Block:
    """All areas of a step as one block, of which each sum's parts are taken.

    `sets` are the cells whose denominator is hidden, those hidden beside a stock, and those that
    the snapshot before hid.
    """
    column = np.array([[(code, "") in cells for code in table.areas] for cells in sets])
    rest_rows = IS_REST if table.areas == PARTS else np.zeros(len(table.areas), dtype=bool)
    return Block(
        table.at(0),
        np.array([least], dtype=np.int64),
        Margins(np.zeros(1, dtype=bool), np.ones(len(table.areas), dtype=bool)),
        column[0][:, None],
        column[1][:, None],
        column[0][:, None],
        rest_rows[:, None],
        np.zeros_like(column[0])[:, None],
        np.array([len(PARTS_OF.get(code, ())) for code in table.areas], dtype=np.int64),
        column[2][:, None],
    )


def _settle(
    cells: dict[Cell, str], whole: Block, codes: tuple[str, ...], under: bool, *, free: bool
) -> Hidden:
    """Note the hidden parts of a sum and give them; `under`: it is hidden, `free`: unknown."""
    block = whole.rows([PLACE[code] for code in codes], free=free)
    if under:
        block = replace(block, must_hide=np.ones_like(block.must_hide))
    found = protect(block)
    decisions.note(cells, found, codes, ("",), np.array([under]))
    return found
