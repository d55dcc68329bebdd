"""The door to the desk: all that waits in the reader's own areas, each row with what it is about.

Like `data_access.queries`: each function takes `scope` and `snapshot` by name. Rows of single cases
are shown inside the reader's own areas only, and here nothing else is: whoever has none gets no
row. Nothing is cut off, so that a count is the number of rows behind it.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Select

from data_access import disclosure, lists_desk, lists_follow_up
from data_access.indicators.kernel.query import Query
from data_access.scope import Scope
from data_access.snapshot import SnapshotInfo, read_frame
from data_access.worklists import MONTH, WEEK

# Subjects in the order of the desk: what can still be done in time comes first.
SUBJECTS = (
    "due_7", "due_30", "overdue", "no_contact",
    "unassigned", "urgent", "no_improvement", "unanswered",
)  # fmt: skip
COLUMNS = [
    "subject", "unit", "case_id", "province_code", "district_code", "target_group", "since", "days",
    "stage", "urgent", "opened_on", "worker_id", "last_contact", "next_appointment",
]  # fmt: skip


def desk_rows(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Everything that waits in the reader's own areas: one row per subject and unit, in the order
    of `SUBJECTS`.

    `unit` is the follow-up, case, family or referral that the subject is about; `since` the day it
    fell (or falls) due, was opened, was left alone or sent; `days` the days from `since` to the
    day or, where something is due, from the day to it. `worker_id` answers for the case. What is
    due in 7 days is due in 30 days as well. Columns are `COLUMNS`.
    """
    parts = [
        _due(query, scope, snapshot),
        _rows(lists_follow_up.overdue(query, scope), "overdue", snapshot, days="days_late"),
        _rows(
            lists_follow_up.without_contact(query, scope),
            "no_contact",
            snapshot,
            days="days_silent",
        ),
        _rows(lists_desk.without_case_manager(query, scope), "unassigned", snapshot),
        _rows(lists_desk.urgent(query, scope), "urgent", snapshot),
        _rows(lists_desk.without_improvement(query, scope), "no_improvement", snapshot),
        _rows(lists_desk.unanswered_referrals(query, scope), "unanswered", snapshot),
    ]
    rows = pd.concat(parts, ignore_index=True).astype({"days": "Int64"})
    return disclosure.with_permitted_rows(rows, scope).reset_index(drop=True)


def quiet_districts(query: Query, *, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """Districts of the reader's own areas with the day of their newest record, the longest silence
    first: province_code, district_code, since (the day), days.

    Those with a record of the day itself are among them: how long is too long is for a rule.
    """
    rows = read_frame(lists_desk.quiet_districts(query, scope), snapshot)
    return disclosure.with_permitted_rows(rows, scope).reset_index(drop=True)


def _due(query: Query, scope: Scope, snapshot: SnapshotInfo) -> pd.DataFrame:
    """What is due in 7 days, then what is due in 30: the first are among the second."""
    month = _rows(
        lists_follow_up.due_within(query, scope, MONTH), "due_30", snapshot, days="days_until"
    )
    week = month[month["days"] <= WEEK].assign(subject="due_7")
    return pd.concat([week, month], ignore_index=True)


def _rows(
    selection: Select[Any], subject: str, snapshot: SnapshotInfo, *, days: str = "days"
) -> pd.DataFrame:
    rows = read_frame(selection, snapshot).rename(columns={days: "days"})
    if "since" not in rows:
        rows["since"] = (
            rows["due_on"]
            if "due_on" in rows
            else rows["last_contact"].where(rows["last_contact"].notna(), rows["opened_on"])
        )
    return rows.assign(subject=subject)[COLUMNS]
