"""What is worked out from a snapshot while it is built, so that nobody waits for it later."""

from collections.abc import Callable

from sqlalchemy import func, select

from data_access import disclosure, rollups_ahead
from data_access.pushdown.fetching import rows_stayed
from data_access.rollups_ahead import Progress
from data_access.schema.derived import SNAPSHOT
from data_access.snapshot import SnapshotInfo, engine

# Cases from which on counting takes so long that every page would wait for it.
ROLLUPS_FROM = 100_000


def steps(
    *, rollups: bool | None, progress: Progress | None = None
) -> Callable[[SnapshotInfo, int], None]:
    """What a snapshot and the smallest shown count are given to before it is published.

    `rollups` says whether cubes are written; None where the number of cases decides: always where
    the rows stayed in the source.
    """

    def prepare(snapshot: SnapshotInfo, hide_below: int) -> None:
        if _wants_rollups(snapshot) if rollups is None else rollups:
            rollups_ahead.write(snapshot, progress)
        # After the cubes, which it reads.
        disclosure.prepare(snapshot, hide_below)

    return prepare


def _wants_rollups(snapshot: SnapshotInfo) -> bool:
    with engine(snapshot).connect() as connection:
        if rows_stayed(connection):
            return True
    return _cases(snapshot) >= ROLLUPS_FROM


def _cases(snapshot: SnapshotInfo) -> int:
    with engine(snapshot).connect() as connection:
        number = connection.execute(select(func.count()).select_from(SNAPSHOT["cases"]))
        return int(number.scalar_one())
