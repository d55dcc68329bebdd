"""What can go wrong with snapshots: none there, another one being built, one that is broken."""


class SnapshotProblem(Exception):
    """Base of what can go wrong with snapshots."""


class NoSnapshot(SnapshotProblem):
    """Nothing has been published in the data directory yet."""


class RefreshRunning(SnapshotProblem):
    """Another refresh of the same data directory is running."""


class SnapshotBroken(SnapshotProblem):
    """The built file is not what was loaded; it was not published."""
