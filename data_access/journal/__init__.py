"""What people write, kept outside the snapshots: nothing of it is ever changed or taken away.

A snapshot is worked out from a source and can be made again; what somebody wrote cannot. So it lies
in a database of its own (`OVERSIGHT_JOURNAL`), which no refresh touches.
"""
