"""What the snapshot before hid: hidden once, a cell of a closed period stays hidden.

Somebody who saw both snapshots may take it that most counts of a closed period are the same in
both. Were a cell shown beside one that the earlier snapshot hid, the earlier one would be told.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from data_access import snapshot as snapshots
from data_access.disclosure.families import definition_of
from data_access.disclosure.moves import Mask
from data_access.disclosure.offer import period_type
from data_access.indicators.kernel.query import Query
from data_access.snapshot import SnapshotInfo
from data_access.snapshot_files import unless_gone

if TYPE_CHECKING:
    from data_access.disclosure.decisions import Case

Cells = Mapping[tuple[str, str], str]


def cells_before(level: str, case: "Case", snapshot: SnapshotInfo) -> Cells:
    """The hidden cells that the snapshot before has in the same table, with their reasons.

    Where it offered no such table there are none: a period that was open then is another table
    now. What this snapshot itself once hid, by another rule or before rows were taken out, counts
    as hidden before.
    """
    from data_access.disclosure import decisions, store

    cells = dict(store.read_older(level, case, snapshot))
    before = snapshots.before(snapshot)
    if before is None or not offered(case, before):
        return cells
    decide = decisions.narrow if level == decisions.NARROW else decisions.wide
    with unless_gone(before.path):
        return {**cells, **decide(case, before)}
    # A refresh took the file away while it was read: it is no longer kept.
    return cells_before(level, case, snapshot)


def one_reason(
    before: Cells, small: Mask, cells: tuple[tuple[str, ...], tuple[str, ...]], under: Mask
) -> bool:
    """True where all hidden cells of a block are to carry one reason, for what was said of them.

    That is where the snapshot before gave one, and where a cell that it called small is not, or the
    other way round: two reasons of one cell would tell on which side of the threshold the other
    cells were. `cells` are the areas and slices of `small`; slices whose sum is hidden (`under`)
    carry one reason anyway.
    """
    from data_access.disclosure.decisions import BESIDE, EITHER, SMALL

    for row, code in enumerate(cells[0]):
        for column, one in enumerate(cells[1]):
            reason = before.get((code, one), "")
            said = {SMALL: True, BESIDE: False}.get(reason, small[row, column])
            if (reason == EITHER and not under[column]) or said != small[row, column]:
                return True
    return False


def offered(case: "Case", before: SnapshotInfo) -> bool:
    """True where a snapshot before has the table of the case: its period was over by then."""
    query = Query(before.as_of, span=case.span)
    definition = definition_of(case.names[0])
    return period_type(definition, case.span, query, before.as_of) != "other"
