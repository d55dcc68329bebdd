"""Joins neighbouring bands of a table before any of its cells is hidden.

One division is taken for the whole nation: the finest of the ladder (`config.bands`) with which no
joinable band of the country or a region is small, else the coarsest. Tables over one base are
divided alike, numerators and denominators both, so that none is subtracted from another.
"""

from functools import lru_cache

import numpy as np

from config import bands
from config.bands import Division
from data_access import snapshot as snapshots
from data_access.disclosure import decisions, store
from data_access.disclosure.counts import Table, any_few
from data_access.disclosure.decisions import EITHER, Case, Cells
from data_access.disclosure.families import shown_over, unit_of
from data_access.disclosure.moves import Counts, Member
from data_access.snapshot import SnapshotInfo
from data_access.snapshot_files import unless_gone

STEP = ("step of bands", "")


def division(case: Case, snapshot: SnapshotInfo) -> Division:
    """Which band each band of a table is published in; those not named stand alone."""
    return bands.ladder(case.breakdown)[step(case, snapshot)]


def step(case: Case, snapshot: SnapshotInfo) -> int:
    """The step of the ladder that a table is published with, 0 where no bands are joined."""
    if len(bands.ladder(case.breakdown)) == 1:
        return 0
    return _step(case if case.base else case.bases(), snapshot)


@lru_cache(maxsize=decisions.CACHE_SIZE)
def _step(base: Case, snapshot: SnapshotInfo) -> int:
    """The step of all tables over one base: for good, once a snapshot has published them."""
    ladder = bands.ladder(base.breakdown)
    known = _step_before(base, snapshot)
    if known is not None:
        return min(known, len(ladder) - 1)
    units = {unit_of(name) for name in shown_over(base.names, base.breakdown)}
    tables = [base, *(base.of(unit) for unit in sorted(units))]
    for number, one in enumerate(ladder[:-1]):
        if not any(_has_small(case, one, snapshot) for case in tables):
            return number
    return len(ladder) - 1


def _step_before(base: Case, snapshot: SnapshotInfo) -> int | None:
    """The step that this snapshot has written or once had, or that the one before it has; None
    where none of them has the table."""
    from data_access.disclosure.earlier import offered

    written = store.read(decisions.WIDE, base, snapshot) or {}
    once = {**store.read_older(decisions.WIDE, base, snapshot), **written}
    if STEP in once:
        return int(once[STEP])
    before = snapshots.before(snapshot)
    if before is None or not offered(base, before):
        return None
    with unless_gone(before.path):
        return step(base, before)
    return _step_before(base, snapshot)


def note(case: Case, snapshot: SnapshotInfo) -> Cells:
    """The step as a cell that nobody asks for, to be kept with the hidden ones of a ladder."""
    if case.breakdown not in bands.ladders():
        return {}
    return {STEP: str(step(case, snapshot))}


def sides_known(case: Case, snapshot: SnapshotInfo) -> bool:
    """True where it is known that no band of the country or a region is small, hidden or not: the
    coarsest division is taken where one is."""
    steps = bands.ladder(case.breakdown)
    return len(steps) > 1 and step(case, snapshot) < len(steps) - 1


def _has_small(case: Case, one: Division, snapshot: SnapshotInfo) -> bool:
    """True where a band that the ladder joins is small in the country or in a region.

    Areas whose total is hidden do not count: all of their bands are hidden anyway.
    """
    # Imported here: how a table is decided reads its division.
    from data_access.disclosure.broad import hidden_totals

    table = join(decisions.counts(case, "province", snapshot), one)
    joinable = {one.get(band, band) for band in bands.ladder(case.breakdown)[-1]}
    columns = [n for n, band in enumerate(table.slices) if band in joinable]
    least = np.full(len(table.slices), case.least, dtype=np.int64)
    totals = hidden_totals(case, snapshot)
    levels = decisions.wider_tables(table)
    for level in (levels["country"], levels["region"]):
        rows = [n for n, area in enumerate(level.areas) if (area, "") not in totals]
        small = [member.small(least)[np.ix_(rows, columns)] for member in level.at(0)]
        if np.any(small):
            return True
    return False


def join(table: Table, one: Division) -> Table:
    """The table by the joined bands, each in the place of its first band.

    Counts of clients behind units are not summed, for a client may be in two bands: the largest is
    the fewest that there can be.
    """
    if not one:
        return table
    into = {band: one.get(band, band) for band in table.slices}
    slices = tuple(dict.fromkeys(into.values()))
    places = [[n for n, band in enumerate(table.slices) if into[band] == whole] for whole in slices]
    few = tuple(tuple(_over(cube, places, most=True) for cube in cubes) for cubes in table.few)
    members = []
    for member, cubes in zip(table.members, few, strict=True):
        top = _over(member.top, places)
        rest = None if member.rest is None else _over(member.rest, places)
        members.append(Member(top, rest, any_few(cubes, top.shape, table.least)))
    return Table(tuple(members), table.areas, slices, few, table.least)


def _over(cube: Counts, places: list[list[int]], *, most: bool = False) -> Counts:
    parts = [cube[:, place] for place in places]
    return np.stack([p.max(axis=1) if most else p.sum(axis=1) for p in parts], axis=1)


def joined_cells(cells: Cells, case: Case, one: Division) -> Cells:
    """Hidden cells of a snapshot before as cells of joined bands: those of another rule may have
    other bands.

    A joined band of which any part was hidden counts as hidden before: shown, it would be one more
    sum over that part. Its one reason is that of all, for what was said was said of a part.
    """
    if case.breakdown not in bands.ladders():
        return cells
    bands_of = bands.parts_of_joined(case.breakdown)
    found: dict[tuple[str, str], str] = {}
    for (area, band), reason in cells.items():
        wholes = {one.get(part, part) for part in bands_of.get(band, (band,))}
        for whole in wholes:
            same = whole == band and (area, whole) not in found
            found[area, whole] = reason if same else EITHER
    return found


def parts(band: str, whole: Division, finer: Division) -> list[str]:
    """The bands of the `finer` division that a band of the `whole` one is made of."""
    inside = [one for one, name in whole.items() if name == band] or [band]
    return list(dict.fromkeys(finer.get(one, one) for one in inside))
